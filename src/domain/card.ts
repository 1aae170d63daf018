/** The Information Card of a Service ISSO: the state of each line, and what may follow what (domain reference 4.3). Pure. */
import {
  type CardParty,
  type CardTemplate,
  type ItemTemplate,
  itemIn,
  strictNeeds,
} from './card-template.ts';
import type { Mark } from './course.ts';
import type { PersonId } from './ids.ts';
import { accepted, type Result, refused } from './result.ts';
import type { LocalDate } from './time.ts';
import { renewalOf } from './training.ts';

export const ITEM_STATUSES = [
  'not_started',
  'waiting_on',
  'requested',
  'in_progress',
  'submitted',
  'done',
  'blocked',
  'not_needed',
] as const;
export type ItemStatus = (typeof ITEM_STATUSES)[number];

/** `reference` names the evidence, such as a ticket; the evidence itself is never here. */
export type ItemState =
  | { readonly is: 'not_started' | 'requested' | 'in_progress' | 'submitted' }
  | { readonly is: 'waiting_on'; readonly party: CardParty }
  | { readonly is: 'done'; readonly reference: string | null }
  | { readonly is: 'blocked'; readonly reason: string }
  | { readonly is: 'not_needed'; readonly byId: PersonId; readonly why: string };

export interface CardItem {
  readonly key: string;
  readonly state: ItemState;
  readonly requestedOn: LocalDate | null;
  /** Since when somebody has it in hand: asked for, begun, handed in or waited for; null before, and while it is blocked. */
  readonly begunOn: LocalDate | null;
  readonly doneOn: LocalDate | null;
  /** The day by which it is to be finished, where somebody set another one than the plan's. */
  readonly movedTo: LocalDate | null;
  /** Nobody is nudged about it before this day. */
  readonly snoozedUntil: LocalDate | null;
  /** How often it was settled and opened again. */
  readonly reopened: number;
  /** What is to be done next, in somebody's words. */
  readonly nextAction: string | null;
  /** The last change of its state; `byId` null: it followed from something else. Null while it has not changed. */
  readonly changed: { readonly byId: Mark['byId'] | null; readonly at: Date } | null;
}

export interface Card {
  readonly templateVersion: number;
  readonly dayZeroOn: LocalDate;
  readonly items: readonly CardItem[];
}

/** What somebody says of a line. */
export type ItemChange =
  | { readonly to: 'not_started' | 'in_progress' | 'submitted' }
  | { readonly to: 'requested'; readonly on: LocalDate }
  | { readonly to: 'waiting_on'; readonly party: CardParty }
  | { readonly to: 'done'; readonly on: LocalDate; readonly reference: string | null }
  | { readonly to: 'blocked'; readonly reason: string }
  | { readonly to: 'not_needed'; readonly why: string };

/** Why a line did not change. */
export type CardRefusal =
  | { readonly code: 'no-such-item' }
  | { readonly code: 'illegal-move'; readonly from: ItemStatus; readonly allowed: readonly ItemStatus[] }
  /** Lines that come first and are open. */
  | { readonly code: 'needs-first'; readonly keys: readonly string[] }
  | { readonly code: 'reference-needed' }
  | { readonly code: 'still-to-come' }
  /** What is of one engagement alone happens from its day 0 on. */
  | { readonly code: 'before-day-zero'; readonly dayZeroOn: LocalDate }
  /** Training that was due again before onboarding began. */
  | { readonly code: 'lapsed'; readonly dayZeroOn: LocalDate }
  /** It is done when something else happens. */
  | { readonly code: 'follows'; readonly fact: NonNullable<ItemTemplate['follows']>['fact'] }
  /** It is to be finished on that day already; null: on the day of the plan. */
  | { readonly code: 'same-day'; readonly movedTo: LocalDate | null }
  /** It can be moved to these days alone. */
  | { readonly code: 'day-out-of-reach'; readonly fromOn: LocalDate; readonly untilOn: LocalDate };

