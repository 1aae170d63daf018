import type { EngagementId, PersonId } from './ids.ts';

/** The five lines of the satisfaction survey, each from 1 to 5 (domain reference 6.2). */
export const SURVEY_LINES = ['expertise', 'responsiveness', 'communication', 'fit', 'overall'] as const;
export type SurveyLine = (typeof SURVEY_LINES)[number];
export const RENEWALS = ['yes', 'no', 'undecided'] as const;
export type Renewal = (typeof RENEWALS)[number];

export interface SurveyAnswers {
  readonly scores: Readonly<Record<SurveyLine, number>>;
  /** The open question; empty when left out. */
  readonly comment: string;
  readonly renew: Renewal;
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
  readonly answeredAt: Date | null;
}
