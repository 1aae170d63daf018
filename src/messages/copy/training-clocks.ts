/** The two clocks of the first role-based training, in words (domain reference 4.4). */
import { sayLocalDate } from '../../domain/time.ts';
import {
  type ClockStanding,
  clockStanding,
  type TrainingClock,
  type TrainingClocks,
} from '../../domain/training-clocks.ts';
import { type Fact, fact } from '../message.ts';

/** Two rows: the programme's goal, and the policy. */
export function trainingClockFacts(clocks: TrainingClocks, today: string): readonly Fact[] {
  const { goal, policy, doneOn } = clocks;
  const row = (clock: TrainingClock): string =>
    `by ${sayLocalDate(clock.endsOn)}; ${standingWords(clockStanding(clock, doneOn, today))}`;
  return [
    fact('Training, goal of 60 days', row(goal)),
    fact(
      'Training, policy',
      policy === null ? 'within 60 days of the appointment; nobody is appointed yet' : row(policy),
    ),
  ];
}

/** "12 days left", "done in time on …", "ran out 3 days ago: the account is to be disabled until the training is done". */
export function standingWords(standing: ClockStanding): string {
  switch (standing.is) {
    case 'met':
      return `done in time on ${sayLocalDate(standing.on)}`;
    case 'met-late':
      return `done late on ${sayLocalDate(standing.on)}`;
    case 'running':
      return standing.days === 0 ? 'today is the last day' : `${days(standing.days)} left`;
    case 'run-out':
      return `ran out ${days(standing.days)} ago`;
    default:
      return standing satisfies never;
  }
}

const days = (count: number): string => `${count} ${count === 1 ? 'day' : 'days'}`;
