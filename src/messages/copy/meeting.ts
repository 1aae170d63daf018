/** What the bot says about a meeting other than the kickoff: its times, the booking, what became of it. Its news: `meeting-news.ts`. */
import type { Engagement } from '../../domain/engagement.ts';
import type { ExampleTimes } from '../../domain/example-times.ts';
import { declinedBy, type FollowUp, type Meeting, type Slot } from '../../domain/meeting.ts';
import type { MeetingKind } from '../../domain/meeting-kinds.ts';
import type { People } from '../../domain/person.ts';
import { type LocalDate, sayLocalDate, sayShortDate, sayShortTime } from '../../domain/time.ts';
import { type Button, button } from '../button.ts';
import { type Line, line, link, strong, text, theirs, time } from '../inline.ts';
import {
  type Block,
  bullets,
  card,
  fact,
  facts,
  type Message,
  note,
  numbered,
  paragraph,
} from '../message.ts';
import { nameOf } from './people.ts';
import { type DueForReview, dueBlocks } from './training-due.ts';

/** What people type to name a meeting: the first word is the one shown. */
export const MEETING_WORDS: Readonly<Record<MeetingKind, readonly [string, ...string[]]>> = {
  kickoff: ['kickoff'],
  initial: ['initial'],
  satisfaction: ['satisfaction'],
  lead_weekly: ['weekly'],
  isso_monthly: ['monthly'],
  rbt_review: ['training', 'rbt'],
  forum: ['forum'],
};

/** A meeting with all that its messages say. */
export interface MeetingFacts {
  readonly meeting: Meeting;
  readonly engagement: Engagement | null;
  /** "Service ISSO Lead check-in". */
  readonly title: string;
  readonly agenda: readonly string[];
  /** How to type it: `weekly Dec 8`, `initial ISSO-2026-0001`. */
  readonly typed: string;
  readonly people: People;
  /** For a review of role-based training: whose is due, soonest first; null for any other meeting. */
  readonly due: readonly DueForReview[] | null;
  /** The meeting of this kind held last before it; null when there was none. */
  readonly before: Meeting | null;
  /** Why nobody works on the day it is booked for: "Veterans Day", "Saturday"; null on a business day. */
  readonly closedBecause: string | null;
  /** Held before that one, with something that is still to be done; newest first. */
  readonly stillOpen: readonly Meeting[];
  /** Other times to show how one is written. */
  readonly examples: ExampleTimes;
  readonly invitation: string;
}

/** "Service ISSO Lead check-in", "Initial meeting with the Service ISSO for ISSO-2026-0001 (Claims Hub)". */
export function meetingName({
  title,
  meeting,
  engagement,
}: Pick<MeetingFacts, 'title' | 'meeting' | 'engagement'>): Line {
  const called =
    meeting.title === null ? line`${strong(title)}` : line`${strong(title)}: ${theirs(meeting.title)}`;
  return engagement
    ? line`${called} for ${strong(engagement.number)} (${theirs(engagement.systemName)})`
    : called;
}

/** Which of several is meant where its time may not be said: the day its cadence gave it. */
export const whichOne = ({ plannedFor }: Meeting): string =>
  plannedFor ? ` of ${sayShortDate(plannedFor.slice(0, 10))}` : '';

export const heading = ({ title, engagement }: MeetingFacts): string =>
  engagement ? `${title}: ${engagement.number}` : title;

/** "moved from Mon, May 25 (Memorial Day)", or nothing. */
export function movedWords({ movedFrom }: Pick<Meeting, 'movedFrom'>): string {
  return movedFrom ? `moved from ${sayShortDate(movedFrom.on)} (${movedFrom.because})` : '';
}

/** The booked time, with the day it moved from and why. */
export const whenOf = (meeting: Meeting): Line => {
  if (!meeting.bookedFor) return [text('to be agreed')];
  const moved = movedWords(meeting);
  return moved
    ? line`${time(meeting.bookedFor.startsAt)}, ${moved}`
    : line`${time(meeting.bookedFor.startsAt)}`;
};

