import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Closure } from '../../src/domain/calendar.ts';
import { cancel, type Meeting } from '../../src/domain/meeting.ts';
import { localDate } from '../../src/domain/time.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { openTestStore } from '../support/open-store.ts';

const WEEKLY = 'meeting:lead_weekly';
const MONTHLY = 'meeting:isso_monthly';
const HOUR = 3_600_000;
/** Monday, November 2, 2026, 10:00 Eastern. */
const MONDAY = new Date('2026-11-02T10:00:00-05:00');

let bot: Bot;
beforeEach(async () => {
  bot = await startBot(await openTestStore(), { now: MONDAY });
}, 60_000);

const made = (key = WEEKLY): Promise<Meeting[]> =>
  bot.store.transaction((tx) => tx.meetings.ofCadence(key, ''));
const booked = async (key = WEEKLY): Promise<string[]> =>
  (await made(key))
    .filter(({ state }) => state === 'booked')
    .map(({ bookedFor }) => day(bookedFor?.startsAt));
const day = (at: Date | undefined): string => (at ? localDate(at, 'America/New_York') : 'no time');
const closed = (...closures: Closure[]) => ({ calendar: { closures } });
const change = (id: string, to: (meeting: Meeting) => Meeting): Promise<boolean> =>
  bot.store.transaction(async (tx) => {
    const meeting = await tx.meetings.forChange(id);
    return meeting ? tx.meetings.update(to(meeting)) : false;
  });
const one = async (key: string, plannedFor: string): Promise<Meeting> => {
  const found = await bot.store.transaction((tx) => tx.meetings.occurrence(key, plannedFor));
  if (!found) throw new Error(`nothing is planned for ${plannedFor}`);
  return found;
};

