import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { RECORD_CLASSES } from '../src/domain/record-class.ts';
import { MARK_WORDS, retentionWords } from '../src/messages/copy/records.ts';
import { PROGRAM_VERSION } from '../src/offerings/program-version.ts';
import { EXPORTS } from '../src/usecases/exports.ts';

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
/** Rows of the tables of a document, cell by cell. */
const rowsOf = (text: string): readonly (readonly string[])[] =>
  text
    .split('\n')
    .filter((each) => each.startsWith('| `'))
    .map((each) =>
      each
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

describe('docs/records.md', () => {
  const rows = rowsOf(read('docs/records.md'));

  it('says of every class what the program goes by', () => {
    expect(rows.filter(({ length }) => length > 2)).toEqual(
      RECORD_CLASSES.map(({ key, schedule, retention, scheduleMark, retentionMark, covers }) => [
        `\`${key}\``,
        schedule,
        retention.kind === 'kept' ? 'for good' : retentionWords(retention),
        MARK_WORDS[scheduleMark],
        MARK_WORDS[retentionMark],
        covers,
      ]),
    );
  });

  it('names every export there is', () => {
    expect(rows.filter(({ length }) => length === 2).map(([typed]) => typed)).toEqual(
      EXPORTS.map(({ key }) => `\`export ${key} csv\``),
    );
  });
});

describe('the version that records name', () => {
  it('is that of the package', () => {
    expect(PROGRAM_VERSION).toBe(JSON.parse(read('package.json')).version);
  });
});
