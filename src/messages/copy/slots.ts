import type { ExampleTimes } from '../../domain/example-times.ts';
import type { Slot } from '../../domain/meeting.ts';
import type { SlotRefusal } from '../../domain/slots.ts';
import { sayDateTime, sayLocalDate, sayLocalTime, sayTime, zoneName } from '../../domain/time.ts';

/** Why a proposed time can't be kept, and what would do; times in the reader's zone. */
export function slotRefusalWords(
  slot: Slot,
  refusal: SlotRefusal,
  zone: string,
  [example]: ExampleTimes,
): string {
  const when = sayDateTime(slot.startsAt, zone);
  switch (refusal.code) {
    case 'past':
      return `${when} is in the past. Please name a time to come, such as ${example}.`;
    case 'too-far':
      return `${when} is too far ahead. Please name a time up to ${sayLocalDate(refusal.latestOn)}.`;
    case 'weekend':
      return `${sayLocalDate(refusal.on)} is on a weekend. Please name a business day.`;
    case 'holiday':
      return `${sayLocalDate(refusal.on)} is ${refusal.name}, a federal holiday. Please name another day.`;
    case 'closure':
      return `The office is closed on ${sayLocalDate(refusal.on)} (${refusal.name}). Please name another day.`;
    case 'outside-hours': {
      const { from, to, zone: hoursZone } = refusal.hours;
      return `${when} is outside business hours. Please name a time that lies between ${sayLocalTime(from)} and ${sayLocalTime(to)} ${zoneName(hoursZone)} as a whole.`;
    }
    case 'clash':
      return `Somebody invited has another meeting from ${sayTime(refusal.with.startsAt, zone)} to ${sayTime(refusal.with.endsAt, zone)} that day. Please name another time.`;
    default:
      return refusal satisfies never;
  }
}
