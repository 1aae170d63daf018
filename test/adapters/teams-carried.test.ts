import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Carried, carriedIn, packPage, unpackPage } from '../../adapters/teams/carried.ts';
import { TEAMS } from '../../adapters/teams/limits.ts';
import { line, link, strong, theirs, time } from '../../src/messages/inline.ts';
import type { DialogPage } from '../../src/messages/message.ts';
import { anyDialog } from '../support/slack-block-kit.ts';

const press = { verb: 'accept', subject: 'ISSO-2026-0042', version: 3, choice: 'one' };
const CARRIED: Carried = { action: 'accept', press, token: 'abcDEF-_12' };
const PAGE: DialogPage = {
  title: 'Decline',
  intro: [
    line`For ${theirs('Claims')} on ${time(new Date('2026-12-01T18:00:00Z'))}, ${strong('today')}, ${link('see', 'https://cms.gov/')}.`,
  ],
  fields: [
    {
      id: 'why',
      label: 'Why',
      kind: 'long-text',
      required: true,
      hint: 'Say it.',
      maxLength: 500,
      value: 'x',
      error: 'y',
    },
    {
      id: 'who',
      label: 'Who',
      kind: 'choices',
      required: false,
      options: [{ id: 'bo', label: 'Bo' }],
      value: ['bo'],
    },
    { id: 'many', label: 'How many', kind: 'number', required: false, min: 1, max: 9, value: 3 },
  ],
  sendLabel: 'Send',
  press,
  opener: { verb: 'open', subject: '' },
};
const packed = (json: unknown): string => deflateRawSync(JSON.stringify(json)).toString('base64url');

describe('what a button carries', () => {
  test('comes back beside the inputs, whatever those are', () => {
    const full: Carried = {
      ...CARRIED,
      page: packPage(PAGE) ?? '',
      on: '19:abc@thread.tacv2/1700000000000',
      in: 'ispg',
    };
    for (const carried of [CARRIED, full])
      expect(carriedIn({ isso: carried, why: 'x', msteams: { type: 'task/fetch' } })).toEqual(carried);
  });

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['words', 'isso'],
    ['a list', [CARRIED]],
    ['other data', { action: 'accept', press }],
    ['no token', { isso: { action: 'accept', press } }],
    ['a short token', { isso: { ...CARRIED, token: 'abc' } }],
    ['a token with signs', { isso: { ...CARRIED, token: 'abc def 12' } }],
    ['a long token', { isso: { ...CARRIED, token: 'x'.repeat(65) } }],
    ['no action', { isso: { ...CARRIED, action: '' } }],
    ['a long action', { isso: { ...CARRIED, action: 'x'.repeat(101) } }],
    ['something more', { isso: { ...CARRIED, role: 'admin' } }],
    ['something more in the press', { isso: { ...CARRIED, press: { ...press, as: 'ispg' } } }],
    ['no verb', { isso: { ...CARRIED, press: { ...press, verb: '' } } }],
    ['a long verb', { isso: { ...CARRIED, press: { ...press, verb: 'x'.repeat(101) } } }],
    ['a long subject', { isso: { ...CARRIED, press: { ...press, subject: 'x'.repeat(301) } } }],
    ['a subject that no database keeps', { isso: { ...CARRIED, press: { ...press, subject: 'a\0' } } }],
    ['half a character', { isso: { ...CARRIED, press: { ...press, subject: '\uD800' } } }],
    ['a long choice', { isso: { ...CARRIED, press: { ...press, choice: 'x'.repeat(301) } } }],
    ['a version that is none', { isso: { ...CARRIED, press: { ...press, version: 1.5 } } }],
    ['a page that is too large', { isso: { ...CARRIED, page: 'x'.repeat(TEAMS.carriedBytes + 1) } }],
    ['a page with signs', { isso: { ...CARRIED, page: 'a+b=' } }],
    ['a message that is none', { isso: { ...CARRIED, on: 'somewhere' } }],
    ['a place that is none', { isso: { ...CARRIED, in: 'general' } }],
  ])('%s is refused', (_name, data) => {
    expect(carriedIn(data)).toBeNull();
  });

  test('nothing that anybody sends breaks it', () => {
    fc.assert(
      fc.property(
        fc.anything(),
        fc.object({ key: fc.constantFrom('isso', 'action', 'press', 'token', 'verb') }),
        (one, other) => {
          expect([carriedIn(one), carriedIn(other), carriedIn({ isso: one })]).toEqual([null, null, null]);
        },
      ),
    );
  });
});

