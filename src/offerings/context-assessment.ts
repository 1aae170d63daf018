/** The context assessment as a form (domain reference 3.2 C), and the score and tier that follow from it (3.5). */
import type { ContextScore, SettledTier } from '../domain/context.ts';
import { isBelow, scoreContext, settleTier, tierFloors } from '../domain/context.ts';
import { type ContextWeights, suggestedComplexity } from '../domain/context-factors.ts';
import {
  COMPLEXITY_LEVELS,
  CONNECTION_BANDS,
  type ComplexityFacts,
  type ContextFacts,
  DATA_KINDS,
  DELIVERY_MODELS,
  FIPS_LEVELS,
  HOSTINGS,
  HVA_CATEGORIES,
  type HvaCategory,
  KNOWN_STATES,
  RECORD_BANDS,
  TLC_PHASES,
} from '../domain/context-facts.ts';
import { TIERS } from '../domain/course.ts';
import type { LocalDate } from '../domain/time.ts';
import { defineForm } from '../forms/form.ts';
import type { Answers } from '../forms/question.ts';
import { TIER_LABELS } from '../messages/copy/context-labels.ts';
import { type FormProblem, listIn, oneIn, wordsIn } from './answered.ts';
import {
  complexityAndUnknowns,
  dataAndUsers,
  howItRuns,
  impactAndMission,
  tier,
} from './context-questions.ts';
import { CONTEXT_WEIGHTS } from './context-weights.ts';
import { authorizationIn, poamsIn } from './request-form-authorization.ts';

export const CONTEXT_ASSESSMENT = defineForm({
  key: 'issoaas-context-assessment',
  version: 1,
  title: 'Context assessment',
  sections: [impactAndMission, dataAndUsers, howItRuns, complexityAndUnknowns, tier],
});

/** Keys whose answers never go to a shared channel, nor their labels (domain reference 3.2 C: "handle as sensitive"). */
export const SENSITIVE_QUESTIONS: readonly string[] = ['hva_category'];

/** What the two forms say, as the score reads it; what nobody answered counts as not known. */
export function contextFacts(assessment: Answers, requestForm: Answers): ContextFacts {
  const fips = (key: string) => oneIn(assessment, key, FIPS_LEVELS) ?? 'not_categorized';
  const kinds = listIn(assessment, 'data_kinds');
  return {
    ...complexityFacts(assessment),
    fips: {
      confidentiality: fips('fips199_c'),
      integrity: fips('fips199_i'),
      availability: fips('fips199_a'),
    },
    confirmedComplexity: oneIn(assessment, 'complexity', COMPLEXITY_LEVELS),
    dataKinds: DATA_KINDS.filter((kind) => (kinds.length > 0 ? kinds.includes(kind) : kind === 'dont_know')),
    isPiiLoginOnly: assessment.pii_login_only === true,
    records: oneIn(assessment, 'record_count_band', RECORD_BANDS),
    missionEssential: oneIn(assessment, 'mef', KNOWN_STATES) ?? 'dont_know',
    highValueAsset: oneIn(assessment, 'hva', KNOWN_STATES) ?? 'dont_know',
    tlcPhase: oneIn(assessment, 'tlc_phase', TLC_PHASES),
    authorization: authorizationIn(requestForm),
    poams: poamsIn(requestForm),
  };
}

const complexityFacts = (assessment: Answers): ComplexityFacts => ({
  hosting: oneIn(assessment, 'hosting', HOSTINGS),
  delivery: oneIn(assessment, 'delivery_model', DELIVERY_MODELS),
  connections: oneIn(assessment, 'interconnections', CONNECTION_BANDS),
});

/**
 * The answers with the complexity that the facts suggest filled in, for people to confirm; an answer given stays.
 * For the moment before the complexity is asked: hosting is answered by then.
 */
export const withSuggestedComplexity = (assessment: Answers): Answers =>
  wordsIn(assessment, 'complexity') !== null || wordsIn(assessment, 'hosting') === null
    ? assessment
    : { ...assessment, complexity: suggestedComplexity(complexityFacts(assessment), CONTEXT_WEIGHTS) };

/** Is the system a High Value Asset? Null while nobody knows. */
export const isHvaIn = (assessment: Answers): boolean | null =>
  assessment.hva === 'yes' ? true : assessment.hva === 'no' ? false : null;

/** The kinds of High Value Asset, for direct messages only; none unless the system is one. */
export const hvaCategoriesIn = (assessment: Answers): readonly HvaCategory[] =>
  assessment.hva === 'yes'
    ? HVA_CATEGORIES.filter((each) => listIn(assessment, 'hva_category').includes(each))
    : [];

/** What must be mended before the assessment can be confirmed, beside each answer's own limits. */
export function contextProblems(
  assessment: Answers,
  weights: ContextWeights = CONTEXT_WEIGHTS,
): readonly FormProblem[] {
  const wanted = oneIn(assessment, 'tier_override', TIERS);
  const floors = tierFloors(contextFacts(assessment, {}));
  if (wanted === null || floors.length === 0 || !isBelow(wanted, weights.floor)) return [];
  const floor = TIER_LABELS[weights.floor];
  return [
    {
      key: 'tier_override',
      text: `Another tier: a High Value Asset, or a system whose overall level is High, is never below ${floor}. Please choose "${floor}", or leave it out.`,
    },
  ];
}

export interface AssessedContext {
  readonly score: ContextScore;
  readonly tier: SettledTier;
}

/** The score and the tier that counts on `today`. An override that isn't allowed counts for nothing. */
export function assessContext(
  assessment: Answers,
  requestForm: Answers,
  today: LocalDate,
  weights: ContextWeights = CONTEXT_WEIGHTS,
): AssessedContext {
  const score = scoreContext(contextFacts(assessment, requestForm), weights, today);
  const wanted = oneIn(assessment, 'tier_override', TIERS);
  const reason = wordsIn(assessment, 'tier_override_reason') ?? '';
  const settled = settleTier(score, wanted === null ? null : { tier: wanted, reason }, weights.floor);
  return { score, tier: settled.ok ? settled.value : { tier: score.tier, override: null } };
}
