/** What is said about lines of a nudge beside the nudge itself: put off, late, ready, not found. */

import type { CardParty } from '../../domain/card-template.ts';
import type { HeldLine, ItemLine } from '../../domain/nudge.ts';
import type { PutOffLine } from '../../domain/nudge-day.ts';
import { type LocalDate, sayLocalDate } from '../../domain/time.ts';
import { button } from '../button.ts';
import { type Line, line as lineOf, strong, theirs } from '../inline.ts';
import { firstOf } from '../limits.ts';
import { card, type Message, note, paragraph, say } from '../message.ts';
import { PARTY_NAMES } from './gate-words.ts';
import { nudgesButton } from './nudge.ts';
import { nameLine, sentence } from './nudge-words.ts';

const withList = (message: Message): Message => ({ ...message, buttons: [nudgesButton] });

/** "Fingerprinting: I say it again on Wednesday, December 16, 2026." */
export function putOffWords(line: HeldLine, { until, because }: PutOffLine): Line {
  const again = `I say it again on ${sayLocalDate(until)}`;
  const why: Readonly<Record<PutOffLine['because'], string>> = {
    wanted: '.',
    'due-then': ': it is due then, so it is not put off for longer.',
    'due-already': ', the next business day: it is due already. Others still hear of it when it stays open.',
  };
  return lineOf`${nameLine(line)}: ${again}${why[because]}`;
}

/** To whoever put a line off. */
export const putOffSaid = (line: HeldLine, until: PutOffLine): Message =>
  withList(say(putOffWords(line, until)));

/** For which days a line can be put off. */
export const putOffHow = (place: number | null): Message =>
  say(
    `Nothing was changed. You can put a line off by 1, 3 or 5 business days: type \`not yet ${place ?? 2} for 3 days\`.`,
  );

/** What can't be put off is one word away from being done. */
export const partNotPutOff = (line: ItemLine): Message =>
  say(
    lineOf`Nothing was changed. ${nameLine(line)}: when you are ready, type \`ready ${line.about.number}\`. Until then I ask you once a week, and each day once it is due.`,
  );

/** The number is none of those shown. */
export const noSuchLine = (place: number): Message =>
  withList(say(`Nothing was changed: there is no line ${place} in your list. Type \`nudges\` to see it.`));

/** It is put off; until when, and how that is changed. */
export const putOffAlready = (line: HeldLine, until: LocalDate, place: number | null): Message =>
  withList(
    say(
      lineOf`${nameLine(line)} is put off: I say it again on ${sayLocalDate(until)}. For another day type \`not yet ${String(place ?? 2)} for 5 days\`; when it is done, say so as always.`,
    ),
  );

/** A verb alone, with lines to choose from. */
export const whichLine = (): Message =>
  say(
    'Which line? Say its number or its name as well, such as `done 2`, `done 2 ref TICKET-1`, `blocked 2 why`, `waiting 2 on badging office` or `not yet 2 for 3 days`.',
  );

/** A line of a card that is not in the reader's hands. */
export interface OtherLine {
  readonly number: string;
  readonly key: string;
  readonly name: string;
}

export const lineIsSettled = ({ number, name }: OtherLine, isDone: boolean): Message =>
  withList(
    say(
      lineOf`Nothing was changed: "${name}" of ${strong(number)} is ${isDone ? 'done already' : 'not needed any more'}. Type \`card ${number}\` for the whole card.`,
    ),
  );

/** `first`: what it is called that comes before it and is open. */
export const lineNotYet = ({ number, name }: OtherLine, first: readonly string[]): Message =>
  withList(
    say(
      lineOf`Nothing was changed: it is not time for "${name}" of ${strong(number)} yet. First comes ${first.join(', then ')}.`,
    ),
  );

/** `mayWrite`: the reader says how all lines of the card stand. */
export const lineWithOthers = (
  { number, key, name }: OtherLine,
  { party, waitsFor }: { readonly party: CardParty; readonly waitsFor: CardParty | null },
  mayWrite: boolean,
): Message =>
  withList(
    say(
      lineOf`Nothing was changed: "${name}" of ${strong(number)} is not in your hands. It is with ${PARTY_NAMES[waitsFor ?? party]}${waitsFor === null ? '' : `; ${PARTY_NAMES[party]} follows it up`}.${mayWrite ? ` To note it all the same, type \`item ${number} ${key.replaceAll('_', ' ')} done\`.` : ''}`,
    ),
  );

/** Several cards have it. */
export const lineOnCards = (key: string, numbers: readonly string[]): Message => {
  const { shown, left } = firstOf(numbers, MOST_NUMBERS);
  return withList(
    say(
      lineOf`Nothing was changed: that line is not in your hands. It stands on the cards of ${shown.join(', ')}${left > 0 ? ` and ${String(left)} more` : ''}: type \`item ${shown[0] ?? ''} ${key.replaceAll('_', ' ')}\` with how it stands, or \`card ${shown[0] ?? ''}\` to see it.`,
    ),
  );
};
const MOST_NUMBERS = 3;

