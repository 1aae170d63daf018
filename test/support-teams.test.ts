import { createHash, createPrivateKey, randomUUID, X509Certificate } from 'node:crypto';
import { SignJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cardProblems } from './support/teams/card-rules.ts';
import { CARD_TYPE, type Json } from './support/teams/cards.ts';
import { selfSigned } from './support/teams/certificate.ts';
import { APP_PASSWORD, type FakeCloud, type Fate, startFakeCloud } from './support/teams/fake-cloud.ts';
import {
  APP_ID,
  addChat,
  addUser,
  BOT_ID,
  ISPG_CHANNEL,
  objectIdOf,
  TENANT,
  type TeamsConversation,
  type TeamsUser,
} from './support/teams/world.ts';

const SCOPE = 'https://api.botframework.com/.default';
const BO = objectIdOf('bo');
let cloud: FakeCloud;
let bo: TeamsUser;
let now = 1_700_000_000_000;
let token = '';

beforeEach(async () => {
  now = 1_700_000_000_000;
  cloud = await startFakeCloud({ now: () => now });
  bo = addUser(cloud.world, { objectId: BO, name: 'Beatriz Okafor', email: 'bo@cms.example' });
  token = String((await login()).access_token);
});
afterEach(() => cloud.stop());

async function login(facts: Record<string, string> = {}, tenant = TENANT): Promise<Json> {
  const form = {
    grant_type: 'client_credentials',
    client_id: APP_ID,
    client_secret: APP_PASSWORD,
    scope: SCOPE,
  };
  const body = new URLSearchParams({ ...form, ...facts });
  const response = await fetch(`${cloud.url}/${tenant}/oauth2/v2.0/token`, { method: 'POST', body });
  return { status: response.status, ...((await response.json()) as Json) };
}
const ask = (method: string, path: string, body?: object, as = token): Promise<Response> =>
  fetch(`${cloud.serviceUrl}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...(as ? { authorization: `Bearer ${as}` } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
async function call(method: string, path: string, body?: object): Promise<Json> {
  const response = await ask(method, path, body);
  const text = await response.text();
  const answer = text ? (JSON.parse(text) as Json) : {};
  return { status: response.status, ...answer, code: (answer.error as Json | undefined)?.code };
}
const conversationPath = (id: string, rest = 'activities') =>
  `v3/conversations/${encodeURIComponent(id)}/${rest}`;
const words = (text: string) => ({ type: 'message', text });
const opening = (id: string) => ({
  bot: { id: BOT_ID },
  members: [{ id }],
  tenantId: TENANT,
  channelData: { tenant: { id: TENANT } },
  isGroup: false,
});

const cardWith = (...body: object[]) => ({ type: 'AdaptiveCard', version: '1.5', body });
const attached = (card: object, summary: string | null = 'A card.') => ({
  type: 'message',
  attachments: [{ contentType: CARD_TYPE, content: card }],
  ...(summary === null ? {} : { summary }),
});
const channel = () => cloud.world.conversations.get(ISPG_CHANNEL) as TeamsConversation;

describe('the made-up cloud knows who asks', () => {
  it('a token is given for the right secret, scope and directory, and holds for as long as was said', async () => {
    cloud.lifetime = 60;
    const given = await login();
    expect(given).toMatchObject({ status: 200, token_type: 'Bearer', expires_in: 60 });
    expect(await login({ client_secret: 'wrong' })).toMatchObject({ status: 401, error: 'invalid_client' });
    expect(await login({ scope: 'https://graph.microsoft.com/.default' })).toMatchObject({ status: 400 });
    expect(await login({}, 'botframework.com')).toMatchObject({ status: 400, error: 'invalid_request' });
    token = String(given.access_token);
    const members = () => call('GET', conversationPath(ISPG_CHANNEL, 'pagedmembers?pageSize=10'));
    expect(await members()).toMatchObject({ status: 200 });
    now += 60_000;
    expect(await members()).toMatchObject({ status: 401 });
    expect(cloud.faults).toEqual([]);
  });
  it('a token that was taken back is refused, and one that nobody gave out is a fault as well', async () => {
    cloud.revoke();
    expect(await call('POST', conversationPath(ISPG_CHANNEL), words('x'))).toMatchObject({ status: 401 });
    expect(cloud.faults).toEqual([]);
    expect((await ask('POST', conversationPath(ISPG_CHANNEL), words('x'), '')).status).toBe(401);
    expect(cloud.faults).toHaveLength(1);
    expect(channel().messages).toEqual([]);
  });
  it('a token is given to whoever shows the certificate that is known, by its key', async () => {
    const [known, other] = [selfSigned(), selfSigned()];
    const own = cloud;
    cloud = await startFakeCloud({ now: () => now, certificate: known.certificate });
    const print = createHash('sha256').update(new X509Certificate(known.certificate).raw).digest('base64url');
    const shows = async ({ privateKey }: typeof known, facts: object = {}) => {
      const seconds = now / 1_000;
      const claims = { iss: APP_ID, sub: APP_ID, nbf: seconds, exp: seconds + 600, jti: randomUUID() };
      const aud = `https://login.microsoftonline.com/${TENANT}/oauth2/v2.0/token`;
      const assertion = await new SignJWT({ aud, ...claims, ...facts })
        .setProtectedHeader({ alg: 'PS256', 'x5t#S256': print })
        .sign(createPrivateKey(privateKey));
      const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
      const { status } = await login({ client_assertion: assertion, client_assertion_type: type });
      return status;
    };
    expect([await shows(known), await shows(other)]).toEqual([200, 401]);
    expect(await shows(known, { exp: now / 1_000 - 1 })).toBe(401);
    expect(await shows(known, { aud: 'https://example.com/' })).toBe(401);
    await cloud.stop();
    cloud = own;
  });
  it('each request is noted as it came', () => {
    expect(cloud.asked).toMatchObject([
      { place: 1, what: 'token', method: 'POST', tenant: TENANT, status: 200 },
    ]);
    expect(cloud.asked[0]?.body).toMatchObject({ grant_type: 'client_credentials' });
  });
  it('what is not asked of the connector is a fault', async () => {
    expect(await call('GET', conversationPath(ISPG_CHANNEL, 'history'))).toMatchObject({ status: 404 });
    expect(cloud.faults).toHaveLength(1);
  });
});

