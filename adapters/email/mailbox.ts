/** The programme's mailbox by IMAP: one connection for one look, nothing kept between looks but what could not be fetched. */
import { createHash } from 'node:crypto';
import type { ConnectionOptions } from 'node:tls';
import { ImapFlow, type ImapFlowOptions } from 'imapflow';
import type { Clock, Mailbox, MailIn, TakenMail, UnreadableMail } from '../../src/ports.ts';
import type { MailboxSettings } from './mailbox-config.ts';
import { troubleOf, UnusableMailbox } from './mailbox-failures.ts';
import { readMail } from './read-mail.ts';
import { isThisMachine } from './smtp.ts';

/** In milliseconds: waiting for the connection and its greeting, for any one answer, for the whole look. */
export interface ImapTimeouts {
  readonly connectMs: number;
  readonly answerMs: number;
  readonly wholeMs: number;
}

/** A look ends before the claim on its tick does (two minutes). */
export const IMAP_TIMEOUTS: ImapTimeouts = { connectMs: 10_000, answerMs: 20_000, wholeMs: 90_000 };

/** Mails handed over in one look; the others wait for the next. */
const MOST_MAILS = 20;
/** Bytes that are read of one mail: its text comes first, and attachments are not taken anyway. */
export const LONGEST_MAIL = 1_000_000;
/** What arrived longer ago was there before the bot, or through a long outage: people see to it. */
const OLDEST_DAYS = 14;
/** A mail on which the connection broke so often is left to people. */
const MOST_FAILURES = 3;

export interface MailboxOptions {
  readonly settings: MailboxSettings;
  /** The machine's own clock, which mail servers go by as well. */
  readonly system: Clock;
  readonly timeouts?: ImapTimeouts;
  /** Whom to trust beside the usual authorities. */
  readonly tls?: Pick<ConnectionOptions, 'ca' | 'servername'>;
}

/** The mailbox that the settings name. */
export function createMailbox(options: MailboxOptions): Mailbox {
  const { settings } = options;
  const failures = new Map<string, number>();
  const open = new Set<ImapFlow>();
  let isStopped = false;

  async function inFolder(work: (client: ImapFlow) => Promise<void>): Promise<void> {
    const client = new ImapFlow(connectionOf(options));
    // Each call of ours rejects by itself.
    client.on('error', () => undefined);
    open.add(client);
    const deadline = setTimeout(() => client.close(), (options.timeouts ?? IMAP_TIMEOUTS).wholeMs);
    try {
      await client.connect();
      const folder = await client.mailboxOpen(settings.folder);
      if (folder.readOnly === true) throw new UnusableMailbox('folder');
      await work(client);
      await client.logout().catch(() => undefined);
    } finally {
      clearTimeout(deadline);
      open.delete(client);
      client.close();
    }
  }

  return {
    async read(take) {
      if (isStopped) return 'away';
      let refused: { readonly error: unknown } | null = null;
      const handOver = async (mail: MailIn | UnreadableMail): Promise<TakenMail> => {
        try {
          return await take(mail);
        } catch (error) {
          refused = { error };
          throw error;
        }
      };
      try {
        await inFolder((client) => readUnread(client, options, failures, handOver));
        return null;
      } catch (error) {
        if (refused !== null) throw error;
        return troubleOf(error);
      }
    },
    async check() {
      try {
        await inFolder(async () => undefined);
        return null;
      } catch (error) {
        return troubleOf(error);
      }
    },
    async stop() {
      isStopped = true;
      for (const client of open) client.close();
    },
  };
}

