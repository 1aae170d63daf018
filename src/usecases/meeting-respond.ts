/** Accepting and declining: the latest answer counts, and a move of the meeting asks everybody anew. */
import { addBusinessDays } from '../domain/calendar.ts';
import { type MeetingResponse, respond } from '../domain/meeting.ts';
import { localDate } from '../domain/time.ts';
import type { MeetingFacts } from '../messages/copy/meeting.ts';
import { declinedNotice } from '../messages/copy/meeting-news.ts';
import { meetingStepRefusal, responded } from '../messages/copy/meeting-verbs.ts';
import { type MeetingRef, openMeeting, saveStep } from './meeting-change.ts';
import { typedName } from './meeting-facts.ts';
import { tellPerson } from './tell.ts';
import { type Answer, answer, type Work } from './work.ts';

/** Somebody invited says that they come to a booked meeting, or not. */
export async function respondToMeeting(
  work: Work,
  ref: MeetingRef,
  how: MeetingResponse['answer'],
): Promise<Answer> {
  const opened = await openMeeting(work, ref, 'meeting.respond');
  if (!opened.ok) return opened.answer;
  const { meeting, engagement, of } = opened.value;
  const made = respond(meeting, work.person.id, how, work.now);
  if (!made.ok) return answer(meetingStepRefusal(of, made.refusal));
  await saveStep(work, made.value, engagement, {
    verb: how === 'accepted' ? 'meeting.accept' : 'meeting.decline',
    before: meeting,
  });
  const isNews = how === 'declined' && made.value !== meeting;
  if (isNews && work.person.id !== meeting.organizerId)
    await tellDeclined(work, { ...of, meeting: made.value });
  return answer(responded(of, how));
}

/** Whoever arranges the meeting hears of it with the day's message, or at once when the meeting is too near for that. */
async function tellDeclined(work: Work, of: MeetingFacts): Promise<void> {
  const { meeting } = of;
  const { organizerId, bookedFor } = meeting;
  const zone = of.people.get(organizerId)?.timeZone ?? work.programme.timeZone;
  const nextDay = addBusinessDays(localDate(work.now, zone), 1, work.programme.calendar);
  const isNear = bookedFor !== null && localDate(bookedFor.startsAt, zone) <= nextDay;
  await tellPerson(work, organizerId, {
    key: `meeting-declined:${meeting.id}:${meeting.version}`,
    kind: 'notice',
    ...(isNear ? {} : { urgency: 'routine' }),
    message: declinedNotice({ ...of, typed: typedName(meeting, of.engagement, zone) }, work.person.id),
    ...(bookedFor ? { expiresAt: bookedFor.startsAt } : {}),
    stillTrue: { kind: 'meeting-time', meetingId: meeting.id, state: 'booked', sequence: meeting.sequence },
  });
}
