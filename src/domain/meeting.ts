import type { EngagementId, MeetingId, PersonId } from './ids.ts';
import type { MeetingKind } from './meeting-kinds.ts';
import type { Result } from './result.ts';
import { accepted, refused } from './result.ts';
import type { LocalDate } from './time.ts';

/** A span of time a meeting may take; both instants are UTC, the end is exclusive. */
export interface Slot {
  readonly startsAt: Date;
  readonly endsAt: Date;
}

export const MEETING_STATES = ['offered', 'booked', 'held', 'cancelled'] as const;
export type MeetingState = (typeof MEETING_STATES)[number];

/** The four topics of the programme page, under which ISPG records the kickoff. */
export interface KickoffNotes {
  readonly cybersecurityRequirements: string;
  readonly levelOfEffort: string;
  readonly costAndFunding: string;
  readonly onboarding: string;
}

/** What somebody who is invited said. The latest counts; a move of the meeting asks everybody anew. */
export interface MeetingResponse {
  readonly personId: PersonId;
  readonly answer: 'accepted' | 'declined';
  readonly at: Date;
}

/** Something that was agreed to be done. */
export interface FollowUp {
  readonly text: string;
  /** Who does it; null when nobody of the bot's people was named. */
  readonly ownerId: PersonId | null;
  readonly dueOn: LocalDate | null;
  readonly doneAt: Date | null;
}

/** What was noted, decided and agreed at a meeting. */
export interface Minutes {
  readonly notes: string;
  readonly decisions: readonly string[];
  readonly followUps: readonly FollowUp[];
}

/** A meeting, from the first offer of slots or its place in a cadence to its record. */
export interface Meeting {
  readonly id: MeetingId;
  /** Null for a meeting of the programme as a whole. */
  readonly engagementId: EngagementId | null;
  readonly kind: MeetingKind;
  /** What it is called where its kind does not say enough, such as the topic of a forum. */
  readonly title: string | null;
  /** The cadence that made it, and the local date and time (`2026-12-08T10:00`) it stands for there; null otherwise. */
  readonly cadenceKey: string | null;
  readonly plannedFor: string | null;
  /** The day it would have been on, and why it is not: "Memorial Day". */
  readonly movedFrom: { readonly on: LocalDate; readonly because: string } | null;
  readonly state: MeetingState;
  /** Rises with every change, so that an old card's button is recognised. */
  readonly version: number;
  /** iCalendar UID: stable for the meeting's whole life. */
  readonly uid: string;
  /** iCalendar SEQUENCE: rises with each booking, with each release of a booked time and with each cancellation. */
  readonly sequence: number;
  /** The unguessable part of the invitation's address. */
  readonly token: string;
  readonly organizerId: PersonId;
  readonly attendeeIds: readonly PersonId[];
  readonly offered: readonly Slot[];
  readonly offeredAt: Date | null;
  /** Times the Business Owner proposed instead, waiting for ISPG. */
  readonly proposed: readonly Slot[];
  /** Set while `booked` and after `held`; kept when cancelled after booking so that calendars can drop it. */
  readonly bookedFor: Slot | null;
  /** The booked time last given up for new offers, until the next booking. Read by `calendarTime` only: nothing said may mention it. */
  readonly released: Slot | null;
  readonly heldOn: string | null;
  readonly presentIds: readonly PersonId[];
  /** The kickoff's notes under its four topics; null for other kinds. */
  readonly notes: KickoffNotes | null;
  readonly responses: readonly MeetingResponse[];
  readonly minutes: Minutes | null;
}

/** Why a step of a meeting is refused. */
export type MeetingRefusal =
  | { readonly code: 'wrong-state'; readonly state: MeetingState }
  | { readonly code: 'no-such-slot'; readonly slots: number }
  | { readonly code: 'slot-passed' }
  | { readonly code: 'not-yet'; readonly startsAt: Date };

type Stepped = Result<Meeting, MeetingRefusal>;

