import { describe, expect, it } from 'vitest';
import { missing, questionsOf } from '../../src/forms/form.ts';
import { pages } from '../../src/forms/pages.ts';
import { fold } from '../../src/forms/text.ts';
import { CATALOGUE } from '../../src/offerings/index.ts';
import { marketplacePlanForm } from '../../src/offerings/marketplace-plan-questions.ts';

const FORM = marketplacePlanForm(CATALOGUE.offerings);

describe('the questions of the Marketplace Implementation Plan', () => {
  it('come in the parts that a plan has', () => {
    expect(FORM.sections.map(({ title }) => title)).toEqual([
      'Service offerings',
      'Acquisition strategy',
      'Financial infrastructure',
      'Governance',
      'Organization',
      'Customer engagement',
      'Migration phases',
      'Metrics',
    ]);
  });

  it('have room for words on each service of the catalogue', () => {
    const keys = questionsOf(FORM).map(({ key }) => key);
    expect(keys).toEqual(expect.arrayContaining(CATALOGUE.offerings.map(({ key }) => `words_${key}`)));
  });

  it('are told apart by what people type before a colon, and each says why it is asked', () => {
    const names = questionsOf(FORM).map(({ label }) => fold(label));
    expect(new Set(names).size).toBe(names.length);
    for (const { label, ask, why } of questionsOf(FORM)) {
      expect(label.length).toBeLessThanOrEqual(40);
      expect(ask).toMatch(/[.?]$/u);
      expect(why).toMatch(/\.$/u);
    }
  });

  it('ask for something in every part', () => {
    const needed = new Set(missing(FORM, {}).map(({ key }) => key));
    for (const { title, questions } of FORM.sections)
      expect([title, questions.some(({ key }) => needed.has(key))]).toEqual([title, true]);
    for (const { questions } of pages(FORM, {})) expect(questions.length).toBeLessThanOrEqual(8);
  });

  it('are named so that no name ends in the middle of a phrase', () => {
    const names = questionsOf(FORM).map(({ label }) => label);
    expect(names).toContain('On Vulnerability management');
    for (const name of names) expect(name).not.toMatch(/ (?:and|or|of|for|to|the|with)$/u);
  });

  it('fit a catalogue whose services have long names', () => {
    const form = marketplacePlanForm([
      { key: 'long', name: 'A service whose name goes on and on and does not end before the line does' },
    ]);
    for (const { label } of questionsOf(form)) expect(label.length).toBeLessThanOrEqual(40);
  });
});
