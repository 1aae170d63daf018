import { describe, expect, it } from 'vitest';
import { questionBy, questionsOf, visible } from '../../src/forms/form.ts';
import type { Answers, FormContext } from '../../src/forms/question.ts';
import { readAnswer } from '../../src/forms/read-answer.ts';
import {
  assessContext,
  CONTEXT_ASSESSMENT,
  contextFacts,
  contextProblems,
  hvaCategoriesIn,
  isHvaIn,
  SENSITIVE_QUESTIONS,
  withSuggestedComplexity,
} from '../../src/offerings/context-assessment.ts';
import { CONTEXT_WEIGHTS } from '../../src/offerings/context-weights.ts';

const TODAY = '2026-12-01';
const context: FormContext = { today: TODAY, timeZone: 'America/New_York', people: [], sensitive: () => [] };
const visibleKeys = (answers: Answers) => visible(CONTEXT_ASSESSMENT, answers).map(({ key }) => key);
const read = (key: string, raw: string) => {
  const question = questionBy(CONTEXT_ASSESSMENT, key);
  if (!question) throw new Error(`no question ${key}`);
  const answer = readAnswer(question, raw, context);
  return answer.ok ? answer.value : answer.refusal.text;
};

/** A claims system, as ISPG and the contractor might fill it in. */
const CLAIMS: Answers = {
  fips199_c: 'moderate',
  fips199_i: 'moderate',
  fips199_a: 'low',
  mef: 'yes',
  hva: 'no',
  data_kinds: ['pii', 'phi'],
  pii_login_only: false,
  record_count_band: 'to_1m',
  public_access: 'yes',
  tlc_phase: 'operate',
  hosting: 'cms_aws',
  delivery_model: 'monthly',
  interconnections: 'few',
  privileged_users: 12,
  complexity: 'medium',
};
const REQUEST: Answers = {
  authorization_type: 'ato',
  ato_expiry: '2027-02-01',
  poam_open: 24,
  poam_overdue: 2,
  poam_overdue_worst: 'moderate_or_low',
};

/** Group C of domain reference 3.2, but for the overall level, which is worked out. */
const REFERENCE: readonly (readonly [string, string, boolean, number?])[] = [
  ['fips199_c', 'choice', true, 4],
  ['fips199_i', 'choice', true, 4],
  ['fips199_a', 'choice', true, 4],
  ['hva', 'choice', true, 3],
  ['hva_category', 'choices', false, 3],
  ['mef', 'choice', true, 3],
  ['data_kinds', 'choices', true, 6],
  ['pii_login_only', 'yes-no', false],
  ['record_count_band', 'choice', false, 5],
  ['public_access', 'choice', true, 3],
  ['tlc_phase', 'choice', true, 4],
  ['hosting', 'choice', true, 9],
  ['delivery_model', 'choice', false, 5],
  ['interconnections', 'choice', false, 4],
  ['privileged_users', 'number', false],
  ['complexity', 'choice', true, 3],
];
const ADDED = ['unknown_reason', 'tier_override', 'tier_override_reason'];

describe('the context assessment', () => {
  it('has every field of the reference with its choices, and the reasons beside', () => {
    const declared = questionsOf(CONTEXT_ASSESSMENT).map((question) => [
      question.key,
      question.kind,
      question.required,
      ...('options' in question ? [question.options.length] : []),
    ]);
    const byKey = (a: readonly unknown[], b: readonly unknown[]) => (String(a[0]) < String(b[0]) ? -1 : 1);
    expect(declared.filter(([key]) => !ADDED.includes(String(key))).sort(byKey)).toEqual(
      [...REFERENCE].sort(byKey),
    );
    expect(declared).toHaveLength(REFERENCE.length + ADDED.length);
  });

  it.each([
    ['mef', 'dont_know'],
    ['hva', 'dont_know'],
    ['data_kinds', ['pii', 'dont_know']],
    ['record_count_band', 'unknown'],
    ['public_access', 'unknown'],
  ])('takes "I don\'t know" for %s only with a reason', (key, value) => {
    expect(visibleKeys(CLAIMS)).not.toContain('unknown_reason');
    expect(visibleKeys({ ...CLAIMS, [key]: value })).toContain('unknown_reason');
    expect(questionBy(CONTEXT_ASSESSMENT, 'unknown_reason')?.required).toBe(true);
  });

  it('reads "I don\'t know" as people type it', () => {
    for (const typed of ["I don't know", "don't know", 'I don’t know.'])
      expect(read('hva', typed)).toBe('dont_know');
    expect(read('public_access', "don't know")).toBe('unknown');
    expect(read('data_kinds', "PII, I don't know")).toEqual(['pii', 'dont_know']);
  });

  it('takes "none" of the data alone', () => {
    expect(read('data_kinds', 'none')).toEqual(['none']);
    expect(read('data_kinds', '1 and 2')).toEqual(['pii', 'phi']);
    expect(read('data_kinds', '1 and 5')).toMatch(
      /^Sensitive data: "None" can't stand beside another choice/u,
    );
  });

  it('asks for the kind of High Value Asset only for one, and for logins only with personal data', () => {
    expect(visibleKeys({ ...CLAIMS, hva: 'yes' })).toContain('hva_category');
    expect(visibleKeys({ ...CLAIMS, hva: 'dont_know' })).not.toContain('hva_category');
    expect(visibleKeys(CLAIMS)).toContain('pii_login_only');
    expect(visibleKeys({ ...CLAIMS, data_kinds: ['phi'] })).not.toContain('pii_login_only');
  });

  it('asks for the reason of another tier', () => {
    expect(visibleKeys(CLAIMS)).not.toContain('tier_override_reason');
    expect(visibleKeys({ ...CLAIMS, tier_override: 'complex' })).toContain('tier_override_reason');
  });

  it('marks the kind of High Value Asset as sensitive, and shows it only for one', () => {
    expect(SENSITIVE_QUESTIONS).toEqual(['hva_category']);
    const chosen = { hva_category: ['mission_essential', 'informational_value'] };
    expect(hvaCategoriesIn({ hva: 'yes', ...chosen })).toEqual(['informational_value', 'mission_essential']);
    expect(hvaCategoriesIn({ hva: 'no', ...chosen })).toEqual([]);
    expect(['yes', 'no', 'dont_know', null].map((hva) => isHvaIn({ hva }))).toEqual([
      true,
      false,
      null,
      null,
    ]);
  });
});

