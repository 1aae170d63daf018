import { type CardElement, fieldElements } from './adaptive-fields.ts';
import type { Button } from './button.ts';
import { inert, literal } from './harmless.ts';
import type { Inline, Line } from './inline.ts';
import {
  andMore,
  BUTTONS_IN_A_ROW,
  CARD_BUDGET_BYTES,
  CARD_ROOMS,
  type CardRoom,
  cut,
  firstOf,
  jsonBytes,
} from './limits.ts';
import type { Block, Fact, Message } from './message.ts';
import { instantText, plainText, type Reader } from './plain-text.ts';

/** An Adaptive Card of schema 1.5 built from elements that clients of 1.2 know; older ones show `fallbackText`. */
export interface AdaptiveCard {
  readonly type: 'AdaptiveCard';
  readonly $schema: string;
  readonly version: '1.5';
  readonly lang: 'en';
  readonly fallbackText: string;
  readonly body: readonly CardElement[];
}

/**
 * The card of a message, at most 25 KB: what has no room is left out and counted in words.
 * A button's submit data is `{action: button id, press}`; inputs are named by their field's id.
 * All words of people stand in text runs, which no client reads as markdown, mention or link.
 */
export function adaptiveCard(message: Message, reader: Reader): AdaptiveCard {
  const text = plainText(message, reader);
  return fitted((room) => cardOf(bodyOf(message, reader, room), cut(text, room.fallback)));
}

/** The first card of ever less room that fits the budget; the last one if none does. */
export function fitted(draw: (room: CardRoom) => AdaptiveCard): AdaptiveCard {
  let card = draw(CARD_ROOMS[0]);
  for (const room of CARD_ROOMS.slice(1)) {
    if (jsonBytes(card) <= CARD_BUDGET_BYTES) return card;
    card = draw(room);
  }
  return card;
}

/** A card around `body`. */
export function cardOf(body: readonly CardElement[], fallbackText: string): AdaptiveCard {
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    lang: 'en',
    fallbackText,
    body,
  };
}

/** A heading; a text block, because only those are announced as headings, so its words are made inert. */
export function headingElement(heading: string, room: CardRoom): CardElement {
  return {
    type: 'TextBlock',
    text: inert(cut(heading, Math.min(room.characters, 300))),
    style: 'heading',
    size: 'medium',
    weight: 'bolder',
    wrap: true,
  };
}

/** A line of text. */
export function lineElement(line: Line, reader: Reader, room: CardRoom, look: Look = {}): CardElement {
  const { shown, left } = firstOf(line, room.items);
  const inlines = shown.flatMap(typedParts).map((part) => runOf(part, reader, room, look));
  if (left > 0) inlines.push({ type: 'TextRun', text: ` ${andMore(left)}` });
  return { type: 'RichTextBlock', inlines: inlines.length > 0 ? inlines : [{ type: 'TextRun', text: ' ' }] };
}

/** The button as an action. `asks` is true where the card's inputs travel with it. */
export function submitAction(button: Button, asks: boolean): CardElement {
  const style = LOOKS[button.look];
  return {
    type: 'Action.Submit',
    title: cut(literal(button.label), 100),
    data: { action: button.id, press: button.press },
    associatedInputs: asks ? 'auto' : 'none',
    ...(style ? { style } : {}),
  };
}

/** How a line looks beside the words' own weight. */
interface Look {
  readonly isSubtle?: true;
  readonly size?: 'small';
  readonly weight?: 'bolder';
}

const LOOKS = { plain: null, primary: 'positive', danger: 'destructive' } as const satisfies Record<
  Button['look'],
  string | null
>;

function bodyOf(message: Message, reader: Reader, room: CardRoom): CardElement[] {
  const body: CardElement[] = [];
  if (message.heading) body.push(headingElement(message.heading, room));
  const { shown, left } = firstOf(message.blocks, room.blocks);
  for (const block of shown) body.push(...blockElements(block, reader, room));
  if (left > 0) body.push(moreElement(left));
  body.push(...buttonRows(message.buttons, room));
  return body.length > 0 ? body : [lineElement([], reader, room)];
}

