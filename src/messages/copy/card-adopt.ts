/** What a newer template would change on a running card, in words (domain reference 4.3). */
import type { Days, LineChange } from '../../domain/card-adopt.ts';
import { button } from '../button.ts';
import { line, strong } from '../inline.ts';
import { bullets, card, type Message, note, paragraph, say } from '../message.ts';

export interface Adoption {
  readonly number: string;
  /** Version of the template that would be taken over. */
  readonly to: number;
  readonly changes: readonly LineChange[];
}

/** The card has the newest lines. */
export const linesNewest = (number: string): Message =>
  say(line`The card of ${strong(number)} has the newest lines. Type \`card ${number}\` to see them.`);

/** `mayTake`: the reader may take them over. */
export function linesToTake({ number, to, changes }: Adoption, mayTake: boolean): Message {
  const take = button(
    'take-lines',
    'Take these lines',
    { verb: 'card.adopt', subject: number, choice: String(to) },
    `card ${number} take lines`,
    { look: 'primary' },
  );
  return card(
    `Newer lines: ${number}`,
    [
      paragraph('There is a newer list of lines. On this card it would change:'),
      bullets(changes.map(changeWords)),
      note(
        mayTake
          ? 'Nothing changes until somebody takes them. What is done stays done, and the earlier card can always be read.'
          : 'Nothing changes until the contract lead or the Government Task Lead takes them.',
      ),
    ],
    mayTake ? [take] : [],
  );
}

/** To whoever took them over; what is open and falls away is named once more. */
export function linesTaken({ number, changes }: Adoption): Message {
  const open = changes.flatMap((each) => (each.what === 'dropped' && each.isOpen ? [each.name] : []));
  return say(
    line`Saved: the card of ${strong(number)} has the newest lines. Type \`card ${number}\` to see it.`,
    ...(open.length > 0 ? [`These were open and are on it no more: ${open.join('; ')}.`] : []),
  );
}

const daysWords = ({ startDay, finishDay, leadDays }: Days): string =>
  `days ${startDay} to ${finishDay}, ${leadDays} business ${leadDays === 1 ? 'day' : 'days'} of work`;

function changeWords(change: LineChange): string {
  switch (change.what) {
    case 'added':
      return `New: ${change.name}`;
    case 'dropped':
      return `Falls away${change.isOpen ? ' while it is open' : ''}: ${change.name}`;
    case 'renamed':
      return `Another name: ${change.name} becomes ${change.newName}`;
    case 'days':
      return `Other days: ${change.name}, ${daysWords(change.newDays)} instead of ${daysWords(change.days)}`;
    case 'rules':
      return `Other rules: ${change.name} (who does it, what comes first, or what shows that it is done)`;
    default:
      return change satisfies never;
  }
}
