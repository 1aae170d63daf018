/** What the programme's measures are made of, as plain rows, and the life of each engagement as its entries tell it. */
import type { Calendar } from '../../src/domain/calendar.ts';
import type { MeasureScope } from '../../src/domain/measures.ts';
import { type LocalDate, localDate } from '../../src/domain/time.ts';

interface LoggedEntry {
  readonly sequence: number;
  readonly at: Date;
  readonly verb: string;
  readonly engagementId: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly reason: string | null;
  readonly facts: Readonly<Record<string, string>>;
}

interface LoggedEngagement {
  readonly id: string;
  readonly offering: string;
  readonly component: string;
  readonly systemKey: string;
  readonly businessOwnerId: string;
  readonly answers: readonly { readonly key: string; readonly value: unknown }[];
}

export interface LoggedPaper {
  readonly kind: string;
  readonly subject: string;
  readonly version: number;
  readonly at: Date;
  readonly answers: Readonly<Record<string, unknown>>;
}

/** Everything that the measures are made of. */
export interface ProgrammeLog {
  readonly entries: readonly LoggedEntry[];
  readonly engagements: readonly LoggedEngagement[];
  readonly papers: readonly LoggedPaper[];
  readonly milestones: readonly {
    readonly engagementId: string;
    readonly name: string;
    readonly personId: string;
    readonly on: LocalDate;
  }[];
  readonly surveys: readonly {
    readonly engagementId: string;
    readonly askedAt: Date;
    readonly answeredAt: Date | null;
  }[];
  readonly meetings: readonly {
    readonly engagementId: string | null;
    readonly state: string;
    readonly heldOn: LocalDate | null;
    readonly attendeeIds: readonly string[];
    readonly presentIds: readonly string[];
  }[];
}

export interface LogRules {
  readonly timeZone: string;
  readonly calendar: Calendar;
}

export const WORKING = ['ACTIVE', 'PAUSED', 'EXTENSION_REVIEW', 'REASSIGNING'];
export const STATES = [
  'DRAFT',
  'REQUESTED',
  'KICKOFF_PENDING',
  'KICKOFF_HELD',
  'FORM_COMPLETE',
  'CONTEXT_ASSESSED',
  'SKILLS_CATEGORIZED',
  'MATCHING',
  'CANDIDATE_PROPOSED',
  'ISSO_IDENTIFIED',
  'ONBOARDING',
  ...WORKING,
  'OFFBOARDING',
  'CLOSED',
  'WITHDRAWN',
  'DECLINED',
];

/** One engagement's changes of state, in order, with the local day of each. */
export interface Life {
  readonly of: LoggedEngagement;
  readonly moves: readonly (LoggedEntry & { readonly on: LocalDate })[];
}

export function livesIn(log: ProgrammeLog, scope: MeasureScope, { timeZone }: LogRules): readonly Life[] {
  return log.engagements
    .filter(({ component }) => scope.component === null || component === scope.component)
    .filter(({ offering }) => scope.offering === null || offering === scope.offering)
    .map((of) => ({
      of,
      moves: log.entries
        .filter(
          ({ engagementId, from, to }) => engagementId === of.id && to !== from && STATES.includes(to ?? ''),
        )
        .toSorted((a, b) => a.sequence - b.sequence)
        .map((entry) => ({ ...entry, on: localDate(entry.at, timeZone) })),
    }));
}

export const within = ({ from, until }: MeasureScope, on: LocalDate | null | undefined): boolean =>
  on !== null && on !== undefined && from <= on && on <= until;
export const first = ({ moves }: Life, to: string) => moves.find((move) => move.to === to);
export const lastUntil = ({ moves }: Life, until: LocalDate) => moves.findLast(({ on }) => on <= until);