function blockElements(block: Block, reader: Reader, room: CardRoom): CardElement[] {
  switch (block.kind) {
    case 'paragraph':
      return [lineElement(block.line, reader, room)];
    case 'note':
      return [lineElement(block.line, reader, room, { isSubtle: true, size: 'small' })];
    case 'list': {
      const { shown, left } = firstOf(block.items, room.items);
      const items = shown.map((item, index) =>
        itemElement(block.ordered ? `${index + 1}.` : '•', index === 0, item, reader, room),
      );
      return left > 0 ? [...items, moreElement(left)] : items;
    }
    case 'facts': {
      const { shown, left } = firstOf(block.rows, room.items);
      const rows = factElements(shown, reader, room);
      return left > 0 ? [...rows, moreElement(left)] : rows;
    }
    case 'fields': {
      const { shown, left } = firstOf(block.fields, room.items);
      const inputs = shown.flatMap((field) => fieldElements(field, room));
      const more = left > 0 ? [moreElement(left)] : [];
      return [...inputs, ...more, { type: 'ActionSet', actions: [submitAction(block.send, true)] }];
    }
    default:
      return block satisfies never;
  }
}

type Run = Inline | { readonly kind: 'typed'; readonly text: string };

/** Our own words hold what to type between backticks, which a card's runs do not know: those become runs of their own. */
function typedParts(part: Inline): readonly Run[] {
  if (part.kind !== 'text' || !part.text.includes('`')) return [part];
  return part.text
    .split(/`([^`\n]{1,80})`/u)
    .map((text, index) => ({ kind: index % 2 === 1 ? ('typed' as const) : ('text' as const), text }))
    .filter(({ text }) => text !== '');
}

function runOf(part: Run, reader: Reader, room: CardRoom, look: Look): CardElement {
  const run = (text: string, extra: CardElement = {}): CardElement => ({
    type: 'TextRun',
    text: literal(cut(text, room.characters)),
    ...look,
    ...extra,
  });
  switch (part.kind) {
    case 'text':
    case 'theirs':
      return run(part.text);
    case 'strong':
      return run(part.text, { weight: 'bolder' });
    case 'typed':
      return run(part.text, { fontType: 'monospace' });
    case 'link':
      return /^(?:https?:\/\/|mailto:)/u.test(part.url)
        ? run(part.text, {
            selectAction: { type: 'Action.OpenUrl', url: part.url, title: literal(part.text) },
          })
        : run(part.text);
    case 'time':
      return run(instantText(part, reader));
    default:
      return part satisfies never;
  }
}

function itemElement(
  mark: string,
  isFirst: boolean,
  line: Line,
  reader: Reader,
  room: CardRoom,
): CardElement {
  return {
    type: 'ColumnSet',
    spacing: isFirst ? 'default' : 'small',
    columns: [
      {
        type: 'Column',
        width: 'auto',
        items: [{ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: mark }] }],
      },
      { type: 'Column', width: 'stretch', spacing: 'small', items: [lineElement(line, reader, room)] },
    ],
  };
}

/** Rows of one block stand in the same columns, whether they carry a button or not. */
function factElements(rows: readonly Fact[], reader: Reader, room: CardRoom): CardElement[] {
  const hasButtons = rows.some((row) => row.button);
  return rows.map((row, index) => {
    const label = { type: 'TextRun', text: literal(cut(row.label, 300)), isSubtle: true };
    const columns: CardElement[] = [
      { type: 'Column', width: 2, items: [{ type: 'RichTextBlock', inlines: [label] }] },
      { type: 'Column', width: 3, items: [lineElement(row.value, reader, room, { weight: 'bolder' })] },
    ];
    if (hasButtons)
      columns.push({ type: 'Column', width: '96px', items: row.button ? [rowButton(row, row.button)] : [] });
    return { type: 'ColumnSet', separator: index > 0, columns };
  });
}

/** Many rows say "Change", so the tooltip says of what. */
function rowButton(row: Fact, button: Button): CardElement {
  const tooltip = `${literal(button.label)}: ${literal(cut(row.label, 80))}`;
  return { type: 'ActionSet', actions: [{ ...submitAction(button, false), tooltip }] };
}

function buttonRows(buttons: readonly Button[], room: CardRoom): CardElement[] {
  const { shown, left } = firstOf(buttons, room.buttons);
  const rows: CardElement[] = [];
  for (let first = 0; first < shown.length; first += BUTTONS_IN_A_ROW) {
    const actions = shown.slice(first, first + BUTTONS_IN_A_ROW).map((one) => submitAction(one, false));
    rows.push({ type: 'ActionSet', actions });
  }
  if (left > 0) rows.push(moreElement(left));
  return rows;
}

function moreElement(count: number): CardElement {
  return { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: andMore(count), isSubtle: true }] };
}
