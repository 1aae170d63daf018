import { beforeEach, describe, expect, it } from 'vitest';
import type { RequestNumber } from '../../src/domain/ids.ts';
import { addDays, localDate } from '../../src/domain/time.ts';
import { nextWatchAt, type Watched, watchEngagements } from '../../src/usecases/watch-engagements.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { engagementOf, identified, putInto, sayItems, TO_WORK, working } from '../support/onboarding.ts';
import { openTestStore } from '../support/open-store.ts';

let bot: Bot;
beforeEach(async () => {
  bot = await startBot(await openTestStore());
});

const told = async (who: string, text: string): Promise<string> => (await bot.say(who, text)).said.join('\n');
const morning = (day: string): Date => new Date(`${day}T10:00:00-05:00`);
/** Each day from the clock's to `until` the job runs as after a restart, twice, and what is due is sent at ten. */
async function goTo(until: string): Promise<void> {
  for (let day = localDate(bot.clock.now(), 'America/New_York'); day <= until; day = addDays(day, 1)) {
    bot.clock.set(morning(day));
    await watchEngagements(bot, bot.clock.now());
    await watchEngagements(bot, bot.clock.now());
    await bot.deliver();
  }
}
/** How often the words stand with somebody. */
const times = (who: string, words: string): number => bot.standing(who).join('\n').split(words).length - 1;

describe('an onboarding that takes long', () => {
  it('is said to the GTL on days 30, 45 and 55, once each, on working days, with what is open', async () => {
    const number = await identified(bot);
    bot.clock.set(morning('2026-12-07'));
    await told('lead', `start onboarding ${number} start: 12/7/2026`);
    await sayItems(bot, number, TO_WORK.slice(0, 6));
    bot.clock.set(morning('2027-01-05'));
    await goTo('2027-01-05');
    expect(times('gtl', 'Onboarding, day')).toBe(0);
    await goTo('2027-01-08');
    expect(times('gtl', 'Onboarding, day 30')).toBe(1);
    const said = bot.standing('gtl').join('\n');
    expect(said).toContain('27% complete, expected to be ready by');
    expect(said).toContain('screening does not allow access yet (it is with CMS personnel security)');
    // Day 45 is a Thursday, day 55 is Sunday, January 31.
    bot.clock.set(morning('2027-01-21'));
    await goTo('2027-01-22');
    expect(times('gtl', 'Onboarding, day 45')).toBe(1);
    bot.clock.set(morning('2027-01-30'));
    await goTo('2027-01-31');
    expect(times('gtl', 'Onboarding, day 55')).toBe(0);
    await goTo('2027-02-02');
    expect(times('gtl', 'Onboarding, day 55')).toBe(1);
    expect(times('gtl', 'Onboarding, day')).toBe(3);
  });

  it('has its card follow what is known elsewhere, as of the day on which it was seen', async () => {
    const number = await identified(bot);
    await told('lead', `start onboarding ${number} start: 12/7/2026`);
    await told('lead', `training done ${number} Ines Sorensen on Dec 1`);
    const { id } = await engagementOf(bot, number);
    await bot.store.transaction((tx) =>
      tx.milestones.set({ engagementId: id, personId: 'isso', name: 'training-done', on: '2026-12-01' }),
    );
    bot.clock.set(morning('2026-12-08'));
    expect(await watchEngagements(bot, bot.clock.now())).toBe(1);
    expect(await watchEngagements(bot, bot.clock.now())).toBe(0);
    const [, second, ...more] = await bot.store.transaction((tx) =>
      tx.papers.versions('information-card', `${id}/isso`),
    );
    expect(more).toEqual([]);
    expect(second).toMatchObject({ byId: null, at: bot.clock.now() });
    expect(JSON.stringify(second?.answers)).toContain('"doneOn":"2026-12-01"');
  });
});

