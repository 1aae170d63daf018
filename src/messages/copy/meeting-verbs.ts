/** What the bot says when people do something with a meeting: what became of it, and why it did not work. */

import type { PersonId } from '../../domain/ids.ts';
import type { MeetingRefusal } from '../../domain/meeting.ts';
import type { MeetingKind } from '../../domain/meeting-kinds.ts';
import type { SkipRefusal } from '../../domain/meeting-record.ts';
import { sayLocalDate, sayShortTime } from '../../domain/time.ts';
import { button } from '../button.ts';
import { type Line, line, strong, time } from '../inline.ts';
import { card, type DialogPage, type Message, note, numbered, paragraph, say } from '../message.ts';
import { MEETING_WORDS, type MeetingFacts, meetingName, whenOf, whichOne } from './meeting.ts';
import { nameOf } from './people.ts';

// ------------------------------------------------------------------------------------------ refusals

/** The same words for a meeting that does not exist and one that is not this person's to see. */
export const noMeeting = (): Message =>
  say(
    'I can\u2019t show or change that meeting for you: it does not exist, or you do not have access. Type `meetings` for yours, each with its name.',
  );

/** They may see the meeting, but the step belongs to somebody else. */
export const notYourMeetingStep = (of: MeetingFacts): Message =>
  say(
    of.meeting.state === 'held' || of.meeting.state === 'cancelled'
      ? line`That step of the ${meetingName(of)} is not open to you, so nothing was changed.`
      : line`That step of the ${meetingName(of)} is not open to you, so nothing was changed. You can propose another time: \`propose ${of.typed}: ${of.examples[0]}\`.`,
  );

export const oldMeetingCard = (of: MeetingFacts): Message =>
  say(
    line`That card was out of date, so nothing was changed. This is how the ${meetingName(of)} stands now:`,
  );

/** Why a meeting did not change. */
export function meetingStepRefusal(of: MeetingFacts, refusal: MeetingRefusal | SkipRefusal): Message {
  const name = meetingName(of);
  switch (refusal.code) {
    case 'wrong-state': {
      const { heldOn, cadenceKey } = of.meeting;
      const words = {
        offered: 'has no booked time yet',
        booked: 'is booked already',
        held: heldOn ? `was held already, on ${sayLocalDate(heldOn)}` : 'was held already',
        cancelled: cadenceKey === null ? 'is cancelled already' : 'is left out already',
      };
      // The day it was held says which one; a time that is gone may not be said.
      const which = refusal.state === 'held' ? '' : whichOne(of.meeting);
      return say(line`Nothing was changed: the ${name}${which} ${words[refusal.state]}.`);
    }
    case 'no-such-slot':
      return refusal.slots === 0
        ? say(line`There are no times to pick from for the ${name} right now.`)
        : say(line`Please pick a number from 1 to ${refusal.slots} for the ${name}.`);
    case 'slot-passed':
      return say('That time has passed, so nothing was booked.');
    case 'not-yet':
      return say(line`The ${name} begins on ${time(refusal.startsAt)}; it can be recorded from then on.`);
    case 'begun':
      return say(
        line`Nothing was changed: the ${name} began on ${time(refusal.startsAt)}, so it can't be left out any more. Record it with \`held ${of.typed}\`, or call it off with \`cancel ${of.typed}\`.`,
      );
    case 'not-recurring':
      return say(
        line`The ${name} does not recur, so there is nothing to skip or to move after it. To call it off, type \`cancel ${of.typed}\`.`,
      );
    default:
      return refusal satisfies never;
  }
}

export const notBeforeKickoff = (number: string): Message =>
  say(
    line`That comes once the kickoff of ${strong(number)} was held. Type \`status ${number}\` to see where it stands.`,
  );

export const notBeforeOnboarding = (number: string): Message =>
  say(
    line`The initial meeting comes once a Service ISSO is being onboarded. Record that first: \`begin onboarding ${number} Ines Sorensen on Dec 15\`.`,
  );

/** Meetings that recur or are imported are not asked for one by one. */
export const notByAsking = (kind: MeetingKind): Message =>
  kind === 'forum'
    ? say('CMS sets the date of the forum; ISPG imports it.')
    : say(`That meeting recurs by itself. Type \`cadence ${MEETING_WORDS[kind][0]}\` to see when.`);

// ------------------------------------------------------------------------------------------ answers

export const responded = (of: MeetingFacts, how: 'accepted' | 'declined'): Message =>
  say(
    how === 'accepted'
      ? line`Noted: you come to the ${meetingName(of)}, ${whenOf(of.meeting)}.`
      : line`Noted: you do not come to the ${meetingName(of)}, ${whenOf(of.meeting)}. If another time would do, type \`propose ${of.typed}: ${of.examples[0]}\`.`,
  );

