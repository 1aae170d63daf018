/** When each step of the stories happened: on business days, in business hours, in order, all before the day of loading. Pure. */
import { type Calendar, isBusinessDay, nextBusinessDay, previousBusinessDay } from '../../domain/calendar.ts';
import {
  addDays,
  instantOf,
  type LocalDate,
  type LocalTime,
  MINUTE_MS,
  timeOfMinutes,
} from '../../domain/time.ts';
import type { DemoDeed, DemoStep, DemoStory } from './story.ts';

/** The day of loading, on the programme's clock. */
export interface When {
  readonly today: LocalDate;
  readonly timeZone: string;
  readonly calendar: Calendar;
}

export interface Scheduled {
  readonly story: DemoStory;
  /** Place of the story in the table. */
  readonly index: number;
  readonly step: DemoStep;
  readonly at: Date;
  readonly on: LocalDate;
}

const FIRST_MINUTE = 9 * 60 + 10;
/** People are at work until half past three; what follows at once comes a little later. */
const MINUTES_OF_DAY = 380;
/** Primes, so that few things happen at the same minute. */
const STORY_MINUTES = 41;
const STEP_MINUTES = 67;
const LEAST_APART_MS = 6 * MINUTE_MS;
/** From the beginning of a meeting to its record. */
const RECORDED_AFTER_MS = 75 * MINUTE_MS;
const MEETING_TIMES: readonly LocalTime[] = ['10:00', '13:00', '14:00', '11:00'];
const RECORDED: readonly DemoDeed[] = ['kickoff', 'initial'];

/** Business days before today as they were counted so far, nearest first; the first place is today's own. */
const counted = new WeakMap<When, LocalDate[]>();

/** The `ago`-th business day before today. Throws RangeError for today and later. */
export function dayAgo(when: When, ago: number): LocalDate {
  if (ago < 1) throw new RangeError('what happened lies at least one business day back');
  const days = counted.get(when) ?? [when.today];
  counted.set(when, days);
  while (days.length <= ago) days.push(previousBusinessDay(days.at(-1) ?? when.today, when.calendar));
  return days[ago] ?? when.today;
}

/** So many calendar days from today, on a business day: the one before for what has passed, the one after for what is to come. */
export function businessDayIn({ today, calendar }: When, days: number): LocalDate {
  const day = addDays(today, days);
  if (isBusinessDay(day, calendar)) return day;
  return days < 0 ? previousBusinessDay(day, calendar) : nextBusinessDay(day, calendar);
}

/** When the meetings of a story begin on that day. */
export const meetingAt = (index: number, on: LocalDate, { timeZone }: When): Date =>
  instantOf(on, MEETING_TIMES[index % MEETING_TIMES.length] ?? '10:00', timeZone);

/** Every step of every story in the order in which it happened. */
export function timeline(stories: readonly DemoStory[], when: When): readonly Scheduled[] {
  return stories
    .flatMap((story, index) => scheduled(story, index, when))
    .toSorted((one, other) => one.at.getTime() - other.at.getTime());
}

function scheduled(story: DemoStory, index: number, when: When): readonly Scheduled[] {
  let last = new Date(0);
  return story.steps
    .toSorted((one, other) => other.ago - one.ago)
    .map((step, place) => {
      const on = dayAgo(when, step.ago);
      const wanted = RECORDED.includes(step.does)
        ? meetingAt(index, on, when).getTime() + RECORDED_AFTER_MS
        : atDesk(on, index * STORY_MINUTES + place * STEP_MINUTES, when).getTime();
      last = new Date(Math.max(wanted, last.getTime() + LEAST_APART_MS));
      return { story, index, step, at: last, on };
    });
}

const atDesk = (on: LocalDate, minutes: number, { timeZone }: When): Date =>
  instantOf(on, timeOfMinutes(FIRST_MINUTE + (minutes % MINUTES_OF_DAY)), timeZone);
