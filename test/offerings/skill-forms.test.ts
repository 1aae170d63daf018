import { describe, expect, it } from 'vitest';
import { questionsOf } from '../../src/forms/form.ts';
import { pages } from '../../src/forms/pages.ts';
import type { FormContext, Question } from '../../src/forms/question.ts';
import { readAnswer } from '../../src/forms/read-answer.ts';
import { showAnswer } from '../../src/forms/show-answer.ts';
import { ISSO_PROFILE_FORM } from '../../src/offerings/isso-profile.ts';
import { SKILL_PROFILE_FORM } from '../../src/offerings/skill-profile.ts';

const context: FormContext = {
  today: '2027-01-15',
  timeZone: 'America/New_York',
  people: [],
  sensitive: () => [],
};
const FORMS = [SKILL_PROFILE_FORM, ISSO_PROFILE_FORM];
const everyQuestion = FORMS.flatMap((form) =>
  questionsOf(form).map((question) => [`${form.key} ${question.key}`, question] as const),
);
const optionsIn = (question: Question) => ('options' in question ? question.options : []);

describe('both forms', () => {
  it.each(everyQuestion)('%s fits every platform and asks in plain words', (_, question) => {
    expect(question.label.length).toBeLessThanOrEqual(48);
    for (const sentence of `${question.ask} ${question.why}`.split(/[.?!] /u))
      expect(sentence.split(' ').length).toBeLessThanOrEqual(26);
    for (const { id, label } of optionsIn(question)) {
      expect(label.length, label).toBeLessThanOrEqual(75);
      expect(id.length).toBeLessThanOrEqual(75);
      expect(label).not.toMatch(/[,;]/u);
    }
    if ('example' in question) expect(question.schema.safeParse(question.example).success).toBe(true);
  });

  it.each(everyQuestion)(
    '%s reads each of its choices back, by its words and by its number',
    (_, question) => {
      optionsIn(question).forEach(({ id, label }, index) => {
        for (const typed of [label, String(index + 1)]) {
          const read = readAnswer(question, typed, context);
          expect(read.ok && [read.value].flat(), typed).toEqual([id]);
        }
        const value = question.kind === 'choices' ? [id] : id;
        expect(showAnswer(question, value, context)).toBe(label);
      });
    },
  );

  it.each(FORMS.map((form) => [form.key, form] as const))(
    '%s is drawn on pages of at most 8 fields',
    (_, form) => {
      const drawn = pages(form, {});
      expect(drawn.flatMap(({ questions }) => questions)).toEqual(questionsOf(form));
      for (const { title, questions } of drawn) {
        expect(questions.length).toBeLessThanOrEqual(8);
        expect(title.length).toBeLessThanOrEqual(24);
      }
      expect(drawn).toHaveLength(form.sections.length);
    },
  );

  it('ask nothing about a person beyond work', () => {
    const words = everyQuestion
      .flatMap(([, { label, ask }]) => [label, ask])
      .join(' ')
      .toLowerCase();
    expect(words).not.toMatch(
      /\b(?:age|birth|gender|sex|race|religio\w*|disab\w*|national\w*|citizen\w*|marital|salary)\b/u,
    );
  });
});
