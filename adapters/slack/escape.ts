import type { PlainTextElement } from '@slack/types';
import type { Field } from '../../src/domain/field.ts';
import { inert, literal } from '../../src/messages/harmless.ts';
import type { Inline, Line } from '../../src/messages/inline.ts';
import type { Block, Message } from '../../src/messages/message.ts';
import { instantText, type Reader } from '../../src/messages/plain-text.ts';
import { SLACK } from './limits.ts';

/** How Slack says an instant in its reader's own zone (reference/block-kit/block-elements/date-element). */
export const DATE_FORMATS = {
  date: '{date_long}',
  time: '{time}',
  'date-time': '{date_long} at {time}',
} as const;

/** The three characters Slack reads as markup, written so that it shows them (reference: formatting text). */
export const escaped = (text: string): string =>
  text.replace(/&/gu, '&amp;').replace(/</gu, '&lt;').replace(/>/gu, '&gt;');

/** `text` without halves of characters, which no JSON reader need take. */
export const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\uFFFD');

/** `text` in which nothing is emphasis, code or emoji: look-alikes stand for the marks, so that it reads the same. */
export function quiet(text: string): string {
  const marks = text
    .replace(/\*/gu, '∗')
    .replace(/~/gu, '∼')
    .replace(/`/gu, 'ˋ')
    // Between letters and digits it marks nothing, and names such as `funding_lost` stay as they are.
    .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/gu, 'ˍ');
  return marks.replace(EMOJI, '∶');
}

/** The colon of `:name:`, which would become a picture. */
const EMOJI = /:(?=[\p{L}\p{N}_+'-]{1,100}:)/gu;

/** Our own words: what stands between backticks is to be typed and stays; the rest is made quiet. */
export const quietBesideCode = (text: string): string =>
  text
    .split(/(`[^`\n]{1,80}`)/u)
    .map((piece, index) => (index % 2 === 1 ? piece : quiet(piece)))
    .join('');

/** Markup in which no name between colons is left, also where two parts meet; tokens and code stay as they are. */
export const withoutEmoji = (markup: string): string =>
  markup
    .split(/(<[^<>]*>|`[^`\n]*`)/u)
    .map((piece, index) => (index % 2 === 1 ? piece : piece.replace(EMOJI, '∶')))
    .join('');

/**
 * A line in Slack's markup, to be sent with `verbatim: true`. Our words keep their backticks and weight, instants become date
 * tokens, links of ours links; other people's words are shown and do nothing.
 */
export function mrkdwn(line: Line, reader: Reader): string {
  const parts = line.map((part) => partMarkup(part, reader));
  const joined = parts.map((part, index) => {
    if (!part.isStrong) return part.markup;
    // Slack sees weight only between spaces and signs.
    const before = parts[index - 1]?.markup.at(-1) ?? ' ';
    const after = parts[index + 1]?.markup.at(0) ?? ' ';
    const isApart = !/[\p{L}\p{N}*]/u.test(before) && !/[\p{L}\p{N}*]/u.test(after);
    return isApart && !parts[index + 1]?.isStrong ? `*${part.markup}*` : part.markup;
  });
  return withoutEmoji(joined.join(''));
}

interface Markup {
  readonly markup: string;
  readonly isStrong?: true;
}

function partMarkup(part: Inline, reader: Reader): Markup {
  switch (part.kind) {
    case 'text':
      return { markup: escaped(quietBesideCode(literal(part.text))) };
    case 'strong': {
      const words = literal(part.text);
      const markup = escaped(quiet(words));
      return /^\S(?:[^\n]*\S)?$/u.test(words) ? { markup, isStrong: true } : { markup };
    }
    case 'theirs':
      return { markup: escaped(quiet(inert(part.text))) };
    case 'link':
      return { markup: isDrawnLink(part) ? linkToken(part) : escaped(quiet(literal(linkWords(part)))) };
    case 'time': {
      const seconds = Math.floor(Date.parse(part.at) / 1000);
      const fallback = instantText(part, reader).replace(/[|<>&]/gu, ' ');
      return { markup: `<!date^${seconds}^${DATE_FORMATS[part.show]}|${fallback}>` };
    }
    default:
      return part satisfies never;
  }
}

type Link = Extract<Inline, { kind: 'link' }>;

/** Whether a link of ours is drawn as one: to a page or a mailbox, with words to press, of a usual length. */
export const isDrawnLink = (part: Link): boolean =>
  /^(?:https?:\/\/|mailto:)[\x21-\x7e]+$/iu.test(part.url) &&
  literal(part.text).trim() !== '' &&
  linkToken(part).length <= SLACK.link;

/** What stands for a link that is not drawn: its words, and the address if it is one that people may use. */
export function linkWords({ text: words, url }: Link): string {
  const isUsable = /^(?:https?:\/\/|mailto:)/iu.test(url);
  return isUsable && url !== words ? `${words} (${url})` : words;
}

function linkToken(part: Link): string {
  const words = escaped(quiet(literal(part.text)))
    .replace(/\|/gu, 'ǀ')
    .replace(/\n/gu, ' ');
  const url = part.url.replace(/[<>|`]/gu, (mark) => encodeURIComponent(mark)).replace(/&/gu, '&amp;');
  return `<${url}|${words}>`;
}

