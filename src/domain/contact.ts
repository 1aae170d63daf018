/** When and about what somebody wants to be written to, as they set it themselves (domain reference 9.1). */
import type { PersonId } from './ids.ts';
import type { LocalDate, LocalTime } from './time.ts';

/** What a person may choose not to hear of. What has no topic is mandatory. */
export const TOPICS = ['meeting-reminders', 'check-ins', 'surveys', 'follow-ups', 'requests'] as const;
export type Topic = (typeof TOPICS)[number];

/** A part of each day, both ends included; over midnight when `from` is later than `to`. */
export interface DayPart {
  readonly from: LocalTime;
  readonly to: LocalTime;
}

/** One person's own wishes; null where the programme's defaults hold. Times are in the person's zone. */
export interface ContactSettings {
  readonly personId: PersonId;
  readonly workHours: DayPart | null;
  readonly quietHours: DayPart | null;
  /** Whether Inauguration Day is a holiday where the person works. */
  readonly inaugurationDay: boolean;
  readonly muted: readonly Topic[];
}

/** Days on which somebody is away, both included, in their zone. */
export interface Leave {
  readonly id: string;
  readonly personId: PersonId;
  readonly fromOn: LocalDate;
  readonly toOn: LocalDate;
}

/** The wishes of somebody who has said nothing. */
export const noWishes = (personId: PersonId): ContactSettings => ({
  personId,
  workHours: null,
  quietHours: null,
  inaugurationDay: false,
  muted: [],
});
