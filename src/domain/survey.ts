/** The satisfaction survey of the Business Owner: its answers, how long they may be changed, and when one is low. Pure. */
import type { EngagementId, PersonId } from './ids.ts';
import { DAY_MS, type LocalDate } from './time.ts';

/** The five lines of the satisfaction survey, each from 1 to 5 (domain reference 6.2). */
export const SURVEY_LINES = ['expertise', 'responsiveness', 'communication', 'fit', 'overall'] as const;
export type SurveyLine = (typeof SURVEY_LINES)[number];
export const RENEWALS = ['yes', 'no', 'undecided'] as const;
export type Renewal = (typeof RENEWALS)[number];
export type SurveyScores = Readonly<Record<SurveyLine, number>>;

/** A line at or under it asks for attention (domain reference 6.1: any score of 2 or less). */
export const LOW_SCORE = 2;
/** Answers may be changed for so long, unless the next survey comes first. */
export const CHANGEABLE_DAYS = 30;

/** Scores as they stand in averages, with the group of answers that they entered them in (`satisfaction.ts`). */
interface CountedScores extends SurveyScores {
  /** The day in the programme's zone; left out: from before it was noted. */
  readonly on?: LocalDate;
  /** Null: a group of several components. */
  readonly component?: string | null;
}

export interface SurveyAnswers {
  readonly scores: SurveyScores;
  /** The open question; empty when left out. */
  readonly comment: string;
  readonly renew: Renewal;
  /** The scores as they stand in averages that were shown; null while they are in none. Later changes leave them. */
  readonly counted: CountedScores | null;
}

/** One asking of the Business Owner how satisfied they are. */
export interface Survey {
  readonly id: string;
  readonly engagementId: EngagementId;
  readonly personId: PersonId;
  /** Why it was asked; once for each engagement. */
  readonly occasion: string;
  readonly askedAt: Date;
  /** Rises with every change. */
  readonly version: number;
  readonly answers: SurveyAnswers | null;
  /** When it was first answered; a change leaves it. */
  readonly answeredAt: Date | null;
}

/** True when any line is 2 or less; not without answers. */
export const isLow = (answers: Pick<SurveyAnswers, 'scores'> | null): boolean =>
  answers !== null && SURVEY_LINES.some((line) => answers.scores[line] <= LOW_SCORE);

/**
 * True while the survey can be answered or changed: it is the last one asked of its engagement (`all`), and not answered
 * longer than 30 days ago.
 */
export function takesAnswers(survey: Survey, all: readonly Survey[], now: Date): boolean {
  if (lastAsked(all)?.id !== survey.id) return false;
  return survey.answeredAt === null || now.getTime() < survey.answeredAt.getTime() + CHANGEABLE_DAYS * DAY_MS;
}

/** The survey asked last; null for none. */
export const lastAsked = (surveys: readonly Survey[]): Survey | null =>
  surveys.reduce<Survey | null>(
    (last, survey) => (last === null || survey.askedAt >= last.askedAt ? survey : last),
    null,
  );

/**
 * The survey with these answers: a new version. What stands in averages keeps standing there as it was, so that nobody
 * finds out what one person changed by comparing two of them.
 */
export function answerSurvey(survey: Survey, given: Omit<SurveyAnswers, 'counted'>, now: Date): Survey {
  return {
    ...survey,
    version: survey.version + 1,
    answers: { ...given, counted: survey.answers?.counted ?? null },
    answeredAt: survey.answeredAt ?? now,
  };
}
