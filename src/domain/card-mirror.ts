/** A line that belongs to the person stands the same on all of their running cards (domain reference 4.3). Pure. */
import { type Card, type CardItem, isSettled, itemOf, withItem } from './card.ts';
import { type CardTemplate, itemIn } from './card-template.ts';

/** A card with the template by which it is read. */
export interface ReadCard {
  readonly template: CardTemplate;
  readonly card: Card;
}

/**
 * The card `to` after the same person's card `from` changed from `before` to what it is now: lines of the person follow with state,
 * days and reference, whatever else is open here, as it is known of the person. Left alone are lines of one engagement, what is not
 * needed on either card, and what is done here by other evidence. The same card where nothing follows.
 */
export function mirrored(before: Card, from: ReadCard, to: ReadCard): Card {
  return to.card.items.reduce((card, here) => {
    const [was, now] = [itemOf(before, here.key), itemOf(from.card, here.key)];
    if (!was || !now || !isOfPerson(here.key, from, to)) return card;
    return isSame(was, now) || isSame(now, here) || !mayFollow(was, now, here)
      ? card
      : withItem(card, following(here, now));
  }, to.card);
}

/**
 * The card after lines came up anew, because they were not there `before` or not needed then: what belongs to the person stands as on
 * the first of the `others` on which something was said of it.
 */
export function takenOver(before: Card, of: ReadCard, others: readonly ReadCard[]): Card {
  return of.card.items.reduce((card, here) => {
    const was = itemOf(before, here.key)?.state.is ?? 'not_needed';
    if (here.state.is !== 'not_started' || was !== 'not_needed') return card;
    const there = others.flatMap((other) => {
      const item = isOfPerson(here.key, of, other) ? itemOf(other.card, here.key) : undefined;
      return item && item.state.is !== 'not_needed' && item.state.is !== 'not_started' ? [item] : [];
    })[0];
    return there ? withItem(card, following(here, there)) : card;
  }, of.card);
}

/** By both templates, where the cards have different ones. */
const isOfPerson = (key: string, ...cards: readonly ReadCard[]): boolean =>
  cards.every(({ template }) => itemIn(template, key)?.isOfPerson);

function mayFollow(was: CardItem, now: CardItem, here: CardItem): boolean {
  if (now.state.is === 'not_needed' || here.state.is === 'not_needed') return false;
  return here.state.is !== 'done' || evidenceOf(was) === evidenceOf(here);
}

const evidenceOf = ({ state, doneOn }: CardItem): string => JSON.stringify([state, doneOn]);

/** What is true of the person; by when it is planned, and what is to be done next about it, each card says for itself. */
const isSame = (one: CardItem, other: CardItem): boolean =>
  JSON.stringify([one.state, one.doneOn, one.begunOn]) ===
  JSON.stringify([other.state, other.doneOn, other.begunOn]);

const following = (here: CardItem, now: CardItem): CardItem => ({
  ...here,
  state: now.state,
  requestedOn: now.requestedOn ?? here.requestedOn,
  begunOn: now.begunOn,
  doneOn: now.doneOn,
  // Something new was said of it: whoever put it off hears of it again.
  snoozedUntil: null,
  reopened: isSettled(here) && !isSettled(now) ? here.reopened + 1 : here.reopened,
  nextAction: isSettled(now) ? null : here.nextAction,
  changed: now.changed,
});
