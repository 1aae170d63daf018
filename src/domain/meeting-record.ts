/** What a meeting leaves behind: who did not come, and what was agreed to be done. */
import type { PersonId } from './ids.ts';
import { cancel, type FollowUp, type Meeting, type MeetingRefusal } from './meeting.ts';
import { accepted, type Result, refused } from './result.ts';

/** Who was invited to a meeting that was held, had not declined and was not there; nobody for any other meeting. */
export function noShows({ state, attendeeIds, presentIds, responses }: Meeting): readonly PersonId[] {
  if (state !== 'held') return [];
  const declined = new Set(
    responses.filter(({ answer }) => answer === 'declined').map(({ personId }) => personId),
  );
  return attendeeIds.filter((id) => !presentIds.includes(id) && !declined.has(id));
}

export type FollowUpRefusal =
  | { readonly code: 'no-such-follow-up'; readonly followUps: number }
  | { readonly code: 'done-already'; readonly at: Date };

/** The `index`-th (from 0) follow-up of a meeting. */
export const followUpAt = ({ minutes }: Meeting, index: number): FollowUp | null =>
  minutes?.followUps[index] ?? null;

/** Closes the `index`-th (from 0) follow-up. Refused when there is none, or it is closed already. */
export function closeFollowUp(meeting: Meeting, index: number, now: Date): Result<Meeting, FollowUpRefusal> {
  const { minutes } = meeting;
  const closing = followUpAt(meeting, index);
  if (!minutes || !closing)
    return refused({ code: 'no-such-follow-up', followUps: minutes?.followUps.length ?? 0 });
  if (closing.doneAt) return refused({ code: 'done-already', at: closing.doneAt });
  const followUps = minutes.followUps.map((each) => (each === closing ? { ...each, doneAt: now } : each));
  return accepted({ ...meeting, minutes: { ...minutes, followUps }, version: meeting.version + 1 });
}

/** Gives the `index`-th (from 0) follow-up to somebody. Refused when there is none, or it is done. */
export function giveFollowUp(
  meeting: Meeting,
  index: number,
  ownerId: PersonId,
): Result<Meeting, FollowUpRefusal> {
  const { minutes } = meeting;
  const given = followUpAt(meeting, index);
  if (!minutes || !given)
    return refused({ code: 'no-such-follow-up', followUps: minutes?.followUps.length ?? 0 });
  if (given.doneAt) return refused({ code: 'done-already', at: given.doneAt });
  if (given.ownerId === ownerId) return accepted(meeting);
  const followUps = minutes.followUps.map((each) => (each === given ? { ...each, ownerId } : each));
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
