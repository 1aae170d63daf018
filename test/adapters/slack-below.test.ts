/** Details on Slack: in the thread of their message, redrawn with it, and never twice. */
import { describe, expect, test } from 'vitest';
import type { Message } from '../../src/messages/message.ts';
import { say } from '../../src/messages/message.ts';
import { longDigest } from '../support/long-digest.ts';
import { atRequest } from '../support/slack/bare-slack.ts';
import { TAKEN } from '../support/slack/fake-slack.ts';
import { oneRoom } from '../support/slack/one-room.ts';
import { wordsOf } from '../support/slack/person.ts';

const { slack, room, deliver, delivered, find, heads, parts, asksOf } = oneRoom();
const numbersIn = (messages: readonly { readonly blocks: unknown }[]): Set<string> =>
  new Set(
    messages.flatMap(({ blocks }) =>
      [...wordsOf(blocks).matchAll(/status (ISSO-2027-\d{4})/gu)].map(([, number]) => number ?? ''),
    ),
  );
/** The digest with one more line at the end of its details. */
const changed = (message: Message): Message => ({
  ...message,
  below: (message.below ?? []).map((block, index, all) =>
    block.kind === 'list' && index === all.length - 1
      ? { ...block, items: [...block.items, [{ kind: 'text', text: 'New.' }]] }
      : block,
  ),
});

describe('details in Slack', () => {
  test('stand in the thread, and the message says so', async () => {
    await delivered(longDigest(60), 'below-1');
    const [head] = heads();
    expect(heads()).toHaveLength(1);
    expect(wordsOf(head?.blocks)).toContain('The details are in the thread.');
    expect(numbersIn(heads()).size).toBe(15);
    expect(numbersIn(parts()).size).toBe(60);
    expect(head?.text).toContain('Weekly digest');
    expect(head?.text).not.toContain('ISSO-2027-0040');
  });

  test('are redrawn with their message, and what has not changed is left as it is', async () => {
    const id = await delivered(longDigest(60), 'below-2');
    const before = parts().length;
    const asked = slack().asked.length;
    await delivered(changed(longDigest(60)), 'below-2:2', id);
    // The head, and the one part whose words have changed.
    expect(asksOf('chat.update', asked)).toHaveLength(2);
    expect(asksOf('chat.postMessage', asked)).toHaveLength(0);
    expect(parts()).toHaveLength(before);
    expect(wordsOf(parts().at(-1)?.blocks)).toContain('New.');
  });

  test('grow, shrink and go with their message', async () => {
    const id = await delivered(say('Nothing is open.'), 'below-3');
    for (const count of [60, 3, 200, 0]) {
      await delivered(longDigest(count), `below-3:${count}`, id);
      expect(heads()).toHaveLength(1);
      expect(numbersIn(parts()).size).toBe(count);
    }
    expect(parts()).toEqual([]);
    expect(wordsOf(heads()[0]?.blocks)).not.toContain('The details are in the thread.');
  });

  test('that were broken off are completed without doubling', async () => {
    atRequest(slack(), 'chat.postMessage', 3, { lands: null, answers: 'reset' });
    expect(await deliver(longDigest(60), 'below-4')).toEqual({ kind: 'unknown' });
    slack().fate = () => TAKEN;
    const found = await find('below-4');
    if (found.kind !== 'partly-posted') throw new Error(`found ${found.kind}`);
    await delivered(longDigest(60), 'below-4', found.messageId);
    expect(heads()).toHaveLength(1);
    expect(
      room()
        .messages.flatMap(({ blocks }) => [...numbersIn([{ blocks }])])
        .filter((number) => number === 'ISSO-2027-0060'),
    ).toHaveLength(1);
    expect((await find('below-4')).kind).toBe('posted');
  });
});
