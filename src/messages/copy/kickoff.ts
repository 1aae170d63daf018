/** What the bot says about the kickoff: the offered times, the booking, its reminders, its record. */

import { may } from '../../domain/access.ts';
import type { Engagement } from '../../domain/engagement.ts';
import type { ExampleTimes } from '../../domain/example-times.ts';
import type { Meeting, Slot } from '../../domain/meeting.ts';
import type { People, Person } from '../../domain/person.ts';
import { sayLocalDate, sayShortTime } from '../../domain/time.ts';
import { type Button, button } from '../button.ts';
import { type Line, line, link, strong, theirs, time } from '../inline.ts';
import {
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
import { closedDayWords } from './meeting-news.ts';
import { MINUTES_FIELDS } from './meeting-record.ts';
import { nameOf } from './people.ts';

/** The four topics of the programme page, in our words; the keys are those of `KickoffNotes`. */
export const KICKOFF_TOPICS = [
  { id: 'cybersecurityRequirements', label: 'Cybersecurity requirements', typed: 'requirements' },
  { id: 'levelOfEffort', label: 'Level of effort', typed: 'effort' },
  { id: 'costAndFunding', label: 'Cost and funding', typed: 'funding' },
  { id: 'onboarding', label: 'Onboarding', typed: 'onboarding' },
] as const;

const slotLine = (slot: Slot): Line => line`${time(slot.startsAt)}`;
const about = (engagement: Engagement): Line =>
  line`${strong(engagement.number)} (${theirs(engagement.systemName)})`;

/** One button for each offered time, in their order. */
export const slotButtons = (
  { number }: Engagement,
  { id, version, offered }: Meeting,
  reader: Pick<Person, 'timeZone'>,
): readonly Button[] =>
  offered.map((slot, index) =>
    button(
      `slot-${index + 1}`,
      `Choose ${index + 1}: ${sayShortTime(slot.startsAt, reader.timeZone)}`,
      { verb: 'kickoff.choose', subject: id, version, choice: String(index) },
      `choose ${index + 1} for ${number}`,
      { look: 'primary' },
    ),
  );

/** To the Business Owner: pick one of the offered times. */
export function slotsCard(
  engagement: Engagement,
  meeting: Meeting,
  reader: Pick<Person, 'timeZone'>,
  again: boolean,
  examples: ExampleTimes,
): Message {
  const { number } = engagement;
  const subject = meeting.id;
  const intro = again
    ? line`Please pick a new time for the kickoff of ${about(engagement)}.`
    : line`ISPG accepted ${about(engagement)}. Please pick a time for the kickoff discussion; choosing one books it and invites everybody.`;
  return card(
    `Pick a kickoff time for ${number}`,
    [
      paragraph(intro),
      numbered(meeting.offered.map(slotLine)),
      note(`Topics: ${KICKOFF_TOPICS.map((topic) => topic.label.toLowerCase()).join(', ')}.`),
    ],
    [
      ...slotButtons(engagement, meeting, reader),
      button(
        'propose',
        'Propose other times',
        { verb: 'kickoff.propose', subject, version: meeting.version },
        `propose ${number} ${examples.join('; ')}`,
        { opensDialog: true },
      ),
    ],
  );
}

/** To the Business Owner: the times they proposed are with ISPG. */
export const proposedCard = (engagement: Engagement, meeting: Meeting): Message =>
  card(`Kickoff times proposed for ${engagement.number}`, [
    paragraph('ISPG has the times you proposed and answers soon:'),
    numbered(meeting.proposed.map(slotLine)),
  ]);

/** To the ISPG channel: the Business Owner proposes other times. */
export function proposalCard(
  engagement: Engagement,
  meeting: Meeting,
  people: People,
  timeZone: string,
): Message {
  const subject = meeting.id;
  return card(
    `Kickoff times proposed for ${engagement.number}`,
    [
      paragraph(
        line`${nameOf(people, engagement.businessOwnerId)} proposes other times for ${about(engagement)}:`,
      ),
      numbered(meeting.proposed.map(slotLine)),
    ],
    [
      ...meeting.proposed.map((slot, index) =>
        button(
          `take-${index + 1}`,
          `Take ${index + 1}: ${sayShortTime(slot.startsAt, timeZone)}`,
          { verb: 'kickoff.take', subject, version: meeting.version, choice: String(index) },
          `take ${index + 1} for ${engagement.number}`,
          { look: 'primary' },
        ),
      ),
      button(
        'offer',
        'Offer other times',
        { verb: 'kickoff.offer', subject, version: meeting.version },
        `offer ${engagement.number}`,
      ),
    ],
  );
}

/** What is left of a proposal once it is answered. */
export const proposalAnswered = (engagement: Engagement): Message =>
  card(`Kickoff times proposed for ${engagement.number}`, [paragraph('Answered.')]);

/** To each attendee: the booking, redrawn in place when it moves. */
export function bookedCard(
  engagement: Engagement,
  meeting: Meeting,
  people: People,
  reader: Person,
  addresses: { readonly invitation: string; readonly feed: string },
): Message {
  const { number } = engagement;
  const press = (verb: string) => ({ verb, subject: meeting.id, version: meeting.version });
  return card(
    `Kickoff for ${number}`,
    [
      paragraph(line`The kickoff discussion for ${theirs(engagement.systemName)} is booked.`),
      facts([
        fact('When', meeting.bookedFor ? line`${time(meeting.bookedFor.startsAt)}` : 'to be agreed'),
        fact('How long', meeting.bookedFor ? `${minutesOf(meeting.bookedFor)} minutes` : ''),
        fact('Who', joinNames(meeting, people)),
      ]),
      paragraph('Agenda:'),
      bullets([
        ...KICKOFF_TOPICS.map((topic) => topic.label),
        'System overview, dates that matter, next steps',
      ]),
      note(
        line`${link('Add it to your calendar', addresses.invitation)}, or ${link('subscribe to all your programme meetings', addresses.feed)}. I remind you one business day and one hour before.`,
      ),
    ],
    [
      ...(may(reader, 'kickoff.reschedule', engagement)
        ? [button('reschedule', 'Find another time', press('kickoff.reschedule'), `reschedule ${number}`)]
        : []),
      ...(may(reader, 'kickoff.cancel', engagement)
        ? [
            button('cancel', 'Cancel the kickoff', press('kickoff.cancel'), `cancel kickoff ${number}`, {
              look: 'danger',
            }),
          ]
        : []),
    ],
  );
}

/** What an attendee's card says while there is no time, so that the old one is gone. */
export const movingCard = (engagement: Engagement): Message =>
  card(`Kickoff for ${engagement.number}`, [
    paragraph(
      line`A new time is being agreed for the kickoff of ${theirs(engagement.systemName)}. You get the new invitation here.`,
    ),
  ]);

export const cancelledCard = (engagement: Engagement): Message =>
  card(`Kickoff for ${engagement.number}`, [
    paragraph(
      line`The kickoff for ${theirs(engagement.systemName)} is cancelled. The calendar entry is withdrawn.`,
    ),
  ]);

export const heldCard = (engagement: Engagement): Message =>
  card(`Kickoff for ${engagement.number}`, [
    paragraph(
      line`The kickoff for ${theirs(engagement.systemName)} was held. ISPG completes the ISSOaaS Request Form next.`,
    ),
  ]);

export const booked = (engagement: Engagement, slot: Slot): Message =>
  say(
    line`Booked: the kickoff for ${strong(engagement.number)} is on ${time(slot.startsAt)}. Everybody is invited and will be reminded; nothing else to do.`,
  );

/** The one line in the ISPG channel; redrawn when the time changes. */
export function channelLine(engagement: Engagement, meeting: Meeting): Message {
  const what = about(engagement);
  if (meeting.state === 'booked' && meeting.bookedFor) {
    return say(line`Kickoff for ${what} is booked for ${time(meeting.bookedFor.startsAt)}.`);
  }
  if (meeting.state === 'held')
    return say(
      line`Kickoff for ${what} was held on ${meeting.heldOn ? sayLocalDate(meeting.heldOn) : 'a day not noted'}.`,
    );
  if (meeting.state === 'cancelled') return say(line`Kickoff for ${what} is cancelled.`);
  return say(line`Kickoff for ${what}: a new time is being agreed.`);
}

/** The reminder ladder's two rungs. */
export function reminder(
  engagement: Engagement,
  meeting: Meeting,
  rung: 'day' | 'hour',
  { invitation, closedBecause }: { readonly invitation: string; readonly closedBecause: string | null },
): Message {
  const when = meeting.bookedFor ? line`${time(meeting.bookedFor.startsAt)}` : [];
  return say(
    rung === 'day'
      ? line`Reminder: the kickoff for ${about(engagement)} is on ${when}.`
      : line`Reminder: the kickoff for ${about(engagement)} begins in one hour, ${when}.`,
    ...(closedBecause ? [closedDayWords(closedBecause)] : []),
    line`Topics: ${KICKOFF_TOPICS.map((topic) => topic.label.toLowerCase()).join(', ')}. ${link('Calendar entry', invitation)}`,
  );
}

/** To the Business Owner when the offered times are not answered. */
export const offerReminder = (engagement: Engagement, examples: ExampleTimes): Message =>
  say(
    line`A kickoff time for ${strong(engagement.number)} (${theirs(engagement.systemName)}) still waits for your choice. Use the card above, type \`choose 1 for ${engagement.number}\`, or propose others: \`propose ${engagement.number} ${examples[0]}\`.`,
  );

/** To the GTL when the reminder did not help. */
export const offerOverdue = (engagement: Engagement, people: People): Message =>
  say(
    line`${nameOf(people, engagement.businessOwnerId)} has not chosen a kickoff time for ${strong(engagement.number)} (${theirs(engagement.systemName)}), reminded once. Can you help?`,
  );

/** To the ISPG channel when the kickoff should be over. */
export function recordCard(engagement: Engagement, meeting: Meeting, again = false): Message {
  const { number } = engagement;
  return card(
    `${again ? 'Still not recorded: was' : 'Was'} the kickoff for ${number} held?`,
    [
      paragraph(
        line`The time for the kickoff of ${theirs(engagement.systemName)} has passed. Please record it, or find another time if it was not held.`,
      ),
    ],
    [
      button(
        'record',
        'Record the kickoff',
        { verb: 'kickoff.record', subject: meeting.id, version: meeting.version },
        `held ${number}`,
        {
          look: 'primary',
          opensDialog: true,
        },
      ),
      button(
        'reschedule',
        'Not held: find another time',
        { verb: 'kickoff.reschedule', subject: meeting.id, version: meeting.version },
        `reschedule ${number}`,
      ),
    ],
  );
}

/** What the question becomes when it is answered. */
export const recordAnswered = (engagement: Engagement, meeting: Meeting): Message =>
  card(`Was the kickoff for ${engagement.number} held?`, [
    paragraph(
      meeting.state === 'held'
        ? 'Yes, and it is recorded.'
        : 'Another time is being agreed, or it is cancelled.',
    ),
  ]);

/** The dialog in which ISPG records the kickoff under the four topics. */
export function recordDialog(
  engagement: Engagement,
  meeting: Meeting,
  people: People,
  heldOn: string,
): DialogPage {
  return {
    title: 'Record the kickoff',
    intro: [line`${strong(engagement.number)} (${theirs(engagement.systemName)})`],
    fields: [
      { id: 'heldOn', label: 'Held on', kind: 'date', required: true, value: heldOn },
      {
        id: 'present',
        label: 'Who was there?',
        kind: 'choices',
        required: true,
        options: meeting.attendeeIds.map((id) => ({ id, label: people.get(id)?.name ?? id })),
        value: meeting.attendeeIds,
        hint: 'The Business Owner, ISPG and the contractor must all be represented.',
      },
      ...KICKOFF_TOPICS.map((topic) => ({
        id: topic.id,
        label: topic.label,
        kind: 'long-text' as const,
        required: true,
        maxLength: 2000,
      })),
      ...MINUTES_FIELDS,
    ],
    sendLabel: 'Record',
    press: { verb: 'kickoff.record', subject: meeting.id, version: meeting.version },
  };
}

/** How to record by text, for those without dialogs. */
export const recordByText = (engagement: Engagement): Message =>
  say(
    line`To record the kickoff of ${strong(engagement.number)} in one message, type:`,
    `held ${engagement.number}; requirements: …; effort: …; funding: …; onboarding: …`,
    'All invited people count as present; add `absent: name, name` for those who were not. You can add `decision: …` and `follow-up: Leila sends the roster by Dec 15`, each several times.',
  );

/** The dialog in which the Business Owner proposes up to three other times. */
export function proposeDialog(
  engagement: Engagement,
  meeting: Meeting,
  hours: string,
  examples: ExampleTimes,
): DialogPage {
  const hint = `A business day, ${hours}, such as ${examples[0]}.`;
  return {
    title: 'Propose other times',
    intro: [line`For the kickoff of ${strong(engagement.number)} (${theirs(engagement.systemName)}).`],
    fields: [
      { id: 'time1', label: 'First choice', kind: 'text', required: true, maxLength: 80, hint },
      { id: 'time2', label: 'Second choice', kind: 'text', required: false, maxLength: 80 },
      { id: 'time3', label: 'Third choice', kind: 'text', required: false, maxLength: 80 },
    ],
    sendLabel: 'Propose',
    press: { verb: 'kickoff.propose', subject: meeting.id, version: meeting.version },
  };
}

export const proposed = (engagement: Engagement, meeting: Meeting): Message => ({
  ...say(line`Sent to ISPG for ${strong(engagement.number)}. I understood:`),
  blocks: [
    paragraph(line`Sent to ISPG for ${strong(engagement.number)}. I understood:`),
    numbered(meeting.proposed.map(slotLine)),
  ],
});

export const newTimesOffered = (engagement: Engagement, wasBooked: boolean): Message =>
  say(
    wasBooked
      ? line`The earlier time is released and new times for ${strong(engagement.number)} are offered to the Business Owner.`
      : line`New times for ${strong(engagement.number)} are offered to the Business Owner.`,
  );

/** A chosen time could not be booked any more. */
export function notBooked(because: 'passed' | 'taken', newTimesSent: boolean): Message {
  const why =
    because === 'passed' ? 'That time has passed' : 'Somebody invited has another meeting then by now';
  return say(
    newTimesSent
      ? `${why}, so nothing was booked. I have sent new times to choose from.`
      : `${why}, and there is no other free time in the next ten business days. ISPG will be in touch.`,
  );
}

/** A move was asked for and the calendars have no room. */
export const noOtherTimes = (engagement: Engagement, meeting: Meeting): Message =>
  say(
    line`There is no other free time for ${strong(engagement.number)} in the next ten business days${meeting.state === 'booked' ? ', so the kickoff stays where it is' : ''}. Please try again tomorrow, or write to ISSO@cms.hhs.gov.`,
  );

export const cancelled = (engagement: Engagement): Message =>
  say(
    line`The kickoff for ${strong(engagement.number)} is cancelled and everybody is told. The request itself stays open; ISPG can type \`offer ${engagement.number}\` to offer new times.`,
  );

export const recorded = (engagement: Engagement): Message =>
  say(
    line`Recorded: the kickoff for ${strong(engagement.number)} was held. Next, ISPG completes the ISSOaaS Request Form.`,
  );

/** To the requesting side after the kickoff is recorded. */
export const recordedNotice = (engagement: Engagement): Message =>
  say(
    line`ISPG recorded the kickoff for ${strong(engagement.number)} (${theirs(engagement.systemName)}). Next, ISPG completes the ISSOaaS Request Form; you will get a copy to read.`,
  );

function minutesOf(slot: Slot): number {
  return Math.round((slot.endsAt.getTime() - slot.startsAt.getTime()) / 60_000);
}

function joinNames(meeting: Meeting, people: People): Line {
  return meeting.attendeeIds.flatMap((id, index) => [...(index > 0 ? line`, ` : []), nameOf(people, id)]);
}
