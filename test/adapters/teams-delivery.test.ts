import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { button } from '../../src/messages/button.ts';
import { line, text, time } from '../../src/messages/inline.ts';
import { CARD_BUDGET_BYTES, jsonBytes } from '../../src/messages/limits.ts';
import { bullets, card, type Message, paragraph, say } from '../../src/messages/message.ts';
import type { Address, Attachment, Delivered, DeliveryFailure } from '../../src/ports.ts';
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
import { buttonsOf, elementsOf, textOf } from '../support/teams/cards.ts';
import { type Asked, type FakeCloud, startFakeCloud, TAKEN } from '../support/teams/fake-cloud.ts';
import { teamsPerson } from '../support/teams/person.ts';
import type { What } from '../support/teams/routes.ts';
import {
  addUser,
  BOT_ID,
  ISPG_CHANNEL,
  objectIdOf,
  TEAM,
  TENANT,
  type TeamsConversation,
  type TeamsMessage,
} from '../support/teams/world.ts';

const BO = objectIdOf('bo');
const TO_BO = addressOf(BO);
let cloud: FakeCloud;
let bot: BareTeams;
let room: TeamsConversation;
let channel: TeamsConversation;

beforeAll(async () => {
  cloud = await startFakeCloud();
  addUser(cloud.world, { objectId: BO, name: 'Bo Owner' });
});
afterAll(() => cloud.stop());
beforeEach(() => {
  bot = bareTeams({ settings: settingsFor(cloud.url) });
  cloud.fate = () => TAKEN;
  cloud.forget();
  room = cloud.world.personal(BO);
  channel = conversationCalled(ISPG_CHANNEL);
  for (const { messages } of [room, channel]) messages.length = 0;
});
afterEach(async () => {
  await bot.adapter.stop();
  // What Teams takes is asserted by the made-up cloud itself: no member that it does not know, no path that it does not have.
  expect(cloud.faults).toEqual([]);
});

function conversationCalled(id: string): TeamsConversation {
  const found = cloud.world.conversations.get(id);
  if (!found) throw new Error(`there is no conversation ${id}`);
  return found;
}
const deliver = (
  to: Address,
  message: Message,
  edits: string | null = null,
  attachment: Attachment | null = null,
): Promise<Delivered | DeliveryFailure> => bot.adapter.deliver(to, message, 'key-1', edits, attachment);
/** Delivers what is taken, and answers the name of the message. */
async function delivered(...given: Parameters<typeof deliver>): Promise<string> {
  const outcome = await deliver(...given);
  expect(outcome.kind).toBe('delivered');
  return (outcome as Delivered).messageId;
}
const asksOf = (what: What): Asked[] => cloud.asked.filter((each) => each.what === what);
/** What the connector was asked, beside signing in. */
const asked = (): What[] => cloud.asked.map(({ what }) => what).filter((what) => what !== 'token');
const only = ({ messages }: TeamsConversation): TeamsMessage => {
  expect(messages).toHaveLength(1);
  return messages[0] as TeamsMessage;
};
/** What the adapter would know of Bo from before. */
const knowing = (conversation: string): Promise<void> =>
  bot.installations.put(
    {
      platform: 'teams',
      id: `person/${TO_BO.id}`,
      sealed: JSON.stringify({
        serviceUrl: cloud.serviceUrl,
        conversation,
        member: cloud.world.users.get(BO)?.id ?? null,
        roster: null,
        timeZone: null,
        locale: null,
        isRemoved: false,
      }),
    },
    new Date(),
  );

const CARD = card(
  'Request filed',
  [paragraph('Your request ISSO-2026-0042 waits for its reviewers.')],
  [button('status', 'Show it', { verb: 'status', subject: 'ISSO-2026-0042' }, 'status ISSO-2026-0042')],
);

