/**
 * What may be said about the satisfaction of several people without saying anything about one of them (features
 * reference part 3, no. 20). Pure.
 *
 * Answers enter the averages in groups only, and every average that is ever shown is one of whole groups. Two averages,
 * whenever and of whatever they were shown, therefore differ by whole groups, and the answers of a group stand together in
 * every average or in none: no sum or difference singles one out.
 */

import type { EngagementId, PersonId } from './ids.ts';
import { quarterOf, quartersBetween } from './period.ts';
import type { SatisfactionTrend } from './programme-pictures.ts';
import { SURVEY_LINES, type Survey, type SurveyLine, type SurveyScores } from './survey.ts';
import { DAY_MS, type LocalDate } from './time.ts';

/** Averages of each line, over so many answers. */
export interface Satisfaction {
  readonly answers: number;
  readonly people: number;
  readonly averages: SurveyScores;
}

/** An answered survey that is in no average yet. */
export interface WaitingAnswer {
  readonly survey: Survey;
  /** The component of its engagement. */
  readonly component: string;
  /** Engagements of that component that are at work. */
  readonly atWork: number;
}

/** Answers that entered the averages together; several groups of one day and component stand as one. */
export interface CountedGroup {
  /** Null: from before days were noted. */
  readonly on: LocalDate | null;
  /** Null: of several components. */
  readonly component: string | null;
  readonly answers: number;
  readonly personIds: readonly PersonId[];
  readonly engagementIds: readonly EngagementId[];
  /** Of each line, over all answers. */
  readonly sums: SurveyScores;
}

interface GroupRules {
  /** People, and engagements, that a group is made of at least. */
  readonly smallest: number;
  readonly now: Date;
  /** The day that the group is noted under. */
  readonly today: LocalDate;
}

/** A component is spoken of by itself with so many answers (domain reference 8.3). */
export const ANSWERS_OF_COMPONENT = 5;
/** Answers wait so long for a group of their own component, where it has enough engagements to fill one; then they go with the rest. */
const WAITS_DAYS = 92;

const isLargeEnough = (
  answers: readonly { readonly personId: PersonId; readonly engagementId: EngagementId }[],
  smallest: number,
): boolean =>
  new Set(answers.map(({ personId }) => personId)).size >= smallest &&
  new Set(answers.map(({ engagementId }) => engagementId)).size >= smallest;

/**
 * The surveys that enter the averages now, as they are to be saved: all that wait in a component once they are five answers of
 * `smallest` people and engagements; of the others all that need not wait for their component any longer, once they come from
 * `smallest` people and engagements; else none.
 */
export function countNewGroups(waiting: readonly WaitingAnswer[], rules: GroupRules): readonly Survey[] {
  const components = [...new Set(waiting.map(({ component }) => component))].toSorted();
  const own = components.flatMap((component) => {
    const group = waiting.filter((each) => each.component === component).map(({ survey }) => survey);
    const isOwn = group.length >= ANSWERS_OF_COMPONENT && isLargeEnough(group, rules.smallest);
    return isOwn ? [{ component, group }] : [];
  });
  const rest = waiting
    .filter(({ component }) => own.every((each) => each.component !== component))
    .filter((each) => !waitsForComponent(each, rules.now))
    .map(({ survey }) => survey);
  return [
    ...own.flatMap(({ component, group }) => group.map((survey) => entered(survey, component, rules.today))),
    ...(isLargeEnough(rest, rules.smallest) ? rest.map((survey) => entered(survey, null, rules.today)) : []),
  ];
}

const waitsForComponent = ({ survey, atWork }: WaitingAnswer, now: Date): boolean =>
  atWork >= ANSWERS_OF_COMPONENT &&
  now.getTime() < (survey.answeredAt ?? now).getTime() + WAITS_DAYS * DAY_MS;

const entered = (survey: Survey, component: string | null, on: LocalDate): Survey => ({
  ...survey,
  version: survey.version + 1,
  answers: survey.answers && { ...survey.answers, counted: { ...survey.answers.scores, on, component } },
});

/** The averages over these groups, to one decimal; null for none, and for fewer than `smallest` people or engagements. */
function satisfactionOf(groups: readonly CountedGroup[], smallest: number): Satisfaction | null {
  const people = new Set(groups.flatMap(({ personIds }) => personIds)).size;
  const engagements = new Set(groups.flatMap(({ engagementIds }) => engagementIds)).size;
  if (groups.length === 0 || people < smallest || engagements < smallest) return null;
  const answers = groups.reduce((total, group) => total + group.answers, 0);
  const average = (line: SurveyLine): number =>
    Math.round((groups.reduce((total, { sums }) => total + sums[line], 0) / answers) * 10) / 10;
  const averages = Object.fromEntries(SURVEY_LINES.map((line) => [line, average(line)]));
  return { answers, people, averages: averages as Record<SurveyLine, number> };
}

/** All that may be said of satisfaction. */
export interface SatisfactionFigures {
  /** Over every group; null for not enough answers. */
  readonly overall: Satisfaction | null;
  /** Of each component that had groups of its own, over these, by its key. */
  readonly components: readonly { readonly component: string; readonly satisfaction: Satisfaction }[];
  /** The line "overall", by the quarter in which groups entered the averages. */
  readonly trend: SatisfactionTrend;
}

/** `component`: the trend of its own groups alone. A group that is smaller than `smallest` is now stands in nothing. */
export function satisfactionFigures(
  all: readonly CountedGroup[],
  smallest: number,
  today: LocalDate,
  component: string | null = null,
): SatisfactionFigures {
  const groups = all.filter(
    ({ personIds, engagementIds }) => personIds.length >= smallest && engagementIds.length >= smallest,
  );
  const names = [...new Set(groups.flatMap((each) => each.component ?? []))].toSorted();
  return {
    overall: satisfactionOf(groups, smallest),
    components: names.flatMap((name) => {
      const own = groups.filter((each) => each.component === name);
      const satisfaction = satisfactionOf(own, smallest);
      return satisfaction && satisfaction.answers >= ANSWERS_OF_COMPONENT
        ? [{ component: name, satisfaction }]
        : [];
    }),
    trend: trendOf(
      groups.filter((each) => component === null || each.component === component),
      smallest,
      today,
    ),
  };
}

function trendOf(groups: readonly CountedGroup[], smallest: number, today: LocalDate): SatisfactionTrend {
  const [first] = groups.flatMap(({ on }) => on ?? []).toSorted();
  const quarters = first === undefined ? [] : quartersBetween(first, today);
  return {
    quarters: quarters.map((quarter) => {
      const found = satisfactionOf(
        groups.filter(({ on }) => on !== null && quarterOf(on) === quarter),
        smallest,
      );
      return { quarter, average: found?.averages.overall ?? null, answers: found?.answers ?? 0 };
    }),
  };
}
