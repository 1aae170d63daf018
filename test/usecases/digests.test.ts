import { beforeEach, describe, expect, it } from 'vitest';
import { instantOf } from '../../src/domain/time.ts';
import { plainText } from '../../src/messages/plain-text.ts';
import { PROGRAMME_DIGESTS } from '../../src/offerings/programme-digests.ts';
import type { Store } from '../../src/ports.ts';
import { scheduleDigests } from '../../src/usecases/digest-schedule.ts';
import { enqueueDigests } from '../../src/usecases/enqueue-digests.ts';
import {
  freshRefreshMemory,
  nextRefreshAt,
  refreshDigests,
  refreshInTurn,
} from '../../src/usecases/refresh-digests.ts';
import { type Bot, PROGRAMME, startBot } from '../support/bot.ts';
import { engagementOf, identified } from '../support/onboarding.ts';
import { openTestStore } from '../support/open-store.ts';

const eastern = (local: string): Date => instantOf(local.slice(0, 10), local.slice(11), 'America/New_York');

let store: Store;
let bot: Bot;

/** The bot with its digests planned on Friday, December 4. */
async function startOnFriday(): Promise<void> {
  store = await openTestStore();
  bot = await startBot(store, { now: eastern('2026-12-04T08:00') });
  await scheduleDigests({ store, programme: PROGRAMME }, bot.clock.now());
}

/** Writes what is due at that local time and sends it. */
async function at(local: string): Promise<void> {
  bot.clock.set(eastern(local));
  await enqueueDigests({ store, programme: PROGRAMME }, bot.clock.now());
  await bot.deliver();
}

/** Looks at the digests of the day, as a process that has just begun, and sends what it drew anew. */
async function refresh(local: string): Promise<number> {
  bot.clock.set(eastern(local));
  const redrawn = await refreshDigests(
    { store, programme: PROGRAMME },
    bot.clock.now(),
    freshRefreshMemory(),
  );
  await bot.deliver();
  return redrawn;
}

const inIspg = (): string[] => bot.standing('#ispg').filter((text) => /digest/iu.test(text));

describe('the digests of the programme', () => {
  beforeEach(startOnFriday);

  it('have a cadence each, and one to people is written when its day begins', async () => {
    const cadences = await store.transaction((tx) => tx.cadences.list());
    const nextOf = (key: string) => cadences.find((each) => each.key === key)?.nextAt;
    expect(nextOf(PROGRAMME_DIGESTS.daily.key)).toEqual(eastern('2026-12-04T09:00'));
    expect(nextOf(PROGRAMME_DIGESTS.weekly.key)).toEqual(eastern('2026-12-07T09:00'));
    expect(nextOf(PROGRAMME_DIGESTS.programme.key)).toEqual(eastern('2026-12-07T09:00'));
    expect(nextOf(PROGRAMME_DIGESTS.portfolio.key)).toEqual(eastern('2026-12-07T00:00'));
    expect(nextOf(PROGRAMME_DIGESTS.onboarding.key)).toEqual(eastern('2026-12-07T00:00'));
  });

  it('keep what somebody set in chat over a restart', async () => {
    await bot.say('ispg', 'cadence digest programme every Wednesday at 14:00');
    await scheduleDigests({ store, programme: PROGRAMME }, bot.clock.now());
    const [shown = ''] = (await bot.say('ispg', 'cadence digest programme')).said;
    expect(shown).toContain('Wednesday');
    expect((await bot.say('ispg', 'cadences')).said.join()).toContain('`cadence digest weekly`');
    expect((await bot.say('bo', 'cadence digest weekly off')).said.join()).toContain('not open to you');
    expect((await bot.say('ispg', 'cadence digest daily every Monday at 8:00')).said.join()).toContain(
      'DIGEST_TIME',
    );
  });

  it('the weekly one takes the place of the daily one on its day, and on Tuesday after a holiday', async () => {
    await bot.fileRequest();
    await at('2026-12-04T09:00');
    await at('2026-12-07T09:00');
    await at('2026-12-08T09:00');
    expect(inIspg().map((text) => text.split(':')[0])).toEqual(['Digest', 'Weekly digest', 'Digest']);
    expect(inIspg()[1]).toContain('Measures of the last 90 days');
    // January 18, 2027 is the birthday of Martin Luther King, Jr.
    await at('2027-01-11T09:00');
    await at('2027-01-15T09:00');
    await at('2027-01-18T09:00');
    await at('2027-01-19T09:00');
    expect(
      bot.adapter.asked.filter(({ to }) => to.id === '#ispg').map(({ key }) => key.split(':').slice(1, 3)),
    ).toEqual([
      ['ispg', '2026-12-04'],
      ['ispg-weekly', '2026-12-07'],
      ['ispg', '2026-12-08'],
      ['ispg-weekly', '2027-01-11'],
      ['ispg', '2027-01-15'],
      ['ispg-weekly', '2027-01-19'],
    ]);
  });

  it('tell what happened since the last one, the weekly one of the whole week', async () => {
    const number = await bot.fileRequest();
    await at('2026-12-04T09:00');
    bot.clock.set(eastern('2026-12-04T11:00'));
    await bot.say('ispg', `accept ${number}`);
    await at('2026-12-07T09:00');
    await at('2026-12-08T09:00');
    expect(inIspg().map((text) => text.split(`1 accepted at triage (${number})`).length - 1)).toEqual([
      0, 1, 0,
    ]);
  });
});

