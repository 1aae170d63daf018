/** A filled-in form that is kept: each save is a new version, and none is ever changed. */
import type { EngagementId, PersonId } from './ids.ts';

export const PAPER_KINDS = [
  'request-form',
  'context-assessment',
  'skill-profile',
  'preparation',
  'hand-over',
  'outcome-review',
  'isso-profile',
  'information-card',
  'off-boarding',
  'fit-sheet',
  'training',
  'course-dates',
  'status-note',
  'status-report',
  'nudge-list',
  'marketplace-plan',
] as const;
export type PaperKind = (typeof PAPER_KINDS)[number];

/** What a paper is about: an engagement, a person, or a person in an engagement. */
export type PaperSubject = string;

/** The subject of what is about one person in one engagement. */
export const subjectOf = (engagementId: EngagementId, personId: PersonId): PaperSubject =>
  `${engagementId}/${personId}`;

export interface Paper {
  readonly kind: PaperKind;
  readonly subject: PaperSubject;
  /** From 1, without a gap. */
  readonly version: number;
  readonly formVersion: number;
  /** Values by question key; what they mean belongs to the kind. */
  readonly answers: Readonly<Record<string, unknown>>;
  /** Null: the bot itself, such as when it fills in what is known. */
  readonly byId: PersonId | null;
  readonly at: Date;
  /** Why something settled was changed (T26); null for ordinary work. */
  readonly reason: string | null;
}

/** The next version of a paper; the first when there is none. */
export function nextVersion(before: Pick<Paper, 'version'> | null, next: Omit<Paper, 'version'>): Paper {
  return { ...next, version: (before?.version ?? 0) + 1 };
}
