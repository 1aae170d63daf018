/** The mailbox against a real IMAP server, and what the bot does with what comes out of it. */
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connectionOf, createMailbox, type MailboxOptions } from '../../adapters/email/mailbox.ts';
import { type MailboxSettings, readMailbox } from '../../adapters/email/mailbox-config.ts';
import { troubleOf } from '../../adapters/email/mailbox-failures.ts';
import type { Mailbox, MailIn, TakenMail, UnreadableMail } from '../../src/ports.ts';
import { freshMailMemory, type MailMemory, takeInMail } from '../../src/usecases/take-in-mail.ts';
import { aMail, inParts, poison } from '../support/a-mail.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { findDovecot, type ImapServer, startImapServer } from '../support/imap-server.ts';
import { type MailServer, startMailServer } from '../support/mail-server.ts';
import { openTestStore } from '../support/open-store.ts';
import { type RunningApp, startProgramme } from '../support/running-app.ts';
import { selfSigned } from '../support/teams/certificate.ts';

const programs = findDovecot();
if (typeof programs === 'string') console.log(`Tests of the mailbox on a real server NOT RUN: ${programs}.`);
const onServer = describe.skipIf(typeof programs === 'string');

const MAIL = { smtpUrl: 'smtp://127.0.0.1:25', from: 'ISSO As A Service <isso-bot@example.gov>' };
const settingsOf = (url: string, more: Partial<MailboxSettings> = {}): MailboxSettings => {
  const values = {
    IMAP_URL: url,
    IMAP_PASSWORD: 'correct-horse',
    IMAP_FOLDER: 'INBOX',
    IMAP_POLL_MINUTES: 1,
  };
  const read = readMailbox(values, MAIL);
  if (!read) throw new Error('no settings');
  return { ...read, ...more };
};
const system = { now: () => new Date(performance.timeOrigin + performance.now()) };
const boxAt = (url: string, more: Partial<MailboxSettings> = {}, tls?: MailboxOptions['tls']): Mailbox =>
  createMailbox({ settings: settingsOf(url, more), system, ...(tls ? { tls } : {}) });
const start = async (certificate?: Parameters<typeof startImapServer>[1]): Promise<ImapServer> => {
  if (typeof programs === 'string') throw new Error(programs);
  return startImapServer(programs, certificate);
};

/** Stands as long as this file is run; each test has an account of its own there. */
let server: ImapServer;
beforeAll(async () => {
  if (typeof programs !== 'string') server = await start();
}, 60_000);
beforeEach(() => server?.changeAccount());
afterAll(() => server?.remove());

/** Reads and answers the same for every mail; gives what was handed over. */
async function readAll(mailbox: Mailbox, became: TakenMail = 'taken') {
  const handed: (MailIn | UnreadableMail)[] = [];
  const trouble = await mailbox.read(async (mail) => {
    handed.push(mail);
    return mail.kind === 'unreadable' ? 'unreadable' : became;
  });
  const subjects = handed.map((mail) => ('subject' in mail ? mail.subject : mail.kind));
  return { trouble, handed, subjects };
}

