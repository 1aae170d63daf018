import { beforeAll, describe, expect, it } from 'vitest';
import { DEMO_PROGRAMME } from '../../prisma/demo-programme.ts';
import { fillDemo, seedDemo } from '../../prisma/seed.ts';
import type { Engagement } from '../../src/domain/engagement.ts';
import { daysBetween, localDate } from '../../src/domain/time.ts';
import { cardNow } from '../../src/usecases/information-card.ts';
import { nudgeEverybody } from '../../src/usecases/nudge-morning.ts';
import { recordNow } from '../../src/usecases/off-boarding-record.ts';
import { followStatusReports, freshReportMemory } from '../../src/usecases/status-report-clock.ts';
import { watchTraining } from '../../src/usecases/training-watch.ts';
import { watchEngagements } from '../../src/usecases/watch-engagements.ts';
import { PROGRAMME } from '../support/bot.ts';
import { type DemoBot, demoPeople, startDemo } from '../support/demo.ts';
import { keepingLog, TUESDAY } from '../support/fakes.ts';
import { openTestStore } from '../support/open-store.ts';

const ZONE = PROGRAMME.timeZone;
const PAPER_WORDS = ['form', 'context', 'skills', 'prepare', 'hand over', 'outcomes', 'milestones'] as const;

describe('the demo programme in the database', () => {
  let demo: DemoBot;
  let all: readonly Engagement[];
  beforeAll(async () => {
    demo = await startDemo(TUESDAY);
    all = await demo.all();
  }, 180_000);

  const told = async (who: string, words: string): Promise<string> => {
    const heard = await demo.bot.say(who, words);
    expect(heard.receipt).toBe('accepted');
    return heard.said.join('\n');
  };

  it('is loaded whole, with numbers by the years in which requests were filed', async () => {
    expect(all).toHaveLength(DEMO_PROGRAMME.stories.length);
    expect(demo.loaded).toMatchObject({ engagements: all.length });
    for (const year of new Set(all.map(({ createdAt }) => localDate(createdAt, ZONE).slice(0, 4)))) {
      const own = all
        .filter(({ number }) => number.startsWith(`ISSO-${year}-`))
        .toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
      expect(own.map(({ number }) => number)).toEqual(
        own.map((_each, place) => `ISSO-${year}-${String(place + 1).padStart(4, '0')}`),
      );
    }
  });

  it('is not loaded a second time', async () => {
    const rows = (): Promise<number> =>
      demo.bot.store.transaction(async (tx) => (await tx.audit.page(null, 10_000)).length);
    const before = await rows();
    expect(await demo.again()).toBeNull();
    expect(await demo.all()).toHaveLength(all.length);
    expect(await rows()).toBe(before);
  });

  it('tells nobody of what has passed: only kickoffs that are to come are reminded of', async () => {
    expect(await demo.bot.deliver()).toBe(0);
    const nextDueAt = await demo.bot.store.deliveries.nextDueAt();
    expect(nextDueAt?.getTime()).toBeGreaterThan(TUESDAY.getTime());
  });

  it('shows everybody their lists, what waits for them, and each engagement that is theirs', async () => {
    for (const { id, roles } of demoPeople()) {
      for (const words of ['requests', 'all requests', 'waiting', 'meetings', 'whoami'])
        expect((await told(id, words)).length, `${id}: ${words}`).toBeGreaterThan(0);
      if (roles.includes('service_isso')) await told(id, 'card');
    }
    for (const { number } of all) {
      expect(await told('ispg', `show ${number}`)).toContain(number);
      expect(await told('gtl', `history ${number}`)).toContain(number);
    }
    // Each paper of engagements that have come to it or not.
    for (const [place, word] of PAPER_WORDS.entries())
      for (const { number } of all.filter((_each, at) => at % PAPER_WORDS.length === place))
        await told('ispg', `${word} ${number}`);
    const lines = demo.bot.log.lines.filter(({ level }) => level !== 'info');
    expect(lines).toEqual([]);
  }, 120_000);

  it('gives the digest, the lists and the averages something to show', async () => {
    const digest = await told('ispg', 'digest');
    for (const name of ['Willow Survey Tool', 'Copper Registry', 'Lantern Scheduling'])
      expect(digest).toContain(name);
    expect(await told('ispg', 'requests in OIT')).toContain('Cascade Identity');
    expect(await told('ispg', 'closed requests')).toContain('Marigold Training');
    expect(await told('lead', 'waiting')).toContain('Juniper Casework');
    expect(await told('gtl', 'waiting')).toContain('Tidewater Payments');
    expect(await told('bo', 'waiting')).toContain('Meridian Exchange');
  });

  it('keeps cards and off-boarding records so that they can be read', async () => {
    await demo.bot.store.transaction(async (tx) => {
      const work = { tx, now: TUESDAY, programme: demo.bot.programme };
      for (const engagement of all) {
        const { serviceIssoId } = engagement.course;
        if (serviceIssoId === null || engagement.course.dayZeroOn === null) continue;
        const kept = await cardNow(work, engagement);
        expect(kept?.version, engagement.systemName).toBeGreaterThan(0);
        if (engagement.state === 'OFFBOARDING' || engagement.state === 'CLOSED')
          expect(await recordNow(work, engagement, serviceIssoId)).not.toBeNull();
      }
      const juniper = all.find(({ systemName }) => systemName === 'Juniper Casework');
      const card = juniper && (await cardNow(work, juniper));
      const blocked = card?.card.items.find(({ state }) => state.is === 'blocked');
      expect(blocked?.key).toBe('prescreen_ok');
      const since = localDate(blocked?.changed?.at ?? TUESDAY, ZONE);
      expect(daysBetween(since, localDate(TUESDAY, ZONE))).toBeGreaterThanOrEqual(20);
    });
  });

  it('shows trainings, courses, burn-downs and reports', async () => {
    expect(await told('isso9', 'courses')).toContain('11 of 11 required courses are settled.');
    expect(await told('isso9', 'courses')).toMatch(/a gain of \d/u);
    expect(await told('isso6', 'courses')).toMatch(/\b[4-8] of 11 required courses are settled\./u);
    expect(await told('lead', 'burn-down all')).toMatch(
      /late\. Day .*\n.*on track\. Day .*\n.*at risk\. Day/u,
    );
    const report = await told('gtl', 'report');
    expect(report).toContain('Weekly status report, week of Friday, November 27, 2026');
    expect(report).toContain('B-2 for');
    expect(await told('gtl', 'report 11/20/2026')).toContain('Acknowledged by Grace Tan-Lopez');
    expect(await told('lead', 'report')).toContain('week of Friday, November 27, 2026');
    expect(await told('isso10', 'card')).toContain('Not needed: The team reads the logs for them');
  });

  it('says on its first days one message at most to everybody, and nothing of what was late long before', async () => {
    const { bot } = demo;
    const deps = { store: bot.store, programme: bot.programme };
    const heard = new Map<string, string[]>();
    for (const at of [
      '2026-12-01T10:05:00-05:00',
      '2026-12-02T00:01:00-05:00',
      '2026-12-02T13:00:00-05:00',
    ]) {
      bot.clock.set(new Date(at));
      await watchEngagements(deps, bot.clock.now());
      await watchTraining(deps, bot.clock.now());
      await nudgeEverybody(deps, bot.clock.now());
      await followStatusReports(deps, bot.clock.now(), freshReportMemory());
      const before = bot.adapter.asked.length;
      await bot.deliver();
      for (const { to, text } of bot.adapter.asked.slice(before)) {
        const key = `${to.id} ${localDate(bot.clock.now(), ZONE)}`;
        heard.set(key, [...(heard.get(key) ?? []), text]);
      }
    }
    const messages = [...heard].filter(([key]) => !key.startsWith('#'));
    expect(messages.length).toBeGreaterThan(8);
    for (const [key, texts] of messages) expect(texts, key).toHaveLength(1);
    const first = messages.filter(([key]) => key.endsWith('2026-12-01')).map(([, [text = '']]) => text);
    expect(first.length).toBeGreaterThan(5);
    // On the day of loading everybody hears of their own lines alone.
    for (const text of first) expect(text).toMatch(/^In your hands: \d+ lines?\n/u);
    // The day after, of what is new: Tidewater has only one day left.
    const gtl = heard.get('gtl 2026-12-02')?.join('\n') ?? '';
    expect(gtl).toContain('Tidewater Payments) is now at risk; it was on track');
    expect(gtl).not.toMatch(/Onboarding, day|is now late/u);
    expect([...heard].filter(([key]) => key.startsWith('#'))).toEqual([]);
  }, 60_000);
});