export const meetingBooked = (of: MeetingFacts): Message =>
  say(
    line`Booked: the ${meetingName(of)} is on ${whenOf(of.meeting)}. Everybody is invited and will be reminded; nothing else to do.`,
  );

export const meetingMoved = (of: MeetingFacts): Message =>
  say(
    line`Moved: the ${meetingName(of)} is now on ${whenOf(of.meeting)}. Everybody is told and asked anew whether they come.`,
  );

export const skipped = (of: MeetingFacts): Message =>
  say(
    line`Skipped: the ${meetingName(of)}, ${whenOf(of.meeting)}, is left out and everybody is told. The next one stays.`,
  );

export const calledOff = (of: MeetingFacts): Message =>
  say(line`The ${meetingName(of)} is cancelled and everybody is told.`);

/** A chosen or proposed time could not be booked any more. */
export function timeNotBooked(of: MeetingFacts, because: 'passed' | 'taken', newTimesSent: boolean): Message {
  const why =
    because === 'passed' ? 'That time has passed' : 'Somebody invited has another meeting then by now';
  return newTimesSent
    ? say(`${why}, so nothing was booked. I have sent new times to choose from.`)
    : say(
        line`${why}, so nothing was booked. Other times can be proposed: \`propose ${of.typed}: ${of.examples[0]}\`.`,
      );
}

export const meetingProposed = (of: MeetingFacts): Message => {
  const opening = line`Sent to whoever arranges the ${meetingName(of)}; what is booked stands until they take one. I understood:`;
  return { blocks: [paragraph(opening), numbered(proposedLines(of))], buttons: [] };
};

const proposedLines = ({ meeting }: MeetingFacts): Line[] =>
  meeting.proposed.map(({ startsAt }) => line`${time(startsAt)}`);

/** Behind what is wrong with times, where it may be that the meeting's own day was read as one. */
export const colonNeeded = (of: MeetingFacts): Line =>
  line`If one of them names the meeting, put a colon behind it: \`propose ${of.typed}: ${of.examples[0]}\`.`;

export const proposeByText = (of: MeetingFacts): Message =>
  say(line`To propose up to three other times, type \`propose ${of.typed}: ${of.examples.join('; ')}\`.`);

export const moveByText = (of: MeetingFacts): Message =>
  say(
    line`To give the ${meetingName(of)} another time, type \`reschedule ${of.typed} to ${of.examples[0]}\`.`,
    ...(of.meeting.cadenceKey === null
      ? []
      : [line`To move it from now on, type \`reschedule ${of.typed} and following to ${of.examples[0]}\`.`]),
  );

// ------------------------------------------------------------------------------------------ proposals

/** To whoever arranges the meeting: other times that somebody proposes. */
export function meetingProposalCard(of: MeetingFacts, byId: PersonId, timeZone: string): Message {
  const { meeting, typed } = of;
  const press = { subject: meeting.id, version: meeting.version };
  return card(
    'Other times proposed',
    [
      paragraph(line`${nameOf(of.people, byId)} proposes other times for the ${meetingName(of)}:`),
      numbered(proposedLines(of)),
      ...(meeting.state === 'booked' ? [note(line`It stays on ${whenOf(meeting)} until you take one.`)] : []),
    ],
    meeting.proposed.map((slot, place) =>
      button(
        `take-${place + 1}`,
        `Take ${place + 1}: ${sayShortTime(slot.startsAt, timeZone)}`,
        { verb: 'meeting.take', ...press, choice: String(place) },
        `take ${place + 1} for ${typed}`,
        { look: 'primary' },
      ),
    ),
  );
}

/** What is left of a proposal once it is answered or overtaken. */
export const meetingProposalAnswered = (of: MeetingFacts): Message =>
  card('Other times proposed', [paragraph(line`Answered: the ${meetingName(of)}, ${whenOf(of.meeting)}.`)]);

export const meetingProposeDialog = (of: MeetingFacts): DialogPage => ({
  title: 'Propose another time',
  intro: [line`For the ${meetingName(of)}. What is booked stands until one of your times is taken.`],
  fields: [
    {
      id: 'time1',
      label: 'First choice',
      kind: 'text',
      required: true,
      maxLength: 80,
      hint: `A business day, in business hours, such as ${of.examples[0]}.`,
    },
    { id: 'time2', label: 'Second choice', kind: 'text', required: false, maxLength: 80 },
    { id: 'time3', label: 'Third choice', kind: 'text', required: false, maxLength: 80 },
  ],
  sendLabel: 'Propose',
  press: { verb: 'meeting.propose', subject: of.meeting.id, version: of.meeting.version },
});

// ------------------------------------------------------------------------------------------ moving