export const press = (meeting: Meeting, verb: string, choice?: number) => ({
  verb,
  subject: meeting.id,
  version: meeting.version,
  ...(choice === undefined ? {} : { choice: String(choice) }),
});

const slotLines = (slots: readonly Slot[]): Line[] => slots.map((slot) => line`${time(slot.startsAt)}`);

// ------------------------------------------------------------------------------------------ cards

/** To whoever chooses the time: the times on offer. */
export function slotsCard(of: MeetingFacts, timeZone: string): Message {
  const { meeting, typed } = of;
  return card(
    `Pick a time: ${heading(of)}`,
    [
      paragraph(
        line`Please pick a time for the ${meetingName(of)}. Choosing one books it and invites everybody.`,
      ),
      numbered(slotLines(meeting.offered)),
      ...agendaBlocks(of),
    ],
    [
      ...meeting.offered.map((slot, index) =>
        button(
          `slot-${index + 1}`,
          `Choose ${index + 1}: ${sayShortTime(slot.startsAt, timeZone)}`,
          press(meeting, 'meeting.choose', index),
          `choose ${index + 1} for ${typed}`,
          { look: 'primary' },
        ),
      ),
      proposeButton(of),
    ],
  );
}

/** The same to somebody whose card stands already: that is redrawn where it is and calls nobody. */
export const newTimesNotice = (of: MeetingFacts, timeZone: string): Message => ({
  ...slotsCard(of, timeZone),
  heading: `New times: ${heading(of)}`,
});

/** To somebody who knew a time that was given up: a new one is being agreed. */
export const movingCard = (of: MeetingFacts): Message =>
  card(heading(of), [
    paragraph(
      line`A new time is being agreed for the ${meetingName(of)}${whichOne(of.meeting)}. You get the new invitation here.`,
    ),
  ]);

/** What the reader of a booked card may do, beside answering. */
export interface CardRights {
  readonly timeZone: string;
  /** Reschedule, skip and cancel. */
  readonly arranges: boolean;
  readonly feed: string;
}

/** To each attendee: when and what about, with what they can do. */
export function bookedCard(
  of: MeetingFacts,
  reader: CardRights,
  own: 'accepted' | 'declined' | null,
): Message {
  const { meeting } = of;
  return card(
    heading(of),
    [
      facts([
        fact('What', meetingName(of)),
        fact('When', whenOf(meeting)),
        ...(meeting.bookedFor ? [fact('How long', `${minutesOf(meeting.bookedFor)} minutes`)] : []),
        fact('Who', namesOf(of)),
        ...(own ? [fact('Your answer', own === 'accepted' ? 'You come' : 'You do not come')] : []),
      ]),
      ...agendaBlocks(of),
      ...proposedBlocks(of, reader.arranges),
      note(
        line`${link('Add it to your calendar', of.invitation)}, or ${link('subscribe to all your programme meetings', reader.feed)}. I remind you one business day and one hour before.`,
      ),
    ],
    [...answerButtons(of, own), ...(reader.arranges ? arrangeButtons(of, reader.timeZone) : [])],
  );
}

export const agendaBlocks = (of: MeetingFacts): Block[] => [
  ...(of.agenda.length === 0 ? [] : [paragraph('Agenda:'), bullets(of.agenda)]),
  ...dueBlocks(of.due, of.people),
];

const proposedBlocks = ({ meeting }: MeetingFacts, arranges: boolean): Block[] =>
  arranges && meeting.proposed.length > 0
    ? [paragraph('Other times that were proposed:'), numbered(slotLines(meeting.proposed))]
    : [];

export function answerButtons(of: MeetingFacts, own: 'accepted' | 'declined' | null): Button[] {
  const { meeting, typed } = of;
  return [
    ...(own === 'accepted'
      ? []
      : [
          button('accept', 'Accept', press(meeting, 'meeting.accept'), `accept ${typed}`, {
            look: 'primary',
          }),
        ]),
    ...(own === 'declined'
      ? []
      : [button('decline', 'Decline', press(meeting, 'meeting.decline'), `decline ${typed}`)]),
    proposeButton(of),
  ];
}

