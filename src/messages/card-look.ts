import type { CardElement } from './adaptive-fields.ts';
import type { Button } from './button.ts';
import { literal } from './harmless.ts';
import { CARD_BUDGET_BYTES, CARD_ROOMS, type CardRoom, cut } from './limits.ts';
import type { Reader } from './plain-text.ts';

/** What platforms draw differently in the same card. */
export interface CardLook {
  /** The button as an action. `asks` is true where the card's inputs travel with it. */
  action(button: Button, asks: boolean): CardElement;
  /** Harmless words as they stand where the client may still read marks, such as asterisks, as markup. */
  unmarked(words: string): string;
  /** Whether instants are also said in the zone of whoever looks, as their client knows it: for readers in several zones. */
  readonly timesBeside: boolean;
  /** Whether a row's button says only what it does, because the row beside it says of what: for narrow cards. */
  readonly shortRows: boolean;
  /** How much is shown: taken in turn until the card fits. */
  readonly rooms: readonly [CardRoom, ...CardRoom[]];
  /** Bytes the card may take. */
  readonly bytes: number;
}

/** What a part of a card is drawn for. */
export interface Drawing {
  readonly reader: Reader;
  readonly look: CardLook;
  readonly room: CardRoom;
}

/** The console's cards. A button's submit data is `{action: button id, press}`; its page reads no markup. */
export const CONSOLE_LOOK: CardLook = {
  action: submitAction,
  unmarked: (words) => words,
  timesBeside: false,
  shortRows: false,
  rooms: CARD_ROOMS,
  bytes: CARD_BUDGET_BYTES,
};

/** The button as an action that submits `{action: button id, press}`. */
export function submitAction(button: Button, asks: boolean): CardElement {
  const style = STYLES[button.look];
  return {
    type: 'Action.Submit',
    title: cut(literal(button.label), 100),
    data: { action: button.id, press: button.press },
    associatedInputs: asks ? 'auto' : 'none',
    ...(style ? { style } : {}),
  };
}

const STYLES = { plain: null, primary: 'positive', danger: 'destructive' } as const satisfies Record<
  Button['look'],
  string | null
>;
