/** What somebody wants for themselves: hours, zone, leave, Inauguration Day, what to hear of. Whole texts only. */
import type { DayPart, Rhythm, Topic } from '../domain/contact.ts';
import { type LocalDate, readLocalDate } from '../domain/time.ts';
import { readDate } from './read-date.ts';
import { readHours } from './read-hours.ts';
import { readZone } from './read-zone.ts';
import { fold } from './text.ts';

/** A wish, or `unread` when it is clear what it is about and not what is wanted. */
export type Wish =
  | { readonly kind: 'show' }
  | { readonly kind: 'quiet' | 'work'; readonly hours: DayPart | null }
  | { readonly kind: 'zone'; readonly zone: string }
  | { readonly kind: 'leave'; readonly fromOn: LocalDate; readonly toOn: LocalDate }
  | { readonly kind: 'leave-list' }
  /** From 1; null when no number was said. */
  | { readonly kind: 'leave-cancel'; readonly place: number | null }
  | { readonly kind: 'inauguration'; readonly isHoliday: boolean }
  | { readonly kind: 'mute'; readonly topic: Topic; readonly muted: boolean }
  | { readonly kind: 'mute-list' }
  /** Null: as the programme has it. */
  | { readonly kind: 'rhythm'; readonly rhythm: Rhythm | null }
  | { readonly kind: 'unread'; readonly about: 'quiet' | 'work' | 'zone' | 'leave' | 'mute' | 'rhythm' };

const LONGEST = 120;

/** The wish that `typed` says on `today`, or null when it is something else. `leave me alone` and questions are none. */
export function readWish(typed: string, today: LocalDate): Wish | null {
  if (typed.length > LONGEST || typed.trim().endsWith('?') || typed.trim().includes('\n')) return null;
  const said = fold(typed)
    .replace(/^(?:please |set |change |my |the ){1,3}/u, '')
    .replace(/ please$/u, '');
  return (
    plainWish(said) ??
    hoursWish(said) ??
    zoneWish(said) ??
    leaveWish(said, today) ??
    muteWish(said) ??
    rhythmWish(said) ??
    null
  );
}

const STANDARD = /^(?:default|standard|reset|normal)$/u;

function plainWish(said: string): Wish | null {
  if (/^(?:settings|preferences)$/u.test(said)) return { kind: 'show' };
  if (/^(?:quiet hours|work(?:ing)? hours|business hours|time ?zone)$/u.test(said)) return { kind: 'show' };
  if (/^(?:leaves?|show leaves?|list leaves?)$/u.test(said)) return { kind: 'leave-list' };
  if (/^(?:un)?mute$/u.test(said)) return { kind: 'mute-list' };
  const inauguration = /^inauguration(?: day)?(?: is)? (on|off)$/u.exec(said)?.[1];
  return inauguration ? { kind: 'inauguration', isHoliday: inauguration === 'on' } : null;
}

function hoursWish(said: string): Wish | null {
  const read = /^(quiet|work|working|business) hours(?: are| to|:)? (.{1,60})$/u.exec(said);
  if (!read) return null;
  const kind = read[1] === 'quiet' ? 'quiet' : 'work';
  const wanted = read[2] ?? '';
  if (STANDARD.test(wanted)) return { kind, hours: null };
  const hours = readHours(wanted, kind);
  if (hours) return { kind, hours };
  return /\d/u.test(wanted) ? { kind: 'unread', about: kind } : null;
}

function zoneWish(said: string): Wish | null {
  const wanted = /^time ?zone(?: is| to|:)? (.{1,60})$/u.exec(said)?.[1];
  if (wanted === undefined) return null;
  const zone = readZone(wanted);
  return zone === null ? { kind: 'unread', about: 'zone' } : { kind: 'zone', zone };
}

const LEAVE =
  /^(?:(?:i am|i'm|i will be|i'll be) )?(?:on )?(?:leave|away|vacation|out of office)(?: from| on|:)? (.{1,80})$/u;