/** What stands where there are no words, because Slack refuses an empty text. */
export const NO_WORDS = '–';

/** Words for a place that knows no markup, cut to `limit`; never empty, because Slack refuses that. */
export function plain(words: string, limit: number): PlainTextElement {
  const shown = inert(words);
  return { type: 'plain_text', text: shown.trim() === '' ? NO_WORDS : shortened(shown, limit), emoji: false };
}

/** `text` cut to `limit` with an ellipsis, at a blank where one is near; never half a character. */
export function shortened(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const kept = longestPrefix(text, limit - 1, () => true);
  return `${text.slice(0, kept).trimEnd()}…`;
}

/**
 * How much of `text` fits: at most `most` code units, by halves until `fits` is met, then back to a blank if one is near.
 * Never half a character; 0 when nothing fits.
 */
export function longestPrefix(text: string, most: number, fits: (length: number) => boolean): number {
  let [fitting, tooLong] = [0, Math.min(most, text.length) + 1];
  while (tooLong - fitting > 1) {
    const middle = Math.floor((fitting + tooLong) / 2);
    if (fits(middle)) fitting = middle;
    else tooLong = middle;
  }
  if (fitting < text.length) {
    const blank = Math.max(text.lastIndexOf(' ', fitting - 1), text.lastIndexOf('\n', fitting - 1)) + 1;
    if (blank > fitting * 0.7) return blank;
    if ((text.codePointAt(fitting - 1) ?? 0) > 0xffff) return fitting - 1;
  }
  return fitting;
}

/** The message with its words made quiet, so that its plain text has no emphasis and no emoji of anybody's making. */
export function quietMessage(message: Message): Message {
  const { heading, below } = message;
  return {
    ...message,
    ...(heading === undefined ? {} : { heading: quietBesideCode(heading) }),
    blocks: message.blocks.map(quietBlock),
    ...(below ? { below: below.map(quietBlock) } : {}),
  };
}

/** The line with other people's words made quiet. */
export const quietLine = (line: Line): Line =>
  line.map((part) => (part.kind === 'theirs' ? { ...part, text: quiet(part.text) } : part));

function quietBlock(block: Block): Block {
  switch (block.kind) {
    case 'paragraph':
    case 'note':
      return { ...block, line: quietLine(block.line) };
    case 'list':
      return { ...block, items: block.items.map(quietLine) };
    case 'facts':
      return {
        ...block,
        rows: block.rows.map((row) => ({
          ...row,
          label: quietBesideCode(row.label),
          value: quietLine(row.value),
        })),
      };
    case 'fields':
      return { ...block, fields: block.fields.map(quietField) };
    default:
      return block satisfies never;
  }
}

function quietField(field: Field): Field {
  const { options, value, hint, error } = field;
  return {
    ...field,
    label: quietBesideCode(field.label),
    ...(hint === undefined ? {} : { hint: quietBesideCode(hint) }),
    ...(error === undefined ? {} : { error: quietBesideCode(error) }),
    ...(options ? { options: options.map(({ id, label }) => ({ id, label: quiet(label) })) } : {}),
    // The value of a field with options names one of them.
    ...(typeof value === 'string' && !options ? { value: quiet(value) } : {}),
  };
}
