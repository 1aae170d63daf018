import { describe, expect, it } from 'vitest';
import type { RawValue } from '../../src/domain/field.ts';
import { findSensitive } from '../../src/domain/privacy.ts';
import { addDays } from '../../src/domain/time.ts';
import { defineForm, type Form, questionsOf } from '../../src/forms/form.ts';
import { pages } from '../../src/forms/pages.ts';
import type { Answers, FormContext, Question } from '../../src/forms/question.ts';
import { readAnswer } from '../../src/forms/read-answer.ts';
import { CONTEXT_ASSESSMENT } from '../../src/offerings/context-assessment.ts';
import { HAND_OVER } from '../../src/offerings/hand-over.ts';
import { OUTCOME_REVIEW } from '../../src/offerings/outcome-review.ts';
import { PREPARATION } from '../../src/offerings/preparation.ts';
import { REQUEST_FORM } from '../../src/offerings/request-form.ts';

const FORMS = [REQUEST_FORM, CONTEXT_ASSESSMENT, PREPARATION, HAND_OVER, OUTCOME_REVIEW] as const;
const every = FORMS.flatMap((form) =>
  questionsOf(form).map((question) => [form.key, question.key, question] as const),
);
const TODAY = '2026-12-01';
const context: FormContext = {
  today: TODAY,
  timeZone: 'America/New_York',
  people: [{ id: 'sam', name: 'Sam Rivera', email: 'sam@cms.hhs.gov' }],
  sensitive: findSensitive,
};
const read = (question: Question, raw: RawValue) => readAnswer(question, raw, context);

/** Something good to answer with. */
function good(question: Question): RawValue {
  switch (question.kind) {
    case 'text':
    case 'long-text':
      return question.example;
    case 'choice':
      return question.options[0]?.label ?? '';
    case 'choices':
      return question.options[0]?.label ?? '';
    case 'number':
      return String(question.max);
    case 'date':
      return addDays(TODAY, question.untilDays);
    case 'person':
      return 'Sam Rivera';
    case 'yes-no':
      return 'yes';
    case 'attestation':
      return true;
    default:
      return question satisfies never;
  }
}

/** What each limit must refuse. */
function bad(question: Question): readonly RawValue[] {
  switch (question.kind) {
    case 'text':
    case 'long-text': {
      const short = question.min > 1 ? ['x'] : [];
      return [...short, 'x'.repeat(question.max + 1), 'SSN 123-45-6789'];
    }
    case 'choice':
      return ['zzz', '99', ['zzz']];
    case 'choices':
      return ['zzz', '99', ['zzz'], ...(question.max < question.options.length ? ['all'] : [])];
    case 'number':
      return [String(question.min - 1), String(question.max + 1), 'many', '1.5'];
    case 'date':
      return [
        addDays(TODAY, question.fromDays - 1),
        addDays(TODAY, question.untilDays + 1),
        '2027-02-30',
        'soon',
      ];
    case 'person':
      return ['Nobody Known'];
    case 'yes-no':
      return ['perhaps'];
    case 'attestation':
      return [false, 'no'];
    default:
      return question satisfies never;
  }
}

