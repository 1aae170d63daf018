import { beforeEach, describe, expect, it } from 'vitest';
import type { RequestNumber } from '../../src/domain/ids.ts';
import { addDays, localDate } from '../../src/domain/time.ts';
import { watchEngagements } from '../../src/usecases/watch-engagements.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { engagementOf, identified, putInto, sayItems, TO_WORK } from '../support/onboarding.ts';
import { openTestStore } from '../support/open-store.ts';

let bot: Bot;
let number: RequestNumber;
/** Day 0 is a Monday; the goal is Friday, February 5, 2027. */
beforeEach(async () => {
  bot = await startBot(await openTestStore());
  number = await identified(bot);
  bot.clock.set(new Date('2026-12-07T10:00:00-05:00'));
  await bot.say('lead', `start onboarding ${number} start: 12/7/2026`);
});

/** Each day from the clock's to `until` the job runs as after a restart, twice, and what is due is sent at ten. */
async function goTo(until: string): Promise<void> {
  for (let day = localDate(bot.clock.now(), 'America/New_York'); day <= until; day = addDays(day, 1)) {
    bot.clock.set(new Date(`${day}T10:00:00-05:00`));
    await watchEngagements(bot, bot.clock.now());
    await watchEngagements(bot, bot.clock.now());
    await bot.deliver();
  }
}
const times = (who: string, words: string): number => bot.standing(who).join('\n').split(words).length - 1;
const changes = async () => {
  const { id } = await engagementOf(bot, number);
  const entries = await bot.store.transaction((tx) => tx.audit.ofEngagement(id));
  return entries.filter(({ verb }) => verb === 'card.standing');
};

describe('where an onboarding stands', () => {
  it('is said to GTL and contractor lead on the day on which it changes, once, and recorded', async () => {
    await goTo('2026-12-10');
    expect(await changes()).toEqual([]);
    await goTo('2026-12-14');
    for (const who of ['gtl', 'lead']) {
      expect(times(who, `At risk: ${number}`)).toBe(1);
      expect(times(who, 'is now at risk; it was on track.')).toBe(1);
      expect(times(who, 'it should be ready only 1 business day before the goal')).toBe(1);
    }
    await goTo('2026-12-15');
    expect(times('gtl', 'is now late; it was at risk. Expected ready: Monday, February 8, 2027')).toBe(1);
    expect(times('gtl', 'it should be ready 1 business day after the goal')).toBe(1);
    await sayItems(bot, number, TO_WORK.slice(0, 7));
    bot.clock.set(new Date('2026-12-16T10:00:00-05:00'));
    await goTo('2026-12-18');
    expect(times('lead', 'is now on track; it was late.')).toBe(1);
    expect((await changes()).map(({ at, actorId, role, facts }) => ({ at, actorId, role, facts }))).toEqual(
      (
        [
          ['2026-12-11', 'on-track', 'at-risk'],
          ['2026-12-15', 'at-risk', 'late'],
          ['2026-12-16', 'late', 'on-track'],
        ] as const
      ).map(([day, from, to]) => ({
        at: new Date(`${day}T10:00:00-05:00`),
        actorId: null,
        role: 'bot',
        facts: { person: 'isso', from, to },
      })),
    );
    for (const who of ['isso', 'bo']) expect(times(who, 'is now')).toBe(0);
  });

  it('names the lines that are blocked or long past their day', async () => {
    await sayItems(bot, number, TO_WORK.slice(0, 5));
    await sayItems(bot, number, ['eapp blocked The site is down.']);
    await goTo('2026-12-08');
    expect(
      times(
        'gtl',
        '\u201cBackground questionnaire (eApp, formerly e-QIP) submitted\u201d is blocked, and the rest waits for it',
      ),
    ).toBe(1);
  });

  it('that changed again before it was said is said as it is now', async () => {
    bot.clock.set(new Date('2026-12-11T05:30:00-05:00'));
    await watchEngagements(bot, bot.clock.now());
    await bot.deliver();
    bot.clock.set(new Date('2026-12-15T10:00:00-05:00'));
    await watchEngagements(bot, bot.clock.now());
    await bot.deliver();
    expect([times('gtl', 'is now at risk'), times('gtl', 'is now late')]).toEqual([0, 1]);
  });

  it('is said only during an onboarding', async () => {
    await putInto(bot, number, 'PAUSED', {
      pause: {
        reason: 'Nobody is there.',
        fromOn: '2026-12-07',
        resumeOn: '2027-03-01',
        by: { byId: 'gtl', at: bot.clock.now() },
      },
    });
    bot.clock.set(new Date('2027-02-15T10:00:00-05:00'));
    await goTo('2027-02-16');
    expect(await changes()).toEqual([]);
  });
});
