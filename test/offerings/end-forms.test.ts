import { describe, expect, it } from 'vitest';
import { questionsOf, visible } from '../../src/forms/form.ts';
import type { Answers } from '../../src/forms/question.ts';
import { isExitTalkDone } from '../../src/offerings/exit-talk.ts';
import { HAND_OVER, handOverProblems } from '../../src/offerings/hand-over.ts';
import { OUTCOME_REVIEW, outcomeCounts } from '../../src/offerings/outcome-review.ts';
import { isPrepared, PREPARATION, preparationLeft } from '../../src/offerings/preparation.ts';

describe("the Business Owner's preparation list", () => {
  const keys = [
    'organization',
    'data_guardian',
    'cra',
    'existing_isso',
    'developers',
    'security_staff',
    'business',
    'security',
  ];
  const all = (answer: string): Answers => Object.fromEntries(keys.map((key) => [key, answer]));

  it('has a line for everybody the programme page names, each with yes, no and not yet', () => {
    const lines = questionsOf(PREPARATION).filter(({ kind }) => kind === 'choice');
    expect(lines.map(({ key }) => key)).toEqual(keys);
    for (const line of lines) {
      const ids = 'options' in line ? line.options.map(({ id }) => id) : [];
      expect(ids.slice(0, 3)).toEqual(['yes', 'not_yet', 'no']);
      expect(ids.includes('nobody')).toBe(
        ['existing_isso', 'developers', 'security_staff'].includes(line.key),
      );
    }
  });

  it('is done when every line is a yes or has nobody to tell', () => {
    expect(isPrepared({})).toBe(false);
    expect(isPrepared(all('yes'))).toBe(true);
    expect(isPrepared({ ...all('yes'), existing_isso: 'nobody' })).toBe(true);
    for (const key of keys)
      for (const answer of ['no', 'not_yet', null])
        expect(isPrepared({ ...all('yes'), [key]: answer }), key).toBe(false);
  });

  it('names what is left, and where help is wanted', () => {
    expect(preparationLeft({ ...all('yes'), cra: 'not_yet', data_guardian: 'no' })).toEqual({
      open: ['Data Guardian', 'Cyber Risk Advisor'],
      helpWanted: ['Data Guardian'],
    });
  });
});

describe('the hand-over', () => {
  const keysOf = (answers: Answers) => visible(HAND_OVER, answers).map(({ key }) => key);

  it('has every line of the reference', () => {
    const keys = questionsOf(HAND_OVER).map(({ key }) => key);
    for (const key of [
      'poam_open',
      'due_dates',
      'cfacts_tasks',
      'document_locations',
      'contacts',
      'successor_kind',
      'successor',
      'exit_talk_on',
      'exit_talk_nondisclosure',
    ])
      expect(keys).toContain(key);
  });

  it('asks for due dates when POA&Ms are open, and for a name when somebody takes over', () => {
    expect(keysOf({ poam_open: 0 })).not.toContain('due_dates');
    expect(keysOf({ poam_open: 1 })).toContain('due_dates');
    expect(keysOf({})).not.toContain('successor');
    expect(keysOf({ successor_kind: 'nobody_needed' })).not.toContain('successor');
    expect(keysOf({ successor_kind: 'cms_isso' })).toContain('successor');
  });

  it('does not leave open POA&Ms to nobody', () => {
    const problem = handOverProblems({ successor_kind: 'nobody_needed', poam_open: 1 });
    expect(problem.map(({ key }) => key)).toEqual(['successor_kind']);
    expect(handOverProblems({ successor_kind: 'nobody_needed', poam_open: 0 })).toEqual([]);
    expect(handOverProblems({ successor_kind: 'cms_isso', poam_open: 9 })).toEqual([]);
  });

  it('has an exit talk that includes the duties of non-disclosure', () => {
    const held = { exit_talk_on: '2027-05-31' };
    expect(keysOf({})).not.toContain('exit_talk_nondisclosure');
    expect(keysOf(held)).toContain('exit_talk_nondisclosure');
    expect(isExitTalkDone({})).toBe(false);
    expect(isExitTalkDone({ ...held, exit_talk_nondisclosure: false })).toBe(false);
    expect(isExitTalkDone({ ...held, exit_talk_nondisclosure: true })).toBe(true);
    expect(handOverProblems({ ...held, exit_talk_nondisclosure: false })[0]?.text).toMatch(
      /^Non-disclosure explained: .*Please/u,
    );
    expect(handOverProblems({ ...held, exit_talk_nondisclosure: true })).toEqual([]);
  });
});

describe('the outcome review', () => {
  it('has the seven outcomes as yes, partly or no, and lessons', () => {
    const questions = questionsOf(OUTCOME_REVIEW);
    expect(questions.map(({ key }) => key)).toEqual([
      'risks_understood',
      'controls_in_place',
      'training_coordinated',
      'compliance_kept',
      'management_advised',
      'incidents_coordinated',
      'practices_current',
      'lessons',
    ]);
    for (const question of questions.slice(0, 7)) {
      expect(question.required).toBe(true);
      expect('options' in question && question.options.map(({ id }) => id)).toEqual(['yes', 'partly', 'no']);
    }
  });

  it('counts them', () => {
    expect(outcomeCounts({})).toEqual({ yes: 0, partly: 0, no: 0 });
    expect(
      outcomeCounts({
        risks_understood: 'yes',
        compliance_kept: 'no',
        management_advised: 'yes',
        lessons: 'yes',
      }),
    ).toEqual({ yes: 2, partly: 0, no: 1 });
  });
});
