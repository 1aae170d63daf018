/** Telling everybody about the kickoff as it stands: cards, the channel's line, reminders, calendar links. */

import { may } from '../domain/access.ts';
import { addBusinessDays, atBusinessDays } from '../domain/calendar.ts';
import type { Engagement } from '../domain/engagement.ts';
import { partiesOf } from '../domain/engagement.ts';
import type { PersonId } from '../domain/ids.ts';
import type { Meeting } from '../domain/meeting.ts';
import type { People, Person } from '../domain/person.ts';
import { instantOf, localDate } from '../domain/time.ts';
import {
  bookedCard,
  cancelledCard,
  channelLine,
  heldCard,
  movingCard,
  proposedCard,
  recordAnswered,
  recordCard,
  reminder,
  slotsCard,
} from '../messages/copy/kickoff.ts';
import type { Message } from '../messages/message.ts';
import { mailInvitations } from './mail-invitation.ts';
import { closedBecause, examplesAt, invitationAddress } from './meeting-facts.ts';
import { peopleAround, tellChannel, tellPerson } from './tell.ts';
import type { Programme, Work } from './work.ts';

const HOUR_MS = 3_600_000;

/** The address of a person's own calendar feed. */
export const feedAddress = (programme: Programme, person: Person): string =>
  `${programme.publicUrl}/calendar/people/${person.calendarToken}.ics`;

/**
 * Draws the kickoff's cards anew after any change: the old time disappears from every card in the same transaction,
 * and whatever was still to be sent about it is suppressed.
 */
export async function tellKickoff(
  work: Work,
  engagement: Engagement,
  meeting: Meeting,
  again = false,
): Promise<void> {
  await work.tx.deliveries.suppress(`meeting:${meeting.id}`, 'the kickoff changed');
  const people = await peopleAround(work, engagement, meeting);
  for (const id of meeting.attendeeIds) {
    const reader = people.get(id);
    const message = reader ? cardFor(work, engagement, meeting, people, reader, again) : null;
    if (!message) continue;
    await tellPerson(work, id, {
      key: `kickoff:${meeting.id}:${meeting.version}`,
      kind: 'card',
      message,
      card: `kickoff:${engagement.id}:${id}`,
    });
  }
  if (meeting.sequence > 0) {
    await tellChannel(work, 'ispg', {
      key: `kickoff-line:${meeting.id}:${meeting.version}`,
      kind: 'card',
      message: channelLine(engagement, meeting),
      card: `kickoff-line:${engagement.id}`,
    });
  }
  await mailInvitations(work, meeting, meeting.attendeeIds);
  await closeRecordQuestion(work, engagement, meeting);
  if (meeting.state === 'booked') await remindOfKickoff(work, engagement, meeting, { people, again: '' });
}

/** "Was it held?" loses its buttons once it is answered, one way or the other. */
async function closeRecordQuestion(work: Work, engagement: Engagement, meeting: Meeting): Promise<void> {
  const asked = await work.tx.deliveries.postedCard(recordQuestion(engagement));
  if (!asked || meeting.state === 'booked') return;
  await tellChannel(work, 'ispg', {
    key: `record-answered:${meeting.id}:${meeting.version}`,
    kind: 'card',
    message: recordAnswered(engagement, meeting),
    card: recordQuestion(engagement),
  });
}

const recordQuestion = (engagement: Engagement): string => `record:${engagement.id}`;

/** What this attendee's kickoff card says now; null when they have none and need none. */
function cardFor(
  work: Work,
  engagement: Engagement,
  meeting: Meeting,
  people: People,
  reader: Person,
  again: boolean,
): Message | null {
  const knowsOfIt = meeting.sequence > 0;
  switch (meeting.state) {
    case 'offered':
      if (!may(reader, 'kickoff.choose', engagement)) return knowsOfIt ? movingCard(engagement) : null;
      if (meeting.proposed.length > 0) return proposedCard(engagement, meeting);
      return slotsCard(engagement, meeting, reader, again, examplesAt(work.programme, work.now));
    case 'booked':
      return bookedCard(engagement, meeting, people, reader, {
        invitation: invitationAddress(work.programme, meeting),
        feed: feedAddress(work.programme, reader),
      });
    case 'held':
      return heldCard(engagement);
    case 'cancelled':
      return knowsOfIt || may(reader, 'kickoff.choose', engagement) ? cancelledCard(engagement) : null;
    default:
      return meeting.state satisfies never;
  }
}

