import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defineForm, type Form, questionsOf } from '../../src/forms/form.ts';
import { choice, date, longText, number, type Question, text } from '../../src/forms/question.ts';
import { readSome, readTyped } from '../../src/forms/read-typed.ts';
import { ownTime } from '../support/own-time.ts';
import { context, words } from './sample.ts';

const form = (...questions: readonly Question[]): Form =>
  defineForm({ key: 'move', version: 1, title: 'Move', sections: [{ key: 'ask', title: 'Ask', questions }] });

const reason = longText('reason', { ...words, label: 'Reason', min: 3, max: 300, example: 'It moves.' });
const until = date('until_on', { ...words, label: 'Until', fromDays: 0, untilDays: 700 });
const hours = number('hours_per_week', {
  ...words,
  label: 'Hours each week',
  min: 2,
  max: 40,
  unit: { one: 'hour', many: 'hours' },
  required: false,
});
const kind = choice('kind', {
  ...words,
  label: 'Kind',
  options: [
    { id: 'defined', label: 'For a set time' },
    { id: 'open', label: 'Ongoing' },
  ],
});
const months = number('months', {
  ...words,
  label: 'Months',
  min: 1,
  max: 36,
  unit: { one: 'month', many: 'months' },
  dependsOn: ['kind'],
  when: ({ kind: is }) => is === 'defined',
});
const note = text('note', { ...words, label: 'Note', min: 1, max: 100, example: 'x', required: false });

const pause = form(reason, until, hours);
const change = form(kind, months, note);
const alone = form(reason);

const answersOf = (of: Form, typed: string) => {
  const read = readTyped(of, typed, context);
  return read.ok ? read.value : { refused: read.refusal };
};
const GOOD = { reason: 'The system moves', until_on: '2027-03-01', hours_per_week: 20 };

