/** When somebody should be ready, from what is done and how long the open lines take; slack and critical path. Pure. */
import { addBusinessDays, businessDaysBetween, type Calendar } from './calendar.ts';
import { type Card, type CardItem, isSettled, itemOf } from './card.ts';
import { type CardPlan, inOrderOfNeeds, onOrBefore, type WorkingDays } from './card-plan.ts';
import { holderOf } from './card-progress.ts';
import type { CardParty, CardTemplate, ItemTemplate } from './card-template.ts';
import { ONBOARDING_GOAL_DAYS } from './onboarding.ts';
import { addDays, earlierOf, type LocalDate, laterOf } from './time.ts';

export interface ForecastItem {
  readonly key: string;
  /** The business day on which it should be finished; of a settled line the day on which it was. */
  readonly finishOn: LocalDate;
  /** Business days it can slip before the goal is missed; negative: it is missed by so many. Null for a settled line. */
  readonly slack: number | null;
}

export interface Forecast {
  readonly readyOn: LocalDate;
  readonly items: ReadonlyMap<string, ForecastItem>;
  /** Keys of the open lines that decide the day, in order. */
  readonly criticalPath: readonly string[];
}

/** The line that ends an onboarding. */
const READY = 'ready';

/** A line of the template with how it stands, and the days on which whoever has it works. */
interface Step {
  readonly of: ItemTemplate;
  readonly item: CardItem;
  readonly isOpen: boolean;
  readonly calendar: Calendar;
}

/** Forecast as of `today`. Every need counts, also those that can go without. */
export function forecastOf(
  template: CardTemplate,
  card: Card,
  days: WorkingDays,
  today: LocalDate,
): Forecast {
  const steps = inOrderOfNeeds(template).flatMap((of): readonly Step[] => {
    const item = itemOf(card, of.key);
    return item ? [{ of, item, isOpen: !isSettled(item), calendar: days(holderOf(of, item)) }] : [];
  });
  const finishes = finishesOf(steps, today);
  const slack = slackOf(steps, finishes, addDays(card.dayZeroOn, ONBOARDING_GOAL_DAYS));
  return {
    readyOn: finishes.get(READY) ?? [...finishes.values()].reduce(laterOf, today),
    items: new Map(
      [...finishes].map(([key, finishOn]) => [key, { key, finishOn, slack: slack.get(key) ?? null }]),
    ),
    criticalPath: pathOf(template, steps, finishes),
  };
}

/** Forward: each line begins when the last of what it needs is finished. */
function finishesOf(steps: readonly Step[], today: LocalDate): ReadonlyMap<string, LocalDate> {
  const finishes = new Map<string, LocalDate>();
  for (const step of steps) {
    const needs = step.of.needs.flatMap(({ key }) => finishes.get(key) ?? []);
    finishes.set(step.of.key, finishOf(step, needs, today));
  }
  return finishes;
}

function finishOf({ of, item, isOpen, calendar }: Step, needs: readonly LocalDate[], today: LocalDate) {
  if (!isOpen) return item.doneOn ?? today;
  const begin = needs.reduce(laterOf, begunOn(item) ?? (isWithOffice(of, item) ? EARLIEST : today));
  const finishOn = laterOf(
    addBusinessDays(begin, of.leadDays, calendar),
    addBusinessDays(today, 0, calendar),
  );
  // Whoever set a day knows that it isn't finished before.
  return item.movedTo === null ? finishOn : laterOf(finishOn, onOrBefore(item.movedTo, calendar));
}

/** Nobody hears when an office begins, so it counts as begun once all is there that it needs. */
const isWithOffice = (of: ItemTemplate, item: CardItem): boolean =>
  item.state.is === 'not_started' && of.needs.length > 0 && OFFICES.has(of.parties[0]);
const OFFICES: ReadonlySet<CardParty> = new Set([
  'security_office',
  'access_staff',
  'badging_office',
  'it_desk',
]);
/** Earlier than any need. */
const EARLIEST: LocalDate = '';

/** Null while nobody has begun; what is blocked is begun anew. */
function begunOn({ state, requestedOn, begunOn: on }: CardItem): LocalDate | null {
  return state.is === 'not_started' || state.is === 'blocked' ? null : (on ?? requestedOn);
}

/** Backward from the goal: how far each open line can slip; what nobody needs has until the goal. */
function slackOf(
  steps: readonly Step[],
  finishes: ReadonlyMap<string, LocalDate>,
  goalOn: LocalDate,
): ReadonlyMap<string, number> {
  const latest = new Map<string, LocalDate>();
  const slack = new Map<string, number>();
  for (const { of, isOpen, calendar } of steps.toReversed()) {
    const finishOn = finishes.get(of.key);
    if (!isOpen || finishOn === undefined) continue;
    const by = onOrBefore(latest.get(of.key) ?? goalOn, calendar);
    slack.set(of.key, businessDaysBetween(finishOn, by, calendar));
    const beginBy = latestBegin(by, of.leadDays, calendar);
    for (const { key } of of.needs) latest.set(key, earlierOf(latest.get(key) ?? goalOn, beginBy));
  }
  return slack;
}

