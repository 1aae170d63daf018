/** What booking a time takes, of a kickoff as of any other meeting: who is taken when, and times read from words. */
import type { FieldErrors } from '../domain/field.ts';
import type { Meeting, Slot } from '../domain/meeting.ts';
import { checkProposedSlot, overlap } from '../domain/slots.ts';
import { DAY_MS } from '../domain/time.ts';
import { readDateTime } from '../forms/date-time-words.ts';
import { slotRefusalWords } from '../messages/copy/slots.ts';
import { examplesAt } from './meeting-facts.ts';
import type { Work } from './work.ts';

/** Booked meetings are looked at this far ahead: beyond any ten business days and beyond any proposal. */
const BUSY_HORIZON_MS = 120 * DAY_MS;

/** One booking at a time, kickoffs included, so that two of them can't take the same hour of the same person. */
export const lockBookings = (work: Pick<Work, 'tx'>): Promise<void> => work.tx.lock('kickoff-bookings');

/** When the meeting's attendees are taken by other booked meetings. */
export async function busyOf(work: Pick<Work, 'tx' | 'now'>, meeting: Meeting): Promise<Slot[]> {
  const until = new Date(work.now.getTime() + BUSY_HORIZON_MS);
  const others = await work.tx.meetings.bookedBetween(work.now, until, meeting.attendeeIds);
  return others.flatMap((other) => (other.id !== meeting.id && other.bookedFor ? [other.bookedFor] : []));
}

/** Whether somebody invited is taken elsewhere at the time the meeting is booked for. */
export async function isTaken(work: Pick<Work, 'tx' | 'now'>, meeting: Meeting): Promise<boolean> {
  const { bookedFor } = meeting;
  return bookedFor !== null && (await busyOf(work, meeting)).some((busy) => overlap(busy, bookedFor));
}

/** What was read of several fields: slots in order, and an error for each field whose words can't be kept. */
interface ReadSlots {
  readonly slots: readonly Slot[];
  readonly errors: FieldErrors;
  /** Whether the words of one field held more than one time: the first may have been the meeting's own day. */
  readonly hasSeveralInOne: boolean;
}

/** Times in words as slots of `lengthMs` that can be kept, read in the person's zone; `typed` is by field. */
export async function readSlots(
  work: Work,
  meeting: Meeting,
  typed: Readonly<Record<string, string>>,
  lengthMs: number,
): Promise<ReadSlots> {
  const { calendar, businessHours: hours } = work.programme;
  const { now } = work;
  const zone = work.person.timeZone;
  const busy = await busyOf(work, meeting);
  const slots: Slot[] = [];
  const errors: Record<string, string> = {};
  let hasSeveralInOne = false;
  for (const [field, words] of Object.entries(typed)) {
    const at = readDateTime(words, { now, zone });
    if (!at.ok) {
      errors[field] = at.refusal.text;
      hasSeveralInOne ||= at.refusal.isSeveral ?? false;
      continue;
    }
    const slot = { startsAt: at.value, endsAt: new Date(at.value.getTime() + lengthMs) };
    const checked = checkProposedSlot(slot, { now, calendar, hours, busy });
    if (checked.ok) slots.push(checked.value);
    else errors[field] = slotRefusalWords(slot, checked.refusal, zone, examplesAt(work.programme, now));
  }
  return { slots, errors, hasSeveralInOne };
}