export const moveDialog = (of: MeetingFacts): DialogPage => ({
  title: 'Reschedule',
  intro: [line`The ${meetingName(of)}, now on ${whenOf(of.meeting)}.`],
  fields: [
    {
      id: 'time',
      label: 'New time',
      kind: 'text',
      required: true,
      maxLength: 80,
      hint: `A business day, in business hours, such as ${of.examples[0]}.`,
    },
    ...(of.meeting.cadenceKey === null
      ? []
      : [
          {
            id: 'scope',
            label: 'Which meetings?',
            kind: 'choice' as const,
            required: true,
            options: [
              { id: 'one', label: 'This one' },
              { id: 'following', label: 'This and all following' },
            ],
            value: 'one',
          },
        ]),
  ],
  sendLabel: 'Reschedule',
  press: { verb: 'meeting.reschedule', subject: of.meeting.id, version: of.meeting.version },
});

/** `rule` such as "every Thursday at 2:00 PM Eastern Time". */
export const cadenceMoved = (of: MeetingFacts, rule: string): Message =>
  say(
    line`From now on the ${meetingName(of)} is ${rule}. Everybody who has the old time is told.`,
    line`Type \`meetings\` to see the next ones.`,
  );

/** All following can be moved from the next one on only. */
export const followingFromNext = (next: MeetingFacts | null): Message =>
  next
    ? say(
        line`Nothing was changed: all following are moved from the next one on, which is on ${whenOf(next.meeting)}. Type \`reschedule ${next.typed} and following to ${next.examples[0]}\`, or move the single one.`,
      )
    : say('Nothing was changed: no further one is planned.');

export const cadenceTooInvolved = (typed: string): string =>
  `Its schedule has no single day in the week or month that could move there. Set it in words instead: "cadence ${typed.split(' ')[0] ?? ''} every Thursday at 2pm".`;

// ------------------------------------------------------------------------------------------ offers

/** To whoever asked for a meeting or for new times. */
export const timesOffered = (of: MeetingFacts, chooserIds: readonly PersonId[]): Message =>
  say(
    line`Times for the ${meetingName(of)} are offered to ${namesOf(of, chooserIds)}. Choosing one books it and invites everybody.`,
  );

export const alreadyArranged = (of: MeetingFacts): Message =>
  say(
    of.meeting.state === 'booked'
      ? line`The ${meetingName(of)} is booked already, for ${whenOf(of.meeting)}:`
      : line`Times for the ${meetingName(of)} are on offer already:`,
  );

/** To somebody who offers times for what is booked: everybody has the time in their calendars, so it takes a word more. */
export const bookedStays = (of: MeetingFacts, now: Date): Message =>
  (of.meeting.bookedFor?.endsAt ?? now) > now
    ? say(
        line`Nothing was changed: the ${meetingName(of)} is booked for ${whenOf(of.meeting)}. To move it, type \`reschedule ${of.typed} to Thu Dec 10 2pm\`. To give that time up and offer others, type \`cancel ${of.typed}\` first.`,
      )
    : say(
        line`Nothing was changed: the ${meetingName(of)} was to be on ${whenOf(of.meeting)} and is not recorded. Type \`held ${of.typed}\`; or, if it was not held, \`cancel ${of.typed}\` first, then offer other times.`,
      );

export const noRoomForMeeting = (): Message =>
  say(
    'There is no free time for everybody in the next ten business days. Please try again tomorrow, or write to ISSO@cms.hhs.gov.',
  );

/** To whoever chooses, when the offered times are not answered. */
export const meetingOfferReminder = (of: MeetingFacts): Message =>
  say(
    line`A time for the ${meetingName(of)} still waits for your choice. Use the card above, type \`choose 1 for ${of.typed}\`, or propose others: \`propose ${of.typed}: ${of.examples[0]}\`.`,
  );

/** To the GTL when the reminder did not help. */
export const meetingOfferOverdue = (of: MeetingFacts, chooserIds: readonly PersonId[]): Message =>
  say(
    line`No time is chosen yet for the ${meetingName(of)}; ${namesOf(of, chooserIds)} was reminded once. Can you help?`,
  );

/** To the ISPG channel: the clock proposes a meeting and the calendars have no room for it. */
export const promptWithoutRoom = (of: MeetingFacts): Message =>
  say(
    line`The ${meetingName(of)} is due, and there is no free time for everybody in the next ten business days. Please type \`offer ${of.typed}\` on a later day.`,
  );

function namesOf(of: MeetingFacts, ids: readonly PersonId[]): Line {
  if (ids.length === 0) return line`nobody yet`;
  return ids.flatMap((id, place) => [...(place > 0 ? line` and ` : []), nameOf(of.people, id)]);
}

/** For the button on a request's card. */
export const askForSatisfactionButton = (number: string) =>
  button(
    'ask-satisfaction',
    'Ask for a satisfaction session',
    { verb: 'meeting.ask-satisfaction', subject: number },
    `ask for satisfaction ${number}`,
  );
