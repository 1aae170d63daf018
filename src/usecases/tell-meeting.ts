/** Telling everybody about a meeting other than the kickoff as it stands: cards, the channel's line, invitations, reminders. */
import { mayArrange, mayPickTime } from '../domain/access.ts';
import { atBusinessDays } from '../domain/calendar.ts';
import type { PersonId } from '../domain/ids.ts';
import type { Meeting } from '../domain/meeting.ts';
import type { Person } from '../domain/person.ts';
import {
  bookedCard,
  cancelledCard,
  droppedCard,
  heldCard,
  type MeetingFacts,
  movingCard,
  slotsCard,
} from '../messages/copy/meeting.ts';
import { changedNotice, channelLine, recordAnswered, recordCard } from '../messages/copy/meeting-news.ts';
import type { Message } from '../messages/message.ts';
import { ASKED_AGAIN_BUSINESS_DAYS, feedAddress } from './kickoff-cards.ts';
import { mailInvitations } from './mail-invitation.ts';
import { meetingFacts, typedName } from './meeting-facts.ts';
import { type MeetingTeller, remind, reminders, remindFollowing } from './remind-of-meeting.ts';
import { tellChannel, tellPerson } from './tell.ts';

/**
 * Brings everything said about `meeting` into line with how it stands now, in the caller's transaction: takes back what
 * was still to be sent, redraws each attendee's card, mails invitations, writes the reminders. Call it after each change.
 * `plan` says that a clock made the change: the news of it waits for the day's message. `cadence`: it follows from a change
 * of the cadence, which is told once for all dates. Kickoffs have `tellKickoff`.
 */
export async function tellMeeting(
  work: MeetingTeller,
  meeting: Meeting,
  how: { readonly by?: TellingBy } = {},
): Promise<void> {
  const { tx } = work;
  for (const about of [told(meeting), reminders(meeting)])
    await tx.deliveries.suppress(about, 'the meeting changed');
  if (meeting.state !== 'booked')
    await tx.deliveries.suppress(`meeting:${meeting.id}`, 'the meeting changed');
  const of = await meetingFacts(work, meeting);
  for (const id of meeting.attendeeIds) await tellAttendee(work, of, id, how.by ?? 'change');
  await tellLine(work, of);
  await mailInvitations(work, meeting, meeting.attendeeIds);
  await closeRecordQuestion(work, of);
  if (meeting.state === 'booked') {
    await remind(work, of);
    await askWhetherHeld(work, of);
  }
  if (meeting.state === 'held') await remindFollowing(work, meeting);
}

type TellingBy = 'change' | 'plan' | 'cadence';

/** Tells those who are invited no longer; calendars drop the meeting. */
export async function tellDropped(
  work: MeetingTeller,
  meeting: Meeting,
  ids: readonly PersonId[],
): Promise<void> {
  const of = await meetingFacts(work, meeting);
  for (const id of ids) {
    const card = cardOf(meeting, id);
    if (!(await work.tx.deliveries.postedCard(card))) continue;
    await tellPerson(work, id, {
      key: `meeting-dropped:${meeting.id}:${meeting.version}`,
      kind: 'card',
      message: droppedCard(of),
      card,
    });
  }
  await mailInvitations(work, { ...meeting, state: 'cancelled' }, ids);
}

/** What is written here is taken back here: others' messages about the meeting are about `meeting:<id>`. */
const told = (meeting: Meeting): string => `meeting-told:${meeting.id}`;
/** The card that follows the meeting for one attendee. */
export const cardOf = (meeting: Meeting, id: PersonId): string => `meeting:${meeting.id}:${id}`;
const recordQuestion = (meeting: Meeting): string => `meeting-record:${meeting.id}`;

async function tellAttendee(
  work: MeetingTeller,
  of: MeetingFacts,
  id: PersonId,
  by: TellingBy,
): Promise<void> {
  const { meeting } = of;
  const reader = of.people.get(id);
  const card = cardOf(meeting, id);
  const isPosted = (await work.tx.deliveries.postedCard(card)) !== null;
  const message = reader ? cardFor(work, of, reader, isPosted) : null;
  if (!reader) return;
  const isOwnDoing = id === work.person?.id;
  // The dates of a cadence are in calendars and in the reminders; a card comes to whoever does something about one.
  if (message && (isPosted || isOwnDoing || meeting.cadenceKey === null)) {
    await tellPerson(work, id, {
      key: `meeting:${meeting.id}:${meeting.version}`,
      kind: 'card',
      message,
      card,
      about: told(meeting),
      ...(by === 'plan' ? { urgency: 'routine' } : {}),
    });
  }
  if (by === 'cadence' || !hasNewTime(meeting) || isOwnDoing || !(isPosted || meeting.cadenceKey !== null))
    return;
  await tellPerson(work, id, {
    key: `meeting-changed:${meeting.id}:${meeting.sequence}`,
    kind: 'notice',
    message: changedNotice({ ...of, typed: typedName(meeting, of.engagement, reader.timeZone) }),
    // What another change has overtaken is not said any more.
    stillTrue: {
      kind: 'meeting-time',
      meetingId: meeting.id,
      state: meeting.state,
      sequence: meeting.sequence,
    },
    ...(by === 'plan' ? { urgency: 'routine' } : {}),
    ...(meeting.bookedFor ? { expiresAt: meeting.bookedFor.endsAt } : {}),
  });
}