/** Business days after which it is asked a second and last time whether a meeting was held. */
export const ASKED_AGAIN_BUSINESS_DAYS = 2;

/**
 * In the morning of the business day before and one hour before, to every attendee; and to the ISPG channel when it should
 * be over, and once more. What was still to be said is taken back; `again` tells apart what is written twice for one version.
 */
export async function remindOfKickoff(
  work: Pick<Work, 'tx' | 'now' | 'programme'>,
  engagement: Engagement,
  meeting: Meeting,
  { people, again }: { readonly people: People; readonly again: string },
): Promise<void> {
  const slot = meeting.bookedFor;
  if (!slot) return;
  await work.tx.deliveries.suppress(`meeting:${meeting.id}`, 'the reminders are written anew');
  const stillTrue = {
    kind: 'meeting-in',
    meetingId: meeting.id,
    states: ['booked'],
    version: meeting.version,
  } as const;
  const facts = {
    invitation: invitationAddress(work.programme, meeting),
    closedBecause: closedBecause(work.programme, meeting),
  };
  const about = `meeting:${meeting.id}`;
  for (const id of meeting.attendeeIds) {
    const zone = people.get(id)?.timeZone ?? work.programme.timeZone;
    const rungs = [
      { rung: 'day', urgency: 'routine', dueAt: morningBefore(slot.startsAt, zone, work.programme) },
      { rung: 'hour', urgency: 'urgent', dueAt: new Date(slot.startsAt.getTime() - HOUR_MS) },
    ] as const;
    for (const { rung, urgency, dueAt } of rungs) {
      if (dueAt <= work.now) continue;
      await tellPerson(work, id, {
        key: `remind-${rung}:${meeting.id}:${meeting.version}${again}`,
        kind: 'reminder',
        urgency,
        topic: 'meeting-reminders',
        message: reminder(engagement, meeting, rung, facts),
        dueAt,
        expiresAt: slot.startsAt,
        stillTrue,
        about,
      });
    }
  }
  await tellChannel(work, 'ispg', {
    key: `record:${meeting.id}:${meeting.version}${again}`,
    kind: 'reminder',
    message: recordCard(engagement, meeting),
    dueAt: slot.endsAt,
    stillTrue,
    about,
    card: recordQuestion(engagement),
  });
  const { businessHours, calendar } = work.programme;
  await tellChannel(work, 'ispg', {
    key: `record-again:${meeting.id}:${meeting.version}${again}`,
    kind: 'reminder',
    message: recordCard(engagement, meeting, true),
    dueAt: atBusinessDays(
      slot.endsAt,
      ASKED_AGAIN_BUSINESS_DAYS,
      businessHours.zone,
      calendar,
      businessHours,
    ),
    stillTrue,
    about,
  });
}

/** When the day's messages begin on the business day before `at`, by the reader's own clock. */
const morningBefore = (at: Date, zone: string, { calendar, quietHours }: Programme): Date =>
  instantOf(addBusinessDays(localDate(at, zone), -1, calendar), quietHours.to, zone);

/** Who is invited to the kickoff: the requesting side, who accepted it, the contractor's leads and the COR (domain reference 6.1). */
export async function kickoffAttendees(work: Work, engagement: Engagement): Promise<PersonId[]> {
  const leads = await work.tx.people.withRole('contractor_lead');
  const officers = await work.tx.people.withRole('cor');
  return [
    ...new Set([
      ...partiesOf(engagement),
      ...(engagement.triagedById ? [engagement.triagedById] : []),
      ...[...leads, ...officers].map((person) => person.id),
    ]),
  ];
}
