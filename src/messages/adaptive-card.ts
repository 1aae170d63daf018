import { type CardElement, fieldElements } from './adaptive-fields.ts';
import { lineElement } from './adaptive-line.ts';
import { belowOf } from './below.ts';
import type { Button } from './button.ts';
import { type CardLook, CONSOLE_LOOK, type Drawing } from './card-look.ts';
import { inert, literal } from './harmless.ts';
import type { Line } from './inline.ts';
import { andMore, BUTTONS_IN_A_ROW, type CardRoom, cut, firstOf, jsonBytes } from './limits.ts';
import type { Block, Fact, Message } from './message.ts';
import { plainText, type Reader } from './plain-text.ts';

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
 * The card of a message, at most 25 KB: what has no room is left out and counted in words. `look` says how its platform
 * draws buttons; inputs are named by their field's id. Words of people stand in text runs, which no client reads as
 * markdown, mention or link; where a card has no such place for them, they are made harmless.
 */
export function adaptiveCard(message: Message, reader: Reader, look: CardLook = CONSOLE_LOOK): AdaptiveCard {
  const text = plainText(message, reader);
  return fitted(look, (room) =>
    cardOf(bodyOf(message, { reader, look, room }), look.unmarked(cut(text, room.fallback))),
  );
}

/** The first card of ever less room that takes no more bytes than its look allows; the last one if none does. */
export function fitted(look: CardLook, draw: (room: CardRoom) => AdaptiveCard): AdaptiveCard {
  let card = draw(look.rooms[0]);
  for (const room of look.rooms.slice(1)) {
    if (jsonBytes(card) <= look.bytes) return card;
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
export function headingElement(heading: string, { room, look }: Drawing): CardElement {
  return {
    type: 'TextBlock',
    text: look.unmarked(inert(cut(heading, Math.min(room.characters, 300)))),
    style: 'heading',
    size: 'medium',
    weight: 'bolder',
    wrap: true,
  };
}

function bodyOf(message: Message, drawing: Drawing): CardElement[] {
  const body: CardElement[] = [];
  if (message.heading) body.push(headingElement(message.heading, drawing));
  body.push(...blocksElements(message.blocks, drawing));
  body.push(...buttonRows(message.buttons, drawing));
  body.push(...blocksElements(belowOf(message), drawing));
  return body.length > 0 ? body : [lineElement([], drawing)];
}

/** As many of the blocks as there is room for, and how many are left out. */
export function blocksElements(blocks: readonly Block[], drawing: Drawing): CardElement[] {
  const { shown, left } = firstOf(blocks, drawing.room.blocks);
  const elements = shown.flatMap((block) => blockElements(block, drawing));
  return left > 0 ? [...elements, moreElement(left)] : elements;
}

function blockElements(block: Block, drawing: Drawing): CardElement[] {
  const { look, room } = drawing;
  switch (block.kind) {
    case 'paragraph':
      return [lineElement(block.line, drawing)];
    case 'note':
      return [lineElement(block.line, drawing, { isSubtle: true, size: 'small' })];
    case 'list': {
      const { shown, left } = firstOf(block.items, room.items);
      const items = shown.map((item, index) =>
        itemElement(block.ordered ? `${index + 1}.` : '•', index === 0, item, drawing),
      );
      return left > 0 ? [...items, moreElement(left)] : items;
    }
    case 'facts': {
      const { shown, left } = firstOf(block.rows, room.items);
      const rows = factElements(shown, drawing);
      return left > 0 ? [...rows, moreElement(left)] : rows;
    }
    case 'fields': {
      const { shown, left } = firstOf(block.fields, room.items);
      const inputs = shown.flatMap((field) => fieldElements(field, drawing));
      const more = left > 0 ? [moreElement(left)] : [];
      return [...inputs, ...more, { type: 'ActionSet', actions: [look.action(block.send, true)] }];
    }
    default:
      return block satisfies never;
  }
}

function itemElement(mark: string, isFirst: boolean, line: Line, drawing: Drawing): CardElement {
  return {
    type: 'ColumnSet',
    spacing: isFirst ? 'default' : 'small',
    columns: [
      {
        type: 'Column',
        width: 'auto',
        items: [{ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: mark }] }],
      },
      { type: 'Column', width: 'stretch', spacing: 'small', items: [lineElement(line, drawing)] },
    ],
  };
}

/** Rows of one block stand in the same columns, whether they carry a button or not. */
function factElements(rows: readonly Fact[], drawing: Drawing): CardElement[] {
  const hasButtons = rows.some((row) => row.button);
  return rows.map((row, index) => {
    const label = { type: 'TextRun', text: literal(cut(row.label, 300)), isSubtle: true };
    const columns: CardElement[] = [
      { type: 'Column', width: 2, items: [{ type: 'RichTextBlock', inlines: [label] }] },
      { type: 'Column', width: 3, items: [lineElement(row.value, drawing, { weight: 'bolder' })] },
    ];
    const button = row.button ? [rowButton(row, row.button, drawing)] : [];
    if (hasButtons) columns.push({ type: 'Column', width: '96px', items: button });
    return { type: 'ColumnSet', separator: index > 0, columns };
  });
}

/** Many rows say "Change", so the tooltip says of what. */
function rowButton(row: Fact, button: Button, { look }: Drawing): CardElement {
  const said = look.shortRows ? shortOf(button.label, row.label) : button.label;
  const action = look.action({ ...button, label: said }, false);
  const tooltip = `${action.title}: ${literal(cut(row.label, 80))}`;
  return { type: 'ActionSet', actions: [{ ...action, tooltip }] };
}

/** A label without the words of the row it stands in: `Change` of `Change Level of effort` beside `13. Level of effort`. */
function shortOf(label: string, row: string): string {
  const of = row.replace(/^\d+\. /u, '');
  const short = label.endsWith(of) ? label.slice(0, label.length - of.length).trim() : '';
  return short === '' ? label : short;
}

function buttonRows(buttons: readonly Button[], { look, room }: Drawing): CardElement[] {
  const { shown, left } = firstOf(buttons, room.buttons);
  const rows: CardElement[] = [];
  for (let first = 0; first < shown.length; first += BUTTONS_IN_A_ROW) {
    const actions = shown.slice(first, first + BUTTONS_IN_A_ROW).map((one) => look.action(one, false));
    rows.push({ type: 'ActionSet', actions });
  }
  if (left > 0) rows.push(moreElement(left));
  return rows;
}

function moreElement(count: number): CardElement {
  return { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: andMore(count), isSubtle: true }] };
}
