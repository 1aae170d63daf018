/** What the bot says about the record of a meeting: the dialog, the minutes, who was missed, and what is to be done. */
import type { PersonId } from '../../domain/ids.ts';
import { declinedBy, type FollowUp } from '../../domain/meeting.ts';
import { type FollowUpRefusal, noShows } from '../../domain/meeting-record.ts';
import type { Person } from '../../domain/person.ts';
import { sayLocalDate, sayShortDate } from '../../domain/time.ts';
import { type Button, button } from '../button.ts';
import { type Line, line, theirs } from '../inline.ts';
import {
  type Block,
  bullets,
  card,
  type DialogPage,
  fact,
  facts,
  type Message,
  note,
  numbered,
  paragraph,
  say,
} from '../message.ts';
import { followUpLine, type MeetingFacts, meetingName, whenOf } from './meeting.ts';
import { nameOf } from './people.ts';

const FOLLOW_UP_HINT = 'One per line, such as "Leila: send the roster by Dec 15".';

/** The fields for decisions and follow-ups, the same in every record. */
export const MINUTES_FIELDS: DialogPage['fields'] = [
  {
    id: 'decisions',
    label: 'Decisions',
    kind: 'long-text',
    required: false,
    maxLength: 4000,
    hint: 'One per line.',
  },
  {
    id: 'followUps',
    label: 'Follow-ups',
    kind: 'long-text',
    required: false,
    maxLength: 4000,
    hint: FOLLOW_UP_HINT,
  },
];

/** The dialog in which a meeting is recorded; who has not declined is ticked. */
export function meetingRecordDialog(of: MeetingFacts): DialogPage {
  const { meeting, people } = of;
  const declined = declinedBy(meeting);
  return {
    title: 'Record the meeting',
    intro: [line`${meetingName(of)}, ${whenOf(meeting)}`],
    fields: [
      {
        id: 'present',
        label: 'Who was there?',
        kind: 'choices',
        required: true,
        options: meeting.attendeeIds.map((id) => ({ id, label: people.get(id)?.name ?? id })),
        value: meeting.attendeeIds.filter((id) => !declined.has(id)),
      },
      { id: 'notes', label: 'Notes', kind: 'long-text', required: false, maxLength: 2000 },
      ...MINUTES_FIELDS,
    ],
    sendLabel: 'Record',
    press: { verb: 'meeting.record', subject: meeting.id, version: meeting.version },
  };
}

/** How to record by text, for those without dialogs. */
export const meetingRecordByText = (of: MeetingFacts): Message =>
  say(
    line`To record the ${meetingName(of)} in one message, type:`,
    `held ${of.typed}: present: …; notes: …; decision: …; follow-up: Leila sends the roster by Dec 15`,
    'Without `present`, everybody who has not declined counts as present; add `absent: name, name` for those who were not there. There can be several decisions and follow-ups.',
  );

/** To whoever recorded it. */
export function meetingRecorded(of: MeetingFacts): Message {
  const { minutes } = of.meeting;
  const decisions = minutes?.decisions.length ?? 0;
  const followUps = minutes?.followUps.length ?? 0;
  const what = `${counted(decisions, 'decision')} and ${counted(followUps, 'follow-up')}`;
  const recorded = say(
    line`Recorded: the ${meetingName(of)} was held, with ${what}. What was agreed stands at the top of the next reminder.`,
  );
  return { ...recorded, blocks: [...recorded.blocks, ...ownerBlocks(of)] };
}

/** The same after a kickoff, whose record says something else; nothing without follow-ups. */
export function followUpOwners(of: MeetingFacts): readonly Message[] {
  const blocks = ownerBlocks(of);
  return blocks.length === 0 ? [] : [{ blocks, buttons: [] }];
}

/** Who has which follow-up, by its number alone: a channel may be listening. What nobody has, and how to give it to somebody. */
function ownerBlocks(of: MeetingFacts): Block[] {
  const followUps = of.meeting.minutes?.followUps ?? [];
  if (followUps.length === 0) return [];
  const rows = followUps.map(
    ({ ownerId, dueOn }) =>
      line`${ownerId === null ? 'nobody yet' : nameOf(of.people, ownerId)}${dueOn ? `, by ${sayShortDate(dueOn)}` : ''}`,
  );
  const open = followUps.findIndex(({ ownerId }) => ownerId === null);
  return [
    paragraph('Who has which follow-up:'),
    numbered(rows),
    ...(open < 0
      ? []
      : [
          paragraph(
            `I found no name of the roster at the beginning of what nobody has. To give it to somebody, type \`give follow-up ${open + 1} ${of.typed} to Leila\`.`,
          ),
        ]),
  ];
}