describe('the connector', () => {
  it('opens the same personal conversation each time, by either id of somebody who has the app', async () => {
    const first = await call('POST', 'v3/conversations', opening(bo.id));
    expect(first).toMatchObject({ status: 201, id: expect.stringMatching(/^a:/u) });
    expect(await call('POST', 'v3/conversations', opening(BO))).toMatchObject({ id: first.id });
    bo.installed = false;
    const refused = await call('POST', 'v3/conversations', opening(bo.id));
    expect(refused).toMatchObject({ status: 403, code: 'ForbiddenOperationException' });
    expect(await call('POST', conversationPath(String(first.id)), words('x'))).toMatchObject({
      status: 403,
      code: 'BotNotInConversationRoster',
    });
    bo.installed = true;
    bo.hasBlocked = true;
    const blocked = await call('POST', conversationPath(String(first.id)), words('x'));
    expect(blocked).toMatchObject({ status: 403, code: 'MessageWritesBlocked' });
    expect(await call('POST', 'v3/conversations', opening('29:nobody'))).toMatchObject({ status: 404 });
    expect(cloud.faults).toEqual([]);
  });
  it('begins a thread in a channel, answers in it and changes what the bot wrote', async () => {
    const begun = await call('POST', 'v3/conversations', {
      isGroup: true,
      bot: { id: BOT_ID },
      channelData: { channel: { id: ISPG_CHANNEL }, tenant: { id: TENANT } },
      activity: attached(cardWith({ type: 'TextBlock', text: 'Request' })),
    });
    const root = String(begun.activityId);
    expect(begun).toMatchObject({ status: 201, id: `${ISPG_CHANNEL};messageid=${root}` });
    await call('POST', conversationPath(String(begun.id)), words('in the thread'));
    await call('POST', conversationPath(ISPG_CHANNEL, `activities/${root}`), words('also there'));
    expect(channel().messages.map((each) => [each.text, each.root])).toEqual([
      ['', root],
      ['in the thread', root],
      ['also there', root],
    ]);
    channel().messages[0]?.seenBy.set(BO, cardWith());
    const path = conversationPath(String(begun.id), `activities/${root}`);
    expect(await call('PUT', path, words('changed'))).toMatchObject({ status: 200 });
    expect(channel().messages[0]).toMatchObject({ text: 'changed', card: null, edits: 1 });
    expect(channel().messages[0]?.seenBy.size).toBe(0);
    const nowhere = conversationPath(ISPG_CHANNEL, 'activities/1');
    expect(await call('PUT', nowhere, words('x'))).toMatchObject({ code: 'ActivityNotFoundInConversation' });
    expect(await call('DELETE', path)).toMatchObject({ status: 200 });
    expect(channel().messages).toHaveLength(2);
    expect(cloud.faults).toEqual([]);
  });
  it('names members one by one or page by page, where the bot is', async () => {
    const guest = addUser(cloud.world, { objectId: objectIdOf('g'), name: 'A Guest', role: 'guest' });
    const chat = addChat(cloud.world, 'groupChat', [BO, guest.objectId]);
    const one = await call('GET', conversationPath(chat.id, `members/${encodeURIComponent(bo.id)}`));
    expect(one).toMatchObject({
      aadObjectId: BO,
      email: 'bo@cms.example',
      tenantId: TENANT,
      userRole: 'user',
    });
    const page = await call('GET', conversationPath(chat.id, 'pagedmembers?pageSize=1'));
    expect(page).toMatchObject({ members: [{ id: bo.id }] });
    const rest = `pagedmembers?pageSize=1&continuationToken=${page.continuationToken}`;
    const last = await call('GET', conversationPath(chat.id, rest));
    expect(last).toMatchObject({ members: [{ userRole: 'guest' }] });
    expect(last).not.toHaveProperty('continuationToken');
    chat.hasBot = false;
    expect(await call('GET', conversationPath(chat.id, 'pagedmembers'))).toMatchObject({
      code: 'BotNotInConversationRoster',
    });
    expect(await call('GET', conversationPath('19:gone@thread.v2', 'pagedmembers'))).toMatchObject({
      code: 'ConversationNotFound',
    });
  });
  it('takes nothing that Teams would not draw, and notes it', async () => {
    const post = (body: object) => call('POST', conversationPath(ISPG_CHANNEL), body);
    const many = Array.from({ length: 7 }, (_, index) => ({ type: 'Action.Submit', title: `b${index}` }));
    const broken: [object, RegExp][] = [
      [{ type: 'message' }, /says nothing/u],
      [{ ...words('x'), volume: 11 }, /no volume/u],
      [attached(cardWith(), null), /summary/u],
      [attached({ ...cardWith(), version: '1.6' }), /version 1\.6/u],
      [attached(cardWith({ type: 'ActionSet', actions: many })), /more than 6/u],
      [attached(cardWith({ type: 'Image', url: 'https://x.gov/a.png' })), /by its address/u],
      [attached(cardWith({ type: 'TextBlock', text: 'x'.repeat(28_000) })), /bytes/u],
      [{ ...words('hi'), entities: [{ type: 'mention', text: '<at>Bo</at>' }] }, /mention/u],
    ];
    for (const [body, problem] of broken) {
      expect(await post(body)).toMatchObject({ status: 400 });
      expect(cloud.faults.at(-1)).toMatch(problem);
    }
    expect(await post(words('x'.repeat(100_001)))).toMatchObject({ status: 413, code: 'MessageSizeTooBig' });
    expect(channel().messages).toEqual([]);
    expect(cardProblems(cardWith({ type: 'Image', url: 'data:image/png;base64,AA==' }))).toEqual([]);
  });
  it('is asked in another region for the same conversations, until that region is gone', async () => {
    for (const elsewhere of [false, true]) {
      const region = await cloud.addRegion('emea', elsewhere);
      const url = `${region.serviceUrl}${conversationPath(ISPG_CHANNEL)}`;
      const post = () =>
        fetch(url, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          body: JSON.stringify(words('x')),
        });
      expect((await post()).status).toBe(201);
      expect(cloud.asked.at(-1)).toMatchObject({ region: 'emea', conversation: ISPG_CHANNEL });
      await region.stop();
      if (elsewhere) await expect(post()).rejects.toThrow();
      else expect((await post()).status).toBe(404);
    }
    expect(channel().messages).toHaveLength(2);
  });
});

