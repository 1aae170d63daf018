import { beforeEach, describe, expect, it } from 'vitest';
import { loadPeople } from '../../src/usecases/load-people.ts';
import { readRoster } from '../../src/usecases/read-roster.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { heldKickoff } from '../support/held-kickoff.ts';
import { openTestStore } from '../support/open-store.ts';

let bot: Bot;
beforeEach(async () => {
  bot = await startBot(await openTestStore());
});
const said = async (who: string, words: string): Promise<string> =>
  (await bot.say(who, words)).said.join('\n');

describe('whoami', () => {
  it('tells name, roles with where they are from, components, accounts', async () => {
    await said('admin', 'grant Dana Guthrie system owner');
    const shown = await said('guardian', 'whoami');
    expect(shown).toContain('Name: Dana Guthrie');
    expect(shown).toContain('Mailbox: dana.guthrie@demo.cms.example');
    expect(shown).toContain('Components: OIT');
    expect(shown).toContain('Accounts linked: The console');
    expect(shown).toContain('Data Guardian: given before this was noted');
    expect(shown).toContain('System Owner: granted by Adam Minsky on Tuesday, December 1, 2026');
  });

  it('tells the engagements with the part in each, and who acts for whom', async () => {
    const number = await heldKickoff(bot);
    await said('bo', 'stand-in Carla Reyes from Dec 21 to Jan 4');
    await said('bo', 'delegate Dana Guthrie');
    const owner = await said('bo', 'who am I?'.replace('?', ''));
    expect(owner).toContain(`${number} (Claims Hub): Business Owner`);
    expect(owner).toContain('Carla Reyes stands in for you');
    expect(owner).toContain('Dana Guthrie is your delegate');
    expect(await said('cra', 'whoami')).toContain('You stand in for Beatriz Okafor');
    expect(await said('guardian', 'whoami')).toContain('You are the delegate of Beatriz Okafor');
  });

  it('tells nothing of others', async () => {
    await heldKickoff(bot);
    await said('bo', 'stand-in Carla Reyes from Dec 21 to Jan 4');
    const shown = await said('bo2', 'whoami');
    for (const foreign of ['Claims Hub', 'stands in', 'Beatriz', 'Adam'])
      expect(shown).not.toContain(foreign);
  });

  it('is answered while a form is open, and privately in a channel', async () => {
    await said('bo', 'I need an ISSO');
    expect(await said('bo', 'whoami')).toContain('Who you are here');
    await bot.say('gtl', 'whoami', { channel: 'issoaas' });
    await bot.deliver();
    expect(bot.standing('gtl').join()).toContain('Who you are here');
    expect(bot.standing('#issoaas').join()).not.toContain('Grace');
  });

  it('tells somebody without a role that they have none', async () => {
    await bot.store.transaction(async (tx) => {
      const dana = await tx.people.get('guardian');
      if (dana) await tx.people.save([{ ...dana, roles: [] }]);
    });
    expect(await said('guardian', 'whoami')).toContain('None: you may ask questions');
  });
});

describe('roster', () => {
  it('shows an administrator the last import, how many have which role, and who has no mailbox', async () => {
    expect(await said('admin', 'roster')).toContain('No import was noted yet');
    const { people } = readRoster(
      [
        'id,name,email,roles,component,time_zone',
        'admin,Adam Minsky,adam.minsky@demo.cms.example,platform_admin,,America/New_York',
        'x,Ex Mailless,,gtl,,America/New_York',
      ].join('\n'),
    );
    await loadPeople(bot.store, people, 'console', () => crypto.randomUUID(), {
      at: bot.clock.now(),
      by: 'command-line',
      newId: () => crypto.randomUUID(),
    });
    const shown = await said('admin', 'roster');
    expect(shown).toContain('by `npm run roster`');
    expect(shown).toContain('2 people in the file: 1 new, 0 changed, 13 gone.');
    expect(shown).toContain('Government Task Lead: 1');
    expect(shown).toContain('Ex Mailless');
    expect(await said('x', 'roster')).toContain('not open to you');
  });
});
