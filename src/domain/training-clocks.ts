/**
 * The two clocks of a Service ISSO's first role-based training (domain reference 4.4): the goal of the programme, 60 days from the
 * start of onboarding, and the policy, 60 days from the appointment [ARS AT-3]. Pure.
 */
import { ONBOARDING_GOAL_DAYS } from './onboarding.ts';
import { addDays, daysBetween, type LocalDate } from './time.ts';
import { FIRST_TRAINING_DAYS } from './training.ts';

export interface TrainingClock {
  readonly startsOn: LocalDate;
  /** The last day on which the training is in time, a calendar day. */
  readonly endsOn: LocalDate;
}

export interface TrainingClocks {
  readonly goal: TrainingClock;
  /** Null until somebody is appointed: the CISO has signed the letter. */
  readonly policy: TrainingClock | null;
  /** The day on which the training was done; null while it is open. */
  readonly doneOn: LocalDate | null;
}

/** `appointedOn`: the day of the CISO's signature. `doneOn`: the day of the role-based training; null for not yet. */
export function trainingClocks({
  dayZeroOn,
  appointedOn,
  doneOn,
}: {
  readonly dayZeroOn: LocalDate;
  readonly appointedOn: LocalDate | null;
  readonly doneOn: LocalDate | null;
}): TrainingClocks {
  return {
    goal: { startsOn: dayZeroOn, endsOn: addDays(dayZeroOn, ONBOARDING_GOAL_DAYS) },
    policy:
      appointedOn === null
        ? null
        : { startsOn: appointedOn, endsOn: addDays(appointedOn, FIRST_TRAINING_DAYS) },
    doneOn,
  };
}

/** How a clock stands; `days`: calendar days that are left, or by which it ran out. */
export type ClockStanding =
  | { readonly is: 'met' | 'met-late'; readonly on: LocalDate }
  | { readonly is: 'running' | 'run-out'; readonly days: number };

/** Where a clock stands on `today`; its last day still runs. */
export function clockStanding(
  { endsOn }: TrainingClock,
  doneOn: LocalDate | null,
  today: LocalDate,
): ClockStanding {
  if (doneOn !== null) return { is: doneOn <= endsOn ? 'met' : 'met-late', on: doneOn };
  const days = daysBetween(today, endsOn);
  return days >= 0 ? { is: 'running', days } : { is: 'run-out', days: -days };
}
