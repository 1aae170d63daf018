/** What stands beside a field that can't be taken yet, and short words on the way: what is wrong and how to mend it. */
import { sayLocalDate } from '../../domain/time.ts';
import { type Line, line } from '../inline.ts';
import { type Message, say } from '../message.ts';

const grouped = (count: number): string => count.toLocaleString('en-US');

export const EMPTY = 'Please write something here.';
export const PICK_REASON = 'Please pick a reason.';
export const PICK_PRESENT = 'Please tick who was there.';
export const GIVE_DATE = 'Please give the date of the kickoff as year-month-day, such as 2026-12-08.';
export const DATE_TO_COME = 'That date is still to come. Please give the day on which it was held.';

export const tooLong = (longest: number, length: number): string =>
  `Please keep it to ${grouped(longest)} characters; this has ${grouped(length)}.`;

/** `kinds` such as "a Social Security number". */
export const notKept = (kinds: readonly string[]): string =>
  `That looked like it contained ${kinds.join(' and ')}, so it was not kept. Please say it without.`;

/** A topic of the record may not stay empty. */
export const orNotDiscussed = (mend: string): string => `${mend} "Not discussed" is an answer too.`;

/** A mend said in chat, with an example of what to type. */
export const mendInChat = (mend: string, example: string): Message => say(mend, `For example: ${example}`);

export const answeredAlready = (): Line => line`That question is answered already. This one is open:`;
export const tickEverything = (): Line =>
  line`Please tick every statement, or type \`back\` to change your answers.`;
export const noSensitiveData = (): Line => line`Please do not type personal, health or tax data.`;
export const notInCatalogue = (): Message =>
  say('That service is not in the catalogue. Type `help` to see what I can do.');

export const tooManyLines = (most: number): string => `Please keep it to ${most} lines.`;
export const noSuchDay = (day: string): string =>
  `I can't tell which day "${day}" is. Please write it like Dec 15.`;
/** A follow-up can't be due on a day that is over. */
export const dayIsOver = (day: string, on: string): string =>
  `"By ${day.trim()}" is ${sayLocalDate(on)}, which is over. Please give a day to come, with its year if it is far ahead.`;
export const nobodyCalled = (typed: string): string =>
  `Nobody here is called "${typed.trim()}". Please write the name as it stands in the list.`;
/** Several people answer to a typed name. */
export const severalCalled = ({
  typed,
  people,
}: {
  readonly typed: string;
  readonly people: readonly { readonly name: string }[];
}): string =>
  `"${typed.trim()}" may be ${people.map(({ name }) => name).join(' or ')}. Please write more of the name.`;
