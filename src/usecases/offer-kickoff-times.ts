import { atBusinessDays } from '../domain/calendar.ts';
import type { Engagement } from '../domain/engagement.ts';
import { invite, type Meeting, offer, planKickoff, type Slot } from '../domain/meeting.ts';
import { offerSlots } from '../domain/slots.ts';
import {
  newTimesOffered,
  noOtherTimes,
  offerOverdue,
  offerReminder,
  proposalAnswered,
} from '../messages/copy/kickoff.ts';
import { engagementRefusal, meetingRefusal } from '../messages/copy/refusals.ts';
import { acceptedWithoutSlots } from '../messages/copy/triage.ts';
import { busyOf } from './booking.ts';
import {
  type EngagementRef,
  type KickoffRef,
  openEngagement,
  openKickoff,
  saveMeeting,
} from './change-engagement.ts';
import { kickoffAttendees, tellKickoff } from './kickoff-cards.ts';
import { examplesAt } from './meeting-facts.ts';
import { loadPeople, peopleAround, tellChannel, tellPerson, tellRole } from './tell.ts';
import { type Answer, answer, type Work } from './work.ts';

const SLOTS_OFFERED = 3;

/**
 * Offers the Business Owner fresh times: the first after triage, later ones for a reschedule or on request.
 * Answers the meeting, or null when the calendars have no room in the horizon.
 */
export async function offerTimes(
  work: Work,
  engagement: Engagement,
  existing: Meeting | null,
): Promise<Meeting | null> {
  const fresh = !existing || existing.state === 'cancelled';
  const meeting = existing ?? (await plan(work, engagement));
  const slots = await findSlots(work, meeting);
  const offered = offer(meeting, slots, work.now);
  if (!offered.ok || slots.length === 0) return null;
  await saveMeeting(work, engagement, offered.value, 'kickoff.offer', existing === null);
  await tellKickoff(work, engagement, offered.value, !fresh);
  await startOfferTimers(work, engagement, offered.value);
  return offered.value;
}

async function plan(work: Work, engagement: Engagement): Promise<Meeting> {
  const id = work.newId();
  return planKickoff({
    id,
    engagementId: engagement.id,
    uid: `kickoff-${id}@isso-as-a-service`,
    token: work.newToken(),
    organizerId: engagement.triagedById ?? work.person.id,
    attendeeIds: await kickoffAttendees(work, engagement),
  });
}

/** Times in business hours when nobody invited is known to be taken, readable in each reader's own zone. */
async function findSlots(work: Work, meeting: Meeting): Promise<Slot[]> {
  const { calendar, businessHours, kickoffMinutes, offerHorizonBusinessDays } = work.programme;
  const people = await loadPeople(work, meeting.attendeeIds);
  return offerSlots({
    now: work.now,
    calendar,
    hours: businessHours,
    minutes: kickoffMinutes,
    busy: await busyOf(work, meeting),
    readerZones: [...people.values()].map((person) => person.timeZone),
    count: SLOTS_OFFERED,
    withinBusinessDays: offerHorizonBusinessDays,
  });
}

/** No answer in two business days reminds the Business Owner; still none tells the GTL. */
async function startOfferTimers(work: Work, engagement: Engagement, meeting: Meeting): Promise<void> {
  const { calendar, businessHours, offerReminderBusinessDays, offerEscalationBusinessDays } = work.programme;
  const stillTrue = {
    kind: 'meeting-in',
    meetingId: meeting.id,
    states: ['offered'],
    version: meeting.version,
  } as const;
  const about = `meeting:${meeting.id}`;
  const since = meeting.offeredAt ?? work.now;
  const after = (days: number) => atBusinessDays(since, days, businessHours.zone, calendar, businessHours);
  // When somebody is invited to an offer that stands, what was said already is not said again.
  if (after(offerReminderBusinessDays) > work.now)
    await tellPerson(work, engagement.businessOwnerId, {
      key: `offer-reminder:${meeting.id}:${meeting.version}`,
      kind: 'reminder',
      urgency: 'routine',
      message: offerReminder(engagement, examplesAt(work.programme, after(offerReminderBusinessDays))),
      dueAt: after(offerReminderBusinessDays),
      stillTrue,
      about,
    });
  if (after(offerEscalationBusinessDays) > work.now)
    await tellRole(work, 'gtl', {
      key: `offer-overdue:${meeting.id}:${meeting.version}`,
      kind: 'escalation',
      urgency: 'routine',
      message: offerOverdue(engagement, await peopleAround(work, engagement, meeting)),
      dueAt: after(offerEscalationBusinessDays),
      stillTrue,
      about,
    });
}