/**
 * What may follow what. A line that is done or not needed is opened again, never put elsewhere; one that was asked for is never
 * asked for again.
 */
const NEXT: Readonly<Record<ItemStatus, readonly ItemStatus[]>> = {
  not_started: ['waiting_on', 'requested', 'in_progress', 'submitted', 'done', 'blocked', 'not_needed'],
  waiting_on: ['waiting_on', 'requested', 'in_progress', 'submitted', 'done', 'blocked', 'not_needed'],
  requested: ['waiting_on', 'in_progress', 'submitted', 'done', 'blocked', 'not_needed'],
  in_progress: ['waiting_on', 'submitted', 'done', 'blocked', 'not_needed'],
  submitted: ['waiting_on', 'in_progress', 'done', 'blocked', 'not_needed'],
  blocked: ['waiting_on', 'requested', 'in_progress', 'submitted', 'done', 'blocked', 'not_needed'],
  done: ['in_progress'],
  not_needed: ['not_started'],
};

/** What a line in that state may become. */
export const allowedFrom = (status: ItemStatus): readonly ItemStatus[] => NEXT[status];

/** True when nobody has to do anything more about it. */
export const isSettled = ({ state }: Pick<CardItem, 'state'>): boolean =>
  state.is === 'done' || state.is === 'not_needed';

/**
 * A new card. `earlier`: the person's cards of other engagements that go on, the first to count foremost; what belongs to the person and
 * is done there is done here too, with its evidence.
 */
export function newCard(template: CardTemplate, dayZeroOn: LocalDate, earlier: readonly Card[] = []): Card {
  const items = template.items.map((item): CardItem => {
    const known = item.isOfPerson ? earlier.flatMap((card) => itemOf(card, item.key) ?? []) : [];
    const before = known.find(({ state }) => state.is === 'done');
    return before ? { ...before, nextAction: null, movedTo: null, snoozedUntil: null } : newItem(item.key);
  });
  return { templateVersion: template.version, dayZeroOn, items };
}

/** A line on which nothing was said yet. */
export const newItem = (key: string): CardItem => ({
  key,
  state: { is: 'not_started' },
  requestedOn: null,
  begunOn: null,
  doneOn: null,
  movedTo: null,
  snoozedUntil: null,
  reopened: 0,
  nextAction: null,
  changed: null,
});

/** The line of that key; undefined for none. */
export const itemOf = ({ items }: Pick<Card, 'items'>, key: string): CardItem | undefined =>
  items.find((item) => item.key === key);

/** Lines that must come before this one and are open. */
export const openNeeds = (item: ItemTemplate, card: Card): readonly string[] =>
  strictNeeds(item).filter((key) => {
    const need = itemOf(card, key);
    return need !== undefined && !isSettled(need);
  });

/** True when nothing is open that comes before this line, not even what it can go without. */
export const needsSettled = ({ needs }: ItemTemplate, card: Card): boolean =>
  needs.every(({ key }) => {
    const need = itemOf(card, key);
    return need === undefined || isSettled(need);
  });

/** Work on a line begins only once what it needs is there; it can be asked for, wait, be blocked or be dropped before. */
const BEGINS: ReadonlySet<ItemStatus> = new Set(['in_progress', 'submitted', 'done']);

/**
 * A line changes. Refused when that may not follow, when something has to come first, for a day that lies ahead, for something
 * done without the reference it needs, and for a line that is done by something else.
 */
