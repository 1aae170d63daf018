/** A real IMAP server (Dovecot) of one's own on this machine, with one account at a time: made in a temporary folder, gone afterwards. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ImapFlow } from 'imapflow';
import { freePort } from '../../scripts/private-postgres.ts';
import type { Certificate } from './teams/certificate.ts';

const PROGRAMS = ['/usr/sbin/dovecot', '/usr/local/sbin/dovecot', '/opt/homebrew/sbin/dovecot'];
const userNumber = (count: number): string => `isso-bot-${count}@example.gov`;
const PASSWORD = 'correct-horse';
const START_MS = 20_000;

interface Account {
  readonly uid: number;
  readonly gid: number;
}

export interface ImapPrograms {
  readonly dovecot: string;
  /** Who runs it. */
  readonly account: Account & { readonly name: string; readonly group: string };
}

/** One mail as it stands in a folder. */
export interface Kept {
  readonly uid: number;
  readonly subject: string;
  readonly flags: readonly string[];
}

export interface ImapServer {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** `imap://…`, or `imaps://…` where it has a certificate; without the password. */
  readonly url: string;
  /** From now on `user`, `url` and all below are of another account, whose mailbox is new: starting anew takes seconds. */
  changeAccount(): void;
  /** Puts a mail into the inbox, as if it had just come; `at` says when it came. */
  arrive(raw: string | Buffer, at?: Date): Promise<void>;
  /** The same for many, one after the other. */
  arriveInTurn(mails: readonly string[]): Promise<void>;
  /** What stands in a folder, oldest first; nothing for a folder that there is not. */
  standing(folder?: string): Promise<Kept[]>;
  /** Takes away a flag of all mails in the inbox. */
  takeFlag(flag: string): Promise<void>;
  start(): Promise<void>;
  /** Ends it; its mail stays. */
  stop(): Promise<void>;
  /** Ends it and takes its files away. */
  remove(): Promise<void>;
}

/** The programs, or in words why there is no server to be had. */
export function findDovecot(): ImapPrograms | string {
  const dovecot = PROGRAMS.find((path) => existsSync(path));
  if (dovecot === undefined) return 'Dovecot is not installed (Debian: dovecot-imapd)';
  const version = said(dovecot, '--version');
  if (!/^2\.3\./u.test(version)) return `Dovecot ${version} is not the 2.3 that these tests are written for`;
  const name = process.getuid?.() === 0 ? 'dovecot' : said('id', '-un');
  const [uid, gid, group] = ['-u', '-g', '-gn'].map((flag) => said('id', flag, name));
  if (!uid || !gid || !group) return 'there is no user to run Dovecot as';
  return { dovecot, account: { uid: Number(uid), gid: Number(gid), name, group } };
}

