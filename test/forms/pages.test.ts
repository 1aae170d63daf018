import { describe, expect, it } from 'vitest';
import { begin, fill, step } from '../../src/forms/conversation.ts';
import { fieldsOf, type Page, pageAfter, pages, readPage } from '../../src/forms/pages.ts';
import type { Answers } from '../../src/forms/question.ts';
import { workflowsOf } from '../../src/offerings/catalogue.ts';
import { CATALOGUE } from '../../src/offerings/index.ts';
import { context, good, sample } from './sample.ts';

const shape = (all: readonly Page[]) => all.map((page) => [page.key, page.questions.map((each) => each.key)]);
const page = (key: string, answers: Answers): Page => {
  const found = pages(sample, answers).find((each) => each.key === key);
  if (!found) throw new Error(key);
  return found;
};

describe('pages', () => {
  it('have at most 8 fields, in sections, and no field whose condition is open on the same page', () => {
    expect(shape(pages(sample, {}))).toEqual([
      ['one-1', ['owner', 'name', 'kind']],
      ['one-2', ['audited']],
      ['two-1', ['need', 'nickname', 'start', 'remark', 'honest']],
    ]);
    for (const form of [sample, ...workflowsOf(CATALOGUE).map((each) => each.form)]) {
      for (const each of pages(form, good)) expect(each.questions.length).toBeLessThanOrEqual(8);
    }
  });

  it('a question that comes true goes to a following page', () => {
    expect(pageAfter(sample, { kind: 'defined' }, 'one-1')).toMatchObject({
      key: 'one-2',
      questions: [{ key: 'months' }, { key: 'audited' }],
    });
    expect(pageAfter(sample, { audited: true }, 'one-2')).toMatchObject({
      key: 'one-3',
      questions: [{ key: 'auditors' }],
    });
    expect(pageAfter(sample, { audited: false }, 'one-2')).toMatchObject({ key: 'two-1', number: 3, of: 3 });
    expect(pageAfter(sample, good, 'two-1')).toBe(undefined);
  });

  it('all errors come at once, at their fields, and the other input is kept', () => {
    const first = page('one-1', {});
    const values = { owner: 'bo', name: 'x', kind: null };
    const read = readPage(first, values, {}, context);
    if (read.ok) throw new Error('taken');
    expect(Object.keys(read.refusal.errors)).toEqual(['name', 'kind']);
    expect(read.refusal.kept).toEqual({ owner: 'bo' });
    expect(fieldsOf(first, {}, values, read.refusal.errors)).toMatchObject([
      { id: 'owner', value: 'bo', label: 'Owner', required: true },
      { id: 'name', value: 'x', error: read.refusal.errors.name, minLength: 3, maxLength: 120 },
      { id: 'kind', error: read.refusal.errors.kind },
    ]);
  });

  it('a question whose condition is false on submit is ignored', () => {
    const drawn = page('one-2', { kind: 'defined' });
    const read = readPage(drawn, { months: 'rubbish', audited: 'true' }, { kind: 'continuous' }, context);
    expect(read).toEqual({ ok: true, value: { audited: true } });
  });

  it('show the answers so far and an attestation by its statement', () => {
    expect(fieldsOf(page('two-1', good), good)).toMatchObject([
      { id: 'need', value: good.need, kind: 'long-text' },
      { id: 'nickname', value: 'CV', required: false },
      { id: 'start', value: '2026-10-01', kind: 'date' },
      { id: 'remark' },
      { id: 'honest', label: 'This is true.', kind: 'attestation' },
    ]);
  });

  it('page by page gives what chat gives, ready to send', () => {
    let { state } = begin(sample, {}, context);
    const values = { ...good, honest: true };
    let next: Page | undefined = pages(sample, state.answers)[0];
    while (next) {
      const read = readPage(next, values, state.answers, context);
      if (!read.ok) throw new Error(JSON.stringify(read.refusal));
      state = fill(sample, state, read.value, context).state;
      next = pageAfter(sample, state.answers, next.key);
    }
    expect(step(sample, state, { kind: 'submit' }, context).event).toEqual({
      kind: 'submit',
      answers: { ...good, remark: null, honest: true },
    });
  });
});
