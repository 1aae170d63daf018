/** What became of the lines of an Information Card over time, read from its versions (domain reference 4.3). Pure. */
import { type Card, type CardItem, itemOf } from './card.ts';
import type { PersonId } from './ids.ts';

/** One version of a card, as it was kept. */
export interface CardKept {
  readonly at: Date;
  /** Null: it followed from something else. */
  readonly byId: PersonId | null;
  readonly reason: string | null;
  readonly card: Card;
}

/** One change of one line. */
export interface LineHistory extends Omit<CardKept, 'card'> {
  readonly key: string;
  /** Null: the line came with a newer template. */
  readonly before: CardItem | null;
  /** Null: the line fell away with a newer template. */
  readonly after: CardItem | null;
}

/** All changes of all lines, oldest first; `versions` oldest first. That a line is put off by somebody is no change of it. */
export function lineHistory(versions: readonly CardKept[]): readonly LineHistory[] {
  return versions.flatMap(({ card, ...kept }, index) => {
    const earlier = versions[index - 1]?.card;
    if (!earlier) return [];
    const keys = new Set([...card.items, ...earlier.items].map(({ key }) => key));
    return [...keys].flatMap((key): readonly LineHistory[] => {
      const before = itemOf(earlier, key) ?? null;
      const after = itemOf(card, key) ?? null;
      return said(before) === said(after) ? [] : [{ ...kept, key, before, after }];
    });
  });
}

/** What of a line is history. */
const said = (item: CardItem | null): string =>
  item === null
    ? ''
    : JSON.stringify([item.state, item.requestedOn, item.doneOn, item.movedTo, item.nextAction]);