/** A way to the server that breaks as soon as these words are said to it. */
async function cutOn(port: number, words: string): Promise<Server> {
  const proxy = createServer((client) => {
    const upstream = connect({ host: '127.0.0.1', port });
    for (const socket of [client, upstream]) {
      socket.on('error', () => undefined);
      socket.on('close', () => (socket === client ? upstream : client).destroy());
    }
    upstream.on('data', (data) => client.write(data));
    client.on('data', (data) => (data.includes(words) ? client.destroy() : upstream.write(data)));
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return proxy;
}

onServer('a mailbox on a real server', () => {
  it('hands over what is unread, oldest first, and marks it as read once it is taken', async () => {
    for (const subject of ['one', 'two', 'three']) await server.arrive(aMail({ subject }));
    const mailbox = boxAt(server.url);
    expect(await readAll(mailbox)).toMatchObject({ trouble: null, subjects: ['one', 'two', 'three'] });
    expect((await server.standing()).map(({ flags }) => flags)).toEqual([['\\Seen'], ['\\Seen'], ['\\Seen']]);
    expect((await readAll(mailbox)).subjects).toEqual([]);
  });

  it('moves what is taken out of the way, making the folder first, and leaves what is passed over', async () => {
    await server.arrive(aMail({ subject: 'taken' }));
    const mailbox = boxAt(server.url, { doneFolder: 'Taken in' });
    expect((await readAll(mailbox)).trouble).toBeNull();
    await server.arrive(aMail({ subject: 'passed over' }));
    await readAll(mailbox, 'passed-over');
    expect(await server.standing('Taken in')).toMatchObject([{ subject: 'taken', flags: ['\\Seen'] }]);
    expect(await server.standing()).toMatchObject([{ subject: 'passed over', flags: ['\\Seen'] }]);
  });

  it('says so when mail can’t be moved, and still takes the rest', async () => {
    for (const subject of ['one', 'two']) await server.arrive(aMail({ subject }));
    const read = await readAll(boxAt(server.url, { doneFolder: 'bad\nname' }));
    expect(read).toMatchObject({ trouble: 'done-folder', subjects: ['one', 'two'] });
    expect((await server.standing()).every(({ flags }) => flags.includes('\\Seen'))).toBe(true);
  });

  it('hands over again what was not marked, because whoever took it broke off', async () => {
    await server.arrive(aMail({ subject: 'one' }));
    await server.arrive(aMail({ subject: 'two' }));
    const mailbox = boxAt(server.url);
    await expect(mailbox.read(() => Promise.reject(new Error('the database is away')))).rejects.toThrow(
      'away',
    );
    expect((await readAll(mailbox)).subjects).toEqual(['one', 'two']);
  });

  it('leaves a mail that nobody can read with a flag, and it holds up no other', async () => {
    await server.arrive(poison());
    await server.arrive(aMail({ subject: 'good' }));
    const mailbox = boxAt(server.url);
    expect((await readAll(mailbox)).subjects).toEqual(['unreadable', 'good']);
    expect(await server.standing()).toMatchObject([
      { subject: 'poison', flags: ['\\Flagged'] },
      { subject: 'good', flags: ['\\Seen'] },
    ]);
    expect((await readAll(mailbox)).subjects).toEqual([]);
    await server.takeFlag('\\Flagged');
    expect((await readAll(mailbox)).subjects).toEqual(['unreadable']);
  });

  it('leaves a mail on which the connection breaks time and again, and it holds up no other either', async () => {
    await server.arrive(aMail({ subject: 'breaks' }));
    await server.arrive(aMail({ subject: 'good' }));
    const cutting = await cutOn(server.port, 'UID FETCH 1 ');
    const { port } = cutting.address() as AddressInfo;
    const mailbox = boxAt(server.url.replace(`:${server.port}`, `:${port}`));
    try {
      expect(await readAll(mailbox)).toMatchObject({ trouble: 'away', subjects: [] });
      expect(await readAll(mailbox)).toMatchObject({ trouble: 'away', subjects: ['good'] });
      expect(await readAll(mailbox)).toMatchObject({ trouble: 'away', subjects: [] });
      expect(await readAll(mailbox)).toMatchObject({ trouble: null, subjects: ['unreadable'] });
    } finally {
      await new Promise((resolve) => cutting.close(resolve));
    }
    expect(await server.standing()).toMatchObject([{ flags: ['\\Flagged'] }, { flags: ['\\Seen'] }]);
  });

  it('reads of a mail of five megabytes its beginning, where its words are', async () => {
    const body = inParts(
      'q',
      { headers: ['Content-Type: text/plain'], body: 'Our need.' },
      {
        headers: ['Content-Type: application/pdf', 'Content-Disposition: attachment; filename=big.pdf'],
        body: `${'A'.repeat(76)}\r\n`.repeat(65_000),
      },
    );
    await server.arrive(aMail({ type: 'multipart/mixed; boundary=q', body }));
    const { handed } = await readAll(boxAt(server.url));
    expect(handed).toMatchObject([{ text: 'Our need.', attachments: 1, isCut: true }]);
  });

  it('leaves what came weeks ago, before the bot, to people', async () => {
    await server.arrive(aMail({ subject: 'old' }), new Date(system.now().getTime() - 40 * 86_400_000));
    await server.arrive(aMail({ subject: 'new' }));
    expect((await readAll(boxAt(server.url))).subjects).toEqual(['new']);
  });

  it('takes so many at a time; the others come with the next look', async () => {
    await server.arriveInTurn(
      Array.from({ length: 23 }, (_, index) => aMail({ subject: `mail ${index + 1}` })),
    );
    const mailbox = boxAt(server.url);
    expect((await readAll(mailbox)).subjects).toHaveLength(20);
    expect((await readAll(mailbox)).subjects).toEqual(['mail 21', 'mail 22', 'mail 23']);
  });

  it('says what is wrong: password, folder, no TLS, no server; and reads on when all is well again', async () => {
    const mailbox = boxAt(server.url);
    expect((await readAll(boxAt(server.url, { password: 'wrong' }))).trouble).toBe('refused');
    expect(await boxAt(server.url, { password: 'wrong' }).check()).toBe('refused');
    expect((await readAll(boxAt(server.url, { folder: 'Nowhere' }))).trouble).toBe('folder');
    expect((await readAll(boxAt(server.url, { isTls: true }))).trouble).toBe('insecure');
    expect(await mailbox.check()).toBeNull();
    await server.arrive(aMail({ subject: 'meanwhile' }));
    await server.stop();
    expect((await readAll(mailbox)).trouble).toBe('away');
    expect(await mailbox.check()).toBe('away');
    await server.start();
    expect(await readAll(mailbox)).toMatchObject({ trouble: null, subjects: ['meanwhile'] });
  });

  it('breaks off when it is stopped, and loses nothing', async () => {
    await server.arrive(aMail({ subject: 'one' }));
    const mailbox = boxAt(server.url);
    const trouble = await mailbox.read(async () => {
      await mailbox.stop();
      return 'taken';
    });
    expect(trouble).toBe('away');
    expect(await mailbox.read(async () => 'taken')).toBe('away');
    expect((await readAll(boxAt(server.url))).subjects).toEqual(['one']);
  });
});

onServer('a mailbox behind TLS', () => {
  const certificate = selfSigned();
  let secured: ImapServer;
  beforeAll(async () => {
    secured = await start(certificate);
  }, 60_000);
  afterAll(() => secured?.remove());

  it('is read when its certificate can be trusted', async () => {
    await secured.arrive(aMail({ subject: 'secret' }));
    const trust = { ca: certificate.certificate, servername: 'bot.example.gov' };
    expect(await readAll(boxAt(secured.url, {}, trust))).toMatchObject({
      trouble: null,
      subjects: ['secret'],
    });
  });

  it('is told nothing when it can’t', async () => {
    expect((await readAll(boxAt(secured.url))).trouble).toBe('insecure');
  });
});

onServer('mail on its way to a request', () => {
  let bot: Bot;
  let memory: MailMemory;
  beforeEach(async () => {
    memory = freshMailMemory();
    bot = await startBot(await openTestStore(), { programme: { mailIsOn: true } });
  }, 120_000);

  const look = async (mailbox: Mailbox): Promise<number> => {
    const { store, programme, log } = bot;
    const newId = () => crypto.randomUUID();
    const count = await takeInMail({ store, mailbox, programme, log, newId }, bot.clock.now(), memory);
    await bot.deliver();
    return count;
  };
  const waiting = () => bot.store.transaction((tx) => tx.mailRequests.open(100));

  it('is taken in once each when three mails arrive, with what must not be kept taken out', async () => {
    await server.arrive(aMail({ subject: 'one' }));
    await server.arrive(aMail({ subject: 'two', body: 'My number is 123-45-6789.' }));
    await server.arrive(aMail({ subject: 'three', from: 'Stranger <stranger@elsewhere.example>' }));
    const mailbox = boxAt(server.url);
    expect(await look(mailbox)).toBe(3);
    expect(await look(mailbox)).toBe(0);
    const kept = await waiting();
    expect(kept.map(({ subject, personId }) => [subject, personId])).toEqual([
      ['one', 'bo'],
      ['two', 'bo'],
      ['three', null],
    ]);
    expect(JSON.stringify(kept)).not.toContain('123-45');
  });

  it('is taken in once when the process dies between keeping it and marking it', async () => {
    await server.arrive(aMail({ subject: 'once' }));
    const dying = boxAt(server.url);
    const { store, programme, log } = bot;
    const dead: Mailbox = {
      ...dying,
      read: (take) =>
        dying.read(async (mail) => {
          await take(mail);
          await dying.stop();
          return 'taken';
        }),
    };
    const newId = () => crypto.randomUUID();
    await takeInMail({ store, mailbox: dead, programme, log, newId }, bot.clock.now(), freshMailMemory());
    expect(await waiting()).toHaveLength(1);
    expect((await server.standing())[0]?.flags).toEqual([]);
    await look(boxAt(server.url));
    expect(await waiting()).toHaveLength(1);
    expect((await server.standing())[0]?.flags).toEqual(['\\Seen']);
    expect(
      bot
        .standing('bo')
        .join()
        .match(/Your mail M-/gu),
    ).toHaveLength(1);
  });

  it('waits while the password is wrong, which the administrator is told once', async () => {
    await server.arrive(aMail());
    const wrong = boxAt(server.url, { password: 'wrong' });
    for (let hours = 0; hours < 3; hours += 1) {
      expect(await look(wrong)).toBe(0);
      bot.clock.set(new Date(bot.clock.now().getTime() + 3_600_000));
    }
    expect(
      bot
        .standing('admin')
        .join()
        .match(/refuses the user or the password/gu),
    ).toHaveLength(1);
    expect(await look(boxAt(server.url))).toBe(1);
  });

  it('of programs stays where it is, and is answered by nobody', async () => {
    await server.arrive(aMail({ subject: 'Out of office', headers: ['Auto-Submitted: auto-replied'] }));
    await server.arrive(aMail({ subject: 'From ourselves', from: MAIL.from }));
    expect(await look(boxAt(server.url))).toBe(0);
    expect(await waiting()).toEqual([]);
    expect(bot.adapter.asked).toEqual([]);
    expect((await server.standing()).map(({ flags }) => flags)).toEqual([['\\Seen'], ['\\Seen']]);
  });
});

onServer('the whole program with a mailbox', () => {
  let relay: MailServer;
  let app: RunningApp | null = null;
  beforeEach(async () => {
    relay = await startMailServer();
  });
  afterEach(async () => {
    await app?.stop();
    await relay.stop();
  });

  it('reads it, and shows where mails lead to and how the mailbox is', async () => {
    await server.arrive(aMail());
    app = await startProgramme({
      IMAP_URL: server.url,
      IMAP_PASSWORD: server.password,
      IMAP_POLL_MINUTES: '1',
      SMTP_URL: relay.url,
      MAIL_FROM: MAIL.from,
    });
    const call = async (path: string, body?: object) =>
      fetch(`${app?.url}${path}`, {
        ...(body
          ? { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
          : {}),
      });
    const page = await (await call('/go-on')).text();
    expect(page).toContain('Go on in chat');
    expect(page).toContain('/console');
    await call('/console/api/clock', { advance: 'PT1M' });
    await app.idle();
    expect((await server.standing())[0]?.flags).toEqual(['\\Seen']);
    const acknowledged = relay.arrived.filter(({ raw }) => raw.includes('We have your mail'));
    expect(acknowledged).toMatchObject([{ to: ['beatriz.okafor@demo.cms.example'] }]);
    expect(acknowledged[0]?.raw).toMatch(/Auto-Submitted: auto-generated[\s\S]*\/go-on/u);
    const { findings } = (await (await call('/doctor')).json()) as {
      findings: { name: string; verdict: string }[];
    };
    expect(findings.filter(({ name }) => name.includes('mailbox'))).toMatchObject([
      { name: 'endpoint mailbox', verdict: 'ok' },
      { name: 'mailbox', verdict: 'ok' },
    ]);
  }, 120_000);
});

describe('the way to a mailbox', () => {
  it('is encrypted unless it ends on this machine', () => {
    const at = (url: string) => connectionOf({ settings: settingsOf(url) });
    expect(at('imaps://bot@mail.example.gov')).toMatchObject({
      host: 'mail.example.gov',
      port: 993,
      secure: true,
    });
    expect(at('imap://bot@mail.example.gov')).toMatchObject({ port: 143, secure: false, doSTARTTLS: true });
    for (const here of ['127.0.0.1', 'localhost', '[::1]'])
      expect(at(`imap://bot@${here}:1143`)).toMatchObject({ port: 1143, secure: false, doSTARTTLS: false });
    expect(at('imap://bot@127.0.0.1.example.gov').doSTARTTLS).toBe(true);
    expect(at('imaps://isso%40cms.example@mail.example.gov').auth?.user).toBe('isso@cms.example');
  });

  it('fails in ways that mean something', () => {
    expect(troubleOf({ authenticationFailed: true, serverResponseCode: 'UNAVAILABLE' })).toBe('away');
    expect(troubleOf({ authenticationFailed: true })).toBe('refused');
    expect(troubleOf({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })).toBe('insecure');
    expect(troubleOf({ code: 'CERT_HAS_EXPIRED' })).toBe('insecure');
    expect(troubleOf({ serverResponseCode: 'NONEXISTENT' })).toBe('folder');
    for (const error of [{ code: 'ECONNREFUSED' }, { code: 'ETIMEDOUT' }, new Error('?'), null, undefined])
      expect(troubleOf(error)).toBe('away');
  });
});
