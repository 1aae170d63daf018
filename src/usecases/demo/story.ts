/**
 * The demo programme as a table: systems with who is in them, and what happened how many business days ago. Whoever loads it lives
 * each story through the rules that a real engagement goes by.
 */
import type { ItemChange } from '../../domain/card.ts';
import type { MemberRole } from '../../domain/course.ts';
import type { PersonId } from '../../domain/ids.ts';
import type { KickoffNotes, Minutes } from '../../domain/meeting.ts';
import type { MeetingKind } from '../../domain/meeting-kinds.ts';
import type { NoteWords } from '../../domain/status-note.ts';
import type { SurveyAnswers } from '../../domain/survey.ts';
import type { CourseKey } from '../../domain/training-course.ts';
import type { Choice, Score } from '../../domain/training-record.ts';
import type { Answers } from '../../forms/question.ts';

/** One step in the life of an engagement, by what somebody does. */
export type DemoDeed =
  | 'file'
  | 'copy'
  | 'amend'
  | 'confirm'
  | 'ask-back'
  | 'answer'
  | 'accept'
  | 'book'
  | 'kickoff'
  | 'decline'
  | 'withdraw'
  | 'start-form'
  | 'finish-form'
  | 'lock-form'
  | 'assess'
  | 'confirm-ispg'
  | 'confirm-contractor'
  | 'settle-skills'
  | 'send-back'
  | 'propose'
  | 'accept-ispg'
  | 'fund'
  | 'accept-owner'
  | 'decline-candidate'
  | 'begin'
  | 'book-initial'
  | 'initial'
  | 'card'
  | 'waive'
  | 'move'
  | 'course'
  | 'prepare-some'
  | 'prepare'
  | 'sign-isso'
  | 'sign-owner'
  | 'sign-ciso'
  | 'train'
  | 'activate'
  | 'tell-ciso'
  | 'pause'
  | 'review'
  | 'wish'
  | 'approve'
  | 'reassign'
  | 'accept-replacement'
  | 'off-board'
  | 'line'
  | 'hand-over'
  | 'outcome'
  | 'report'
  | 'close'
  | 'grant'
  | 'second'
  | 'block'
  | 'reply'
  | 'solve'
  | 'ask-change';

export interface DemoStep {
  readonly does: DemoDeed;
  /** Business days before the day of loading, at least 1. */
  readonly ago: number;
  /** Who does it; left out: whoever the step belongs to. */
  readonly by?: PersonId;
  /** Whom it is about: a candidate, a replacement, a member, who takes over. */
  readonly personId?: PersonId;
  readonly role?: MemberRole;
  readonly words?: string;
  /** A reason code of domain reference 2.2. */
  readonly reason?: string;
  /** Calendar days from the day of loading: day 0, an end, a last day, the day a line is moved to; negative for a day that has passed. */
  readonly inDays?: number;
  /** What becomes of lines of the Information Card, said at one time. */
  readonly lines?: DemoLines;
  /** Of the off-boarding record or the outcomes; the key of a line of the card that is waived or moved. */
  readonly line?: string;
  /** What is said of courses of the curriculum at one time. */
  readonly courses?: DemoCourses;
  readonly side?: 'ispg' | 'business_owner' | 'gtl' | 'cor';
}

/** By the key of the line. */
export type DemoLines = Readonly<Record<string, DemoChange>>;

/** What becomes of a line of the card; the day and the reference are filled in. */
export type DemoChange =
  | { readonly to: 'requested' }
  | { readonly to: 'in_progress' }
  | { readonly to: 'submitted' }
  | { readonly to: 'done' }
  | Extract<ItemChange, { readonly to: 'waiting_on' | 'blocked' }>;

/** By the key of the course. */
export type DemoCourses = Readonly<Partial<Record<CourseKey, DemoSaid>>>;

/** Of a scorecard the level of each area, in their order. */
export type DemoSaid = 'done' | 'attended' | Choice | readonly Score[];

export interface DemoSystem {
  readonly name: string;
  readonly acronym: string;
  readonly component: string;
  readonly ownerId: PersonId;
  readonly craId: PersonId;
  readonly need: string;
  readonly tasks: readonly string[];
  readonly effort: 'full' | 'three_quarters' | 'half' | 'quarter';
  /** Null: ongoing. */
  readonly months: number | null;
  readonly urgency: 'routine' | 'within_60_days' | 'urgent';
  /** Answers of the context assessment. */
  readonly context: Answers;
  /** Answers of the Request Form beside those of the request. */
  readonly form: Answers;
}

export interface DemoStory {
  readonly key: string;
  readonly system: DemoSystem;
  /** Who is proposed and works; needed once somebody is proposed. */
  readonly issoId?: PersonId;
  /** The story whose request this one copies. */
  readonly copies?: string;
  readonly steps: readonly DemoStep[];
  /** What the Business Owner answers to each survey, in order; the last one goes on. */
  readonly satisfaction?: readonly DemoAnswer[];
  /** The newest satisfaction session waits for an answer instead of being held. */
  readonly isSessionOpen?: true;
}

/** Scores in the order of the survey's lines. */
export type DemoAnswer = Omit<SurveyAnswers, 'scores' | 'counted'> & {
  readonly scores: readonly [number, number, number, number, number];
};

/** A meeting of the programme that recurs, as it was held each time. */
export interface DemoRecurring {
  readonly kind: MeetingKind;
  /** Calendar days back in which all of it was held. */
  readonly days: number;
  readonly minutes: readonly Minutes[];
}

/** All of it, as data. */
export interface DemoProgramme {
  readonly stories: readonly DemoStory[];
  /** Answers of Service ISSOs about themselves, by person; confirmed by their lead `ago` business days ago. */
  readonly profiles: readonly {
    readonly personId: PersonId;
    readonly answers: Answers;
    readonly ago: number;
    /** Saved anew so many business days ago, and not confirmed since. */
    readonly renewedAgo?: number;
  }[];
  readonly kickoffs: readonly KickoffNotes[];
  readonly sessions: readonly Minutes[];
  readonly recurring: readonly DemoRecurring[];
  /** First days of the boot camps, as calendar days from the day of loading. */
  readonly bootcampsInDays: readonly number[];
  readonly reports: DemoReports;
}

/** What was written for the weekly status reports that were submitted last, the oldest week first. */
export interface DemoReports {
  /** Of each week, by who wrote it; those left out were asked and wrote nothing. */
  readonly notes: readonly Readonly<Record<PersonId, NoteWords>>[];
  /** What the contract lead remarked, by the key of the story. */
  readonly remarks: readonly Readonly<Record<string, string>>[];
}
