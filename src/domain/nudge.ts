/** What somebody is nudged about: lines they have in hand, most urgent first, one message a day (domain reference 4.5, 9.1). Pure. */
import type { CardParty } from './card-template.ts';
import type { EngagementId, PersonId, RequestNumber } from './ids.ts';
import type { ReachedParty } from './nudge-holder.ts';
import type { LocalDate } from './time.ts';

/** What a nudge is about. */
export type NudgeAbout =
  /** A line of an Information Card. */
  | {
      readonly kind: 'item';
      readonly number: RequestNumber;
      readonly engagementId: EngagementId;
      /** Whose card it is. */
      readonly personId: PersonId;
      readonly key: string;
    }
  /** A course of the curriculum, or role-based training (`rbt`), of the reader. */
  | { readonly kind: 'course'; readonly key: string };

/** One line of a nudge. */
export interface NudgeLine {
  readonly about: NudgeAbout;
  /** What it is called today. */
  readonly name: string;
  /** Which part of it the reader has; null: all of it. */
  readonly part: string | null;
  /** The business day by whose end it is to be finished. */
  readonly dueOn: LocalDate;
  /** From this day on it is said; on business days. */
  readonly saidFrom: LocalDate;
  /** Nothing is said before this day. */
  readonly snoozedUntil: LocalDate | null;
  /** Whom it waits for while the reader follows it up; null: the reader does it. */
  readonly waitsFor: CardParty | null;
}

/** How it is said that a line is done. */
export type DoneHow =
  | 'at-once'
  /** With the day on which it was. */
  | 'with-day'
  | 'with-reference'
  /** It follows from something else that is done elsewhere, such as a signature. */
  | 'elsewhere';

/** A line of a card as one party has it. */
export interface ItemLine extends NudgeLine {
  readonly about: Extract<NudgeAbout, { kind: 'item' }>;
  readonly systemName: string;
  /** Who is nudged about it. */
  readonly party: ReachedParty;
  /** Why it is blocked, in somebody's words; null: it is not. */
  readonly blocked: string | null;
  readonly done: DoneHow;
  /** How often it was opened again. */
  readonly reopened: number;
}

/** A course of the reader. */
export interface CourseLine extends NudgeLine {
  readonly about: Extract<NudgeAbout, { kind: 'course' }>;
  readonly done: DoneHow;
}

/** A line in somebody's hands. */
export type HeldLine = ItemLine | CourseLine;

export const isItemLine = (line: NudgeLine): line is ItemLine => 'systemName' in line;

/** Whether two lines are about the same thing, for the same part of it. */
export const isSameLine = (one: NudgeLine, other: NudgeLine): boolean =>
  nameOfAbout(one) === nameOfAbout(other);

/** The line by name, each time it is opened again by another: what was told of it before is over. */
export const nameOfTold = (line: HeldLine): string =>
  `${nameOfAbout(line)}${isItemLine(line) ? `:${line.reopened}` : ''}`;

function nameOfAbout({ about, part }: NudgeLine): string {
  return about.kind === 'course'
    ? `course:${about.key}`
    : `${about.engagementId}:${about.personId}:${about.key}:${part ?? ''}`;
}