const proposeButton = ({ meeting, typed, examples }: MeetingFacts): Button =>
  button(
    'propose',
    'Propose another time',
    press(meeting, 'meeting.propose'),
    `propose ${typed}: ${examples[0]}`,
    {
      opensDialog: true,
    },
  );

function arrangeButtons({ meeting, typed }: MeetingFacts, timeZone: string): Button[] {
  return [
    ...meeting.proposed.map((slot, index) =>
      button(
        `take-${index + 1}`,
        `Take ${index + 1}: ${sayShortTime(slot.startsAt, timeZone)}`,
        press(meeting, 'meeting.take', index),
        `take ${index + 1} for ${typed}`,
      ),
    ),
    button('reschedule', 'Reschedule', press(meeting, 'meeting.reschedule'), `reschedule ${typed}`, {
      opensDialog: true,
    }),
    ...(meeting.cadenceKey === null
      ? []
      : [button('skip', 'Skip this one', press(meeting, 'meeting.skip'), `skip ${typed}`)]),
    button('cancel', 'Cancel', press(meeting, 'meeting.cancel'), `cancel ${typed}`, { look: 'danger' }),
  ];
}

export const cancelledCard = (of: MeetingFacts): Message =>
  card(heading(of), [
    paragraph(
      line`The ${meetingName(of)}${whichOne(of.meeting)} is cancelled. The calendar entry is withdrawn.`,
    ),
  ]);

export function heldCard(of: MeetingFacts): Message {
  const { meeting } = of;
  return card(heading(of), [
    paragraph(
      meeting.heldOn
        ? line`The ${meetingName(of)} was held on ${sayLocalDate(meeting.heldOn)}.`
        : line`The ${meetingName(of)} was held.`,
    ),
    ...agreedBlocks(meeting, of.people, 'Agreed:'),
  ]);
}

/** To somebody who is invited no longer. */
export const droppedCard = (of: MeetingFacts): Message =>
  card(heading(of), [
    paragraph(line`You are no longer invited to the ${meetingName(of)}${whichOne(of.meeting)}.`),
  ]);

/** Decisions and follow-ups of a meeting that was held; nothing when there were none. */
export function agreedBlocks(
  { minutes }: Meeting,
  people: People,
  opening: string,
  openOnly = false,
): Block[] {
  if (!minutes) return [];
  const followUps = minutes.followUps.filter(({ doneAt }) => !openOnly || doneAt === null);
  const items = [
    ...minutes.decisions.map((decision) => line`Decided: ${theirs(decision)}`),
    ...followUps.map((each) => line`To do: ${followUpLine(people, each)}`),
  ];
  return items.length === 0 ? [] : [paragraph(opening), bullets(items)];
}

/** What is to be done, by whom and until when; `agreedOn` where it was agreed at a meeting that has to be told apart. */
export function followUpLine(
  people: People,
  { text: words, ownerId, dueOn, doneAt }: FollowUp,
  agreedOn: LocalDate | null = null,
): Line {
  const owner = ownerId === null ? 'nobody named' : nameOf(people, ownerId);
  const due = dueOn ? `, by ${sayShortDate(dueOn)}` : '';
  const agreed = agreedOn ? `, agreed ${sayShortDate(agreedOn)}` : '';
  return line`${theirs(words)} (${owner}${due}${doneAt ? ', done' : ''}${agreed})`;
}

const minutesOf = ({ startsAt, endsAt }: Slot): number =>
  Math.round((endsAt.getTime() - startsAt.getTime()) / 60_000);

/** Everybody invited; who declined is marked so. */
function namesOf({ meeting, people }: MeetingFacts): Line {
  const declined = declinedBy(meeting);
  return meeting.attendeeIds.flatMap((id, index) => [
    ...(index > 0 ? line`, ` : []),
    nameOf(people, id),
    ...(declined.has(id) ? line` (declined)` : []),
  ]);
}