describe('the end of the term', () => {
  let number: RequestNumber;
  beforeEach(async () => {
    // 60 days before is November 1, 30 days before December 1.
    number = await working(bot, '2027-12-31');
    bot.clock.set(morning('2027-10-30'));
  });
  const state = async (): Promise<string> => (await engagementOf(bot, number)).state;

  it('is asked about by the bot itself 60 days before, once, whatever restarts', async () => {
    await goTo('2027-10-31');
    expect(await state()).toBe('ACTIVE');
    await goTo('2027-11-05');
    expect(await state()).toBe('EXTENSION_REVIEW');
    expect((await engagementOf(bot, number)).course.extension).toMatchObject({
      asked: null,
      because: 'term-ends',
      endOn: null,
    });
    expect(times('bo', 'It waits for you: the Business Owner says whether to extend')).toBe(1);
    const { id } = await engagementOf(bot, number);
    const asked = (await bot.store.transaction((tx) => tx.audit.ofEngagement(id))).filter(
      ({ verb }) => verb === 'engagement.review-extension',
    );
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({
      actorId: null,
      role: 'bot',
      platform: 'bot',
      from: 'ACTIVE',
      to: 'EXTENSION_REVIEW',
      reason: 'term-ends',
    });
  });

  it('that is not settled 30 days before is said to GTL and COR', async () => {
    await goTo('2027-11-02');
    bot.clock.set(morning('2027-11-30'));
    await goTo('2027-11-30');
    expect(times('cor', 'is not settled')).toBe(0);
    await goTo('2027-12-03');
    expect(times('cor', 'is not settled')).toBe(1);
    expect(times('gtl', 'is not settled')).toBe(1);
  });

  it('that was put off is asked about again in its own time', async () => {
    await goTo('2027-11-02');
    await told('bo', `wish ${number} extend; 6/30/2028`);
    await told('gtl', `approve extension ${number}`);
    await told('cor', `approve extension ${number}`);
    bot.clock.set(morning('2028-01-03'));
    await goTo('2028-01-04');
    expect(await state()).toBe('ACTIVE');
    bot.clock.set(morning('2028-05-01'));
    await goTo('2028-05-02');
    expect(await state()).toBe('EXTENSION_REVIEW');
  });

  it('begins the off-boarding by itself when nobody approved another one', async () => {
    await goTo('2027-11-02');
    bot.clock.set(morning('2027-12-30'));
    await goTo('2027-12-30');
    expect(await state()).toBe('EXTENSION_REVIEW');
    await goTo('2028-01-04');
    const engagement = await engagementOf(bot, number);
    expect(engagement).toMatchObject({
      state: 'OFFBOARDING',
      course: {
        offBoarding: { reason: 'term_ended', endOn: '2027-12-31', handOverId: 'bo', by: null },
        extension: null,
      },
    });
    expect(engagement.course.cisoNotices.at(-1)).toMatchObject({
      because: 'off-boarding',
      sinceOn: '2027-12-31',
    });
    const all = await bot.store.transaction((tx) => tx.milestones.ofEngagement(engagement.id));
    expect(all.find(({ name }) => name === 'work-ended')?.on).toBe('2027-12-31');
    expect(times('gtl', 'no extension was approved')).toBe(1);
    const ended = (await bot.store.transaction((tx) => tx.audit.ofEngagement(engagement.id))).filter(
      ({ verb }) => verb === 'engagement.end',
    );
    expect(ended).toHaveLength(1);
    expect(ended[0]).toMatchObject({ actorId: null, role: 'bot', to: 'OFFBOARDING', reason: 'term_ended' });
  });

  it('after a long outage is asked about first, and taken the day after', async () => {
    bot.clock.set(morning('2028-02-01'));
    await watchEngagements(bot, bot.clock.now());
    expect(await state()).toBe('EXTENSION_REVIEW');
  });
});

describe('a step of the calendar', () => {
  it('comes on a Sunday, and is said when people are there', async () => {
    const number = await working(bot, '2027-12-30');
    const inChannel = (): number => times('#ispg', `${number} (Claims Hub) is now: Extension under review`);
    const asked = (): number => times('bo', 'It waits for you');
    const atOnce = async (at: string): Promise<void> => {
      bot.clock.set(new Date(at));
      await watchEngagements(bot, bot.clock.now());
      await bot.deliver();
    };
    await atOnce('2027-10-31T00:00:00-04:00');
    expect((await engagementOf(bot, number)).state).toBe('EXTENSION_REVIEW');
    expect([inChannel(), asked()]).toEqual([0, 0]);
    await atOnce('2027-11-01T08:00:00-04:00');
    expect([inChannel(), asked()]).toEqual([0, 1]);
    await atOnce('2027-11-01T08:30:00-04:00');
    expect([inChannel(), asked()]).toEqual([1, 1]);
  });
});

