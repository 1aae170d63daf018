/** A course that is a line of the Information Card as well is one truth: what the line says is said of the course. */
import type { CardItem } from '../domain/card.ts';
import type { PersonId } from '../domain/ids.ts';
import type { LocalDate } from '../domain/time.ts';
import { type CourseState, noteOf, withNote } from '../domain/training-record.ts';
import { courseOfItem } from '../offerings/curriculum.ts';
import { afterCourseChange } from './nudge-refresh.ts';
import { keepTraining, lockTraining } from './training-now.ts';
import { programmeToday, type Work } from './work.ts';

/** Call it after a line was changed by hand; the card's engagement is locked. Nothing for a line that is no course. */
export async function courseFollowsItem(
  work: Pick<Work, 'tx' | 'now' | 'person' | 'programme'>,
  personId: PersonId,
  item: CardItem | undefined,
): Promise<void> {
  const course = item && courseOfItem(item.key);
  if (!item || !course) return;
  const record = await lockTraining(work, personId);
  const before = noteOf(record, course.key);
  const state = stateOf(item, before.state, programmeToday(work));
  if (!state) return;
  const changed = { byId: work.person.id, at: work.now };
  await keepTraining(work, personId, withNote(record, { ...before, state, snoozedUntil: null, changed }));
  await afterCourseChange(work, personId);
}

/** Null: the course stays as it is. */
function stateOf({ state, doneOn }: CardItem, before: CourseState, today: LocalDate): CourseState | null {
  if (state.is === 'done') {
    // The newest day counts.
    const isOlder = doneOn === null || (before.is === 'done' && doneOn < before.on);
    return isOlder ? null : { is: 'done', on: doneOn, reference: state.reference };
  }
  if (state.is === 'not_needed') return { is: 'not_needed', on: today, byId: state.byId, why: state.why };
  return before.is === 'open' ? null : { is: 'open' };
}
