import { beforeEach, describe, expect, it } from 'vitest';
import type { RequestNumber } from '../../src/domain/ids.ts';
import { burnDownNow, clocksNow, type PlanNow, planNow } from '../../src/usecases/card-plan-now.ts';
import { cardNow, type KeptCard } from '../../src/usecases/information-card.ts';
import type { Work } from '../../src/usecases/work.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { engagementOf, identified, sayItems } from '../support/onboarding.ts';
import { openTestStore } from '../support/open-store.ts';

const HOUR_MS = 3_600_000;

let bot: Bot;
let number: RequestNumber;
/** Day 0 is a Monday; the goal is Friday, February 5, 2027. */
beforeEach(async () => {
  bot = await startBot(await openTestStore());
  number = await identified(bot);
  bot.clock.set(new Date('2026-12-07T10:00:00-05:00'));
  await bot.say('lead', `start onboarding ${number} start: 12/7/2026`);
});

type Looking = Pick<Work, 'tx' | 'now' | 'programme'>;
/** What is read of the card as it is at the clock's instant. */
const now = async <T>(read: (work: Looking, kept: KeptCard) => Promise<T>): Promise<T> => {
  const engagement = await engagementOf(bot, number);
  return bot.store.transaction(async (tx) => {
    const work = { tx, now: bot.clock.now(), programme: bot.programme };
    const kept = await cardNow(work, engagement);
    if (!kept) throw new Error('no card');
    return read(work, kept);
  });
};
const due = ({ plan }: PlanNow, key: string) => plan.items.get(key)?.dueOn;

describe('the plan of a kept card', () => {
  it('goes by what is kept, and by the programme’s day', async () => {
    const first = await now(planNow);
    expect([first.plan.goalOn, first.forecast.readyOn, first.standing.is]).toEqual([
      '2027-02-05',
      '2027-01-29',
      'on-track',
    ]);
    await sayItems(bot, number, ['offer done']);
    expect((await now(planNow)).forecast.readyOn).toBe('2027-01-27');
    // Late on December 9 in Washington.
    bot.clock.set(new Date('2026-12-10T04:30:00Z'));
    expect((await now(planNow)).forecast.readyOn).toBe('2027-01-29');
    bot.clock.set(new Date('2026-12-10T05:30:00Z'));
    expect((await now(planNow)).forecast.readyOn).toBe('2027-02-01');
  });

  it('is re-planned with leave of the Service ISSO, and not with that of anybody else', async () => {
    const before = await now(planNow);
    await bot.say('lead', 'leave 12/14/2026 - 12/18/2026');
    expect(await now(planNow)).toMatchObject({ plan: before.plan, forecast: before.forecast });
    await bot.say('isso', 'leave 12/14/2026 - 12/18/2026');
    const after = await now(planNow);
    // Days 7 to 14 are December 14 to 21: five business days are lost.
    expect([due(before, 'fingerprinting'), due(after, 'fingerprinting')]).toEqual([
      '2026-12-21',
      '2026-12-29',
    ]);
    expect(due(after, 'bo_prep')).toBe(due(before, 'bo_prep'));
  });
});

describe('the clocks of a kept card', () => {
  it('run from its first version, over all there are', async () => {
    bot.clock.set(new Date('2026-12-07T12:00:00-05:00'));
    await sayItems(bot, number, ['offer waiting on service isso']);
    bot.clock.set(new Date('2026-12-07T15:00:00-05:00'));
    await sayItems(bot, number, ['offer done']);
    bot.clock.set(new Date('2026-12-08T15:00:00-05:00'));
    const clocks = await now(clocksNow);
    const hours = (key: string) =>
      [...(clocks.find((each) => each.key === key)?.byParty ?? [])].map(([party, ms]) => [
        party,
        ms / HOUR_MS,
      ]);
    expect(hours('offer_accepted')).toEqual([
      ['contractor', 2],
      ['service_isso', 3],
    ]);
    expect(hours('roster_add')).toEqual([['roster_owner', 24]]);
    expect(hours('ict_request')).toEqual([]);
  });
});

describe('the burn-down of a kept card', () => {
  it('counts what was open each day', async () => {
    bot.clock.set(new Date('2026-12-09T10:00:00-05:00'));
    await sayItems(bot, number, ['offer done on 12/8/2026', 'roster done']);
    bot.clock.set(new Date('2026-12-10T10:00:00-05:00'));
    const { needed, days } = await now(burnDownNow);
    expect(needed).toBe(22);
    expect(days.slice(0, 5).map(({ open }) => open)).toEqual([22, 21, 20, 20, null]);
    expect(days[3]?.on).toBe('2026-12-10');
  });
});