const said = (program: string, ...words: readonly string[]): string => {
  const { status, stdout } = spawnSync(program, words, { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : '';
};

/** Makes and starts a server; with a certificate it speaks TLS only. */
export async function startImapServer(
  { dovecot, account }: ImapPrograms,
  certificate: Certificate | null = null,
): Promise<ImapServer> {
  const folder = await mkdtemp(join(tmpdir(), 'isso-imap-'));
  const port = await freePort();
  await lay(folder, account, port, certificate);
  let running: { readonly child: ChildProcess; readonly ended: Promise<void> } | null = null;
  const end = (): void => void running?.child.kill('SIGTERM');
  let accounts = 1;
  const signedIn = <T>(work: (client: ImapFlow) => Promise<T>): Promise<T> =>
    asClient({ port, user: server.user, certificate }, work);
  const server: ImapServer = {
    port,
    get user() {
      return userNumber(accounts);
    },
    password: PASSWORD,
    get url() {
      return `${certificate ? 'imaps' : 'imap'}://${encodeURIComponent(server.user)}@127.0.0.1:${port}`;
    },
    changeAccount() {
      accounts += 1;
    },
    arrive: (raw, at) => signedIn(async (client) => void (await client.append('INBOX', raw, [], at))),
    arriveInTurn: (mails) =>
      signedIn(async (client) => {
        for (const raw of mails) await client.append('INBOX', raw);
      }),
    standing: (name = 'INBOX') => signedIn((client) => listing(client, name)),
    takeFlag: (flag) =>
      signedIn(async (client) => {
        await client.mailboxOpen('INBOX');
        await client.messageFlagsRemove('1:*', [flag]);
      }),
    async start() {
      const child = spawn(dovecot, ['-F', '-c', join(folder, 'dovecot.conf')], {
        cwd: folder,
        stdio: 'ignore',
        ...(process.getuid?.() === 0 ? { uid: account.uid, gid: account.gid } : {}),
      });
      running = { child, ended: new Promise((resolve) => child.once('exit', () => resolve())) };
      process.once('SIGINT', end).once('SIGTERM', end).once('exit', end);
      await answering(port, () => child.exitCode !== null);
    },
    async stop() {
      if (!running) return;
      const { child, ended } = running;
      running = null;
      process.off('SIGINT', end).off('SIGTERM', end).off('exit', end);
      child.kill('SIGTERM');
      await ended;
    },
    async remove() {
      await server.stop();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  await server.start();
  return server;
}

/** The server's files: with what to sign in, where mail stands, and that all of it is run by one user. */
async function lay(
  folder: string,
  account: ImapPrograms['account'],
  port: number,
  certificate: Certificate | null,
): Promise<void> {
  await chmod(folder, 0o711);
  await mkdir(join(folder, 'homes'));
  const files: Readonly<Record<string, string>> = {
    'dovecot.conf': configuration(folder, account, port, certificate !== null),
    ...(certificate ? { 'cert.pem': certificate.certificate, 'key.pem': certificate.privateKey } : {}),
  };
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  if (process.getuid?.() !== 0) return;
  for (const path of ['', 'homes', ...Object.keys(files)])
    await chown(join(folder, path), account.uid, account.gid);
}

const configuration = (
  folder: string,
  { name, group, uid, gid }: ImapPrograms['account'],
  port: number,
  isTls: boolean,
): string => `
protocols = imap
listen = 127.0.0.1
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
default_internal_user = ${name}
default_internal_group = ${group}
default_login_user = ${name}
first_valid_uid = 1
disable_plaintext_auth = no
auth_failure_delay = 0
mail_location = maildir:~/mail
${isTls ? `ssl = yes\nssl_cert = <${folder}/cert.pem\nssl_key = <${folder}/key.pem` : 'ssl = no'}
passdb {
  driver = static
  args = password=${PASSWORD}
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${folder}/homes/%u
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${isTls ? 0 : port}
  }
  inet_listener imaps {
    port = ${isTls ? port : 0}
    ssl = yes
  }
}
service anvil {
  chroot =
  # Whoever has signed in with a wrong password is not made to wait.
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
`;

interface Access {
  readonly port: number;
  readonly user: string;
  readonly certificate: Certificate | null;
}

async function asClient<T>(
  { port, user, certificate }: Access,
  work: (client: ImapFlow) => Promise<T>,
): Promise<T> {
  const client = new ImapFlow({
    host: '127.0.0.1',
    port,
    secure: certificate !== null,
    ...(certificate ? { tls: { ca: certificate.certificate, servername: 'bot.example.gov' } } : {}),
    auth: { user, pass: PASSWORD },
    logger: false,
    disableAutoIdle: true,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.logout().catch(() => client.close());
  }
}

async function listing(client: ImapFlow, folder: string): Promise<Kept[]> {
  if (!(await client.list()).some(({ path }) => path === folder)) return [];
  await client.mailboxOpen(folder, { readOnly: true });
  const all = await client.fetchAll('1:*', { uid: true, flags: true, envelope: true }).catch(() => []);
  return all.map(({ uid, envelope, flags }) => ({
    uid,
    subject: envelope?.subject ?? '',
    flags: [...(flags ?? [])].filter((flag) => flag !== '\\Recent').toSorted(),
  }));
}

/** Waits until the server takes connections. */
async function answering(port: number, hasEnded: () => boolean): Promise<void> {
  const until = performance.now() + START_MS;
  for (;;) {
    const isThere = await new Promise<boolean>((resolve) => {
      const socket = connect({ host: '127.0.0.1', port });
      const done = (answered: boolean): void => {
        socket.destroy();
        resolve(answered);
      };
      socket.once('connect', () => done(true));
      socket.once('error', () => done(false));
    });
    if (isThere) return;
    if (hasEnded() || performance.now() > until) throw new Error('The private IMAP server did not start.');
    await pause(25);
  }
}
