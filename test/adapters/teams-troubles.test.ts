import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { say } from '../../src/messages/message.ts';
import type { DeliveryFailure } from '../../src/ports.ts';
import { standingClock, TUESDAY } from '../support/fakes.ts';
import {
  addressOf,
  atRequest,
  type BareTeams,
  bareTeams,
  type Heard,
  heardFrom,
  refuseAll,
  settingsFor,
  TO_ISPG,
} from '../support/teams/bare-teams.ts';
import {
  APP_PASSWORD,
  type Asked,
  type FakeCloud,
  type Fate,
  startFakeCloud,
  TAKEN,
} from '../support/teams/fake-cloud.ts';
import { teamsPerson } from '../support/teams/person.ts';
import type { What } from '../support/teams/routes.ts';
import { addUser, ISPG_CHANNEL, objectIdOf, PROGRAM_CHANNEL, TEAM } from '../support/teams/world.ts';

const SECRET_WORDS = 'The system is called Nightingale.';
const BO = objectIdOf('bo');
const TO_BO = addressOf(BO);
let cloud: FakeCloud;
const clock = standingClock(TUESDAY);
const made: BareTeams[] = [];
const newBot = (facts: Partial<Parameters<typeof bareTeams>[0]> = {}): BareTeams => {
  const bot = bareTeams({ settings: settingsFor(cloud.url), clock, ...facts });
  made.push(bot);
  return bot;
};
/** Only what never answers in full is waited for in vain: a machine that stands still must not look like it. */
const patienceFor = (answers: Fate['answers']): { readonly callMs?: number } =>
  answers === 'hang' || answers === 'truncated' ? { callMs: 1_000 } : {};

beforeAll(async () => {
  cloud = await startFakeCloud();
  addUser(cloud.world, { objectId: BO, name: 'Bo Owner', email: 'bo_owner@example.gov' });
  cloud.world.conversations.get(ISPG_CHANNEL)?.members.add(BO);
});
beforeEach(() => {
  cloud.fate = () => TAKEN;
  cloud.forget();
  cloud.world.personal(BO).messages.length = 0;
});
afterEach(async () => {
  for (const bot of made) await bot.adapter.stop();
  // Nothing of what was said, to whom, or with which secret or token stands in any line of the log or of the administrator's.
  const written = JSON.stringify(
    made.map(({ lines, troubles }) => [lines, troubles]),
    (_name, value) => (value instanceof Error ? `${value.name} ${value.message} ${value.stack}` : value),
  );
  for (const secret of ['Nightingale', APP_PASSWORD, 'bo_owner@example.gov', 'bot-token-', BO])
    expect(written).not.toContain(secret);
  expect(cloud.faults).toEqual([]);
  made.length = 0;
});
afterAll(() => cloud.stop());

const deliver = ({ adapter }: BareTeams, key = 'k1', to = TO_BO) =>
  adapter.deliver(to, say(SECRET_WORDS), key, null, null);
const asksOf = (what: What): Asked[] => cloud.asked.filter((each) => each.what === what);
const no = (status: number, code?: string): Fate['answers'] => ({ status, ...(code ? { code } : {}) });

