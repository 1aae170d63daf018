import { describe, expect, it } from 'vitest';
import { begin, step } from '../../src/forms/conversation.ts';
import { type ConversationState, parseState } from '../../src/forms/conversation-state.ts';
import { keepHalfFilled, readHalfFilled } from '../../src/forms/drafts.ts';
import { type Page, pages } from '../../src/forms/pages.ts';
import type { Answers } from '../../src/forms/question.ts';
import { context, good, sample } from './sample.ts';

const page = (key: string, answers: Answers): Page => {
  const found = pages(sample, answers).find((each) => each.key === key);
  if (!found) throw new Error(key);
  return found;
};
const fresh = (): ConversationState => begin(sample, {}, context).state;
const answered = (): ConversationState => ({ ...fresh(), answers: good, at: 'review' });

describe('a half-filled page', () => {
  it('gives its good answers, and what can’t be taken yet as typed', () => {
    const half = readHalfFilled(page('one-1', {}), { owner: 'bo', name: 'x', kind: null }, {}, context);
    expect(half).toEqual({ kept: { owner: 'bo' }, typed: { name: 'x', kind: null } });
  });

  it('says nothing of a field that it does not name, and confirms nothing', () => {
    const half = readHalfFilled(page('two-1', good), { honest: true, nickname: '' }, {}, context);
    expect(half).toEqual({ kept: {}, typed: { nickname: null } });
  });

  it('takes an optional answer away when its field was emptied, and never a needed one', () => {
    const half = readHalfFilled(page('two-1', good), { nickname: '', need: '' }, good, context);
    expect(half.kept).toEqual({ nickname: null });
  });

  it('never holds what looks sensitive, nor text without end', () => {
    const typed = { name: 'ssn 123-45-6789', kind: 'y'.repeat(10_001) };
    expect(readHalfFilled(page('one-1', {}), typed, {}, context)).toEqual({ kept: {}, typed: {} });
  });
});

describe('drafts', () => {
  it('stay in the state, also through JSON, until their question is answered', () => {
    const half = { kept: { owner: 'bo' }, typed: { name: 'x' } };
    const kept = keepHalfFilled(sample, fresh(), half, context);
    expect(kept).toMatchObject({ answers: { owner: 'bo' }, drafts: { name: 'x' } });
    const read = parseState(sample, JSON.parse(JSON.stringify(kept)))?.state;
    expect(read?.drafts).toEqual({ name: 'x' });
    const at = { ...kept, at: 'name' };
    expect(step(sample, at, { kind: 'answer', raw: 'Claims Viewer' }, context).state.drafts).toEqual({});
  });

  it('go when their field is emptied', () => {
    const kept = keepHalfFilled(sample, fresh(), { kept: {}, typed: { name: 'x' } }, context);
    expect(keepHalfFilled(sample, kept, { kept: {}, typed: { name: null } }, context).drafts).toEqual({});
  });

  it('leave the conversation at the question that was asked last', () => {
    const asked = { ...fresh(), at: 'name' };
    expect(keepHalfFilled(sample, asked, { kept: { name: 'Claims Viewer' }, typed: {} }, context).at).toBe(
      'name',
    );
  });

  it('hold a change that would take other answers away, until it is sent', () => {
    const before = { ...answered(), answers: { ...good, kind: 'defined', months: 6 } };
    const after = keepHalfFilled(sample, before, { kept: { kind: 'continuous' }, typed: {} }, context);
    expect(after.answers).toMatchObject({ kind: 'defined', months: 6 });
    expect(after.drafts).toEqual({ kind: 'continuous' });
  });

  it('are none in a state from before there were any', () => {
    const { drafts: _drafts, ...old } = answered();
    expect(parseState(sample, old)?.state).toEqual(answered());
  });
});
