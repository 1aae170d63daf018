import { describe, expect, it } from 'vitest';
import type { RawValue } from '../../src/domain/field.ts';
import { readCommand } from '../../src/forms/command.ts';
import { begin, fill, here, step } from '../../src/forms/conversation.ts';
import { type ConversationState, parseState, progress, rows } from '../../src/forms/conversation-state.ts';
import type { Move, Step } from '../../src/forms/form-event.ts';
import type { Answers, FormContext } from '../../src/forms/question.ts';
import { context, good, sample } from './sample.ts';

function move(typed: RawValue): Move {
  const command = typeof typed === 'string' ? readCommand(typed) : null;
  switch (command?.kind) {
    case 'back':
    case 'why':
    case 'skip':
    case 'change':
    case 'review':
    case 'submit':
    case 'confirm':
      return command;
    default:
      return { kind: 'answer', raw: typed };
  }
}
/** Says it all, one after the other. */
function say(state: ConversationState, ...all: RawValue[]): Step {
  return all.reduce<Step>((last, typed) => step(sample, last.state, move(typed), context), {
    state,
    event: here(sample, state, context),
    dropped: [],
    warnings: [],
  });
}
const start = (prefilled: Answers = {}, at: FormContext = context) => begin(sample, prefilled, at);
const finished = () => start(good).state;

