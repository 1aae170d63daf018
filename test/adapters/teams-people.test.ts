import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { say } from '../../src/messages/message.ts';
import { addressOf, type BareTeams, bareTeams, settingsFor } from '../support/teams/bare-teams.ts';
import { type FakeCloud, startFakeCloud, TAKEN } from '../support/teams/fake-cloud.ts';
import { type OnTeams, startOnTeams } from '../support/teams/on-teams.ts';
import { teamsUserOf } from '../support/teams/residents.ts';
import { addStranger, play, type Seat, seatOf, wordsOf } from '../support/teams/seat.ts';
import { addUser, ISPG_CHANNEL, objectIdOf, TENANT, type TeamsUser } from '../support/teams/world.ts';

const OTHER_TENANT = 'bbbbbbbb-2222-4333-8444-555566667777';
let stage: OnTeams;
let database: pg.Client;
beforeAll(async () => {
  stage = await startOnTeams('2026-12-01T10:00:00-05:00');
  database = new pg.Client({ connectionString: await stage.app.databaseUrl() });
  await database.connect();
});
afterEach(() => {
  stage.cloud.fate = () => TAKEN;
});
afterAll(async () => {
  await database.end();
  await stage.stop();
});

const seat = (who: string): Seat => seatOf(stage, teamsUserOf(who));
const stranger = (facts: Partial<TeamsUser> = {}): Seat => seatOf(stage, addStranger(stage, facts));
const query = async (sql: string, values: readonly unknown[] = []): Promise<Record<string, unknown>[]> =>
  (await database.query(sql, [...values])).rows;
/** Whom the account speaks for. */
const personOf = async ({ user }: Seat): Promise<unknown> =>
  (await query('SELECT person_id FROM platform_user WHERE user_id = $1', [`${TENANT}/${user}`]))[0]
    ?.person_id;
const rolesOf = async (one: Seat): Promise<unknown> =>
  (await query('SELECT roles FROM person WHERE id = $1', [await personOf(one)]))[0]?.roles;
/** Only those who read the programme are shown it. */
const readsProgramme = async (one: Seat): Promise<boolean> => (await one.hears('digest')).includes('Digest');
const allSaid = (one: Seat): string =>
  one
    .said()
    .map((each) => wordsOf(each, one.user))
    .join('\n');

describe('people of the roster', () => {
  it('are written to in Teams before they ever speak there, found by their mailbox in the team', async () => {
    await play(stage, 'follow request-claims-hub');
    const cra = seat('cra');
    expect(allSaid(cra)).toContain('Beatriz Okafor asked for a Service ISSO');
    expect(stage.cloud.asked.filter(({ what }) => what === 'members').length).toBeGreaterThan(0);
    expect(await personOf(cra)).toBe('cra');
  });

  it('are who their mailbox says, with their roles, whatever they are called', async () => {
    expect(await readsProgramme(seat('gtl'))).toBe(true);
    const elsewhere = stranger({ name: 'Somebody', email: 'Grace.TanLopez@demo.cms.example' });
    expect(await readsProgramme(elsewhere)).toBe(true);
    expect(await personOf(elsewhere)).toBe('gtl');
  });

  it('are known by their sign-in name where the tenant gives no mailbox', async () => {
    const one = stranger({ email: null, userPrincipalName: 'audra.whitfield@demo.cms.example' });
    expect(await readsProgramme(one)).toBe(true);
    expect(await personOf(one)).toBe('auditor');
  });

  it('are linked by tenant and object id, never by an id for this one bot', async () => {
    const links = await query("SELECT user_id FROM platform_user WHERE platform = 'teams'");
    for (const { user_id } of links) expect(user_id).toMatch(/^[0-9a-f-]{36}\/[0-9a-f-]{36}$/u);
  });
});

