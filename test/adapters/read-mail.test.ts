import { describe, expect, it } from 'vitest';
import { LONGEST_MAIL } from '../../adapters/email/mailbox.ts';
import { type MailCircumstances, readMail } from '../../adapters/email/read-mail.ts';
import type { MailIn } from '../../src/ports.ts';
import { aMail, inParts, type MailParts, NEED, poison } from '../support/a-mail.ts';
import { ownTime } from '../support/own-time.ts';

const AT = new Date('2026-12-01T15:00:00Z');
const CIRCUMSTANCES: MailCircumstances = {
  receivedAt: AT,
  isCut: false,
  own: ['isso-bot@example.gov'],
  trustedAuthserv: null,
};
const read = (raw: string | Buffer, of: Partial<MailCircumstances> = {}): Promise<MailIn> =>
  readMail(Buffer.from(raw), { ...CIRCUMSTANCES, ...of });
const readParts = (parts: MailParts, of?: Partial<MailCircumstances>): Promise<MailIn> =>
  read(aMail(parts), of);
const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('a plain mail', () => {
  it('is its sender, subject and words, and when the server took it', async () => {
    expect(await readParts({ messageId: '<one@cms.example>' })).toEqual({
      messageId: '<one@cms.example>',
      from: 'beatriz.okafor@demo.cms.example',
      subject: 'We need an ISSO',
      text: NEED,
      attachments: 0,
      receivedAt: AT,
      isCut: false,
      kind: 'personal',
      proof: 'unproven',
    });
  });

  it('is known again without a Message-ID, and apart from any other', async () => {
    const [one, again, other] = await Promise.all([
      readParts({ messageId: null }),
      readParts({ messageId: null }),
      readParts({ messageId: null, body: 'Something else.' }),
    ]);
    expect(one?.messageId).toMatch(/^sha256:[0-9a-f]{64}$/u);
    expect(again?.messageId).toBe(one?.messageId);
    expect(other?.messageId).not.toBe(one?.messageId);
    for (const strange of [`<${'x'.repeat(400)}@y>`, 'no brackets', '<two words@y>', '<ü@y>'])
      expect((await readParts({ messageId: strange })).messageId).toMatch(/^sha256:/u);
  });

  it('may be encoded in any of the usual ways', async () => {
    const encoding = 'Content-Transfer-Encoding:';
    const all = await Promise.all([
      readParts({ headers: [`${encoding} base64`], body: base64('Café, naïve') }),
      readParts({ headers: [`${encoding} quoted-printable`], body: 'Caf=C3=A9, na=C3=AFve' }),
      readParts({
        headers: [`${encoding} quoted-printable`],
        type: 'text/plain; charset=windows-1252',
        body: 'Caf=E9, na=EFve',
      }),
    ]);
    expect(all.map(({ text }) => text)).toEqual(['Café, naïve', 'Café, naïve', 'Café, naïve']);
    expect((await readParts({ subject: '=?utf-8?B?Q2Fmw6k=?= =?iso-8859-1?Q?na=EFve?=' })).subject).toBe(
      'Cafénaïve',
    );
  });

  it('with a wrong or unknown charset still says what can be read', async () => {
    for (const charset of ['utf-8', 'x-nobody-knows']) {
      const { text } = await readParts({
        type: `text/plain; charset=${charset}`,
        headers: ['Content-Transfer-Encoding: quoted-printable'],
        body: 'Caf=E9 needs an ISSO',
      });
      expect(text).toMatch(/^Caf. needs an ISSO$/u);
    }
  });
});

describe('a mail of several parts', () => {
  const html = '<p>We need an <b>ISSO</b>.</p><ul><li>soon</li></ul><style>p{}</style>';

  it('is its plain text where it has one', async () => {
    const body = inParts(
      'q',
      { headers: ['Content-Type: text/plain'], body: 'The plain words.' },
      { headers: ['Content-Type: text/html'], body: html },
    );
    expect((await readParts({ type: 'multipart/alternative; boundary=q', body })).text).toBe(
      'The plain words.',
    );
  });

  it('is what its HTML says where it has nothing else, at the top or within', async () => {
    const pieces = inParts('q', { headers: ['Content-Type: text/html; charset=utf-8'], body: html });
    for (const mail of [
      { type: 'text/html; charset=utf-8', body: html },
      { type: 'multipart/related; boundary=q', body: pieces },
    ]) {
      const { text } = await readParts(mail);
      expect(text).toContain('We need an ISSO.');
      expect(text).toContain('soon');
      expect(text).not.toContain('p{}');
    }
  });

  it('counts its attachments without taking them, and no picture that stands in the text', async () => {
    const mail = await readParts({
      type: 'multipart/mixed; boundary=outer',
      body: inParts(
        'outer',
        {
          headers: ['Content-Type: multipart/related; boundary=inner'],
          body: inParts(
            'inner',
            { headers: ['Content-Type: text/html'], body: '<p>See attached. <img src="cid:logo"></p>' },
            {
              headers: [
                'Content-Type: image/png; name=logo.png',
                'Content-ID: <logo>',
                'Content-Disposition: inline',
                'Content-Transfer-Encoding: base64',
              ],
              body: base64('picture'),
            },
          ),
        },
        {
          headers: ['Content-Type: application/pdf', 'Content-Disposition: attachment; filename=plan.pdf'],
          body: 'PDF',
        },
        {
          headers: ['Content-Type: text/plain', 'Content-Disposition: attachment; filename=notes.txt'],
          body: 'Words of an attachment.',
        },
      ),
    });
    expect(mail).toMatchObject({ attachments: 2, text: 'See attached.' });
  });
});