describe('a request may be lied to', () => {
  const meets = (fate: Fate): Promise<Response> => {
    cloud.fate = () => fate;
    return ask('POST', conversationPath(ISPG_CHANNEL), words('x'));
  };
  const standing = async (): Promise<number> => {
    await cloud.landed();
    return channel().messages.length;
  };
  it('it lands, though the connection breaks or the answer ends in its middle', async () => {
    await expect(meets({ lands: 0, answers: 'reset' })).rejects.toThrow();
    expect(await standing()).toBe(1);
    await expect(meets({ lands: 0, answers: 'truncated' }).then((cut) => cut.text())).rejects.toThrow();
    expect(await standing()).toBe(2);
  });
  it('it is told to wait, or that something broke, and lands or does not', async () => {
    const busy = await meets({ lands: null, answers: { status: 429, retryAfter: '30', code: 'Throttled' } });
    expect([busy.status, busy.headers.get('retry-after')]).toEqual([429, '30']);
    expect(await busy.json()).toMatchObject({ error: { code: 'Throttled' } });
    expect(await standing()).toBe(0);
    expect((await meets({ lands: 5, answers: { status: 502 } })).status).toBe(502);
    expect(await standing()).toBe(1);
  });
  it('so may whoever asks for a token', async () => {
    cloud.fate = ({ what }) =>
      what === 'token'
        ? { lands: null, answers: { status: 401, code: 'invalid_client' } }
        : { lands: 0, answers: 'truth' };
    expect(await login()).toMatchObject({ status: 401, error: 'invalid_client' });
  });
});
