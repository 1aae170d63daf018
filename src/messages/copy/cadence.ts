/** What the bot says about cadences: when the meetings recur, and what a change does. */

import type { HolidayRule } from '../../domain/cadence.ts';
import { describeCadence } from '../../domain/cadence-words.ts';
import type { Meeting } from '../../domain/meeting.ts';
import type { MeetingCadenceRefusal } from '../../domain/meeting-cadence.ts';
import { sayLocalTime, weekdayName, zoneName } from '../../domain/time.ts';
import { type Line, line, strong, theirs, time } from '../inline.ts';
import { bullets, card, type Message, note, numbered, paragraph, say } from '../message.ts';
import { movedWords } from './meeting.ts';

/** A cadence as it is shown. */
export interface CadenceFacts {
  readonly title: string;
  /** How to type it: `weekly`, `satisfaction ISSO-2026-0001`. */
  readonly typed: string;
  readonly engagement: { readonly number: string; readonly systemName: string } | null;
  /** Null while it is off. */
  readonly rule: { readonly cron: string; readonly zone: string; readonly holidayRule: HolidayRule } | null;
  readonly next: readonly { readonly at: Date; readonly movedFrom: Meeting['movedFrom'] }[];
}

const nameOfCadence = ({ title, engagement }: CadenceFacts): Line =>
  engagement
    ? line`${strong(title)} for ${strong(engagement.number)} (${theirs(engagement.systemName)})`
    : line`${strong(title)}`;

const words = ({ rule, typed }: CadenceFacts): string =>
  rule ? describeCadence(rule) : `off, so nothing is planned until somebody types \`cadence ${typed} on\``;

function dateLine({ at, movedFrom }: CadenceFacts['next'][number]): Line {
  const moved = movedWords({ movedFrom });
  return moved ? line`${time(at)}, ${moved}` : line`${time(at)}`;
}

/** All cadences the reader may see, each with its next date. */
export function cadenceList(cadences: readonly CadenceFacts[], mayChange: boolean): Message {
  if (cadences.length === 0) return say('There is no recurring meeting that concerns you.');
  return card('Recurring meetings', [
    bullets(
      cadences.map((each) => {
        const [next] = each.next;
        const when = next ? line` Next: ${dateLine(next)}.` : [];
        return line`${nameOfCadence(each)}: ${words(each)}.${when} (\`cadence ${each.typed}\`)`;
      }),
    ),
    note(mayChange ? HOW_TO_CHANGE : 'An ISPG team member can change these.'),
  ]);
}

const HOW_TO_CHANGE =
  'To change one, type `cadence weekly every Tuesday at 10:00`, `cadence monthly second Wednesday at 1pm in Chicago`, or `cadence weekly off` and `cadence weekly on`. Add `skip`, `next`, `previous` or `keep` to say what happens on days the office is closed.';

/** One cadence with its next dates. */
export function cadenceCard(of: CadenceFacts, mayChange: boolean): Message {
  return card(of.engagement ? `${of.title}: ${of.engagement.number}` : of.title, [
    paragraph(line`${nameOfCadence(of)}: ${words(of)}.`),
    ...(of.next.length > 0 ? [paragraph('The next dates:'), numbered(of.next.map(dateLine))] : []),
    ...(mayChange ? [note(HOW_TO_CHANGE)] : []),
  ]);
}

/** How many meetings a change made, moved and called off. */
export interface CadenceEffect {
  readonly made: number;
  readonly moved: number;
  readonly calledOff: number;
}

/** What a change did, said back; `keptRule`: what happens on closed days was not named, and stays as it was before. */
export function cadenceSet(of: CadenceFacts, effect: CadenceEffect, keptRule: boolean): Message {
  return card('Cadence set', [
    paragraph(line`${nameOfCadence(of)}: ${words(of)}.`),
    ...(keptRule && of.rule
      ? [note('You named nothing for days when the office is closed, so that stays as it was before.')]
      : []),
    ...(of.next.length > 0 ? [paragraph('The next dates:'), numbered(of.next.map(dateLine))] : []),
    paragraph(effectWords(effect)),
  ]);
}

