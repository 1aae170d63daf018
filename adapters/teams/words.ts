import { storableText } from '../../src/domain/storable-text.ts';
import { TEAMS } from './limits.ts';

/** Blanks that Teams puts where its editor has bold text or a mention. */
const BLANKS = /[\u00A0\u2007\u202F]|&nbsp;/gu;

/** What somebody typed, without the mentions of the bot: `mentions` are the texts by which it was named. */
export function plainWords(text: string, mentions: readonly string[]): string {
  let words = storableText(text);
  for (const mention of mentions) if (mention !== '') words = words.replaceAll(mention, ' ');
  words = words
    .replace(BLANKS, ' ')
    .replace(/<\/?at(?:\s[^<>]{0,300})?>/giu, '')
    .replace(/[^\S\n]{2,}/gu, ' ')
    .replace(/^[\s:,]+/u, '');
  return shortened(words);
}

const shortened = (words: string): string => storableText(words.trim().slice(0, TEAMS.valueLength)).trim();

const BREAKS = /<(?:br|\/p|\/div|\/li|\/tr|\/h[1-6])\b[^<>]{0,200}>/giu;
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** The words of a message that Teams gives as HTML: tags are left out, what stands between them is kept. */
export function wordsOfHtml(html: string): string {
  const words = storableText(html)
    .slice(0, 4 * TEAMS.valueLength)
    .replace(BREAKS, '\n')
    .replace(/<[^<>]{0,2000}>/gu, '')
    .replace(/&(#\d{1,7}|#x[\da-f]{1,6}|\w{2,6});/giu, (entity, name: string) => characterOf(name) ?? entity)
    .replace(BLANKS, ' ')
    .replace(/\n{3,}/gu, '\n\n');
  return shortened(words);
}

function characterOf(name: string): string | null {
  const code = /^#x/iu.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()] ?? null;
  return Number.isInteger(code) && code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : null;
}
