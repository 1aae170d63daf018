import { beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/ports.ts';
import { freshReviewMemory, nextReviewAt, reviewRoles } from '../../src/usecases/review-access.ts';
import { type Bot, PROGRAMME, startBot } from '../support/bot.ts';
import { heldKickoff } from '../support/held-kickoff.ts';
import { openTestStore } from '../support/open-store.ts';

const eastern = (local: string): Date => new Date(`${local}:00-05:00`);
let bot: Bot;
let store: Store;
beforeEach(async () => {
  store = await openTestStore();
  bot = await startBot(store, { now: eastern('2026-12-01T10:00') });
  // The record begins.
  await bot.say('bo', 'leave Dec 24');
});

/** One run of a process that has not run before. */
const run = (local: string): Promise<number> => {
  bot.clock.set(eastern(local));
  return reviewRoles({ store, programme: PROGRAMME }, eastern(local), freshReviewMemory());
};
const standing = async (who: string): Promise<string> => {
  await bot.deliver();
  return bot.standing(who).join('\n');
};
const said = async (who: string, words: string): Promise<string> =>
  (await bot.say(who, words)).said.join('\n');
const recorded = (verb: string) => store.transaction((tx) => tx.audit.lastOf(verb));
const speak = async (...who: string[]) => {
  for (const each of who) await bot.say(each, 'hello');
};

describe('the quarter’s review', () => {
  it('goes once, on its first business day, to administrators, Government Task Lead and auditor alone', async () => {
    expect(await run('2026-12-31T10:00')).toBe(0);
    // January 1 is a holiday, and the 2nd and 3rd are a weekend.
    expect(await run('2027-01-04T08:59')).toBe(0);
    expect(await run('2027-01-04T09:00')).toBe(1);
    expect(await run('2027-01-04T09:01')).toBe(0);
    expect(await run('2027-01-05T09:01')).toBe(0);
    for (const who of ['admin', 'gtl', 'auditor'])
      expect(await standing(who)).toContain('Access review, Q1 of 2027');
    for (const who of ['bo', 'ispg', 'lead', '#ispg', '#issoaas'])
      expect(await standing(who)).not.toContain('Access review');
    expect(await recorded('access.review')).toMatchObject({ facts: { quarter: '2027-Q1' } });
  });

  it('comes after an outage, and for a quarter that began before the record never', async () => {
    expect(await run('2027-02-17T12:00')).toBeGreaterThan(0);
    expect((await recorded('access.review'))?.facts.quarter).toBe('2027-Q1');
    const young = await openTestStore();
    bot = await startBot(young, { now: eastern('2027-02-17T12:00') });
    await bot.say('bo', 'leave Feb 24');
    expect(
      await reviewRoles(
        { store: young, programme: PROGRAMME },
        eastern('2027-02-17T13:00'),
        freshReviewMemory(),
      ),
    ).toBe(0);
  });

  it('shows by whom and when each role was given and when its person spoke, privileged first', async () => {
    await said('admin', 'grant Dana Guthrie system owner');
    bot.clock.set(eastern('2026-12-03T10:00'));
    await speak('guardian');
    await run('2027-01-04T09:00');
    const first = await said('admin', 'access review');
    expect(first).toMatch(
      /Grace Tan-Lopez: privileged, given before this was noted; has never spoken with me/u,
    );
    const pages = [
      first,
      await said('admin', 'access review 2'),
      await said('admin', 'access review 3'),
    ].join();
    expect(pages).toContain(
      'System Owner: Dana Guthrie: granted by Adam Minsky on Tuesday, December 1, 2026; last spoke Thursday, December 3, 2026',
    );
    expect(pages.indexOf('Grace Tan-Lopez')).toBeLessThan(pages.indexOf('Dana Guthrie'));
  });

  it('is answered by the Government Task Lead and administrators, never for oneself, and an auditor only looks', async () => {
    await run('2027-01-04T09:00');
    const keep = { verb: 'role.keep', subject: 'cor', choice: 'cor' };
    expect((await bot.press('auditor', keep)).said.join()).toContain('not open to you');
    expect(await said('auditor', 'access review')).not.toContain('keep ');
    expect(await said('bo', 'access review')).toContain('not open to you');
    expect(await said('gtl', 'keep Grace Tan-Lopez gtl')).toContain('nobody answers for their own');
    expect((await bot.press('gtl', keep)).said.join()).toContain(
      "stays Contracting Officer's Representative",
    );
    expect(await recorded('access.keep')).toMatchObject({
      actorId: 'gtl',
      facts: { person: 'cor', role: 'cor' },
    });
    bot.clock.set(eastern('2027-01-04T11:00'));
    expect(await said('admin', 'access review')).not.toMatch(/Conor O’?'?Rourke: .*Waits for an answer/u);
    expect(await said('gtl', "revoke Conor O'Rourke cor")).toContain('Ask Adam Minsky');
    expect(await said('gtl', 'keep Dana Guthrie gtl')).toContain('nothing to keep');
  });

  it('is answered by page in a dialog, keeping some and taking others back', async () => {
    await run('2027-01-04T09:00');
    bot.clock.set(eastern('2027-01-04T10:00'));
    const { dialog } = await bot.press('admin', { verb: 'review.ask', subject: 'now', choice: '1' });
    expect(dialog?.fields.length).toBeLessThanOrEqual(8);
    expect(dialog?.fields.map(({ id }) => id)).toContain('gtl/gtl');
    const heard = await bot.submit(
      'admin',
      { verb: 'review.answer', subject: 'now', choice: '1' },
      { 'gtl/gtl': 'keep', 'cor/cor': 'revoke', 'ispg/ispg_team': null },
    );
    expect(heard.said.join()).toContain('Grace Tan-Lopez stays Government Task Lead');
    expect(heard.said.join()).toContain('no more');
    expect((await store.transaction((tx) => tx.people.get('cor')))?.roles).toEqual([]);
    const denied = await bot.submit(
      'auditor',
      { verb: 'review.answer', subject: 'now' },
      { 'gtl/gtl': 'keep' },
    );
    expect(denied.said.join()).toContain('not open to you');
  });

  it('not answered in ten business days, reminds the Government Task Lead once', async () => {
    await run('2027-01-04T09:00');
    // January 18 is a holiday.
    expect(await run('2027-01-19T08:59')).toBe(0);
    await run('2027-01-19T09:00');
    await run('2027-01-20T09:00');
    expect((await standing('gtl')).match(/10 business days old/gu)).toHaveLength(1);
    expect(await standing('admin')).not.toContain('business days old');
    expect(await recorded('access.remind')).toMatchObject({ facts: { quarter: '2027-Q1' } });
  });

  it('answered in time, reminds nobody', async () => {
    await run('2027-01-04T09:00');
    bot.clock.set(eastern('2027-01-05T10:00'));
    const people = await store.transaction((tx) => tx.people.list());
    for (const { id, roles } of people)
      for (const role of roles)
        await bot.press(id === 'admin' ? 'gtl' : 'admin', { verb: 'role.keep', subject: id, choice: role });
    expect(await said('gtl', 'access review')).toContain('All are answered');
    await run('2027-01-19T09:00');
    expect(await standing('gtl')).not.toContain('business days old');
  });
});

describe('idle accounts', () => {
  const everybody = [
    'bo',
    'bo2',
    'cra',
    'ispg',
    'gtl',
    'cor',
    'lead',
    'issolead',
    'isso',
    'isso2',
    'guardian',
    'auditor',
    'admin',
  ];

  it('are named to administrators once a spell, at the beginning of the week', async () => {
    await speak(...everybody);
    bot.clock.set(eastern('2027-01-20T10:00'));
    await speak(...everybody.filter((who) => who !== 'isso2'));
    // Sixty days after December 1 is January 30, a Saturday.
    await run('2027-01-25T09:00');
    expect(await standing('admin')).not.toContain('Idle accounts');
    await run('2027-02-01T09:00');
    const told = await standing('admin');
    expect(told).toContain('Ivan Soto (Service ISSO): last spoke Tuesday, December 1, 2026, 62 days ago');
    expect(told).not.toContain('Ines Sorensen (');
    await run('2027-02-08T09:00');
    expect((await standing('admin')).match(/Idle accounts/gu)).toHaveLength(1);
    expect(await standing('gtl')).not.toContain('Idle accounts');
  });

  it('come again with the next spell', async () => {
    await speak(...everybody);
    await run('2027-02-01T09:00');
    await speak('isso2');
    await run('2027-02-08T09:00');
    await run('2027-04-12T09:00');
    expect((await standing('admin')).match(/Ivan Soto \(/gu)).toHaveLength(2);
  });

  it('of whoever works on a High Value Asset come after thirty days', async () => {
    await speak(...everybody);
    const number = await heldKickoff(bot);
    await store.transaction(async (tx) => {
      const now = await tx.engagements.forChange(number);
      if (!now) throw new Error('gone');
      const context = {
        version: 1,
        score: 12,
        tier: 'complex',
        isHva: true,
        ispg: null,
        contractor: null,
      } as const;
      await tx.engagements.update({
        ...now,
        version: now.version + 1,
        course: { ...now.course, context, serviceIssoId: 'isso' },
      });
    });
    await run('2027-01-04T09:00');
    const told = await standing('admin');
    expect(told).toContain('Ines Sorensen (Service ISSO)');
    expect(told).toContain('Carla Reyes (Cyber Risk Advisor)');
    expect(told).not.toContain('Ivan Soto (');
  });
});

describe('the day somebody spoke last', () => {
  const spokeOn = (who: string) => store.transaction(async (tx) => (await tx.people.lastSpoke()).get(who));

  it('is noted with what they say and press, once a day', async () => {
    expect(await spokeOn('gtl')).toBeUndefined();
    await bot.say('gtl', 'hello');
    expect(await spokeOn('gtl')).toBe('2026-12-01');
    bot.clock.set(eastern('2026-12-02T00:30'));
    await bot.press('gtl', { verb: 'help.show', subject: 'all' });
    expect(await spokeOn('gtl')).toBe('2026-12-02');
  });

  it('is not that of a look at one’s page, nor of a platform’s news', async () => {
    const from = { platform: 'console', userId: 'gtl', channel: null } as const;
    await bot.receive({ kind: 'opened-home', from, eventKey: 'home-1' });
    await bot.receive({ kind: 'joined', from, eventKey: 'join-1' });
    await bot.receive({ kind: 'profile-changed', from, eventKey: 'profile-1' });
    expect(await spokeOn('gtl')).toBeUndefined();
  });
});

it('the next time something is due is known ahead', () => {
  const next = (local: string) => nextReviewAt(PROGRAMME, eastern(local))?.toISOString();
  expect(next('2026-12-30T10:00')).toBe(eastern('2027-01-04T09:00').toISOString());
  // The beginning of a week, its Monday a holiday; then the reminder on the same Tuesday.
  expect(next('2027-01-15T10:00')).toBe(eastern('2027-01-19T09:00').toISOString());
});
