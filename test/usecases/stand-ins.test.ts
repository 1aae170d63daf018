import { beforeEach, describe, expect, it } from 'vitest';
import type { Engagement } from '../../src/domain/engagement.ts';
import type { RequestNumber } from '../../src/domain/ids.ts';
import { tellNext } from '../../src/usecases/tell-step.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { heldKickoff } from '../support/held-kickoff.ts';
import { openTestStore } from '../support/open-store.ts';

let bot: Bot;
beforeEach(async () => {
  bot = await startBot(await openTestStore());
});

const said = async (who: string, words: string): Promise<string> =>
  (await bot.say(who, words)).said.join('\n');
const recorded = (verb: string) => bot.store.transaction((tx) => tx.audit.lastOf(verb));
const standing = async (who: string): Promise<string> => {
  await bot.deliver();
  return bot.standing(who).join('\n');
};
const engagement = async (number: RequestNumber): Promise<Engagement> => {
  const found = await bot.store.transaction((tx) => tx.engagements.byNumber(number));
  if (!found) throw new Error('gone');
  return found;
};

describe('a stand-in', () => {
  it('decides for whoever is away on these days, under both names, and not before or after', async () => {
    const number = await bot.fileRequest();
    // Carla advises; accepting at triage is ISPG's.
    expect(await said('ispg', 'stand-in Carla Reyes from Dec 2 to Dec 4')).toContain(
      'Carla Reyes stands in for you',
    );
    expect(await standing('cra')).toContain('You stand in for Imani Spencer (ISPG team)');
    expect(await said('cra', `accept ${number}`)).toContain('not open to you');
    bot.clock.set(new Date('2026-12-02T10:00:00-05:00'));
    expect(await standing('cra')).toContain('From today you stand in for Imani Spencer');
    await said('cra', `accept ${number}`);
    expect((await engagement(number)).state).toBe('KICKOFF_PENDING');
    expect(await recorded('request.accept')).toMatchObject({
      actorId: 'cra',
      forId: 'ispg',
      role: 'ispg_team',
    });
    bot.clock.set(new Date('2026-12-05T10:00:00-05:00'));
    const other = await bot.fileRequest('Other Hub');
    expect(await said('cra', `accept ${other}`)).toContain('not open to you');
  });

  it('can be ended by whoever is away, by the stand-in, and by nobody else', async () => {
    await said('ispg', 'stand-in Carla Reyes from Dec 1 to Dec 4');
    expect(await said('bo', 'end stand-in Carla Reyes for Imani Spencer')).toContain('no such stand-in');
    expect(await said('cra', 'end stand-in Carla Reyes for Imani Spencer')).toContain(
      'stands in for Imani Spencer no more',
    );
    expect(await standing('ispg')).toContain('stands in for Imani Spencer no more');
    await said('ispg', 'stand-in Carla Reyes from Dec 1 to Dec 4');
    expect(await said('ispg', 'end stand-in Carla Reyes')).toContain('no more');
    const number = await bot.fileRequest();
    expect(await said('cra', `accept ${number}`)).toContain('not open to you');
    expect(await recorded('stand-in.end')).toMatchObject({ facts: { person: 'cra', for: 'ispg' } });
  });

  it('is named for others by the Government Task Lead and administrators only, and both are told', async () => {
    const words = 'stand-in Carla Reyes for Imani Spencer from Dec 2 to Dec 4';
    expect(await said('bo', words)).toContain('not open to you');
    expect(await said('gtl', words)).toContain('Carla Reyes stands in for Imani Spencer');
    expect(await standing('ispg')).toContain('Grace Tan-Lopez named Carla Reyes to stand in for you');
    expect(await standing('cra')).toContain('Grace Tan-Lopez named you');
    expect(await recorded('stand-in.name')).toMatchObject({
      actorId: 'gtl',
      facts: { person: 'cra', for: 'ispg', from: '2026-12-02', to: '2026-12-04' },
    });
  });

  it('is nobody from the other side, and nobody without a role', async () => {
    expect(await said('bo', 'stand-in Leila Haddad from Dec 2 to Dec 4')).toContain("can't act for you");
    expect(await said('admin', 'stand-in Grace Tan-Lopez from Dec 2 to Dec 4')).toContain(
      "don't go together",
    );
    expect(await said('bo', 'stand-in Nobody Atall from Dec 2 to Dec 4')).toContain('nobody called');
    expect(await said('bo', 'stand-in Carla Reyes from Nov 2, 2026 to Nov 4, 2026')).toContain('are over');
    expect(await said('bo', 'stand-in Carla Reyes')).toContain('for example');
  });

  it('no longer counts once their roles do not go together any more', async () => {
    await said('ispg', 'stand-in Dana Guthrie from Dec 1 to Dec 4');
    const number = await bot.fileRequest();
    await bot.store.transaction(async (tx) => {
      const dana = await tx.people.get('guardian');
      if (dana) await tx.people.save([{ ...dana, roles: ['platform_admin'] }]);
    });
    expect(await said('guardian', `accept ${number}`)).toContain("can't show");
  });

  it('gets the card of the next move with the buttons, while somebody is away', async () => {
    const number = await heldKickoff(bot);
    await said('ispg', 'stand-in Carla Reyes from Dec 1 to Dec 4');
    const now = await engagement(number);
    const told = await bot.store.transaction((tx) =>
      tellNext({ tx, now: bot.clock.now(), programme: bot.programme }, now),
    );
    expect([...told].toSorted()).toEqual(['cra', 'ispg']);
    expect(await said('cra', 'waiting')).toContain(number);
    expect(await said('gtl', 'waiting')).not.toContain(number);
    expect(await standing('cra')).toContain(`lock form ${number}`);
  });

  it('is offered to somebody whom others wait for when they enter leave, until one is named', async () => {
    const heard = await bot.say('gtl', 'leave Dec 21 to Dec 31');
    expect(heard.said.join()).toContain('Who decides while you are away?');
    const press = { verb: 'stand-in.ask', subject: '2026-12-21', choice: '2026-12-31' };
    const { dialog } = await bot.press('gtl', press);
    expect(dialog?.fields.map(({ value }) => value)).toEqual([undefined, '2026-12-21', '2026-12-31']);
    const values = { person: 'ispg', fromOn: '2026-12-21', toOn: '2026-12-31' };
    const bad = await bot.submit(
      'gtl',
      { verb: 'stand-in.name', subject: 'own' },
      { ...values, person: 'lead' },
    );
    expect(bad.errors?.person).toContain("can't act for you");
    const made = await bot.submit('gtl', { verb: 'stand-in.name', subject: 'own' }, values);
    expect(made.said.join()).toContain('Imani Spencer stands in for you');
    await said('gtl', 'cancel leave 1');
    expect(await said('gtl', 'leave Dec 21 to Dec 24')).not.toContain('Who decides');
    expect(await said('guardian', 'leave Dec 21 to Dec 24')).not.toContain('Who decides');
  });
});