type Case = readonly [string, Fate['answers'], DeliveryFailure['kind'], RegExp | null];
const cases: readonly Case[] = [
  ['somebody who blocked the bot', no(403, 'MessageWritesBlocked'), 'forbidden', /blocked the bot/u],
  ['a roster without the bot', no(403, 'BotNotInConversationRoster'), 'gone', /install it there/u],
  ['a conversation that is gone', no(404, 'ConversationNotFound'), 'gone', /install it there/u],
  ['a refusal without a word', no(403), 'gone', /install it there/u],
  ['an app that is switched off', no(403, 'BotDisabledByAdmin'), 'unavailable', /switched it off/u],
  ['a message that is too large', no(413, 'MessageSizeTooBig'), 'forbidden', /shorter/u],
  ['a body that is too large for the gateway', no(413), 'forbidden', /shorter|ServiceError/u],
  ['a word of Teams’ that is not known here', no(400, 'BrandNewRule'), 'forbidden', /BrandNewRule/u],
  ['a token that is not taken, a new one neither', no(401), 'unavailable', /TEAMS_APP_PASSWORD/u],
  ['another request in the way', no(412), 'rate-limited', null],
  ['a server error', no(500), 'unknown', null],
  ['a gateway in trouble', no(502), 'unknown', null],
  ['a service that is away', no(503), 'unknown', null],
  ['a gateway that waits in vain', no(504), 'unknown', null],
  ['a connection that breaks', 'reset', 'unknown', null],
  ['silence', 'hang', 'unknown', null],
  ['half an answer', 'truncated', 'unknown', null],
  ['a yes without an id', { status: 201, body: {} }, 'unknown', null],
  ['a yes that is no JSON', { status: 200, body: 'fine' }, 'unknown', null],
];

describe('when Teams does not take a message', () => {
  test.each(cases)(
    'because of %s, one thing becomes of it, and the administrator hears of it once at most',
    async (_what, answers, kind, mend) => {
      const bot = newBot(patienceFor(answers));
      refuseAll(cloud, 'post', answers);
      for (const key of ['k1', 'k2']) {
        const outcome = await deliver(bot, key);
        expect(outcome.kind).toBe(kind);
        if (outcome.kind === 'forbidden' && mend) expect(outcome.need).toMatch(mend);
      }
      expect(bot.troubles.map(({ mend: said }) => said)).toEqual(mend ? [expect.stringMatching(mend)] : []);
    },
  );

  test.each([
    ['17', 17_000],
    ['2.5', 2_500],
    [new Date(TUESDAY.getTime() + 40_000).toUTCString(), 40_000],
    [undefined, 5_000],
    ['soon', 5_000],
  ])('because it asks to wait, it is told until when: Retry-After %s', async (retryAfter, ms) => {
    const bot = newBot();
    for (const to of [TO_BO, TO_ISPG]) {
      refuseAll(cloud, to === TO_BO ? 'post' : 'create', {
        status: 429,
        ...(retryAfter === undefined ? {} : { retryAfter }),
      });
      expect(await deliver(bot, 'k1', to)).toEqual({
        kind: 'rate-limited',
        retryAt: new Date(TUESDAY.getTime() + ms),
        scope: 'conversation',
      });
    }
    expect(bot.troubles).toEqual([]);
  });

  test.each<[string, Fate['answers']]>([
    ['500', no(500)],
    ['412', no(412)],
    ['429', no(429)],
    ['400', no(400)],
    ['403 of whoever blocked it', no(403, 'MessageWritesBlocked')],
    ['a broken connection', 'reset'],
  ])('one attempt is made, and no more: %s', async (_what, answers) => {
    refuseAll(cloud, 'post', answers);
    await deliver(newBot());
    expect(asksOf('post')).toHaveLength(1);
  });

  test.each<[string, Fate['answers']]>([
    ['500', no(500)],
    ['silence', 'hang'],
    ['a broken connection', 'reset'],
    ['a yes without an id', { status: 201, body: {} }],
  ])('because no conversation can be opened, it has not come: %s', async (_what, answers) => {
    refuseAll(cloud, 'create', answers);
    const bot = newBot(patienceFor(answers));
    expect(await deliver(bot)).toEqual({ kind: 'unavailable' });
    expect(asksOf('post')).toEqual([]);
    // In a channel, what opens the thread is the message itself.
    expect(await deliver(bot, 'k2', TO_ISPG)).toEqual({ kind: 'unknown' });
  });

  test('because nobody listens there any more, it has not come', async () => {
    const other = await startFakeCloud();
    addUser(other.world, { objectId: BO, name: 'Bo Owner' });
    const bot = newBot({ settings: settingsFor(other.url) });
    expect((await deliver(bot)).kind).toBe('delivered');
    await other.stop();
    // A connection that was kept open may still seem to be one.
    await deliver(bot, 'k2');
    expect(await deliver(bot, 'k3')).toEqual({ kind: 'unavailable' });
  });

  test('because the conversation is of another cloud, nothing ever goes there', async () => {
    let calls = 0;
    const outside = createServer((_request, response) => {
      calls += 1;
      response.end('{}');
    });
    await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
    const serviceUrl = `http://127.0.0.1:${(outside.address() as AddressInfo).port}/teams/`;
    const bot = newBot();
    const sealed = JSON.stringify({
      serviceUrl,
      conversation: cloud.world.personal(BO).id,
      member: null,
      roster: null,
      timeZone: null,
      locale: null,
      isRemoved: false,
    });
    await bot.installations.put({ platform: 'teams', id: `person/${TO_BO.id}`, sealed }, TUESDAY);
    expect(await deliver(bot)).toEqual({ kind: 'gone' });
    expect(bot.troubles).toMatchObject([{ mend: expect.stringMatching(/TEAMS_CLOUD/u) }]);
    await new Promise<void>((resolve) => outside.close(() => resolve()));
    expect([calls, cloud.asked.length]).toEqual([0, 0]);
  });
});