describe('every form of the engagement', () => {
  it.each(FORMS.map((form) => [form.key, form] as const))('%s is declared well', (_, form) => {
    expect(defineForm(form)).toBe(form);
    for (const { title } of form.sections) expect(title.length, title).toBeLessThanOrEqual(24);
    expect(form.title.length).toBeLessThanOrEqual(24);
    expect(new Set(form.sections.map(({ key }) => key)).size).toBe(form.sections.length);
  });

  it('has a key of its own for each', () => {
    expect(new Set(FORMS.map(({ key }) => key)).size).toBe(FORMS.length);
  });

  it.each(every)('%s: %s fits every platform', (_form, _key, question) => {
    expect(question.label.length).toBeLessThanOrEqual(48);
    if (question.kind === 'attestation') expect(question.ask.length).toBeLessThanOrEqual(75);
    if ('options' in question) {
      expect(question.options.length).toBeLessThanOrEqual(100);
      for (const { label, id } of question.options) {
        expect(label.length, label).toBeLessThanOrEqual(75);
        // Names of components are CMS's own.
        if (question.key !== 'component') expect(label, label).not.toMatch(/[,;]/u);
        expect(id).toMatch(/^[A-Za-z0-9_]+$/u);
      }
    }
    if ('example' in question) expect(question.max).toBeLessThanOrEqual(3_000);
    for (const sentence of `${question.ask} ${question.why}`.split(/[.?!] /u))
      expect(sentence.split(' ').length, sentence).toBeLessThanOrEqual(26);
    expect(question.ask).toMatch(/[.?]$/u);
    expect(question.why).toMatch(/[.?]$/u);
  });

  it.each(every)('%s: %s takes a good answer', (_form, _key, question) => {
    expect(read(question, good(question))).toMatchObject({ ok: true });
    expect(read(question, '').ok).toBe(!question.required);
    if ('options' in question) {
      for (const { id, label } of question.options) {
        const kept = question.kind === 'choices' ? [id] : id;
        expect(read(question, label), label).toEqual({ ok: true, value: kept });
      }
    }
  });

  it.each(every)(
    '%s: %s refuses what is beyond its limits, and names field and mend',
    (_form, _key, question) => {
      const tried = [...bad(question), ...(question.required ? [''] : [])];
      for (const raw of tried) {
        const answer = read(question, raw);
        expect(answer.ok, String(raw)).toBe(false);
        if (answer.ok) continue;
        expect(answer.refusal.text.startsWith(`${question.label}: `), answer.refusal.text).toBe(true);
        expect(answer.refusal.text).toMatch(/For example|Please|please|Say "|Type /u);
      }
    },
  );

  it.each(every)('%s: %s keeps no Social Security number', (_form, _key, question) => {
    const typed = read(question, 'SSN 123-45-6789');
    expect(typed.ok).toBe(false);
    if (!typed.ok) expect(typed.refusal.text).not.toContain('6789');
  });
});

describe('dialog pages', () => {
  const full = (form: Form): Answers => {
    // Answers that bring every question forth, found by trying all options of each choice.
    const most = (answers: Answers): number =>
      pages(form, answers).flatMap(({ questions }) => questions).length;
    let answers: Record<string, Answers[string]> = {};
    for (const question of questionsOf(form)) {
      const values: Answers[string][] =
        question.kind === 'choice'
          ? question.options.map(({ id }) => id)
          : question.kind === 'choices'
            ? [question.options.map(({ id }) => id)]
            : question.kind === 'number'
              ? [question.max]
              : question.kind === 'date'
                ? [TODAY]
                : ['x'];
      const tried = values.map((value) => ({ ...answers, [question.key]: value }));
      answers = tried.reduce((best, each) => (most(each) > most(best) ? each : best), tried[0] ?? answers);
    }
    return answers;
  };

  it.each(FORMS.map((form) => [form.key, form] as const))('%s has at most 8 fields on a page', (_, form) => {
    const shown = pages(form, full(form));
    expect(shown.length).toBeGreaterThan(0);
    for (const page of shown) {
      expect(page.questions.length).toBeLessThanOrEqual(8);
      expect(page.title.length).toBeLessThanOrEqual(24);
    }
    expect(shown.flatMap(({ questions }) => questions).length).toBe(questionsOf(form).length);
  });

  it('ask a quiet system for few pages', () => {
    const quiet: Answers = { authorization_type: 'ongoing', poam_open: 0, hva: 'no', data_kinds: ['none'] };
    expect(pages(REQUEST_FORM, quiet).map(({ key }) => key)).toEqual([
      'people-1',
      'need-1',
      'need-2',
      'authorization-1',
      'engagement-1',
      'money-1',
      'statements-1',
    ]);
    expect(pages(CONTEXT_ASSESSMENT, quiet).map(({ key }) => key)).toEqual([
      'impact-1',
      'data-1',
      'running-1',
      'complexity-1',
      'tier-1',
    ]);
    expect(pages(OUTCOME_REVIEW, {})).toHaveLength(1);
    expect(pages(PREPARATION, {})).toHaveLength(2);
  });
});