describe('planning ahead', () => {
  it('makes the meetings of the next 45 days, moved off Veterans Day with the reason', async () => {
    await bot.planMeetings();
    expect(await booked()).toEqual([
      '2026-11-03',
      '2026-11-10',
      '2026-11-17',
      '2026-11-24',
      '2026-12-01',
      '2026-12-08',
      '2026-12-15',
    ]);
    expect(await booked(MONTHLY)).toEqual(['2026-11-12', '2026-12-09']);
    const moved = await one(MONTHLY, '2026-11-11T13:00');
    expect(moved.movedFrom).toEqual({ on: '2026-11-11', because: 'Veterans Day' });
    expect(moved.organizerId).toBe('ispg');
    expect([...moved.attendeeIds].sort()).toEqual(['ispg', 'isso', 'isso2', 'issolead', 'lead']);
  });

  it('goes on with the others when a cadence can’t be read or planned, says so, and tries again in an hour', async () => {
    await bot.planMeetings();
    const before = await made(MONTHLY);
    const spoiled = { kind: 'meeting', meeting: 'no such kind', engagementId: null, minutes: 30 } as const;
    await bot.store.transaction(async (tx) => {
      const weekly = await tx.cadences.get(WEEKLY);
      if (!weekly) throw new Error('there is no weekly cadence');
      await tx.cadences.set({
        ...weekly,
        key: 'meeting:unplannable',
        cron: 'not a cron line',
        nextAt: MONDAY,
      });
      await tx.cadences.set({
        ...weekly,
        key: 'meeting:unreadable',
        purpose: spoiled as unknown as typeof weekly.purpose,
        nextAt: MONDAY,
      });
      await tx.cadences.set({ ...weekly, cron: '0 14 * * 4' });
      await tx.cadences.advance(WEEKLY, new Date(MONDAY.getTime() + 1));
    });
    const later = new Date(MONDAY.getTime() + HOUR / 2);
    bot.clock.set(later);
    await expect(bot.planMeetings()).rejects.toThrow();
    expect((await booked()).slice(0, 2)).toEqual(['2026-11-05', '2026-11-12']);
    expect(await made(MONTHLY)).toEqual(before);
    expect((await bot.store.nextDues()).meeting).toEqual(new Date(later.getTime() + HOUR));
    const listed = await bot.store.transaction((tx) => tx.cadences.list());
    expect(listed.map(({ key }) => key)).not.toContain('meeting:unreadable');
  });

  it('makes nothing twice, however often it runs and in however many processes', async () => {
    await bot.planMeetings();
    const first = await made();
    const runs = await Promise.all([bot.planMeetings(), bot.planMeetings(), bot.planMeetings()]);
    expect(runs).toEqual([0, 0, 0]);
    expect(await made()).toEqual(first);
  });

  it('looks again when the next one comes into reach, and makes that one alone', async () => {
    await bot.planMeetings();
    const next = (await bot.store.nextDues()).meeting;
    expect(next).toEqual(new Date(new Date('2026-12-22T10:00:00-05:00').getTime() - 45 * 24 * HOUR));
    bot.clock.set(next ?? MONDAY);
    expect(await bot.planMeetings()).toBe(1);
    expect((await booked()).at(-1)).toBe('2026-12-22');
  });

  it('makes nothing for the time the bot was away', async () => {
    await bot.planMeetings();
    bot.clock.set(new Date('2027-03-01T10:00:00-05:00'));
    await bot.planMeetings();
    const days = await booked();
    expect(days.filter((on) => on > '2026-12-15' && on < '2027-03-01')).toEqual([]);
    expect(days).toContain('2027-03-02');
  });

  it('makes the next one of something rare, however far away', async () => {
    await bot.store.transaction((tx) =>
      tx.cadences.set({
        key: 'meeting:rbt_review',
        cron: '0 14 1 7 *',
        timeZone: 'America/New_York',
        holidayRule: 'next-business-day',
        purpose: { kind: 'meeting', meeting: 'rbt_review', engagementId: null, minutes: 30 },
        nextAt: MONDAY,
      }),
    );
    await bot.planMeetings();
    expect(await booked('meeting:rbt_review')).toEqual(['2027-07-01']);
    bot.clock.set(new Date('2027-07-01T14:00:00-04:00'));
    await bot.planMeetings();
    expect(await booked('meeting:rbt_review')).toEqual(['2027-07-01', '2028-07-03']);
  });

  it('leaves a cadence that was changed or switched off as it is at the next start', async () => {
    await bot.planMeetings();
    await bot.store.transaction((tx) => tx.cadences.advance(WEEKLY, null));
    await bot.planMeetings();
    expect(await booked()).toEqual([]);
    await bot.planMeetings();
    expect(await booked()).toEqual([]);
  });
});

