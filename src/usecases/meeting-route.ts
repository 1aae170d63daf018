/** What people type and press about meetings other than the kickoff: which step is meant, of which meeting. */

import type { RawValues } from '../domain/field.ts';
import { findRequestNumber } from '../domain/ids.ts';
import type { ButtonPress } from '../messages/button.ts';
import { MEETING_WORDS } from '../messages/copy/meeting.ts';
import { sensitiveText } from '../messages/copy/refusals.ts';
import { findMeeting } from './find-meeting.ts';
import { sensitiveKinds } from './guard.ts';
import { currentIntake } from './intake-context.ts';
import { askForMeeting, offerMeetingAnew } from './meeting-ask.ts';
import type { MeetingRef } from './meeting-change.ts';
import { closeFollowUpByWords, closeFollowUpFromCard, giveFollowUpByWords } from './meeting-follow-ups.ts';
import {
  askForNewTime,
  cancelMeeting,
  moveFollowing,
  moveMeeting,
  moveMeetingFromDialog,
  skipMeeting,
} from './meeting-move.ts';
import { isSessionKind } from './meeting-offer.ts';
import {
  askForMeetingRecord,
  recordMeetingFromDialog,
  recordMeetingFromText,
  showMinutes,
} from './meeting-record.ts';
import { respondToMeeting } from './meeting-respond.ts';
import {
  askForMeetingTimes,
  chooseMeetingTime,
  proposeMeetingTimes,
  takeMeetingTime,
} from './meeting-times.ts';
import { readNamedMeeting, severalTimes } from './meeting-words.ts';
import { askForMilestone, recordMilestoneFromDialog, routeMilestone } from './record-milestone.ts';
import { type Answer, answer, type Work } from './work.ts';

// ------------------------------------------------------------------------------------------ typed

const VERB =
  /^(accept|decline|propose|take|choose|reschedule|skip|cancel|held|offer|ask for|minutes|done|give)\b[\s:]*(.*)$/isu;
const NUMBER = /\b[A-Za-z]{2,8}-20\d{2}-\d{1,6}\b(?!-)/u;
/** A request number with the kind of its meeting behind it, which may also stand the other way round. */
const NUMBER_FIRST = /^([A-Za-z]{2,8}-20\d{2}-\d{1,6})\s+([A-Za-z]+)\b/u;
/** Where the name of a meeting ends and what is said about it begins; a colon inside a time is none. */
const COLON = /:(?!\d)\s*/u;

/**
 * Carries out what was typed about a meeting: a verb, a kind, for a request's meeting its number, a day where there may be
 * several. Null for anything else. While a form is open only words with a request number are taken, as with other verbs.
 */
export async function routeMeeting(work: Work, typed: string): Promise<Answer | null> {
  const milestone = await routeMilestone(work, typed);
  if (milestone) return milestone;
  const [, verb = '', behind = ''] = VERB.exec(typed) ?? [];
  if (verb === '') return null;
  const meant = readMeant(verb.toLowerCase(), behind);
  if (!meant) return null;
  if (!NUMBER.test(behind) && work.from.channel === null) {
    const intake = await currentIntake(work);
    if (intake?.record.status === 'open') return null;
  }
  const kinds = sensitiveKinds(typed);
  if (kinds.length > 0) return answer(sensitiveText(kinds));
  return carryOut(work, meant);
}

interface Meant {
  readonly verb: string;
  /** `1` of "choose 1 for weekly", "done follow-up 1 weekly"; NaN for none. */
  readonly count: number;
  /** From the kind on. */
  readonly rest: string;
}

function readMeant(verb: string, behind: string): Meant | null {
  const [, digits, after = ''] =
    /^(?:follow-?\s?up\s+)?(?:(\d{1,2})\b\s*(?:for\s+|of\s+)?)?(.*)$/isu.exec(behind) ?? [];
  const rest = after.trim().replace(NUMBER_FIRST, '$2 $1');
  const named = readNamedMeeting(rest);
  const takesKickoff = verb === 'minutes' || verb === 'done' || verb === 'give';
  if (!named || (named.kind === 'kickoff' && !takesKickoff)) return null;
  return { verb, count: digits === undefined ? Number.NaN : Number(digits), rest };
}

