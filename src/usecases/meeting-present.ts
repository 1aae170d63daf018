/** A meeting's card as it stands now, for whose card was out of date; and the card of a proposal. */
import { mayArrange, mayPickTime } from '../domain/access.ts';
import type { Meeting } from '../domain/meeting.ts';
import {
  bookedCard,
  cancelledCard,
  heldCard,
  type MeetingFacts,
  movingCard,
  slotsCard,
} from '../messages/copy/meeting.ts';
import { meetingProposalAnswered, meetingProposalCard } from '../messages/copy/meeting-verbs.ts';
import type { Message } from '../messages/message.ts';
import { feedAddress } from './kickoff-cards.ts';
import { meetingFacts, typedName } from './meeting-facts.ts';
import type { MeetingTeller } from './remind-of-meeting.ts';
import { tellChannel, tellPerson } from './tell.ts';
import type { Work } from './work.ts';

/** The card the person would see now. */
export function presentCard({ person, programme }: Work, of: MeetingFacts): Message {
  const { meeting, engagement } = of;
  const named = { ...of, typed: typedName(meeting, engagement, person.timeZone) };
  switch (meeting.state) {
    case 'offered':
      return mayPickTime(person, meeting, engagement) ? slotsCard(named, person.timeZone) : movingCard(named);
    case 'booked':
      return bookedCard(
        named,
        {
          timeZone: person.timeZone,
          arranges: mayArrange(person, meeting),
          feed: feedAddress(programme, person),
        },
        meeting.responses.find(({ personId }) => personId === person.id)?.answer ?? null,
      );
    case 'held':
      return heldCard(named);
    case 'cancelled':
      return cancelledCard(named);
    default:
      return meeting.state satisfies never;
  }
}

/** Shows the proposed times to whoever can take one: ISPG's channel for a request's meeting, else the organizer. */
export async function tellProposal(work: Work, meeting: Meeting): Promise<void> {
  const of = await meetingFacts(work, meeting);
  await tellArrangers(work, meeting, {
    key: `meeting-proposal:${meeting.id}:${meeting.version}`,
    message: (timeZone) => meetingProposalCard(of, work.person.id, timeZone),
  });
}

/** A proposal's card loses its buttons once it is answered or something newer stands. */
export async function closeProposal(work: MeetingTeller, before: Meeting, after: Meeting): Promise<void> {
  if (after.proposed.length > 0) return;
  const of = await meetingFacts(work, after);
  await tellArrangers(work, after, {
    key: `meeting-proposal-answered:${before.id}:${before.version}`,
    message: () => meetingProposalAnswered(of),
  });
}

async function tellArrangers(
  work: MeetingTeller,
  meeting: Meeting,
  telling: { readonly key: string; readonly message: (timeZone: string) => Message },
): Promise<void> {
  const card = `meeting-proposal:${meeting.id}`;
  if (meeting.engagementId !== null) {
    const message = telling.message(work.programme.timeZone);
    await tellChannel(work, 'ispg', { key: telling.key, kind: 'card', message, card });
    return;
  }
  const organizer = await work.tx.people.get(meeting.organizerId);
  const message = telling.message(organizer?.timeZone ?? work.programme.timeZone);
  await tellPerson(work, meeting.organizerId, { key: telling.key, kind: 'card', message, card });
}