describe('the suggested complexity', () => {
  const suggestedFor = (answers: Answers) => withSuggestedComplexity(answers).complexity;
  it('is filled in once the hosting is known, and leaves what people said', () => {
    expect(suggestedFor({})).toBe(undefined);
    expect(suggestedFor({ hosting: 'cms_aws' })).toBe('low');
    expect(suggestedFor({ hosting: 'cms_aws', delivery_model: 'monthly' })).toBe('medium');
    expect(suggestedFor({ hosting: 'hybrid' })).toBe('high');
    expect(suggestedFor({ hosting: 'cms_aws', interconnections: 'many' })).toBe('high');
    expect(suggestedFor({ hosting: 'hybrid', complexity: 'low' })).toBe('low');
  });
});

describe('the score of both forms', () => {
  it('of the claims system, line by line', () => {
    const { score, tier } = assessContext(CLAIMS, REQUEST, TODAY);
    // monthly releases, PHI, MEF, no HVA, 62 days left, 24 open
    expect(score.lines.map(({ points }) => points)).toEqual([2, 3, 3, 0, 2, 2]);
    expect(score).toMatchObject({ sum: 12, overallFips: 'moderate', tierBySum: 'complex', floors: [] });
    expect(tier).toEqual({ tier: 'complex', override: null });
  });

  it('of nothing answered counts what nobody knows', () => {
    const { score } = assessContext({}, {}, TODAY);
    expect(score.lines.map(({ points }) => points)).toEqual([0, 2, 2, 2, 2, 0]);
    expect(contextFacts({}, {})).toMatchObject({
      fips: {
        confidentiality: 'not_categorized',
        integrity: 'not_categorized',
        availability: 'not_categorized',
      },
      dataKinds: ['dont_know'],
      confirmedComplexity: null,
    });
  });

  it('follows an override with a reason, and none that the floor forbids', () => {
    const lower = { tier_override: 'standard', tier_override_reason: 'Half of it is retired in May.' };
    expect(assessContext({ ...CLAIMS, ...lower }, REQUEST, TODAY).tier).toEqual({
      tier: 'standard',
      override: { reason: 'Half of it is retired in May.' },
    });
    expect(contextProblems({ ...CLAIMS, ...lower })).toEqual([]);
    for (const floor of [{ hva: 'yes' }, { fips199_i: 'high' }]) {
      const held = { ...CLAIMS, ...floor, ...lower };
      expect(contextProblems(held).map(({ key }) => key)).toEqual(['tier_override']);
      expect(contextProblems(held)[0]?.text).toMatch(
        /^Another tier: .* Please choose "Complex", or leave it out\.$/u,
      );
      expect(assessContext(held, REQUEST, TODAY).tier).toEqual({ tier: 'complex', override: null });
    }
  });

  it('changes with the weights, which are data', () => {
    const weights = { ...CONTEXT_WEIGHTS, missionEssential: { no: 0, dont_know: 0, yes: 0 } } as const;
    expect(assessContext(CLAIMS, REQUEST, TODAY, weights)).toMatchObject({
      score: { sum: 9 },
      tier: { tier: 'standard' },
    });
  });

  it('has weights whose ranges and tiers leave no gap', () => {
    const { complexity, tiers } = CONTEXT_WEIGHTS;
    expect([complexity.low.from, complexity.medium.from, complexity.high.from]).toEqual([
      0,
      complexity.low.to + 1,
      complexity.medium.to + 1,
    ]);
    expect(complexity.high.to).toBe(3);
    expect(tiers.map(({ from }) => from)).toEqual([12, 6, 0]);
  });
});