describe('planning anew', () => {
  const storm = { on: '2026-11-17', name: 'Snow closure' };

  it('moves a meeting off a day that was closed, and back when it is open after all', async () => {
    await bot.planMeetings();
    const before = await one(WEEKLY, '2026-11-17T10:00');
    await bot.planMeetings(closed(storm));
    const moved = await one(WEEKLY, '2026-11-17T10:00');
    expect([day(moved.bookedFor?.startsAt), moved.movedFrom]).toEqual([
      '2026-11-18',
      { on: '2026-11-17', because: 'Snow closure' },
    ]);
    expect([moved.id, moved.uid, moved.sequence]).toEqual([before.id, before.uid, before.sequence + 1]);
    await bot.planMeetings();
    const back = await one(WEEKLY, '2026-11-17T10:00');
    expect([day(back.bookedFor?.startsAt), back.movedFrom, back.sequence]).toEqual(['2026-11-17', null, 3]);
  });

  it('leaves what a person moved, skipped or offered anew', async () => {
    await bot.planMeetings();
    const [first, second, third] = await made();
    const slot = { startsAt: new Date('2026-11-05T15:00:00Z'), endsAt: new Date('2026-11-05T15:30:00Z') };
    await change(first?.id ?? '', (meeting) => ({
      ...meeting,
      bookedFor: slot,
      version: meeting.version + 1,
    }));
    await change(second?.id ?? '', (meeting) => {
      const called = cancel(meeting);
      return called.ok ? called.value : meeting;
    });
    await change(third?.id ?? '', (meeting) => ({
      ...meeting,
      state: 'offered',
      offeredAt: MONDAY,
      bookedFor: null,
      version: meeting.version + 1,
    }));
    const days = ['2026-11-03', '2026-11-10', '2026-11-17'].map((on) => ({ on, name: 'Closed' }));
    await bot.planMeetings(closed(...days));
    expect((await made()).slice(0, 3).map(({ state, version }) => [state, version])).toEqual([
      ['booked', 2],
      ['cancelled', 2],
      ['offered', 2],
    ]);
  });

  it('leaves a meeting that has begun', async () => {
    await bot.planMeetings();
    bot.clock.set(new Date('2026-11-17T10:05:00-05:00'));
    await bot.planMeetings(closed(storm));
    expect((await one(WEEKLY, '2026-11-17T10:00')).version).toBe(1);
  });

  it('calls off what a new rule no longer gives and plans the new', async () => {
    await bot.planMeetings();
    await bot.store.transaction(async (tx) => {
      const cadence = await tx.cadences.get(WEEKLY);
      if (cadence) await tx.cadences.set({ ...cadence, cron: '0 11 * * 4', nextAt: MONDAY });
    });
    await bot.planMeetings();
    expect(await booked()).toEqual([
      '2026-11-05',
      '2026-11-12',
      '2026-11-19',
      '2026-11-27',
      '2026-12-03',
      '2026-12-10',
    ]);
    const old = await one(WEEKLY, '2026-11-10T10:00');
    expect([old.state, old.bookedFor, old.sequence]).toEqual(['cancelled', null, 2]);
  });

  it('invites whoever has the role by now, and drops whoever lost it', async () => {
    await bot.planMeetings();
    const sequence = (await one(MONTHLY, '2026-12-09T13:00')).sequence;
    await bot.store.transaction(async (tx) => {
      const [lost, won] = [await tx.people.get('isso2'), await tx.people.get('auditor')];
      if (lost && won)
        await tx.people.save([
          { ...lost, roles: [] },
          { ...won, roles: ['service_isso'] },
        ]);
    });
    await bot.planMeetings();
    const meeting = await one(MONTHLY, '2026-12-09T13:00');
    expect([...meeting.attendeeIds].sort()).toEqual(['auditor', 'ispg', 'isso', 'issolead', 'lead']);
    expect(meeting.sequence).toBe(sequence);
  });
});

describe('closures that come and go', () => {
  it('whatever closures came and went, what stands is what the rule gives for those that are left', async () => {
    const closure = fc.integer({ min: 1, max: 50 }).map((ahead) => ({
      on: localDate(new Date(MONDAY.getTime() + ahead * 24 * HOUR), 'America/New_York'),
      name: 'Closed',
    }));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(closure, { maxLength: 8 }), { minLength: 1, maxLength: 3 }),
        async (rounds) => {
          const store = await openTestStore();
          const kept = await startBot(store, { now: MONDAY });
          for (const closures of rounds) await kept.planMeetings(closed(...closures));
          const after = await standing(kept);
          const fresh = await startBot(await openTestStore(), { now: MONDAY });
          await fresh.planMeetings(closed(...(rounds.at(-1) ?? [])));
          const wanted = await standing(fresh);
          expect(after.filter((at) => wanted.includes(at))).toEqual(wanted);
          // What a removed closure brought from beyond the horizon may stand a little longer; nothing else may.
          const horizon = new Date(MONDAY.getTime() + 45 * 24 * HOUR).toISOString();
          expect(after.filter((at) => !wanted.includes(at) && at < horizon)).toEqual([]);
        },
      ),
      { numRuns: 8 },
    );
  }, 240_000);

  async function standing(on: Bot): Promise<string[]> {
    const meetings = await on.store.transaction((tx) => tx.meetings.ofCadence(WEEKLY, ''));
    return meetings
      .filter(({ state }) => state === 'booked')
      .map(
        ({ bookedFor, movedFrom }) =>
          `${bookedFor?.startsAt.toISOString()} ${movedFrom?.on ?? ''} ${movedFrom?.because ?? ''}`,
      )
      .sort();
  }
});
