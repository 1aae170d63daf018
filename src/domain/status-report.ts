/**
 * The numbers of the weekly status report (domain reference 6.3), each with the records behind it: request numbers, `B-17`. They come
 * from the cards and the event log alone, in an order of their own, so that the same database says the same. Pure.
 */
import type { DaysInHand } from './card-days.ts';
import type { StandingKind } from './card-forecast.ts';
import type { CardParty } from './card-template.ts';
import { ENGAGEMENT_STATES, type EngagementState } from './engagement-states.ts';
import type { PersonId, RequestNumber } from './ids.ts';
import { addDays, daysBetween, type LocalDate } from './time.ts';

/** Name and role are all that the report says of a person. */
export interface Named {
  readonly personId: PersonId;
  readonly name: string;
}

/** A Service ISSO in onboarding, as their card says. */
export interface OnboardingFacts extends Named {
  readonly number: RequestNumber;
  readonly dayZeroOn: LocalDate;
  /** Done lines among those that are needed, 0 to 100. */
  readonly percent: number;
  /** What the lines are called that can be worked on now, those that decide the ready date first; blocked ones last, said to be so. */
  readonly nextItems: readonly string[];
  readonly blockedItems: readonly string[];
  readonly readyOn: LocalDate;
  readonly standing: StandingKind;
  readonly daysInHand: DaysInHand;
}

/** The role-based training of somebody assigned. */
export interface TrainingFacts extends Named {
  readonly number: RequestNumber;
  readonly doneOn: LocalDate | null;
  readonly dueOn: LocalDate | null;
}

export interface EngagementLine {
  readonly number: RequestNumber;
  readonly state: EngagementState;
  /** The last day: of the term, or of the work when it is ending; null where none is set. */
  readonly endOn: LocalDate | null;
}

/** Property that somebody who leaves, or left, still has. */
export interface PropertyFacts extends Named {
  readonly number: RequestNumber;
  readonly items: readonly string[];
}

export interface BlockerFacts {
  /** `B-17` */
  readonly name: string;
  readonly number: RequestNumber | null;
  readonly raisedOn: LocalDate;
  /** Null: it was answered, and whoever raised it says whether it is solved. */
  readonly waitsFor: 'gtl' | 'person' | null;
}

export interface ReportFacts {
  readonly today: LocalDate;
  readonly engagements: readonly EngagementLine[];
  readonly onboarding: readonly OnboardingFacts[];
  readonly training: readonly TrainingFacts[];
  readonly property: readonly PropertyFacts[];
  readonly blockers: readonly BlockerFacts[];
}

export interface OnboardingRow extends Named {
  readonly number: RequestNumber;
  readonly percent: number;
  readonly next: string | null;
  readonly blocked: readonly string[];
  readonly readyOn: LocalDate;
  readonly daysUsed: number;
  readonly standing: StandingKind;
  /** Calendar days on which each party had a line in hand, most first. */
  readonly heldDays: readonly { readonly party: CardParty; readonly days: number }[];
}

export type TrainingState = 'overdue' | 'due' | 'done' | 'not-dated';

export interface TrainingRow extends Named {
  readonly state: TrainingState;
  readonly doneOn: LocalDate | null;
  readonly dueOn: LocalDate | null;
  readonly records: readonly RequestNumber[];
}

/** An end or extension within the next 60 days; `isUnderReview`: it is being decided. */
export interface EndRow {
  readonly number: RequestNumber;
  readonly endOn: LocalDate | null;
  readonly what: 'ends' | 'under-review' | 'ending';
}

/** All of it in the order in which it is read; plain JSON, so that it is kept as it was. */
export interface StatusReport {
  readonly today: LocalDate;
  /** Engagements by state, in the order of the life cycle; states without any are left out. */
  readonly states: readonly {
    readonly state: EngagementState;
    readonly records: readonly RequestNumber[];
  }[];
  readonly onboarding: readonly OnboardingRow[];
  readonly training: readonly TrainingRow[];
  readonly ends: readonly EndRow[];
  readonly property: readonly PropertyFacts[];
  readonly blockers: readonly BlockerFacts[];
}

/** Ends and extensions are named so many days ahead (domain reference 2.3: asked for 60 days before). */
export const ENDS_AHEAD_DAYS = 60;

