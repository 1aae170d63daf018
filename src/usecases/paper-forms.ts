/** The papers of an engagement with their forms (domain reference 3, 4.6, 6.4, 7). */
import { may } from '../domain/access.ts';
import type { Engagement } from '../domain/engagement.ts';
import type { PaperKind } from '../domain/paper.ts';
import { localDate } from '../domain/time.ts';
import { parseAnswers } from '../forms/form.ts';
import type { Answers } from '../forms/question.ts';
import { contextScoreBlocks } from '../messages/copy/context.ts';
import { paragraph } from '../messages/message.ts';
import { besideFields, listIn, oneIn } from '../offerings/answered.ts';
import { workflowBy } from '../offerings/catalogue.ts';
import {
  assessContext,
  CONTEXT_ASSESSMENT,
  contextProblems,
  hvaCategoriesIn,
  withSuggestedComplexity,
} from '../offerings/context-assessment.ts';
import { HAND_OVER, handOverProblems } from '../offerings/hand-over.ts';
import { independenceNotice } from '../offerings/isso-tasks.ts';
import { OUTCOME_REVIEW } from '../offerings/outcome-review.ts';
import { PREPARATION } from '../offerings/preparation.ts';
import {
  hoursPerWeek,
  prefillRequestForm,
  REQUEST_FORM,
  requestFormProblems,
  requestFormWarnings,
} from '../offerings/request-form.ts';
import { MONEY_QUESTIONS } from '../offerings/request-form-money.ts';
import { SKILL_PROFILE_FORM, suggestSkillProfile } from '../offerings/skill-profile.ts';
import { formContext } from './intake-context.ts';
import type { PaperForm } from './paper-form.ts';
import type { Work } from './work.ts';

/** Somebody without a place in the words of the form works from afar. */
const LOCATIONS = ['remote', 'hybrid', 'on_site'] as const;
/** Half of a week, where nobody has said. */
const USUAL_HOURS = 20;
const NOTHING: ReadonlySet<string> = new Set();

const requestForm: PaperForm = {
  kind: 'request-form',
  form: REQUEST_FORM,
  prefill: async (work, engagement) => prefillRequestForm(initialAnswers(work, engagement)),
  hidden: (reader, engagement) =>
    may(reader, 'money.read', engagement) ? NOTHING : new Set(MONEY_QUESTIONS),
  part: (reader, engagement) => (may(reader, 'money.write', engagement) ? new Set(MONEY_QUESTIONS) : null),
  problems: (answers) => besideFields(requestFormProblems(answers)),
  async result(work, _engagement, answers) {
    const warnings = requestFormWarnings(answers, await formContext(work));
    const notice = independenceNotice(answers.tasks);
    return [...warnings, ...(notice ? [notice.text] : [])].map((words) => paragraph(words));
  },
  isSettled: ({ course }) => course.form !== null,
};

const contextAssessment: PaperForm = {
  kind: 'context-assessment',
  form: CONTEXT_ASSESSMENT,
  suggest: withSuggestedComplexity,
  problems: (answers) => besideFields(contextProblems(answers)),
  async result(work, engagement, answers) {
    if (Object.keys(answers).length === 0) return [];
    const { score, tier } = await assessed(work, engagement, answers);
    return contextScoreBlocks(score, tier, hvaCategoriesIn(answers));
  },
  isSettled: ({ state }) => state !== 'FORM_COMPLETE' && state !== 'KICKOFF_HELD',
};

/** The score of these answers with what the Request Form says of authorization and POA&Ms. */
export async function assessed(
  work: Pick<Work, 'tx' | 'now' | 'programme'>,
  engagement: Engagement,
  answers: Answers,
) {
  const form = await savedAnswers(work, engagement, requestForm);
  return assessContext(answers, form, localDate(work.now, work.programme.timeZone));
}

const skillProfile: PaperForm = {
  kind: 'skill-profile',
  form: SKILL_PROFILE_FORM,
  async prefill(work, engagement) {
    const form = await savedAnswers(work, engagement, requestForm);
    const context = await savedAnswers(work, engagement, contextAssessment);
    return suggestSkillProfile({
      tasks: listIn(form, 'tasks'),
      tier: engagement.course.context?.tier ?? 'standard',
      hoursPerWeek: hoursPerWeek(form) ?? USUAL_HOURS,
      location: oneIn(form, 'work_location', LOCATIONS) ?? 'remote',
      dataKinds: listIn(context, 'data_kinds'),
    });
  },
  isSettled: ({ course }) => course.skills !== null,
};

const preparation: PaperForm = {
  kind: 'preparation',
  form: PREPARATION,
  isSettled: () => false,
};

const handOver: PaperForm = {
  kind: 'hand-over',
  form: HAND_OVER,
  problems: (answers) => besideFields(handOverProblems(answers)),
  isSettled: ({ state }) => state === 'CLOSED',
};

const outcomeReview: PaperForm = {
  kind: 'outcome-review',
  form: OUTCOME_REVIEW,
  isSettled: () => false,
};

const PAPER_FORMS: readonly PaperForm[] = [
  requestForm,
  contextAssessment,
  skillProfile,
  preparation,
  handOver,
  outcomeReview,
];

/** The form of that paper; throws (a bug) where there is none. */
export function paperForm(kind: PaperKind): PaperForm {
  const found = PAPER_FORMS.find((each) => each.kind === kind);
  if (!found) throw new Error(`no form for ${kind}`);
  return found;
}

const initialAnswers = ({ programme }: Pick<Work, 'programme'>, engagement: Engagement): Answers => {
  const stored = Object.fromEntries(engagement.answers.map(({ key, value }) => [key, value]));
  const offering = workflowBy(programme.catalogue, engagement.offering);
  return offering ? parseAnswers(offering.form, stored).answers : {};
};

/** What was saved of a paper; what it is prefilled with where nothing was. */
async function savedAnswers(
  work: Pick<Work, 'tx' | 'programme'>,
  engagement: Engagement,
  { kind, form, prefill }: PaperForm,
): Promise<Answers> {
  const latest = await work.tx.papers.latest(kind, engagement.id);
  const known = latest ? latest.answers : ((await prefill?.(work, engagement)) ?? {});
  return parseAnswers(form, known).answers;
}
