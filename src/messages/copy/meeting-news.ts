/** What the bot says when something comes of a meeting: a new time, somebody who does not come, its reminders, was it held? */
import type { PersonId } from '../../domain/ids.ts';
import { declinedBy } from '../../domain/meeting.ts';
import { sayLocalDate } from '../../domain/time.ts';
import { button } from '../button.ts';
import { type Line, line, link, theirs } from '../inline.ts';
import { type Block, bullets, card, type Message, note, paragraph, say } from '../message.ts';
import {
  agendaBlocks,
  agreedBlocks,
  answerButtons,
  followUpLine,
  heading,
  type MeetingFacts,
  meetingName,
  press,
  whenOf,
  whichOne,
} from './meeting.ts';
import { nameOf } from './people.ts';

/** Follow-ups of earlier meetings in one reminder. */
const MOST_STILL_OPEN = 10;

/** To somebody who knew another time: cards that are redrawn make no sound. */
export function changedNotice(of: MeetingFacts): Message {
  const { meeting } = of;
  if (meeting.state === 'cancelled')
    return say(line`Please note: the ${meetingName(of)}${whichOne(meeting)} is cancelled.`);
  return {
    ...say(
      line`Please note: the ${meetingName(of)}${whichOne(meeting)} has a new time: ${whenOf(meeting)}. Nothing else changes. Do you come?`,
    ),
    buttons: answerButtons(of, null),
  };
}

/** To whoever arranges the meeting: somebody does not come. */
export function declinedNotice(of: MeetingFacts, who: PersonId): Message {
  const { meeting, people, typed } = of;
  const declined = declinedBy(meeting).size;
  return say(
    line`${nameOf(people, who)} does not come to the ${meetingName(of)}, ${whenOf(meeting)}. ${declined} of the ${meeting.attendeeIds.length} invited have declined.`,
    `To find another time, type \`reschedule ${typed}\`.`,
  );
}

/** The one line in the ISPG channel about a meeting of an engagement; redrawn when something changes. */
export function channelLine(of: MeetingFacts): Message {
  const { meeting } = of;
  switch (meeting.state) {
    case 'offered':
      return say(
        line`${meetingName(of)}: ${meeting.sequence > 0 ? 'a new time' : 'a time'} is being agreed.`,
      );
    case 'booked':
      return say(line`${meetingName(of)} is booked for ${whenOf(meeting)}.`);
    case 'held':
      return say(
        line`${meetingName(of)} was held${meeting.heldOn ? ` on ${sayLocalDate(meeting.heldOn)}` : ''}.`,
      );
    case 'cancelled':
      return say(line`${meetingName(of)} is cancelled.`);
    default:
      return meeting.state satisfies never;
  }
}

/** One rung of the reminder ladder: what was agreed last time stands first. */
export function reminder(
  of: MeetingFacts,
  rung: 'day' | 'hour',
  own: 'accepted' | 'declined' | null,
): Message {
  const { meeting, before, people, closedBecause } = of;
  const opening =
    rung === 'day'
      ? line`Meeting ${closedBecause ? 'ahead' : 'on the next business day'}: ${meetingName(of)}, ${whenOf(meeting)}.`
      : line`Meeting in one hour: ${meetingName(of)}, ${whenOf(meeting)}.`;
  return {
    heading: `Reminder: ${heading(of)}`,
    blocks: [
      ...(before ? agreedBlocks(before, people, 'Agreed last time:', true) : []),
      ...stillOpenBlocks(of),
      paragraph(opening),
      ...(closedBecause ? [paragraph(closedDayWords(closedBecause))] : []),
      ...agendaBlocks(of),
      note(calendarNote(of)),
    ],
    buttons: rung === 'day' ? answerButtons(of, own) : [],
  };
}

/** For the reminders of a meeting on a day on which nobody works. */
export const closedDayWords = (because: string): Line =>
  line`Please note: it is on a day when the office is closed (${theirs(because)}).`;

const calendarNote = (of: MeetingFacts): Line =>
  line`${link('Calendar entry', of.invitation)}. You can't come? Type \`decline ${of.typed}\`.`;

/** What was agreed before last time and is not done. */
function stillOpenBlocks({ stillOpen, people }: MeetingFacts): Block[] {
  const items = stillOpen.flatMap(({ minutes, heldOn }) =>
    (minutes?.followUps ?? [])
      .filter(({ doneAt }) => doneAt === null)
      .map((each) => line`To do: ${followUpLine(people, each, heldOn)}`),
  );
  const more = items.length - MOST_STILL_OPEN;
  if (items.length === 0) return [];
  return [
    paragraph('Still open from before:'),
    bullets([...items.slice(0, MOST_STILL_OPEN), ...(more > 0 ? [`and ${more} more`] : [])]),
  ];
}

/** When it should be over, and `again` later: was it held? To the ISPG channel or the organizer. */
export function recordCard(of: MeetingFacts, again = false): Message {
  const { meeting, typed } = of;
  return card(
    `${again ? 'Still not recorded: was' : 'Was'} it held? ${heading(of)}`,
    [
      paragraph(
        line`The time of the ${meetingName(of)}, ${whenOf(meeting)}, has passed. Please record it, or find another time if it was not held.`,
      ),
    ],
    [
      button('record', 'Record the meeting', press(meeting, 'meeting.record'), `held ${typed}`, {
        look: 'primary',
        opensDialog: true,
      }),
      button(
        'reschedule',
        'Not held: find another time',
        press(meeting, 'meeting.reschedule'),
        `reschedule ${typed}`,
        {
          opensDialog: true,
        },
      ),
    ],
  );
}

/** What the question becomes when it is answered. */
export const recordAnswered = (of: MeetingFacts): Message =>
  card(`Was it held? ${heading(of)}`, [
    paragraph(
      of.meeting.state === 'held' ? 'Yes, and it is recorded.' : 'It has another time, or it is cancelled.',
    ),
  ]);
