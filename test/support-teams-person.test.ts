import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Button, buttonsOf, CARD_TYPE, inputsOf, type Json, textOf } from './support/teams/cards.ts';
import { type FakeCloud, startFakeCloud } from './support/teams/fake-cloud.ts';
import { teamsPerson } from './support/teams/person.ts';
import { resend, type Spoilt, send, type Wire } from './support/teams/wire.ts';
import {
  APP_ID,
  addUser,
  aMessage,
  BOT_ID,
  cardFor,
  ISPG_CHANNEL,
  objectIdOf,
  TEAM,
  TENANT,
  type TeamsDialog,
  type TeamsUser,
} from './support/teams/world.ts';

const BO = objectIdOf('bo');
let cloud: FakeCloud;
let bo: TeamsUser;
let now = 1_700_000_000_000;
const heard: { authorization: string; activity: Json }[] = [];
let answer: unknown = null;
let bot: Server;
let wire: Wire;

beforeEach(async () => {
  now = 1_700_000_000_000;
  cloud = await startFakeCloud({ now: () => now });
  bo = addUser(cloud.world, { objectId: BO, name: 'Beatriz Okafor', email: 'bo@cms.example' });
  heard.length = 0;
  answer = null;
  bot = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString('utf8');
    });
    request.on('end', () => {
      heard.push({
        authorization: request.headers.authorization ?? '',
        activity: JSON.parse(body) as Json,
      });
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(answer === null ? '' : JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => bot.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(bot.address() as AddressInfo).port}`;
  wire = { cloud, botUrl: () => url, now: () => now };
});
afterEach(async () => {
  bot.closeAllConnections();
  await new Promise((resolve) => bot.close(resolve));
  await cloud.stop();
});

const last = (): Json => heard.at(-1)?.activity ?? {};
const person = () => teamsPerson(wire, BO);

/** A button of a card that carries what cards of this bot carry. */
const execute = (id: string, data: object = {}) => {
  const carried = { isso: { action: id, press: { verb: id, subject: 'x' }, token: 't' }, ...data };
  const fallback = { type: 'Action.Submit', title: id, data: carried };
  return { type: 'Action.Execute', title: id, verb: 'press', data: carried, fallback };
};
const submit = (title: string, data: object) => ({ type: 'Action.Submit', title, data });
const cardWith = (...body: object[]) => ({ type: 'AdaptiveCard', version: '1.5', body });
const FORM = cardWith(
  { type: 'Input.Text', id: 'note', label: 'Note', value: 'as it was' },
  {
    type: 'Input.ChoiceSet',
    id: 'days',
    isMultiSelect: true,
    choices: ['mo', 'tu', 'we'].map((value) => ({ title: value, value })),
  },
  { type: 'Input.Toggle', id: 'tick', title: 'True' },
  { type: 'ActionSet', actions: [execute('send'), execute('plain', { more: 1 })] },
);
/** A message of the bot with that card, and one of its buttons. */
function standing(card: object, label: string) {
  const room = cloud.world.personal(BO);
  const message = aMessage({ id: '1:1abc', from: null, at: now, text: '', card: card as Json });
  room.messages.push(message);
  const button = buttonsOf(message.card).find((each) => each.label === label) as Button;
  return { room, message, button };
}
const warning = (text: string) => ({
  type: 'RichTextBlock',
  inlines: [{ type: 'TextRun', text, color: 'attention' }],
});
/** A dialog as the bot answers with it, with an error beside its field. */
const dialog = (error: string | null) => {
  const content = cardWith(
    ...(error === null ? [] : [warning(error)]),
    { type: 'Input.Text', id: 'note', label: 'Note' },
    { type: 'ActionSet', actions: [submit('Send', { isso: { action: 'submit' } })] },
  );
  const value = {
    title: 'A dialog',
    height: 'medium',
    width: 'medium',
    card: { contentType: CARD_TYPE, content },
  };
  return { task: { type: 'continue', value } };
};
const open = (): TeamsDialog => {
  const found = person().openDialog();
  if (!found) throw new Error('no dialog is open');
  return found;
};

describe('what somebody does', () => {
  const isGenuine = async (header: string): Promise<boolean> => {
    const metadata = (await (await fetch(`${cloud.url}/v1/.well-known/openidconfiguration`)).json()) as Json;
    const keys = createLocalJWKSet((await (await fetch(String(metadata.jwks_uri))).json()) as never);
    const rules = { issuer: String(metadata.issuer), audience: APP_ID, currentDate: new Date(now) };
    return jwtVerify(header.replace('Bearer ', ''), keys, { ...rules, algorithms: ['RS256'] }).then(
      ({ payload }) => payload.serviceurl === cloud.serviceUrl,
      () => false,
    );
  };

  it('comes with a token that the published keys know, unless it is spoilt', async () => {
    await person().types('hello <b>');
    expect(await isGenuine(heard[0]?.authorization ?? '')).toBe(true);
    const spoilt: Spoilt[] = [
      { claims: { exp: now / 1_000 - 600 } },
      { claims: { aud: 'somebody-else' } },
      { claims: { iss: 'https://example.com' } },
      { claims: { serviceurl: 'https://example.com/' } },
      { algorithm: 'none' },
      { algorithm: 'HS256' },
      { key: 'other' },
      { key: 'unknown' },
      { key: 'people' },
      { header: 'Bearer nonsense' },
    ];
    for (const each of spoilt) {
      await person().types('hello', {}, each);
      expect(await isGenuine(heard.at(-1)?.authorization ?? '')).toBe(false);
    }
    await send(wire, last(), { header: null });
    expect(heard.at(-1)?.authorization).toBe('');
    cloud.turnKeys();
    const { sent } = await person().types('after the keys were turned');
    expect(await isGenuine(heard.at(-1)?.authorization ?? '')).toBe(true);
    await resend(wire, sent);
    expect(heard.at(-1)).toEqual(heard.at(-2));
  });
  it('comes as Teams words it, in a personal conversation and in a channel', async () => {
    await person().types('hello <b>');
    expect(last()).toMatchObject({
      type: 'message',
      text: 'hello <b>',
      channelId: 'msteams',
      serviceUrl: cloud.serviceUrl,
      from: { id: bo.id, aadObjectId: BO },
      conversation: { conversationType: 'personal', tenantId: TENANT, id: cloud.world.personal(BO).id },
      entities: [{ type: 'clientInfo', timezone: 'America/New_York', locale: 'en-US', country: 'US' }],
      channelData: { tenant: { id: TENANT } },
      localTimestamp: '2023-11-14T17:13:20.000-05:00',
    });
    await person().types('status', { in: ISPG_CHANNEL });
    const root = String(last().id);
    expect(last()).toMatchObject({
      text: '<at>ISSO As A Service</at> status',
      conversation: { conversationType: 'channel', id: `${ISPG_CHANNEL};messageid=${root}`, isGroup: true },
      entities: [{ type: 'mention', mentioned: { id: BOT_ID } }, { type: 'clientInfo' }],
      channelData: { channel: { id: ISPG_CHANNEL }, team: { id: expect.any(String) } },
    });
    await person().types('more', { in: ISPG_CHANNEL, thread: root, mention: false });
    expect(last()).toMatchObject({
      text: 'more',
      replyToId: root,
      conversation: { id: `${ISPG_CHANNEL};messageid=${root}` },
    });
    await person().edits(root, 'other', { in: ISPG_CHANNEL });
    expect(last()).toMatchObject({
      type: 'messageUpdate',
      id: root,
      channelData: { eventType: 'editMessage' },
    });
    await person().reacts(root, 'heart', { in: ISPG_CHANNEL });
    expect(last()).toMatchObject({
      type: 'messageReaction',
      replyToId: root,
      reactionsAdded: [{ type: 'heart' }],
    });
    await person().joinsTeam(ISPG_CHANNEL);
    expect(last()).toMatchObject({
      action: 'add',
      channelData: { team: { id: TEAM.id, aadGroupId: TEAM.groupId } },
    });
    await person().installs();
    expect(heard.slice(-2).map(({ activity }) => activity)).toMatchObject([
      { type: 'conversationUpdate', membersAdded: [{ id: BOT_ID }] },
      { type: 'installationUpdate', action: 'add' },
    ]);
  });
  it('a press carries the button and its inputs, and shows what it was answered with to its person alone', async () => {
    const { room, message, button } = standing(FORM, 'send');
    const done = cardWith({ type: 'TextBlock', text: 'done' });
    answer = { statusCode: 200, type: CARD_TYPE, value: done };
    await person().presses(room, message, button, { days: ['tu', 'we', 'no such'], tick: true });
    const sent = { isso: { action: 'send' }, note: 'as it was', days: 'tu,we', tick: 'true' };
    expect(last()).toMatchObject({
      type: 'invoke',
      name: 'adaptiveCard/action',
      replyToId: message.id,
      value: { trigger: 'manual', action: { type: 'Action.Execute', verb: 'press', data: sent } },
    });
    expect(cardFor(message, BO)).toEqual(done);
    expect(cardFor(message, objectIdOf('other'))).toEqual(FORM);
    answer = { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'Too late.' };
    await person().presses(room, message, button);
    expect([person().lastWords(), cloud.faults]).toEqual(['Too late.', []]);
  });
  it('an older client sends the fallback of a button as a message, with what is empty', async () => {
    const { room, message, button } = standing(FORM, 'plain');
    await person().presses(room, message, button, { note: '' }, { asOldClient: true });
    const value = { isso: { action: 'plain' }, more: 1, note: '', days: '', tick: 'false' };
    expect(last()).toMatchObject({ type: 'message', replyToId: message.id, value });
    expect(last()).not.toHaveProperty('text');
  });
  it('a card that draws itself anew asks so when it is looked at', async () => {
    const action = { type: 'Action.Execute', verb: 'refresh', data: { isso: { action: 'refresh' } } };
    const { room, message } = standing({ ...cardWith(), refresh: { action, userIds: [bo.id] } }, '');
    answer = { statusCode: 200, type: CARD_TYPE, value: cardWith({ type: 'TextBlock', text: 'new' }) };
    await person().refreshes(room, message);
    expect(last()).toMatchObject({ value: { trigger: 'automatic', action: { verb: 'refresh' } } });
    expect(textOf(cardFor(message, BO))).toBe('new');
  });
  it('a dialog opens, is drawn again with what is wrong, and closes as the bot says', async () => {
    const data = { msteams: { type: 'task/fetch' }, isso: { action: 'edit' } };
    const { room, message, button } = standing(
      cardWith({ type: 'ActionSet', actions: [submit('Edit', data)] }),
      'Edit',
    );
    answer = dialog(null);
    await person().presses(room, message, button);
    expect(last()).toMatchObject({ name: 'task/fetch', value: { data: { isso: { action: 'edit' } } } });
    const { id } = open();
    answer = dialog('Too short.');
    await person().submits(open(), { note: 'x' });
    const sent = { isso: { action: 'submit' }, note: 'x' };
    expect(last()).toMatchObject({ name: 'task/submit', value: { data: sent } });
    expect(inputsOf(open().card)).toMatchObject([{ id: 'note', error: 'Too short.' }]);
    expect(open().id).toBe(id);
    answer = { task: { type: 'message', value: 'Thank you.' } };
    await person().submits(open(), { note: 'long enough' });
    expect([person().openDialog(), person().lastWords()]).toEqual([null, 'Thank you.']);
    expect(cloud.faults).toEqual([]);
  });
  it('a command of the message extension brings the message it was called on, and its dialog goes back the same way', async () => {
    answer = dialog(null);
    await person().extension('requestFromMessage', { text: 'Our <system> needs one' });
    const payload = { messagePayload: { body: { content: '<div>Our &lt;system&gt; needs one</div>' } } };
    expect(last()).toMatchObject({
      name: 'composeExtension/fetchTask',
      value: { commandId: 'requestFromMessage', commandContext: 'message', ...payload },
    });
    answer = {};
    await person().submits(open(), {});
    expect(last()).toMatchObject({ name: 'composeExtension/submitAction', value: payload });
    expect(person().openDialog()).toBeNull();
    answer = { composeExtension: { type: 'result', attachmentLayout: 'list', attachments: [] } };
    await person().searches('hub');
    expect(last()).toMatchObject({ value: { parameters: [{ value: 'hub' }], queryOptions: { skip: 0 } } });
    expect(cloud.faults).toEqual([]);
  });
  it('an answer that no client understands is a fault', async () => {
    const { room, message, button } = standing(FORM, 'send');
    answer = { statusCode: 200, type: 'text/plain', value: 'x' };
    await person().presses(room, message, button);
    answer = { task: { type: 'continue', value: { title: '', card: {} } } };
    await person().extension('compose');
    expect(cloud.faults).toContain('a press was answered with text/plain');
    expect(cloud.faults).toContain('dialog: a dialog has no title');
  });
});
