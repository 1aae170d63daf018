import { createServer, type Socket } from 'node:net';
import ICAL from 'ical.js';
import { afterEach, describe, expect, it } from 'vitest';
import { mailProblems } from '../../adapters/email/config.ts';
import { failureOf } from '../../adapters/email/failures.ts';
import { createEmail } from '../../adapters/email/index.ts';
import { optionsFor } from '../../adapters/email/smtp.ts';
import { parseConfig } from '../../src/config.ts';
import { mailMessage } from '../../src/messages/copy/invitation.ts';
import { invitation } from '../../src/messages/icalendar.ts';
import { card, paragraph } from '../../src/messages/message.ts';
import type { Address, Attachment } from '../../src/ports.ts';
import { aMeeting, factsOf } from '../support/a-meeting.ts';
import { standingClock } from '../support/fakes.ts';
import { leaves, type MailServer, parseMail, refusal, startMailServer } from '../support/mail-server.ts';

const NOW = new Date('2026-11-20T15:00:00Z');
const FROM = 'ISSO As A Service <isso-bot@bot.example.gov>';
const BO: Address = { platform: 'email', id: 'bo@example.gov', timeZone: 'America/Los_Angeles' };
const TIMEOUTS = { connectMs: 60_000, answerMs: 60_000, wholeMs: 60_000 };
/** For servers that fall silent. */
const IMPATIENT = { connectMs: 2_000, answerMs: 700, wholeMs: 5_000 };
const HELLO = card('Hello', [paragraph('A first line.')]);

const open: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.stop();
});

async function serving(options?: Parameters<typeof startMailServer>[0]): Promise<MailServer> {
  const server = await startMailServer(options);
  open.push(server);
  return server;
}
const mailTo = (url: string, timeouts = TIMEOUTS) =>
  createEmail({ settings: { smtpUrl: url, from: FROM }, clock: standingClock(NOW), timeouts });

function invited(changes: Parameters<typeof aMeeting>[0], method: 'REQUEST' | 'CANCEL') {
  const meeting = aMeeting(changes);
  const of = factsOf(meeting);
  const attachment: Attachment = {
    name: 'lead-weekly.ics',
    type: `text/calendar; charset=utf-8; method=${method}`,
    content: invitation({
      meeting,
      title: of.title,
      engagement: null,
      agenda: of.agenda,
      url: null,
      organizer: { name: 'Imani Spencer', email: 'ispg@example.gov' },
      attendees: [
        { id: 'issolead', name: 'Isaac "Ike" Lindqvist\r\nBCC: evil@example.com', email: 'lead@example.gov' },
      ],
      method,
      now: NOW,
    }),
  };
  return { message: mailMessage(of, method), attachment };
}

function calendarIn(raw: string) {
  const all = leaves(parseMail(raw));
  const inline = all.find(({ headers }) => headers.get('content-type')?.startsWith('text/calendar'));
  const calendar = new ICAL.Component(ICAL.parse(inline?.body ?? ''));
  const event = calendar.getFirstSubcomponent('vevent');
  return {
    type: inline?.headers.get('content-type'),
    method: calendar.getFirstPropertyValue('method'),
    uid: event?.getFirstPropertyValue('uid'),
    sequence: event?.getFirstPropertyValue('sequence'),
    status: event?.getFirstPropertyValue('status'),
    starts: String(event?.getFirstPropertyValue('dtstart')),
  };
}

