import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readCommand } from '../../src/forms/command.ts';
import { readDate } from '../../src/forms/read-date.ts';
import { cleanText, fold } from '../../src/forms/text.ts';
import { quickest } from './quickest.ts';

/** Files of this part; the expressions of others are timed by their own tests. */
const files = ['src/forms', 'src/offerings'].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && name !== 'date-time-words.ts')
    .map((name) => `${folder}/${name}`),
);
/** Every literal here has the `u` flag; comments are left aside. */
const code = files.map((file) => ({
  file,
  lines: readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\//gu, ''),
}));
const literals = code.flatMap(({ file, lines }) =>
  [...lines.matchAll(/\/(?<source>(?:[^/\n\\[]|\\.|\[(?:[^\]\n\\]|\\.)*\])+)\/(?<flags>g?i?u)\b/gu)].map(
    ({ groups }) => ({
      file,
      source: groups?.source ?? '',
      flags: groups?.flags ?? '',
    }),
  ),
);
const units = [
  'a',
  ' ',
  '1',
  '1 ',
  ',',
  ', ',
  'a b ',
  'and ',
  ' and',
  '-',
  '1-',
  '\n',
  '\t \n',
  'change ',
  'change my ',
  'the ',
  '#',
  'no. ',
  'next ',
  'a1',
  '@',
  'A-',
  '\u202e',
  '\u0301',
  '😀',
];
const worst = units.flatMap((unit) => {
  const long = unit.repeat(Math.ceil(50_000 / unit.length));
  return [long, `${long}!`, `change ${long}\u0001`, `next${long}`];
});

describe('every regular expression', () => {
  it('is found by this test', () => {
    const ends = code.flatMap(({ lines }) => [...lines.matchAll(/\/g?i?u(?=[.,;)])/gu)]);
    expect(literals.length).toBeGreaterThan(15);
    expect(literals.length).toBe(ends.length);
    expect(code.some(({ lines }) => /RegExp\(/u.test(lines))).toBe(false);
  });

  it.each(literals)(
    '$file /$source/$flags does not take ever longer on 50,000 characters',
    ({ source, flags }) => {
      for (const long of worst) {
        const regex = new RegExp(source, flags);
        expect(quickest(() => (regex.global ? long.replace(regex, '') : regex.exec(long)))).toBeLessThan(200);
      }
    },
  );

  it('and the functions made of them stay quick', () => {
    for (const long of worst) {
      expect(quickest(() => readCommand(long))).toBeLessThan(200);
      expect(quickest(() => readDate(long.slice(0, 80), '2026-06-10'))).toBeLessThan(200);
      expect(quickest(() => cleanText(fold(long), 'many'))).toBeLessThan(300);
    }
  });
});
