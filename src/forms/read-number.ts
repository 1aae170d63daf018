import { fold } from './text.ts';

const WORDS = [
  'zero one two three four five six seven eight nine ten',
  'eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty',
].flatMap((row) => row.split(' '));

/**
 * A whole number from digits (at most 9, thousands may be divided by commas) or an English word up to twenty; "about" before it and one of `units`
 * after it are allowed. Null for anything else: "1 year" is not 1 when the unit is months, "3 or 4" is not 3.
 */
export function wholeNumber(text: string, units: readonly string[] = []): number | null {
  const words = fold(text.replace(/(?<=\d),(?=\d{3}(?!\d))/gu, '')).split(' ');
  if (words.length > 1 && ['about', 'around', 'roughly'].includes(words[0] ?? '')) words.shift();
  const [first = '', unit, ...rest] = words;
  if (rest.length > 0 || (unit !== undefined && !units.includes(unit))) return null;
  if (/^-?\d{1,9}$/u.test(first)) return Number(first);
  const spelled = WORDS.indexOf(first);
  return spelled < 0 ? null : spelled;
}