describe('an invitation by mail', () => {
  it('arrives as text, as something a calendar takes in, and as a file', async () => {
    const server = await serving();
    const { message, attachment } = invited({}, 'REQUEST');
    const outcome = await mailTo(server.url).deliver(BO, message, 'mail:m1:1:bo', null, attachment);
    const [mail] = server.arrived;
    expect([mail?.from, mail?.to]).toEqual(['isso-bot@bot.example.gov', ['bo@example.gov']]);
    const whole = parseMail(mail?.raw ?? '');
    expect(whole.headers.get('subject')).toBe('Invitation: Service ISSO Lead check-in');
    expect(whole.headers.get('to')).toBe('bo@example.gov');
    expect(whole.headers.get('auto-submitted')).toBe('auto-generated');
    expect(outcome).toEqual({ kind: 'delivered', messageId: whole.headers.get('message-id') });
    const types = leaves(whole).map(({ headers }) => headers.get('content-type'));
    expect(types).toEqual([
      'text/plain; charset=utf-8',
      'text/calendar; charset=utf-8; method=REQUEST',
      'application/ics; name=lead-weekly.ics',
    ]);
    const [text, inline, file] = leaves(whole);
    expect(text?.body).toContain('Tuesday, December 8, 2026 at 7:00 AM Pacific Time');
    expect(text?.body).toContain('- Red items');
    expect(inline?.body).toBe(attachment.content);
    expect(file?.body).toBe(attachment.content);
    expect(file?.headers.get('content-disposition')).toContain('attachment');
  });

  it('keeps its UID and raises its SEQUENCE when the meeting moves, and withdraws it when it is cancelled', async () => {
    const server = await serving();
    const mail = mailTo(server.url);
    const later = { startsAt: new Date('2026-12-09T15:00:00Z'), endsAt: new Date('2026-12-09T15:30:00Z') };
    const steps = [
      invited({}, 'REQUEST'),
      invited({ sequence: 2, bookedFor: later }, 'REQUEST'),
      invited({ sequence: 3, bookedFor: later, state: 'cancelled' }, 'CANCEL'),
    ];
    for (const [place, { message, attachment }] of steps.entries())
      await mail.deliver(BO, message, `mail:m1:${place}:bo`, null, attachment);
    const read = server.arrived.map(({ raw }) => calendarIn(raw));
    expect(read.map(({ method, sequence, status }) => [method, sequence, status])).toEqual([
      ['REQUEST', 1, 'CONFIRMED'],
      ['REQUEST', 2, 'CONFIRMED'],
      ['CANCEL', 3, 'CANCELLED'],
    ]);
    expect(new Set(read.map(({ uid }) => uid)).size).toBe(1);
    expect(read[1]?.starts).toBe('2026-12-09T15:00:00Z');
    expect(read[2]?.type).toBe('text/calendar; charset=utf-8; method=CANCEL');
    expect(parseMail(server.arrived[2]?.raw ?? '').headers.get('subject')).toBe(
      'Cancelled: Service ISSO Lead check-in',
    );
  });

  it('brings a picture as a file of the same bytes, and says in words what it shows', async () => {
    const server = await serving();
    const bytes = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x00, 0xff, 0xfe]);
    await mailTo(server.url).deliver(BO, HELLO, 'picture', null, {
      name: 'burn-down.png',
      type: 'image/png',
      content: bytes.toString('base64'),
      encoding: 'base64',
      altText: 'Day 23: 17 of 22 lines open.',
    });
    const raw = server.arrived[0]?.raw ?? '';
    const [text, file] = leaves(parseMail(raw));
    expect(text?.body).toContain('Picture: Day 23: 17 of 22 lines open.');
    expect(file?.headers.get('content-type')).toContain('image/png');
    expect(file?.headers.get('content-disposition')).toContain('burn-down.png');
    expect(raw.replace(/\r\n/gu, '')).toContain(bytes.toString('base64'));
  });

  it('has the same Message-ID at every attempt, and another for another message', async () => {
    const server = await serving();
    const mail = mailTo(server.url);
    for (const key of ['one', 'one', 'two']) await mail.deliver(BO, HELLO, key, null);
    const ids = server.arrived.map(({ raw }) => parseMail(raw).headers.get('message-id'));
    expect(ids[0]).toBe(ids[1]);
    expect(ids[0]).not.toBe(ids[2]);
    expect(ids[0]).toMatch(/^<[0-9a-f]{40}@bot\.example\.gov>$/u);
  });

  it('lets no name, heading, file name or address add a header or a recipient', async () => {
    const server = await serving();
    const mail = mailTo(server.url);
    const { attachment } = invited({}, 'REQUEST');
    const evil = 'Hi\r\nBcc: evil@example.com\r\n\r\nowned';
    await mail.deliver(BO, { ...HELLO, heading: evil }, evil, null, { ...attachment, name: evil });
    const [only] = server.arrived;
    expect(only?.to).toEqual(['bo@example.gov']);
    const whole = parseMail(only?.raw ?? '');
    expect(whole.headers.has('bcc')).toBe(false);
    expect(whole.headers.get('subject')).toBe('Hi Bcc: evil@example.com owned');
    for (const part of leaves(whole)) expect(part.headers.has('bcc')).toBe(false);
    for (const id of [
      'a@b.gov\r\nRCPT TO:<evil@example.com>',
      'a@b.gov, evil@example.com',
      'a@b.gov> x',
      'nobody',
    ])
      expect(await mail.deliver({ ...BO, id }, HELLO, 'k', null)).toEqual({
        kind: 'forbidden',
        need: 'a usable e-mail address',
      });
    expect(server.arrived).toHaveLength(1);
  });

  it('signs in with the user and password of the address, also with signs in them', async () => {
    const seen: string[] = [];
    const server = await serving({
      authOptional: false,
      authMethods: ['PLAIN'],
      allowInsecureAuth: true,
      onAuth(auth, _session, done) {
        seen.push(`${auth.username} ${auth.password}`);
        done(null, { user: 'bot' });
      },
    });
    const url = server.url.replace('smtp://', 'smtp://isso%40bot:p%3Ass%2Fword@');
    expect((await mailTo(url).deliver(BO, HELLO, 'k', null)).kind).toBe('delivered');
    expect(seen).toEqual(['isso@bot p:ss/word']);
  });
});

