/** Texts as PostgreSQL reads a `text[]`; for a thousand keys the driver's own way, letter by letter, costs more than the statement. */
export function textArray(texts: readonly string[]): string {
  if (texts.length === 0) return '{}';
  const escaped = texts.some((text) => /["\\]/u.test(text))
    ? texts.map((text) => text.replace(/["\\]/gu, (found) => `\\${found}`))
    : texts;
  return `{"${escaped.join('","')}"}`;
}
