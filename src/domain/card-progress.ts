/** How far a card is, who has each line in hand, and what settles lines by itself (domain reference 1.3, 4.3). Pure. */
import { type Card, type CardItem, type ItemState, isSettled, itemOf, openNeeds, withItem } from './card.ts';
import {
  type CardFact,
  type CardParty,
  type CardTemplate,
  type ItemTemplate,
  itemIn,
} from './card-template.ts';
import type { Letter } from './course.ts';
import { ONBOARDING_GOAL_DAYS } from './onboarding.ts';
import { addDays, daysBetween, type LocalDate } from './time.ts';

/** Done lines among those that are needed, 0 to 100; 100 only when all of them are. */
export function percentDone({ items }: Pick<Card, 'items'>): number {
  const needed = items.filter(({ state }) => state.is !== 'not_needed');
  if (needed.length === 0) return 100;
  return Math.floor((100 * needed.filter(({ state }) => state.is === 'done').length) / needed.length);
}

/** True while any line is blocked. */
export const isBlocked = ({ items }: Pick<Card, 'items'>): boolean =>
  items.some(({ state }) => state.is === 'blocked');

/** The day by which a line should be finished. */
export const dueOn = (
  { finishDay }: Pick<ItemTemplate, 'finishDay'>,
  { dayZeroOn }: Pick<Card, 'dayZeroOn'>,
) => addDays(dayZeroOn, finishDay);

/** Who has the line in hand: whoever it waits for, else who does it. */
export const holderOf = (
  { parties }: Pick<ItemTemplate, 'parties'>,
  { state }: Pick<CardItem, 'state'>,
): CardParty => (state.is === 'waiting_on' ? state.party : parties[0]);

/** Open lines that can be worked on now, in the order of the template. */
export const workableItems = (template: CardTemplate, card: Card): readonly ItemTemplate[] =>
  template.items.filter((item) => {
    const now = itemOf(card, item.key);
    return now !== undefined && !isSettled(now) && openNeeds(item, card).length === 0;
  });

/** Open lines whose day has passed, in the order of the template. */
export const lateItems = (template: CardTemplate, card: Card, today: LocalDate): readonly ItemTemplate[] =>
  template.items.filter((item) => {
    const now = itemOf(card, item.key);
    return now !== undefined && !isSettled(now) && dueOn(item, card) < today;
  });

/** The goal, put off by as many days as the line that is longest overdue. */
export function expectedReadyOn(template: CardTemplate, card: Card, today: LocalDate): LocalDate {
  const behind = lateItems(template, card, today).map((item) => daysBetween(dueOn(item, card), today));
  return addDays(card.dayZeroOn, ONBOARDING_GOAL_DAYS + Math.max(0, ...behind));
}

/** What is known elsewhere and settles lines of the card; null while it has not happened. */
export interface CardFacts {
  readonly letter: Letter;
  readonly preparedOn: LocalDate | null;
  readonly initialMeetingOn: LocalDate | null;
  readonly trainingDoneOn: LocalDate | null;
  readonly workSinceOn: LocalDate | null;
}

/** The card with the lines that follow from what is known elsewhere; the same one when nothing follows. */
export function followFacts(template: CardTemplate, card: Card, facts: CardFacts, at: Date): Card {
  return card.items.reduce((before, item) => {
    const fact = itemIn(template, item.key)?.follows?.fact;
    const next = fact === undefined ? null : stateBy(fact, facts);
    if (!next || !isFurther(item.state, next.state)) return before;
    return withItem(before, {
      ...item,
      ...next,
      nextAction: next.state.is === 'done' ? null : item.nextAction,
      changed: { byId: null, at },
    });
  }, card);
}

type Followed = Pick<CardItem, 'state' | 'doneOn'>;

function stateBy(fact: CardFact, facts: CardFacts): Followed | null {
  const done = (on: LocalDate | null): Followed | null =>
    on === null ? null : { state: { is: 'done', reference: null }, doneOn: on };
  switch (fact) {
    case 'letter': {
      const { isso, businessOwner, ciso } = facts.letter;
      if (ciso !== null) return done(ciso);
      if (businessOwner !== null) return { state: { is: 'submitted' }, doneOn: null };
      return isso === null ? null : { state: { is: 'in_progress' }, doneOn: null };
    }
    case 'preparation':
      return done(facts.preparedOn);
    case 'initial-meeting':
      return done(facts.initialMeetingOn);
    case 'training':
      return done(facts.trainingDoneOn);
    case 'start-of-work':
      return done(facts.workSinceOn);
    default:
      return fact satisfies never;
  }
}

/** What somebody says by hand of an open line stays until it is done: that it is blocked, or waits for somebody. */
const ORDER = [
  'not_started',
  'requested',
  'in_progress',
  'submitted',
  'waiting_on',
  'blocked',
  'not_needed',
  'done',
];

const isFurther = (before: ItemState, next: ItemState): boolean =>
  next.is === 'done'
    ? before.is !== 'done' && before.is !== 'not_needed'
    : ORDER.indexOf(before.is) < ORDER.indexOf(next.is);
