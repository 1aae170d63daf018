import { beforeEach, describe, expect, it } from 'vitest';
import { mayEver } from '../../src/domain/access.ts';
import type { Role } from '../../src/domain/person.ts';
import { BY_SETTING } from '../../src/domain/role-grants.ts';
import { loadPeople } from '../../src/usecases/load-people.ts';
import { nameFirstAdministrators } from '../../src/usecases/name-first-administrators.ts';
import { readRoster } from '../../src/usecases/read-roster.ts';
import { aPerson } from '../store/samples.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { openTestStore } from '../support/open-store.ts';

let bot: Bot;
beforeEach(async () => {
  bot = await startBot(await openTestStore());
});

const rolesOf = (id: string): Promise<readonly Role[] | undefined> =>
  bot.store.transaction(async (tx) => (await tx.people.get(id))?.roles);
const said = async (who: string, words: string): Promise<string> =>
  (await bot.say(who, words)).said.join('\n');
const recorded = (verb: string) => bot.store.transaction((tx) => tx.audit.lastOf(verb));
const secondAdministrator = () =>
  bot.store
    .transaction((tx) =>
      tx.people.save([
        aPerson({
          id: 'admin2',
          name: 'Ada Maxwell',
          email: 'ada@example.gov',
          roles: ['platform_admin'],
          components: [],
        }),
      ]),
    )
    .then(() => bot.store.transaction((tx) => tx.people.linkPlatformUser('console', 'admin2', 'admin2')));

describe('a role granted in chat', () => {
  it('is the person’s at once, who is told, and stands in the record', async () => {
    expect(await said('admin', 'grant Dana Guthrie system owner')).toContain(
      'Dana Guthrie is now System Owner',
    );
    expect(await rolesOf('guardian')).toEqual(['data_guardian', 'system_owner']);
    await bot.deliver();
    expect(bot.standing('guardian').join()).toContain('Adam Minsky made you System Owner');
    expect(await recorded('role.grant')).toMatchObject({
      actorId: 'admin',
      role: 'platform_admin',
      forId: null,
      reason: null,
      facts: { person: 'guardian', role: 'system_owner' },
    });
  });

  it('is asked for in a dialog as well', async () => {
    const { dialog } = await bot.press('admin', { verb: 'role.ask', subject: 'any' });
    expect(dialog?.fields.map(({ id }) => id)).toEqual(['person', 'role']);
    const made = await bot.submit(
      'admin',
      { verb: 'role.grant', subject: 'any' },
      {
        person: 'guardian',
        role: 'system_owner',
      },
    );
    expect(made.said.join()).toContain('is now System Owner');
    expect(await rolesOf('guardian')).toContain('system_owner');
  });

  it.each(['bo', 'gtl', 'auditor', 'lead'])('is not for %s to give', async (who) => {
    expect(await said(who, 'grant Dana Guthrie system owner')).toMatch(/not open to you|can take a role/u);
    const { dialog } = await bot.press(who, { verb: 'role.ask', subject: 'any' });
    expect(dialog).toBeNull();
    await bot.press(who, { verb: 'role.approve', subject: 'guardian', choice: 'system_owner' });
    expect(await rolesOf('guardian')).toEqual(['data_guardian']);
  });

  it('is never one’s own, nor one that does not go with the others', async () => {
    expect(await said('admin', 'grant Adam Minsky data guardian')).toContain(
      'nobody grants a role to themselves',
    );
    expect(await said('admin', 'grant Grace Tan-Lopez platform admin')).toContain("don't go together");
    expect(await said('admin', 'grant Ines Sorensen data guardian')).toContain(
      'the one works for the contractor, the other is a federal role',
    );
    expect(await rolesOf('isso')).toEqual(['service_isso']);
    expect(await rolesOf('gtl')).toEqual(['gtl']);
    expect(await recorded('role.refuse')).toMatchObject({ reason: 'clash' });
  });

  it('says what to write when nobody is called so, or the role is none', async () => {
    expect(await said('admin', 'grant Nobody Atall gtl')).toContain('I know nobody called');
    expect(await said('admin', 'grant Ben')).toContain('The roles are');
    expect(await said('admin', 'grant Dana Guthrie data guardian')).toContain('is Data Guardian already');
  });

  it('is answered in a direct message when it was typed in a channel', async () => {
    const heard = await bot.say('admin', 'grant Dana Guthrie system owner', { channel: 'ispg' });
    expect(heard.said.join()).toContain('direct message');
    await bot.deliver();
    expect(bot.standing('admin').join()).toContain('Dana Guthrie is now System Owner');
    expect(bot.standing('#ispg').join()).not.toContain('Dana');
  });

  it('in a channel is not read into what people say to each other', async () => {
    const heard = await bot.say('bo', 'delegate approvals to the front office', { channel: 'ispg' });
    expect(heard.said).toEqual([]);
    expect((await bot.say('bo', 'grant Dana Guthrie gtl', { channel: 'ispg' })).said).toEqual([]);
  });

  it('is not read into the answer to an open form', async () => {
    await bot.say('bo', 'I need an ISSO');
    const heard = await bot.say('bo', 'Delegate approvals');
    expect(heard.said.join()).not.toContain('nobody called');
  });
});