/** Somebody who joins the request is invited to its kickoff, whether times are on offer or one is booked. */
export async function inviteToKickoff(work: Work, engagement: Engagement): Promise<void> {
  const latest = await work.tx.meetings.ofEngagement(engagement.id, 'kickoff');
  const meeting = latest ? await work.tx.meetings.forChange(latest.id) : null;
  const invited = meeting ? invite(meeting, work.person.id) : null;
  if (!meeting || !invited || invited === meeting) return;
  await saveMeeting(work, engagement, invited, 'kickoff.invite');
  await tellKickoff(work, engagement, invited);
  if (invited.state === 'offered') await startOfferTimers(work, engagement, invited);
}

/** ISPG offers new times, also after a cancellation or when there was no room before. */
export async function offerKickoffTimes(work: Work, ref: EngagementRef): Promise<Answer> {
  const opened = await openEngagement(work, ref, 'kickoff.offer');
  if (!opened.ok) return opened.answer;
  const engagement = opened.value;
  if (engagement.state !== 'KICKOFF_PENDING') {
    return answer(engagementRefusal(engagement.number, { code: 'wrong-state', state: engagement.state }));
  }
  const meeting = await work.tx.meetings.ofEngagement(engagement.id, 'kickoff');
  const offered = await offerTimes(work, engagement, meeting);
  return answer(
    offered ? newTimesOffered(engagement, meeting?.state === 'booked') : acceptedWithoutSlots(engagement),
  );
}

/** ISPG answers a proposal with other times, from its card. */
export async function offerOtherTimes(work: Work, ref: KickoffRef): Promise<Answer> {
  const opened = await openKickoff(work, ref, 'kickoff.offer');
  if (!opened.ok) return opened.answer;
  const { engagement, meeting } = opened.value;
  if (meeting.state !== 'offered' || engagement.state !== 'KICKOFF_PENDING') {
    return answer(meetingRefusal(engagement.number, { code: 'wrong-state', state: meeting.state }));
  }
  const offered = await offerTimes(work, engagement, meeting);
  if (offered) await closeProposal(work, engagement, meeting);
  return answer(offered ? newTimesOffered(engagement, false) : noOtherTimes(engagement, meeting));
}

/** Somebody entitled asks for another time: the booked one is released at once and new times are offered. */
export async function rescheduleKickoff(work: Work, ref: KickoffRef): Promise<Answer> {
  const opened = await openKickoff(work, ref, 'kickoff.reschedule');
  if (!opened.ok) return opened.answer;
  const { engagement, meeting } = opened.value;
  if (meeting.state === 'held' || engagement.state !== 'KICKOFF_PENDING') {
    return answer(meetingRefusal(engagement.number, { code: 'wrong-state', state: meeting.state }));
  }
  const offered = await offerTimes(work, engagement, meeting);
  return answer(
    offered ? newTimesOffered(engagement, meeting.state === 'booked') : noOtherTimes(engagement, meeting),
  );
}

/** The proposal's card in the ISPG channel loses its buttons once it is answered. */
export async function closeProposal(work: Work, engagement: Engagement, meeting: Meeting): Promise<void> {
  if (meeting.proposed.length === 0) return;
  await tellChannel(work, 'ispg', {
    key: `proposal-answered:${meeting.id}:${meeting.version}`,
    kind: 'card',
    message: proposalAnswered(engagement),
    card: `proposal:${engagement.id}`,
  });
}
