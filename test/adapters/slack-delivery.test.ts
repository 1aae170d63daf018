import { describe, expect, test } from 'vitest';
import { button } from '../../src/messages/button.ts';
import { line, text, time } from '../../src/messages/inline.ts';
import { bullets, card, type Message, paragraph, say } from '../../src/messages/message.ts';
import { atRequest, heardFrom } from '../support/slack/bare-slack.ts';
import { TAKEN } from '../support/slack/fake-slack.ts';
import { BO, oneRoom } from '../support/slack/one-room.ts';
import { slackPerson } from '../support/slack/person.ts';
import { aMessage, BOT_USER, type SlackMessage } from '../support/slack/world.ts';
import { objectsIn } from '../support/slack-block-kit.ts';

const { slack, bot, room, deliver, delivered, find, heads, parts, asksOf } = oneRoom();

/** A weekly digest of so many engagements, each with a mark that is found again. */
const digest = (count: number): Message =>
  card(
    'Weekly digest',
    [
      paragraph(`${count} engagements are open.`),
      bullets(
        Array.from(
          { length: count },
          (_, index) => `mark[${index}] System ${index} waits for its reviewers.`,
        ),
      ),
    ],
    [button('status', 'Show all', { verb: 'status', subject: '' }, 'status')],
  );
const marksOf = (messages: readonly SlackMessage[]): number[] =>
  messages.flatMap(({ blocks }) =>
    [...JSON.stringify(blocks).matchAll(/mark\[(\d+)\]/gu)].map(([, digits]) => Number(digits)),
  );
const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

describe('a message', () => {
  test('is posted with its whole meaning in words beside its blocks, and carries its key unseen', async () => {
    const request = card(
      'Request filed',
      [paragraph('Your request ISSO-2026-0042 waits for its reviewers.')],
      [button('status', 'Show it', { verb: 'status', subject: 'ISSO-2026-0042' }, 'status ISSO-2026-0042')],
    );
    await delivered(request, 'filed-1');
    const [posted] = room().messages;
    expect(posted?.user).toBe(BOT_USER);
    expect(posted?.text).toContain('Request filed');
    expect(posted?.text).toContain('ISSO-2026-0042 waits for its reviewers');
    expect(posted?.text).toContain('status ISSO-2026-0042');
    expect(posted?.blocks.map((block) => (block as { type: string }).type)).toEqual(
      expect.arrayContaining(['header', 'actions']),
    );
    expect(posted?.metadata).toMatchObject({
      event_type: 'isso_delivery',
      event_payload: { key: 'filed-1' },
    });
    expect(asksOf('chat.postMessage').at(-1)?.args).toMatchObject({ unfurl_links: false, parse: 'none' });
  });

  test('is redrawn where it stands', async () => {
    const id = await delivered(say('It waits.'), 'card-1');
    expect(await delivered(say('It is accepted.'), 'card-1:2', id)).toBe(id);
    expect(room().messages).toMatchObject([{ text: 'It is accepted.', edits: 1 }]);
  });

  test('that was deleted in Slack is gone, and nothing is posted in its place unasked', async () => {
    const id = await delivered(say('It waits.'), 'card-2');
    room().messages.length = 0;
    expect(await deliver(say('It is accepted.'), 'card-2:2', id)).toEqual({ kind: 'gone' });
    expect(room().messages).toEqual([]);
  });

  test('is found by its key behind hundreds of later ones', async () => {
    const id = await delivered(say('Long ago'), 'old-1');
    for (const place of upTo(450)) room().messages.push({ ...later(), text: `talk ${place}` });
    const asked = slack().asked.length;
    expect(await find('old-1')).toEqual({ kind: 'posted', messageId: id });
    expect(asksOf('conversations.history', asked)).toHaveLength(3);
    expect(await find('never-posted')).toEqual({ kind: 'not-posted' });
  });

  test('is not found when somebody else posted one that bears its key', async () => {
    room().messages.push({
      ...later(),
      metadata: { event_type: 'other_app', event_payload: { key: 'mine' } },
    });
    expect(await find('mine')).toEqual({ kind: 'not-posted' });
  });

  test('says its times by a date token with the words beside it for whoever sees no token', async () => {
    const at = new Date('2026-12-01T18:00:00Z');
    await delivered(say(line`The kickoff is on ${time(at)}.`), 'time-1');
    const [posted] = room().messages;
    const seconds = at.getTime() / 1_000;
    const drawn = objectsIn(posted?.blocks).filter(({ type }) => type === 'date');
    const tokens = [...JSON.stringify(posted?.blocks).matchAll(/<!date\^(\d+)\^[^|>]*\|([^>]*)>/gu)];
    const shown = [
      ...drawn.map(({ timestamp, fallback }) => [timestamp, fallback]),
      ...tokens.map(([, stamp, fallback]) => [Number(stamp), fallback]),
    ];
    expect(shown).toEqual([
      [seconds, expect.stringMatching(/Dec\w* 1, 2026.*1:00.*E(?:astern Time|[SD]?T)/u)],
    ]);
    expect(posted?.text).toMatch(/Dec\w* 1, 2026.*1:00.*E(?:astern Time|[SD]?T)/u);
  });

  const later = () => aMessage({ ts: slack().world.nextTs(), user: 'U0BO', text: 'talk' });
});

