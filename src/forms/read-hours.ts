/** Two times of day as people type them: "9 to 5:30", "6pm to 8am", "18:00-08:00". */
import type { DayPart } from '../domain/contact.ts';
import { type LocalTime, timeOfMinutes } from '../domain/time.ts';
import { fold } from './text.ts';

const LONGEST = 60;
const BETWEEN = / ?(?:\b(?:to|until|till|through|and)\b|[-–—]) ?/u;
const NOON = 12 * 60;
const DAY = 24 * 60;

interface Clock {
  /** Minutes since midnight; of a bare hour, as in the morning. */
  readonly minutes: number;
  /** True when it may as well be in the afternoon. */
  readonly isBare: boolean;
}

/**
 * The part of the day that `text` names, or null. A bare hour is read as it makes sense: working hours begin between 5 in
 * the morning and 4 in the afternoon and end after they began; quiet hours begin in the evening and end in the morning.
 * The caller says back what was understood.
 */
export function readHours(text: string, of: 'work' | 'quiet'): DayPart | null {
  if (text.length > LONGEST) return null;
  const [first, last, ...others] = fold(text)
    .replace(/^from /u, '')
    .split(BETWEEN)
    .map(clockOf);
  if (!first || !last || others.length > 0) return null;
  const [from, to] = of === 'work' ? workMinutes(first, last) : quietMinutes(first, last);
  return { from: at(from), to: at(to) };
}

const EARLIEST_WORK = 5 * 60;

function workMinutes(first: Clock, last: Clock): readonly [number, number] {
  const from = first.isBare && first.minutes < EARLIEST_WORK ? first.minutes + NOON : first.minutes;
  return [from, last.isBare && last.minutes <= from ? last.minutes + NOON : last.minutes];
}

function quietMinutes(first: Clock, last: Clock): readonly [number, number] {
  const from = first.isBare && first.minutes < NOON ? first.minutes + NOON : first.minutes;
  // "Noon to 1" is lunch; everything else ends in the morning.
  const isLunch = from === NOON && last.isBare && last.minutes < NOON;
  return [from, isLunch ? last.minutes + NOON : last.minutes];
}

const at = (minutes: number): LocalTime => timeOfMinutes(minutes % DAY);

function clockOf(word: string): Clock | null {
  if (word === 'noon') return { minutes: NOON, isBare: false };
  if (word === 'midnight') return { minutes: 0, isBare: false };
  const read = /^(\d{1,2})(?:[:.](\d{2}))? ?(?:([ap])\.?m\.?)?$/u.exec(word);
  if (!read) return null;
  const [, hours = '', minute = '0', half] = read;
  const hour = Number(hours);
  if (hour > 23 || Number(minute) > 59) return null;
  if (half === undefined) {
    // "08:00" and "18:00" are the 24-hour clock; "8:00" may be either half of the day, and 12 is noon.
    return { minutes: hour * 60 + Number(minute), isBare: hour < 12 && !hours.startsWith('0') };
  }
  if (hour < 1 || hour > 12) return null;
  return { minutes: ((hour % 12) + (half === 'p' ? 12 : 0)) * 60 + Number(minute), isBare: false };
}