describe('the digest of the day', () => {
  beforeEach(startOnFriday);

  it('is edited in place when facts change, says when, and nobody gets a second message', async () => {
    const number = await bot.fileRequest();
    await at('2026-12-04T09:00');
    expect(inIspg()).toHaveLength(1);
    expect(inIspg()[0]).toContain('waits for triage');
    bot.clock.set(eastern('2026-12-04T10:30'));
    await bot.say('ispg', `accept ${number}`);
    expect(await refresh('2026-12-04T10:31')).toBe(1);
    expect(inIspg()).toHaveLength(1);
    expect(inIspg()[0]).not.toContain('waits for triage');
    expect(inIspg()[0]).toContain('Brought up to date Friday, December 4, 2026 at 10:31 AM');
    const digests = bot.adapter.asked.filter(({ key }) => key.startsWith('digest:ispg'));
    expect(digests.map(({ edits }) => edits === null)).toEqual([true, false]);
  });

  it('stays as it is while its words are the same, and after its day', async () => {
    const number = await bot.fileRequest();
    await at('2026-12-04T09:00');
    expect(await refresh('2026-12-04T09:05')).toBe(0);
    bot.clock.set(eastern('2026-12-05T10:00'));
    await bot.say('ispg', `accept ${number}`);
    expect(await refresh('2026-12-05T10:01')).toBe(0);
    expect(inIspg()[0]).toContain('waits for triage');
  });

  it('has the newest words when it could not go out before', async () => {
    const number = await bot.fileRequest();
    bot.adapter.answer = () => ({
      kind: 'rate-limited',
      retryAt: eastern('2026-12-04T11:00'),
      scope: 'workspace',
    });
    await at('2026-12-04T09:00');
    await bot.say('ispg', `accept ${number}`);
    await refresh('2026-12-04T10:00');
    bot.adapter.answer = null;
    bot.clock.set(eastern('2026-12-04T12:30'));
    await bot.deliver();
    expect(inIspg()).toHaveLength(1);
    expect(inIspg()[0]).not.toContain('waits for triage');
    expect(inIspg()[0]).not.toContain('Brought up to date');
  });

  it('is looked at again a minute after something has changed, and not before', async () => {
    const memory = freshRefreshMemory();
    const deps = { store, programme: PROGRAMME };
    const number = await bot.fileRequest();
    await at('2026-12-04T09:00');
    await refreshDigests(deps, bot.clock.now(), memory);
    expect(await nextRefreshAt(deps, memory, bot.clock.now())).toBeNull();
    await bot.say('ispg', `accept ${number}`);
    expect(await nextRefreshAt(deps, memory, bot.clock.now())).toEqual(eastern('2026-12-04T09:01'));
  });

  it('is drawn once for what changes within a minute, however often that is looked at', async () => {
    const memory = freshRefreshMemory();
    const deps = { store, programme: PROGRAMME };
    const look = (at: string) => refreshInTurn(deps, eastern(at), memory);
    const [first, second] = [await bot.fileRequest('Claims Hub'), await bot.fileRequest('Data Vault')];
    await at('2026-12-04T09:00');
    await refreshDigests(deps, bot.clock.now(), memory);
    await bot.say('ispg', `accept ${first}`);
    expect(await look('2026-12-04T09:00')).toBe(0);
    await bot.say('ispg', `accept ${second}`);
    expect(await look('2026-12-04T09:00')).toBe(0);
    expect(await nextRefreshAt(deps, memory, bot.clock.now())).toEqual(eastern('2026-12-04T09:01'));
    expect(await look('2026-12-04T09:01')).toBe(1);
    expect(await look('2026-12-04T09:02')).toBe(0);
    expect(await look('2026-12-04T09:03')).toBe(0);
  });
});

