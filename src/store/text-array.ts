/** Texts, or nulls, as PostgreSQL reads a `text[]`; for a thousand keys the driver's own way, letter by letter, costs more than the statement. */
export const textArray = (texts: readonly (string | null)[]): string => `{${texts.map(quoted).join(',')}}`;

const quoted = (text: string | null): string =>
  text === null
    ? 'NULL'
    : `"${/["\\]/u.test(text) ? text.replace(/["\\]/gu, (found) => `\\${found}`) : text}"`;