describe('the bot’s own token', () => {
  test('is asked for once, and renewed once when it was taken back', async () => {
    const bot = newBot();
    for (const key of ['k1', 'k2']) expect((await deliver(bot, key)).kind).toBe('delivered');
    expect(asksOf('token')).toHaveLength(1);
    cloud.revoke();
    expect((await deliver(bot, 'k3')).kind).toBe('delivered');
    expect(asksOf('token')).toHaveLength(2);
    expect(cloud.world.personal(BO).messages).toHaveLength(3);
    expect(bot.troubles).toEqual([]);
  });

  test('that is not taken, renewed neither, is tried twice and no more', async () => {
    refuseAll(cloud, 'post', no(401));
    expect(await deliver(newBot())).toEqual({ kind: 'unavailable' });
    expect(asksOf('post')).toHaveLength(2);
  });

  test('that Microsoft refuses keeps every message waiting, and the administrator hears what to mend', async () => {
    refuseAll(cloud, 'token', no(401, 'invalid_client'));
    const bot = newBot();
    for (const key of ['k1', 'k2']) expect(await deliver(bot, key)).toEqual({ kind: 'unavailable' });
    expect(bot.troubles).toMatchObject([
      { code: 'NoToken', mend: expect.stringMatching(/TEAMS_APP_PASSWORD/u) },
    ]);
    cloud.fate = () => TAKEN;
    expect((await deliver(bot, 'k3')).kind).toBe('delivered');
  });

  test.each<[string, Fate['answers']]>([
    ['is away', no(503)],
    ['asks to wait', no(429)],
    ['breaks the connection', 'reset'],
  ])('is waited for while the sign-in %s, and nobody is told', async (_what, answers) => {
    atRequest(cloud, 'token', 1, { lands: null, answers });
    const bot = newBot();
    expect(await deliver(bot)).toEqual({ kind: 'unavailable' });
    expect((await deliver(bot, 'k2')).kind).toBe('delivered');
    expect(bot.troubles).toEqual([]);
  });
});

