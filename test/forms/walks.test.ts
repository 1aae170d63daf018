import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { begin, fill, step } from '../../src/forms/conversation.ts';
import { type ConversationState, parseState, progress, rows } from '../../src/forms/conversation-state.ts';
import {
  applies,
  type Form,
  missing,
  questionBy,
  questionsOf,
  settle,
  visible,
} from '../../src/forms/form.ts';
import type { Move, Step } from '../../src/forms/form-event.ts';
import { pages, readPage } from '../../src/forms/pages.ts';
import type { Answers } from '../../src/forms/question.ts';
import { workflowsOf } from '../../src/offerings/catalogue.ts';
import { CATALOGUE } from '../../src/offerings/index.ts';
import { quickest } from './quickest.ts';
import { context, good, sample, validRaw } from './sample.ts';

const forms = [sample, ...workflowsOf(CATALOGUE).map((each) => each.form)];

/** What a person may do next; `good` becomes a fitting answer to the question that is open then. */
type Intent =
  | { readonly kind: 'good'; readonly pick: number }
  | { readonly kind: 'fill'; readonly pick: number }
  | Move;
const pick = fc.nat({ max: 1_000_000 });
const intent: fc.Arbitrary<Intent> = fc.oneof(
  { weight: 8, arbitrary: pick.map((each) => ({ kind: 'good' as const, pick: each })) },
  { weight: 1, arbitrary: pick.map((each) => ({ kind: 'fill' as const, pick: each })) },
  { weight: 2, arbitrary: fc.nat({ max: 16 }).map((row) => ({ kind: 'change' as const, row })) },
  {
    weight: 3,
    arbitrary: fc.constantFrom('back', 'why', 'skip', 'review', 'submit', 'confirm').map(
      (kind): Move => ({
        kind: kind as 'back',
      }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.string({ unit: 'binary', maxLength: 40 }).map((raw): Move => ({ kind: 'answer', raw })),
  },
);

const fitting = (form: Form, key: string, seed: number) => {
  const question = questionBy(form, key);
  return question ? (fc.sample(validRaw(question), { seed, numRuns: 1 })[0] ?? 'yes') : 'yes';
};

function perform(form: Form, state: ConversationState, { ...what }: Intent): Step {
  if (what.kind === 'good')
    return step(form, state, { kind: 'answer', raw: fitting(form, state.at, what.pick) }, context);
  if (what.kind !== 'fill') return step(form, state, what, context);
  const all = pages(form, state.answers);
  const page = all[what.pick % all.length];
  if (!page) throw new Error('A form has a page.');
  const values = Object.fromEntries(page.questions.map(({ key }) => [key, fitting(form, key, what.pick)]));
  const read = readPage(page, values, state.answers, context);
  return fill(form, state, read.ok ? read.value : read.refusal.kept, context);
}

/** A walk of moves from the start; `seen` looks at each step. */
const walk = (
  seen: (form: Form, before: ConversationState, made: Step, what: Intent) => void,
  numRuns = 150,
) =>
  fc.assert(
    fc.property(fc.constantFrom(...forms), fc.array(intent, { maxLength: 40 }), (form, all) => {
      let now = begin(form, {}, context);
      for (const what of all) {
        const made = perform(form, now.state, what);
        seen(form, now.state, made, what);
        now = made;
      }
    }),
    { numRuns },
  );

const content = (form: Form, answers: Answers) =>
  Object.fromEntries(
    Object.entries(answers).filter(([key]) => questionBy(form, key)?.kind !== 'attestation'),
  );

describe('on any walk through any form', () => {
  it('no question whose condition is false is ever asked, and no attestation in turn', () => {
    walk((form, _, { state, event }) => {
      if (!('question' in event) || !event.question) return;
      expect(applies(event.question, state.answers)).toBe(true);
      expect(visible(form, state.answers)).toContain(event.question);
      expect(event.question.kind).not.toBe('attestation');
    });
  });

  it('the state survives a JSON round trip after every step', () => {
    walk((form, _, { state }) => {
      expect(parseState(form, JSON.parse(JSON.stringify(state)))).toEqual({ state, dropped: [] });
    });
  });

  it('answers are always settled, and what went away is exactly what was said', () => {
    walk((form, before, { state, dropped }) => {
      expect(settle(form, state.answers, context).dropped).toEqual([]);
      const gone = Object.keys(content(form, before.answers)).filter((key) => !(key in state.answers));
      expect(dropped.map((each) => each.key).filter((key) => key in before.answers)).toEqual(gone);
    });
  });

  it('back, change, why, review, submit and skip lose no answer', () => {
    walk((form, before, { state }, what) => {
      if (!['back', 'change', 'why', 'review', 'submit', 'skip'].includes(what.kind)) return;
      const kept = content(form, before.answers);
      expect(content(form, state.answers)).toMatchObject(kept);
      if (what.kind !== 'skip') expect(content(form, state.answers)).toEqual(kept);
    });
  });

  it('an answer changes its own question and nothing else but what it drops', () => {
    walk((form, before, { state, dropped }, what) => {
      if (what.kind !== 'good') return;
      const changed = questionsOf(form)
        .filter(
          ({ key, kind }) =>
            kind !== 'attestation' &&
            JSON.stringify(before.answers[key]) !== JSON.stringify(state.answers[key]),
        )
        .map(({ key }) => key)
        .filter((key) => !dropped.some((each) => each.key === key));
      expect(changed.filter((key) => key !== before.at)).toEqual([]);
    });
  });

  it('it is answerable to the end: good answers lead to the review, the confirmation and a valid form', () => {
    fc.assert(
      fc.property(fc.constantFrom(...forms), fc.array(intent, { maxLength: 25 }), pick, (form, all, seed) => {
        let state = all.reduce((now, what) => perform(form, now, what).state, begin(form, {}, context).state);
        for (let left = 60; left > 0 && state.at !== 'review' && state.at !== 'confirm'; left -= 1) {
          state = perform(form, state, { kind: 'good', pick: seed + left }).state;
        }
        state = step(form, state, { kind: 'submit' }, context).state;
        const { event } = step(form, state, { kind: 'confirm' }, context);
        if (event.kind !== 'submit') throw new Error(`stuck at ${state.at}: ${event.kind}`);
        expect(missing(form, event.answers)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('progress and rows count as people do', () => {
    walk((form, _, { state }) => {
      const { number, of } = progress(form, state);
      expect(number).toBeGreaterThanOrEqual(0);
      expect(number).toBeLessThanOrEqual(of);
      expect(rows(form, state.answers, context).map((row) => row.n)).toEqual(
        rows(form, state.answers, context).map((_, index) => index + 1),
      );
    });
  });

  it('changing an answer drops exactly its stale dependants and says so', () => {
    const cases: [string, string, string[]][] = [
      ['kind', 'ongoing', ['months']],
      ['kind', 'for a set time', []],
      ['audited', 'no', ['auditors', 'audit_on']],
      ['auditors', '2', ['audit_on']],
      ['auditors', '1 and 2', []],
      ['name', 'Other name', []],
    ];
    for (const [words, raw, gone] of cases) {
      const opened = begin(sample, good, context).state;
      const asked = step(sample, opened, { kind: 'change', words, typed: words }, context);
      const done = step(sample, asked.state, { kind: 'answer', raw }, context);
      expect(done.dropped.map((each) => each.key)).toEqual(gone);
      expect(done.event.kind).toBe('review');
    }
  });

  it('hostile text never throws, at any place, and costs no time', () => {
    const hostile = [
      '\u0000',
      '\u202eevil',
      'a'.repeat(50_000),
      '1,'.repeat(25_000),
      '__proto__',
      '\ud800',
      '<script>',
    ];
    for (const form of forms) {
      for (const { key } of questionsOf(form).filter((each) => each.kind !== 'attestation')) {
        for (const raw of hostile) {
          const state = { ...begin(form, {}, context).state, at: key };
          const answer = () => step(form, state, { kind: 'answer', raw }, context);
          expect(['asked', 'refused', 'review']).toContain(answer().event.kind);
          expect(quickest(answer)).toBeLessThan(200);
        }
      }
    }
  });
});