/** Booked again, or called off, after a time that people knew. */
const hasNewTime = ({ state, sequence }: Meeting): boolean =>
  sequence > 1 && (state === 'booked' || state === 'cancelled');

/** What this attendee's card says now; null when they have none and need none. */
function cardFor(work: MeetingTeller, of: MeetingFacts, reader: Person, isPosted: boolean): Message | null {
  const { meeting, engagement } = of;
  const named = { ...of, typed: typedName(meeting, engagement, reader.timeZone) };
  const own = meeting.responses.find(({ personId }) => personId === reader.id)?.answer ?? null;
  switch (meeting.state) {
    case 'offered':
      // Without room in the calendars there is nothing to choose from yet.
      if (meeting.offered.length === 0) return null;
      if (mayPickTime(reader, meeting, engagement)) return slotsCard(named, reader.timeZone);
      return isPosted || meeting.sequence > 0 ? movingCard(named) : null;
    case 'booked':
      return bookedCard(
        named,
        {
          timeZone: reader.timeZone,
          arranges: mayArrange(reader, meeting),
          feed: feedAddress(work.programme, reader),
        },
        own,
      );
    case 'held':
      return isPosted ? heldCard(named) : null;
    case 'cancelled':
      return isPosted ? cancelledCard(named) : null;
    default:
      return meeting.state satisfies never;
  }
}

/** The ISPG channel follows the meetings of requests; those of the programme come to each attendee. */
async function tellLine(work: MeetingTeller, of: MeetingFacts): Promise<void> {
  const { meeting, engagement } = of;
  if (!engagement) return;
  await tellChannel(work, 'ispg', {
    key: `meeting-line:${meeting.id}:${meeting.version}`,
    kind: 'card',
    message: channelLine(of),
    card: `meeting-line:${meeting.id}`,
    about: told(meeting),
  });
}

// ------------------------------------------------------------------------------------------ was it held?

/**
 * When it should be over, ISPG's channel is asked about a request's meeting, the organizer about one of the programme; once
 * more while it is still not recorded.
 */
async function askWhetherHeld(work: MeetingTeller, of: MeetingFacts): Promise<void> {
  const { meeting, engagement } = of;
  // CMS holds the forum; there is nothing for the programme to record.
  if (!meeting.bookedFor || meeting.kind === 'forum') return;
  const { endsAt } = meeting.bookedFor;
  const { businessHours, calendar } = work.programme;
  const common = {
    kind: 'reminder',
    message: recordCard(of),
    stillTrue: { kind: 'meeting-in', meetingId: meeting.id, states: ['booked'], version: meeting.version },
    about: told(meeting),
  } as const;
  const key = `${meeting.id}:${meeting.version}`;
  const tellings = [
    { ...common, key: `meeting-record:${key}`, dueAt: endsAt, card: recordQuestion(meeting) },
    {
      ...common,
      key: `meeting-record-again:${key}`,
      message: recordCard(of, true),
      dueAt: atBusinessDays(endsAt, ASKED_AGAIN_BUSINESS_DAYS, businessHours.zone, calendar, businessHours),
    },
  ];
  for (const telling of tellings)
    if (engagement) await tellChannel(work, 'ispg', telling);
    else await tellPerson(work, meeting.organizerId, { ...telling, urgency: 'routine', topic: 'follow-ups' });
}

/** The question loses its buttons once it is answered, one way or the other. */
async function closeRecordQuestion(work: MeetingTeller, of: MeetingFacts): Promise<void> {
  const { meeting, engagement } = of;
  const card = recordQuestion(meeting);
  if (!(await work.tx.deliveries.postedCard(card))) return;
  const telling = {
    key: `meeting-record-answered:${meeting.id}:${meeting.version}`,
    kind: 'card',
    message: recordAnswered(of),
    card,
  } as const;
  if (engagement) await tellChannel(work, 'ispg', telling);
  else await tellPerson(work, meeting.organizerId, telling);
}
