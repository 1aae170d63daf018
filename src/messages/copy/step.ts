/** The message to whoever has the next move, and to those a step concerns. */
import type { Engagement } from '../../domain/engagement.ts';
import type { PersonId } from '../../domain/ids.ts';
import type { NextMove } from '../../domain/next-move.ts';
import type { People, Person } from '../../domain/person.ts';
import { type Line, line, strong, theirs } from '../inline.ts';
import { card, facts, type Message, paragraph, say } from '../message.ts';
import { candidateButtons } from './candidate.ts';
import { courseFacts, doesWords, STATE_LABELS } from './engagement-words.ts';
import { moveButtons } from './moves.ts';
import { paperButtons } from './paper.ts';
import { showButton, title } from './request.ts';

/** "Your move": to one person, with the buttons for what they may do. */
export function yourMove(engagement: Engagement, move: NextMove, people: People, reader: Person): Message {
  return card(
    `Your move: ${engagement.number}`,
    [
      paragraph(
        line`${strong(STATE_LABELS[engagement.state])}: ${theirs(engagement.systemName)} (${engagement.component}). It waits for you: ${asked(move)}.`,
      ),
      facts([...courseFacts(engagement, people)]),
    ].filter((block) => block.kind !== 'facts' || block.rows.length > 0),
    [
      ...moveButtons(engagement, reader),
      ...candidateButtons(engagement, reader),
      ...paperButtons(engagement, reader),
      showButton(engagement),
    ],
  );
}

/** How a move ceased to be somebody's. */
interface MoveEnd {
  /** What the button of the step says; null for a step without one. */
  readonly label: string | null;
  /** Whoever took the step, if the move was theirs too; of others no name is said. */
  readonly by: Pick<Person, 'id' | 'name'> | null;
  readonly readerId: PersonId;
}

/** In the place of "Your move" once it is not theirs any more. */
export const moveOver = (engagement: Engagement, move: NextMove, how: MoveEnd): Message =>
  card(`No longer your move: ${engagement.number}`, [
    paragraph(
      line`${theirs(engagement.systemName)} (${engagement.component}) waited for you: ${asked(move)}. ${whatWasDone(how)} It is now: ${strong(STATE_LABELS[engagement.state])}.`,
    ),
  ]);

function whatWasDone({ label, by, readerId }: MoveEnd): Line {
  if (label === null) return line`It has moved on since.`;
  if (by === null) return line`The step \u201c${label}\u201d was taken.`;
  return line`${by.id === readerId ? 'You' : [theirs(by.name)]} took the step \u201c${label}\u201d.`;
}

const ROLES: Readonly<Record<NextMove['side'], string>> = {
  ispg: 'ISPG',
  contractor: 'the contractor lead',
  business_owner: 'the Business Owner',
  gtl: 'the Government Task Lead',
  cor: "the Contracting Officer's Representative",
  service_isso: 'the Service ISSO',
  ciso: 'the CISO',
};

/** The CISO signs outside chat; somebody else notes it. */
const asked = (move: NextMove): string =>
  move.side === 'ciso'
    ? 'note it here once the CISO has signed the ISSO Appointment Letter'
    : `${ROLES[move.side]} ${doesWords(move)}`;

/** One line in the ISPG channel when an engagement has moved on. */
export const movedLine = (engagement: Engagement): Message =>
  say(line`${title(engagement)} is now: ${strong(STATE_LABELS[engagement.state])}.`);

/** To those who take part: where it stands now. */
export const movedNotice = (engagement: Engagement): Message =>
  say(
    engagement.ending
      ? line`${title(engagement)}: ${STATE_LABELS[engagement.state]}.`
      : line`${title(engagement)}: ${STATE_LABELS[engagement.state]}. Type \`show ${engagement.number}\` to see it.`,
  );

/** After too long: to whoever the clock of a state escalates to (domain reference 2.3). */
export const stepOverdue = (engagement: Engagement, businessDays: number): Message =>
  say(
    line`${title(engagement)} has stood at "${STATE_LABELS[engagement.state]}" for ${businessDays} business days. Type \`show ${engagement.number}\` to see who has the next move.`,
  );