export function changeItem(
  template: CardTemplate,
  card: Card,
  key: string,
  change: ItemChange,
  when: { readonly today: LocalDate; readonly by: Mark },
): Result<Card, CardRefusal> {
  const of = itemIn(template, key);
  const item = itemOf(card, key);
  if (!of || !item) return refused({ code: 'no-such-item' });
  const from = item.state.is;
  if (!allowedFrom(from).includes(change.to))
    return refused({ code: 'illegal-move', from, allowed: allowedFrom(from) });
  const refusal = refusalFor(of, card, change, when.today);
  if (refusal) return refused(refusal);
  // What was done and is opened again is to be done anew.
  const changed: CardItem = {
    ...item,
    state: stateAfter(change, when.by),
    requestedOn: change.to === 'requested' ? change.on : item.requestedOn,
    begunOn: begunAfter(item, change, when.today),
    doneOn: change.to === 'done' ? change.on : null,
    // Something new was said of it: whoever put it off hears of it again.
    snoozedUntil: null,
    reopened: isSettled(item) ? item.reopened + 1 : item.reopened,
    nextAction: change.to === 'done' || change.to === 'not_needed' ? null : item.nextAction,
    changed: when.by,
  };
  return accepted(withItem(card, changed));
}

function refusalFor(of: ItemTemplate, card: Card, change: ItemChange, today: LocalDate): CardRefusal | null {
  if (change.to === 'done' && of.follows?.alone) return { code: 'follows', fact: of.follows.fact };
  if ((change.to === 'done' || change.to === 'requested') && change.on > today)
    return { code: 'still-to-come' };
  if (change.to === 'done') {
    const refusal = tooEarly(of, card.dayZeroOn, change.on);
    if (refusal) return refusal;
  }
  const keys = BEGINS.has(change.to) ? openNeeds(of, card) : [];
  // What lapsed is worked on again, whatever else is open by then.
  const isOpenedAgain = itemOf(card, of.key)?.state.is === 'done';
  if (keys.length > 0 && !isOpenedAgain) return { code: 'needs-first', keys };
  return change.to === 'done' && of.needsReference && change.reference === null
    ? { code: 'reference-needed' }
    : null;
}

function tooEarly(
  { isOfPerson, follows }: ItemTemplate,
  dayZeroOn: LocalDate,
  on: LocalDate,
): CardRefusal | null {
  if (!isOfPerson && on < dayZeroOn) return { code: 'before-day-zero', dayZeroOn };
  return follows?.fact === 'training' && renewalOf(on) < dayZeroOn ? { code: 'lapsed', dayZeroOn } : null;
}

/** What was done, or blocked, and goes on is begun anew. */
function begunAfter({ state, begunOn }: CardItem, change: ItemChange, today: LocalDate): LocalDate | null {
  switch (change.to) {
    case 'not_started':
    case 'blocked':
      return null;
    case 'done':
    case 'not_needed':
      return begunOn;
    case 'requested':
      return change.on;
    case 'waiting_on':
    case 'in_progress':
    case 'submitted':
      return state.is === 'done' ? today : (begunOn ?? today);
    default:
      return change satisfies never;
  }
}

function stateAfter(change: ItemChange, by: Mark): ItemState {
  switch (change.to) {
    case 'waiting_on':
      return { is: 'waiting_on', party: change.party };
    case 'done':
      return { is: 'done', reference: change.reference };
    case 'blocked':
      return { is: 'blocked', reason: change.reason };
    case 'not_needed':
      return { is: 'not_needed', byId: by.byId, why: change.why };
    case 'not_started':
    case 'requested':
    case 'in_progress':
    case 'submitted':
      return { is: change.to };
    default:
      return change satisfies never;
  }
}

/** What is to be done next about a line; null: nothing is said. Its state does not change. Refused for a line that is settled. */
export function noteNext(card: Card, key: string, nextAction: string | null): Result<Card, CardRefusal> {
  const item = itemOf(card, key);
  if (!item) return refused({ code: 'no-such-item' });
  if (isSettled(item))
    return refused({ code: 'illegal-move', from: item.state.is, allowed: allowedFrom(item.state.is) });
  return accepted(withItem(card, { ...item, nextAction }));
}

/** The card with that line in the place of the one it had. */
export const withItem = (card: Card, changed: CardItem): Card => ({
  ...card,
  items: card.items.map((item) => (item.key === changed.key ? changed : item)),
});