async function carryOut(work: Work, { verb, count, rest }: Meant): Promise<Answer | null> {
  const words = (typed: string): MeetingRef => ({ by: 'words', words: typed });
  switch (verb) {
    case 'accept':
      return respondToMeeting(work, words(rest), 'accepted');
    case 'decline':
      return respondToMeeting(work, words(rest), 'declined');
    case 'choose':
      return chooseMeetingTime(work, words(rest), count - 1);
    case 'take':
      return takeMeetingTime(work, words(rest), count - 1);
    case 'propose': {
      const [name, times] = nameAndTimes(rest);
      return proposeMeetingTimes(work, words(name), severalTimes(times), 'chat');
    }
    case 'reschedule':
      return reschedule(work, rest);
    case 'skip':
      return skipMeeting(work, words(rest));
    case 'cancel':
      return cancelMeeting(work, words(rest));
    case 'held': {
      const [name, record] = nameAndRecord(rest);
      return recordMeetingFromText(work, { by: 'words', words: name, which: 'begun' }, record);
    }
    case 'minutes':
      return showMinutes(work, rest);
    case 'done':
      return closeFollowUpByWords(work, rest, (Number.isNaN(count) ? 1 : count) - 1);
    case 'give': {
      const [, name = '', who = ''] = /^(.*?)(?:(?<!\s)\s+to\s+(.*))?$/isu.exec(rest) ?? [];
      return giveFollowUpByWords(work, name, (Number.isNaN(count) ? 1 : count) - 1, who);
    }
    case 'ask for':
    case 'offer':
      return askOrOffer(work, verb, rest);
    default:
      return null;
  }
}

async function askOrOffer(work: Work, verb: 'ask for' | 'offer', rest: string): Promise<Answer | null> {
  const named = readNamedMeeting(rest);
  if (!named) return null;
  const number = findRequestNumber(rest);
  const words = `${MEETING_WORDS[named.kind][0]} ${number ?? ''}`;
  const found = verb === 'offer' && isSessionKind(named.kind) ? await findMeeting(work, words) : null;
  if (found && found.state !== 'held') return offerMeetingAnew(work, { by: 'words', words });
  return askForMeeting(work, named.kind, number);
}

/** Two dates, one behind the other, of which only the second has a time: the first names the meeting. */
const DATE_AND_NEW_TIME =
  /^((?:on |of )?(?:(?:sun|mon|tue|wed|thu|fri|sat)[a-z]{0,6},? )?(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d{1,2}|\d{4}-\d{2}-\d{2}))[ ,]{1,3}(?:to )?(?=(?:(?:sun|mon|tue|wed|thu|fri|sat)[a-z]{0,6},? )?(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d|\d{4}-\d{2}-\d{2}|\d{1,2}\/\d))/iu;

/** `weekly Dec 8: Wed Dec 9 2pm`, without a day `weekly Wed Dec 9 2pm`, and `weekly Dec 8 Wed Dec 9 2pm`, where two dates tell themselves apart. */
function nameAndTimes(rest: string): readonly [string, string] {
  const colon = COLON.exec(rest);
  if (colon) return [rest.slice(0, colon.index), rest.slice(colon.index + colon[0].length)];
  const [name = ''] =
    /^[A-Za-z]+(?:\s+(?:meeting|check-in|session|review)\b)?(?:\s+(?:for\s+)?[A-Za-z]{2,8}-20\d{2}-\d{1,6}\b(?!-))?/u.exec(
      rest,
    ) ?? [];
  const behind = rest.slice(name.length).trim();
  const [dated = '', day = ''] = DATE_AND_NEW_TIME.exec(behind) ?? [];
  const kind = name.replace(/\bfor\b/u, ' ');
  return day === '' ? [kind, behind] : [`${kind} ${day}`, behind.slice(dated.length)];
}

