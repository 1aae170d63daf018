/** How our cards look in Teams: what its buttons send, what its clients would take for markup, how much there is room for. */

import type { CardElement } from '../../src/messages/adaptive-fields.ts';
import type { Button } from '../../src/messages/button.ts';
import { type CardLook, submitAction } from '../../src/messages/card-look.ts';
import { CARD_ROOMS, type CardRoom } from '../../src/messages/limits.ts';
import { type Carried, carriedSchema } from './carried.ts';
import { TEAMS } from './limits.ts';

export const CARD_TYPE = 'application/vnd.microsoft.card.adaptive';

/** A card as it stands in an activity or a dialog. */
export interface CardAttachment<Card> {
  readonly contentType: typeof CARD_TYPE;
  readonly content: Card;
}

export const attached = <Card>(content: Card): CardAttachment<Card> => ({
  contentType: CARD_TYPE,
  content,
});

type Rooms = readonly [CardRoom, ...CardRoom[]];
const [FIRST, ...SMALLER] = CARD_ROOMS;
const keeping = (room: CardRoom, values: number): CardRoom => ({ ...room, values });

/** Rooms in which every answer stands in its input as a whole, and most of the words as well. */
export const ROOMY: Rooms = [
  keeping(FIRST, TEAMS.valueLength),
  ...SMALLER.slice(0, 4).map((room) => keeping(room, TEAMS.valueLength)),
];

const TINY: CardRoom = { blocks: 3, items: 2, options: 3, buttons: 3, characters: 40, fallback: 100 };
/** Words go first; answers are shortened only when nothing else is left to be. */
export const ROOMS: Rooms = [
  ...ROOMY,
  ...[...SMALLER.slice(4), TINY].map((room) => keeping(room, TEAMS.valueLength)),
  ...[4_000, 1_500, 500, 100].map((values) => keeping(TINY, values)),
];

/** Everything that is said, for whoever then looks whether a card has room for it. */
export const EVERYTHING: CardRoom = {
  ...keeping(FIRST, TEAMS.valueLength),
  blocks: 2_000,
  items: 2_000,
  characters: TEAMS.valueLength,
  fallback: 1_500,
};

/** What a card's buttons carry beside what they say. */
export type CarriedWith = Omit<Carried, 'action' | 'press'>;

/** Whether a button of Teams can carry what this one says: what does not come back is not drawn. */
export const isCarried = ({ id, press }: Pick<Button, 'id' | 'press'>): boolean =>
  carriedSchema.omit({ token: true }).safeParse({ action: id, press }).success;

/** `{ isso: Carried }`: what is ours among the inputs that come back with it. */
export const dataOf = (
  { id, press }: Pick<Button, 'id' | 'press'>,
  carried: CarriedWith,
): { readonly isso: Carried } => ({ isso: { action: id, press, ...carried } });

/**
 * A button of a message. One that opens a dialog asks Teams for it; any other is a Universal Action, and a plain submission for
 * clients that don't know those.
 */
export function messageAction(button: Button, asks: boolean, token: string): CardElement {
  const data = dataOf(button, { token });
  const submit = { ...submitAction(button, asks), data };
  if (button.opensDialog) return { ...submit, data: { ...data, msteams: { type: 'task/fetch' } } };
  return { ...submit, type: 'Action.Execute', verb: 'press', fallback: submit };
}

/** The button of a dialog: Teams sends a plain submission as the dialog's. */
export const dialogAction = (button: Button, asks: boolean, carried: CarriedWith): CardElement => ({
  ...submitAction(button, asks),
  data: dataOf(button, carried),
});

/**
 * Words in which no client finds emphasis, lists, headings or entities: look-alikes stand for the marks, so that they read the
 * same. Teams takes markdown in text blocks, labels of choices and error texts.
 */
export const unmarked: CardLook['unmarked'] = (words) =>
  words
    .replace(/\*/gu, '∗')
    .replace(/~/gu, '∼')
    // Between letters and digits it marks nothing, and names such as `funding_lost` stay as they are.
    .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/gu, 'ˍ')
    .replace(/&(?=#?\w{1,32};)/gu, '＆')
    .replace(/\\(?=[!-/:-@[-`{-~])/gu, '＼')
    .replace(/^([^\S\n]{0,9}\d{1,9})\.(?=\s|$)/gmu, '$1․')
    .replace(/^([^\S\n]{0,9})([-+#])(?=[#\s]|$)/gmu, (_, blanks, mark: string) => `${blanks}${SIGNS[mark]}`);

/** What stands for a sign that would begin a list or a heading. */
const SIGNS: Readonly<Record<string, string>> = { '-': '‐', '+': '＋', '#': '＃' };