describe('a conversation', () => {
  it('asks the first question that has no answer, and not the ones we answered ourselves', () => {
    const opened = start({ owner: 'bo' });
    expect(opened.event).toMatchObject({ kind: 'asked', question: { key: 'name' }, current: null });
    expect(progress(sample, opened.state)).toEqual({ number: 1, of: 6 });
    expect(say(opened.state, 'back').event).toMatchObject({ kind: 'at-start', question: { key: 'name' } });
    expect(start().event).toMatchObject({ kind: 'asked', question: { key: 'owner' } });
  });

  it('takes answers until the review, the confirmation and the sending', () => {
    const asked: string[] = [];
    let now = start();
    const answers = [
      'jordan lee',
      'Claims Viewer',
      '1',
      '6 months',
      'no',
      good.need as string,
      'skip',
      'Oct 1',
    ];
    for (const typed of answers) {
      asked.push(now.state.at);
      now = say(now.state, typed);
    }
    expect(asked).toEqual(['owner', 'name', 'kind', 'months', 'audited', 'need', 'nickname', 'start']);
    expect(now.event).toMatchObject({ kind: 'review', open: null });
    now = say(now.state, 'submit');
    expect(now.event).toMatchObject({ kind: 'confirm', statements: [{ key: 'honest' }] });
    now = say(now.state, 'I confirm');
    expect(now.event).toMatchObject({
      kind: 'submit',
      answers: { honest: true, nickname: null, start: '2026-10-01' },
    });
  });

  it('offers a person after the third refused answer, and starts counting again after a good one', () => {
    const opened = start({ owner: 'bo' }).state;
    expect(say(opened, 'x', 'x').event).toMatchObject({ kind: 'refused', failures: 2, offerPerson: false });
    const third = say(opened, 'x', 'why', 'x', 'x');
    expect(third.event).toMatchObject({ kind: 'refused', failures: 3, offerPerson: true });
    expect(say(third.state, 'Claims Viewer').state.failures).toBe(0);
  });

  it('explains and stays at the same question', () => {
    const opened = start({ owner: 'bo' }).state;
    expect(say(opened, 'why do you ask?')).toMatchObject({
      event: { kind: 'explained', why: 'Because.' },
      state: opened,
    });
  });

  it('goes back one question at a time, keeps its answer on "skip" and returns to the open one', () => {
    const opened = say(start({ owner: 'bo' }).state, 'Claims Viewer', 'ongoing').state;
    const back = say(opened, 'back', 'back');
    expect(back.event).toMatchObject({ kind: 'asked', question: { key: 'name' }, current: 'Claims Viewer' });
    expect(say(back.state, 'skip').state).toEqual(opened);
    expect(say(back.state, 'Other Name').state).toEqual({
      ...opened,
      answers: { ...opened.answers, name: 'Other Name' },
    });
    expect(say(back.state, 'back').event.kind).toBe('at-start');
  });

  it('refuses to skip a required question', () => {
    expect(say(start().state, 'skip').event).toMatchObject({
      kind: 'not-optional',
      question: { key: 'owner' },
    });
  });

  it('changes a row by number or words, asks only that again and returns to the review', () => {
    const n = rows(sample, good, context).find((row) => row.key === 'months')?.n;
    for (const typed of [`change ${n}`, 'change duration', 'edit the DURATION', 'change months']) {
      const asked = say(finished(), typed);
      expect(asked.event).toMatchObject({ kind: 'asked', question: { key: 'months' }, current: '6 months' });
      expect(asked.state.changing).toBe('months');
      const done = say(asked.state, 'nine');
      expect(done.event.kind).toBe('review');
      expect(done.state).toEqual({ ...finished(), answers: { ...good, months: 9 } });
    }
  });

  it('returns to the open question after a change in the middle', () => {
    const opened = say(start({ owner: 'bo' }).state, 'Claims Viewer', 'ongoing').state;
    expect(say(opened, 'change 2', 'New Name').event).toMatchObject({
      kind: 'asked',
      question: { key: 'audited' },
    });
    expect(say(opened, 'change 2', 'back').state).toEqual(opened);
  });

  it('asks newly needed questions after a change, and drops what no longer applies and says so', () => {
    const ongoing = say(finished(), 'change kind', 'ongoing');
    expect(ongoing.dropped.map((each) => each.key)).toEqual(['months']);
    expect(ongoing.event.kind).toBe('review');
    const again = say(ongoing.state, 'change kind', 'time');
    expect(again.event).toMatchObject({ kind: 'asked', question: { key: 'months' } });
    const needed = say(ongoing.state, 'change kind', 'for a set time');
    expect(needed.event).toMatchObject({ kind: 'asked', question: { key: 'months' }, current: null });
    expect(say(needed.state, '3').event.kind).toBe('review');
  });

  it('fills in an extra from the review', () => {
    expect(rows(sample, good, context).at(-1)).toMatchObject({ key: 'remark', shown: null, required: false });
    const done = say(finished(), 'change remark', 'Call us first');
    expect(done.state.answers.remark).toBe('Call us first');
    expect(say(done.state, 'change remark', 'none').state.answers.remark).toBe(null);
  });

  it('says which rows there are when a change names none, and which fit when it names several', () => {
    const all = rows(sample, good, context);
    for (const typed of ['change 99', 'change 0', 'change bananas']) {
      const said = say(finished(), typed);
      expect(said.event).toEqual({ kind: 'no-such-row', rows: all, several: false });
      expect(said.state).toEqual(finished());
    }
    expect(say(finished(), 'change audit').event).toMatchObject({
      several: true,
      rows: [{ key: 'audited' }, { key: 'auditors' }, { key: 'audit_on' }],
    });
  });

  it('takes "change …" as the answer to a text question when it names no row', () => {
    const opened = start({ owner: 'bo' }).state;
    expect(say(opened, 'Change Control Board').state.answers.name).toBe('Change Control Board');
  });

  it('shows the review in the middle without losing the place', () => {
    const opened = start({ owner: 'bo' }).state;
    const shown = say(opened, 'review');
    expect(shown).toMatchObject({ event: { kind: 'review', open: { key: 'name' } }, state: opened });
  });

  it('asks what is missing when sent too early', () => {
    const said = say(start({ owner: 'bo' }).state, 'submit');
    expect(said.event).toMatchObject({ kind: 'incomplete', question: { key: 'name' } });
  });

  it('never sends without the confirmation of what is being sent', () => {
    const confirm = say(finished(), 'submit').state;
    expect(say(finished(), 'I confirm').event.kind).toBe('confirm');
    expect(say(confirm, 'no').event.kind).toBe('review');
    expect(say(confirm, 'perhaps').event).toMatchObject({ kind: 'refused', question: null });
    const confirmed = fill(sample, finished(), { honest: true }, context);
    expect(say(confirmed.state, 'submit').event.kind).toBe('submit');
    expect(say(confirmed.state, 'change name', 'Other Name', 'submit').event.kind).toBe('confirm');
  });

  it('warns about an accepted answer without refusing it', () => {
    const soon = say(finished(), 'change wanted start', 'next monday');
    expect(soon.warnings).toEqual(['That is soon.']);
    expect(soon.state.answers.start).toBe('2026-06-15');
  });

  it('asks again for a date that passed while the form was paused, and does not send', () => {
    const said = step(sample, finished(), { kind: 'submit' }, { ...context, today: '2026-10-02' });
    expect(said.event).toMatchObject({ kind: 'asked', question: { key: 'start' } });
    expect(said.dropped).toEqual([{ key: 'start', label: 'Wanted start', because: 'no-longer-valid' }]);
  });

  it('says so when an answer elsewhere stopped being valid, and still takes the move', () => {
    const { need: _, ...some } = good;
    const opened = start(some).state;
    const said = step(sample, opened, { kind: 'back' }, { ...context, today: '2026-10-02' });
    expect(said.event).toMatchObject({ kind: 'at-start' });
    expect(said.dropped.map((each) => each.key)).toEqual(['start']);
  });

  it('a page that changes an answer takes an earlier confirmation away, and one that changes nothing does not', () => {
    const confirmed = fill(sample, finished(), { honest: true }, context).state;
    expect(fill(sample, confirmed, { name: 'Claims Viewer' }, context).state.answers.honest).toBe(true);
    expect(fill(sample, confirmed, { name: 'Other Name' }, context).state.answers.honest).toBe(undefined);
    const soon = fill(sample, confirmed, { start: '2026-06-15', honest: true }, context);
    expect(soon.state.answers.honest).toBe(true);
    expect(soon.warnings).toEqual(['That is soon.']);
  });

  it('starts afresh from a state of another version or shape', () => {
    for (const stored of [null, {}, { ...finished(), v: 2 }, { ...finished(), failures: -1 }, 'x']) {
      expect(parseState(sample, stored)).toBe(null);
    }
    expect(parseState(sample, { ...finished(), at: 'gone' })?.state.at).toBe('review');
  });
});
