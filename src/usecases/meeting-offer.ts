/** Meetings that are agreed by slots: offered, and reminded while nobody chooses. Kickoffs have `offerTimes`. */
import { randomBytes, randomUUID } from 'node:crypto';
import { mayPickTime } from '../domain/access.ts';
import { atBusinessDays, businessDaysBetween } from '../domain/calendar.ts';
import type { Engagement } from '../domain/engagement.ts';
import type { PersonId } from '../domain/ids.ts';
import { type Meeting, offer, planMeeting, type Slot } from '../domain/meeting.ts';
import type { MeetingKind } from '../domain/meeting-kinds.ts';
import { hasLapsed, offerSlots, type SlotWish } from '../domain/slots.ts';
import { addDays, DAY_MS, instantOf, localDate } from '../domain/time.ts';
import { newTimesNotice } from '../messages/copy/meeting.ts';
import { meetingOfferOverdue, meetingOfferReminder } from '../messages/copy/meeting-verbs.ts';
import { PROGRAMME_MEETINGS } from '../offerings/programme-meetings.ts';
import { busyOf } from './booking.ts';
import { whoIsInvited } from './meeting-attendees.ts';
import { saveStep } from './meeting-change.ts';
import { examplesAt, meetingFacts, typedName } from './meeting-facts.ts';
import type { MeetingTeller } from './remind-of-meeting.ts';
import { loadPeople, tellPeople, tellPerson, tellRole } from './tell.ts';
import { cardOf } from './tell-meeting.ts';
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

/** The meeting of this kind that is on offer, though its times may have passed, or booked and not over. */
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

/** Why times are offered, and how soon the first may be; left out, as for any meeting. */
interface OfferHow {
  readonly reason?: string;
  readonly noticeBusinessDays?: number;
}

/**
 * A new meeting with times on offer; `work` may be a clock's. Null when nobody is to be invited or the calendars have no
 * room; with `evenWithout` it is written all the same, so that it counts as proposed. `id` names it where it must be one only.
 */
export async function newSession(
  work: MeetingTeller,
  kind: SessionKind,
  engagement: Engagement | null,
  how: OfferHow & { readonly id?: string; readonly evenWithout?: boolean } = {},
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

/** Offers a session unless one stands that comes or can still be chosen; null when nothing was offered. */
export async function offerSession(
  work: MeetingTeller,
  kind: SessionKind,
  engagement: Engagement | null,
  how: OfferHow = {},
): Promise<Meeting | null> {
  await lockSessions(work, kind, engagement);
  const open = await openSession(work, kind, engagement);
  if (open && !hasLapsed(open, work.now)) return null;
  return open ? renewSession(work, open, engagement, how) : newSession(work, kind, engagement, how);
}

/**
 * Times for an offer that nobody answered while they could: the same meeting, to whoever is invited now. Null when the
 * calendars have no room.
 */
export async function renewSession(
  work: MeetingTeller,
  lapsed: Meeting,
  engagement: Engagement | null,
  how: OfferHow = {},
): Promise<Meeting | null> {
  const meeting = await work.tx.meetings.forChange(lapsed.id);
  // Somebody may have booked or cancelled it meanwhile.
  if (meeting?.state !== 'offered') return null;
  const invited = await whoIsInvited(work, meeting.kind, engagement, meeting.organizerId);
  if (!invited) return null;
  return offerTimesFor(work, { ...meeting, ...invited }, engagement, how);
}

/** Offers fresh times, first or anew, and starts the timers of an unanswered offer. Null when the calendars have no room. */
export async function offerTimesFor(
  work: MeetingTeller,
  meeting: Meeting,
  engagement: Engagement | null,
  how: OfferHow & { readonly isNew?: boolean } = {},
): Promise<Meeting | null> {
  const slots = await freeSlots(work, meeting, engagement, how.noticeBusinessDays);
  const made = offer(meeting, slots, work.now);
  if (!made.ok || slots.length === 0) return null;
  const known = await withCard(work, made.value, engagement);
  await saveStep(work, made.value, engagement, {
    verb: 'meeting.offer',
    before: how.isNew ? null : meeting,
    ...(how.reason ? { reason: how.reason } : {}),
  });
  await tellNewTimes(work, made.value, known);
  await startOfferTimers(work, made.value, engagement);
  return made.value;
}

/** Those who choose and have a card of it already. */
async function withCard(
  work: MeetingTeller,
  meeting: Meeting,
  engagement: Engagement | null,
): Promise<readonly PersonId[]> {
  const found: PersonId[] = [];
  for (const id of await choosers(work, meeting, engagement))
    if (await work.tx.deliveries.postedCard(cardOf(meeting, id))) found.push(id);
  return found;
}

/** New times come in a message of their own to those whose card is only redrawn. */
async function tellNewTimes(work: MeetingTeller, meeting: Meeting, ids: readonly PersonId[]): Promise<void> {
  if (ids.length === 0) return;
  const of = await meetingFacts(work, meeting);
  for (const id of ids) {
    const zone = of.people.get(id)?.timeZone ?? work.programme.timeZone;
    await tellPerson(work, id, {
      key: `meeting-times:${meeting.id}:${meeting.version}`,
      kind: 'notice',
      message: newTimesNotice({ ...of, typed: typedName(meeting, of.engagement, zone) }, zone),
      ...standing(meeting),
      ...(work.person ? {} : { urgency: 'routine' }),
    });
  }
}

/** True while these very times are on offer. */
const standing = (meeting: Meeting) =>
  ({
    stillTrue: { kind: 'meeting-in', meetingId: meeting.id, states: ['offered'], version: meeting.version },
    about: `meeting:${meeting.id}`,
  }) as const;

/** Times at which everybody invited is free, earliest first; nothing is changed. */
export async function freeSlots(
  work: MeetingTeller,
  meeting: Meeting,
  engagement: Engagement | null,
  noticeBusinessDays?: number,
): Promise<Slot[]> {
  const wish = await wishFor(work, meeting, engagement);
  return offerSlots(noticeBusinessDays === undefined ? wish : { ...wish, noticeBusinessDays });
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
  await tellPeople(work, ids, {
    key: `meeting-offer-reminder:${meeting.id}:${meeting.version}`,
    kind: 'reminder',
    urgency: 'routine',
    message: meetingOfferReminder({
      ...of,
      examples: examplesAt(work.programme, after(offerReminderBusinessDays)),
    }),
    dueAt: after(offerReminderBusinessDays),
    ...standing(meeting),
  });
  await tellRole(work, 'gtl', {
    key: `meeting-offer-overdue:${meeting.id}:${meeting.version}`,
    kind: 'escalation',
    urgency: 'routine',
    message: meetingOfferOverdue(of, ids),
    dueAt: after(offerEscalationBusinessDays),
    ...standing(meeting),
  });
}