describe('what Teams says of the app itself', () => {
  let heard: Heard;
  let bot: BareTeams;
  const bo = () => teamsPerson(heard.wire, BO);
  const ofTeam = (eventType: string, channel?: string) => ({
    type: 'conversationUpdate',
    channelData: { eventType, team: { id: TEAM.id }, ...(channel ? { channel: { id: channel } } : {}) },
  });
  beforeEach(async () => {
    bot = newBot();
    heard = await heardFrom(cloud, bot.adapter);
    for (const channel of [ISPG_CHANNEL, PROGRAM_CHANNEL]) await bo().types('help', { in: channel });
  });
  afterEach(() => heard.close());

  test.each([
    ['that somebody took it away', () => bo().uninstalls(), [/took it away/u]],
    [
      'that the ISPG channel was deleted',
      () => bo().tells(ofTeam('channelDeleted', ISPG_CHANNEL), { in: TEAM.id }),
      [/TEAMS_ISPG_CHANNEL/u],
    ],
    [
      'that it was taken out of the team',
      () => bo().leavesTeam(TEAM.id),
      [/TEAMS_ISPG_CHANNEL/u, /TEAMS_PROGRAM_CHANNEL/u],
    ],
    [
      'that the team was deleted',
      () => bo().tells(ofTeam('teamDeleted'), { in: TEAM.id }),
      [/TEAMS_ISPG_CHANNEL/u, /TEAMS_PROGRAM_CHANNEL/u],
    ],
  ])('%s is one line for the administrator of each thing to mend', async (_what, tell, mends) => {
    for (let time = 0; time < 2; time += 1) expect((await tell()).status).toBe(200);
    await bot.adapter.idle();
    expect(bot.troubles.map(({ mend }) => mend)).toEqual(mends.map((mend) => expect.stringMatching(mend)));
    const conversation = cloud.world.conversations.get(TEAM.id);
    if (conversation) conversation.hasBot = true;
    const user = cloud.world.users.get(BO);
    if (user) user.installed = true;
  });

  test('of a channel that is gone keeps everything from it until it is back', async () => {
    await bo().tells(ofTeam('channelDeleted', ISPG_CHANNEL), { in: TEAM.id });
    await bot.adapter.idle();
    cloud.forget();
    expect(await deliver(bot, 'k1', TO_ISPG)).toEqual({ kind: 'gone' });
    expect(cloud.asked).toEqual([]);
    await bo().tells(ofTeam('channelRestored', ISPG_CHANNEL), { in: TEAM.id });
    expect((await deliver(bot, 'k2', TO_ISPG)).kind).toBe('delivered');
  });

  test.each([
    ['a channel that is not the programme’s', () => ofTeam('channelDeleted', '19:another@thread.tacv2')],
    ['a new channel', () => ofTeam('channelCreated', ISPG_CHANNEL)],
    ['a team with another name', () => ofTeam('teamRenamed')],
    [
      'somebody who left the team',
      () => ({ ...ofTeam('teamMemberRemoved'), membersRemoved: [{ id: '29:somebody' }] }),
    ],
  ])('of %s is nothing for the administrator', async (_what, facts) => {
    expect((await bo().tells(facts(), { in: TEAM.id })).status).toBe(200);
    await bot.adapter.idle();
    expect(bot.troubles).toEqual([]);
    expect((await deliver(bot, 'k1', TO_ISPG)).kind).toBe('delivered');
  });
});

describe('at the start', () => {
  const lookedAround = ({ lines }: BareTeams) =>
    vi.waitFor(() => expect(lines.map(({ event }) => event)).toContain('looked around in Teams'));
  const started = async (): Promise<BareTeams> => {
    const bot = newBot();
    await bot.adapter.start(async () => ({ kind: 'duplicate' }));
    await lookedAround(bot);
    return bot;
  };

  test('a secret that Microsoft does not know is said, and not once more by what is asked afterwards', async () => {
    refuseAll(cloud, 'token', no(401, 'invalid_client'));
    const bot = await started();
    await deliver(bot);
    expect(bot.troubles).toMatchObject([{ code: 'NoToken' }]);
  });

  test('nothing is said when all is well, nor when Microsoft is away', async () => {
    expect((await started()).troubles).toEqual([]);
    refuseAll(cloud, 'token', 'reset');
    expect((await started()).troubles).toEqual([]);
  });
});
