/** Meetings that are agreed by slots: offered, and reminded while nobody chooses. Kickoffs have `offerTimes`. */
import { randomBytes, randomUUID } from 'node:crypto';
import { mayPickTime } from '../domain/access.ts';
import { atBusinessDays, businessDaysBetween } from '../domain/calendar.ts';
import type { Engagement } from '../domain/engagement.ts';
import type { PersonId } from '../domain/ids.ts';
import { type Meeting, offer, planMeeting } from '../domain/meeting.ts';
import type { MeetingKind } from '../domain/meeting-kinds.ts';
import { offerSlots, type SlotWish } from '../domain/slots.ts';
import { addDays, DAY_MS, instantOf, localDate } from '../domain/time.ts';
import { meetingOfferOverdue, meetingOfferReminder } from '../messages/copy/meeting-verbs.ts';
import { PROGRAMME_MEETINGS } from '../offerings/programme-meetings.ts';
import { whoIsInvited } from './meeting-attendees.ts';
import { saveStep } from './meeting-change.ts';
import { examplesAt, meetingFacts } from './meeting-facts.ts';
import { busyOf } from './offer-kickoff-times.ts';
import type { MeetingTeller } from './remind-of-meeting.ts';
import { loadPeople, tellPeople, tellRole } from './tell.ts';
import type { Work } from './work.ts';

/** Kinds that are agreed by slots and can be asked for. */
export type SessionKind = Extract<MeetingKind, 'initial' | 'satisfaction' | 'rbt_review'>;
export const isSessionKind = (kind: MeetingKind): kind is SessionKind =>
  kind === 'initial' || kind === 'satisfaction' || kind === 'rbt_review';

const SLOTS_OFFERED = 3;
/** The initial meeting is to be in this span of days after onboarding began (domain reference 6.1). */
const INITIAL_DAYS = { from: 15, until: 45 } as const;
const OPEN_AHEAD_DAYS = 400;
const MOST_OFFERED = 500;

/** Two people who ask at once get one meeting. */
export const lockSessions = (
  { tx }: Pick<Work, 'tx'>,
  kind: SessionKind,
  engagement: Engagement | null,
): Promise<void> => tx.lock(`meeting-session:${kind}:${engagement?.id ?? 'programme'}`);

/** The meeting of this kind that is on offer, or booked and not over. */
export async function openSession(
  { tx, now }: Pick<Work, 'tx' | 'now'>,
  kind: SessionKind,
  engagement: Engagement | null,
): Promise<Meeting | null> {
  if (engagement) {
    const latest = await tx.meetings.ofEngagement(engagement.id, kind);
    const isOpen =
      latest?.state === 'offered' ||
      (latest?.state === 'booked' && latest.bookedFor && latest.bookedFor.endsAt > now);
    return latest && isOpen ? latest : null;
  }
  const offered = await tx.meetings.inStates(['offered'], MOST_OFFERED);
  const booked = await tx.meetings.bookedOf(kind, now, new Date(now.getTime() + OPEN_AHEAD_DAYS * DAY_MS));
  return [...offered, ...booked].find((each) => each.kind === kind && each.engagementId === null) ?? null;
}

/**
 * A new meeting with times on offer; `work` may be a clock's. Null when nobody is to be invited or the calendars have no
 * room; with `evenWithout` it is written all the same, so that it counts as proposed. `id` names it where it must be one only.
 */
export async function newSession(
  work: MeetingTeller,
  kind: SessionKind,
  engagement: Engagement | null,
  how: { readonly id?: string; readonly evenWithout?: boolean; readonly reason?: string } = {},
): Promise<Meeting | null> {
  const invited = await whoIsInvited(work, kind, engagement, engagement?.triagedById ?? null);
  if (!invited) return null;
  const id = how.id ?? randomUUID();
  const meeting = planMeeting({
    id,
    engagementId: engagement?.id ?? null,
    kind,
    uid: `meeting-${id}@isso-as-a-service`,
    token: randomBytes(24).toString('base64url'),
    ...invited,
  });
  const made = await offerTimesFor(work, meeting, engagement, { isNew: true, ...how });
  if (made || !how.evenWithout) return made;
  await saveStep(work, meeting, engagement, { verb: 'meeting.offer', before: null });
  return meeting;
}

