/** Whose role-based training is due, for the review that is about it. Only contract leads and ISPG are invited to one. */
import type { People } from '../../domain/person.ts';
import { sayLocalDate } from '../../domain/time.ts';
import type { TrainingDue } from '../../domain/training.ts';
import { line } from '../inline.ts';
import { type Block, bullets, paragraph } from '../message.ts';
import { nameOf } from './people.ts';

const MOST_SHOWN = 15;

export interface DueForReview extends TrainingDue {
  readonly isOverdue: boolean;
}

/** The names with their days, soonest first; nothing for a meeting that is no review (`due` null). */
export function dueBlocks(due: readonly DueForReview[] | null, people: People): Block[] {
  if (due === null) return [];
  if (due.length === 0) return [paragraph('Nobody\u2019s role-based training is due in the next 90 days.')];
  const rows = due
    .slice(0, MOST_SHOWN)
    .map(
      ({ personId, on, isOverdue }) =>
        line`${nameOf(people, personId)}: ${sayLocalDate(on)}${isOverdue ? ' (overdue)' : ''}`,
    );
  const more = due.length - rows.length;
  return [paragraph('Role-based training is due:'), bullets(more > 0 ? [...rows, `and ${more} more`] : rows)];
}
