import type { RichTextBlock, RichTextElement, RichTextList, RichTextSection } from '@slack/types';
import { literal } from '../../src/messages/harmless.ts';
import { type Inline, type Line, text } from '../../src/messages/inline.ts';
import { instantText, type Reader } from '../../src/messages/plain-text.ts';
import { DATE_FORMATS, isDrawnLink, linkWords, longestPrefix } from './escape.ts';

/** A block of formatted text. */
export const richText = (...elements: RichTextBlock['elements']): RichTextBlock => ({
  type: 'rich_text',
  elements,
});

/**
 * A line as one section. Slack reads no markup in its text elements: whoever wrote the words, they are shown as they
 * stand. A line with nothing in it becomes a blank, because Slack refuses an empty section.
 */
export function richSection(line: Line, reader: Reader): RichTextSection {
  const elements = line.flatMap((part) => elementsOf(part, reader));
  return { type: 'rich_text_section', elements: elements.length > 0 ? elements : [run(' ')] };
}

/** Lines as a list; `before` items of the same ordered list stand in blocks above it. */
export function richList(
  lines: readonly Line[],
  ordered: boolean,
  before: number,
  reader: Reader,
): RichTextList {
  const list: RichTextList & { readonly offset?: number } = {
    type: 'rich_text_list',
    style: ordered ? 'ordered' : 'bullet',
    elements: lines.map((line) => richSection(line, reader)),
    // The first number is `offset + 1` (reference/block-kit/block-elements/rich-text-list-element).
    ...(ordered && before > 0 ? { offset: before } : {}),
  };
  return list;
}

/** How many characters the line takes as part of a block. */
export const richCost = (line: Line, reader: Reader): number =>
  JSON.stringify(richSection(line, reader)).length;

/** Whether anything of the line can be seen. */
export const hasWords = (line: Line): boolean =>
  line.some((part) => part.kind === 'time' || literal(part.text).trim() !== '');

/**
 * The line in pieces of at most `limit` as `costOf` counts, in order and with nothing lost. Words are parted at blanks
 * where they can be; never inside a character. A part that can't be divided, such as an instant, is a piece by itself.
 */
export function splitLine(line: Line, limit: number, costOf: (line: Line) => number): Line[] {
  const pieces: Inline[][] = [];
  let piece: Inline[] = [];
  const close = () => {
    if (piece.length > 0) pieces.push(piece);
    piece = [];
  };
  for (const part of line.map(divisible)) {
    let rest: Inline | null = part;
    while (rest !== null) {
      const whole: Inline = rest;
      const [head, tail] = divided(whole, limit, (one) => costOf([...piece, one]) <= limit);
      if (head) piece.push(head);
      else if (piece.length === 0) piece.push(whole);
      rest = head || piece.at(-1) === whole ? tail : whole;
      if (rest !== null) close();
    }
  }
  close();
  return pieces;
}

/** Links that are not drawn as links are words, and words can be divided. */
function divisible(part: Inline): Inline {
  if (part.kind !== 'link' || isDrawnLink(part)) return part;
  return text(linkWords(part));
}

type Divided = readonly [head: Inline | null, tail: Inline | null];

function divided(part: Inline, limit: number, fits: (part: Inline) => boolean): Divided {
  if (part.kind === 'time' || part.kind === 'link') return fits(part) ? [part, null] : [null, null];
  if (part.text.length <= limit && fits(part)) return [part, null];
  const length = longestPrefix(part.text, limit, (most) => fits({ ...part, text: part.text.slice(0, most) }));
  if (length === 0) return [null, null];
  return [
    { ...part, text: part.text.slice(0, length) },
    { ...part, text: part.text.slice(length) },
  ];
}

function elementsOf(part: Inline, reader: Reader): RichTextElement[] {
  switch (part.kind) {
    case 'text':
      return part.text.split(/`([^`\n]{1,80})`/u).flatMap((words, index) => {
        return shown(words).map((one) => run(one, index % 2 === 1 ? { code: true } : null));
      });
    case 'strong':
      return shown(part.text).map((words) => run(words, { bold: true }));
    case 'theirs':
      return shown(part.text).map((words) => run(words));
    case 'link': {
      if (isDrawnLink(part)) return [{ type: 'link', url: part.url, text: literal(part.text) }];
      return shown(linkWords(part)).map((words) => run(words));
    }
    case 'time':
      return [
        {
          type: 'date',
          timestamp: Math.floor(Date.parse(part.at) / 1000),
          format: DATE_FORMATS[part.show],
          fallback: instantText(part, reader),
        },
      ];
    default:
      return part satisfies never;
  }
}

/** What can be seen of the words; Slack refuses an element with none. */
function shown(words: string): readonly string[] {
  const seen = literal(words);
  return seen === '' ? [] : [seen];
}

const run = (words: string, style: RichTextElement['style'] | null = null): RichTextElement => ({
  type: 'text',
  text: words,
  ...(style ? { style } : {}),
});
