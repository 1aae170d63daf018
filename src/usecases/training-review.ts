/** Everybody's role-based training for contract leads and ISPG, with its evidence: `training review` (domain reference 5.2). */
import { mayEver } from '../domain/access.ts';
import { isContractor } from '../domain/access-relations.ts';
import type { PersonId } from '../domain/ids.ts';
import { noteOf } from '../domain/training-record.ts';
import { type Reviewed, reviewList } from '../messages/copy/courses.ts';
import { notYours } from '../messages/copy/refusals.ts';
import { TRAINING_HOURS } from '../offerings/curriculum.ts';
import { loadPeople } from './tell.ts';
import { everybodyTrained } from './training-everybody.ts';
import { type TrainingNow, trainingNow } from './training-now.ts';
import { type Answer, answerPrivately, programmeToday, type Work } from './work.ts';

const MOST_SHOWN = 40;

/** Soonest due first. */
export async function showTrainingReview(work: Work, hours: number | null = TRAINING_HOURS): Promise<Answer> {
  if (!mayEver(work.person, 'training-review.ask')) return answerPrivately(notYours());
  const trained: TrainingNow[] = [];
  for (const id of await everybodyTrained(work)) trained.push(await trainingNow(work, id));
  const people = await loadPeople(
    work,
    trained.map(({ personId }) => personId),
  );
  const nameOf = (id: PersonId): string => people.get(id)?.name ?? id;
  const rows = trained
    .map((now) => rowOf(now, nameOf(now.personId)))
    .toSorted((a, b) => order(a).localeCompare(order(b), 'en'));
  return answerPrivately(
    reviewList(rows.slice(0, MOST_SHOWN), Math.max(0, rows.length - MOST_SHOWN), {
      seesReferences: isContractor(work.person),
      hours,
      today: programmeToday(work),
    }),
  );
}

const order = ({ dueOn, name }: Reviewed): string => `${dueOn ?? '9999'} ${name}`;

function rowOf({ record, rbt }: TrainingNow, name: string): Reviewed {
  const { state, hours } = noteOf(record, 'rbt');
  return {
    name,
    dueOn: rbt.dueOn,
    doneOn: rbt.doneOn,
    reference: state.is === 'done' ? state.reference : null,
    hours,
  };
}
