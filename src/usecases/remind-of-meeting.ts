/** The reminder ladder of a booked meeting (domain reference 6.1). */
import { beforeBusinessDays } from '../domain/calendar.ts';
import type { PersonId } from '../domain/ids.ts';
import { declinedBy, type Meeting, type Slot } from '../domain/meeting.ts';
import type { Person } from '../domain/person.ts';
import { DAY_MS } from '../domain/time.ts';
import type { MeetingFacts } from '../messages/copy/meeting.ts';
import { reminder } from '../messages/copy/meeting-news.ts';
import { meetingFacts, typedName } from './meeting-facts.ts';
import { tellPerson } from './tell.ts';
import type { Work } from './work.ts';

/** What telling takes: somebody at work, or a job without anybody. */
export type MeetingTeller = Pick<Work, 'tx' | 'now' | 'programme'> & Partial<Pick<Work, 'person' | 'from'>>;

const HOUR_MS = 3_600_000;
/** When what can wait for the day comes, where the reader is. */
const MORNING = { from: '09:00', to: '09:00' } as const;
/** Further occurrences whose reminders say what was agreed at the one before. */
const FOLLOWING_DAYS = 60;

/** One business day and one hour before, to everybody who has not declined; never after the start. `again` tells apart what is written twice for one version. */
export async function remind(work: MeetingTeller, of: MeetingFacts, again = ''): Promise<void> {
  const { meeting } = of;
  const slot = meeting.bookedFor;
  if (!slot) return;
  const declined = declinedBy(meeting);
  for (const id of meeting.attendeeIds) {
    const reader = of.people.get(id);
    if (!reader || declined.has(id)) continue;
    const named = { ...of, typed: typedName(meeting, of.engagement, reader.timeZone) };
    for (const { rung, urgency, dueAt } of rungsFor(work, slot, reader)) {
      if (dueAt <= work.now) continue;
      await tellPerson(work, id, {
        key: `meeting-${rung}:${meeting.id}:${meeting.version}${agreedBefore(of)}${again}`,
        kind: 'reminder',
        urgency,
        topic: 'meeting-reminders',
        message: reminder(named, rung, hasAccepted(meeting, id) ? 'accepted' : null),
        dueAt,
        expiresAt: slot.startsAt,
        stillTrue: {
          kind: 'meeting-in',
          meetingId: meeting.id,
          states: ['booked'],
          version: meeting.version,
        },
        about: reminders(meeting),
      });
    }
  }
}

/** Tells apart reminders that say other things about what was agreed; what is open of earlier ones only grows less. */
function agreedBefore({ before, stillOpen }: MeetingFacts): string {
  if (!before) return '';
  const versions = stillOpen.reduce((sum, { version }) => sum + version, 0);
  return `:${before.id}.${before.version}${stillOpen.length > 0 ? `.${stillOpen.length}.${versions}` : ''}`;
}

const hasAccepted = ({ responses }: Meeting, id: PersonId): boolean =>
  responses.some(({ personId, answer }) => personId === id && answer === 'accepted');

/** What the reminders are about, to take them back. */
export const reminders = (meeting: Meeting): string => `meeting-reminders:${meeting.id}`;

const rungsFor = (work: MeetingTeller, slot: Slot, reader: Person) =>
  [
    {
      rung: 'day',
      urgency: 'routine',
      dueAt: beforeBusinessDays(slot.startsAt, 1, reader.timeZone, work.programme.calendar, MORNING),
    },
    { rung: 'hour', urgency: 'urgent', dueAt: new Date(slot.startsAt.getTime() - HOUR_MS) },
  ] as const;

/** What was agreed stands at the top of the reminders of those that follow, so these are written anew. */
export async function remindFollowing(work: MeetingTeller, held: Meeting): Promise<void> {
  const until = new Date(work.now.getTime() + FOLLOWING_DAYS * DAY_MS);
  const ahead = await work.tx.meetings.bookedOf(held.kind, work.now, until);
  for (const meeting of ahead) {
    if (meeting.engagementId !== held.engagementId || meeting.cadenceKey !== held.cadenceKey) continue;
    await work.tx.deliveries.suppress(reminders(meeting), 'the meeting before it was recorded');
    await remind(work, await meetingFacts(work, meeting));
  }
}