/** It was there and needs nothing from the reader any more. */
export const lineIsGone = (line: HeldLine): Message =>
  withList(say(`Nothing was changed: "${nameLine(line)}" is not in your hands any more.`));

/** Several lines are called so. */
export const severalLines = (lines: readonly ItemLine[]): Message =>
  withList(
    say(
      lineOf`Nothing was changed: you have that line in ${lines.map(({ about }) => about.number).join(' and ')}. Say its number in your list, which \`nudges\` shows.`,
    ),
  );

/** What is no course's to be. */
export const noCourseState = (line: HeldLine): Message =>
  say(
    `Nothing was changed: "${nameLine(line)}" is a course; it is done or not yet. If something is in the way, type \`stuck\` and what it is.`,
  );

/** How a course is said to be done. */
export const courseDoneHow = (key: string): Message =>
  say(
    `Nothing was changed: please give the day and the reference, such as \`course ${key.replaceAll('_', ' ')} done on 12/3/2026 ref CERT-1\`.`,
  );

/** The same for a line that is somebody else's and one that there is not. */
export const notInHand = (): Message =>
  withList(say('Nothing was changed: that line is not in your hands now.'));

/** It is done where it is decided. */
export const doneElsewhere = (line: HeldLine): Message =>
  withList(say(`Nothing was changed: "${nameLine(line)}" is done by its own step. \`nudges\` says which.`));

/** To the Data Guardian or the advisor who said that they are ready. */
export const readyNoted = (number: string): Message =>
  say(lineOf`Thank you: the preparation list of ${strong(number)} says that you are told and ready.`);
export const readyAlready = (number: string): Message =>
  say(lineOf`The preparation list of ${strong(number)} says so already. Nothing was changed.`);
/** To whoever says that they are not. */
export const notReadyYet = (number: string): Message =>
  say(
    lineOf`Nothing was changed: as long as you do not say it, the preparation list of ${strong(number)} does not say that you are ready. If something is in the way, type \`stuck ${number}\` and what it is; when you are ready, type \`ready ${number}\`.`,
  );
/** It says that they are. */
export const readyTakenBack = (number: string): Message =>
  say(
    lineOf`Nothing was changed: you said before that you are ready for ${strong(number)}. To change that, press "Preparation" or type \`preparation ${number}\`.`,
  );
export const readyNotNow = (number: string): Message =>
  say(
    lineOf`Nothing was changed: nobody is being onboarded for ${strong(number)} now, so nobody asks whether you are ready.`,
  );

/** The same to the ISPG channel, where no line of a card is named. */
export const lineLateInChannel = ({ about: { number }, party }: ItemLine, businessDays: number): Message =>
  card(
    `${businessDays} business days late: ${number}`,
    [
      paragraph(
        `A line of an Information Card is open long after its day. It is with ${PARTY_NAMES[party]}.`,
      ),
    ],
    [button('card', 'Information Card', { verb: 'card.show', subject: number }, `card ${number}`)],
  );

/** To whoever hears of a line because it is late. `businessDays` after its due day. */
export function lineLate(line: ItemLine, businessDays: number): Message {
  const { number } = line.about;
  const holder =
    line.waitsFor === null
      ? `It is with ${PARTY_NAMES[line.party]}.`
      : `It waits for ${PARTY_NAMES[line.waitsFor]}; ${PARTY_NAMES[line.party]} follows it up.`;
  const state =
    line.blocked === null
      ? lineOf`${holder}`
      : lineOf`It is blocked: ${theirs(sentence(line.blocked))} ${holder}`;
  return card(
    `${businessDays} business days late: ${number}`,
    [
      paragraph(
        lineOf`${line.name} (${theirs(line.systemName)}) was due on ${sayLocalDate(line.dueOn)} and is open. ${state}`,
      ),
      note(
        lineOf`Type \`card ${number}\` for the whole card, or \`stuck ${number}\` and what is in the way.`,
      ),
    ],
    [button('card', 'Information Card', { verb: 'card.show', subject: number }, `card ${number}`)],
  );
}