describe('who gets which digest', () => {
  beforeEach(startOnFriday);

  it('an advisor hears of their own components alone, as part of the message of the day, and one without any gets none', async () => {
    const number = await bot.fileRequest('Claims Hub');
    await store.transaction(async (tx) => {
      const other = await tx.engagements.byNumber(number);
      if (!other) throw new Error('there is no such request');
      const elsewhere = { ...other, id: 'elsewhere', number: 'ISSO-2026-0999', component: 'CCIIO' };
      await tx.engagements.insert({ ...elsewhere, systemName: 'Other Hub', systemKey: 'other hub' });
    });
    await store.transaction(async (tx) => {
      const [advisor] = await tx.people.withRole('cra');
      if (!advisor) throw new Error('there is no advisor');
      const another = (id: string, components: string[]) => ({
        ...advisor,
        id,
        components,
        calendarToken: `calendar-${id}`,
      });
      await tx.people.save([another('cra-idle', ['OA']), another('cra-busy', ['CCIIO'])]);
    });
    await at('2026-12-07T00:00');
    await at('2026-12-07T09:00');
    const [portfolio = ''] = bot.standing('cra').filter((text) => text.includes('Your components'));
    expect(portfolio).toContain(`${number} (Claims Hub): waits for triage`);
    expect(portfolio).not.toContain('0999');
    // The pages of the dashboard are not open to an advisor.
    expect(portfolio).not.toContain('/dashboard/');
    const written = await store.transaction((tx) => tx.digestMarks.ofDay('2026-12-07'));
    const told = written.filter(({ digest }) => digest.startsWith('digest:portfolio:'));
    expect(told.map(({ digest }) => digest.split(':')[2])).toEqual(['cra', 'cra-busy']);
  });

  it('the programme channel hears counts and no names, and none under three', async () => {
    const number = await bot.fileRequest('Claims Hub');
    await at('2026-12-07T09:00');
    const [text = ''] = bot.standing('#issoaas').filter((each) => each.includes('ISSO As A Service'));
    expect(text).not.toContain(number);
    expect(text).not.toContain('Claims Hub');
    expect(text).not.toMatch(/: [12]\b(?! )/u);
    expect(text).toContain('I need an ISSO');
  });

  it('link to the dashboard where there is one, and nowhere otherwise', async () => {
    await bot.fileRequest();
    const without = await startBot(store, {
      now: eastern('2026-12-09T10:00'),
      programme: { dashboardIsOn: false },
    });
    bot.clock.set(eastern('2026-12-09T10:00'));
    for (const words of ['digest', 'digest weekly', 'what is late?']) {
      expect((await bot.say('ispg', words)).said.join(), words).toContain('/dashboard/engagements/');
      const [text = ''] = (await without.say('ispg', words)).said;
      expect(text, words).toContain('triage is overdue');
      expect(text, words).not.toContain('/dashboard/');
    }
  });

  it('name the digests there are for one that there is not', async () => {
    expect((await bot.say('ispg', 'digest montly')).said.join()).toMatch(
      /no digest called “montly”.*`digest weekly`/u,
    );
    expect((await bot.say('bo', 'digest montly')).said.join()).not.toContain('no digest called');
  });

  it('stand for their day in every zone, though those to people are written when it begins', async () => {
    const number = await identified(bot);
    await bot.say('lead', `start onboarding ${number} start: 12/7/2026; hours per week: 20; end: 12/31/2027`);
    // The contract lead reads in Central Time, where that midnight is still Wednesday.
    const text = async (): Promise<string> => {
      const told = await store.transaction((tx) => tx.digestFacts.told('digest:onboarding:2026-12-10:lead'));
      return told ? plainText(told.message, { timeZone: 'America/Chicago' }) : '';
    };
    for (const look of [() => at('2026-12-10T00:00'), () => refresh('2026-12-10T06:00')]) {
      await look();
      expect(await text()).toContain('Thursday, December 10, 2026');
      expect(await text()).not.toContain('Wednesday, December 9, 2026');
    }
  });

  it('contract leads and the Government Task Lead hear who is in onboarding, and nobody else may ask', async () => {
    const number = await identified(bot);
    await bot.say('lead', `start onboarding ${number} start: 12/7/2026; hours per week: 20; end: 12/31/2027`);
    const engagement = await engagementOf(bot, number);
    expect(engagement.state).toBe('ONBOARDING');
    bot.clock.set(eastern('2026-12-08T10:00'));
    for (const who of ['lead', 'gtl']) {
      const [text = ''] = (await bot.say(who, 'digest onboarding')).said;
      expect(text, who).toContain('Onboarding digest: 1 on track');
      expect(text, who).toMatch(
        new RegExp(
          `${number} \\(Claims Hub\\), Ines Sorensen: day 1 of 60, \\d+% done, expected ready .* Waits for `,
          'u',
        ),
      );
    }
    expect((await bot.say('bo', 'digest onboarding')).said.join()).toContain('not open to you');
    expect((await bot.say('bo', 'digest weekly')).said.join()).toContain('not open to you');
    expect((await bot.say('isso', 'digest portfolio')).said.join()).toContain('not open to you');
    expect((await bot.say('gtl', 'digest weekly')).said.join()).toContain(number);
    expect((await bot.say('cra', 'my portfolio digest')).said.join()).toContain('Your components');
    expect((await bot.say('bo', 'digest programme')).said.join()).not.toContain(number);
  });
});