/** The report of these facts, whatever their order. */
export function statusReport(facts: ReportFacts): StatusReport {
  const { today } = facts;
  return {
    today,
    states: ENGAGEMENT_STATES.flatMap((state) => {
      const records = facts.engagements.filter((each) => each.state === state).map(({ number }) => number);
      return records.length === 0 ? [] : [{ state, records: records.toSorted(byCode) }];
    }),
    onboarding: facts.onboarding.map((each) => onboardingRow(each, today)).toSorted(byRecord),
    training: trainingRows(facts.training, today),
    ends: facts.engagements.flatMap((each) => endRow(each, today) ?? []).toSorted(byRecord),
    property: facts.property
      .map(({ personId, name, number, items }) => ({
        personId,
        name,
        number,
        items: items.toSorted(byCode),
      }))
      .toSorted(byRecord),
    blockers: facts.blockers.toSorted((a, b) => blockerNumber(a) - blockerNumber(b)),
  };
}

/** By code units: the same on every machine. */
const byCode = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byRecord = (
  a: { readonly number: RequestNumber; readonly personId?: PersonId },
  b: { readonly number: RequestNumber; readonly personId?: PersonId },
): number => byCode(a.number, b.number) || byCode(a.personId ?? '', b.personId ?? '');
const blockerNumber = ({ name }: BlockerFacts): number => Number(name.slice(2));

function onboardingRow(of: OnboardingFacts, today: LocalDate): OnboardingRow {
  const held = [...of.daysInHand].map(([party, days]) => ({ party, days }));
  return {
    personId: of.personId,
    name: of.name,
    number: of.number,
    percent: of.percent,
    next: of.nextItems[0] ?? null,
    blocked: of.blockedItems,
    readyOn: of.readyOn,
    daysUsed: Math.max(0, daysBetween(of.dayZeroOn, today)),
    standing: of.standing,
    heldDays: held.toSorted((a, b) => b.days - a.days || byCode(a.party, b.party)),
  };
}

/** One row for each person over all their engagements: done as of the latest day, due by the earliest; what presses first. */
function trainingRows(facts: readonly TrainingFacts[], today: LocalDate): readonly TrainingRow[] {
  const people = new Map<PersonId, TrainingFacts[]>();
  for (const each of facts) people.set(each.personId, [...(people.get(each.personId) ?? []), each]);
  return [...people]
    .map(([personId, own]): TrainingRow => {
      const [doneOn = null] = own.flatMap((each) => each.doneOn ?? []).toSorted((a, b) => byCode(b, a));
      const [dueOn = null] = own.flatMap((each) => each.dueOn ?? []).toSorted(byCode);
      return {
        personId,
        name: own[0]?.name ?? '',
        state: trainingState(doneOn, dueOn, today),
        doneOn,
        dueOn,
        records: own.map(({ number }) => number).toSorted(byCode),
      };
    })
    .toSorted(
      (a, b) =>
        PRESSING.indexOf(a.state) - PRESSING.indexOf(b.state) ||
        byCode(a.dueOn ?? '', b.dueOn ?? '') ||
        byCode(a.personId, b.personId),
    );
}

const PRESSING: readonly TrainingState[] = ['overdue', 'due', 'not-dated', 'done'];
/** What was done is due again when its renewal is so near (domain reference 6.1, `rbt_review`). */
const RENEWAL_NEAR_DAYS = 30;

function trainingState(doneOn: LocalDate | null, dueOn: LocalDate | null, today: LocalDate): TrainingState {
  if (dueOn !== null && dueOn < today) return 'overdue';
  if (doneOn !== null && (dueOn === null || dueOn > addDays(today, RENEWAL_NEAR_DAYS))) return 'done';
  return dueOn === null ? 'not-dated' : 'due';
}

function endRow({ number, state, endOn }: EngagementLine, today: LocalDate): EndRow | null {
  switch (state) {
    case 'EXTENSION_REVIEW':
      return { number, endOn, what: 'under-review' };
    case 'OFFBOARDING':
      return { number, endOn, what: 'ending' };
    case 'CLOSED':
    case 'WITHDRAWN':
    case 'DECLINED':
      return null;
    default:
      return endOn !== null && endOn <= addDays(today, ENDS_AHEAD_DAYS)
        ? { number, endOn, what: 'ends' }
        : null;
  }
}
