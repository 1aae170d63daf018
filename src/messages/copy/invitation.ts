/** The text of a mail that carries an invitation. */
import { line } from '../inline.ts';
import { bullets, card, type Message, note, paragraph } from '../message.ts';
import { type MeetingFacts, meetingName, whenOf, whichOne } from './meeting.ts';

/** A booking or a move, or the withdrawal of what a calendar holds. The heading is the mail's subject. */
export function mailMessage(of: MeetingFacts, method: 'REQUEST' | 'CANCEL'): Message {
  const { meeting, engagement, title, agenda, typed } = of;
  const called = engagement ? `${title} for ${engagement.number}` : title;
  if (method === 'CANCEL') {
    const what =
      meeting.state === 'cancelled'
        ? line`The ${meetingName(of)}${whichOne(meeting)} is cancelled. Your calendar drops it.`
        : line`A new time is being agreed for the ${meetingName(of)}. Your calendar drops the old one until then.`;
    return card(`Cancelled: ${called}`, [paragraph(what)]);
  }
  return card(`${meeting.sequence > 1 ? 'Updated invitation' : 'Invitation'}: ${called}`, [
    paragraph(line`You are invited to the ${meetingName(of)}: ${whenOf(meeting)}.`),
    ...(agenda.length > 0 ? [paragraph('Agenda:'), bullets(agenda)] : []),
    note(
      meeting.kind === 'kickoff'
        ? 'This mailbox is not read. In the chat, your request shows what you can do.'
        : line`This mailbox is not read. Answer in the chat: \`accept ${typed}\` or \`decline ${typed}\`.`,
    ),
  ]);
}