/** What a meeting has from its first moment on. `uid` and `token` are made by the caller from randomness. */
type FirstFacts = Pick<
  Meeting,
  'id' | 'engagementId' | 'kind' | 'uid' | 'token' | 'organizerId' | 'attendeeIds'
>;

/** A kickoff without any time yet. */
export const planKickoff = (facts: Omit<FirstFacts, 'kind'>): Meeting =>
  planMeeting({ ...facts, kind: 'kickoff' });

/** A meeting of any kind without any time yet, to be agreed by slots. */
export function planMeeting(facts: FirstFacts): Meeting {
  return {
    ...facts,
    title: null,
    cadenceKey: null,
    plannedFor: null,
    movedFrom: null,
    state: 'offered',
    version: 1,
    sequence: 0,
    offered: [],
    offeredAt: null,
    proposed: [],
    bookedFor: null,
    released: null,
    heldOn: null,
    presentIds: [],
    notes: null,
    responses: [],
    minutes: null,
  };
}

/**
 * Offers slots, first or anew (a reschedule, or after a cancellation). The old time is set aside at once, so that
 * nothing said from now on can mention it; only calendars still read it, to drop what they hold.
 */
export function offer(meeting: Meeting, slots: readonly Slot[], now: Date): Stepped {
  if (meeting.state === 'held') return refused({ code: 'wrong-state', state: meeting.state });
  return accepted(
    next(meeting, {
      state: 'offered',
      offered: slots,
      offeredAt: now,
      proposed: [],
      bookedFor: null,
      responses: [],
      released: meeting.bookedFor ?? meeting.released,
      sequence: meeting.state === 'booked' ? meeting.sequence + 1 : meeting.sequence,
    }),
  );
}

/**
 * Somebody who comes proposes other times; what stands, an offer or a booking, stands until one of them is taken. A
 * booked kickoff is moved by new offers instead.
 */
export function propose(meeting: Meeting, slots: readonly Slot[]): Stepped {
  const isOpen = meeting.state === 'offered' || (meeting.state === 'booked' && meeting.kind !== 'kickoff');
  if (!isOpen) return refused({ code: 'wrong-state', state: meeting.state });
  return accepted(next(meeting, { proposed: slots }));
}

/** Books the `index`-th (from 0) of the offered or proposed slots. Refused once that slot has begun. */
export function book(meeting: Meeting, from: 'offered' | 'proposed', index: number, now: Date): Stepped {
  if (meeting.state !== 'offered') return refused({ code: 'wrong-state', state: meeting.state });
  return settle(meeting, from, index, now);
}

/** Takes the `index`-th (from 0) of the proposed slots, for an offer or instead of the booked time. */
export function takeProposed(meeting: Meeting, index: number, now: Date): Stepped {
  if (meeting.state !== 'offered' && meeting.state !== 'booked')
    return refused({ code: 'wrong-state', state: meeting.state });
  return settle(meeting, 'proposed', index, now);
}

function settle(meeting: Meeting, from: 'offered' | 'proposed', index: number, now: Date): Stepped {
  const slots = meeting[from];
  const slot = slots[index];
  if (!slot) return refused({ code: 'no-such-slot', slots: slots.length });
  if (slot.startsAt.getTime() <= now.getTime()) return refused({ code: 'slot-passed' });
  return accepted(bookedAnew(meeting, slot));
}

/** Gives a booked meeting another time; the old one is gone at once. Refused for a time that has begun. */
export function move(meeting: Meeting, slot: Slot, now: Date): Stepped {
  if (meeting.state !== 'booked') return refused({ code: 'wrong-state', state: meeting.state });
  if (slot.startsAt.getTime() <= now.getTime()) return refused({ code: 'slot-passed' });
  return accepted({ ...bookedAnew(meeting, slot), movedFrom: null });
}