/** Offers fresh times, first or anew, and starts the timers of an unanswered offer. Null when the calendars have no room. */
export async function offerTimesFor(
  work: MeetingTeller,
  meeting: Meeting,
  engagement: Engagement | null,
  how: { readonly isNew?: boolean; readonly reason?: string } = {},
): Promise<Meeting | null> {
  const slots = offerSlots(await wishFor(work, meeting, engagement));
  const made = offer(meeting, slots, work.now);
  if (!made.ok || slots.length === 0) return null;
  await saveStep(work, made.value, engagement, {
    verb: 'meeting.offer',
    before: how.isNew ? null : meeting,
    ...(how.reason ? { reason: how.reason } : {}),
  });
  await startOfferTimers(work, made.value, engagement);
  return made.value;
}

async function wishFor(
  work: MeetingTeller,
  meeting: Meeting,
  engagement: Engagement | null,
): Promise<SlotWish> {
  const { calendar, businessHours, offerHorizonBusinessDays } = work.programme;
  const people = await loadPeople(work, meeting.attendeeIds);
  return {
    now: work.now,
    calendar,
    hours: businessHours,
    minutes: PROGRAMME_MEETINGS[meeting.kind].minutes,
    busy: await busyOf(work, meeting),
    readerZones: [...people.values()].map(({ timeZone }) => timeZone),
    count: SLOTS_OFFERED,
    withinBusinessDays: offerHorizonBusinessDays,
    ...(meeting.kind === 'initial' && engagement ? await initialSpan(work, engagement) : {}),
  };
}

/** Days 15 to 45 of onboarding as far as they lie ahead; when they are over, the usual horizon. */
async function initialSpan(
  work: MeetingTeller,
  engagement: Engagement,
): Promise<Partial<Pick<SlotWish, 'notBefore' | 'withinBusinessDays'>>> {
  const { timeZone, calendar, offerHorizonBusinessDays } = work.programme;
  const milestones = await work.tx.milestones.ofEngagement(engagement.id);
  const began = milestones.filter(({ name }) => name === 'onboarding-began').at(-1);
  if (!began) return {};
  const today = localDate(work.now, timeZone);
  const days = businessDaysBetween(today, addDays(began.on, INITIAL_DAYS.until), calendar);
  if (days < offerHorizonBusinessDays) return {};
  const from = instantOf(addDays(began.on, INITIAL_DAYS.from), '00:00', timeZone);
  return { withinBusinessDays: days, ...(from > work.now ? { notBefore: from } : {}) };
}

/** Who may pick one of the times. */
export async function choosers(
  work: MeetingTeller,
  meeting: Meeting,
  engagement: Engagement | null,
): Promise<readonly PersonId[]> {
  if (engagement) return [engagement.businessOwnerId];
  const people = await loadPeople(work, meeting.attendeeIds);
  return [...people.values()].filter((each) => mayPickTime(each, meeting, null)).map(({ id }) => id);
}

/** No answer in two business days reminds whoever chooses; still none after three tells the GTL. */
async function startOfferTimers(
  work: MeetingTeller,
  meeting: Meeting,
  engagement: Engagement | null,
): Promise<void> {
  const { calendar, businessHours, offerReminderBusinessDays, offerEscalationBusinessDays } = work.programme;
  const after = (days: number) => atBusinessDays(work.now, days, businessHours.zone, calendar, businessHours);
  const of = await meetingFacts(work, meeting);
  const ids = await choosers(work, meeting, engagement);
  const common = {
    stillTrue: {
      kind: 'meeting-in',
      meetingId: meeting.id,
      states: ['offered'],
      version: meeting.version,
    },
    about: `meeting:${meeting.id}`,
  } as const;
  await tellPeople(work, ids, {
    key: `meeting-offer-reminder:${meeting.id}:${meeting.version}`,
    kind: 'reminder',
    urgency: 'routine',
    message: meetingOfferReminder({
      ...of,
      examples: examplesAt(work.programme, after(offerReminderBusinessDays)),
    }),
    dueAt: after(offerReminderBusinessDays),
    ...common,
  });
  await tellRole(work, 'gtl', {
    key: `meeting-offer-overdue:${meeting.id}:${meeting.version}`,
    kind: 'escalation',
    urgency: 'routine',
    message: meetingOfferOverdue(of, ids),
    dueAt: after(offerEscalationBusinessDays),
    ...common,
  });
}