describe('a message to somebody', () => {
  test('who never spoke is posted into a conversation that is opened for it, once and for all', async () => {
    const id = await delivered(TO_BO, say('It waits.'));
    expect(asked()).toEqual(['create', 'post']);
    expect(asksOf('create')[0]?.body).toEqual({
      bot: { id: BOT_ID },
      members: [{ id: BO }],
      isGroup: false,
      tenantId: TENANT,
      channelData: { tenant: { id: TENANT } },
    });
    expect(id).toBe(`${room.id}/${only(room).id}`);
    await delivered(TO_BO, say('It is accepted.'));
    expect(asked()).toEqual(['create', 'post', 'post']);
  });

  test('who spoke is posted where they spoke', async () => {
    const heard = await heardFrom(cloud, bot.adapter);
    await teamsPerson(heard.wire, BO).types('hi');
    await heard.close();
    await delivered(TO_BO, say('It waits.'));
    expect(asked()).toEqual(expect.not.arrayContaining(['create']));
    expect(asksOf('post')).toMatchObject([
      { conversation: room.id, body: { conversation: { id: room.id }, from: { id: BOT_ID } } },
    ]);
  });

  test('is known to the next process as well', async () => {
    await delivered(TO_BO, say('It waits.'));
    const other = bareTeams({ settings: settingsFor(cloud.url), installations: bot.installations });
    expect((await other.adapter.deliver(TO_BO, say('Still.'), 'key-2', null, null)).kind).toBe('delivered');
    expect(asksOf('create')).toHaveLength(1);
    await other.adapter.stop();
  });

  test.each([
    ['does not exist any more', 'a:1long-gone', null],
    ['lost the bot', null, { status: 403, code: 'BotNotInConversationRoster' }],
    ['is gone without a word', null, { status: 404, body: 'nothing here' }],
  ])('whose conversation %s is posted into another, opened once', async (_why, gone, answers) => {
    await knowing(gone ?? room.id);
    if (answers) atRequest(cloud, 'post', 1, { lands: null, answers });
    await delivered(TO_BO, say('It waits.'));
    expect(asked()).toEqual(['post', 'create', 'post']);
    expect(only(room).text).toBe('It waits.');
    expect(bot.troubles).toEqual([]);
  });

  test('whose new conversation is gone as well is left, and the administrator hears why', async () => {
    await knowing('a:1long-gone');
    refuseAll(cloud, 'post', { status: 403, code: 'BotNotInConversationRoster' });
    expect(await deliver(TO_BO, say('It waits.'))).toEqual({ kind: 'gone' });
    expect(asked()).toEqual(['post', 'create', 'post']);
    expect(bot.troubles).toMatchObject([
      { code: 'BotNotInConversationRoster', mend: expect.stringMatching(/install it there/u) },
    ]);
  });

  test('with buttons is a card whose whole meaning stands beside it in words', async () => {
    await delivered(TO_BO, CARD);
    const { card: drawn, summary, text: words } = only(room);
    expect(words).toBe('');
    expect(textOf(drawn)).toContain('Request filed');
    expect(buttonsOf(drawn).map(({ label, kind }) => [label, kind])).toEqual([['Show it', 'execute']]);
    for (const part of ['Request filed', 'waits for its reviewers', 'status ISSO-2026-0042']) {
      expect(summary).toContain(part);
      expect(drawn?.fallbackText).toContain(part);
    }
  });

  test('says its times in the zone of its reader', async () => {
    await delivered(TO_BO, say(line`The kickoff is on ${time(new Date('2026-12-01T18:00:00Z'))}.`));
    expect(only(room).text).toMatch(/Dec\w* 1, 2026.*1:00.*E(?:astern Time|[SD]?T)/u);
  });
});

describe('a message to a channel', () => {
  test('begins a thread of its own', async () => {
    const id = await delivered(TO_ISPG, CARD);
    expect(asked()).toEqual(['create']);
    expect(asksOf('create')[0]?.body).toMatchObject({
      bot: { id: BOT_ID },
      isGroup: true,
      tenantId: TENANT,
      channelData: { channel: { id: ISPG_CHANNEL }, tenant: { id: TENANT } },
      activity: { type: 'message' },
    });
    const posted = only(channel);
    expect(posted.root).toBe(posted.id);
    expect(id).toBe(`${ISPG_CHANNEL};messageid=${posted.id}/${posted.id}`);
  });

  test('that the bot was taken out of is gone', async () => {
    channel.hasBot = false;
    expect(await deliver(TO_ISPG, CARD)).toEqual({ kind: 'gone' });
    channel.hasBot = true;
    expect(bot.troubles).toHaveLength(1);
  });

  test('that is not set is gone, and nothing is asked', async () => {
    const { app } = settingsFor(cloud.url);
    const other = bareTeams({
      settings: settingsFor(cloud.url, { app, channels: { ispg: null, issoaas: null } }),
    });
    expect(await other.adapter.deliver(TO_ISPG, CARD, 'key-1', null, null)).toEqual({ kind: 'gone' });
    expect(other.adapter.hasChannel('ispg')).toBe(false);
    expect(asked()).toEqual([]);
    await other.adapter.stop();
  });
});

describe('the first message', () => {
  test.each<readonly [string, (person: ReturnType<typeof teamsPerson>) => Promise<unknown>]>([
    ['words', (person) => person.types('hi', { in: TEAM.id })],
    ['the app being added to a team', (person) => person.joinsTeam(TEAM.id)],
  ])('goes to the cloud’s own service, until a real one is heard of: by %s', async (how, tell) => {
    const late = addUser(cloud.world, { objectId: objectIdOf(`late ${how}`), name: 'Late' });
    await delivered(addressOf(late.objectId), say('It waits.'));
    expect(asksOf('create').map(({ region }) => region)).toEqual(['teams']);
    const later = addUser(cloud.world, {
      objectId: objectIdOf(`later ${how}`),
      name: 'Later',
      email: `later.${how.length}@demo.cms.example`,
    });
    channel.members.add(later.objectId);
    expect(await bot.adapter.userWithEmail(later.email ?? '')).toBe(addressOf(later.objectId).id);
    const region = await cloud.addRegion('emea');
    let heard: Heard | null = null;
    try {
      heard = await heardFrom(cloud, bot.adapter);
      const wire = { ...heard.wire, serviceUrl: () => region.serviceUrl };
      await tell(teamsPerson(wire, BO));
      await bot.adapter.idle();
      cloud.forget();
      await delivered(addressOf(later.objectId), say('It waits.'));
      await delivered(TO_ISPG, CARD);
      const made = cloud.asked.filter(({ what }) => what !== 'token');
      expect(made.map(({ what, region: name }) => [what, name])).toEqual([
        ['create', 'emea'],
        ['post', 'emea'],
        ['create', 'emea'],
      ]);
    } finally {
      await heard?.close();
      await region.stop();
    }
  });
});

