/** How far a card is, who has each line in hand, and what settles lines by itself (domain reference 1.3, 4.3). Pure. */
import {
  type Card,
  type CardItem,
  type ItemState,
  isSettled,
  itemOf,
  needsSettled,
  openNeeds,
  withItem,
} from './card.ts';
import type { CardPlan } from './card-plan.ts';
import {
  type CardFact,
  type CardParty,
  type CardTemplate,
  type ItemTemplate,
  itemIn,
} from './card-template.ts';
import type { Letter } from './course.ts';
import { SIGNATURES } from './engagement-matching.ts';
import { SIGNER } from './next-move.ts';
import type { LocalDate } from './time.ts';

/** Done lines among those that are needed, 0 to 100; 100 only when all of them are. */
export function percentDone({ items }: Pick<Card, 'items'>): number {
  const needed = items.filter(({ state }) => state.is !== 'not_needed');
  if (needed.length === 0) return 100;
  return Math.floor((100 * needed.filter(({ state }) => state.is === 'done').length) / needed.length);
}

/** True while any line is blocked. */
export const isBlocked = ({ items }: Pick<Card, 'items'>): boolean =>
  items.some(({ state }) => state.is === 'blocked');

/**
 * Who has the line in hand. What is blocked is with the Government Task Lead, who removes blockers (domain reference 4.5); what waits, with
 * whoever it waits for; the letter with its next signer; all else with who does it first.
 */
export function holderOf(
  { parties, follows }: Pick<ItemTemplate, 'parties' | 'follows'>,
  { state }: Pick<CardItem, 'state'>,
): CardParty {
  if (state.is === 'blocked') return 'gtl';
  if (state.is === 'waiting_on') return state.party;
  if (follows?.fact !== 'letter') return parties[0];
  if (state.is === 'submitted') return SIGNER.ciso;
  return state.is === 'in_progress' ? SIGNER.businessOwner : SIGNER.isso;
}

/** Open lines that can be worked on now, in the order of the template. What a line can go without counts until it is begun. */
export const workableItems = (template: CardTemplate, card: Card): readonly ItemTemplate[] =>
  template.items.filter((item) => {
    const now = itemOf(card, item.key);
    if (!now || isSettled(now) || openNeeds(item, card).length > 0) return false;
    return now.state.is !== 'not_started' || needsSettled(item, card);
  });

/**
 * The day from which a line that can be worked on is said: at once where it waited for another, was begun or is opened again, else as
 * planned.
 */
export function saidFrom(
  of: ItemTemplate,
  { state, reopened }: Pick<CardItem, 'state' | 'reopened'>,
  { dayZeroOn }: Pick<Card, 'dayZeroOn'>,
  startsOn: LocalDate,
): LocalDate {
  const isAtOnce = of.needs.length > 0 || reopened > 0 || state.is !== 'not_started';
  return isAtOnce ? dayZeroOn : startsOn;
}

/** Those of the lines that can be worked on whose time has come by `today`: the ones that nudges are about. */
export const itemsOpenNow = (
  template: CardTemplate,
  card: Card,
  { items }: Pick<CardPlan, 'items'>,
  today: LocalDate,
): readonly ItemTemplate[] =>
  workableItems(template, card).filter((of) => {
    const [item, planned] = [itemOf(card, of.key), items.get(of.key)];
    return item !== undefined && planned !== undefined && saidFrom(of, item, card, planned.startsOn) <= today;
  });

/** What is known elsewhere and settles lines of the card; null while it has not happened. */
export interface CardFacts {
  readonly letter: Letter;
  readonly preparedOn: LocalDate | null;
  readonly initialMeetingOn: LocalDate | null;
  readonly trainingDoneOn: LocalDate | null;
  /** The day on which the last required course of the curriculum was done. */
  readonly curriculumDoneOn: LocalDate | null;
  readonly workSinceOn: LocalDate | null;
}

/** The card with the lines that follow from what is known elsewhere; the same one when nothing follows. */
export function followFacts(template: CardTemplate, card: Card, facts: CardFacts, at: Date): Card {
  return card.items.reduce((before, item) => {
    const fact = itemIn(template, item.key)?.follows?.fact;
    const next = fact === undefined ? null : stateBy(fact, facts);
    const isWaitOver = fact === 'letter' && hasSigned(item.state, facts.letter);
    if (!next || !(isWaitOver || isFurther(item.state, next.state))) return before;
    return withItem(before, {
      ...item,
      ...next,
      nextAction: next.state.is === 'done' ? null : item.nextAction,
      changed: { byId: null, at },
    });
  }, card);
}

/** `begunOn` left out: it was not begun by what followed. */
type Followed = Pick<CardItem, 'state' | 'doneOn'> & Partial<Pick<CardItem, 'begunOn'>>;

function stateBy(fact: CardFact, facts: CardFacts): Followed | null {
  const done = (on: LocalDate | null): Followed | null =>
    on === null ? null : { state: { is: 'done', reference: null }, doneOn: on };
  switch (fact) {
    case 'letter': {
      const { isso, businessOwner, ciso } = facts.letter;
      if (ciso !== null) return done(ciso);
      if (businessOwner !== null) return { state: { is: 'submitted' }, doneOn: null, begunOn: isso };
      return isso === null ? null : { state: { is: 'in_progress' }, doneOn: null, begunOn: isso };
    }
    case 'preparation':
      return done(facts.preparedOn);
    case 'initial-meeting':
      return done(facts.initialMeetingOn);
    case 'training':
      return done(facts.trainingDoneOn);
    case 'curriculum':
      return done(facts.curriculumDoneOn);
    case 'start-of-work':
      return done(facts.workSinceOn);
    default:
      return fact satisfies never;
  }
}

/** The letter waited for somebody, who has signed. */
const hasSigned = (state: ItemState, letter: Letter): boolean =>
  state.is === 'waiting_on' &&
  SIGNATURES.some((signature) => letter[signature] !== null && SIGNER[signature] === state.party);

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