describe('a large mail', () => {
  it('is read from its beginning, where its words are', async () => {
    const attachment = {
      headers: ['Content-Type: application/pdf', 'Content-Disposition: attachment; filename=big.pdf'],
      body: 'A'.repeat(5_000_000),
    };
    const raw = aMail({
      type: 'multipart/mixed; boundary=q',
      body: inParts('q', { headers: ['Content-Type: text/plain'], body: NEED }, attachment),
    });
    const beginning = Buffer.from(raw).subarray(0, LONGEST_MAIL);
    expect(await read(beginning, { isCut: true })).toMatchObject({ text: NEED, attachments: 1, isCut: true });
  });
});

describe('who a mail is from', () => {
  it.each([
    ['"bo@demo.cms.example" <stranger@elsewhere.example>', 'stranger@elsewhere.example'],
    ['BO@Demo.CMS.example', 'bo@demo.cms.example'],
    ['one@a.example, two@b.example', ''],
    ['Team: one@a.example;', ''],
    ['=?utf-8?Q?bo=40demo.cms.example?=', ''],
    ['bo\u212aafor@demo.cms.example', ''],
    ['undisclosed', ''],
  ])('%s is %s', async (from, address) => {
    expect((await readParts({ from })).from).toBe(address);
  });

  it('is nobody when it says so twice', async () => {
    expect((await readParts({ headers: ['From: second@demo.cms.example'] })).from).toBe('');
  });
});

describe('what must never be answered', () => {
  it.each([
    ['an automatic answer', ['Auto-Submitted: auto-replied (vacation)'], 'automatic'],
    ['what a program made', ['Auto-Submitted: auto-generated'], 'automatic'],
    ['an old automatic answer', ['Precedence: auto_reply'], 'automatic'],
    ['another old one', ['X-Autoreply: yes'], 'automatic'],
    ['a mail that wants no answer', ['Return-Path: <>'], 'automatic'],
    ['a mailing list', ['List-Id: Security <security.lists.example>'], 'list'],
    ['a newsletter', ['List-Unsubscribe: <https://lists.example/x>'], 'list'],
    ['bulk mail', ['Precedence: bulk'], 'list'],
    ['a person', ['Auto-Submitted: no'], 'personal'],
  ] as const)('is told from its headers: %s', async (_name, headers, kind) => {
    expect((await readParts({ headers })).kind).toBe(kind);
  });

  it('is a bounce, mail of our own, and an answer to an invitation', async () => {
    const bounce = await readParts({
      from: 'Mail Delivery System <MAILER-DAEMON@mail.example.gov>',
      type: 'multipart/report; report-type=delivery-status; boundary=q',
      body: inParts(
        'q',
        { headers: ['Content-Type: text/plain'], body: 'It could not be delivered.' },
        { headers: ['Content-Type: message/delivery-status'], body: 'Final-Recipient: rfc822;x@y.example' },
      ),
    });
    const own = await readParts({ from: 'ISSO As A Service <ISSO-Bot@example.gov>' });
    const calendar = await readParts({
      type: 'multipart/alternative; boundary=q',
      body: inParts(
        'q',
        { headers: ['Content-Type: text/plain'], body: 'Beatriz has accepted.' },
        { headers: ['Content-Type: text/calendar; method=REPLY'], body: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR' },
      ),
    });
    expect([bounce.kind, own.kind, calendar.kind]).toEqual(['automatic', 'automatic', 'automatic']);
  });

  it('is an answer to a mail of the bot’s, by whichever header says so', async () => {
    const ours = `<${'ab'.repeat(20)}@example.gov>`;
    for (const header of [`In-Reply-To: ${ours}`, `References: <x@y.example> ${ours}`])
      expect((await readParts({ headers: [header] })).kind).toBe('reply');
    expect((await readParts({ headers: ['In-Reply-To: <x@y.example>'] })).kind).toBe('personal');
  });
});

describe('a mail that nobody can read', () => {
  it('rejects instead of coming out wrong or taking long', async () => {
    for (const raw of ['', poison(), `${'X-Filler: y\r\n'.repeat(90_000)}\r\nhi`])
      await expect(read(raw)).rejects.toThrow();
  });

  it('that is meant to break a parser is read in time, whatever comes of it', async () => {
    const tookMs = ownTime();
    for (const body of ['<div>'.repeat(150_000), '<'.repeat(900_000), `<a ${'x="1" '.repeat(150_000)}>`])
      expect((await readParts({ type: 'text/html', body })).from).toBe('beatriz.okafor@demo.cms.example');
    await readParts({ from: 'a@b.example, '.repeat(60_000) });
    expect(tookMs()).toBeLessThan(20_000);
  });
});
