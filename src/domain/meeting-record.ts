/** What a meeting leaves behind: who did not come, and what was agreed to be done. */
import type { PersonId } from './ids.ts';
import { cancel, declinedBy, type FollowUp, type Meeting, type MeetingRefusal } from './meeting.ts';
import { accepted, type Result, refused } from './result.ts';

/** Who was invited to a meeting that was held, had not declined and was not there; nobody for any other meeting. */
export function noShows(meeting: Meeting): readonly PersonId[] {
  const { state, attendeeIds, presentIds } = meeting;
  if (state !== 'held') return [];
  const declined = declinedBy(meeting);
  return attendeeIds.filter((id) => !presentIds.includes(id) && !declined.has(id));
}

export type FollowUpRefusal =
  | { readonly code: 'no-such-follow-up'; readonly followUps: number }
  | { readonly code: 'done-already'; readonly at: Date };

/** The `index`-th (from 0) follow-up of a meeting. */
export const followUpAt = ({ minutes }: Meeting, index: number): FollowUp | null =>
  minutes?.followUps[index] ?? null;

/** Closes the `index`-th (from 0) follow-up. Refused when there is none, or it is closed already. */
export const closeFollowUp = (meeting: Meeting, index: number, now: Date): Result<Meeting, FollowUpRefusal> =>
  changeFollowUp(meeting, index, (followUp) => ({ ...followUp, doneAt: now }));

/** Gives the `index`-th (from 0) follow-up to somebody. Refused when there is none, or it is done. */
export const giveFollowUp = (
  meeting: Meeting,
  index: number,
  ownerId: PersonId,
): Result<Meeting, FollowUpRefusal> =>
  changeFollowUp(meeting, index, (followUp) =>
    followUp.ownerId === ownerId ? followUp : { ...followUp, ownerId },
  );

/** Changes the `index`-th follow-up while it is open; the same follow-up again leaves the meeting as it is. */
function changeFollowUp(
  meeting: Meeting,
  index: number,
  change: (followUp: FollowUp) => FollowUp,
): Result<Meeting, FollowUpRefusal> {
  const { minutes } = meeting;
  const before = followUpAt(meeting, index);
  if (!minutes || !before)
    return refused({ code: 'no-such-follow-up', followUps: minutes?.followUps.length ?? 0 });
  if (before.doneAt) return refused({ code: 'done-already', at: before.doneAt });
  const after = change(before);
  if (after === before) return accepted(meeting);
  const followUps = minutes.followUps.map((each) => (each === before ? after : each));
  return accepted({ ...meeting, minutes: { ...minutes, followUps }, version: meeting.version + 1 });
}

/** Whether something that was agreed there is still to be done. */
export const hasOpenFollowUps = ({ minutes }: Meeting): boolean =>
  minutes?.followUps.some(({ doneAt }) => doneAt === null) ?? false;

export type SkipRefusal =
  | MeetingRefusal
  | { readonly code: 'not-recurring' }
  | { readonly code: 'begun'; readonly startsAt: Date };

/** Leaves out one occurrence of a meeting that recurs; the others stay. It keeps its time, for calendars to drop it. Refused once it has begun. */
export function skip(meeting: Meeting, now: Date): Result<Meeting, SkipRefusal> {
  if (meeting.cadenceKey === null) return refused({ code: 'not-recurring' });
  const startsAt = meeting.state === 'booked' ? meeting.bookedFor?.startsAt : undefined;
  return startsAt && startsAt <= now ? refused({ code: 'begun', startsAt }) : cancel(meeting);
}