describe('a mail server in trouble', () => {
  const outcomeOf = async (options: Parameters<typeof startMailServer>[0]) =>
    mailTo((await serving(options)).url).deliver(BO, HELLO, 'k', null);
  const atRecipient = (code: number, words: string) =>
    outcomeOf({ onRcptTo: (_address, _session, done) => done(refusal(code, words)) });
  const atData = (code: number, words: string) =>
    outcomeOf({
      onData(stream, _session, done) {
        stream.on('data', () => undefined);
        stream.on('end', () => done(refusal(code, words)));
      },
    });

  it('that asks to come back did not take it', async () => {
    expect(await atRecipient(451, '4.7.1 Greylisted, try again later')).toEqual({ kind: 'unavailable' });
    expect(await atData(451, '4.3.0 Out of disk')).toEqual({ kind: 'unavailable' });
  });

  it('that gets too much at once is left in peace for five minutes', async () => {
    expect(await atRecipient(450, '4.7.28 Too many messages')).toEqual({
      kind: 'rate-limited',
      retryAt: new Date('2026-11-20T15:05:00Z'),
      scope: 'workspace',
    });
  });

  it('that knows no such mailbox, or takes nothing from us, says so for good', async () => {
    expect(await atRecipient(550, '5.1.1 No such user')).toEqual({ kind: 'gone' });
    expect((await atRecipient(550, '5.7.1 Not allowed')).kind).toBe('forbidden');
    expect((await atData(554, '5.7.1 Looks like spam')).kind).toBe('forbidden');
    expect(
      (await outcomeOf({ onMailFrom: (_address, _session, done) => done(refusal(550, 'Unknown sender')) }))
        .kind,
    ).toBe('forbidden');
  });

  it('that is not there, or refuses the password, can be tried again', async () => {
    expect(await mailTo('smtp://127.0.0.1:9').deliver(BO, HELLO, 'k', null)).toEqual({ kind: 'unavailable' });
    const outcome = await outcomeOf({
      onConnect: (_session, done) => done(refusal(421, '4.3.2 Shutting down')),
    });
    expect(outcome).toEqual({ kind: 'unavailable' });
    expect(failureOf({ code: 535, answer: 'no', command: 'AUTH PLAIN', messageBegun: false }, NOW)).toEqual({
      kind: 'unavailable',
    });
  });

  it('that breaks off or falls silent after the message leaves the outcome unknown, before it not', async () => {
    const dropped = await scripted((line, socket) =>
      line === '.' ? socket.destroy() : answerTo(line, socket),
    );
    expect(await mailTo(dropped).deliver(BO, HELLO, 'k', null)).toEqual({ kind: 'unknown' });
    const silent = await scripted((line, socket) => (line === '.' ? undefined : answerTo(line, socket)));
    expect(await mailTo(silent, IMPATIENT).deliver(BO, HELLO, 'k', null)).toEqual({ kind: 'unknown' });
    const early = await scripted((line, socket) =>
      /^RCPT/u.test(line) ? socket.destroy() : answerTo(line, socket),
    );
    expect(await mailTo(early).deliver(BO, HELLO, 'k', null)).toEqual({ kind: 'unavailable' });
    const mute = await scripted(() => undefined);
    expect(await mailTo(mute, IMPATIENT).deliver(BO, HELLO, 'k', null)).toEqual({ kind: 'unavailable' });
  });

  it('beyond this machine must secure the connection before anything is said', () => {
    const secured = (address: string) => {
      const { secure, requireTLS } = optionsFor(new URL(address), TIMEOUTS);
      return [secure, requireTLS];
    };
    expect(secured('smtp://mail.example.gov')).toEqual([false, true]);
    expect(secured('smtp://localhost.example.gov')).toEqual([false, true]);
    expect(secured('smtps://mail.example.gov')).toEqual([true, false]);
    expect(secured('smtp://127.0.0.1:2525')).toEqual([false, false]);
  });

  it('can never be asked what arrived', async () => {
    expect(await mailTo('smtp://127.0.0.1:9').findPosted(BO, 'k', NOW)).toEqual({ kind: 'cannot-tell' });
  });
});