describe('at the start', () => {
  it('people of the engagements come with them, stay, and keep their roles when nobody asks for them again', async () => {
    const store = await openTestStore();
    const token = (): string => crypto.randomUUID();
    const roles = () =>
      store.transaction(
        async (tx) => (await tx.people.list()).filter((each) => each.roles.length > 0).length,
      );
    await seedDemo(store, TUESDAY, token, false);
    const few = await roles();
    await seedDemo(store, TUESDAY, token, true);
    expect(await roles()).toBe(demoPeople().length);
    expect(few).toBeLessThan(demoPeople().length);
    await seedDemo(store, TUESDAY, token, false);
    expect(await roles()).toBe(demoPeople().length);
  });

  it('one line of the log says how much was filled in, once', async () => {
    const store = await openTestStore();
    await seedDemo(store, TUESDAY, () => crypto.randomUUID(), true);
    const log = keepingLog();
    const deps = { store, programme: PROGRAMME, log, newToken: () => crypto.randomUUID() };
    await fillDemo(deps, TUESDAY);
    await fillDemo(deps, TUESDAY);
    expect(log.lines).toHaveLength(1);
    expect(log.lines[0]).toMatchObject({
      level: 'info',
      fields: { engagements: DEMO_PROGRAMME.stories.length },
    });
  }, 60_000);

  it('without the people that it needs nothing is filled in, and the bot goes on', async () => {
    const store = await openTestStore();
    await seedDemo(store, TUESDAY, () => crypto.randomUUID(), false);
    const log = keepingLog();
    await fillDemo({ store, programme: PROGRAMME, log, newToken: () => crypto.randomUUID() }, TUESDAY);
    expect(log.lines.map(({ level }) => level)).toEqual(['error']);
    expect(await store.transaction((tx) => tx.engagements.find({ limit: 1 }))).toEqual([]);
  });
});
