/** How many lines of a card were open on each day, beside the plan and the forecast (features reference part 3, no. 2). Pure. */
import { type Card, isSettled, itemOf } from './card.ts';
import type { Forecast } from './card-forecast.ts';
import type { CardPlan } from './card-plan.ts';
import type { CardTemplate } from './card-template.ts';
import { addDays, daysBetween, earlierOf, type LocalDate, laterOf } from './time.ts';

/** One calendar day; `day` counts from day 0. */
export interface BurnDownDay {
  readonly day: number;
  readonly on: LocalDate;
  /** Lines that should still be open at the end of that day. */
  readonly planned: number;
  /** Lines that were open at the end of that day; null for days ahead of today. */
  readonly open: number | null;
  /** Lines that should be open then if all goes as forecast; null for days before today. */
  readonly forecast: number | null;
}

export interface BurnDown {
  /** Lines that are needed: all but those that are not. */
  readonly needed: number;
  /** From day 0 to the goal or the forecast's end, whichever is later. */
  readonly days: readonly BurnDownDay[];
}

/** An onboarding that takes longer is not drawn to its end. */
const MOST_DAYS = 366;

/** The days of each line that is needed. */
interface Days {
  readonly dueOn: LocalDate;
  /** Null while it is open. */
  readonly doneOn: LocalDate | null;
  readonly finishOn: LocalDate;
}

/** Of one card, at most a year of it. What was done before day 0 was never open. */
export function burnDownOf(
  template: CardTemplate,
  card: Card,
  { plan, forecast }: { readonly plan: CardPlan; readonly forecast: Forecast },
  today: LocalDate,
): BurnDown {
  const lines = template.items.flatMap(({ key }): readonly Days[] => {
    const [item, planned, expected] = [itemOf(card, key), plan.items.get(key), forecast.items.get(key)];
    if (!item || !planned || !expected || item.state.is === 'not_needed') return [];
    const { finishOn } = expected;
    return [{ dueOn: planned.dueOn, doneOn: isSettled(item) ? finishOn : null, finishOn }];
  });
  const lastOn = lines.reduce((last, { finishOn }) => laterOf(last, finishOn), plan.goalOn);
  const count = Math.min(daysBetween(card.dayZeroOn, lastOn) + 1, MOST_DAYS);
  return {
    needed: lines.length,
    days: Array.from({ length: count }, (_, day) => dayOf(lines, day, addDays(card.dayZeroOn, day), today)),
  };
}

function dayOf(lines: readonly Days[], day: number, on: LocalDate, today: LocalDate): BurnDownDay {
  const count = (isOpen: (line: Days) => boolean): number => lines.filter(isOpen).length;
  return {
    day,
    on,
    planned: count(({ dueOn }) => dueOn > on),
    open: on > today ? null : count(({ doneOn }) => doneOn === null || doneOn > on),
    forecast: on < today ? null : count(({ finishOn }) => finishOn > on),
  };
}

/**
 * Of several people as one: the sums by days after each one's day 0, with the earliest date of each. `open` goes as far as all of
 * them have come; from where the first of them stands today, `forecast` adds what was open of some to what is ahead of the others.
 */
export function burnDownOfAll(each: readonly BurnDown[]): BurnDown {
  const length = Math.max(0, ...each.map(({ days }) => days.length));
  return {
    needed: sum(each.map(({ needed }) => needed)),
    days: Array.from({ length }, (_, day) =>
      dayOfAll(
        each.flatMap(({ days }) => dayAt(days, day)),
        day,
      ),
    ),
  };
}

/** What ended stays as it ended. */
const dayAt = (days: readonly BurnDownDay[], day: number): readonly BurnDownDay[] => {
  const found = days[day] ?? days.at(-1);
  return found ? [found] : [];
};

function dayOfAll(all: readonly BurnDownDay[], day: number): BurnDownDay {
  const opens = all.flatMap(({ open }) => (open === null ? [] : [open]));
  return {
    day,
    on: all.map((each) => addDays(each.on, day - each.day)).reduce(earlierOf),
    planned: sum(all.map(({ planned }) => planned)),
    open: opens.length === all.length ? sum(opens) : null,
    forecast: all.every(({ forecast }) => forecast === null)
      ? null
      : sum(all.map(({ open, forecast }) => forecast ?? open ?? 0)),
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
