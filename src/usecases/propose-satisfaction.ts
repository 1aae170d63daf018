/** A satisfaction session that a low score asks for: offered, brought forward, or the one that stands. */
import type { Engagement } from '../domain/engagement.ts';
import type { Meeting } from '../domain/meeting.ts';
import { isWithinBusinessDays } from '../domain/slots.ts';
import type { SessionForScore } from '../messages/copy/low-score.ts';
import { freeSlots, lockSessions, newSession, openSession, renewSession } from './meeting-offer.ts';
import type { MeetingTeller } from './remind-of-meeting.ts';

/** A time is to be offered by the end of the next business day (domain reference 6.1). */
const OFFERED_WITHIN_BUSINESS_DAYS = 1;
/** One booked this soon does for a session. */
const SOON_BUSINESS_DAYS = 3;
const how = { reason: 'low-score', noticeBusinessDays: OFFERED_WITHIN_BUSINESS_DAYS } as const;

/**
 * Sees to a satisfaction session after a low score, once for each reason (`because`, such as a survey's id and version), and
 * answers what came of it, so that everybody is told what is so. Times on offer are brought forward where the calendars allow
 * a nearer one; what is booked, or proposed by somebody, is never given up for it.
 */
export async function proposeSatisfactionSession(
  work: MeetingTeller,
  engagement: Engagement,
  because: string,
): Promise<SessionForScore> {
  if (engagement.ending) return { what: 'none' };
  await lockSessions(work, 'satisfaction', engagement);
  const open = await openSession(work, 'satisfaction', engagement);
  if (open?.bookedFor) return bookedOne(work, open.bookedFor.startsAt);
  if (open) return onOffer(work, open, engagement);
  const id = `satisfaction-${engagement.id}-${because}`;
  if (await work.tx.meetings.get(id)) return { what: 'none' };
  return offeredIn(await newSession(work, 'satisfaction', engagement, { id, ...how }));
}

const offeredIn = (made: Meeting | null): SessionForScore => {
  const [first] = made?.offered ?? [];
  return first ? { what: 'offered', at: first.startsAt } : { what: 'no-room' };
};

const bookedOne = (work: MeetingTeller, at: Date): SessionForScore => ({
  what: isNear(work, at, SOON_BUSINESS_DAYS) ? 'booked-soon' : 'booked-later',
  at,
});

async function onOffer(work: MeetingTeller, open: Meeting, engagement: Engagement): Promise<SessionForScore> {
  if (open.proposed.some(({ startsAt }) => startsAt > work.now)) return { what: 'proposed' };
  const first = open.offered.find(({ startsAt }) => startsAt > work.now)?.startsAt;
  const stands = first && ({ what: 'on-offer', at: first } as const);
  if (stands && isNear(work, stands.at, OFFERED_WITHIN_BUSINESS_DAYS)) return stands;
  const [nearest] = await freeSlots(work, open, engagement, OFFERED_WITHIN_BUSINESS_DAYS);
  if (stands && (!nearest || nearest.startsAt >= stands.at)) return stands;
  return offeredIn(nearest ? await renewSession(work, open, engagement, how) : null);
}

const isNear = ({ now, programme }: MeetingTeller, at: Date, days: number): boolean =>
  isWithinBusinessDays(at, days, now, programme.businessHours.zone, programme.calendar);
