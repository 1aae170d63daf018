/** Offers the Business Owner a satisfaction session that nobody asked for in words. */
import type { Engagement } from '../domain/engagement.ts';
import { lockSessions, newSession, openSession } from './meeting-offer.ts';
import type { MeetingTeller } from './remind-of-meeting.ts';

/**
 * Times for a satisfaction session go to the Business Owner at once, once for each reason (`because`, such as a survey's id
 * and version): a low score proposes one within one business day (domain reference 6.1). Nothing is offered while one is on
 * offer or booked, nor for a request that has ended.
 */
export async function proposeSatisfactionSession(
  work: MeetingTeller,
  engagement: Engagement,
  because: string,
): Promise<void> {
  if (engagement.ending) return;
  await lockSessions(work, 'satisfaction', engagement);
  const id = `satisfaction-${engagement.id}-${because}`;
  if ((await work.tx.meetings.get(id)) || (await openSession(work, 'satisfaction', engagement))) return;
  await newSession(work, 'satisfaction', engagement, { id, evenWithout: true, reason: 'low-score' });
}