/** The last day after which so many business days remain, up to and with `finishBy`, which is one. */
const latestBegin = (finishBy: LocalDate, leadDays: number, calendar: Calendar): LocalDate =>
  leadDays === 0 ? finishBy : addDays(addBusinessDays(finishBy, 1 - leadDays, calendar), -1);

/** From the last line back, each time to the open need that is finished last; the first in the template where several are. */
function pathOf(
  { items }: CardTemplate,
  steps: readonly Step[],
  finishes: ReadonlyMap<string, LocalDate>,
): readonly string[] {
  const open = new Set(steps.filter(({ isOpen }) => isOpen).map(({ of }) => of.key));
  const path: string[] = [];
  let at = items.find(({ key }) => key === READY && open.has(key));
  while (at && path.length < items.length) {
    path.unshift(at.key);
    const needs = new Set(at.needs.map(({ key }) => key));
    const candidates = items.filter(({ key }) => needs.has(key) && open.has(key));
    const lastOn = candidates.map(({ key }) => finishes.get(key) ?? '').reduce(laterOf, '');
    at = candidates.find(({ key }) => finishes.get(key) === lastOn);
  }
  return path;
}

/** `ready`: work has begun, nothing is ahead. */
export const STANDING_KINDS = ['ready', 'on-track', 'at-risk', 'late'] as const;
export type StandingKind = (typeof STANDING_KINDS)[number];

/** Why it is not on track; `keys` are lines. */
export type StandingReason =
  | { readonly code: 'forecast-after-goal'; readonly businessDays: number }
  | { readonly code: 'little-slack'; readonly businessDays: number }
  | { readonly code: 'overdue'; readonly keys: readonly string[] }
  | { readonly code: 'blocked'; readonly keys: readonly string[] };

export interface Standing {
  readonly is: StandingKind;
  readonly because: readonly StandingReason[];
}

/** When a card is at risk (assumed, so data: `offerings/programme-timers.ts`). */
export interface StandingRules {
  /** Less slack than so many business days before the goal. */
  readonly leastSlack: number;
  /** A line that is so many business days past its day. */
  readonly overdueDays: number;
}

/** Where the onboarding stands on `today`. What is late or at risk says why, the worst first. */
export function standingOf(
  template: CardTemplate,
  card: Card,
  {
    plan,
    forecast,
    days,
  }: { readonly plan: CardPlan; readonly forecast: Forecast; readonly days: WorkingDays },
  rules: StandingRules,
  today: LocalDate,
): Standing {
  const ready = itemOf(card, READY);
  if (ready && isSettled(ready)) return { is: 'ready', because: [] };
  const open = template.items.filter(({ key }) => {
    const item = itemOf(card, key);
    return item !== undefined && !isSettled(item);
  });
  const overdue = open.filter((of) => isOverdue(of, plan, days, rules, today)).map(({ key }) => key);
  const blocked = forecast.criticalPath.filter((key) => itemOf(card, key)?.state.is === 'blocked');
  const goal = goalReason(plan, forecast, days, rules);
  const because: readonly StandingReason[] = [
    ...(goal ? [goal] : []),
    ...(overdue.length > 0 ? [{ code: 'overdue', keys: overdue } as const] : []),
    ...(blocked.length > 0 ? [{ code: 'blocked', keys: blocked } as const] : []),
  ];
  if (goal?.code === 'forecast-after-goal') return { is: 'late', because };
  return { is: because.length > 0 ? 'at-risk' : 'on-track', because };
}

function isOverdue(
  { key, parties }: ItemTemplate,
  plan: CardPlan,
  days: WorkingDays,
  { overdueDays }: StandingRules,
  today: LocalDate,
): boolean {
  const dueOn = plan.items.get(key)?.dueOn;
  return dueOn !== undefined && businessDaysBetween(dueOn, today, days(parties[0])) >= overdueDays;
}

/** Counted to the last business day on which the goal is reached, as the Government Task Lead works, who declares it. */
function goalReason(
  { goalOn }: CardPlan,
  { readyOn }: Forecast,
  days: WorkingDays,
  { leastSlack }: StandingRules,
): StandingReason | null {
  const calendar = days('gtl');
  const slack = businessDaysBetween(readyOn, onOrBefore(goalOn, calendar), calendar);
  if (slack < 0) return { code: 'forecast-after-goal', businessDays: -slack };
  return slack < leastSlack ? { code: 'little-slack', businessDays: slack } : null;
}
