import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Person } from '../src/domain/person.ts';
import { begin, step } from '../src/forms/conversation.ts';
import { rows } from '../src/forms/conversation-state.ts';
import { questionsOf } from '../src/forms/form.ts';
import type { FormContext } from '../src/forms/question.ts';
import { catalogueOf, workflowsOf } from '../src/offerings/catalogue.ts';
import { CATALOGUE } from '../src/offerings/index.ts';
import { ISSO_AS_A_SERVICE } from '../src/offerings/isso-as-a-service.ts';
import { independenceNotice, TASKS } from '../src/offerings/isso-tasks.ts';

/** The strictest of Slack's and Teams's limits, in characters and options (features reference 5.1). */
const LIMITS = {
  option: 75,
  options: 100,
  label: 2_000,
  hint: 2_000,
  text: 3_000,
  message: 3_000,
  statement: 75,
  title: 24,
};
const { offerings } = CATALOGUE;
const workflows = workflowsOf(CATALOGUE);
const everyQuestion = workflows.flatMap((each) => questionsOf(each.form));

const somebody = (id: string, roles: Person['roles'], components: string[]): Person => ({
  id,
  name: `Name ${id}`,
  email: `${id}@cms.hhs.gov`,
  roles,
  components,
  timeZone: 'America/New_York',
  calendarToken: id,
});
const owner = somebody('bo', ['business_owner'], ['OIT']);
const advisor = somebody('cra', ['cra'], ['OIT', 'OC']);
const people = [owner, advisor, somebody('cra2', ['cra'], ['CM'])];
const context: FormContext = {
  today: '2026-06-10',
  timeZone: 'America/New_York',
  people,
  sensitive: () => [],
};

describe('the catalogue', () => {
  it('lists exactly the offerings of its folder', () => {
    const files = readdirSync('src/offerings').filter((name) =>
      /: (?:Workflow|Referral)Offering = /u.test(readFileSync(`src/offerings/${name}`, 'utf8')),
    );
    expect(files.length).toBe(offerings.length);
    const registry = readFileSync('src/offerings/index.ts', 'utf8');
    for (const name of files) expect(registry).toContain(`'./${name}'`);
  });

  it('has no key and no request number prefix twice', () => {
    const [first] = workflows;
    for (const each of offerings) expect(CATALOGUE.byKey(each.key)).toBe(each);
    expect(CATALOGUE.byKey('retired')).toBe(undefined);
    expect(() => catalogueOf([...offerings, ...offerings.slice(0, 1)])).toThrow('two offerings have issoaas');
    expect(() =>
      catalogueOf([
        ...offerings,
        ...(first ? [{ ...first, key: 'other', alsoCalled: ['other'] as const }] : []),
      ]),
    ).toThrow('two offerings have ISSO');
  });

  it.each(
    workflows.flatMap(({ key, form }) =>
      questionsOf(form).map((question) => [key, question.key, question] as const),
    ),
  )('%s: %s fits every platform', (_offering, _key, question) => {
    expect(question.label.length).toBeLessThanOrEqual(48);
    expect(question.ask.length).toBeLessThanOrEqual(LIMITS.hint);
    if (question.kind === 'attestation') expect(question.ask.length).toBeLessThanOrEqual(LIMITS.statement);
    if ('options' in question) {
      // More than 10 options still work: adapters draw a menu instead of checkboxes or radio buttons.
      expect(question.options.length).toBeLessThanOrEqual(LIMITS.options);
      for (const { label, id } of question.options) {
        expect(label.length, label).toBeLessThanOrEqual(LIMITS.option);
        expect(id.length).toBeLessThanOrEqual(LIMITS.option);
      }
    }
    if ('example' in question) {
      expect(question.max).toBeLessThanOrEqual(LIMITS.text);
      expect(question.schema.safeParse(question.example).success).toBe(true);
    }
  });

  it('has titles that fit a dialog, a page, a contact and a purpose in one line', () => {
    for (const each of workflows)
      for (const { title } of [each.form, ...each.form.sections])
        expect(title.length).toBeLessThanOrEqual(LIMITS.title);
    for (const each of offerings) {
      expect(each.page).toMatch(/^https:/u);
      expect(each.contact).toContain('@');
      expect(each.purpose.length).toBeLessThanOrEqual(120);
    }
  });

  it('asks in plain words: no sentence is longer than 26 words', () => {
    for (const { ask, why } of everyQuestion) {
      for (const sentence of `${ask} ${why}`.split(/[.?!] /u))
        expect(sentence.split(' ').length).toBeLessThanOrEqual(26);
    }
  });
});