describe('a delegate', () => {
  it('drafts for the Business Owner and decides nothing, under both names', async () => {
    expect(await said('bo', 'delegate Dana Guthrie')).toContain('is now your delegate');
    expect(await standing('guardian')).toContain('named you their delegate');
    const number = await bot.fileRequest();
    expect(await said('guardian', `show ${number}`)).toContain('Claims Hub');
    expect(await said('guardian', `withdraw ${number} funding_lost`)).toContain('not open to you');
    expect((await engagement(number)).state).toBe('REQUESTED');
    const stranger = await bot.fileRequest('Far Hub', 'bo2');
    expect(await said('guardian', `show ${stranger}`)).toContain("can't show");
    expect(await recorded('delegate.name')).toMatchObject({
      actorId: 'bo',
      facts: { person: 'guardian', for: 'bo' },
    });
  });

  it('is named by Business Owners only, of their component, and ends with a word of either', async () => {
    expect(await said('cra', 'delegate Dana Guthrie')).toContain('not open to you');
    expect(await said('bo2', 'delegate Dana Guthrie')).toContain('your component');
    expect(await said('bo', 'delegate Ines Sorensen')).toContain("can't act for you");
    await said('bo', 'delegate Dana Guthrie');
    expect(await said('bo', 'delegate Dana Guthrie')).toContain('already');
    expect(await said('bo2', 'end delegate Dana Guthrie')).toContain('no such delegate');
    expect(await said('guardian', 'end delegate Dana Guthrie')).toContain(
      'no longer the delegate of Beatriz Okafor',
    );
    const number = await bot.fileRequest();
    expect(await said('guardian', `show ${number}`)).toContain("can't show");
    await said('bo', 'delegate Dana Guthrie');
    expect(await said('bo', 'end delegate Dana Guthrie')).toContain('no longer the delegate');
    expect(await recorded('delegate.end')).toMatchObject({ actorId: 'bo' });
  });
});
