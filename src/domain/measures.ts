/**
 * The measures of the programme (domain reference 8.3), as figures: what they are computed over, and what exactly each of them counts.
 * The store computes them in SQL; `test/support/measures-by-log.ts` counts them a second time. Nothing here names a person.
 *
 * A day is one of the programme's zone. What an engagement did is what its record says: entries that change its state. Its component and
 * its offering are those it has now. "On the last day" is as the record had it at the end of that day; of what was filed in the time,
 * how far it came is as of now.
 */
import type { EngagementState } from './engagement-states.ts';
import type { LocalDate } from './time.ts';

/** What measures are taken over: days in the programme's zone, both included, and which engagements. */
export interface MeasureScope {
  readonly from: LocalDate;
  readonly until: LocalDate;
  /** Null: of all components. */
  readonly component: string | null;
  /** Null: of all offerings. */
  readonly offering: string | null;
}

/** How long something took, in business days: the middle one, or half way between the two in the middle, and the least that nine of ten did not exceed. */
export interface Spread {
  readonly count: number;
  readonly median: number;
  readonly p90: number;
}

/** From the start of work until its off-boarding begins. */
export const AT_WORK_STATES = [
  'ACTIVE',
  'PAUSED',
  'EXTENSION_REVIEW',
  'REASSIGNING',
] as const satisfies readonly EngagementState[];

/** What a request answered about ISSO work that is done by nobody who is trained for it. */
export const WITHOUT_TRAINED_ISSO = ['none', 'shared', 'contractor'] as const;

/** So many of so many. */
export interface Share {
  readonly met: number;
  readonly of: number;
}

/**
 * What is timed, from the day a request was first filed: the kickoff held (by the day it was held on), the Request Form locked, a Service
 * ISSO identified, the first day of work. Each counts where the record first has it in the time; what is reached again, after work was
 * sent back or for another Service ISSO, does not count again. Business days after the one day, up to and with the other: the same day
 * is 0, and so is a weekend.
 */
export const TIMED_STEPS = ['kickoff', 'form', 'match', 'active'] as const;
export type TimedStep = (typeof TIMED_STEPS)[number];

export interface Adoption {
  /** First filed in the time. */
  readonly requests: number;
  /** Of these, accepted at triage by now. */
  readonly accepted: number;
  /** Engagements at work on the last day (`AT_WORK_STATES`). */
  readonly active: number;
  /** Different ones among these. */
  readonly systems: number;
  readonly components: number;
  /** Business Owners who filed a request in the time and had filed another before it, in the time or ahead of it. */
  readonly repeatOwners: number;
}

export interface ReasonCount {
  readonly reason: string;
  readonly count: number;
}

export interface ProgrammeMeasures {
  readonly scope: MeasureScope;
  readonly adoption: Adoption;
  /** Null where nothing was reached in the time. */
  readonly times: Readonly<Record<TimedStep, Spread | null>>;
  /**
   * Of the onboardings that were decided in the time: active within the 60 days. One is decided on the day it became active in time,
   * else on the day after its 60 days, by its day 0 as it was set last. One that ended otherwise within them counts nowhere.
   */
  readonly onTime: Share;
  /** Surveys asked in the time, and answered by the end of the last day; averages are `satisfaction.ts`. */
  readonly answered: Share;
  /**
   * Service ISSOs at work on the last day, each once, and how many have their role-based training in date: in no engagement in which
   * they work is it due before that day. Not those who had left already while somebody else is looked for.
   */
  readonly training: Share;
  /** Requests declined, and withdrawn, in the time; by reason, most first. */
  readonly declined: readonly ReasonCount[];
  readonly withdrawn: readonly ReasonCount[];
  /** Property that had to be back on a day of the time, and was returned or transferred by that day as its evidence says. What is lost is not back. */
  readonly property: Share;
  /**
   * Systems that had no trained ISSO when they asked, up to the last day and however that ended, and how many of those have a Service
   * ISSO at work on it.
   */
  readonly coverage: Share;
}
