import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  book,
  calendarTime,
  cancel,
  MEETING_STATES,
  type Meeting,
  type MeetingRefusal,
  type MeetingState,
  type Minutes,
  move,
  offer,
  planKickoff,
  planMeeting,
  propose,
  recordHeld,
  recordMeeting,
  respond,
  type Slot,
  takeProposed,
} from '../../src/domain/meeting.ts';
import { closeFollowUp, noShows, skip } from '../../src/domain/meeting-record.ts';
import type { Result } from '../../src/domain/result.ts';

const at = (day: number, hour = 15): Date => new Date(Date.UTC(2026, 11, day, hour));
const slot = (day: number): Slot => ({ startsAt: at(day), endsAt: at(day, 16) });
const now = at(1);
const record = {
  heldOn: '2026-12-08',
  presentIds: ['bo', 'ispg', 'lead'],
  notes: { cybersecurityRequirements: 'a', levelOfEffort: 'b', costAndFunding: 'c', onboarding: 'd' },
};

const minutes: Minutes = {
  notes: 'All well.',
  decisions: ['Keep the day.'],
  followUps: [
    { text: 'send the roster', ownerId: 'lead', dueOn: '2026-12-15', doneAt: null },
    { text: 'ask about leave', ownerId: null, dueOn: null, doneAt: null },
  ],
};

const planned = planKickoff({
  id: 'm1',
  engagementId: 'e1',
  uid: 'uid-1',
  token: 'token-1',
  organizerId: 'ispg',
  attendeeIds: ['bo', 'ispg', 'lead'],
});

type Stepped = Result<Meeting, MeetingRefusal>;
function done(result: Stepped): Meeting {
  if (!result.ok) throw new Error(`refused: ${result.refusal.code}`);
  return result.value;
}

const STEPS = {
  offer: (m: Meeting) => offer(m, [slot(8), slot(9), slot(10)], now),
  propose: (m: Meeting) => propose(m, [slot(14)]),
  book: (m: Meeting) => book(m, 'offered', 0, now),
  take: (m: Meeting) => book(m, 'proposed', 0, now),
  cancel: (m: Meeting) => cancel(m),
  held: (m: Meeting) => recordHeld(m, record, at(20)),
};

/** The steps of all other kinds beside those above. */
const MORE_STEPS = {
  ...STEPS,
  move: (m: Meeting) => move(m, slot(16), now),
  takeProposed: (m: Meeting) => takeProposed(m, 0, now),
  accept: (m: Meeting) => respond(m, 'bo', 'accepted', now),
  decline: (m: Meeting) => respond(m, 'bo', 'declined', now),
  skip: (m: Meeting) => skip(m, now) as Stepped,
  record: (m: Meeting) => recordMeeting(m, { ...record, minutes }, at(20)),
};

const offered = done(STEPS.offer(planned));
const booked = done(STEPS.book(offered));
const IN_STATE: Readonly<Record<MeetingState, Meeting>> = {
  offered,
  booked,
  held: done(STEPS.held(booked)),
  cancelled: done(STEPS.cancel(booked)),
};

/** By hand: what each step makes of each state; '-' is refused. */
const TABLE: Readonly<
  Record<Exclude<keyof typeof STEPS, 'take'>, Readonly<Record<MeetingState, MeetingState | '-'>>>
> = {
  offer: { offered: 'offered', booked: 'offered', held: '-', cancelled: 'offered' },
  propose: { offered: 'offered', booked: '-', held: '-', cancelled: '-' },
  book: { offered: 'booked', booked: '-', held: '-', cancelled: '-' },
  cancel: { offered: 'cancelled', booked: 'cancelled', held: '-', cancelled: '-' },
  held: { offered: '-', booked: 'held', held: '-', cancelled: '-' },
};