function effectWords({ made, moved, calledOff }: CadenceEffect): string {
  const parts = [
    ...(made > 0 ? [`${made} made`] : []),
    ...(moved > 0 ? [`${moved} moved`] : []),
    ...(calledOff > 0 ? [`${calledOff} called off`] : []),
  ];
  if (parts.length === 0) return 'No meeting that was planned already changes.';
  return `Meetings in the calendar: ${parts.join(', ')}. Everybody invited is told. Meetings that somebody moved or cancelled by hand stay as they are.`;
}

/** To whoever is invited, once, when somebody changed the cadence or switched it off; calendars follow date by date. */
export function cadenceChanged(of: CadenceFacts): Message {
  if (of.rule === null)
    return say(
      line`Please note: the ${nameOfCadence(of)} is not planned any more. The dates that stood in your calendar are cancelled.`,
    );
  const [next] = of.next;
  return say(
    line`Please note: from now on the ${nameOfCadence(of)} is ${words(of)}.`,
    next
      ? line`The next one: ${dateLine(next)}. What was planned before moves along, also in your calendar.`
      : 'What was planned before is cancelled.',
  );
}

/** Somebody wants a cadence for what has none or needs a request. */
export const noSuchCadence = (): Message =>
  say(
    'Which meeting do you mean? Type `cadences` for the list, or name one: `cadence weekly`, `cadence monthly`, `cadence satisfaction ISSO-2026-0001`.',
  );

export const cadenceNeedsNumber = (word: string): Message =>
  say(
    `That meeting belongs to one request. Name it: \`cadence ${word} ISSO-2026-0001 quarterly second Tuesday at 10am\`.`,
  );

export const cadenceOfProgramme = (word: string): Message =>
  say(`That meeting is the programme's, not one request's. Leave the number out: \`cadence ${word}\`.`);

export const cadenceNotAllowed = (): Message =>
  say('Only the ISPG team and the Government Task Lead can change a cadence, so nothing was changed.');

/** What happens once has no cadence, and the forum is announced by CMS. */
export function cadenceNotForThis(kind: 'kickoff' | 'initial' | 'forum'): Message {
  switch (kind) {
    case 'forum':
      return say(
        'CMS sets the dates of the forum, so it has no cadence here. Type `import forum 2026-12-17 1pm`.',
      );
    case 'kickoff':
      return say('The kickoff happens once, at a time that is agreed, so it has no cadence.');
    case 'initial':
      return say(
        'The initial meeting happens once, at a time that is agreed, so it has no cadence. To offer times for it, type `offer initial ISSO-2026-0001`.',
      );
    default:
      return kind satisfies never;
  }
}

/** Why it can't be kept; nothing was changed. */
export const cadenceRefused = (because: string): Message => say(`Nothing was changed. ${because}`);

/** Why a meeting can't recur like that, and what would do. */
export function meetingCadenceWords(refusal: MeetingCadenceRefusal, minutes: number): string {
  switch (refusal.code) {
    case 'oftener-than-daily':
      return 'A meeting can recur at most once a day. Give one time.';
    case 'weekend':
      return `${weekdayName(refusal.weekday)} is on a weekend, when nobody meets. Name a day from Monday to Friday.`;
    case 'kept-on-weekend':
      return 'Some of its days are on a weekend, when nobody meets. Add `next`, `previous` or `skip` instead of `keep` to say what happens then.';
    case 'outside-hours': {
      const { at, zone, hours } = refusal;
      return `${sayLocalTime(at)} ${zoneName(zone)} is outside business hours. Please name a time at which all ${minutes} minutes lie between ${sayLocalTime(hours.from)} and ${sayLocalTime(hours.to)} ${zoneName(hours.zone)} all year.`;
    }
    case 'no-date':
      return 'That gives no date in the next five years. Name other days, or add `next` or `previous` instead of `skip`.';
    default:
      return refusal satisfies never;
  }
}
