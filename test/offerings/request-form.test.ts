import { describe, expect, it } from 'vitest';
import { questionBy, questionsOf, settle, visible } from '../../src/forms/form.ts';
import type { Answers, FormContext } from '../../src/forms/question.ts';
import { readAnswer } from '../../src/forms/read-answer.ts';
import { besideFields } from '../../src/offerings/answered.ts';
import { CONTEXT_ASSESSMENT, SENSITIVE_QUESTIONS } from '../../src/offerings/context-assessment.ts';
import { ISSO_AS_A_SERVICE } from '../../src/offerings/isso-as-a-service.ts';
import {
  hoursPerWeek,
  prefillRequestForm,
  REQUEST_FORM,
  requestFormProblems,
  requestFormWarnings,
} from '../../src/offerings/request-form.ts';
import { authorizationIn, poamsIn } from '../../src/offerings/request-form-authorization.ts';
import { accessNeeded } from '../../src/offerings/request-form-engagement.ts';
import { fiscalYearOf, MONEY_QUESTIONS } from '../../src/offerings/request-form-money.ts';

const context: FormContext = {
  today: '2026-12-01',
  timeZone: 'America/New_York',
  people: [{ id: 'bo', name: 'Bo Owner', email: null }],
  sensitive: () => [],
};
const ask = (key: string) => {
  const question = questionBy(REQUEST_FORM, key);
  if (!question) throw new Error(`no question ${key}`);
  return question;
};
const read = (key: string, raw: string) => readAnswer(ask(key), raw, context);
const textOf = (key: string, raw: string) => {
  const answer = read(key, raw);
  return answer.ok ? 'taken' : answer.refusal.text;
};

/** Groups A, B and D to G of domain reference 3.2: key of the reference, kind, required when it applies, keys here if they differ. */
const REFERENCE: readonly (readonly [string, string, boolean, (readonly string[])?])[] = [
  ['business_owner', 'person', true],
  ['component', 'choice', true],
  ['cra', 'person', false],
  ['other_contacts', 'long-text', false],
  ['system_name', 'text', true],
  ['system_acronym', 'text', false],
  ['cfacts_uid', 'text', false],
  ['system_count', 'number', true],
  ['reason', 'choices', true],
  ['current_isso_state', 'choice', true],
  ['tasks', 'choices', true],
  ['need_summary', 'long-text', true],
  ['urgency', 'choice', true],
  ['drivers', 'choices', false],
  ['drivers_on', 'date', false],
  ['authorization_type', 'choice', true],
  ['ato_expiry', 'date', true],
  ['poam_open', 'number', true],
  ['poam_by_severity', 'number', false, ['poam_critical', 'poam_high', 'poam_moderate', 'poam_low']],
  ['poam_overdue', 'number', false],
  ['next_assessment', 'date', true],
  ['next_assessment_kind', 'choice', false],
  ['cp_last_test', 'date', false],
  ['pia_date', 'date', false],
  ['cdm_onboarded', 'choice', false],
  ['level_of_effort', 'choice', true],
  ['hours_per_week', 'number', false],
  ['engagement_kind', 'choice', true],
  ['start_wanted', 'date', true],
  ['duration_months', 'number', true],
  ['work_location', 'choice', true],
  ['work_site', 'text', true],
  ['hours_overlap', 'text', false],
  ['equipment', 'choices', true],
  ['extra_access', 'long-text', false],
  ['funding_state', 'choice', true],
  ['funding_source', 'choices', false],
  ['funding_number', 'text', false],
  ['funding_fy', 'choice', false],
  ['cost_estimate', 'number', false],
  ['task_order', 'text', false],
  ['attest_no_sensitive', 'attestation', true],
  ['attest_authority', 'attestation', true],
];