describe('answers in one typed text', () => {
  it.each([
    ['in order, without names', 'The system moves; 3/1/2027; 20'],
    ['by their labels', 'reason: The system moves; until: 3/1/2027; hours each week: 20'],
    ['by their keys', 'reason: The system moves; until on: 3/1/2027; hours per week: 20'],
    ['by their keys as they are written', 'reason: The system moves; until_on: 3/1/2027; hours_per_week: 20'],
    ['some named, the others in order', 'hours per week: 20; The system moves; 3/1/2027'],
    [
      'whatever the capitals and spaces',
      ' REASON :The system moves;;  Until:   3/1/2027 ; HOURS  per week: 20 ',
    ],
    ['on lines of their own', 'The system moves\nuntil: 3/1/2027\nhours per week: 20'],
  ])('are read %s', (_, typed) => {
    expect(answersOf(pause, typed)).toEqual(GOOD);
  });

  it('leave out what may be left out, and name what is missing', () => {
    expect(answersOf(pause, 'The system moves; 3/1/2027')).toEqual({ ...GOOD, hours_per_week: null });
    expect(answersOf(pause, 'until: 3/1/2027')).toEqual({
      refused: { reason: expect.stringContaining('Reason: please give an answer') },
    });
    expect(Object.keys(Object(answersOf(pause, '').refused))).toEqual(['reason', 'until_on']);
  });

  it('lose no words: what is too many goes on with the text before it', () => {
    expect(answersOf(pause, 'It moves; until: 3/1/2027; 20; and so on')).toHaveProperty('refused');
    expect(
      answersOf(pause, 'until: 3/1/2027; hours per week: 20; It moves; it takes long; and more'),
    ).toEqual({ ...GOOD, reason: 'It moves; it takes long; and more' });
    expect(answersOf(pause, 'reason: It moves; it takes long; until: 3/1/2027; hours per week: 20')).toEqual({
      ...GOOD,
      reason: 'It moves; it takes long',
    });
  });

  it('are refused where there is more than was asked for, without a text that it could go on with', () => {
    expect(answersOf(pause, 'The system moves; 3/1/2027; 20; 30')).toEqual({
      refused: { '?': expect.stringContaining('more than I asked for') },
    });
  });

  it('take a single text as a whole, semicolons and colons in it', () => {
    const typed = 'The release: it moves; twice\nand again';
    expect(answersOf(alone, typed)).toEqual({ reason: typed });
    expect(answersOf(alone, 'reason: It moves; twice')).toEqual({ reason: 'It moves; twice' });
  });

  it('pass over a question that does not apply', () => {
    expect(answersOf(change, 'ongoing; soon')).toEqual({ kind: 'open', note: 'soon' });
    expect(answersOf(change, 'for a set time; 6; soon')).toEqual({
      kind: 'defined',
      months: 6,
      note: 'soon',
    });
    expect(answersOf(change, 'note: soon; for a set time; 6')).toEqual({
      kind: 'defined',
      months: 6,
      note: 'soon',
    });
  });

  it('count by the last of several with one name', () => {
    expect(answersOf(change, 'kind: ongoing; note: a; note: b')).toEqual({ kind: 'open', note: 'b' });
  });

  it('read the same by names in any order', () => {
    const parts = fc.shuffledSubarray(['reason: The system moves', 'until: 3/1/2027', 'hours per week: 20'], {
      minLength: 3,
    });
    const divider = fc.constantFrom(';', '; ', '\n', ' ;\n ', ';;');
    fc.assert(
      fc.property(parts, divider, (some, between) => {
        expect(answersOf(pause, some.join(between))).toEqual(GOOD);
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  it('keep any words of a text as they are, but for what divides', () => {
    const sentence = fc
      .string({ unit: 'grapheme', minLength: 3, maxLength: 60 })
      .map((raw) => `Because ${raw.replace(/[;\n\r\u2028\u2029]/gu, ' ')}`.trim());
    fc.assert(
      fc.property(sentence, (because) => {
        const whole = answersOf(alone, because);
        expect(answersOf(pause, `reason: ${because}; until: 3/1/2027; hours per week: 20`)).toEqual(
          'refused' in whole ? whole : { ...GOOD, reason: whole.reason },
        );
      }),
      { seed: 2, numRuns: 300 },
    );
  });
});

/** What people, and those who mean harm, could type. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc
    .array(
      fc.constantFrom(
        ';',
        ':',
        '\n',
        'reason',
        'until',
        'constructor',
        '__proto__',
        'hours per week',
        ' ',
        '3/1/2027',
        '\u202e',
        '\ud800',
        '123-45-6789',
        '<!channel>',
        "'; DROP TABLE paper; --",
        '😀',
      ),
      { maxLength: 40 },
    )
    .map((parts) => parts.join('')),
);

describe('hostile text', () => {
  it('never throws, answers only what was asked and never repeats what was typed wrong', () => {
    fc.assert(
      fc.property(hostile, (typed) => {
        for (const of of [pause, change, alone]) {
          const keys = questionsOf(of).map(({ key }) => key);
          const read = readTyped(of, typed, context);
          const found = Object.keys(read.ok ? read.value : read.refusal);
          expect(found.filter((key) => key !== '?' && !keys.includes(key))).toEqual([]);
          const some = readSome(questionsOf(of), typed, context);
          const someFound = Object.keys(some.ok ? some.value : some.refusal);
          expect(someFound.filter((key) => key !== '?' && !keys.includes(key))).toEqual([]);
          const mends = [read, some].flatMap((each) => (each.ok ? [] : Object.values(each.refusal)));
          expect(mends.join(' ')).not.toMatch(/DROP TABLE|123-45-6789|<!channel>/u);
        }
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  it('is not kept where it holds what must not be kept', () => {
    expect(answersOf(pause, 'Ask 123-45-6789 about it; 3/1/2027')).toEqual({
      refused: { reason: expect.stringContaining('a Social Security number') },
    });
  });

  it('of great length is read in a moment', () => {
    const typed = 'reason: a; until:; x;'.repeat(2_000);
    const tookMs = ownTime();
    readTyped(pause, typed, context);
    readSome(questionsOf(pause), typed, context);
    expect(tookMs()).toBeLessThan(2_000);
  });
});

describe('some answers by name', () => {
  const some = (typed: string) => {
    const read = readSome(questionsOf(pause), typed, context);
    return read.ok ? read.value : { refused: read.refusal };
  };

  it('are read without the others, by key, label, and key as it is written', () => {
    expect(some('hours_per_week: 30; Until: 3/1/2027')).toEqual({
      hours_per_week: 30,
      until_on: '2027-03-01',
    });
    expect(some('hours each week: none')).toEqual({ hours_per_week: null });
    expect(some('')).toEqual({});
  });

  it('are refused, all of them, where one names nothing or does not fit', () => {
    expect(some('hours each week: 30; later')).toEqual({
      refused: { '?': expect.stringContaining('Name each answer') },
    });
    expect(some('hours each week: 300; until: 3/1/2027')).toEqual({
      refused: { hours_per_week: expect.stringContaining('from 2 to 40') },
    });
  });
});