/** How to reach the server. What leaves this machine is encrypted, or nothing is said at all. */
export function connectionOf({
  settings,
  timeouts = IMAP_TIMEOUTS,
  tls = {},
}: Omit<MailboxOptions, 'system'>): ImapFlowOptions {
  const { host, port, user, password, isTls } = settings;
  return {
    host,
    port,
    secure: isTls,
    ...(isTls ? {} : { doSTARTTLS: !isThisMachine(host) }),
    auth: { user, pass: password },
    tls: { minVersion: 'TLSv1.2', ...tls },
    logger: false,
    disableAutoIdle: true,
    idHashAlgorithm: 'sha256',
    clientInfo: { name: 'isso-as-a-service-bot' },
    connectionTimeout: timeouts.connectMs,
    greetingTimeout: timeouts.connectMs,
    socketTimeout: timeouts.answerMs,
    maxLiteralSize: 4 * LONGEST_MAIL,
    maxResponseSize: 8 * LONGEST_MAIL,
  };
}

type Failures = Map<string, number>;
type HandOver = (mail: MailIn | UnreadableMail) => Promise<TakenMail>;

async function readUnread(
  client: ImapFlow,
  options: MailboxOptions,
  failures: Failures,
  handOver: HandOver,
): Promise<void> {
  const { settings, system } = options;
  const since = new Date(system.now().getTime() - OLDEST_DAYS * 24 * 60 * 60_000);
  const found = await client.search({ seen: false, flagged: false, deleted: false, since }, { uid: true });
  const failed = (uid: number): number => failures.get(refOf(client, uid)) ?? 0;
  // What broke the connection before comes last: it holds up no other.
  const unread = (found || []).toSorted((a, b) => failed(a) - failed(b) || a - b).slice(0, MOST_MAILS);
  let isMoved = true;
  for (const uid of unread) {
    const mail = await fetchMail(client, uid, settings, failures);
    if (mail === null) continue;
    const became = await handOver(mail);
    await mark(client, uid, became === 'unreadable' ? '\\Flagged' : '\\Seen');
    failures.delete(refOf(client, uid));
    if (became === 'taken' && settings.doneFolder !== null)
      isMoved = (await move(client, uid, settings.doneFolder)) && isMoved;
  }
  if (!isMoved) throw new UnusableMailbox('done-folder');
}

/** Null for a mail that is no longer there, or that is left for the next look. */
async function fetchMail(
  client: ImapFlow,
  uid: number,
  { own, trustedAuthserv }: MailboxSettings,
  failures: Failures,
): Promise<MailIn | UnreadableMail | null> {
  const ref = refOf(client, uid);
  const unreadable = { kind: 'unreadable', ref } as const;
  const failed = failures.get(ref) ?? 0;
  if (failed >= MOST_FAILURES) return unreadable;
  const fetched = await client
    .fetchOne(
      String(uid),
      { source: { start: 0, maxLength: LONGEST_MAIL }, internalDate: true, size: true },
      { uid: true },
    )
    .catch((error: unknown): false => {
      failures.set(ref, failed + 1);
      if (client.usable) return false;
      throw error;
    });
  if (!fetched) return null;
  const { source, internalDate, size = 0 } = fetched;
  if (source === undefined || internalDate === undefined) return unreadable;
  const circumstances = {
    receivedAt: new Date(internalDate),
    isCut: size > source.length,
    own,
    trustedAuthserv,
  };
  return readMail(source, circumstances).catch(() => unreadable);
}

/** The same for the same mail of the same folder. */
function refOf({ mailbox }: ImapFlow, uid: number): string {
  const validity = mailbox ? String(mailbox.uidValidity) : '';
  return createHash('sha256').update(`${validity}:${uid}`).digest('hex').slice(0, 24);
}

async function mark(client: ImapFlow, uid: number, flag: '\\Seen' | '\\Flagged'): Promise<void> {
  if (!(await client.messageFlagsAdd(String(uid), [flag], { uid: true })))
    throw new UnusableMailbox('folder');
}

/** Moves a mail out of the way, making the folder when there is none yet; false when that can't be done. */
async function move(client: ImapFlow, uid: number, folder: string): Promise<boolean> {
  const moved = () =>
    client.messageMove(String(uid), folder, { uid: true }).catch((error: unknown) => {
      if (client.usable) return false as const;
      throw error;
    });
  if (await moved()) return true;
  await client.mailboxCreate(folder).catch(() => undefined);
  return (await moved()) !== false;
}