/** `weekly to Thu 2pm`, `weekly Dec 8 to Thu Dec 10 2pm`, `weekly and following to Thu 2pm`. */
function reschedule(work: Work, rest: string): Promise<Answer> {
  const [, name = '', following, toward = '', colonward = ''] =
    /^(.*?)((?<!\s)\s+and\s+(?:all\s+)?following)?(?:(?<!\s)\s+to\s+(.+)|:(?!\d)\s*(.+))?$/isu.exec(rest) ??
    [];
  const ref: MeetingRef = { by: 'words', words: name };
  const time = toward || colonward;
  return following ? moveFollowing(work, ref, time) : moveMeeting(work, ref, time);
}

/** `weekly Dec 8: present: …; notes: …`; the first label may stand without a colon before it. */
function nameAndRecord(rest: string): readonly [string, string] {
  const label =
    /(?<![\s:;,])[\s:;,]*\b(?:present|absent|notes?|decisions?|decided|follow-?ups?|to ?do)\s*:/iu.exec(rest);
  if (!label) return [rest, ''];
  return [rest.slice(0, label.index), rest.slice(label.index).replace(/^[\s:;,]+/u, '')];
}

// ------------------------------------------------------------------------------------------ pressed

type Route = (work: Work, press: ButtonPress, values: RawValues) => Promise<Answer>;

const ofCard = (press: ButtonPress): MeetingRef => ({
  by: 'card',
  meetingId: press.subject,
  version: press.version ?? null,
});
const index = (press: ButtonPress): number => Number(press.choice ?? Number.NaN);

/** What pressing does. */
export const MEETING_PRESSED: readonly (readonly [string, Route])[] = [
  ['meeting.accept', (work, press) => respondToMeeting(work, ofCard(press), 'accepted')],
  ['meeting.decline', (work, press) => respondToMeeting(work, ofCard(press), 'declined')],
  ['meeting.choose', (work, press) => chooseMeetingTime(work, ofCard(press), index(press))],
  ['meeting.propose', (work, press) => askForMeetingTimes(work, ofCard(press))],
  ['meeting.take', (work, press) => takeMeetingTime(work, ofCard(press), index(press))],
  ['meeting.offer', (work, press) => offerMeetingAnew(work, ofCard(press))],
  ['meeting.reschedule', (work, press) => askForNewTime(work, ofCard(press))],
  ['meeting.skip', (work, press) => skipMeeting(work, ofCard(press))],
  ['meeting.cancel', (work, press) => cancelMeeting(work, ofCard(press))],
  ['meeting.record', (work, press) => askForMeetingRecord(work, ofCard(press))],
  ['meeting.done', (work, press) => closeFollowUpFromCard(work, press.subject, index(press))],
  ['meeting.ask-satisfaction', (work, press) => askForMeeting(work, 'satisfaction', press.subject)],
  ['milestone.record', (work, press) => askForMilestone(work, press.subject)],
];

/** What sending a dialog does. */
export const MEETING_SUBMITTED: readonly (readonly [string, Route])[] = [
  [
    'meeting.propose',
    (work, press, values) => proposeMeetingTimes(work, ofCard(press), filledTimes(values), 'dialog'),
  ],
  ['meeting.reschedule', (work, press, values) => moveMeetingFromDialog(work, ofCard(press), values)],
  ['meeting.record', (work, press, values) => recordMeetingFromDialog(work, ofCard(press), values)],
  ['milestone.record', (work, press, values) => recordMilestoneFromDialog(work, press.subject, values)],
];

/** The times that were filled in; an empty later choice is left out. */
function filledTimes(values: RawValues): Record<string, string> {
  const words = (field: string): string => String(values[field] ?? '');
  const filled = ['time1', 'time2', 'time3'].filter(
    (field) => field === 'time1' || words(field).trim() !== '',
  );
  return Object.fromEntries(filled.map((field) => [field, words(field)]));
}
