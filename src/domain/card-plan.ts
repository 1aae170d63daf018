/**
 * The plan of an onboarding: by when each line of the Information Card is to be finished, counted from day 0 (domain reference
 * 4.3, 4.4). Days are calendar days; work is done on business days. Pure.
 */
import {
  addBusinessDays,
  businessDaysBetween,
  type Calendar,
  isBusinessDay,
  previousBusinessDay,
} from './calendar.ts';
import { type Card, type CardItem, isSettled, itemOf } from './card.ts';
import type { CardParty, CardTemplate, ItemTemplate } from './card-template.ts';
import { ONBOARDING_GOAL_DAYS } from './onboarding.ts';
import { addDays, earlierOf, type LocalDate, laterOf } from './time.ts';

/** The days on which each party works: the programme's calendar, for the Service ISSO with their own leave. */
export type WorkingDays = (party: CardParty) => Calendar;

export interface PlannedItem {
  readonly key: string;
  /** The business day on which work on it is to begin, as far as days go; what it needs may still be open. */
  readonly startsOn: LocalDate;
  /** The business day by whose end it is to be finished. */
  readonly dueOn: LocalDate;
}

export interface CardPlan {
  /** Calendar day of the goal: day 0 and 60 days. */
  readonly goalOn: LocalDate;
  readonly items: ReadonlyMap<string, PlannedItem>;
}

/**
 * The plan as it is now, with one entry for each line of the card. Days set by hand and leave move a line, and with it what needs it,
 * as far as it must; so does the day on which something it needs was done. Nothing is stored: another day 0 is another plan.
 */
export function planOf(template: CardTemplate, card: Card, days: WorkingDays): CardPlan {
  const finishes = new Map<string, LocalDate>();
  const items = new Map<string, PlannedItem>();
  for (const of of inOrderOfNeeds(template)) {
    const item = itemOf(card, of.key);
    if (!item) continue;
    const own = ownFinish(of, item, card, days);
    const finishOn = isSettled(item)
      ? own
      : afterNeeds(of, item, template, card, finishes).reduce(laterOf, own);
    const on = capped(of, card, finishOn);
    finishes.set(of.key, on);
    items.set(of.key, onBusinessDays(of, card, on, days));
  }
  return { goalOn: addDays(card.dayZeroOn, ONBOARDING_GOAL_DAYS), items };
}

/** Lines with what each needs before it, otherwise in the order of the template. */
export function inOrderOfNeeds({ items }: CardTemplate): readonly ItemTemplate[] {
  const sorted = new Map<string, ItemTemplate>();
  const visit = (item: ItemTemplate): void => {
    if (sorted.has(item.key)) return;
    for (const { key } of item.needs) {
      const need = items.find((each) => each.key === key);
      if (need) visit(need);
    }
    sorted.set(item.key, item);
  };
  for (const item of items) visit(item);
  return [...sorted.values()];
}

/** The day itself when it is a business day, else the last one before. */
export const onOrBefore = (on: LocalDate, calendar: Calendar): LocalDate =>
  isBusinessDay(on, calendar) ? on : previousBusinessDay(on, calendar);

/** Its day without what it needs: set by hand, or the template's, put off by leave of the Service ISSO who does it. */
function ownFinish(of: ItemTemplate, item: CardItem, { dayZeroOn }: Card, days: WorkingDays): LocalDate {
  if (item.movedTo !== null) return item.movedTo;
  const finishOn = addDays(dayZeroOn, of.finishDay);
  if (of.parties[0] !== 'service_isso') return finishOn;
  const calendar = days('service_isso');
  const lost = leaveDays(addDays(dayZeroOn, of.startDay), finishOn, calendar);
  return lost === 0 ? finishOn : addBusinessDays(finishOn, lost, calendar);
}

/** Business days, both ends included, on which only leave keeps somebody from work. */
function leaveDays(fromOn: LocalDate, toOn: LocalDate, calendar: Calendar): number {
  const { away = [], ...others } = calendar;
  if (!away.some((each) => each.fromOn <= toOn && fromOn <= each.toOn)) return 0;
  const before = addDays(fromOn, -1);
  return businessDaysBetween(before, toOn, others) - businessDaysBetween(before, toOn, calendar);
}

/**
 * The earliest finish that each need leaves. After an open one as long as in the template, or as the line takes where that is less;
 * after one that was done as long as the line takes, so that what came late begins with time left. No time at all for a day that
 * somebody set, who knows better.
 */
function afterNeeds(
  of: ItemTemplate,
  { movedTo }: CardItem,
  template: CardTemplate,
  card: Card,
  finishes: ReadonlyMap<string, LocalDate>,
): readonly LocalDate[] {
  const takes = movedTo === null ? Math.ceil((of.leadDays * 7) / 5) : 0;
  return of.needs.flatMap(({ key }) => {
    const [need, open, on] = [
      template.items.find((each) => each.key === key),
      itemOf(card, key),
      finishes.get(key),
    ];
    if (!need || !open || !on) return [];
    if (isSettled(open)) return open.doneOn === null ? [] : [addDays(open.doneOn, takes)];
    return [addDays(on, Math.min(of.finishDay - need.finishDay, takes))];
  });
}

function capped({ latestDay }: ItemTemplate, { dayZeroOn }: Card, on: LocalDate): LocalDate {
  return latestDay === null ? on : earlierOf(on, addDays(dayZeroOn, latestDay));
}

/** Begun on the next business day, finished on the last one that is not before it. */
function onBusinessDays(of: ItemTemplate, card: Card, finishOn: LocalDate, days: WorkingDays): PlannedItem {
  const calendar = days(of.parties[0]);
  const startsOn = addBusinessDays(addDays(card.dayZeroOn, of.startDay), 0, calendar);
  return { key: of.key, startsOn, dueOn: laterOf(startsOn, onOrBefore(finishOn, calendar)) };
}
