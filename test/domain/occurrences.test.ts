import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CadenceRule } from '../../src/domain/cadence.ts';
import { type Calendar, isBusinessDay } from '../../src/domain/calendar.ts';
import type { Meeting } from '../../src/domain/meeting.ts';
import {
  callOffByPlan,
  comparePlan,
  isPlansOwn,
  makeOccurrence,
  moveByPlan,
  occurrencesBetween,
} from '../../src/domain/occurrences.ts';
import { addDays, DAY_MS, instantOf, localDate } from '../../src/domain/time.ts';

const ZONE = 'America/New_York';
const START = instantOf('2026-11-02', '10:00', ZONE);
const FACTS = {
  engagementId: null,
  kind: 'lead_weekly',
  cadenceKey: 'meeting:lead_weekly',
  uid: 'uid',
  token: 'token',
  organizerId: 'ispg',
  attendeeIds: ['ispg'],
} as const;

const ruleOn = (cron: string, holidayRule: CadenceRule['holidayRule'], calendar: Calendar): CadenceRule => ({
  cron,
  zone: ZONE,
  holidayRule,
  calendar,
});

/** Plans as the use case does, on a list instead of a database. */
function plan(made: readonly Meeting[], rule: CadenceRule, now: Date, isNewRule = false): Meeting[] {
  const horizon = new Date(now.getTime() + 45 * DAY_MS);
  const ends = made.flatMap(({ offered }) => offered.map(({ startsAt }) => startsAt.getTime()));
  const until = new Date(Math.max(horizon.getTime(), ...ends) + 31 * DAY_MS);
  const after = new Date(now.getTime() - 31 * DAY_MS);
  const wanted = occurrencesBetween(rule, 30, { after, until, most: 400 });
  const byId = new Map(made.map((meeting) => [meeting.id, meeting]));
  for (const step of comparePlan({ wanted, made, now, horizon, isNewRule })) {
    if (step.kind === 'make') {
      // One that moved to another place keeps its id.
      let id = step.occurrence.plannedFor;
      while (byId.has(id)) id += ' again';
      byId.set(id, makeOccurrence({ ...FACTS, id }, step.occurrence));
    } else {
      const { id } = step.meeting;
      byId.set(
        id,
        step.kind === 'move' ? moveByPlan(step.meeting, step.occurrence) : callOffByPlan(step.meeting),
      );
    }
  }
  return [...byId.values()];
}

const startOf = ({ bookedFor }: Meeting): number => bookedFor?.startsAt.getTime() ?? 0;
const standing = (made: readonly Meeting[], from: Date, to: Date): number[] =>
  made
    .filter(
      (meeting) =>
        meeting.state === 'booked' && startOf(meeting) > from.getTime() && startOf(meeting) <= to.getTime(),
    )
    .map(startOf)
    .sort((a, b) => a - b);