describe('a pause that ends', () => {
  it('is said to the GTL a week before and on the day, once each, and no more once work goes on', async () => {
    const number = await working(bot);
    await told('gtl', `pause ${number} The system moves; 3/1/2027`);
    bot.clock.set(morning('2027-02-19'));
    await goTo('2027-02-25');
    expect(times('gtl', 'The pause ends soon')).toBe(1);
    await goTo('2027-03-02');
    expect(times('gtl', 'The pause has reached its end')).toBe(1);
    await told('gtl', `resume ${number}`);
    await goTo('2027-03-05');
    expect(times('gtl', 'The pause')).toBe(2);
  });
});

describe('the notice to the CISO', () => {
  const NOTICE = { because: 'assignment', sinceOn: '2026-12-01', dueOn: '2026-12-31', doneOn: null } as const;

  it('is asked for on days 0, 14, 25 and 30, once each, and the GTL hears when it is overdue', async () => {
    const number = await working(bot);
    await putInto(bot, number, 'ACTIVE', { cisoNotices: [NOTICE] });
    await goTo('2026-12-04');
    expect(times('bo', 'Please tell the CISO')).toBe(1);
    await goTo('2026-12-17');
    expect(times('bo', 'Please tell the CISO')).toBe(2);
    await goTo('2026-12-29');
    expect(times('bo', 'Please tell the CISO')).toBe(3);
    await goTo('2026-12-31');
    expect(times('bo', 'Please tell the CISO')).toBe(4);
    expect(times('gtl', 'has not said that the CISO is told')).toBe(0);
    await goTo('2027-01-08');
    expect(times('bo', 'Please tell the CISO')).toBe(4);
    expect(times('gtl', 'has not said that the CISO is told')).toBe(1);
  });

  it('is not asked for once it is given, though a reminder was waiting', async () => {
    const number = await working(bot);
    await putInto(bot, number, 'ACTIVE', { cisoNotices: [NOTICE] });
    await goTo('2026-12-01');
    // Day 25 is a Saturday after Christmas: what is written then waits for Monday.
    bot.clock.set(morning('2026-12-26'));
    await goTo('2026-12-27');
    await told('bo', `told ciso ${number} 12/20/2026`);
    await goTo('2027-01-08');
    expect(times('bo', 'Please tell the CISO')).toBe(1);
    expect(times('gtl', 'has not said that the CISO is told')).toBe(0);
  });
});

describe('the job', () => {
  it('looks once a day, and at the beginning of the next in the programme’s zone', async () => {
    const watched: Watched = { seenOn: null };
    const number = await working(bot, '2027-01-15');
    const today = morning('2026-12-01');
    expect(await watchEngagements(bot, today, watched)).toBe(1);
    expect(watched.seenOn).toBe('2026-12-01');
    await putInto(bot, number, 'ACTIVE', { extension: null });
    expect(await watchEngagements(bot, new Date('2026-12-02T04:59:00Z'), watched)).toBe(0);
    expect(nextWatchAt(bot.programme, today)).toEqual(new Date('2026-12-02T05:00:00Z'));
    expect(await watchEngagements(bot, new Date('2026-12-02T05:00:00Z'), watched)).toBe(1);
  });

  it('goes on with the others when one fails, says so at the end, and looks again', async () => {
    const first = await working(bot, '2027-01-15');
    const second = await identified(bot, 'Other Hub');
    await putInto(bot, second, 'ACTIVE', {
      term: { startOn: '2026-10-01', endOn: '2027-01-15', hoursPerWeek: 20 },
    });
    const broken = {
      ...bot.store,
      transaction: <T>(work: Parameters<typeof bot.store.transaction<T>>[0]) =>
        bot.store.transaction((tx) =>
          work({
            ...tx,
            engagements: {
              ...tx.engagements,
              forChange: (number) =>
                number === first ? Promise.reject(new Error('broken')) : tx.engagements.forChange(number),
            },
          }),
        ),
    };
    const watched: Watched = { seenOn: null };
    const at = morning('2026-12-01');
    await expect(watchEngagements({ ...bot, store: broken }, at, watched)).rejects.toThrow('broken');
    expect(watched.seenOn).toBe(null);
    expect((await engagementOf(bot, second)).state).toBe('EXTENSION_REVIEW');
    expect((await engagementOf(bot, first)).state).toBe('ACTIVE');
    await watchEngagements(bot, at, watched);
    expect((await engagementOf(bot, first)).state).toBe('EXTENSION_REVIEW');
  });
});
