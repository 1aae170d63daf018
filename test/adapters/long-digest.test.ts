/** However many engagements a digest tells of, and whatever people have written, no platform gets more than it takes. */
import { simpleParser } from 'mailparser';
import { describe, expect, test } from 'vitest';
import { renderMessage as onConsole } from '../../adapters/console/render-message.ts';
import { renderMail } from '../../adapters/email/render-mail.ts';
import { renderMessage as onSlack } from '../../adapters/slack/render-message.ts';
import { renderWhole } from '../../adapters/teams/render-below.ts';
import { CARD_BUDGET_BYTES, jsonBytes } from '../../src/messages/limits.ts';
import { longDigest } from '../support/long-digest.ts';
import { wordsOf } from '../support/slack/person.ts';
import { expectPart } from '../support/slack-block-kit.ts';
import { textOf } from '../support/teams/cards.ts';
import { expectCard } from '../support/teams/drawn-cards.ts';

const READER = { timeZone: 'America/New_York' };
const HOSTILE = `<!channel> *bold* [link](https://x.example) & "quoted" ${'long '.repeat(120)}`;
const numbersIn = (words: string): Set<string> => new Set(words.match(/ISSO-2027-\d{4}/gu));
const all = (count: number): Set<string> =>
  new Set(Array.from({ length: count }, (_, place) => `ISSO-2027-${String(place + 1).padStart(4, '0')}`));

describe.each([0, 1, 60, 600])('a digest of %i engagements', (count) => {
  const digest = longDigest(count);

  test('has at most 45 blocks and 12,000 characters in each message of Slack, and loses nothing', () => {
    const { thread, ...head } = onSlack(digest, READER);
    for (const { text, blocks } of [head, ...thread]) {
      expectPart({ text, blocks });
      expect(blocks.length).toBeLessThanOrEqual(45);
      expect(JSON.stringify(blocks).length + JSON.stringify(text).length).toBeLessThanOrEqual(12_000);
    }
    expect(numbersIn(thread.map(({ blocks }) => wordsOf(blocks)).join('\n'))).toEqual(all(count));
    expect(wordsOf(head.blocks)).toContain(`Open: ${count}`);
  });

  test.each(['thread', 'chat'] as const)(
    'has cards of at most 25 kB in Teams, in a %s, and loses nothing',
    (place) => {
      const reader = { ...READER, timesBeside: place === 'thread', token: 't'.repeat(12) };
      const { head, parts } = renderWhole(digest, reader, null, place);
      const cards = [head, ...parts].flatMap(({ attachments = [] }) =>
        attachments.map(({ content }) => content),
      );
      for (const card of cards) {
        expect(jsonBytes(card)).toBeLessThanOrEqual(CARD_BUDGET_BYTES);
        expectCard(card);
      }
      const shown = cards.map((card) => textOf({ ...card })).join('\n');
      expect(numbersIn(shown)).toEqual(all(count));
      expect(shown).not.toMatch(/… and [\d,]+ more|no room/u);
    },
  );

  test('has a short card in the console, with all of it in its fold and in its words', () => {
    const { card, text } = onConsole(digest, READER);
    const { body } = card as { readonly body: readonly { readonly type: string; readonly id?: string }[] };
    const below = body.filter(({ id }) => id === 'below');
    expect(below).toHaveLength(count === 0 ? 0 : 1);
    expect(
      jsonBytes({ ...(card as object), body: body.filter(({ id }) => id !== 'below') }),
    ).toBeLessThanOrEqual(CARD_BUDGET_BYTES);
    expect(numbersIn(JSON.stringify(below))).toEqual(all(count));
    expect(numbersIn(text)).toEqual(all(count));
  });

  test('says all of it in a mail', async () => {
    const mail = await renderMail({
      from: 'isso@example.gov',
      to: { platform: 'email', id: 'bo@example.gov', ...READER },
      message: digest,
      key: 'digest',
      attachment: null,
    });
    expect(numbersIn((await simpleParser(mail)).text ?? '')).toEqual(all(count));
  });
});

test('words of people make no message larger than a platform takes', () => {
  const digest = longDigest(600, HOSTILE);
  const { thread, ...head } = onSlack(digest, READER);
  [head, ...thread].forEach(expectPart);
  const drawn = renderWhole(digest, { ...READER, timesBeside: true, token: 't' }, null, 'thread');
  for (const { attachments = [] } of [drawn.head, ...drawn.parts])
    for (const { content } of attachments) expectCard(content);
  // What even the last part has no room for is counted.
  const last = drawn.parts.at(-1)?.attachments?.[0]?.content;
  expect(last && textOf({ ...last })).toMatch(/There is no room for [\d,]+ more characters of details\./u);
  expect(wordsOf(thread.at(-1)?.blocks)).toMatch(/There is no room for [\d,]+ more characters\./u);
});