const counted = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? '' : 's'}`;

/** To the organizer alone: who was missed. */
export const noShowNotice = (of: MeetingFacts, ids: readonly PersonId[]): Message =>
  say(
    line`${namesOf(of, ids)} had not declined the ${meetingName(of)} and could not be there. You may want to ask whether the time suits them; nobody else is told.`,
  );

const namesOf = (of: MeetingFacts, ids: readonly PersonId[]): Line =>
  ids.flatMap((id, place) => [
    ...(place === 0 ? [] : place === ids.length - 1 ? line` and ` : line`, `),
    nameOf(of.people, id),
  ]);

// ------------------------------------------------------------------------------------------ minutes

export const noMinutes = (): Message =>
  say(
    'I have no record of such a meeting for you: none was recorded, or you do not have access. Type it like `minutes weekly` or `minutes initial ISSO-2026-0001`.',
  );

/**
 * The record of a meeting that was held; who was missed is for its organizer alone. Without `isAllTheirs` the reader sees
 * nothing but what they have to do.
 */
export function minutesCard(of: MeetingFacts, reader: Person, isAllTheirs: boolean): Message {
  if (!isAllTheirs) return ownFollowUps(of, reader);
  const { meeting, people } = of;
  const { minutes, notes } = meeting;
  const missed = reader.id === meeting.organizerId ? noShows(meeting) : [];
  const topics = notes ? Object.values(notes).filter((words) => words !== '') : [];
  return card(
    `Minutes: ${of.title}`,
    [
      facts([
        fact('What', meetingName(of)),
        fact('Held on', meeting.heldOn ? sayLocalDate(meeting.heldOn) : 'a day not noted'),
        fact('Present', meeting.presentIds.length > 0 ? namesOf(of, meeting.presentIds) : 'nobody noted'),
        ...(missed.length > 0 ? [fact('Missed', namesOf(of, missed))] : []),
      ]),
      ...(minutes && minutes.notes !== '' ? [paragraph(line`${theirs(minutes.notes)}`)] : []),
      ...(topics.length > 0 ? [bullets(topics.map((words) => line`${theirs(words)}`))] : []),
      ...(minutes && minutes.decisions.length > 0
        ? [paragraph('Decided:'), bullets(minutes.decisions.map((words) => line`${theirs(words)}`))]
        : []),
      ...(minutes && minutes.followUps.length > 0
        ? [paragraph('To do:'), numbered(minutes.followUps.map((each) => followUpLine(of.people, each)))]
        : []),
      ...(minutes?.followUps.some(({ doneAt }) => !doneAt)
        ? [note(`When something is done, type \`done follow-up 1 ${of.typed}\`.`)]
        : []),
    ],
    (minutes?.followUps ?? []).flatMap((each, index) =>
      each.ownerId === reader.id && !each.doneAt && people.has(reader.id) ? [doneButton(of, index)] : [],
    ),
  );
}

function ownFollowUps(of: MeetingFacts, reader: Person): Message {
  const own = (of.meeting.minutes?.followUps ?? []).flatMap((each, index) =>
    each.ownerId === reader.id ? [{ each, index }] : [],
  );
  return card(
    `Minutes: ${of.title}`,
    [
      paragraph(line`Yours to do from the ${meetingName(of)}:`),
      bullets(own.map(({ each, index }) => line`Follow-up ${index + 1}: ${followUpLine(of.people, each)}`)),
    ],
    own.flatMap(({ each, index }) => (each.doneAt ? [] : [doneButton(of, index)])),
  );
}

// ------------------------------------------------------------------------------------------ follow-ups

/** Says that a follow-up is done; `index` from 0. */
export const doneButton = (of: Pick<MeetingFacts, 'meeting' | 'typed'>, index: number): Button =>
  button(
    `done-${index + 1}`,
    `Done: follow-up ${index + 1}`,
    { verb: 'meeting.done', subject: of.meeting.id, choice: String(index) },
    `done follow-up ${index + 1} ${of.typed}`,
    { look: 'primary' },
  );

