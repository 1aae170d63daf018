import { describe, expect, it } from 'vitest';
import {
  defineForm,
  missing,
  parseAnswers,
  questionBy,
  settle,
  storedAnswers,
  visible,
} from '../../src/forms/form.ts';
import type { Question } from '../../src/forms/question.ts';
import { attestation, text, yesNo } from '../../src/forms/question.ts';
import { context, good, sample, words } from './sample.ts';

const labelOf = (key: string) => questionBy(sample, key)?.label;

const keys = (questions: readonly Question[]) => questions.map((each) => each.key);
const limits = { ...words, min: 1, max: 9, example: 'x' };
const formOf = (...questions: Question[]) =>
  defineForm({ key: 'f', version: 1, title: 'F', sections: [{ key: 's', title: 'S', questions }] });

describe('a form', () => {
  it('shows a question only while its condition holds, along the whole chain', () => {
    expect(keys(visible(sample, {}))).not.toContain('months');
    expect(keys(visible(sample, good))).toEqual(expect.arrayContaining(['months', 'auditors', 'audit_on']));
    const shown = keys(visible(sample, { ...good, audited: false }));
    expect(shown).not.toContain('auditors');
    expect(shown).not.toContain('audit_on');
  });

  it('drops exactly the answers whose question no longer applies, and says which', () => {
    const { answers, dropped } = settle(sample, { ...good, audited: false }, context);
    expect(dropped).toEqual([
      { key: 'auditors', label: 'Auditors', because: 'no-longer-asked' },
      { key: 'audit_on', label: 'Audit date', because: 'no-longer-asked' },
    ]);
    const { auditors: _, audit_on: __, ...rest } = good;
    expect(answers).toEqual({ ...rest, audited: false });
  });

  it('drops a date that has passed and a person who left, and says which', () => {
    const later = { ...context, today: '2026-10-01', people: context.people.slice(1) };
    expect(settle(sample, good, later).dropped).toEqual([
      { key: 'owner', label: 'Owner', because: 'no-longer-valid' },
      { key: 'start', label: 'Wanted start', because: 'no-longer-valid' },
    ]);
  });

  it('misses required answers only, attestations included', () => {
    const { nickname: _, start: __, ...some } = good;
    expect(keys(missing(sample, some))).toEqual(['start', 'honest']);
  });

  it('keeps answers with the question as asked and the value as read', () => {
    const stored = storedAnswers(sample, { ...good, nickname: null, honest: true }, context);
    expect(stored).toContainEqual({
      key: 'owner',
      label: labelOf('owner'),
      asked: 'What is it?',
      value: 'bo',
      shown: 'Jordan Lee',
    });
    expect(stored).toContainEqual({
      key: 'audit_on',
      label: labelOf('audit_on'),
      asked: 'What is it?',
      value: '2026-12-03',
      shown: 'Thursday, December 3, 2026',
    });
    expect(stored.map((each) => each.key)).not.toContain('nickname');
  });

  it('re-validates stored answers and names what no longer fits', () => {
    const stored = JSON.parse(
      JSON.stringify({ ...good, nickname: null, months: 99, stray: 'x', name: null }),
    );
    const { answers, dropped } = parseAnswers(sample, stored);
    expect(dropped.map((each) => each.key)).toEqual(['name', 'months']);
    const { months: _, name: __, ...rest } = good;
    expect(answers).toEqual({ ...rest, nickname: null });
    for (const bad of [null, undefined, 'x', 3, [1]]) expect(parseAnswers(sample, bad).answers).toEqual({});
  });

  it('stored keys of the language itself do no harm', () => {
    const { answers } = parseAnswers(sample, JSON.parse('{"__proto__": {"name": "x"}, "constructor": 1}'));
    expect(answers).toEqual({});
    expect(Object.getPrototypeOf(answers)).toBe(Object.prototype);
  });

  it.each([
    ['a key twice', () => formOf(text('a', limits), text('a', limits))],
    ['a reserved key', () => formOf(text('review', limits))],
    ['a required extra', () => formOf(text('a', { ...limits, asked: 'on-review' }))],
    [
      'a condition that declares nothing',
      () => formOf(text('a', limits), text('b', { ...limits, when: () => true })),
    ],
    [
      'a condition on a later question',
      () => formOf(text('a', { ...limits, dependsOn: ['b'], when: () => true }), yesNo('b', words)),
    ],
    [
      'an attestation with a condition',
      () => formOf(text('a', limits), { ...attestation('b', words), dependsOn: ['a'], when: () => true }),
    ],
  ])('with %s is a bug', (_, make) => {
    expect(make).toThrow();
  });

  it('lets a condition see only what it declares', () => {
    const seen: string[] = [];
    const form = formOf(
      text('a', limits),
      text('b', limits),
      text('c', { ...limits, dependsOn: ['b'], when: (answers) => seen.push(...Object.keys(answers)) > 0 }),
    );
    visible(form, { a: '1', b: '2' });
    expect(seen).toEqual(['b']);
  });
});