describe('the Request Form', () => {
  it('has every field of the reference, of its kind, and one more: the highest level that is overdue', () => {
    const listed = REFERENCE.flatMap(([key, kind, required, keys = [key]]) =>
      keys.map((each) => ({ key: each, kind, required })),
    );
    const declared = questionsOf(REQUEST_FORM).map(({ key, kind, required }) => ({ key, kind, required }));
    const byKey = (a: { key: string }, b: { key: string }) => (a.key < b.key ? -1 : 1);
    expect(declared.filter(({ key }) => key !== 'poam_overdue_worst').sort(byKey)).toEqual(
      listed.sort(byKey),
    );
    expect(declared).toHaveLength(listed.length + 1);
  });

  it.each([
    ['funding_source', 20],
    ['tasks', 13],
    ['component', 26],
    ['authorization_type', 7],
    ['level_of_effort', 5],
    ['work_location', 3],
    ['equipment', 4],
    ['funding_state', 4],
    ['next_assessment_kind', 4],
    ['cdm_onboarded', 4],
  ])('%s offers the %d choices of the reference', (key, count) => {
    const question = ask(key);
    expect('options' in question ? question.options.length : 0).toBe(count);
  });

  it('takes a funding number of exactly 6 digits', () => {
    expect(read('funding_number', '012345')).toEqual({ ok: true, value: '012345' });
    for (const raw of ['12345', '1234567', '12345a', '12 345'])
      expect(textOf('funding_number', raw)).toBe(
        'Funding number: please write exactly 6 digits. For example: "123456"',
      );
  });

  it('takes an estimate up to 9,999,999 dollars', () => {
    expect(read('cost_estimate', '9999999 dollars')).toEqual({ ok: true, value: 9_999_999 });
    expect(textOf('cost_estimate', '10000000')).toMatch(/^Estimate: please give a whole number from 0/u);
  });

  it('takes needed hours with a time zone, and says how when one is missing', () => {
    for (const raw of [
      '9:00 to 17:00 Eastern Time',
      '9-5 ET',
      '8:30 AM – 4:30 PM, Central',
      '9 to 5 America/New_York',
    ])
      expect(textOf('hours_overlap', raw)).toBe('taken');
    for (const raw of ['9 to 5', 'mornings', 'Eastern Time'])
      expect(textOf('hours_overlap', raw)).toMatch(
        /^Needed hours: please write from when to when and the time zone/u,
      );
  });

  it('does not take "None" beside equipment', () => {
    expect(read('equipment', 'None')).toEqual({ ok: true, value: ['none'] });
    expect(textOf('equipment', 'phone, none')).toMatch(/^Equipment needed: "None" can't stand beside/u);
  });

  it.each([
    ['none', false],
    ['ato', true],
    ['temporary_ato', true],
    ['ongoing', false],
    ['pilot', false],
    ['expired', false],
    ['dont_know', false],
  ])('with authorization %s, asks for its last day: %s', (type, isAsked) => {
    const keys = visible(REQUEST_FORM, { authorization_type: type }).map(({ key }) => key);
    expect(keys.includes('ato_expiry')).toBe(isAsked);
  });

  it('asks for the site only on site, and for levels of POA&Ms only when some are open', () => {
    const keys = (answers: Answers) => visible(REQUEST_FORM, answers).map(({ key }) => key);
    expect(keys({ work_location: 'on_site' })).toContain('work_site');
    expect(keys({ work_location: 'hybrid' })).not.toContain('work_site');
    expect(keys({ poam_open: 0 })).not.toContain('poam_high');
    expect(keys({ poam_open: 1 })).toContain('poam_high');
    expect(keys({ poam_open: 1, poam_overdue: 1 })).toContain('poam_overdue_worst');
  });
});

describe('filled in from the initial request', () => {
  const initial: Answers = {
    business_owner: 'bo',
    component: 'OIT',
    system_name: 'Provider Portal',
    system_count: 2,
    reason: ['surge'],
    current_isso_state: 'none',
    tasks: ['poam'],
    need_summary: 'Our ISSO leaves in March and the ATO ends in June.',
    urgency: 'routine',
    level_of_effort: 'half',
    engagement_kind: 'defined',
    duration_months: 12,
    start_wanted: '2027-10-01',
    drivers: null,
    attest_no_sensitive: true,
    attest_authority: true,
  };

  it('has every question of the initial request again, and takes all answers but the statements', () => {
    const again = new Set(questionsOf(REQUEST_FORM).map(({ key }) => key));
    for (const { key } of questionsOf(ISSO_AS_A_SERVICE.form)) expect(again, key).toContain(key);
    const { drivers, attest_no_sensitive, attest_authority, ...kept } = initial;
    const prefilled = prefillRequestForm(initial);
    expect(prefilled).toEqual({ ...kept, hours_per_week: 20, funding_fy: 'FY2028' });
    expect(settle(REQUEST_FORM, prefilled, context).dropped).toEqual([]);
  });

  it('gives nothing for nothing, and takes nothing that is no answer of the form', () => {
    expect(prefillRequestForm({})).toEqual({});
    expect(prefillRequestForm({ level_of_effort: 'fixed_task', toString: 'x', other: 'y' })).toEqual({
      level_of_effort: 'fixed_task',
    });
  });

  it('lets go of a wanted start that has passed meanwhile', () => {
    const late = prefillRequestForm({ ...initial, start_wanted: '2026-11-30' });
    expect(settle(REQUEST_FORM, late, context).dropped.map(({ key }) => key)).toEqual(['start_wanted']);
  });

  it('works out hours a week from the level of effort, unless they are given', () => {
    const levels = ['full', 'three_quarters', 'half', 'quarter', 'fixed_task'];
    expect(levels.map((level_of_effort) => hoursPerWeek({ level_of_effort }))).toEqual([
      40,
      30,
      20,
      10,
      null,
    ]);
    expect(hoursPerWeek({ level_of_effort: 'half', hours_per_week: 24 })).toBe(24);
  });

  it('counts a federal year from October 1', () => {
    expect(fiscalYearOf('2026-09-30')).toBe('FY2026');
    expect(fiscalYearOf('2026-10-01')).toBe('FY2027');
    expect(fiscalYearOf('2019-10-01')).toBe(null);
  });

  it('adds CFACTS to the access that is needed, once', () => {
    expect(accessNeeded({})).toEqual(['CFACTS']);
    expect(accessNeeded({ extra_access: 'Splunk\n cfacts \n\nJira\nSplunk' })).toEqual([
      'CFACTS',
      'Splunk',
      'Jira',
    ]);
  });
});

describe('answers that do not go together', () => {
  const keysOf = (answers: Answers) => requestFormProblems(answers).map(({ key }) => key);

  it('levels of POA&Ms that add up to more than the total', () => {
    const open = { poam_open: 10, poam_critical: 1, poam_high: 2, poam_moderate: 3, poam_low: 4 };
    expect(requestFormProblems(open)).toEqual([]);
    expect(requestFormProblems({ ...open, poam_low: 5 })).toEqual([
      {
        key: 'poam_open',
        text: 'Open POA&Ms: the levels add up to 11, which is more than the 10 open. Please give a total of 11 or more, or lower the numbers by level.',
      },
    ]);
    expect(requestFormProblems({ poam_open: 10, poam_high: 2 })).toEqual([]);
    expect(requestFormProblems({ poam_high: 2 })).toEqual([]);
  });

  it('more overdue than open, and an overdue level that nothing open has', () => {
    expect(keysOf({ poam_open: 3, poam_overdue: 3 })).toEqual([]);
    expect(keysOf({ poam_open: 3, poam_overdue: 4 })).toEqual(['poam_overdue']);
    expect(keysOf({ poam_open: 0, poam_overdue: 1 })).toEqual(['poam_overdue']);
    const worst = { poam_open: 3, poam_overdue: 1, poam_overdue_worst: 'critical' };
    expect(keysOf(worst)).toEqual([]);
    expect(keysOf({ ...worst, poam_critical: 1 })).toEqual([]);
    expect(keysOf({ ...worst, poam_critical: 0 })).toEqual(['poam_overdue_worst']);
    expect(keysOf({ ...worst, poam_overdue_worst: 'dont_know', poam_critical: 0 })).toEqual([]);
  });

  it('a funding number that stands as the task order too', () => {
    expect(keysOf({ funding_number: '123456', task_order: '123456' })).toEqual(['task_order']);
    expect(keysOf({ funding_number: '123456', task_order: 'TO-1' })).toEqual([]);
    expect(keysOf({})).toEqual([]);
  });

  it('stand beside their fields, one for each', () => {
    const problems = [
      { key: 'a', text: 'first' },
      { key: 'a', text: 'second' },
      { key: 'b', text: 'third' },
    ];
    expect(besideFields(problems)).toEqual({ a: 'first', b: 'third' });
  });
});

describe('warnings', () => {
  const warns = (answers: Answers) => requestFormWarnings(answers, context);
  it.each([
    ['ato_expiry', '2027-02-28', 'less than 90 days'],
    ['ato_expiry', '2026-11-30', 'counts as expired'],
    ['cp_last_test', '2025-11-30', 'more than 365 days ago'],
    ['pia_date', '2023-11-30', 'more than 3 years old'],
    ['start_wanted', '2027-01-29', 'less than 60 days'],
  ])('%s of %s: %s', (key, value, words) => {
    expect(warns({ [key]: value })).toHaveLength(1);
    expect(warns({ [key]: value })[0]).toContain(words);
  });
  it.each([
    ['ato_expiry', '2027-03-01'],
    ['cp_last_test', '2025-12-01'],
    ['pia_date', '2023-12-01'],
    ['start_wanted', '2027-01-30'],
  ])('none for %s of %s', (key, value) => {
    expect(warns({ [key]: value })).toEqual([]);
  });

  it('says that an assessor must be independent, in the words of a form that comes after the kickoff', () => {
    const [notice] = warns({ tasks: ['poam', 'sca_csrap'] });
    expect(notice).toContain('read the assessment as "arrange it"');
    expect(notice).not.toContain('at the kickoff');
    expect(warns({ tasks: ['contingency', 'sca_csrap'] })).toEqual([]);
  });
});

describe('what not everybody sees', () => {
  it('money: the whole of group F, and not the level of effort', () => {
    expect(MONEY_QUESTIONS).toEqual([
      'funding_state',
      'funding_source',
      'funding_number',
      'funding_fy',
      'cost_estimate',
      'task_order',
    ]);
    for (const key of MONEY_QUESTIONS) expect(questionBy(REQUEST_FORM, key)).toBeDefined();
  });
  it('no other question depends on one that is hidden', () => {
    const hidden = [...MONEY_QUESTIONS, ...SENSITIVE_QUESTIONS];
    for (const form of [REQUEST_FORM, CONTEXT_ASSESSMENT])
      for (const { key, dependsOn } of questionsOf(form))
        if (!hidden.includes(key))
          expect(
            dependsOn.some((each) => hidden.includes(each)),
            key,
          ).toBe(false);
  });
});

describe('what the rules read', () => {
  it('the authorization and the POA&Ms, with nothing known where nothing is said', () => {
    expect(authorizationIn({})).toEqual({ type: 'dont_know', expiresOn: null });
    expect(authorizationIn({ authorization_type: 'ato', ato_expiry: '2027-01-01' })).toEqual({
      type: 'ato',
      expiresOn: '2027-01-01',
    });
    expect(poamsIn({})).toEqual({ open: null, worstOverdue: null });
    expect(poamsIn({ poam_open: 4, poam_overdue: 1, poam_overdue_worst: 'high' })).toEqual({
      open: 4,
      worstOverdue: 'high',
    });
    expect(poamsIn({ poam_open: 4, poam_overdue: 0, poam_overdue_worst: 'high' }).worstOverdue).toBe(null);
  });
});
