/** The check-ins as the meeting sees them: one card for each who prepares it, redrawn in place as answers come. */
import { collectedCheckIns } from '../messages/copy/check-in.ts';
import type { Message } from '../messages/message.ts';
import type { Urgency } from '../ports.ts';
import type { CheckInFacts } from './check-in-facts.ts';
import { tellPerson } from './tell.ts';
import type { Work } from './work.ts';

/** The collected check-ins in words. */
export const collectedMessage = ({ named, checkIns, writers, people }: CheckInFacts): Message =>
  collectedCheckIns(
    named,
    checkIns,
    writers.map(({ id }) => id),
    people,
  );

/** Draws the card of each reader anew; `drawing` tells one drawing from another. Answers how many were written. */
export async function drawCheckIns(
  work: Pick<Work, 'tx' | 'now'> & Partial<Pick<Work, 'person'>>,
  facts: CheckInFacts,
  drawing: string,
  urgency?: Urgency,
): Promise<number> {
  const { meeting, slot, readers } = facts;
  let written = 0;
  for (const { id } of readers) {
    const isNew = await tellPerson(work, id, {
      key: `check-ins:${meeting.id}:${drawing}`,
      kind: 'card',
      ...(urgency ? { urgency } : {}),
      topic: 'check-ins',
      message: collectedMessage(facts),
      expiresAt: slot.endsAt,
      stillTrue: { kind: 'meeting-in', meetingId: meeting.id, states: ['booked'], version: null },
      card: `check-ins:${meeting.id}:${id}`,
      about: `meeting:${meeting.id}`,
    });
    if (isNew) written += 1;
  }
  return written;
}
