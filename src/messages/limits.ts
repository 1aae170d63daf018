/** Limits of what a message may take, whatever platform draws it. Sizes are bytes of UTF-8 JSON, lengths characters. */

/** Largest Adaptive Card: Teams refuses around 28 KB in its older clouds (features reference 5.2). */
export const CARD_BUDGET_BYTES = 25_000;

/** Buttons in one row of a card; Teams hides the seventh. */
export const BUTTONS_IN_A_ROW = 6;

/** Choices shown all at once; more become a drop-down. */
export const CHOICES_SHOWN = 6;

/** How much of a message a card shows. Taken in turn until the card fits its budget. */
export interface CardRoom {
  readonly blocks: number;
  /** Items of a list, rows of facts, fields of one block. */
  readonly items: number;
  readonly options: number;
  readonly buttons: number;
  /** Characters of one run of text. */
  readonly characters: number;
  /** Characters of an answer that stands in its input; left out: it is shortened in words, as any text is. */
  readonly values?: number;
  /** Characters of the text for clients that can't draw the card. */
  readonly fallback: number;
}

export const CARD_ROOMS: readonly [CardRoom, ...CardRoom[]] = [
  { blocks: 60, items: 60, options: 100, buttons: 40, characters: 6_000, fallback: 6_000 },
  { blocks: 60, items: 60, options: 100, buttons: 40, characters: 6_000, fallback: 1_500 },
  { blocks: 40, items: 30, options: 60, buttons: 24, characters: 2_000, fallback: 3_000 },
  { blocks: 24, items: 20, options: 40, buttons: 18, characters: 700, fallback: 1_500 },
  { blocks: 12, items: 12, options: 20, buttons: 12, characters: 300, fallback: 800 },
  { blocks: 8, items: 6, options: 10, buttons: 6, characters: 120, fallback: 400 },
  { blocks: 4, items: 3, options: 5, buttons: 4, characters: 80, fallback: 200 },
];

/** `text` cut to `limit` characters, saying how much is missing; never half a character. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const kept = text.slice(0, limit).replace(/[\uD800-\uDBFF]$/u, '');
  return `${kept}… (${(text.length - kept.length).toLocaleString('en-US')} more characters)`;
}

/** The first `limit` of `items`, and how many are left out. */
export function firstOf<T>(
  items: readonly T[],
  limit: number,
): { readonly shown: readonly T[]; readonly left: number } {
  const shown = items.slice(0, limit);
  return { shown, left: items.length - shown.length };
}

/** What stands in the place of `count` things that a card has no room for. */
export const andMore = (count: number): string => `… and ${count.toLocaleString('en-US')} more`;

/** Bytes that `value` takes as JSON on the wire. */
export const jsonBytes = (value: unknown): number => new TextEncoder().encode(JSON.stringify(value)).length;
