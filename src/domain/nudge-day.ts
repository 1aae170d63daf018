/** What of somebody's lines is said on a day, in which order, and how a line is put off (domain reference 4.5; features reference 2.3). Pure. */
import {
  addBusinessDays,
  businessDaysBetween,
  type Calendar,
  isBusinessDay,
  nextBusinessDay,
  previousBusinessDay,
} from './calendar.ts';
import type { Rhythm } from './contact.ts';
import { type HeldLine, type ItemLine, type NudgeLine, nameOfTold } from './nudge.ts';
import { addDays, type LocalDate, weekday } from './time.ts';

/** The reader's day and calendar, with their leave. */
export interface ReaderDay {
  readonly today: LocalDate;
  readonly calendar: Calendar;
}

/** Whoever is written to weekly hears besides of what is due within so many business days (assumed). */
const DUE_SOON_DAYS = 2;

/** Most urgent first; ties by number and, within a card, by the order in which they came. */
export const byUrgency = <T extends NudgeLine>(lines: readonly T[]): readonly T[] =>
  lines.toSorted((a, b) => compare(a.dueOn, b.dueOn) || compare(numberOf(a), numberOf(b)));

const numberOf = ({ about }: NudgeLine): string => (about.kind === 'item' ? about.number : '~');
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Lines whose time has come and that are not put off, most urgent first. */
export const openLines = <T extends NudgeLine>(lines: readonly T[], today: LocalDate): readonly T[] =>
  byUrgency(
    lines.filter(
      ({ saidFrom, snoozedUntil }) => saidFrom <= today && (snoozedUntil === null || snoozedUntil <= today),
    ),
  );

/** How often a reader hears of what. */
export interface Said {
  readonly rhythm: Rhythm;
  /** Names of the lines that they were told of (`nameOfTold`). */
  readonly told: readonly string[];
  /** A line that is more business days late is said once a week. */
  readonly weeklyAfterDays: number;
}

/**
 * What is said to the reader in the message of the day: nothing on a day off, all on the first business day of the week. On others what
 * they were never told of; of the rest nothing that is long overdue, except role-based training, and with the rhythm `weekly` only what
 * is due within two business days, due or overdue.
 */
export function linesOfDay<T extends HeldLine>(
  lines: readonly T[],
  { today, calendar }: ReaderDay,
  { rhythm, told, weeklyAfterDays }: Said,
): readonly T[] {
  if (!isBusinessDay(today, calendar)) return [];
  const open = openLines(lines, today);
  if (isFirstOfWeek(today, calendar)) return open;
  const soon = addBusinessDays(today, DUE_SOON_DAYS, calendar);
  return open.filter((line) => {
    if (!told.includes(nameOfTold(line))) return true;
    const isOld = businessDaysBetween(line.dueOn, today, calendar) > weeklyAfterDays;
    if (isOld && line.about.key !== TRAINING) return false;
    return rhythm === 'daily' || line.dueOn <= soon;
  });
}

/** The first business day since Monday. */
function isFirstOfWeek(today: LocalDate, calendar: Calendar): boolean {
  const monday = addDays(today, -((weekday(today) + 6) % 7));
  return previousBusinessDay(today, calendar) < monday;
}

/** Until when a line is put off, and why not as long as was wanted. */
export interface PutOffLine {
  readonly until: LocalDate;
  readonly because: 'wanted' | 'due-then' | 'due-already';
}

/**
 * Puts a line off by `days` business days of the reader. It comes again on its due day at the latest; once that is there, only the
 * next business day is free of it.
 */
export function putOff(
  { dueOn }: Pick<NudgeLine, 'dueOn'>,
  days: number,
  { today, calendar }: ReaderDay,
): PutOffLine {
  if (dueOn <= today) return { until: nextBusinessDay(today, calendar), because: 'due-already' };
  const wanted = addBusinessDays(today, days, calendar);
  return wanted > dueOn ? { until: dueOn, because: 'due-then' } : { until: wanted, because: 'wanted' };
}

/**
 * Without what is said twice: a course that is a line of the reader's card as well (`itemOf` names it), and the line of the whole
 * curriculum beside its courses.
 */
export function withoutTwins<I extends NudgeLine, C extends NudgeLine>(
  items: readonly I[],
  courses: readonly C[],
  itemOf: (courseKey: string) => string | null,
): readonly (I | C)[] {
  const keys = new Set(items.map(({ about }) => about.key));
  const own = courses.filter(({ about }) => !keys.has(itemOf(about.key) ?? ''));
  return own.length === 0 ? items : [...items.filter(({ about }) => about.key !== CURRICULUM), ...own];
}

/** Without what belongs to a person and stands on several of their cards: the line that is due first is said for all of them. */
export function withoutCopies<I extends OfItem>(
  items: readonly I[],
  isOfPerson: (key: string) => boolean,
): readonly I[] {
  const first = new Map<string, I>();
  for (const item of byUrgency(items)) {
    const name = nameOfCopy(item);
    if (!first.has(name)) first.set(name, item);
  }
  return items.filter((item) => !isOfPerson(item.about.key) || first.get(nameOfCopy(item)) === item);
}

type OfItem = NudgeLine & Pick<ItemLine, 'about'>;

const nameOfCopy = ({ about, part }: OfItem): string => `${about.personId}:${about.key}:${part ?? ''}`;

/** Role-based training, as a line and as a course: once it is due it is said each day (domain reference 5.2). */
const TRAINING = 'rbt';
/** The line of the card that all courses together are. */
const CURRICULUM = 'curriculum';