/** At a new time everybody is asked anew whether they come. */
const bookedAnew = (meeting: Meeting, slot: Slot): Meeting =>
  next(meeting, {
    state: 'booked',
    bookedFor: slot,
    released: null,
    proposed: [],
    responses: [],
    sequence: meeting.sequence + 1,
  });

/** Who said that they do not come. */
export const declinedBy = ({ responses }: Pick<Meeting, 'responses'>): ReadonlySet<PersonId> =>
  new Set(responses.filter(({ answer }) => answer === 'declined').map(({ personId }) => personId));

/** Somebody invited says whether they come; the latest counts. The same answer again changes nothing. */
export function respond(
  meeting: Meeting,
  personId: PersonId,
  answer: MeetingResponse['answer'],
  now: Date,
): Stepped {
  if (meeting.state !== 'booked') return refused({ code: 'wrong-state', state: meeting.state });
  const before = meeting.responses.find((response) => response.personId === personId);
  if (before?.answer === answer) return accepted(meeting);
  const others = meeting.responses.filter((response) => response !== before);
  return accepted(next(meeting, { responses: [...others, { personId, answer, at: now }] }));
}

/** Invites one more person; a booked meeting's invitation goes out anew. Unchanged when they are invited already or it is over. */
export function invite(meeting: Meeting, personId: PersonId): Meeting {
  const open = meeting.state === 'offered' || meeting.state === 'booked';
  if (!open || meeting.attendeeIds.includes(personId)) return meeting;
  const sequence = meeting.state === 'booked' ? meeting.sequence + 1 : meeting.sequence;
  return next(meeting, { attendeeIds: [...meeting.attendeeIds, personId], sequence });
}

/** Calls the meeting off. The booked time is kept only for calendars, which must be told to drop it. */
export function cancel(meeting: Meeting): Stepped {
  if (meeting.state !== 'offered' && meeting.state !== 'booked') {
    return refused({ code: 'wrong-state', state: meeting.state });
  }
  return accepted(next(meeting, { state: 'cancelled', proposed: [], sequence: meeting.sequence + 1 }));
}

/** Records the kickoff as held, under its four topics. Refused before its start. */
export function recordHeld(
  meeting: Meeting,
  record: {
    readonly heldOn: string;
    readonly presentIds: readonly PersonId[];
    readonly notes: KickoffNotes;
    /** Decisions and follow-ups, where there were any. */
    readonly minutes?: Minutes | null;
  },
  now: Date,
): Stepped {
  return held(meeting, record, now);
}

/** Records any other meeting as held: who was there, and what was noted, decided and agreed. Refused before its start. */
export function recordMeeting(
  meeting: Meeting,
  record: { readonly heldOn: string; readonly presentIds: readonly PersonId[]; readonly minutes: Minutes },
  now: Date,
): Stepped {
  return held(meeting, record, now);
}

function held(
  meeting: Meeting,
  record: Partial<Meeting> & Pick<Meeting, 'heldOn' | 'presentIds'>,
  now: Date,
): Stepped {
  if (meeting.state !== 'booked' || !meeting.bookedFor) {
    return refused({ code: 'wrong-state', state: meeting.state });
  }
  if (now.getTime() < meeting.bookedFor.startsAt.getTime()) {
    return refused({ code: 'not-yet', startsAt: meeting.bookedFor.startsAt });
  }
  return accepted(next(meeting, { ...record, state: 'held', proposed: [] }));
}

/** What calendars show of a meeting. `stands` is false for a time given up or called off, which they are to drop. */
export interface CalendarTime {
  readonly slot: Slot;
  readonly stands: boolean;
}

/** The meeting as calendars know it; null when they never heard of a time. */
export function calendarTime(meeting: Meeting): CalendarTime | null {
  const slot = meeting.bookedFor ?? meeting.released;
  return slot && { slot, stands: meeting.state === 'booked' || meeting.state === 'held' };
}

function next(meeting: Meeting, change: Partial<Meeting>): Meeting {
  return { ...meeting, ...change, version: meeting.version + 1 };
}
