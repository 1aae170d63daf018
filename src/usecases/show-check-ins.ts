/** The check-ins as the meeting sees them: one card for each who prepares it, redrawn in place as answers come. */
import type { PersonId } from '../domain/ids.ts';
import type { Person } from '../domain/person.ts';
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

/**
 * Draws the card of each reader anew; `drawing` tells one drawing from another. `urgency` for the showing right before the
 * meeting: a card of its own, since one that is redrawn calls nobody. A reader who would find nothing in it but what they
 * have written themselves, or not, gets none. Answers how many were written.
 */
export async function drawCheckIns(
  work: Pick<Work, 'tx' | 'now'> & Partial<Pick<Work, 'person'>>,
  facts: CheckInFacts,
  drawing: string,
  urgency?: Urgency,
): Promise<number> {
  const { meeting, slot } = facts;
  let written = 0;
  for (const { id } of readersOfNews(facts)) {
    const last = lastCard(facts, id);
    const shownLast = urgency !== undefined || (await work.tx.deliveries.postedCard(last)) !== null;
    const isNew = await tellPerson(work, id, {
      key: `check-ins:${meeting.id}:${drawing}`,
      kind: 'card',
      ...(urgency ? { urgency } : {}),
      topic: 'check-ins',
      message: collectedMessage(facts),
      expiresAt: slot.endsAt,
      stillTrue: { kind: 'meeting-in', meetingId: meeting.id, states: ['booked'], version: null },
      card: shownLast ? last : `check-ins:${meeting.id}:${id}`,
      about: `meeting:${meeting.id}`,
    });
    if (isNew) written += 1;
  }
  return written;
}

/** The card shown right before the meeting; what comes after that is drawn on it. */
const lastCard = ({ meeting, slot }: CheckInFacts, readerId: PersonId): string =>
  `check-ins:${meeting.id}:${slot.startsAt.toISOString()}:${readerId}`;

const readersOfNews = ({ readers, writers, checkIns }: CheckInFacts): readonly Person[] =>
  readers.filter(({ id }) => {
    const isWriter = writers.some((writer) => writer.id === id);
    return !isWriter || checkIns.some(({ personId, answers }) => personId !== id && answers !== null);
  });
