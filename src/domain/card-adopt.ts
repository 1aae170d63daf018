/** A running card and a newer template: what would change, and the change, which somebody has to want (domain reference 4.3). Pure. */
import { type Card, type CardItem, isSettled, itemOf, newItem } from './card.ts';
import { type CardTemplate, type ItemTemplate, itemIn, nameOn } from './card-template.ts';
import { accepted, type Result, refused } from './result.ts';
import type { LocalDate } from './time.ts';

/** One difference between the template of a card and a newer one. */
export type LineChange =
  | { readonly what: 'added'; readonly key: string; readonly name: string }
  /** `isOpen`: nobody has settled it, and it falls away all the same. */
  | { readonly what: 'dropped'; readonly key: string; readonly name: string; readonly isOpen: boolean }
  | { readonly what: 'renamed'; readonly key: string; readonly name: string; readonly newName: string }
  | {
      readonly what: 'days';
      readonly key: string;
      readonly name: string;
      readonly days: Days;
      readonly newDays: Days;
    }
  /** Who does it, what comes first, what settles it, or what it needs as evidence. */
  | { readonly what: 'rules'; readonly key: string; readonly name: string };

/** Days after day 0, and business days that the line takes. */
export interface Days {
  readonly startDay: number;
  readonly finishDay: number;
  readonly leadDays: number;
}

/** What of a running card would change with the template `to`, in the order of `to`, with what falls away behind it. Empty: nothing. */
export function lineChanges(
  card: Card,
  from: CardTemplate,
  to: CardTemplate,
  today: LocalDate,
): readonly LineChange[] {
  const kept = to.items.flatMap((next): readonly LineChange[] => {
    const before = itemIn(from, next.key);
    const name = nameOn(next, today);
    return before ? differences(before, next, today) : [{ what: 'added', key: next.key, name }];
  });
  const dropped = from.items
    .filter(({ key }) => !itemIn(to, key))
    .map((item): LineChange => {
      const now = itemOf(card, item.key);
      const isOpen = now !== undefined && !isSettled(now);
      return { what: 'dropped', key: item.key, name: nameOn(item, today), isOpen };
    });
  return [...kept, ...dropped];
}

function differences(before: ItemTemplate, next: ItemTemplate, today: LocalDate): readonly LineChange[] {
  const { key } = next;
  const [name, newName] = [nameOn(before, today), nameOn(next, today)];
  const [days, newDays] = [daysOf(before), daysOf(next)];
  return [
    ...(name === newName ? [] : [{ what: 'renamed', key, name, newName } as const]),
    ...(isSame(days, newDays) ? [] : [{ what: 'days', key, name: newName, days, newDays } as const]),
    ...(isSame(rulesOf(before), rulesOf(next)) ? [] : [{ what: 'rules', key, name: newName } as const]),
  ];
}

const daysOf = ({ startDay, finishDay, leadDays }: ItemTemplate): Days => ({ startDay, finishDay, leadDays });

const rulesOf = ({ parties, needs, needsReference, follows, gates, latestDay }: ItemTemplate) => ({
  parties,
  needs: needs.map(({ key, unless }) => [key, unless]),
  needsReference,
  follows: follows && [follows.fact, follows.alone],
  gates,
  latestDay,
});

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * The card with the lines of `to`: lines of the same key keep everything, new ones have not started, and what falls away stays in the
 * earlier versions only. Refused for the template it has, and for an older one.
 */
export function adoptTemplate(
  card: Card,
  to: CardTemplate,
): Result<Card, { readonly code: 'nothing-newer' }> {
  if (to.version <= card.templateVersion) return refused({ code: 'nothing-newer' });
  const items = to.items.map(({ key }): CardItem => itemOf(card, key) ?? newItem(key));
  return accepted({ ...card, templateVersion: to.version, items });
}
