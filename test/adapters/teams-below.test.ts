/** Details in Teams: replies below a channel's post, following messages in a chat, redrawn with their message, and never twice. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { button } from '../../src/messages/button.ts';
import { type Message, say } from '../../src/messages/message.ts';
import type { Address, Delivered } from '../../src/ports.ts';
import { longDigest } from '../support/long-digest.ts';
import {
  addressOf,
  atRequest,
  type BareTeams,
  bareTeams,
  heardFrom,
  refuseAll,
  settingsFor,
  TO_ISPG,
} from '../support/teams/bare-teams.ts';
import { buttonsOf, textOf } from '../support/teams/cards.ts';
import { type FakeCloud, startFakeCloud, TAKEN } from '../support/teams/fake-cloud.ts';
import { teamsPerson } from '../support/teams/person.ts';
import type { What } from '../support/teams/routes.ts';
import {
  addUser,
  ISPG_CHANNEL,
  objectIdOf,
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
  channel = cloud.world.conversations.get(ISPG_CHANNEL) ?? room;
  for (const { messages } of [room, channel]) messages.length = 0;
});
afterEach(async () => {
  await bot.adapter.stop();
  expect(cloud.faults).toEqual([]);
});

async function delivered(
  to: Address,
  message: Message,
  key: string,
  edits: string | null = null,
): Promise<string> {
  const outcome = await bot.adapter.deliver(to, message, key, edits, null);
  expect(outcome.kind).toBe('delivered');
  return (outcome as Delivered).messageId;
}
const asks = (what: What): number => cloud.asked.filter((each) => each.what === what).length;
const wordsOf = ({ card, text }: TeamsMessage): string => `${text}\n${card ? textOf(card) : ''}`;
const numbersIn = (messages: readonly TeamsMessage[]): string[] => [
  ...new Set(
    messages.flatMap((each) =>
      [...wordsOf(each).matchAll(/status (ISSO-2027-\d{4})/gu)].map(([, number]) => number ?? ''),
    ),
  ),
];
const repliesIn = ({ messages }: TeamsConversation): TeamsMessage[] =>
  messages.filter(({ id, root }) => root !== id);
const headsIn = ({ messages }: TeamsConversation): TeamsMessage[] =>
  messages.filter(({ id, root }) => root === id);

describe('details of a post in a channel', () => {
  test('are replies in its thread, and the post says so', async () => {
    await delivered(TO_ISPG, longDigest(60), 'below-1');
    const [head] = headsIn(channel);
    expect(headsIn(channel)).toHaveLength(1);
    expect(head && wordsOf(head)).toContain('The details are in the replies to this post.');
    expect(head && numbersIn([head])).toHaveLength(15);
    expect(repliesIn(channel).every(({ root }) => root === head?.id)).toBe(true);
    expect(numbersIn(repliesIn(channel))).toHaveLength(60);
  });

  test('are redrawn with it by the next process as well, and what has not changed is left as it is', async () => {
    const id = await delivered(TO_ISPG, longDigest(60), 'below-2');
    const before = repliesIn(channel).length;
    expect(before).toBeGreaterThan(1);
    cloud.forget();
    const other = bareTeams({ settings: settingsFor(cloud.url), installations: bot.installations });
    await bot.adapter.stop();
    bot = other;
    const { below = [], ...head } = longDigest(60);
    await delivered(
      TO_ISPG,
      { ...head, below: [...below, { kind: 'note', line: [{ kind: 'text', text: 'It ends here.' }] }] },
      'below-2:2',
      id,
    );
    // The head, and the one part whose words have changed.
    expect([asks('create'), asks('post'), asks('update'), asks('delete')]).toEqual([0, 0, 2, 0]);
    expect(repliesIn(channel)).toHaveLength(before);
    expect(repliesIn(channel).map(wordsOf).join()).toContain('It ends here.');
  });

  test('grow, shrink and go with it', async () => {
    const id = await delivered(TO_ISPG, say('Nothing is open.'), 'below-3');
    for (const count of [60, 3, 200, 0]) {
      await delivered(TO_ISPG, longDigest(count), `below-3:${count}`, id);
      expect(headsIn(channel)).toHaveLength(1);
      expect(numbersIn(repliesIn(channel))).toHaveLength(count);
    }
    expect(repliesIn(channel)).toEqual([]);
    // Nothing is kept of what is over.
    expect([...bot.installations.rows.keys()].filter((key) => key.startsWith('begun/'))).toEqual([]);
  });

  test('that were broken off are completed, and the post is not made again', async () => {
    atRequest(cloud, 'post', 2, { lands: null, answers: { status: 429 } });
    expect(await bot.adapter.deliver(TO_ISPG, longDigest(60), 'below-4', null, null)).toEqual({
      kind: 'unknown',
    });
    expect(repliesIn(channel)).toHaveLength(1);
    cloud.fate = () => TAKEN;
    const found = await bot.adapter.findPosted(TO_ISPG, 'below-4', new Date(0));
    if (found.kind !== 'partly-posted') throw new Error(`found ${found.kind}`);
    await delivered(TO_ISPG, longDigest(60), 'below-4', found.messageId);
    expect(headsIn(channel)).toHaveLength(1);
    expect(numbersIn(repliesIn(channel))).toHaveLength(60);
    expect(await bot.adapter.findPosted(TO_ISPG, 'below-4', new Date(0))).toEqual({ kind: 'cannot-tell' });
  });

  test('that Teams takes neither now nor later are left out, and the post stands', async () => {
    refuseAll(cloud, 'post', { status: 413, code: 'MessageSizeTooBig' });
    await delivered(TO_ISPG, longDigest(60), 'below-5');
    expect(headsIn(channel)).toHaveLength(1);
    expect(bot.troubles).toMatchObject([{ code: 'MessageSizeTooBig' }]);
  });

  test('that somebody has taken away are posted again', async () => {
    const id = await delivered(TO_ISPG, longDigest(3), 'below-6');
    channel.messages.splice(1, 1);
    await delivered(TO_ISPG, longDigest(4), 'below-6:2', id);
    expect(numbersIn(repliesIn(channel))).toHaveLength(4);
  });
});

describe('details of a message in a chat', () => {
  test('stand after the rest where one card has room for them', async () => {
    await delivered(TO_BO, longDigest(3), 'below-7');
    expect(room.messages).toHaveLength(1);
    expect(wordsOf(room.messages[0] as TeamsMessage).match(/status ISSO-2027-0003/gu)).toHaveLength(2);
    expect(wordsOf(room.messages[0] as TeamsMessage)).not.toContain('The details are');
  });

  test('follow where they are too long, and come back into the card when they are short again', async () => {
    const id = await delivered(TO_BO, longDigest(60), 'below-8');
    expect(room.messages.length).toBeGreaterThan(1);
    expect(wordsOf(room.messages[0] as TeamsMessage)).toContain(
      'The details are in what follows this message.',
    );
    expect(numbersIn(room.messages.slice(1))).toHaveLength(60);
    await delivered(TO_BO, longDigest(3), 'below-8:2', id);
    expect(room.messages).toHaveLength(1);
    expect(numbersIn(room.messages)).toHaveLength(3);
  });
});

test('details of a post whose button is pressed are redrawn in its thread', async () => {
  const digest = (count: number): Message => ({
    ...longDigest(count),
    buttons: [button('more', 'Show more', { verb: 'digest.more', subject: '' }, 'digest')],
  });
  await delivered(TO_ISPG, digest(60), 'below-9');
  channel.members.add(BO);
  let redrawn: Promise<void> = Promise.resolve();
  const heard = await heardFrom(cloud, bot.adapter, (_event, reply) => {
    redrawn = reply.update(digest(2), 'America/New_York');
    return redrawn;
  });
  const [head] = headsIn(channel);
  const [shown] = buttonsOf(head?.card ?? null);
  if (!head || !shown) throw new Error('nothing stands there to press');
  const answer = await teamsPerson(heard.wire, BO).presses(channel, head, shown);
  expect(answer.status).toBe(200);
  await redrawn;
  await heard.close();
  expect(headsIn(channel)).toHaveLength(1);
  expect(numbersIn(repliesIn(channel))).toHaveLength(2);
});