describe('a privileged role', () => {
  it('is given by the only administrator, who is told so, and the record says it', async () => {
    expect(await said('admin', 'grant Carla Reyes ispg team')).toContain('there is only one who can decide');
    expect(await rolesOf('cra')).toEqual(['cra', 'ispg_team']);
    expect(await recorded('role.grant')).toMatchObject({ reason: 'only-administrator' });
  });

  it('waits for the second of two administrators, who is asked with a button', async () => {
    await secondAdministrator();
    expect(await said('admin', 'grant Carla Reyes gtl')).toContain('needs two administrators');
    expect(await rolesOf('cra')).toEqual(['cra']);
    expect(await said('admin', 'grant Carla Reyes gtl')).toContain('You have said yes already');
    await bot.deliver();
    expect(bot.standing('admin2').join()).toContain('wants Carla Reyes to be Government Task Lead');
    const heard = await bot.press('admin2', { verb: 'role.approve', subject: 'cra', choice: 'gtl' });
    expect(heard.said.join()).toContain('Adam Minsky said yes before you');
    expect(await rolesOf('cra')).toEqual(['cra', 'gtl']);
    const cra = await bot.store.transaction((tx) => tx.people.get('cra'));
    expect(cra && mayEver(cra, 'role.review')).toBe(true);
    expect(await recorded('role.propose')).toMatchObject({ actorId: 'admin' });
    expect(await recorded('role.approve')).toMatchObject({ actorId: 'admin2' });
    await bot.deliver();
    expect(bot.standing('admin2').join()).toContain('Ada Maxwell approved: Carla Reyes is now');
    expect(bot.standing('cra').join()).toContain('made you Government Task Lead');
  });

  it('is approved by the same words, and declined by taking it back', async () => {
    await secondAdministrator();
    await said('admin', 'grant Carla Reyes gtl');
    expect(await said('admin2', 'revoke Carla Reyes gtl')).toContain('Declined');
    expect(await said('admin2', 'grant Carla Reyes gtl')).toContain('needs two administrators');
    expect(await said('admin', 'grant Carla Reyes gtl')).toContain('is now Government Task Lead');
  });

  it('pressed twice at the same time is given once', async () => {
    await secondAdministrator();
    await said('admin', 'grant Carla Reyes gtl');
    const press = { verb: 'role.approve', subject: 'cra', choice: 'gtl' };
    await Promise.all([bot.press('admin2', press), bot.press('admin2', press), bot.press('admin', press)]);
    expect(await rolesOf('cra')).toEqual(['cra', 'gtl']);
    const held = await bot.store.transaction((tx) => tx.roleGrants.heldBy('cra'));
    expect(held).toHaveLength(1);
  });
});