describe('the life of a meeting', () => {
  for (const [step, row] of Object.entries(TABLE) as [
    keyof typeof TABLE,
    (typeof TABLE)[keyof typeof TABLE],
  ][]) {
    for (const state of MEETING_STATES) {
      const to = row[state];
      it(`${state}: ${step} is ${to === '-' ? 'refused' : `allowed and leads to ${to}`}`, () => {
        const before = Object.freeze(IN_STATE[state]);
        const result = STEPS[step](before);
        if (to === '-') {
          expect(result).toEqual({ ok: false, refusal: { code: 'wrong-state', state } });
          return;
        }
        const after = done(result);
        expect(after.state).toBe(to);
        expect(after.version).toBe(before.version + 1);
        expect([after.id, after.uid, after.token]).toEqual([before.id, before.uid, before.token]);
      });
    }
  }

  it('forgets the old time and the proposals the moment new times are offered', () => {
    const proposed = done(STEPS.propose(offered));
    const taken = done(STEPS.take(proposed));
    expect([taken.bookedFor, taken.proposed]).toEqual([slot(14), []]);
    const moved = done(offer(taken, [slot(21)], at(2)));
    expect(moved).toMatchObject({ bookedFor: null, proposed: [], offered: [slot(21)], offeredAt: at(2) });
    expect(JSON.stringify({ ...moved, released: null })).not.toContain(slot(14).startsAt.toISOString());
  });

  it('shows calendars the time that stands, and the one given up as called off until the next booking', () => {
    expect(calendarTime(offered)).toBeNull();
    expect(calendarTime(done(STEPS.cancel(offered)))).toBeNull();
    expect(calendarTime(booked)).toEqual({ slot: slot(8), stands: true });
    expect(calendarTime(IN_STATE.held)).toEqual({ slot: slot(8), stands: true });
    const moving = done(offer(booked, [slot(21)], at(2)));
    const again = done(offer(moving, [slot(22)], at(3)));
    for (const each of [moving, again, done(STEPS.cancel(again)), IN_STATE.cancelled]) {
      expect(calendarTime(each)).toEqual({ slot: slot(8), stands: false });
    }
    const rebooked = done(book(again, 'offered', 0, now));
    expect(rebooked.released).toBeNull();
    expect(calendarTime(rebooked)).toEqual({ slot: slot(22), stands: true });
    expect(calendarTime(done(offer(IN_STATE.cancelled, [slot(21)], now)))?.stands).toBe(false);
  });

  it('keeps the booked time of a cancelled meeting, so that calendars can drop it', () => {
    expect(IN_STATE.cancelled.bookedFor).toEqual(slot(8));
  });

  it('books only a slot that stands there', () => {
    expect(book(offered, 'offered', 3, now)).toEqual({
      ok: false,
      refusal: { code: 'no-such-slot', slots: 3 },
    });
    expect(book(offered, 'offered', -1, now)).toEqual({
      ok: false,
      refusal: { code: 'no-such-slot', slots: 3 },
    });
    expect(book(offered, 'offered', Number.NaN, now)).toEqual({
      ok: false,
      refusal: { code: 'no-such-slot', slots: 3 },
    });
    expect(book(offered, 'offered', 0.5, now)).toEqual({
      ok: false,
      refusal: { code: 'no-such-slot', slots: 3 },
    });
    expect(book(offered, 'proposed', 0, now)).toEqual({
      ok: false,
      refusal: { code: 'no-such-slot', slots: 0 },
    });
  });

  it('books a slot until the moment it begins, and no longer', () => {
    const justBefore = new Date(slot(8).startsAt.getTime() - 1);
    expect(book(offered, 'offered', 0, justBefore).ok).toBe(true);
    expect(book(offered, 'offered', 0, slot(8).startsAt)).toEqual({
      ok: false,
      refusal: { code: 'slot-passed' },
    });
    expect(book(offered, 'offered', 0, at(30))).toEqual({ ok: false, refusal: { code: 'slot-passed' } });
  });

  it('refuses to record a meeting as held before it began', () => {
    const early = recordHeld(booked, record, new Date(slot(8).startsAt.getTime() - 1));
    expect(early).toEqual({ ok: false, refusal: { code: 'not-yet', startsAt: slot(8).startsAt } });
    expect(recordHeld(booked, record, slot(8).startsAt).ok).toBe(true);
  });

  it('counts SEQUENCE up with each booking, released time and cancellation and never down, and VERSION with every change', () => {
    const step = fc.constantFrom(...(Object.keys(STEPS) as (keyof typeof STEPS)[]));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let meeting = planned;
        for (const name of steps) {
          const before = Object.freeze(meeting);
          const result = STEPS[name](before);
          if (!result.ok) continue;
          meeting = result.value;
          expect(meeting.version).toBe(before.version + 1);
          const isReleased = before.state === 'booked' && meeting.state === 'offered';
          const speaks = meeting.state === 'booked' || meeting.state === 'cancelled' || isReleased;
          expect(meeting.sequence - before.sequence).toBe(speaks ? 1 : 0);
          // Calendars that heard of a time never hear of another under the same number.
          const [old, now] = [calendarTime(before), calendarTime(meeting)];
          if (old && meeting.sequence === before.sequence) expect(now).toEqual(old);
          if (meeting.state === 'booked') expect(meeting.bookedFor).not.toBeNull();
          if (meeting.state === 'offered') expect(meeting.bookedFor).toBeNull();
        }
      }),
      { seed: 8, numRuns: 500 },
    );
  });
});

