/** Telling whoever is invited that a cadence was changed: once, not for each date. */
import { randomUUID } from 'node:crypto';
import type { Engagement } from '../domain/engagement.ts';
import type { PersonId } from '../domain/ids.ts';
import type { Occurrence } from '../domain/occurrences.ts';
import { cadenceChanged } from '../messages/copy/cadence.ts';
import { MEETING_WORDS } from '../messages/copy/meeting.ts';
import { PROGRAMME_MEETINGS } from '../offerings/programme-meetings.ts';
import type { Cadence, CadencePurpose, Tx } from '../ports.ts';
import { tellPeople } from './tell.ts';

export type MeetingCadence = Cadence & { readonly purpose: Extract<CadencePurpose, { kind: 'meeting' }> };

interface Changed {
  readonly tx: Tx;
  readonly now: Date;
  readonly cadence: MeetingCadence;
  readonly engagement: Engagement | null;
}

/** Says what the cadence is from now on, with its next date, or that it is off. What an earlier change had to say is taken back. */
export async function tellCadenceChanged(
  work: Changed,
  readers: readonly PersonId[],
  next: Occurrence | null,
): Promise<void> {
  const { tx, cadence, engagement } = work;
  const { meeting: kind } = cadence.purpose;
  const [word] = MEETING_WORDS[kind];
  const about = `cadence:${cadence.key}`;
  await tx.deliveries.suppress(about, 'the cadence changed again');
  const rule = { cron: cadence.cron, zone: cadence.timeZone, holidayRule: cadence.holidayRule };
  await tellPeople(work, readers, {
    key: `cadence-changed:${cadence.key}:${randomUUID()}`,
    kind: 'notice',
    message: cadenceChanged({
      title: PROGRAMME_MEETINGS[kind].title,
      typed: engagement ? `${word} ${engagement.number}` : word,
      engagement,
      rule: cadence.nextAt === null ? null : rule,
      next: next ? [{ at: next.slot.startsAt, movedFrom: next.movedFrom }] : [],
    }),
    about,
  });
}