describe('a digest of 600 engagements', () => {
  const within = (message: SlackMessage): void => {
    expect(message.blocks.length).toBeLessThanOrEqual(45);
    expect(JSON.stringify(message.blocks).length + JSON.stringify(message.text).length).toBeLessThanOrEqual(
      12_000,
    );
  };

  test('stands within the limits of a message, the rest in its thread, in order and in full', async () => {
    await delivered(digest(600), 'digest-1');
    expect(heads()).toHaveLength(1);
    expect(parts().length).toBeGreaterThan(1);
    room().messages.forEach(within);
    expect(marksOf(room().messages)).toEqual(upTo(600));
    expect(JSON.stringify(heads()[0]?.blocks)).toContain('Show all');
  });

  test.each([
    ['after the part had landed', 0],
    ['before the part had landed', null],
  ])('that was broken off %s is completed without doubling', async (_when, lands) => {
    atRequest(slack(), 'chat.postMessage', 4, { lands, answers: 'reset' });
    expect(await deliver(digest(600), 'digest-2')).toEqual({ kind: 'unknown' });
    await slack().landed();
    slack().fate = () => TAKEN;
    const found = await find('digest-2');
    if (found.kind !== 'partly-posted') throw new Error(`found ${found.kind}`);
    expect(await delivered(digest(600), 'digest-2', found.messageId)).toBe(found.messageId);
    expect(heads()).toHaveLength(1);
    expect(marksOf(room().messages)).toEqual(upTo(600));
    expect(await find('digest-2')).toEqual({
      kind: 'posted',
      messageId: found.messageId,
    });
  });

  test('that was never answered is found whole, and not posted again', async () => {
    atRequest(slack(), 'chat.postMessage', 1, { lands: 0, answers: 'truncated' });
    expect(await deliver(digest(20), 'digest-3')).toEqual({ kind: 'unknown' });
    await slack().landed();
    slack().fate = () => TAKEN;
    expect((await find('digest-3')).kind).toBe('posted');
  });

  test('leaves no part behind that a shorter drawing has no need of', async () => {
    const id = await delivered(digest(600), 'digest-4');
    const before = parts().length;
    await delivered(digest(300), 'digest-4:2', id);
    expect(parts().length).toBeLessThan(before);
    expect(marksOf(room().messages)).toEqual(upTo(300));
    await delivered(digest(3), 'digest-4:3', id);
    expect(parts()).toEqual([]);
    expect(marksOf(room().messages)).toEqual([0, 1, 2]);
  });

  test('grows again in its thread', async () => {
    const id = await delivered(digest(3), 'digest-5');
    await delivered(digest(400), 'digest-5:2', id);
    expect(marksOf(room().messages)).toEqual(upTo(400));
    expect(heads()).toHaveLength(1);
  });
});

describe('a digest whose button is pressed', () => {
  const BUTTON = {
    actionId: 'press:status',
    blockId: 'actions:1',
    label: 'Show all',
    value: JSON.stringify({ verb: 'status', subject: '' }),
  };

  /** Somebody presses the button of `pressed`; the bot redraws that message so. */
  async function redrawn(pressed: SlackMessage, drawn: Message): Promise<void> {
    const { adapter } = bot();
    const heard = await heardFrom(slack(), adapter);
    await adapter.start(async (event, reply) => {
      const done = reply.update(drawn, 'America/New_York');
      await done;
      return { kind: 'accepted', heard: event, done };
    });
    const { status } = await slackPerson(heard.wire, BO).presses(room().id, pressed, BUTTON);
    expect(status).toBe(200);
    await adapter.idle();
    await heard.close();
  }
  const head = (): SlackMessage => {
    const [first] = heads();
    if (!first) throw new Error('nothing stands there');
    return first;
  };

  test('is redrawn in its thread as well, shorter and longer, and its key stays', async () => {
    await delivered(digest(600), 'digest-6');
    for (const count of [300, 3, 400]) {
      await redrawn(head(), digest(count));
      expect(marksOf(room().messages)).toEqual(upTo(count));
      expect(heads()).toHaveLength(1);
    }
    expect((await find('digest-6')).kind).toBe('posted');
  });

  test('leaves alone what people and other messages of the bot have said below it', async () => {
    await delivered(digest(600), 'digest-7');
    room().messages.push(
      aMessage({ ts: slack().world.nextTs(), user: BO, threadTs: head().ts, text: 'talk' }),
    );
    const before = slack().asked.length;
    await redrawn(head(), digest(3));
    expect(parts().map(({ text: words }) => words)).toEqual(['talk']);
    // A press on a message below it finds its own thread, and takes nothing away there.
    const below = { ...head(), ts: slack().world.nextTs(), threadTs: head().ts };
    room().messages.push(below);
    await redrawn(below, digest(200));
    await redrawn(head(), digest(5));
    const [own] = heads();
    expect(marksOf(own ? [own] : [])).toEqual(upTo(5));
    expect(marksOf(parts())).toEqual(upTo(200));
    expect(asksOf('chat.delete', before).length).toBeGreaterThan(0);
  });

  test('is not looked at again when nothing stands below it', async () => {
    await delivered(digest(3), 'digest-8');
    const before = slack().asked.length;
    await redrawn(head(), digest(2));
    expect(marksOf(room().messages)).toEqual(upTo(2));
    expect(asksOf('conversations.replies', before)).toEqual([]);
  });
});

describe('plain words', () => {
  test('of 30,000 characters are all there', async () => {
    const words = Array.from({ length: 3_000 }, (_, index) => `word${index}`).join(' ');
    await delivered({ blocks: [paragraph([text(words)])], buttons: [] }, 'long-1');
    const shown = JSON.stringify(room().messages.map(({ blocks }) => blocks));
    const seen = [...shown.matchAll(/word(\d+)/gu)].map(([, digits]) => Number(digits));
    expect(seen).toEqual(upTo(3_000));
  });
});