describe('a dialog that travels with itself', () => {
  test('is read back as it was, and takes little room', () => {
    const text = packPage(PAGE) ?? '';
    expect(unpackPage(text)).toEqual(PAGE);
    expect(text.length).toBeLessThan(JSON.stringify(PAGE).length);
  });

  test('any page is read back as it was, or does not travel', () => {
    fc.assert(
      fc.property(anyDialog, (page) => {
        const text = packPage(page);
        if (text === null) return;
        expect(text.length).toBeLessThanOrEqual(TEAMS.carriedBytes);
        expect(unpackPage(text)).toEqual(JSON.parse(JSON.stringify(page)));
      }),
      { numRuns: 200 },
    );
  });

  test.each<[string, DialogPage]>([
    ['is too large before it is packed', { ...PAGE, title: 'a'.repeat(TEAMS.unpackedBytes) }],
    [
      'is too large when it is packed',
      {
        ...PAGE,
        title: Array.from({ length: 20_000 }, (_, at) =>
          String.fromCodePoint(0x4e00 + ((at * 7919) % 20_000)),
        ).join(''),
      },
    ],
    ['says more than a button may', { ...PAGE, press: { verb: 'x', subject: 'x'.repeat(301) } }],
    ['names an instant that is none', { ...PAGE, intro: [[{ kind: 'time', at: 'soon', show: 'date' }]] }],
    [
      'asks for more than is ever read',
      {
        ...PAGE,
        fields: Array.from({ length: TEAMS.values + 1 }, (_, at) => ({
          id: `f${at}`,
          label: '',
          kind: 'text',
          required: false,
        })),
      },
    ],
  ])('one that %s does not travel', (_name, page) => {
    expect(packPage(page)).toBeNull();
  });

  test.each<[string, string]>([
    ['is empty', ''],
    ['is no text of ours', 'not/packed+'],
    ['is no packed text', 'abcdefgh'],
    ['is too large', 'A'.repeat(TEAMS.carriedBytes + 1)],
    ['is broken off', (packPage(PAGE) ?? '').slice(0, -20)],
    ['grows without end', deflateRawSync(Buffer.alloc(8_000_000, 0x20)).toString('base64url')],
    ['is no JSON', deflateRawSync('{"title":').toString('base64url')],
    ['is another shape', packed({ title: 'Decline' })],
    ['has more than a page', packed({ ...PAGE, script: 'x' })],
    [
      'has a field of no kind',
      packed({ ...PAGE, fields: [{ id: 'a', label: 'b', kind: 'file', required: true }] }),
    ],
    [
      'has a field with more than a field',
      packed({ ...PAGE, fields: [{ id: 'a', label: 'b', kind: 'text', required: true, html: 'x' }] }),
    ],
    ['has words of no kind', packed({ ...PAGE, intro: [[{ kind: 'html', text: 'x' }]] })],
  ])('one that %s is refused', (_name, text) => {
    expect(unpackPage(text)).toBeNull();
  });

  test('the text that grows without end is short enough to be tried', () => {
    const bomb = deflateRawSync(Buffer.alloc(8_000_000, 0x20)).toString('base64url');
    expect(bomb.length).toBeLessThan(TEAMS.carriedBytes);
  });
});