function leaveWish(said: string, today: LocalDate): Wish | null {
  const cancelled =
    /^(?:cancel|delete|remove|drop) (?:my )?leaves?(?: (?:number |no\. |#)?(\d{1,3}))?$/u.exec(said);
  if (cancelled) return { kind: 'leave-cancel', place: cancelled[1] ? Number(cancelled[1]) : null };
  const wanted = LEAVE.exec(said)?.[1];
  if (wanted === undefined) return null;
  const days = readDays(wanted, today);
  if (days) return { kind: 'leave', ...days };
  return DAY_WORDS.test(wanted) ? { kind: 'unread', about: 'leave' } : null;
}

/** With one of these in it, it is about days, though we can't tell which. */
const DAY_WORDS = /\d|\b(?:week|month|mon|tues?|wed|thu|thurs|fri|sat|sun)(?:days?|nesday|urday|end)?\b/u;
const BETWEEN = /^(.{1,40}?) ?(?: to | until | till | through | thru | - |–|—) ?(.{1,40})$/u;
/** Words that count from the day they are said on. */
const FROM_TODAY =
  /\b(?:today|tonight|tomorrow|yesterday|from now|ago|in (?:an?|\d{1,3}|\p{L}{2,8}) (?:day|week)s?)\b/u;
const DAYS_OF_MONTH = /^(\p{L}{3,9}\.? \d{1,2}) ?(?:-|–|—| to ) ?(\d{1,2})$/u;

/** One day, or the first and the last of several: "dec 24", "dec 21 to jan 4", "dec 21-31"; in small letters. */
export function readDays(
  text: string,
  today: LocalDate,
): { readonly fromOn: LocalDate; readonly toOn: LocalDate } | null {
  const inMonth = DAYS_OF_MONTH.exec(text);
  const fromOn = readOn(inMonth?.[1] ?? BETWEEN.exec(text)?.[1] ?? text, today);
  if (fromOn === null) return null;
  if (inMonth) {
    const toOn = readLocalDate(`${fromOn.slice(0, 8)}${(inMonth[2] ?? '').padStart(2, '0')}`);
    return toOn === null ? null : { fromOn, toOn };
  }
  const last = BETWEEN.exec(text)?.[2];
  if (last === undefined) return { fromOn, toOn: fromOn };
  // A last day without a year is the next one after the first: Dec 28 to Jan 4. "Tomorrow" is the day after this one.
  const toOn = readOn(last, /\d{4}/u.test(last) || FROM_TODAY.test(last) ? today : fromOn);
  return toOn === null ? null : { fromOn, toOn };
}

function readOn(text: string, today: LocalDate): LocalDate | null {
  const read = readDate(text, today);
  return read.ok ? read.value : null;
}

const TOPIC_WORDS: Readonly<Record<Topic, RegExp>> = {
  'meeting-reminders': /^(?:meeting reminders?|meetings?|reminders? (?:of|about) meetings?)$/u,
  'check-ins': /^check[- ]?ins?(?: requests?)?$/u,
  surveys: /^surveys?$/u,
  'follow-ups': /^follow[- ]?ups?(?: reminders?)?$/u,
  requests: /^(?:requests?|request reminders?|reminders? (?:of|about) requests?)$/u,
};

function muteWish(said: string): Wish | null {
  const read = /^(un)?mute (.{1,40})$/u.exec(said);
  if (!read) return null;
  const wanted = read[2] ?? '';
  for (const [topic, words] of Object.entries(TOPIC_WORDS) as [Topic, RegExp][])
    if (words.test(wanted)) return { kind: 'mute', topic, muted: read[1] === undefined };
  return { kind: 'unread', about: 'mute' };
}

/** `nudges daily`, `nudge me weekly`, `nudges default`. */
function rhythmWish(said: string): Wish | null {
  const wanted = /^nudges?(?: me)?(?: are| to|:)? ([a-z ]{1,40})$/u.exec(said)?.[1];
  if (wanted === undefined) return null;
  if (STANDARD.test(wanted)) return { kind: 'rhythm', rhythm: null };
  const rhythm = /^(?:every )?(?:business )?(daily|day|weekly|week)$/u.exec(wanted)?.[1];
  if (rhythm === undefined) return { kind: 'unread', about: 'rhythm' };
  return { kind: 'rhythm', rhythm: rhythm.startsWith('d') ? 'daily' : 'weekly' };
}
