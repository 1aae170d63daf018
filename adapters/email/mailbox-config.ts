import { z } from 'zod';
import type { MailSettings } from './config.ts';
import { addressOf } from './config.ts';

const folder = z
  .string()
  .trim()
  .regex(/^[^\p{Cc}]{1,200}$/u, 'must be the name of a folder such as INBOX');

/** The part of the settings for mail that comes in: each with what it is for. */
export const mailboxSettings = {
  IMAP_URL: z
    .string()
    .refine(
      isImapUrl,
      'must be an address such as imaps://isso-bot@mail.example.gov:993, without the password',
    )
    .optional()
    .describe(
      "The programme's mailbox, with its user inside: mail there becomes a request to triage; `imap://` uses STARTTLS",
    ),
  IMAP_PASSWORD: z.string().min(1).optional().describe('Password of that mailbox'),
  IMAP_FOLDER: folder.default('INBOX').describe('Folder in which the mail arrives'),
  IMAP_DONE_FOLDER: folder
    .optional()
    .describe('Folder to move mail to once it is taken in; without it the mail stays and counts as read'),
  IMAP_POLL_MINUTES: z
    .string()
    .trim()
    .refine(
      (text) => /^\d{1,2}$/u.test(text) && Number(text) >= 1 && Number(text) <= 60,
      'must be a whole number from 1 to 60',
    )
    .transform(Number)
    .default(2)
    .describe('How often the mailbox is looked into, in minutes'),
  IMAP_AUTHSERV_ID: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z0-9._-]{1,200}$/u, 'must be a name such as mx.example.gov')
    .optional()
    .describe(
      'Name under which your own mail server writes `Authentication-Results`; without it nothing in a mail counts as proof of its sender',
    ),
};

/** Where mail comes in. */
export interface MailboxSettings {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Never to be logged. */
  readonly password: string;
  /** TLS from the first byte on (`imaps://`). */
  readonly isTls: boolean;
  readonly folder: string;
  /** Null: mail stays in `folder`. */
  readonly doneFolder: string | null;
  readonly pollMinutes: number;
  /** In small letters; null: no `Authentication-Results` is believed. */
  readonly trustedAuthserv: string | null;
  /** The bot's own addresses, in small letters: what comes from there is never answered. */
  readonly own: readonly string[];
}

interface MailboxValues {
  readonly IMAP_URL?: string | undefined;
  readonly IMAP_PASSWORD?: string | undefined;
  readonly IMAP_FOLDER: string;
  readonly IMAP_DONE_FOLDER?: string | undefined;
  readonly IMAP_POLL_MINUTES: number;
  readonly IMAP_AUTHSERV_ID?: string | undefined;
}

/** The settings of the mailbox, or null when none is set up. `mail`: how the bot's own mail goes out. */
export function readMailbox(values: MailboxValues, mail: MailSettings | null): MailboxSettings | null {
  const { IMAP_URL: address, IMAP_PASSWORD: password } = values;
  if (address === undefined || password === undefined || mail === null) return null;
  const { protocol, hostname, port, username } = new URL(address);
  const isTls = protocol.toLowerCase() === 'imaps:';
  const user = decodeURIComponent(username);
  return {
    host: hostname.replace(/^\[|\]$/gu, ''),
    port: port === '' ? (isTls ? 993 : 143) : Number(port),
    user,
    password,
    isTls,
    folder: values.IMAP_FOLDER,
    doneFolder: values.IMAP_DONE_FOLDER ?? null,
    pollMinutes: values.IMAP_POLL_MINUTES,
    trustedAuthserv: values.IMAP_AUTHSERV_ID ?? null,
    own: [addressOf(mail.from), ...(user.includes('@') ? [user] : [])].map((each) => each.toLowerCase()),
  };
}

/** What must be set together: the names of the settings that are missing or clash, with the mend. */
export function mailboxProblems(set: Readonly<Record<string, unknown>>): { name: string; mend: string }[] {
  const names = Object.keys(mailboxSettings);
  if (!('IMAP_URL' in set)) {
    const [first] = names.filter((name) => name in set);
    if (first === undefined) return [];
    return [{ name: 'IMAP_URL', mend: `must be set as well, since ${first} is; or unset ${first}` }];
  }
  const problems: { name: string; mend: string }[] = [];
  if (!('IMAP_PASSWORD' in set))
    problems.push({
      name: 'IMAP_PASSWORD',
      mend: 'must be set as well, since IMAP_URL is; or unset IMAP_URL',
    });
  if (!('SMTP_URL' in set) && !('MAIL_FROM' in set))
    problems.push({
      name: 'SMTP_URL',
      mend: 'must be set as well, with MAIL_FROM, since IMAP_URL is: whoever writes gets an acknowledgement; or unset IMAP_URL',
    });
  if (text(set.IMAP_DONE_FOLDER) !== '' && text(set.IMAP_DONE_FOLDER) === (text(set.IMAP_FOLDER) || 'INBOX'))
    problems.push({ name: 'IMAP_DONE_FOLDER', mend: 'must be another folder than IMAP_FOLDER; or unset it' });
  return problems;
}

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

function isImapUrl(address: string): boolean {
  if (!URL.canParse(address) || !/^imaps?:\/\//iu.test(address)) return false;
  const { hostname, username, password, search, hash, pathname } = new URL(address);
  return (
    hostname !== '' &&
    username !== '' &&
    password === '' &&
    search === '' &&
    hash === '' &&
    /^\/?$/u.test(pathname) &&
    isDecodable(username)
  );
}

function isDecodable(encoded: string): boolean {
  try {
    return decodeURIComponent(encoded).trim() !== '';
  } catch {
    return false;
  }
}
