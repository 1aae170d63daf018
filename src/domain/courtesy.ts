/**
 * When somebody may be written to (domain reference 9.1): nothing at night, at weekends, on holidays or on leave, and at
 * most one message a business day that they did not ask for.
 */
import { type Calendar, isBusinessDay } from './calendar.ts';
import {
  type ContactSettings,
  calendarOf,
  type DayPart,
  type Leave,
  outOfQuiet,
  quietHoursOf,
  type Topic,
} from './contact.ts';
import { addDays, instantOf, type LocalDate, localDate } from './time.ts';

/** How a message may come to a person: see the deliveries of `ports.ts`. */
export type CourteousUrgency = 'asked' | 'told' | 'routine' | 'urgent' | 'security';

/** A message on its way to a person, as far as courtesy goes. */
export interface Writing {
  readonly key: string;
  readonly urgency: CourteousUrgency;
  readonly topic: Topic | null;
  readonly expiresAt: Date | null;
  /** The daily message it was part of when it was tried before. */
  readonly bundle: string | null;
  /** It redraws what stands there already, which calls nobody. */
  readonly isEdit: boolean;
}

/** The one who is written to. `lastDaily` is their latest daily message: its business day in their zone, and its key. */
export interface CourtesyReader {
  readonly timeZone: string;
  readonly settings: Pick<ContactSettings, 'quietHours' | 'inaugurationDay' | 'muted'>;
  readonly leaves: readonly Leave[];
  readonly lastDaily: { readonly day: LocalDate; readonly key: string } | null;
}

/** What the programme has set for everybody. */
export interface CourtesyRules {
  readonly calendar: Calendar;
  readonly quietHours: DayPart;
}

export type HeldBecause = 'quiet hours' | 'a day off' | 'the message of the day was sent';
export type Courtesy =
  | { readonly kind: 'now' }
  /** Goes with the message of `day`; what is due before `before` goes along. */
  | { readonly kind: 'daily'; readonly day: LocalDate; readonly before: Date }
  | { readonly kind: 'hold'; readonly until: Date; readonly because: HeldBecause }
  /** It would be over before it may be said, or the reader does not want to hear of it. */
  | { readonly kind: 'drop'; readonly because: string };

/** More days in a row without an open hour is a mistake in somebody's settings. */
const MOST_CLOSED_STEPS = 2_000;

/** Whether and when a message may go to its reader at `now`. */
export function courtesyOf(
  writing: Writing,
  reader: CourtesyReader,
  rules: CourtesyRules,
  now: Date,
): Courtesy {
  if (writing.urgency === 'security' || writing.urgency === 'asked' || writing.isEdit) return { kind: 'now' };
  if (writing.topic !== null && reader.settings.muted.includes(writing.topic))
    return { kind: 'drop', because: 'the reader does not want to hear of it' };
  const opensAt = nextOpening(now, reader, rules);
  if (opensAt > now)
    return hold(writing, opensAt, isDayOff(now, reader, rules) ? 'a day off' : 'quiet hours');
  if (writing.urgency !== 'routine') return { kind: 'now' };
  const day = localDate(now, reader.timeZone);
  const tomorrow = instantOf(addDays(day, 1), '00:00', reader.timeZone);
  const { lastDaily } = reader;
  const isSpent = lastDaily?.day === day && lastDaily.key !== writing.key && lastDaily.key !== writing.bundle;
  if (!isSpent) return { kind: 'daily', day, before: tomorrow };
  return hold(writing, nextOpening(tomorrow, reader, rules), 'the message of the day was sent');
}

function hold({ expiresAt }: Writing, until: Date, because: HeldBecause): Courtesy {
  if (expiresAt !== null && until >= expiresAt)
    return { kind: 'drop', because: `${because} until it was over` };
  return { kind: 'hold', until, because };
}

/** The first instant at or after `at` at which the reader works and it is not quiet. */
export function nextOpening(at: Date, reader: CourtesyReader, rules: CourtesyRules): Date {
  const { timeZone, settings } = reader;
  const quiet = quietHoursOf(settings, rules.quietHours);
  const calendar = calendarOf(rules.calendar, settings, reader.leaves);
  let found = at;
  for (let step = 0; step < MOST_CLOSED_STEPS; step += 1) {
    const day = localDate(found, timeZone);
    const open = isBusinessDay(day, calendar)
      ? outOfQuiet(found, quiet, timeZone)
      : instantOf(addDays(day, 1), '00:00', timeZone);
    if (open.getTime() === found.getTime()) return found;
    found = open;
  }
  throw new RangeError('There is no hour at which this person may be written to');
}

const isDayOff = (at: Date, { timeZone, settings, leaves }: CourtesyReader, rules: CourtesyRules): boolean =>
  !isBusinessDay(localDate(at, timeZone), calendarOf(rules.calendar, settings, leaves));
