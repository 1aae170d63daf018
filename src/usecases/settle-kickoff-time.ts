/** Choosing, proposing and taking a kickoff time. Booking is the notification: all of it in one transaction. */
import type { Engagement } from '../domain/engagement.ts';
import { book, type Meeting, propose } from '../domain/meeting.ts';
import { instantOf, localDate, MINUTE_MS, sayTime } from '../domain/time.ts';
import { booked, notBooked, proposalCard, proposeDialog, proposed } from '../messages/copy/kickoff.ts';
import { meetingRefusal } from '../messages/copy/refusals.ts';
import { say } from '../messages/message.ts';
import { isTaken, lockBookings, readSlots } from './booking.ts';
import { type KickoffRef, openKickoff, saveMeeting } from './change-engagement.ts';
import { tellKickoff } from './kickoff-cards.ts';
import { examplesAt } from './meeting-facts.ts';
import { closeProposal, offerTimes } from './offer-kickoff-times.ts';
import { peopleAround, tellChannel } from './tell.ts';
import { type Answer, answer, answerWithDialog, answerWithErrors, type Work } from './work.ts';

/** The Business Owner picks one of the offered times (`index` from 0). */
export async function chooseKickoffTime(work: Work, ref: KickoffRef, index: number): Promise<Answer> {
  const opened = await openKickoff(work, ref, 'kickoff.choose');
  if (!opened.ok) return opened.answer;
  return bookTime(work, opened.value.engagement, opened.value.meeting, 'offered', index);
}

/** ISPG takes one of the times the Business Owner proposed (`index` from 0). */
export async function takeProposedTime(work: Work, ref: KickoffRef, index: number): Promise<Answer> {
  const opened = await openKickoff(work, ref, 'kickoff.offer');
  if (!opened.ok) return opened.answer;
  return bookTime(work, opened.value.engagement, opened.value.meeting, 'proposed', index);
}

async function bookTime(
  work: Work,
  engagement: Engagement,
  meeting: Meeting,
  from: 'offered' | 'proposed',
  index: number,
): Promise<Answer> {
  const made = book(meeting, from, index, work.now);
  if (!made.ok && made.refusal.code === 'slot-passed') return offerAnew(work, engagement, meeting, 'passed');
  if (!made.ok) return answer(meetingRefusal(engagement.number, made.refusal));
  const slot = made.value.bookedFor;
  if (!slot) throw new Error('a booked meeting has a time');
  await lockBookings(work);
  if (await isTaken(work, made.value)) return offerAnew(work, engagement, meeting, 'taken');
  await saveMeeting(work, engagement, made.value, 'kickoff.book');
  await tellKickoff(work, engagement, made.value);
  await closeProposal(work, engagement, meeting);
  return answer(booked(engagement, slot));
}

async function offerAnew(
  work: Work,
  engagement: Engagement,
  meeting: Meeting,
  because: 'passed' | 'taken',
): Promise<Answer> {
  const offered = await offerTimes(work, engagement, meeting);
  return answer(notBooked(because, offered !== null));
}

/** Opens the dialog in which other times are proposed. */
export async function askForOtherTimes(work: Work, ref: KickoffRef): Promise<Answer> {
  const opened = await openKickoff(work, ref, 'kickoff.choose');
  if (!opened.ok) return opened.answer;
  const { engagement, meeting } = opened.value;
  if (meeting.state !== 'offered')
    return answer(meetingRefusal(engagement.number, { code: 'wrong-state', state: meeting.state }));
  return answerWithDialog(
    proposeDialog(engagement, meeting, hoursFor(work), examplesAt(work.programme, work.now)),
  );
}

/**
 * The Business Owner proposes up to three times in their own words ("Tue Dec 8 2pm"), read in their zone.
 * Each must be free, on a business day and in business hours. `typed` is by field for a dialog, in order for chat.
 */
export async function proposeKickoffTimes(
  work: Work,
  ref: KickoffRef,
  typed: Readonly<Record<string, string>>,
  by: 'dialog' | 'chat',
): Promise<Answer> {
  const opened = await openKickoff(work, ref, 'kickoff.choose');
  if (!opened.ok) return opened.answer;
  const { engagement, meeting } = opened.value;
  const read = await readSlots(work, meeting, typed, work.programme.kickoffMinutes * MINUTE_MS);
  if (Object.keys(read.errors).length > 0) {
    return by === 'dialog' ? answerWithErrors(read.errors) : answer(say(...Object.values(read.errors)));
  }
  const made = propose(meeting, read.slots);
  if (!made.ok) return answer(meetingRefusal(engagement.number, made.refusal));
  await saveMeeting(work, engagement, made.value, 'kickoff.propose');
  await tellKickoff(work, engagement, made.value);
  await tellChannel(work, 'ispg', {
    key: `proposal:${meeting.id}:${made.value.version}`,
    kind: 'card',
    message: proposalCard(
      engagement,
      made.value,
      await peopleAround(work, engagement, made.value),
      work.programme.timeZone,
    ),
    card: `proposal:${engagement.id}`,
  });
  return answer(proposed(engagement, made.value));
}

/** The programme's business hours as the person's own clock shows them, on an ordinary day. */
function hoursFor({ now, person, programme }: Work): string {
  const { from, to, zone } = programme.businessHours;
  const today = localDate(now, zone);
  const begin = sayTime(instantOf(today, from, zone), person.timeZone);
  return `from ${begin} to ${sayTime(instantOf(today, to, zone), person.timeZone)}`;
}
