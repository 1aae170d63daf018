import type { Field } from '../domain/field.ts';
import type { Button, ButtonPress } from './button.ts';
import type { Inline, Line } from './inline.ts';
import { text } from './inline.ts';

/**
 * What the bot says, as plain data: JSON in, JSON out, no platform in it.
 * `plain-text.ts` gives the whole meaning in text; each platform draws the rest.
 */
export interface Message {
  /** A short heading; a status is said in its words, never by colour alone. */
  readonly heading?: string;
  readonly blocks: readonly Block[];
  readonly buttons: readonly Button[];
  /** Details, for reading only: in the thread of the message where the platform has threads, otherwise folded or after the rest. */
  readonly below?: readonly Block[];
}

export type Block =
  | { readonly kind: 'paragraph'; readonly line: Line }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly Line[] }
  /** Label and value in rows; a row may carry the button that changes it. */
  | { readonly kind: 'facts'; readonly rows: readonly Fact[] }
  /** Inputs drawn inside the card; `send` is pressed with their values. */
  | { readonly kind: 'fields'; readonly fields: readonly Field[]; readonly send: Button }
  /** Less important, such as how to go on. */
  | { readonly kind: 'note'; readonly line: Line };

export interface Fact {
  readonly label: string;
  readonly value: Line;
  readonly button?: Button;
}

/** A dialog: fields with a title, opened by a button and sent as a whole. */
export interface DialogPage {
  readonly title: string;
  readonly intro: readonly Line[];
  readonly fields: readonly Field[];
  readonly sendLabel: string;
  /** What submitting says; travels with the dialog. */
  readonly press: ButtonPress;
  /** What a button must say that opens it again, where it can't be opened now; left out: nothing opens it but its own button. */
  readonly opener?: ButtonPress;
}

/** A message of one or more paragraphs. Bare strings count as our own words. */
export function say(...paragraphs: readonly (string | Line)[]): Message {
  return { blocks: paragraphs.map(paragraph), buttons: [] };
}

/** A card: a heading over blocks, with buttons. */
export function card(heading: string, blocks: readonly Block[], buttons: readonly Button[] = []): Message {
  return { heading, blocks, buttons };
}

export const paragraph = (words: string | Line): Block => ({ kind: 'paragraph', line: asLine(words) });
export const note = (words: string | Line): Block => ({ kind: 'note', line: asLine(words) });
export const bullets = (items: readonly (string | Line)[]): Block => ({
  kind: 'list',
  ordered: false,
  items: items.map(asLine),
});
export const numbered = (items: readonly (string | Line)[]): Block => ({
  kind: 'list',
  ordered: true,
  items: items.map(asLine),
});
export const facts = (rows: readonly Fact[]): Block => ({ kind: 'facts', rows });
export const fact = (label: string, value: string | Line, button?: Button): Fact => ({
  label,
  value: asLine(value),
  ...(button ? { button } : {}),
});

const asLine = (words: string | Line): readonly Inline[] =>
  typeof words === 'string' ? [text(words)] : words;