/** To whoever has it: what was agreed. */
export const followUpCard = (of: MeetingFacts, index: number, { text, dueOn }: FollowUp): Message =>
  card(
    'A follow-up for you',
    [
      paragraph(
        line`Agreed at the ${meetingName(of)}: ${theirs(text)}${dueOn ? `, by ${sayLocalDate(dueOn)}` : ''}.`,
      ),
    ],
    [doneButton(of, index)],
  );

export const followUpReminder = (
  of: MeetingFacts,
  index: number,
  { text, dueOn }: FollowUp,
  rung: 'due' | 'late',
): Message => ({
  ...say(
    rung === 'due'
      ? line`Due ${dueOn ? sayShortDate(dueOn) : 'now'}: ${theirs(text)}, as agreed at the ${meetingName(of)}.`
      : line`Still open since ${dueOn ? sayShortDate(dueOn) : 'its day'}: ${theirs(text)}, as agreed at the ${meetingName(of)}. If something is in the way, tell ISPG.`,
  ),
  buttons: [doneButton(of, index)],
});

/** What the owner's card says once it is done. */
export const followUpDone = (of: MeetingFacts, { text }: FollowUp): Message =>
  card('A follow-up for you', [paragraph(line`Done: ${theirs(text)}, agreed at the ${meetingName(of)}.`)]);

/** What the card of whoever had it before says once somebody else has it. */
export const followUpMoved = (of: MeetingFacts, { text }: FollowUp): Message =>
  card('A follow-up for you', [
    paragraph(line`No longer yours: ${theirs(text)}, agreed at the ${meetingName(of)}.`),
  ]);

export const followUpGiven = (index: number, owner: Person): Message =>
  say(line`Follow-up ${index + 1} is with ${theirs(owner.name)} now, who is told.`);

export const giveByText = (of: MeetingFacts, index: number): Message =>
  say(line`Please say to whom: \`give follow-up ${index + 1} ${of.typed} to Leila Haddad\`.`);

export const followUpClosed = ({ text }: FollowUp): Message => say(line`Done: ${theirs(text)}. Thank you.`);

/** To the organizer. */
export const followUpDoneNotice = (of: MeetingFacts, { text }: FollowUp, by: Person): Message =>
  say(line`${theirs(by.name)} says it is done: ${theirs(text)}, agreed at the ${meetingName(of)}.`);

/** Somebody wants to close what is not theirs: whose it is, and what else was agreed. */
export function notYourFollowUp(of: MeetingFacts, { ownerId }: FollowUp): Message {
  const whose =
    ownerId === null
      ? line`Nobody is named for that follow-up, so whoever arranges the meeting closes it.`
      : line`That follow-up is for ${nameOf(of.people, ownerId)}.`;
  return {
    blocks: [
      paragraph(line`${whose} Nothing was changed. Agreed at the ${meetingName(of)} on ${heldWords(of)}:`),
      numbered((of.meeting.minutes?.followUps ?? []).map((each) => followUpLine(of.people, each))),
    ],
    buttons: [],
  };
}

/** How to name the meeting before this one; nothing when there was none. */
const anotherDay = ({ before, typed }: MeetingFacts): string =>
  before?.heldOn
    ? ` For the one before it, type \`done follow-up 1 ${typed.split(' ')[0] ?? ''} ${sayShortDate(before.heldOn).slice(5)}\`.`
    : '';

const heldWords = ({ meeting }: MeetingFacts): string =>
  meeting.heldOn ? sayLocalDate(meeting.heldOn) : 'a day not noted';

export function noSuchFollowUp(of: MeetingFacts, refusal: FollowUpRefusal): Message {
  switch (refusal.code) {
    case 'done-already':
      return say('That follow-up is done already; nothing else to do.');
    case 'no-such-follow-up':
      return refusal.followUps === 0
        ? say(line`No follow-ups were agreed at the ${meetingName(of)} on ${heldWords(of)}.${anotherDay(of)}`)
        : say(
            line`Please name a follow-up from 1 to ${refusal.followUps}. \`minutes ${of.typed}\` lists them.`,
          );
    default:
      return refusal satisfies never;
  }
}
