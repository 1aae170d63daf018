/** What the bot says about check-ins: what somebody writes ahead of the weekly or monthly meeting. */

import type { CheckIn } from '../../domain/check-in.ts';
import { CHECK_IN_PARTS, type CheckInAnswers, type CheckInPart, helpFirst } from '../../domain/check-in.ts';
import type { Field } from '../../domain/field.ts';
import type { MeetingId, PersonId } from '../../domain/ids.ts';
import type { People } from '../../domain/person.ts';
import { type Button, button } from '../button.ts';
import { type Line, line, strong, theirs, time } from '../inline.ts';
import {
  type Block,
  card,
  type DialogPage,
  fact,
  facts,
  type Message,
  note,
  paragraph,
  say,
} from '../message.ts';
import { noSensitiveData } from './mends.ts';
import { nameOf } from './people.ts';

/** A part's name on cards and in dialogs, and the word people type for it. */
export const CHECK_IN_LABELS: Readonly<
  Record<CheckInPart, { readonly label: string; readonly typed: string }>
> = {
  wentWell: { label: 'What went well', typed: 'well' },
  inTheWay: { label: 'What is in the way', typed: 'way' },
  helpWanted: { label: 'Help wanted', typed: 'help' },
};

/** The meeting as these messages speak of it. */
export interface CheckInMeeting {
  readonly id: MeetingId;
  /** "Service ISSO Lead check-in" */
  readonly title: string;
  /** What people call it when they type: "weekly". */
  readonly word: string;
  readonly startsAt: Date;
  /** Who beside the writer reads what they write. */
  readonly readers: 'ispg' | 'ispg-and-leads';
}

/** What to type for a check-in of that meeting. */
const typedForm = (word: string): string => `check in ${word}: well: …; way: …; help: …`;
const named = ({ word, title }: CheckInMeeting): string => `the ${word} meeting (${title})`;

const READERS: Readonly<Record<CheckInMeeting['readers'], string>> = {
  ispg: 'ISPG reads what you write; other Service ISSOs do not.',
  'ispg-and-leads': 'ISPG and the Service ISSO Leads who are invited read what you write.',
};

/** Opens the dialog. */
export const checkInButton = (meeting: CheckInMeeting, label: string): Button =>
  button('check-in', label, { verb: 'check-in.open', subject: meeting.id }, typedForm(meeting.word), {
    opensDialog: true,
    look: 'primary',
  });

/** Asks somebody to write a check-in; `again` for the one reminder. */
export const checkInRequest = (meeting: CheckInMeeting, again: boolean): Message =>
  card(
    again
      ? `Reminder: your check-in before the ${meeting.word} meeting`
      : `Your check-in before the ${meeting.word} meeting`,
    [
      paragraph(
        line`${strong(meeting.title)} is on ${time(meeting.startsAt)}. What went well, what is in the way, what help do you want? A few words are enough.`,
      ),
      paragraph(READERS[meeting.readers]),
      note('You can change what you wrote until the meeting begins.'),
    ],
    [checkInButton(meeting, 'Write my check-in')],
  );

/** The dialog, with the fields as the questions give them. */
export const checkInDialog = (meeting: CheckInMeeting, fields: readonly Field[]): DialogPage => ({
  title: `Check-in, ${meeting.word} meeting`,
  intro: [line`${READERS[meeting.readers]} You can leave out what does not apply.`, noSensitiveData()],
  fields,
  sendLabel: 'Send',
  press: { verb: 'check-in.answer', subject: meeting.id },
});

/** To somebody who asks for their check-in: what stands there, or that nothing does yet. */
export const ownCheckIn = (meeting: CheckInMeeting, answers: CheckInAnswers | null): Message =>
  card(
    `Your check-in before the ${meeting.word} meeting`,
    [
      paragraph(line`${strong(meeting.title)} is on ${time(meeting.startsAt)}.`),
      answers === null ? paragraph('You have not written anything yet.') : facts(rowsOf(answers)),
      note(READERS[meeting.readers]),
    ],
    [checkInButton(meeting, answers === null ? 'Write my check-in' : 'Change my check-in')],
  );

/** Thanks, and how to change it. */
export const checkInKept = (meeting: CheckInMeeting, answers: CheckInAnswers, changed: boolean): Message => ({
  ...card(changed ? 'Your check-in is changed' : 'Thank you for your check-in', [
    facts(rowsOf(answers)),
    note(
      line`It is shown at ${named(meeting)} on ${time(meeting.startsAt)}. Until then you can change it; type a part again to replace that part.`,
    ),
  ]),
  buttons: [{ ...checkInButton(meeting, 'Change my check-in'), look: 'plain' }],
});

const rowsOf = (answers: CheckInAnswers) =>
  CHECK_IN_PARTS.map((part) =>
    fact(CHECK_IN_LABELS[part].label, answers[part] === '' ? 'Left out' : [theirs(answers[part])]),
  );

/** To those who meet: what was written, help wanted first, and who has not answered. */
export function collectedCheckIns(
  meeting: CheckInMeeting,
  checkIns: readonly CheckIn[],
  writerIds: readonly PersonId[],
  people: People,
): Message {
  const answered = helpFirst(checkIns);
  const missing = writerIds.filter((id) => !answered.some(({ personId }) => personId === id));
  const wanting = answered.filter(({ answers }) => answers.helpWanted !== '').length;
  const total = answered.length + missing.length;
  const blocks: Block[] = [
    paragraph(
      line`${strong(meeting.title)} is on ${time(meeting.startsAt)}. ${answered.length} of ${total} answered${wanting > 0 ? '; help wanted first' : ''}.`,
    ),
    ...answered.flatMap(({ personId, answers }) => [
      paragraph(
        line`${strong(answers.helpWanted === '' ? 'From' : 'Help wanted by')} ${nameOf(people, personId)}`,
      ),
      facts(saidBy(answers)),
    ]),
  ];
  if (missing.length > 0) blocks.push(paragraph(line`Not answered: ${names(missing, people)}.`));
  return card(`Check-ins for the ${meeting.word} meeting`, [
    ...blocks,
    note(
      `For you and the others who prepare this meeting; not for a channel. Type \`check ins ${meeting.word}\` to see it again.`,
    ),
  ]);
}

/** The parts somebody filled in, help first. */
const saidBy = (answers: CheckInAnswers) =>
  CHECK_IN_PARTS.toReversed()
    .filter((part) => answers[part] !== '')
    .map((part) => fact(CHECK_IN_LABELS[part].label, [theirs(answers[part])]));

const names = (ids: readonly PersonId[], people: People): Line =>
  ids.flatMap((id, place) => [...(place > 0 ? line`, ` : []), nameOf(people, id)]);

/** Nothing to write for, or nothing that is this person's to see: the same words for both. */
export const noCheckIn = (): Message =>
  say(
    'There is no check-in open for you now. You are asked before each weekly or monthly meeting that you take part in, and can answer until it begins.',
  );

/** A check-in needs something in it. */
export const NOTHING_WRITTEN = 'Please write something in at least one of the three fields.';

/** What was typed can't be taken yet; `mends` are sentences. */
export const checkInMends = (word: string, mends: readonly string[]): Message =>
  say(
    ...mends,
    `Nothing was changed. For example: \`check in ${word}: well: access came through; way: no test data; help: an introduction to the data team\``,
  );
