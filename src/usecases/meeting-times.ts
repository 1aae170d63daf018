/** Agreeing on a time: choosing an offered one, proposing others, taking a proposed one. */
import { book, type Meeting, propose, takeProposed } from '../domain/meeting.ts';
import { MINUTE_MS } from '../domain/time.ts';
import {
  colonNeeded,
  meetingBooked,
  meetingProposeDialog,
  meetingProposed,
  meetingStepRefusal,
  proposeByText,
  timeNotBooked,
} from '../messages/copy/meeting-verbs.ts';
import { say } from '../messages/message.ts';
import { PROGRAMME_MEETINGS } from '../offerings/programme-meetings.ts';
import { isTaken, lockBookings, readSlots } from './booking.ts';
import { type MeetingRef, type OpenedMeeting, openMeeting, saveStep } from './meeting-change.ts';
import { meetingFacts } from './meeting-facts.ts';
import { offerTimesFor } from './meeting-offer.ts';
import { tellProposal } from './meeting-present.ts';
import { type Answer, answer, answerWithDialog, answerWithErrors, type Work } from './work.ts';

/** Whoever may picks one of the offered times (`index` from 0); one that is gone by now brings new times instead. */
export async function chooseMeetingTime(work: Work, ref: MeetingRef, index: number): Promise<Answer> {
  const opened = await openMeeting(work, ref, 'meeting.choose');
  if (!opened.ok) return opened.answer;
  const { meeting, engagement, of } = opened.value;
  const made = book(meeting, 'offered', index, work.now);
  if (!made.ok && made.refusal.code !== 'slot-passed') return answer(meetingStepRefusal(of, made.refusal));
  await lockBookings(work);
  if (!made.ok || (await isTaken(work, made.value))) {
    const offered = await offerTimesFor(work, meeting, engagement);
    return answer(timeNotBooked(of, made.ok ? 'taken' : 'passed', offered !== null));
  }
  return booked(work, opened.value, made.value, 'meeting.book');
}

/** The organizer or ISPG takes one of the proposed times (`index` from 0), for an offer or instead of the booked time. */
export async function takeMeetingTime(work: Work, ref: MeetingRef, index: number): Promise<Answer> {
  const opened = await openMeeting(work, ref, 'meeting.take');
  if (!opened.ok) return opened.answer;
  const { meeting, of } = opened.value;
  const made = takeProposed(meeting, index, work.now);
  if (!made.ok) return answer(meetingStepRefusal(of, made.refusal));
  await lockBookings(work);
  if (await isTaken(work, made.value)) return answer(timeNotBooked(of, 'taken', false));
  return booked(work, opened.value, made.value, 'meeting.take');
}

async function booked(
  work: Work,
  { meeting, engagement }: OpenedMeeting,
  made: Meeting,
  verb: string,
): Promise<Answer> {
  await saveStep(work, made, engagement, { verb, before: meeting });
  return answer(meetingBooked(await meetingFacts(work, made)));
}

/** Opens the dialog in which other times are proposed. */
export async function askForMeetingTimes(work: Work, ref: MeetingRef): Promise<Answer> {
  const opened = await openMeeting(work, ref, 'meeting.propose');
  if (!opened.ok) return opened.answer;
  const { meeting, of } = opened.value;
  const made = propose(meeting, meeting.proposed);
  return made.ok ? answerWithDialog(meetingProposeDialog(of)) : answer(meetingStepRefusal(of, made.refusal));
}

/**
 * Somebody invited proposes up to three times in their own words, read in their zone; each must be free, on a business
 * day and in business hours. `typed` is by field for a dialog, in order for chat. What stands, stands until one is taken.
 */
export async function proposeMeetingTimes(
  work: Work,
  ref: MeetingRef,
  typed: Readonly<Record<string, string>>,
  by: 'dialog' | 'chat',
): Promise<Answer> {
  const opened = await openMeeting(work, ref, 'meeting.propose');
  if (!opened.ok) return opened.answer;
  const { meeting, engagement, of } = opened.value;
  if (by === 'chat' && Object.values(typed).every((words) => words.trim() === ''))
    return answer(proposeByText(of));
  const read = await readSlots(work, meeting, typed, lengthOf(meeting));
  if (Object.keys(read.errors).length > 0)
    return by === 'dialog'
      ? answerWithErrors(read.errors)
      : answer(say(...Object.values(read.errors), ...(read.hasSeveralInOne ? [colonNeeded(of)] : [])));
  const made = propose(meeting, read.slots);
  if (!made.ok) return answer(meetingStepRefusal(of, made.refusal));
  await saveStep(work, made.value, engagement, {
    verb: 'meeting.propose',
    before: meeting,
    facts: { times: read.slots.map(({ startsAt }) => startsAt.toISOString()).join(',') },
  });
  await tellProposal(work, made.value);
  return answer(meetingProposed(await meetingFacts(work, made.value)));
}

/** In milliseconds: as long as it is booked for, else as long as its kind lasts. */
export const lengthOf = ({ bookedFor, kind }: Meeting): number =>
  bookedFor
    ? bookedFor.endsAt.getTime() - bookedFor.startsAt.getTime()
    : PROGRAMME_MEETINGS[kind].minutes * MINUTE_MS;
