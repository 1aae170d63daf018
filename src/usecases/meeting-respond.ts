/** Accepting and declining: the latest answer counts, and a move of the meeting asks everybody anew. */
import { type MeetingResponse, respond } from '../domain/meeting.ts';
import { meetingStepRefusal, responded } from '../messages/copy/meeting-verbs.ts';
import { type MeetingRef, openMeeting, saveStep } from './meeting-change.ts';
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
  return answer(responded(of, how));
}