describe('the settings of mail', () => {
  const named = (environment: Record<string, string>): string[] => {
    const parsed = parseConfig(environment);
    return parsed.ok ? [] : parsed.problems.map(({ name }) => name);
  };
  it('come as both or neither', () => {
    const both = { SMTP_URL: 'smtps://u:p@mail.example.gov', MAIL_FROM: FROM };
    const parsed = parseConfig(both);
    expect(parsed.ok && parsed.config.mail).toEqual({ smtpUrl: both.SMTP_URL, from: FROM });
    expect(named({ SMTP_URL: both.SMTP_URL })).toEqual(['MAIL_FROM']);
    expect(named({ MAIL_FROM: FROM })).toEqual(['SMTP_URL']);
    expect(mailProblems({})).toEqual([]);
  });

  it('must be a mail server and one mailbox, and are never repeated', () => {
    for (const bad of ['mail.example.gov', 'http://mail', 'smtp://', 'smtp://host/path', 'smtp://h?tls=no'])
      expect(named({ SMTP_URL: bad, MAIL_FROM: FROM })).toEqual(['SMTP_URL']);
    for (const bad of ['bot', 'a@b.gov, c@d.gov', 'Bot <a@b.gov', 'Bot\r\nBcc: x@y.gov <a@b.gov>'])
      expect(named({ SMTP_URL: 'smtp://h', MAIL_FROM: bad })).toEqual(['MAIL_FROM']);
    const parsed = parseConfig({ SMTP_URL: 'smtp://u:hunter2@h/x', MAIL_FROM: FROM });
    expect(JSON.stringify(parsed)).not.toContain('hunter2');
  });
});

/** What a plain server says to each line outside of a message. */
function answerTo(line: string, socket: Socket): void {
  if (/^EHLO/u.test(line)) socket.write('250 hello\r\n');
  else if (/^DATA/u.test(line)) socket.write('354 go on\r\n');
  else if (/^(?:MAIL|RCPT)/u.test(line)) socket.write('250 ok\r\n');
}

/** A server that does with each line what the test wants. */
async function scripted(hear: (line: string, socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    if (hear.length > 0) socket.write('220 here\r\n');
    socket.on('data', (bytes) => {
      for (const line of bytes.toString('utf8').split('\r\n').filter(Boolean)) hear(line, socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  open.push({
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  });
  return `smtp://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
}