describe('a meeting other than the kickoff', () => {
  const initial = planMeeting({ ...planned, kind: 'initial' });
  const initialBooked = done(STEPS.book(done(STEPS.offer(initial))));
  const recurring: Meeting = { ...initialBooked, kind: 'lead_weekly', cadenceKey: 'meeting:lead_weekly' };

  it('is planned without any time, of its kind', () => {
    expect(initial).toMatchObject({
      kind: 'initial',
      state: 'offered',
      version: 1,
      sequence: 0,
      offered: [],
    });
  });

  it('keeps the latest answer of each who is invited, and the same answer changes nothing', () => {
    const accepted = done(respond(initialBooked, 'bo', 'accepted', at(1)));
    const both = done(respond(accepted, 'lead', 'declined', at(2)));
    const changed = done(respond(both, 'bo', 'declined', at(3)));
    expect(changed.responses).toEqual([
      { personId: 'lead', answer: 'declined', at: at(2) },
      { personId: 'bo', answer: 'declined', at: at(3) },
    ]);
    expect(done(respond(changed, 'bo', 'declined', at(4)))).toBe(changed);
  });

  it('asks everybody anew at a new time, whichever way it came about', () => {
    const answered = done(respond(initialBooked, 'bo', 'accepted', at(1)));
    const proposed = done(propose(answered, [slot(14)]));
    for (const moved of [done(move(answered, slot(16), now)), done(takeProposed(proposed, 0, now))]) {
      expect(moved.responses).toEqual([]);
      expect(moved.sequence).toBe(answered.sequence + 1);
    }
    expect(done(offer(answered, [slot(20)], now)).responses).toEqual([]);
  });

  it('moves in one step: the old time is gone, the new one stands', () => {
    const moved = done(move(initialBooked, slot(16), now));
    expect(moved).toMatchObject({ state: 'booked', bookedFor: slot(16), released: null, movedFrom: null });
    expect(calendarTime(moved)).toEqual({ slot: slot(16), stands: true });
    expect(move(initialBooked, slot(16), slot(16).startsAt)).toMatchObject({
      refusal: { code: 'slot-passed' },
    });
    expect(move(initial, slot(16), now)).toMatchObject({ refusal: { code: 'wrong-state' } });
  });

  it('keeps its time while other times are proposed; a booked kickoff is moved by offers alone', () => {
    expect(done(propose(initialBooked, [slot(14)]))).toMatchObject({ state: 'booked', bookedFor: slot(8) });
    expect(propose(booked, [slot(14)])).toMatchObject({ refusal: { code: 'wrong-state', state: 'booked' } });
  });

  it('takes a proposed time only while it is to come and stands there', () => {
    const proposed = done(propose(initialBooked, [slot(14)]));
    expect(takeProposed(proposed, 1, now)).toMatchObject({ refusal: { code: 'no-such-slot', slots: 1 } });
    expect(takeProposed(proposed, 0, at(30))).toMatchObject({ refusal: { code: 'slot-passed' } });
  });

  it('is skipped only where it recurs, keeping its time for calendars to drop', () => {
    expect(skip(initialBooked, now)).toEqual({ ok: false, refusal: { code: 'not-recurring' } });
    expect(skip(recurring, now)).toMatchObject({ value: { state: 'cancelled', bookedFor: slot(8) } });
    expect(skip(recurring, at(8))).toEqual({ ok: false, refusal: { code: 'begun', startsAt: at(8) } });
  });

  it('tells who was missed: invited, not declined, not there', () => {
    const declined = done(respond(initialBooked, 'lead', 'declined', now));
    expect(noShows(declined)).toEqual([]);
    const held = done(
      recordMeeting(declined, { heldOn: '2026-12-08', presentIds: ['ispg'], minutes }, at(20)),
    );
    expect(noShows(held)).toEqual(['bo']);
  });

  it('closes a follow-up once', () => {
    const held = done(MORE_STEPS.record(initialBooked));
    const closed = closeFollowUp(held, 0, at(21));
    expect(closed).toMatchObject({ ok: true, value: { state: 'held', version: held.version + 1 } });
    if (!closed.ok) return;
    expect(closed.value.minutes?.followUps.map(({ doneAt }) => doneAt)).toEqual([at(21), null]);
    expect(closeFollowUp(closed.value, 0, at(22))).toEqual({
      ok: false,
      refusal: { code: 'done-already', at: at(21) },
    });
    expect(closeFollowUp(held, 2, at(21))).toEqual({
      ok: false,
      refusal: { code: 'no-such-follow-up', followUps: 2 },
    });
    expect(closeFollowUp(initialBooked, 0, at(21))).toMatchObject({ ok: false });
  });

  it('keeps its UID, raises VERSION by one and SEQUENCE with each new time or cancellation alone, and is final once held', () => {
    const step = fc.constantFrom(...(Object.keys(MORE_STEPS) as (keyof typeof MORE_STEPS)[]));
    const start = fc.constantFrom(initial, recurring);
    fc.assert(
      fc.property(start, fc.array(step, { maxLength: 40 }), (from, steps) => {
        let before = from;
        for (const name of steps) {
          const result = MORE_STEPS[name](Object.freeze(before));
          if (!result.ok || result.value === before) continue;
          const after = result.value;
          expect(before.state).not.toBe('held');
          expect([after.id, after.uid, after.token]).toEqual([before.id, before.uid, before.token]);
          expect(after.version).toBe(before.version + 1);
          const isNewTime = after.bookedFor !== before.bookedFor && after.bookedFor !== null;
          const isGivenUp = before.state === 'booked' && after.state === 'offered';
          const isCalledOff = after.state === 'cancelled';
          expect(after.sequence).toBe(before.sequence + (isNewTime || isGivenUp || isCalledOff ? 1 : 0));
          if (isNewTime || isGivenUp) expect(after.responses).toEqual([]);
          before = after;
        }
      }),
    );
  });
});
