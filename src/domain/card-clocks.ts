/** For how long each party had the lines of a card in hand (features reference part 3, no. 4). Pure. */
import { type Card, type CardItem, isSettled, itemOf, needsSettled } from './card.ts';
import { holderOf } from './card-progress.ts';
import type { CardParty, CardTemplate, ItemTemplate } from './card-template.ts';

/** The card as it was from `at` on; the first is the one it began with. In order. */
export interface CardVersion {
  readonly at: Date;
  readonly card: Card;
}

/** How long one line was open: while nothing came before it, or it was begun, until it was settled, each time it was open. */
export interface ItemClock {
  readonly key: string;
  /** All of it, in milliseconds: the sum of `byParty`. */
  readonly openMs: number;
  readonly byParty: ReadonlyMap<CardParty, number>;
}

/** The clocks of all lines until `now`, in the order of the template; 0 for a line that nobody could work on yet. */
export function itemClocks(
  template: CardTemplate,
  versions: readonly CardVersion[],
  now: Date,
): readonly ItemClock[] {
  return template.items.map((of) => clockOf(of, versions, now.getTime()));
}

function clockOf(of: ItemTemplate, versions: readonly CardVersion[], nowMs: number): ItemClock {
  const byParty = new Map<CardParty, number>();
  let openMs = 0;
  versions.forEach(({ at, card }, index) => {
    const fromMs = Math.min(at.getTime(), nowMs);
    const item = itemOf(card, of.key);
    if (!item || isSettled(item) || !isRunning(of, item, card)) return;
    const ms = Math.min(versions[index + 1]?.at.getTime() ?? nowMs, nowMs) - fromMs;
    const holder = holderOf(of, item);
    byParty.set(holder, (byParty.get(holder) ?? 0) + ms);
    openMs += ms;
  });
  return { key: of.key, openMs, byParty };
}

/** Somebody has said something of it, or nothing comes before it now: when a need opens again, nobody has what is not begun. */
const isRunning = (of: ItemTemplate, item: CardItem, card: Card): boolean =>
  item.state.is !== 'not_started' || needsSettled(of, card);