describe('a role taken back', () => {
  it('is gone at once, the person is told, and no import gives it back', async () => {
    expect(await said('admin', 'revoke Grace Tan-Lopez gtl')).toContain('Government Task Lead no more');
    expect(await rolesOf('gtl')).toEqual([]);
    await bot.deliver();
    expect(bot.standing('gtl').join()).toContain('You are no longer Government Task Lead');
    expect(await recorded('role.revoke')).toMatchObject({ facts: { person: 'gtl', role: 'gtl' } });
    await importAgain();
    expect(await rolesOf('gtl')).toEqual([]);
    await said('admin', 'grant Grace Tan-Lopez gtl');
    await importAgain();
    expect(await rolesOf('gtl')).toEqual(['gtl']);
  });

  it('that was granted leaves those of the roster, and an import leaves those that were granted', async () => {
    await said('admin', 'grant Dana Guthrie system owner');
    await importAgain();
    expect(await rolesOf('guardian')).toEqual(['data_guardian', 'system_owner']);
    await importAgain('guardian');
    expect(await rolesOf('guardian')).toEqual(['system_owner']);
    await said('admin', 'revoke Dana Guthrie system owner');
    await importAgain();
    expect(await rolesOf('guardian')).toEqual(['data_guardian']);
  });

  it('is never the last administrator’s', async () => {
    expect(await said('admin', 'revoke Adam Minsky platform admin')).toContain('the only administrator');
    expect(await rolesOf('admin')).toEqual(['platform_admin']);
    await secondAdministrator();
    expect(await said('admin', 'revoke Adam Minsky platform admin')).toContain('no more');
    expect(await said('admin', 'grant Dana Guthrie system owner')).toContain('not open to you');
  });
});

describe('the first administrators', () => {
  const name = (...emails: string[]) =>
    nameFirstAdministrators(bot.store, emails, {
      now: bot.clock.now(),
      timeZone: 'America/New_York',
      newId: () => crypto.randomUUID(),
      newToken: () => crypto.randomUUID(),
    });

  it('are those whom the setting names, known or not, each once', async () => {
    expect(await name('dana.guthrie@demo.cms.example', 'new.person@example.gov')).toEqual([]);
    expect(await rolesOf('guardian')).toEqual(['data_guardian', 'platform_admin']);
    const added = await bot.store.transaction((tx) => tx.people.byEmail('new.person@example.gov'));
    expect(added).toMatchObject({ name: 'New Person', roles: ['platform_admin'] });
    await name('dana.guthrie@demo.cms.example');
    const held = await bot.store.transaction((tx) => tx.roleGrants.heldBy('guardian'));
    expect(held.map(({ granted }) => granted.byId)).toEqual([BY_SETTING]);
    expect(await recorded('role.grant')).toMatchObject({ actorId: null, reason: 'setting' });
    await importAgain();
    expect(await rolesOf('guardian')).toEqual(['data_guardian', 'platform_admin']);
  });

  it('are nobody who approves, and nobody from whom it was taken while others are there', async () => {
    expect(await name('grace.tanlopez@demo.cms.example')).toEqual([{ personId: 'gtl', because: 'clash' }]);
    await name('dana.guthrie@demo.cms.example');
    await said('admin', 'revoke Dana Guthrie platform admin');
    expect(await name('dana.guthrie@demo.cms.example')).toEqual([
      { personId: 'guardian', because: 'revoked' },
    ]);
    expect(await rolesOf('guardian')).toEqual(['data_guardian']);
  });
});

const DEMO = new URL('../../prisma/demo-roster.csv', import.meta.url);
/** The demo's roster once more, without the roles of `bare`. */
async function importAgain(bare?: string): Promise<void> {
  const { readFile } = await import('node:fs/promises');
  const { people } = readRoster(await readFile(DEMO, 'utf8'));
  const roster = people.map((each) => (each.id === bare ? { ...each, roles: [] } : each));
  await loadPeople(bot.store, roster, 'console', () => crypto.randomUUID(), {
    at: bot.clock.now(),
    by: 'start',
    newId: () => crypto.randomUUID(),
  });
}