describe('a guest', () => {
  it.each<[string, Partial<TeamsUser>]>([
    ['who has no mailbox', { name: 'Grace Tan-Lopez', email: null, userPrincipalName: 'not a mailbox' }],
    ['who only bears the name', { name: 'Grace Tan-Lopez', email: 'grace@elsewhere.example' }],
    [
      'of another organisation, whose sign-in name is made up',
      {
        role: 'guest',
        email: null,
        userPrincipalName: 'grace.tanlopez_demo.cms.example#EXT#@tenant.onmicrosoft.com',
      },
    ],
  ])('is nobody of the roster: %s', async (_who, facts) => {
    const one = stranger(facts);
    expect(await readsProgramme(one)).toBe(false);
    expect(await one.hears('status')).toContain('You have no requests yet');
    expect(await rolesOf(one)).toEqual([]);
  });

  it('that Teams could not speak of is linked with the next event, with what they began', async () => {
    const late = stranger({ name: 'Late', email: 'ivan.soto@demo.cms.example' });
    stage.cloud.fate = ({ what }) => (what === 'member' ? { lands: null, answers: { status: 500 } } : TAKEN);
    expect(await late.hears('I need an ISSO')).toContain('Question 1');
    expect(await personOf(late)).not.toBe('isso2');
    stage.cloud.fate = () => TAKEN;
    expect(await late.hears('Claims Vault')).toContain('Question 2');
    expect(await personOf(late)).toBe('isso2');
    const open = await query("SELECT person_id FROM conversation WHERE status = 'open'");
    expect(open).toEqual([{ person_id: 'isso2' }]);
  });
});

describe('who may not speak here', () => {
  it('is not answered: somebody anonymous in a meeting', async () => {
    const one = stranger({ role: 'anonymous' });
    const before = stage.cloud.asked.length;
    await one.types('hi');
    await one.types('I need an ISSO');
    expect(one.said()).toEqual([]);
    expect(stage.cloud.asked).toHaveLength(before);
    expect(await personOf(one)).toBeUndefined();
  });

  it('is refused at the door: somebody of another tenant', async () => {
    const one = stranger({ tenantId: OTHER_TENANT });
    expect((await one.person.types('hi')).status).toBe(403);
    await stage.app.idle();
    expect(one.said()).toEqual([]);
  });

  it('is not answered: somebody whom the roster says to be of another tenant', async () => {
    const one = stranger();
    const { user } = one.person;
    stage.cloud.fate = ({ what }) =>
      what === 'member'
        ? {
            lands: null,
            answers: {
              status: 200,
              body: { id: user.id, aadObjectId: user.objectId, name: user.name, tenantId: OTHER_TENANT },
            },
          }
        : TAKEN;
    await one.types('hi');
    expect(one.said()).toEqual([]);
  });

  it('is not taken for another whose roster entry came in the place of theirs', async () => {
    const one = stranger();
    const gtl = stage.cloud.world.users.get(teamsUserOf('gtl'));
    stage.cloud.fate = ({ what }) =>
      what === 'member'
        ? {
            lands: null,
            answers: {
              status: 200,
              body: { id: gtl?.id, aadObjectId: gtl?.objectId, name: gtl?.name, email: gtl?.email },
            },
          }
        : TAKEN;
    expect(await readsProgramme(one)).toBe(false);
    expect(await personOf(one)).not.toBe('gtl');
  });
});

describe('times', () => {
  it('are read in the zone of the client, and in the new one when that changes', async () => {
    const one = stranger({ timeZone: 'America/Denver' });
    expect(await one.hears('settings')).toContain('Mountain Time');
    one.person.user.timeZone = 'America/Los_Angeles';
    await one.types('help');
    expect(await one.hears('settings')).toContain('Pacific Time');
  });

  it('stay in the zone that somebody has set themselves', async () => {
    const one = stranger({ timeZone: 'America/Denver' });
    await one.types('time zone Central');
    one.person.user.timeZone = 'America/Los_Angeles';
    await one.types('help');
    const settings = await one.hears('settings');
    expect(settings).toContain('Central Time');
    expect(settings).not.toContain('Pacific Time');
  });

  it('and languages are those of the client, and nonsense is none', async () => {
    const one = stranger({ locale: 'es-US', timeZone: 'America/Denver' });
    await one.tells({ type: 'message', text: 'hi', localTimezone: 'Nowhere/Land' });
    expect(
      await query('SELECT locale FROM platform_user WHERE user_id = $1', [`${TENANT}/${one.user}`]),
    ).toEqual([{ locale: 'es-US' }]);
    expect(await one.hears('settings')).toContain('Eastern Time');
  });
});

