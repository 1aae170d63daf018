/** The Marketplace Implementation Plan as somebody works on it: its parts, how far each is, its pages. */
import type { MarketplacePlan } from '../domain/marketplace-plan.ts';
import {
  type Form,
  missing,
  parseAnswers,
  questionsOf,
  type Section,
  settle,
  visible,
} from '../forms/form.ts';
import { pages } from '../forms/pages.ts';
import type { Answers } from '../forms/question.ts';
import { showAnswer } from '../forms/show-answer.ts';
import { fold } from '../forms/text.ts';
import type { PlanPart } from '../messages/copy/marketplace.ts';
import { formContext } from './intake-context.ts';
import { formNow, type KeptPlan, PLAN_KIND } from './marketplace-kept.ts';
import type { Sheet } from './paper-sheet.ts';
import type { Work } from './work.ts';

/** The plan, opened by somebody who may read it. */
export interface PlanSheet extends Sheet {
  readonly kept: KeptPlan;
}

/** With the questions of the present catalogue; answers to others stay kept and are not shown. */
export async function planSheet(
  work: Pick<Work, 'tx' | 'now' | 'programme' | 'person'>,
  kept: KeptPlan,
): Promise<PlanSheet> {
  const form = formNow(work);
  return {
    kept,
    kind: PLAN_KIND,
    subject: PLAN_KIND,
    form,
    latest: kept.paper,
    answers: parseAnswers(form, kept.plan.answers).answers,
    context: await formContext(work),
    hidden: new Set(),
  };
}

/** Every part with its questions and answers, in order. */
export function planParts(sheet: PlanSheet): readonly PlanPart[] {
  const needed = new Set(missing(sheet.form, sheet.answers).map(({ key }) => key));
  const all = pages(sheet.form, sheet.answers);
  return sheet.form.sections.map((section) => partOf(sheet, section, needed, all));
}

function partOf(
  { form, answers, context }: PlanSheet,
  section: Section,
  needed: ReadonlySet<string>,
  all: ReturnType<typeof pages>,
): PlanPart {
  const shown = new Set(visible(form, answers).map(({ key }) => key));
  const questions = section.questions
    .filter(({ key }) => shown.has(key))
    .map((question) => {
      const answer = answers[question.key] ?? null;
      return {
        key: question.key,
        label: question.label,
        ask: question.ask,
        why: question.why,
        example: exampleOf(question),
        isNeeded: needed.has(question.key),
        shown: answer === null ? null : showAnswer(question, answer, context),
      };
    });
  return {
    key: section.key,
    title: section.title,
    pages: all.filter(({ key }) => key.startsWith(`${section.key}-`)).map(({ key }) => key),
    questions,
  };
}

const exampleOf = (question: Section['questions'][number]): string | null =>
  question.kind === 'text' || question.kind === 'long-text' ? question.example : null;

/** Labels of what has to be answered before the plan is submitted. */
export const planMissing = ({ form, answers }: Pick<PlanSheet, 'form' | 'answers'>): readonly string[] =>
  missing(form, answers).map(({ label }) => label);

/** The part whose title or key the words are, or the only one that begins with them. */
export function partNamed(form: Form, words: string): Section | null {
  const wanted = fold(words);
  const exact = form.sections.find(({ key, title }) => fold(title) === wanted || key === wanted);
  if (exact || wanted === '') return exact ?? null;
  const near = form.sections.filter(({ title }) => fold(title).startsWith(wanted));
  return near.length === 1 ? (near[0] ?? null) : null;
}

/** All answers with the change in them, those to questions of services that are gone included. */
export function changedAnswers({ form, kept, answers, context }: PlanSheet, change: Answers): Answers {
  const own = new Set(questionsOf(form).map(({ key }) => key));
  const others = Object.entries(kept.plan.answers).filter(([key]) => !own.has(key));
  const given = settle(form, { ...answers, ...change }, context).answers;
  return { ...(Object.fromEntries(others) as Answers), ...given };
}

/** Keys of answers that are not the same. */
export function changedKeys(
  before: Pick<MarketplacePlan, 'answers'>,
  after: Pick<MarketplacePlan, 'answers'>,
): readonly string[] {
  const keys = new Set([...Object.keys(before.answers), ...Object.keys(after.answers)]);
  const of = (plan: Pick<MarketplacePlan, 'answers'>, key: string) =>
    JSON.stringify(plan.answers[key] ?? null);
  return [...keys].filter((key) => of(before, key) !== of(after, key));
}
