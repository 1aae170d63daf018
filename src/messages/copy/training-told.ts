/** What is told about role-based training that runs out of time (domain reference 4.4, 5.2). */
import type { People } from '../../domain/person.ts';
import { type LocalDate, sayLocalDate } from '../../domain/time.ts';
import type { TrainingDue } from '../../domain/training.ts';
import { type Inline, line, strong } from '../inline.ts';
import { bullets, card, type Message, note, paragraph } from '../message.ts';
import { coursesButton } from './course-feasibility.ts';
import { nameOf } from './people.ts';

const MOST_NAMED = 20;
const HOW =
  'When it is done: `course rbt done ref CERT-1`; the number of the certificate, never the document.';

/** To the person, before the policy clock runs out. */
export const clockRunsOut = (endsOn: LocalDate): Message =>
  card(
    'Role-based training: your policy clock',
    [
      paragraph(
        line`Your first role-based training is due by ${strong(sayLocalDate(endsOn))}, 60 days after your appointment [ARS AT-3]. If it is missed, your account is to be disabled until the training is done.`,
      ),
      note(HOW),
    ],
    [coursesButton()],
  );

/** Once it has run out. `isso`: whose clock it is; null for the reader's own. */
export const clockRanOut = (number: string, endsOn: LocalDate, isso: Inline | null): Message =>
  card(
    `Role-based training is overdue: ${number}`,
    [
      paragraph(
        line`${isso === null ? line`Your first role-based training` : line`The first role-based training of ${isso}`} was due by ${strong(sayLocalDate(endsOn))}, 60 days after the appointment, and is not recorded as done. The account is to be disabled until the training is done [ARS AT-3]; I do not disable accounts.`,
      ),
      note(isso === null ? HOW : 'Type `training review` for everybody\u2019s days.'),
    ],
    isso === null ? [coursesButton()] : [],
  );

/** Once a week to each contract lead. */
export function overdueTrainings(overdue: readonly TrainingDue[], people: People): Message {
  const rows = overdue
    .slice(0, MOST_NAMED)
    .map(({ personId, on }) => line`${nameOf(people, personId)}: was due by ${sayLocalDate(on)}`);
  const more = overdue.length - rows.length;
  return card('Overdue role-based training', [
    paragraph(
      `Role-based training of ${overdue.length === 1 ? 'one Service ISSO is' : `${overdue.length} Service ISSOs is`} overdue. They are reminded each business day.`,
    ),
    bullets(more > 0 ? [...rows, `and ${more} more`] : rows),
    note('Type `training review` for everybody\u2019s days and evidence.'),
  ]);
}
