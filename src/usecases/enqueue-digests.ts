import { type NextOccurrence, nextOccurrence } from '../domain/cadence.ts';
import { composeDigest, type Digest } from '../domain/digest.ts';
import { localDate } from '../domain/time.ts';
import { digestMessage } from '../messages/copy/digest.ts';
import type { Message } from '../messages/message.ts';
import type { Store, Tx } from '../ports.ts';
import { loadPeople, tellChannel } from './tell.ts';
import type { Programme } from './work.ts';

/** The cadence row of the ISPG channel's digest. */
export const ISPG_DIGEST = 'digest:ispg';
/** Undelivered messages of the last days are named; older ones were named before. */
const UNDELIVERED_DAYS = 1;
const DAY_MS = 86_400_000;
/** Far more open requests than the programme can have; beyond it the digest says what it shows. */
const MOST_ENGAGEMENTS = 1_000;

interface Deps {
  readonly store: Store;
  readonly programme: Programme;
}

/** When the digest comes next: on business days at the set local time. */
function nextDigest(programme: Programme, after: Date): NextOccurrence | null {
  const [hour = '9', minute = '0'] = programme.digestTime.split(':');
  const next = nextOccurrence(
    {
      cron: `${Number(minute)} ${Number(hour)} * * 1-5`,
      zone: programme.timeZone,
      holidayRule: 'skip',
      calendar: programme.calendar,
    },
    after,
  );
  return next;
}

/** Writes the digest's cadence as the settings say; an earlier next instant is kept when nothing changed. */
export async function scheduleDigests(deps: Deps, now: Date): Promise<void> {
  const [hour = '9', minute = '0'] = deps.programme.digestTime.split(':');
  await deps.store.transaction((tx) =>
    tx.cadences.set({
      key: ISPG_DIGEST,
      cron: `${Number(minute)} ${Number(hour)} * * 1-5`,
      timeZone: deps.programme.timeZone,
      nextAt: nextDigest(deps.programme, now)?.at ?? null,
    }),
  );
}

/**
 * Writes the digests that are due. After an outage the last missed one is written, for the day it is, never several:
 * its key is the day. Answers how many.
 */
export async function enqueueDigests(deps: Deps, now: Date): Promise<number> {
  return deps.store.transaction(async (tx) => {
    const due = await tx.cadences.claimDue(now);
    let written = 0;
    for (const cadence of due) {
      const message = await composeIspgDigest(tx, deps.programme, now);
      const isNew = await tellChannel({ tx, now }, 'ispg', {
        key: `${cadence.key}:${localDate(now, deps.programme.timeZone)}`,
        kind: 'digest',
        message,
      });
      if (isNew) written += 1;
      await tx.cadences.advance(cadence.key, nextDigest(deps.programme, now)?.at ?? null);
    }
    return written;
  });
}

/** The digest as it would read at `now`. */
export async function composeIspgDigest(tx: Tx, programme: Programme, now: Date): Promise<Message> {
  const open = await tx.engagements.inStates(
    ['DRAFT', 'REQUESTED', 'KICKOFF_PENDING', 'KICKOFF_HELD'],
    MOST_ENGAGEMENTS,
  );
  const rows = [];
  for (const engagement of open)
    rows.push({ engagement, meeting: await tx.meetings.ofEngagement(engagement.id, 'kickoff') });
  const lost = await tx.deliveries.undelivered(new Date(now.getTime() - UNDELIVERED_DAYS * DAY_MS));
  const undelivered = lost.map(({ to, reason }) => ({
    personId: to.kind === 'person' ? to.personId : null,
    reason: reason ?? '',
  }));
  const digest = composeDigest(rows, undelivered, programme, now);
  return digestMessage(digest, await loadPeople({ tx }, namedIn(digest)), now);
}

function namedIn(digest: Digest): (string | null)[] {
  return [
    ...digest.exceptions.map(({ nextId }) => nextId),
    ...digest.undelivered.map(({ personId }) => personId),
  ];
}