describe('a plan', () => {
  const closures = fc.array(
    fc.integer({ min: 0, max: 90 }).map((ahead) => ({ on: addDays('2026-11-02', ahead), name: 'Closed' })),
    { maxLength: 25 },
  );
  const crons = fc.constantFrom('0 10 * * 2', '0 13 * * 3#2', '0 9 * * 1,4', '0 9 * * 1-5', '0 10 L * *');
  const rules = fc.constantFrom('next-business-day', 'previous-business-day', 'skip', 'keep') as fc.Arbitrary<
    CadenceRule['holidayRule']
  >;
  const rounds = fc.array(
    fc.record({ closures, crons, rules, hours: fc.integer({ min: 0, max: 400 }), isNewRule: fc.boolean() }),
    {
      minLength: 1,
      maxLength: 6,
    },
  );

  it('ends in the answer of the last rule, whatever closures and rules came before, and is the same planned twice', () => {
    fc.assert(
      fc.property(rounds, (all) => {
        let now = START;
        let made: Meeting[] = [];
        for (const [place, round] of all.entries()) {
          const rule = ruleOn(round.crons, round.rules, { closures: round.closures });
          const before = made;
          made = plan(made, rule, now, round.isNewRule);
          expect(plan(made, rule, now)).toEqual(made);
          const horizon = new Date(now.getTime() + 45 * DAY_MS);
          const answer = occurrencesBetween(rule, 30, { after: now, until: horizon, most: 400 });
          const stands = standing(made, now, horizon);
          // What had its time before now can't go back there, and stays where it was.
          const late = before.filter(
            (meeting) =>
              meeting.state === 'booked' && startOf(meeting) > now.getTime() && isLate(meeting, rule, now),
          );
          const kept = new Set(standing(late, now, horizon));
          const begun = new Set(
            before
              .filter((meeting) => meeting.bookedFor && startOf(meeting) <= now.getTime())
              .map(({ plannedFor }) => plannedFor),
          );
          for (const { slot, plannedFor } of answer)
            if (!begun.has(plannedFor)) expect(stands).toContain(slot.startsAt.getTime());
          const wanted = new Set(answer.map(({ slot }) => slot.startsAt.getTime()));
          expect(stands.filter((at) => !wanted.has(at) && !kept.has(at))).toEqual([]);
          if (place < all.length - 1) now = new Date(now.getTime() + round.hours * 3_600_000);
        }
      }),
      { numRuns: 300 },
    );
  });

  /** Whether the rule gives this occurrence a time that has passed. */
  function isLate({ plannedFor }: Meeting, rule: CadenceRule, now: Date): boolean {
    const after = new Date(now.getTime() - 31 * DAY_MS);
    return occurrencesBetween(rule, 30, { after, until: now, most: 400 }).some(
      (each) => each.plannedFor === plannedFor,
    );
  }

  it('never gives a meeting to a closed day, unless the rule keeps it there', () => {
    fc.assert(
      fc.property(closures, crons, rules, (closed, cron, holidayRule) => {
        const calendar = { closures: closed };
        const made = plan([], ruleOn(cron, holidayRule, calendar), START);
        const onClosed = made.filter(
          (meeting) => !isBusinessDay(localDate(new Date(startOf(meeting)), ZONE), calendar),
        );
        expect(holidayRule === 'keep' ? [] : onClosed).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a cadence that was changed', () => {
  const open = { closures: [] };
  const weekly = plan([], ruleOn('0 10 * * 2', 'next-business-day', open), START);
  const stands = (made: readonly Meeting[]): Meeting[] => made.filter(({ state }) => state === 'booked');

  it('moves the meetings it had to the nearest new dates: each invitation stays what it was', () => {
    const moved = plan(weekly, ruleOn('0 14 * * 4', 'next-business-day', open), START, true);
    expect(moved.map(({ id }) => id)).toEqual(weekly.map(({ id }) => id));
    expect(moved.map(({ sequence }) => sequence)).toEqual(weekly.map(() => 2));
    expect(moved.map(({ plannedFor }) => plannedFor).slice(0, 2)).toEqual([
      '2026-11-05T14:00',
      '2026-11-12T14:00',
    ]);
    expect(moved[0]?.bookedFor?.startsAt).toEqual(instantOf('2026-11-05', '14:00', ZONE));
  });

  it('calls off what has no new date nearby, and makes what has no old one', () => {
    const monthly = plan(weekly, ruleOn('0 13 * * 3#2', 'keep', open), START, true);
    expect(stands(monthly).map(({ id, plannedFor }) => [id, plannedFor])).toEqual([
      ['2026-11-10T10:00', '2026-11-11T13:00'],
      ['2026-12-08T10:00', '2026-12-09T13:00'],
    ]);
    const twice = plan(weekly, ruleOn('0 10 * * 2,5', 'keep', open), START, true);
    expect(stands(twice)).toHaveLength(weekly.length * 2 - 1);
    expect(
      weekly.every(({ id, plannedFor }) => twice.find((each) => each.id === id)?.plannedFor === plannedFor),
    ).toBe(true);
  });

  it('moves nothing when it was the calendar that changed: a date that is closed is not another one', () => {
    const closed = { closures: [{ on: '2026-11-10', name: 'Closed' }] };
    const later = new Date(START.getTime() + DAY_MS);
    const after = plan(weekly, ruleOn('0 10 * * 2', 'skip', closed), later);
    expect(after.find(({ id }) => id === '2026-11-10T10:00')?.state).toBe('cancelled');
  });
});

describe('what is the plan’s own', () => {
  const [made] = plan([], ruleOn('0 10 * * 2', 'next-business-day', { closures: [] }), START);
  if (!made?.bookedFor) throw new Error('nothing was planned');
  const slot = {
    startsAt: new Date(startOf(made) + DAY_MS),
    endsAt: new Date(startOf(made) + DAY_MS + 1_800_000),
  };

  it('is a meeting at the time it was given, or called off by the plan; not what people moved, cancelled or offered', () => {
    expect(isPlansOwn(made)).toBe(true);
    expect(isPlansOwn(callOffByPlan(made))).toBe(true);
    expect(isPlansOwn({ ...made, bookedFor: slot })).toBe(false);
    expect(isPlansOwn({ ...made, state: 'cancelled' })).toBe(false);
    expect(isPlansOwn({ ...made, state: 'offered', bookedFor: null, offeredAt: START })).toBe(false);
    expect(isPlansOwn({ ...made, state: 'cancelled', bookedFor: null, offeredAt: START })).toBe(false);
    expect(isPlansOwn({ ...made, state: 'held' })).toBe(false);
  });

  it('asks everybody anew at a new time, and nobody for another reason alone', () => {
    const answered: Meeting = { ...made, responses: [{ personId: 'ispg', answer: 'accepted', at: START }] };
    const because = { on: '2026-11-03', because: 'Election Day' };
    const { plannedFor } = made;
    const moved = moveByPlan(answered, { plannedFor: plannedFor ?? '', slot, movedFrom: because });
    expect([moved.responses, moved.sequence]).toEqual([[], made.sequence + 1]);
    const renamed = moveByPlan(moved, {
      plannedFor: plannedFor ?? '',
      slot,
      movedFrom: { ...because, because: 'Storm' },
    });
    expect([renamed.sequence, renamed.version]).toEqual([moved.sequence, moved.version + 1]);
  });
});
