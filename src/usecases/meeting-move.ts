/** Giving a booked meeting another time, once or from now on; leaving one out; calling one off. */
import { mayMeeting } from '../domain/access.ts';
import { describeCadence } from '../domain/cadence-words.ts';
import type { RawValues } from '../domain/field.ts';
import { cancel, type Meeting, move } from '../domain/meeting.ts';
import { skip } from '../domain/meeting-record.ts';
import { isPlansOwn } from '../domain/occurrences.ts';
import { localDate, localTime, weekday } from '../domain/time.ts';
import { readDateTime } from '../forms/date-time-words.ts';
import {
  cadenceMoved,
  cadenceTooInvolved,
  calledOff,
  followingFromNext,
  meetingMoved,
  meetingStepRefusal,
  moveByText,
  moveDialog,
  noMeeting,
  notYourMeetingStep,
  skipped,
} from '../messages/copy/meeting-verbs.ts';
import { type Message, say } from '../messages/message.ts';
import type { Cadence } from '../ports.ts';
import { lockBookings, readSlots } from './booking.ts';
import { whyNotKept } from './change-cadence.ts';
import { findMeeting } from './find-meeting.ts';
import {
  type MeetingRef,
  type OpenedMeeting,
  openMeeting,
  recordStep,
  saveStep,
  scopeOf,
} from './meeting-change.ts';
import { meetingFacts } from './meeting-facts.ts';
import { lengthOf } from './meeting-times.ts';
import { planCadence } from './plan-cadence.ts';
import { type Answer, answer, answerWithDialog, answerWithErrors, type Work } from './work.ts';

type By = 'dialog' | 'chat';

/** Opens the dialog in which a meeting gets another time. */
export async function askForNewTime(work: Work, ref: MeetingRef): Promise<Answer> {
  const opened = await openMeeting(work, ref, 'meeting.move');
  if (!opened.ok) return opened.answer;
  const { meeting, of } = opened.value;
  if (meeting.state !== 'booked')
    return answer(meetingStepRefusal(of, { code: 'wrong-state', state: meeting.state }));
  return answerWithDialog(moveDialog(of));
}

/** The dialog's time, for this one or for this and all that follow. */
export function moveMeetingFromDialog(work: Work, ref: MeetingRef, values: RawValues): Promise<Answer> {
  const words = String(values.time ?? '');
  return values.scope === 'following'
    ? moveFollowing(work, ref, words, 'dialog')
    : moveMeeting(work, ref, words, 'dialog');
}

/** ISPG or the organizer gives one booked meeting another time, typed in their words and read in their zone. */
export async function moveMeeting(
  work: Work,
  ref: MeetingRef,
  words: string,
  by: By = 'chat',
): Promise<Answer> {
  const opened = await openMeeting(work, ref, 'meeting.move');
  if (!opened.ok) return opened.answer;
  const { meeting, engagement, of } = opened.value;
  if (words.trim() === '' && by === 'chat') return answer(moveByText(of));
  if (meeting.state !== 'booked')
    return answer(meetingStepRefusal(of, { code: 'wrong-state', state: meeting.state }));
  await lockBookings(work);
  const read = await readSlots(work, meeting, { time: words }, lengthOf(meeting));
  const [slot] = read.slots;
  if (!slot)
    return by === 'dialog' ? answerWithErrors(read.errors) : answer(say(...Object.values(read.errors)));
  const made = move(meeting, slot, work.now);
  if (!made.ok) return answer(meetingStepRefusal(of, made.refusal));
  await saveStep(work, made.value, engagement, { verb: 'meeting.reschedule', before: meeting });
  return answer(meetingMoved(await meetingFacts(work, made.value)));
}

/** Leaves out one occurrence of what recurs. */
export async function skipMeeting(work: Work, ref: MeetingRef): Promise<Answer> {
  const opened = await openMeeting(work, ref, 'meeting.skip');
  if (!opened.ok) return opened.answer;
  const made = skip(opened.value.meeting, work.now);
  if (!made.ok) return answer(meetingStepRefusal(opened.value.of, made.refusal));
  return dropped(work, opened.value, made.value, 'meeting.skip', skipped(opened.value.of));
}

/** Calls a meeting off, whether times are on offer or one is booked. */
export async function cancelMeeting(work: Work, ref: MeetingRef): Promise<Answer> {
  const opened = await openMeeting(work, ref, 'meeting.cancel');
  if (!opened.ok) return opened.answer;
  const made = cancel(opened.value.meeting);
  if (!made.ok) return answer(meetingStepRefusal(opened.value.of, made.refusal));
  return dropped(work, opened.value, made.value, 'meeting.cancel', calledOff(opened.value.of));
}

async function dropped(
  work: Work,
  { meeting, engagement }: OpenedMeeting,
  made: Meeting,
  verb: string,
  words: Message,
): Promise<Answer> {
  await saveStep(work, made, engagement, { verb, before: meeting });
  return answer(words);
}

// ------------------------------------------------------------------------------------------ this and all following

/**
 * Moves a recurring meeting from its next occurrence on: the cadence gets the day and time meant, checked as any cadence,
 * and is planned anew. Refused for a later occurrence, since those before it would move as well.
 */
