/**
 * Text as people type it, made fit to compare and to keep.
 * Every expression here is linear in its input; `test/forms/linear.test.ts` times them all.
 */

/** Controls but for tab and newline, lone surrogates, and marks that hide or reorder text. */
const UNSEEN = /(?![\t\n])[\p{Cc}\p{Cs}\u00ad\u200b\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/**
 * Text ready to keep: Unicode NFC, no control or hidden characters, trimmed (domain reference 3.6).
 * Letters of every script stay. `lines` keeps line breaks; otherwise all white space becomes single spaces.
 */
export function cleanText(raw: string, lines: 'one' | 'many'): string {
  const unix = raw.replace(/\r\n?|[\u2028\u2029]/gu, '\n');
  const seen = unix.replace(UNSEEN, '').normalize('NFC');
  if (lines === 'one') return seen.replace(/\s+/gu, ' ').trim();
  const kept = seen.split('\n').map((each) => each.replaceAll('\t', ' ').trimEnd());
  return kept
    .join('\n')
    .replace(/\n{3,}/gu, '\n\n')
    .trim();
}

/** Text for comparison only: small letters, single spaces, plain apostrophes, no closing punctuation. */
export function fold(raw: string): string {
  const plain = cleanText(raw.normalize('NFKC'), 'one').toLowerCase().replaceAll('’', "'");
  let end = plain.length;
  while (end > 0 && '.!?,;:) '.includes(plain.charAt(end - 1))) end -= 1;
  return plain.slice(0, end);
}

/** `one, two or three` from a list, for sentences. */
export function listed(items: readonly string[], word: 'and' | 'or'): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1) ?? ''}`;
}