describe('the initial request of ISSO As A Service', () => {
  const { form } = ISSO_AS_A_SERVICE;
  const replies: Record<string, string> = {
    system_name: 'Provider Portal',
    system_count: 'two',
    reason: '1 and 3',
    current_isso_state: 'nobody',
    tasks: '1, 10 and 11',
    need_summary: 'Our ISSO leaves in March and the ATO ends in June.',
    urgency: 'routine',
    level_of_effort: 'half',
    engagement_kind: 'set time',
    start_wanted: 'Oct 1',
    duration_months: '12 months',
  };
  function interview(prefilled = ISSO_AS_A_SERVICE.prefill(owner, people)) {
    const asked: string[] = [];
    let now = begin(form, prefilled, context);
    const warnings: string[] = [];
    while (now.event.kind === 'asked') {
      asked.push(now.state.at);
      const raw = { business_owner: 'Name bo', component: 'OIT', ...replies }[now.state.at] ?? null;
      now = step(form, now.state, { kind: 'answer', raw }, context);
      warnings.push(...now.warnings);
    }
    return { asked, now, warnings };
  }

  it('asks a Business Owner at most 12 questions, and shows the rest on the review', () => {
    const { asked, now } = interview();
    expect(asked).toEqual(Object.keys(replies));
    expect(asked.length).toBeLessThanOrEqual(12);
    const shown = rows(form, now.state.answers, context);
    expect(shown.slice(0, 3)).toMatchObject([
      { key: 'business_owner', shown: 'Name bo' },
      { key: 'component', shown: 'OIT – Office of Information Technology' },
      { key: 'cra', shown: 'Name cra' },
    ]);
    expect(shown.filter((row) => row.shown === null).map((row) => row.key)).toEqual([
      'other_contacts',
      'system_acronym',
      'drivers',
    ]);
  });

  it('asks others for the Business Owner and the component', () => {
    const { asked, now } = interview(ISSO_AS_A_SERVICE.prefill(advisor, people));
    expect(asked.slice(0, 2)).toEqual(['business_owner', 'component']);
    expect(ISSO_AS_A_SERVICE.facts(now.state.answers, people)).toEqual({
      component: 'OIT',
      systemName: 'Provider Portal',
      businessOwnerId: 'bo',
      craId: 'cra',
    });
    expect(ISSO_AS_A_SERVICE.facts({}, people)).toBe(null);
  });

  it('asks for the duration only when the time is set, and for a driving date only when something drives it', () => {
    const { now } = interview();
    const change = (state: typeof now.state, words: string, raw: string) =>
      step(
        form,
        step(form, state, { kind: 'change', words, typed: words }, context).state,
        { kind: 'answer', raw },
        context,
      );
    const ongoing = change(now.state, 'set time or ongoing', 'ongoing');
    expect(ongoing.dropped.map((each) => each.key)).toEqual(['duration_months']);
    const driven = change(ongoing.state, 'drivers', 'audit');
    expect(rows(form, driven.state.answers, context).at(-1)).toMatchObject({
      key: 'drivers_on',
      shown: null,
    });
    expect(driven.event.kind).toBe('review');
  });

  it('warns about a start under 60 days ahead', () => {
    const start = questionsOf(form).find((each) => each.key === 'start_wanted');
    expect(start?.warn?.('2026-08-08', context)).toContain('less than 60 days');
    expect(start?.warn?.('2026-08-09', context)).toBe(null);
  });

  it('says that an assessor must be independent, for exactly the tasks that clash', () => {
    expect(interview().warnings).toHaveLength(1);
    const clash = ['overall_support', 'controls_documentation', 'assessment_authorization', 'poam'];
    for (const { id } of TASKS) {
      expect(independenceNotice(['sca_csrap', id]) !== null).toBe(clash.includes(id));
      expect(independenceNotice([id])).toBe(null);
      expect(ISSO_AS_A_SERVICE.notices({ tasks: [id, 'sca_csrap'] }).length).toBe(clash.includes(id) ? 1 : 0);
    }
    expect(independenceNotice(undefined)).toBe(null);
  });
});