export async function moveFollowing(
  work: Work,
  ref: MeetingRef,
  words: string,
  by: By = 'chat',
): Promise<Answer> {
  const refuse = (text: string): Answer =>
    by === 'dialog' ? answerWithErrors({ time: text }) : answer(say(text));
  // The cadence's row is locked before any meeting's, as planning does it.
  const seen = await seenFor(work, ref);
  if ('say' in seen) return seen;
  if (words.trim() === '' && by === 'chat') return answer(moveByText(await meetingFacts(work, seen)));
  const cadence = seen.cadenceKey === null ? null : await work.tx.cadences.get(seen.cadenceKey);
  const of = await meetingFacts(work, seen);
  if (!cadence) return answer(meetingStepRefusal(of, { code: 'not-recurring' }));
  const next = await nextOccurrenceOf(work, cadence);
  if (next?.id !== seen.id) return answer(followingFromNext(next && (await meetingFacts(work, next))));
  const at = readDateTime(words, { now: work.now, zone: work.person.timeZone });
  if (!at.ok) return refuse(at.refusal.text);
  const cron = cronAt(cadence, at.value);
  if (!cron) return refuse(cadenceTooInvolved(of.typed));
  const changed = { ...cadence, cron, nextAt: work.now };
  const refusal = whyNotKept(work, changed);
  if (refusal !== null) return refuse(refusal);
  await work.tx.cadences.set(changed);
  await planCadence(work.tx, work.programme, changed, work.now, work.person.id);
  await dropIfLeft(work, seen);
  await recordStep(work, seen, of.engagement, {
    verb: 'cadence.set',
    before: seen,
    facts: { cadence: cadence.key, cron: changed.cron, zone: cadence.timeZone },
  });
  return answer(cadenceMoved(of, describeCadence({ ...changed, zone: changed.timeZone })));
}

/** The meeting without a lock on it, if the person may move it and their card is not out of date; else the answer. */
async function seenFor(work: Work, ref: MeetingRef): Promise<Meeting | Answer> {
  const meeting =
    ref.by === 'card' ? await work.tx.meetings.get(ref.meetingId) : await findMeeting(work, ref.words);
  const engagement = meeting?.engagementId ? await work.tx.engagements.get(meeting.engagementId) : null;
  const scope = meeting && scopeOf(meeting);
  if (!meeting || !mayMeeting(work.person, 'meeting.read', scope, engagement)) return answer(noMeeting());
  if (!mayMeeting(work.person, 'meeting.move', scope, engagement))
    return answer(notYourMeetingStep(await meetingFacts(work, meeting)));
  if (ref.by === 'words' || ref.version === null || ref.version === meeting.version) return meeting;
  const stale = await openMeeting(work, ref, 'meeting.move');
  return stale.ok ? stale.value.meeting : stale.answer;
}

/** The first occurrence still to come. */
async function nextOccurrenceOf(work: Work, cadence: Cadence): Promise<Meeting | null> {
  const made = await work.tx.meetings.ofCadence(cadence.key, '');
  const ahead = made.filter(
    ({ state, bookedFor }) => state === 'booked' && bookedFor && bookedFor.startsAt > work.now,
  );
  return ahead.toSorted((a, b) => startMs(a) - startMs(b))[0] ?? null;
}

const startMs = ({ bookedFor }: Meeting): number => bookedFor?.startsAt.getTime() ?? 0;

/** One that a person had moved is not the plan's any more; the plan has made another in its place. */
async function dropIfLeft(work: Work, { id }: Meeting): Promise<void> {
  const meeting = await work.tx.meetings.forChange(id);
  if (meeting?.state !== 'booked' || isPlansOwn(meeting)) return;
  const made = cancel(meeting);
  const engagement = meeting.engagementId ? await work.tx.engagements.get(meeting.engagementId) : null;
  if (made.ok) await saveStep(work, made.value, engagement, { verb: 'meeting.cancel', before: meeting });
}

/**
 * The cadence on that day of the week and at that time: `10 * * 2` becomes `14 * * 4`, and "2nd Wednesday" the same place
 * in the month of the day meant. Null for a cadence that has no single day.
 */
export function cronAt({ cron, timeZone }: Pick<Cadence, 'cron' | 'timeZone'>, at: Date): string | null {
  const [, , dayOfMonth = '', month = '', dayOfWeek = ''] = cron.split(' ');
  const on = localDate(at, timeZone);
  const [hour = 0, minute = 0] = localTime(at, timeZone).split(':').map(Number);
  const day = Number(on.slice(8));
  const time = `${minute} ${hour}`;
  if (dayOfMonth === '*' && /^[0-7]$/u.test(dayOfWeek)) return `${time} * ${month} ${weekday(on)}`;
  if (dayOfMonth === '*' && /^[0-7]#[1-5]$/u.test(dayOfWeek) && day <= 28)
    return `${time} * ${month} ${weekday(on)}#${Math.ceil(day / 7)}`;
  if (/^\d{1,2}$/u.test(dayOfMonth) && dayOfWeek === '*' && day <= 28) return `${time} ${day} ${month} *`;
  return null;
}
