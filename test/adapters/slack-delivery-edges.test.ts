import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { button } from '../../src/messages/button.ts';
import { line, theirs } from '../../src/messages/inline.ts';
import {
  bullets,
  card,
  fact,
  facts,
  type Message,
  note,
  paragraph,
  say,
} from '../../src/messages/message.ts';
import type { Attachment } from '../../src/ports.ts';
import { activeInText, hostileFlood, hostileTexts } from '../proof/hostile.ts';
import { atRequest, threadOf } from '../support/slack/bare-slack.ts';
import { oneRoom } from '../support/slack/one-room.ts';
import { objectsIn } from '../support/slack-block-kit.ts';

const { slack, bot, room, deliver, find, delivered } = oneRoom();
const files = () => threadOf(room(), room().messages[0]?.ts).flatMap((message) => message.files);
const bytesOf = (name: string): Buffer[] =>
  [...slack().world.files.values()]
    .filter((file) => file.name === name)
    .map(({ bytes }) => Buffer.from(bytes ?? []));

const INVITATION: Attachment = {
  name: 'kickoff.ics',
  type: 'text/calendar; charset=utf-8; method=REQUEST',
  content: 'BEGIN:VCALENDAR\r\nSUMMARY:Kick-off – süß\r\nEND:VCALENDAR\r\n',
};
const LIST: Attachment = { name: 'engagements.csv', type: 'text/csv', content: 'number,system\r\n1,Hub\r\n' };
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const PICTURE: Attachment = {
  name: 'answers.png',
  type: 'image/png',
  content: PIXEL,
  encoding: 'base64',
  altText: 'Four of five were content.',
};

describe('a file that goes with a message', () => {
  test.each([
    ['an invitation', INVITATION, Buffer.from(INVITATION.content, 'utf8')],
    ['a list', LIST, Buffer.from(LIST.content, 'utf8')],
    ['a picture', PICTURE, Buffer.from(PIXEL, 'base64')],
  ])('is uploaded into the thread to the last byte: %s', async (_what, attachment, bytes) => {
    await delivered(say('See the file.'), 'file-1', null, attachment);
    expect(files().map(({ name }) => name)).toEqual([attachment.name]);
    expect(bytesOf(attachment.name)).toEqual([bytes]);
    expect([...slack().world.files.values()][0]?.altText).toBe(attachment.altText ?? null);
  });

  test('is not uploaded a second time when its message is redrawn', async () => {
    const outcome = await deliver(say('See the file.'), 'file-2', null, LIST);
    if (outcome.kind !== 'delivered') throw new Error(outcome.kind);
    await deliver(say('See the file below.'), 'file-2:2', outcome.messageId, LIST);
    expect(files()).toHaveLength(1);
  });

  test.each(['files.getUploadURLExternal', 'files.completeUploadExternal'])(
    'that was broken off at %s is uploaded when the message is completed',
    async (method) => {
      atRequest(slack(), method, 1, { lands: null, answers: 'reset' });
      expect(await deliver(say('See the file.'), 'file-3', null, PICTURE)).toEqual({ kind: 'unknown' });
      const found = await find('file-3');
      if (found.kind !== 'partly-posted') throw new Error(`found ${found.kind}`);
      await deliver(say('See the file.'), 'file-3', found.messageId, PICTURE);
      expect(files().map(({ name }) => name)).toEqual(['answers.png']);
      expect((await find('file-3')).kind).toBe('posted');
    },
  );

  test('that came, though nobody said so, is found and not uploaded again', async () => {
    atRequest(slack(), 'files.completeUploadExternal', 1, { lands: 0, answers: 'reset' });
    expect(await deliver(say('See the file.'), 'file-4', null, LIST)).toEqual({ kind: 'unknown' });
    await slack().landed();
    expect((await find('file-4')).kind).toBe('posted');
    expect(files()).toHaveLength(1);
  });

  test.each([
    ['files.getUploadURLExternal', 'missing_scope'],
    ['files.completeUploadExternal', 'posting_to_channel_denied'],
  ])(
    'that Slack refuses at %s for good leaves its message standing, and is not tried again',
    async (method, error) => {
      atRequest(slack(), method, 1, { lands: null, answers: { error, needed: 'files:write' } });
      await delivered(say('See the file.'), 'file-6', null, LIST);
      expect(files()).toEqual([]);
      expect(room().messages).toHaveLength(1);
      expect(bot().troubles.map(({ code }) => code)).toContain(error);
    },
  );

  test('that has to wait is uploaded later', async () => {
    const answers = { status: 429, retryAfter: '30' };
    atRequest(slack(), 'files.getUploadURLExternal', 1, { lands: null, answers });
    expect(await deliver(say('See the file.'), 'file-7', null, LIST)).toEqual({ kind: 'unknown' });
    const found = await find('file-7');
    if (found.kind !== 'partly-posted') throw new Error(`found ${found.kind}`);
    await delivered(say('See the file.'), 'file-7', found.messageId, LIST);
    expect(files()).toHaveLength(1);
  });

  test('tells what it shows in as many words as Slack takes', async () => {
    await delivered(say('See the file.'), 'file-8', null, {
      ...PICTURE,
      altText: 'five of six '.repeat(200),
    });
    const [{ altText } = { altText: null }] = slack().world.files.values();
    expect(altText?.length).toBeGreaterThan(900);
    expect(altText?.length).toBeLessThanOrEqual(1_000);
    expect(altText).toMatch(/^five of six .*…$/u);
  });

  test('is never sent to an address that is not the cloud’s own', async () => {
    let calls = 0;
    const outside = createServer((_request, response) => {
      calls += 1;
      response.end('OK');
    });
    await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
    const elsewhere = `http://127.0.0.1:${(outside.address() as AddressInfo).port}/upload/F1`;
    const addresses = [
      elsewhere,
      `${slack().url.replace('127.0.0.1', 'localhost')}/upload/F1`,
      'file:///x',
      '',
    ];
    for (const [index, upload_url] of addresses.entries()) {
      const answers = { yes: { upload_url, file_id: 'F1' } };
      atRequest(slack(), 'files.getUploadURLExternal', 1, { lands: null, answers });
      expect(await deliver(say('See the file.'), `file-5-${index}`, null, LIST)).toEqual({ kind: 'unknown' });
    }
    await new Promise<void>((resolve) => outside.close(() => resolve()));
    expect(calls).toBe(0);
    expect(files()).toEqual([]);
    expect(room().messages).toHaveLength(addresses.length);
  });
});

