/** What the person of a card can do next, what comes after it, and what lies with others meanwhile. Pure. */
import { type Card, type CardItem, isSettled, itemOf } from './card.ts';
import type { CardPlan, PlannedItem } from './card-plan.ts';
import { type CardParty, type CardTemplate, type ItemTemplate, nameOn } from './card-template.ts';
import type { ItemLine } from './nudge.ts';
import { byUrgency } from './nudge-day.ts';
import { type Ball, ballOf, type ReachedParty } from './nudge-holder.ts';
import type { LocalDate } from './time.ts';

/** A card with its plan. */
export interface CardAhead {
  readonly template: CardTemplate;
  readonly card: Card;
  readonly plan: CardPlan;
}

/** An open line of the person's own that can't be worked on yet. */
export interface LaterStep {
  readonly name: string;
  /** The business day on which work on it is to begin. */
  readonly startsOn: LocalDate;
  /** What it needs that is open, as it is called; those that it can go without too. */
  readonly after: readonly string[];
}

/** A line that somebody has in hand. */
export interface HeldItem {
  readonly key: string;
  readonly name: string;
  readonly holder: CardParty;
  /** Who follows it up with a holder that can't be reached here; null: the holder is reached. */
  readonly followedBy: ReachedParty | null;
  readonly dueOn: LocalDate;
  /** Why it is blocked; null: it is not. */
  readonly blocked: string | null;
}

export interface NextSteps {
  /** Lines that they have in hand and can work on, most urgent first. */
  readonly now: readonly ItemLine[];
  /** Their other open lines, the first to begin first. */
  readonly later: readonly LaterStep[];
  /** What anybody has in hand today, also what was begun before its needs were there; the first to be due first. */
  readonly held: readonly HeldItem[];
}

/**
 * As of `today`, which also decides what lines are called. `lines`: those of the card that can be worked on, each with who has it in
 * hand; a blocked one lies with whoever removes blockers.
 */
export function nextSteps(of: CardAhead, lines: readonly ItemLine[], today: LocalDate): NextSteps {
  const whole = lines.filter(({ part }) => part === null);
  const now = byUrgency(whole.filter((line) => isOwn(line) && line.saidFrom <= today));
  const keys = new Set(whole.map(({ about }) => about.key));
  const open = openItems(of);
  return {
    now,
    later: open.flatMap((each) => laterStep(of, each, now, today)).toSorted(byStart),
    held: open
      .filter(({ item, line }) => keys.has(item.key) || line.state.is !== 'not_started')
      .map((each) => heldItem(each, today))
      .toSorted(byDue),
  };
}

const isOwn = ({ party, waitsFor }: Ball): boolean => party === 'service_isso' && waitsFor === null;
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byStart = (a: LaterStep, b: LaterStep): number => compare(a.startsOn, b.startsOn);
const byDue = (a: HeldItem, b: HeldItem): number => compare(a.dueOn, b.dueOn);

interface OpenItem {
  readonly item: ItemTemplate;
  readonly line: CardItem;
  readonly planned: PlannedItem;
  readonly ball: Ball;
}

function openItems({ template, card, plan }: CardAhead): readonly OpenItem[] {
  return template.items.flatMap((item): readonly OpenItem[] => {
    const line = itemOf(card, item.key);
    const planned = plan.items.get(item.key);
    if (!line || !planned || isSettled(line)) return [];
    return [{ item, line, planned, ball: ballOf(item, line) }];
  });
}

function laterStep(
  { template, card }: CardAhead,
  { item, planned, ball }: OpenItem,
  now: readonly ItemLine[],
  today: LocalDate,
): readonly LaterStep[] {
  if (!isOwn(ball) || now.some(({ about }) => about.key === item.key)) return [];
  const after = item.needs.flatMap(({ key }) => {
    const need = itemOf(card, key);
    const named = template.items.find((each) => each.key === key);
    return need && named && !isSettled(need) ? [nameOn(named, today)] : [];
  });
  return [{ name: nameOn(item, today), startsOn: planned.startsOn, after }];
}

function heldItem({ item, line, planned, ball }: OpenItem, today: LocalDate): HeldItem {
  return {
    key: item.key,
    name: nameOn(item, today),
    holder: ball.waitsFor ?? ball.party,
    followedBy: ball.waitsFor === null ? null : ball.party,
    dueOn: planned.dueOn,
    blocked: line.state.is === 'blocked' ? line.state.reason : null,
  };
}
