/** Why a line of an Information Card did not change, and what would do (domain reference 4.3). */
import type { CardRefusal } from '../../domain/card.ts';
import { itemIn } from '../../domain/card-template.ts';
import { type LocalDate, sayLocalDate, sayShortDate } from '../../domain/time.ts';
import { line, strong } from '../inline.ts';
import { type Message, say } from '../message.ts';
import { type CardWith, nameOf, STATUS_NAMES } from './card-items.ts';

const FOLLOWS: Readonly<Record<Extract<CardRefusal, { code: 'follows' }>['fact'], string>> = {
  letter: 'it is done when all three have signed; the first signature is noted with `sign letter`',
  preparation: 'it follows from the preparation list',
  'initial-meeting': 'it follows from the meeting, when that is recorded',
  training: 'it follows from the day on which the training was done',
  curriculum: 'it follows from the courses of the curriculum; type `courses` to see them',
  'start-of-work': 'it follows when the Government Task Lead confirms the start of work',
};

/** Why a line did not change, and what would do. */
export function itemRefused(
  number: string,
  key: string,
  refusal: CardRefusal,
  of: CardWith,
  reader: RefusedReader,
): Message {
  const name = nameOf(of.template, key, reader.today);
  // How other lines stand is for those who see them.
  const why =
    refusal.code === 'needs-first' && !reader.seesLines
      ? `something that comes before "${name}" is still open. The contractor sees to it; say it again then.`
      : whyNot(name, number, key, refusal, of, reader.today);
  return say(line`Nothing was changed on the card of ${strong(number)}: ${why}`);
}

/** Whoever reads why, and whether they see how the other lines stand. */
export interface RefusedReader {
  readonly today: LocalDate;
  readonly seesLines: boolean;
}

function whyNot(
  name: string,
  number: string,
  key: string,
  refusal: CardRefusal,
  of: CardWith,
  today: LocalDate,
): string {
  switch (refusal.code) {
    case 'no-such-item':
      return 'there is no such line.';
    case 'illegal-move':
      return refusal.allowed.length === 1
        ? `"${name}" is ${STATUS_NAMES[refusal.from].toLowerCase()}. To open it again, say why: \`item ${number} ${key} reopen it lapsed\`.`
        : `"${name}" is ${STATUS_NAMES[refusal.from].toLowerCase()}, and from there it becomes ${refusal.allowed.map((each) => STATUS_NAMES[each].toLowerCase()).join(', ')}.`;
    case 'needs-first': {
      const first = refusal.keys.map((each) => `"${nameOf(of.template, each, today)}"`).join(' and ');
      return `${first} must be done first. Say so with \`item ${number} ${refusal.keys[0] ?? ''} done ref TICKET-1\`, or drop it with \`not needed\` and the reason.`;
    }
    case 'reference-needed':
      return `"${name}" counts as done with a reference. ${insteadOf(number, of, key)}Type \`item ${number} ${key} done ref TICKET-1\`; the number only, never a document.`;
    case 'still-to-come':
      return 'that day is still to come. Say it once it has happened.';
    case 'before-day-zero':
      return `"${name}" is of this engagement alone, and that began on ${sayLocalDate(refusal.dayZeroOn)}. Please give a day from then on.`;
    case 'lapsed':
      return `training counts for a year, and this one was due again before onboarding began on ${sayLocalDate(refusal.dayZeroOn)}. Say it when it is taken anew.`;
    case 'follows':
      return `${FOLLOWS[refusal.fact]}.`;
    case 'same-day':
      return refusal.movedTo === null
        ? `"${name}" is due on the day of the plan; nobody has moved it.`
        : `"${name}" is to be finished by ${sayShortDate(refusal.movedTo)} already.`;
    case 'day-out-of-reach':
      return `"${name}" can be moved to a day from ${sayLocalDate(refusal.fromOn)} to ${sayLocalDate(refusal.untilOn)}.`;
    default:
      return refusal satisfies never;
  }
}

/** What settles the line by itself, without a reference. */
function insteadOf(number: string, { template }: CardWith, key: string): string {
  switch (itemIn(template, key)?.follows?.fact) {
    case 'preparation':
      return `It is done by itself when everything is ticked in the list: \`preparation ${number}\`. `;
    case 'initial-meeting':
      return `It is done by itself when the meeting is recorded: \`held initial ${number}\`. `;
    default:
      return '';
  }
}

/** Only their own lines. */
export const notYourItem = (name: string): Message =>
  say(
    line`Nothing was changed: "${name}" is kept by the contractor. You say what happens to the lines that you have in hand; tell the contract lead about this one.`,
  );

/** When a line is to be finished is for others to say. */
export const notYoursToMove = (name: string): Message =>
  say(
    line`Nothing was changed: the contract lead or the Government Task Lead sets by when "${name}" is to be finished. Tell them what is in the way.`,
  );

/** To the contractor, of what has to hold before work starts. */
export const onlyGtlWaives = (number: string, name: string, key: string): Message =>
  say(
    line`Nothing was changed: "${name}" has to hold before work starts, so only the Government Task Lead lets it go. Ask them to type \`item ${number} ${key.replaceAll('_', ' ')} not needed because ...\`.`,
  );

/** No card at this step. */
export const noCardNow = (number: string): Message =>
  say(
    line`Nothing was changed: the Information Card of ${strong(number)} is kept from the start of onboarding until off-boarding begins. Type \`show ${number}\` to see where it stands.`,
  );