describe('a message that changes', () => {
  test.each([
    ['to somebody', TO_BO],
    ['to a channel', TO_ISPG],
  ])('%s is redrawn where it stands', async (_whom, to) => {
    const id = await delivered(to, say('It waits.'));
    expect(await delivered(to, CARD, id)).toBe(id);
    const { edits, card: drawn } = only(to === TO_BO ? room : channel);
    expect(edits).toBe(1);
    expect(textOf(drawn)).toContain('Request filed');
    expect(asksOf('update')).toHaveLength(1);
  });

  test.each([
    ['to somebody', TO_BO],
    ['to a channel', TO_ISPG],
  ])('%s and was deleted is gone, and nothing is posted in its place unasked', async (_whom, to) => {
    const id = await delivered(to, say('It waits.'));
    const place = to === TO_BO ? room : channel;
    place.messages.length = 0;
    expect(await deliver(to, say('It is accepted.'), id)).toEqual({ kind: 'gone' });
    expect(place.messages).toEqual([]);
    expect(bot.troubles).toEqual([]);
  });

  test('can be drawn anew by the client of its reader, and of nobody else', async () => {
    const heard = await heardFrom(cloud, bot.adapter);
    const id = cloud.world.users.get(BO)?.id;
    await teamsPerson(heard.wire, BO).types('hi');
    await heard.close();
    room.messages.length = 0;
    await delivered(TO_BO, CARD);
    expect(only(room).card?.refresh).toMatchObject({ userIds: [id], action: { verb: 'refresh' } });
    await delivered(TO_ISPG, CARD);
    expect(only(channel).card?.refresh).toBeUndefined();
  });
});

const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

describe('a file that goes with a message', () => {
  test('stands in the card when it is a picture, with what it shows, and never as an address', async () => {
    const picture: Attachment = {
      name: 'answers.png',
      type: 'image/png',
      content: PIXEL,
      encoding: 'base64',
      altText: 'Four of five were content.',
    };
    await delivered(TO_BO, say('See the picture.'), null, picture);
    const { card: drawn } = only(room);
    expect([...elementsOf(drawn ?? {})].filter(({ type }) => type === 'Image')).toMatchObject([
      { url: `data:image/png;base64,${PIXEL}`, altText: 'Four of five were content.' },
    ]);
    expect(drawn?.fallbackText).toContain('Four of five were content.');
  });

  test('says all that a picture of many numbers shows', async () => {
    const altText = `${'day 7: 21 open, 20 planned; '.repeat(30)}the end.`;
    await delivered(TO_BO, say('See the picture.'), null, {
      name: 'burn-down.png',
      type: 'image/png',
      content: PIXEL,
      encoding: 'base64',
      altText,
    });
    const images = [...elementsOf(only(room).card ?? {})].filter(({ type }) => type === 'Image');
    expect(images).toMatchObject([{ altText }]);
  });

  test('is said to come by mail when it is any other', async () => {
    const list: Attachment = { name: 'engagements.csv', type: 'text/csv', content: 'number\r\n1\r\n' };
    await delivered(TO_BO, say('See the list.'), null, list);
    const { card: drawn, summary, text: words } = only(room);
    for (const said of [`${words}${textOf(drawn)}`, summary]) {
      expect(said).toContain('engagements.csv');
      expect(said).toContain('e-mail');
    }
  });
});

describe('a message of any length', () => {
  const MANY = Array.from({ length: 2_000 }, (_, index) => `System ${index} waits for its reviewers.`);
  test('is one card that Teams has room for, and says what is left out', async () => {
    await delivered(TO_BO, card('Weekly digest', [bullets(MANY)], CARD.buttons));
    const { card: drawn } = only(room);
    expect(jsonBytes(drawn)).toBeLessThanOrEqual(CARD_BUDGET_BYTES);
    expect(textOf(drawn)).toContain('System 0 waits');
    expect(buttonsOf(drawn).map(({ label }) => label)).toEqual(['Show it']);
    expect(textOf(drawn)).toMatch(/more|no room/u);
  });

  test('of plain words is one text, and says what is left out', async () => {
    await delivered(TO_BO, { blocks: [paragraph([text(MANY.join(' '))])], buttons: [] });
    const { text: words, card: drawn } = only(room);
    expect(drawn).toBeNull();
    expect(words).toMatch(/^System 0 waits[\s\S]*no room here for [\d,]+ more characters/u);
  });
});

test('what was posted can’t be read back', async () => {
  await delivered(TO_BO, say('It waits.'));
  expect(await bot.adapter.findPosted(TO_BO, 'key-1', new Date(0))).toEqual({ kind: 'cannot-tell' });
});