describe('an account that is unlinked', () => {
  it('hears nothing any more but how to link it, and everything again afterwards', async () => {
    const owner = seat('bo');
    expect(await owner.hears('unlink')).toContain('To undo that, type `link`');
    const before = owner.said().map(({ id, edits }) => [id, edits]);
    await play(stage, 'ispg presses "Accept" in #ispg');
    await owner.rest();
    expect(owner.said().map(({ id, edits }) => [id, edits])).toEqual(before);
    for (const words of ['status', 'I need an ISSO', 'Claims Hub'])
      expect(await owner.hears(words)).toContain('To link it again, type `link`');
    expect(JSON.stringify((await owner.searches('hub')).body)).not.toContain('ISSO-2026');
    expect(await owner.hears('link')).toContain('linked to you again');
    expect(await owner.hears('status')).toContain('Kickoff being scheduled');
  });

  it('and linked again is written to, in the zone of its reader', async () => {
    const owner = seat('bo');
    owner.person.user.timeZone = 'America/Chicago';
    const number = /ISSO-\d{4}-\d{4}/u.exec(await owner.hears('status'))?.[0] ?? '';
    expect(await owner.hears(`choose 1 for ${number}`)).toContain('Booked');
    const before = owner.said().length;
    await stage.driver.advance({ to: '2026-12-02T12:00:00-05:00' });
    const told = owner
      .said()
      .slice(before)
      .map((each) => wordsOf(each, owner.user))
      .join('\n');
    expect(told).toContain('Reminder: the kickoff');
    expect(told).toContain('Central Time');
    expect(told).not.toContain('Eastern Time');
  });
});

describe('somebody’s mailbox', () => {
  let cloud: FakeCloud;
  let bot: BareTeams;
  const add = (name: string, facts: Partial<TeamsUser> = {}): string => {
    const { objectId } = addUser(cloud.world, { objectId: objectIdOf(name), name, ...facts });
    cloud.world.conversations.get(ISPG_CHANNEL)?.members.add(objectId);
    return objectId;
  };
  const found = (email: string): Promise<string | null> => bot.adapter.userWithEmail(email);
  beforeAll(async () => {
    cloud = await startFakeCloud();
    for (let one = 0; one < 600; one += 1) add(`crowd ${one}`);
    add('guest', { role: 'guest', email: null, userPrincipalName: 'g_cms.example#EXT#@demo.cms.example' });
    add('anonymous', { role: 'anonymous', email: 'anonymous@cms.example' });
    add('foreign', { tenantId: OTHER_TENANT, email: 'foreign@cms.example' });
    bot = bareTeams({ settings: settingsFor(cloud.url) });
  });
  afterAll(async () => {
    await bot.adapter.stop();
    await cloud.stop();
  });

  it('is looked for on every page of the team, whatever its letter case, and the pages are read once', async () => {
    const late = add('late', { email: 'Late.COMER@Demo.CMS.example' });
    cloud.fate = ({ what }) => (what === 'members' ? { lands: null, answers: { status: 503 } } : TAKEN);
    expect(await found('late.comer@demo.cms.example')).toBeNull();
    cloud.fate = () => TAKEN;
    const other = bareTeams({ settings: settingsFor(cloud.url) });
    cloud.forget();
    const name = await other.adapter.userWithEmail('late.comer@DEMO.cms.example');
    expect(name).toBe(`${TENANT}/${late}`);
    expect(await other.adapter.userWithEmail('nobody@cms.example')).toBeNull();
    const pages = cloud.asked.filter(({ what }) => what === 'members');
    expect(pages.filter(({ conversation }) => conversation === ISPG_CHANNEL)).toHaveLength(2);
    // They are written to by what the roster calls them.
    const sent = await other.adapter.deliver(addressOf(late), say('Hello.'), 'k1', null, null);
    expect(sent.kind).toBe('delivered');
    const create = cloud.asked.find(({ what }) => what === 'create');
    expect(create?.body.members).toEqual([{ id: cloud.world.users.get(late)?.id }]);
    await other.adapter.stop();
  });

  it.each(['g@cms.example', 'anonymous@cms.example', 'foreign@cms.example', ''])(
    'is nobody’s when the tenant does not vouch for it: %s',
    async (email) => {
      const other = bareTeams({ settings: settingsFor(cloud.url) });
      expect(await other.adapter.userWithEmail(email)).toBeNull();
      await other.adapter.stop();
    },
  );
});

it('Teams took everything that was drawn for them', () => {
  expect(stage.cloud.faults).toEqual([]);
});