/** Somebody else's words in every place of a message that they can stand in. */
const saying = (words: string): Message =>
  card(
    `About ${words}`,
    [
      paragraph(line`Your system ${theirs(words)} waits.`),
      bullets([line`${theirs(words)}`, line`Number 2: ${theirs(words)}.`]),
      facts([fact('System', line`${theirs(words)}`)]),
      note(line`Filed as ${theirs(words)}`),
    ],
    [button('show', words.slice(0, 60), { verb: 'status', subject: 'x' }, 'status')],
  );

/** Everything that Slack acts on by itself: mentions, links and pings, in markup and as elements. */
function activeIn(message: { readonly text: string; readonly blocks: unknown }): readonly string[] {
  const objects = objectsIn(message.blocks);
  const elements = objects.filter(({ type }) =>
    ['user', 'usergroup', 'channel', 'broadcast', 'link', 'emoji', 'image', 'color', 'team'].includes(
      String(type),
    ),
  );
  const markup = objects.filter(({ type }) => type === 'mrkdwn').map(({ text }) => String(text));
  const verbatim = objects.filter(({ type, verbatim: is }) => type === 'mrkdwn' && is !== true);
  const everywhere = objects.filter((each) => typeof each.text === 'string').map((each) => String(each.text));
  return [
    ...elements.map((element) => `an element: ${JSON.stringify(element)}`),
    ...verbatim.map(({ text }) => `markup that Slack adds links to: ${String(text)}`),
    ...[message.text, ...markup].flatMap(activeInText),
    ...[message.text, ...markup].flatMap((words) => words.match(/<[^>]*>/gu) ?? []),
    ...everywhere.flatMap((words) => words.match(/[\u202A-\u202E\u2066-\u2069\u200B\u2060\uFEFF]/gu) ?? []),
    ...objects.filter(({ emoji }) => emoji === true).map((each) => `emoji: ${JSON.stringify(each)}`),
  ];
}

describe('what people type', () => {
  test.each(hostileTexts)('does nothing in Slack: %s', async (words) => {
    expect((await deliver(saying(words), 'hostile')).kind).toBe('delivered');
    expect(room().messages.flatMap(activeIn)).toEqual([]);
    expect(JSON.stringify(room().messages[0]?.blocks)).toContain('Hub');
  });

  test('does nothing in Slack when it is 100,000 characters long, and stays within its limits', async () => {
    const outcome = await deliver(saying(hostileFlood), 'flood');
    expect(outcome.kind).toBe('delivered');
    expect(room().messages.length).toBeGreaterThan(1);
    expect(room().messages.flatMap(activeIn)).toEqual([]);
    for (const { text, blocks } of room().messages)
      expect(JSON.stringify(blocks).length + JSON.stringify(text).length).toBeLessThanOrEqual(12_000);
  });

  test('would be found by this test if it did something', () => {
    const naive = {
      text: 'Hub <!channel>',
      blocks: [{ type: 'section', text: { type: 'mrkdwn', text: '<@U1>' } }],
    };
    expect(activeIn(naive).length).toBeGreaterThan(1);
  });
});
