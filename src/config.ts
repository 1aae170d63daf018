/**
 * Every setting, in one schema. The only file that reads the environment.
 * All problems are found at once and said by name with the mend; a value is never repeated, since it may be a secret.
 */
import { isIP } from 'node:net';
import { z } from 'zod';
import { consoleSettings } from '../adapters/console/config.ts';
import { emailSettings, type MailSettings, mailProblems, readMail } from '../adapters/email/config.ts';
import {
  type MailboxSettings,
  mailboxProblems,
  mailboxSettings,
  readMailbox,
} from '../adapters/email/mailbox-config.ts';
import { readSlack, type SlackSettings, slackProblems, slackSettings } from '../adapters/slack/config.ts';
import { readTeams, type TeamsSettings, teamsProblems, teamsSettings } from '../adapters/teams/config.ts';
import { isZone } from './domain/time.ts';
import { readSignIn, type SignInSettings, signInProblems, signInSettings } from './http/sign-in-config.ts';

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/u, 'must be a time of day such as 09:00');

/** Digits only: what else counts as a number (blanks, 0x10, 1e3) is more likely a mistake. */
const wholeNumber = (from: number, to: number) =>
  z
    .string()
    .trim()
    .refine(
      (text) => /^\d{1,6}$/u.test(text) && Number(text) >= from && Number(text) <= to,
      `must be a whole number from ${from} to ${to}`,
    )
    .transform(Number);

const generalSettings = {
  PORT: wholeNumber(0, 65535).default(3978).describe('Port of the web server'),
  HOST: z.string().min(1).default('127.0.0.1').describe('Address the web server listens on'),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/u, error: 'must be an address such as https://bot.example.gov' })
    .optional()
    .describe('Address under which people reach the server, for calendar links'),
  DATA_DIR: z.string().min(1).default('.data').describe('Folder of the embedded database'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//u, 'must begin with postgresql://')
    .optional()
    .describe('A PostgreSQL server to use instead of the embedded database'),
  ROSTER_FILE: z.string().min(1).optional().describe('CSV file of the people of the programme'),
  DEMO_PROGRAM: z
    .enum(['on', 'off'], { error: 'must be on or off' })
    .default('off')
    .describe(
      'Fills an empty database behind the console with a demo programme, which `npm start` does for the embedded one; never with a roster file, Slack or Teams',
    ),
  FIRST_ADMINISTRATORS: z
    .string()
    .transform((list) => list.split(/[,;\s]+/u).filter((each) => each !== ''))
    .refine(
      (list) => list.every((each) => z.email().safeParse(each).success),
      'must be mailboxes with a comma between, such as dana.guthrie@example.gov',
    )
    .optional()
    .describe('Mailboxes of those who become administrators of the bot at its start, with a comma between'),
  PROGRAM_TIME_ZONE: z
    .string()
    .refine(isZone, 'must be an IANA time zone such as America/New_York')
    .default('America/New_York')
    .describe('Zone of the programme: channels, digests and business hours'),
  BUSINESS_HOURS: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/u, {
      error: 'must be two times of day such as 08:30-17:00',
      abort: true,
    })
    .refine((hours) => hours.slice(0, 5) < hours.slice(6), 'must end after it begins, such as 08:30-17:00')
    .default('08:30-17:00')
    .describe('Business hours in the zone of the programme'),
  QUIET_HOURS: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/u, {
      error: 'must be two times of day such as 18:00-08:00',
      abort: true,
    })
    .refine((hours) => hours.slice(0, 5) !== hours.slice(6), 'must end at another time than it begins')
    .default('18:00-08:00')
    .describe('When nobody is written to who has not set their own quiet hours, on the clock of each'),
  CLOSURES_FILE: z
    .string()
    .min(1)
    .optional()
    .describe(
      'CSV file of the days on which the office is closed beside federal holidays; read again when it changes',
    ),
  DIGEST_TIME: clockTime.default('09:00').describe('When the ISPG channel gets its digest on business days'),
  KICKOFF_MINUTES: wholeNumber(15, 240).default(60).describe('Length of a kickoff, in minutes'),
  INCIDENT_CONTACT: z
    .string()
    .trim()
    .max(200, 'must be at most 200 characters')
    .default('the CMS IT Service Desk')
    .describe(
      'Where a suspected incident, such as a lost badge, is reported: a name with a telephone number or address',
    ),
  METRICS_TOKEN: z
    .string()
    .regex(/^[\w.~+/=-]{16,200}$/u, 'must be 16 to 200 letters, digits or . _ ~ + / = -')
    .optional()
    .describe('Bearer token that opens `/metrics` to other machines; without it only this one is answered'),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], {
      error: 'must be debug, info, warn, error or silent',
    })
    .default('info')
    .describe('How much the log says'),
};

const schema = z.object({
  ...generalSettings,
  ...emailSettings,
  ...mailboxSettings,
  ...consoleSettings,
  ...slackSettings,
  ...teamsSettings,
  ...signInSettings,
});

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly publicUrl: string | null;
  readonly database:
    | { readonly kind: 'embedded'; readonly dataDir: string }
    | { readonly kind: 'server'; readonly url: string };
  readonly dataDir: string;
  readonly rosterFile: string | null;
  /** An empty database is filled with the demo programme. */
  readonly demoProgramme: boolean;
  /** Mailboxes of those who become administrators at the start. */
  readonly firstAdministrators: readonly string[];
  readonly timeZone: string;
  readonly businessHours: { readonly from: string; readonly to: string };
  readonly quietHours: { readonly from: string; readonly to: string };
  readonly closuresFile: string | null;
  readonly digestTime: string;
  readonly kickoffMinutes: number;
  readonly incidentContact: string;
  readonly metricsToken: string | null;
  readonly logLevel: z.infer<typeof schema>['LOG_LEVEL'];
  /** Mail for invitations; null when it is not set up. */
  readonly mail: MailSettings | null;
  /** The mailbox in which requests arrive by mail; null when it is not set up. */
  readonly mailbox: MailboxSettings | null;
  /** The Slack app; null when it is not set up. */
  readonly slack: SlackSettings | null;
  /** The Teams app; null when it is not set up. */
  readonly teams: TeamsSettings | null;
  /** How people sign in to the dashboard; null when that is not set up. */
  readonly signIn: SignInSettings | null;
  readonly console: { readonly on: boolean; readonly startAt: Date | null };
}

/** One setting that can't be used: its name and what to do. */
export interface SettingProblem {
  readonly name: string;
  readonly mend: string;
}

export type ConfigResult =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly SettingProblem[] };

/** What the README's table of settings says: name, default, meaning; in the order of the schema. */
export function describeSettings(): readonly {
  readonly name: string;
  readonly standard: string;
  readonly meaning: string;
}[] {
  return Object.entries(schema.shape).map(([name, setting]) => {
    const standard = setting instanceof z.ZodDefault ? String(setting.def.defaultValue) : '';
    return { name, standard, meaning: setting.description ?? '' };
  });
}

/** Reads the settings of this process. */
export function readConfig(): ConfigResult {
  return parseConfig(process.env);
}

type Values = z.infer<typeof schema>;

/** Reads settings from `environment`: the config, or every problem at once. An empty or blank value counts as not set. */
export function parseConfig(environment: Readonly<Record<string, string | undefined>>): ConfigResult {
  const set = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
  const problems: SettingProblem[] = likelyTypos(set);
  const usable: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries(schema.shape)) {
    const read = setting.safeParse(set[name]);
    if (read.success) usable[name] = read.data;
    else problems.push(...read.error.issues.map(({ message }) => ({ name, mend: message })));
  }
  problems.push(
    ...consoleBind(usable),
    ...kickoffTooLong(usable),
    ...mailProblems(set),
    ...mailboxProblems(set),
    ...slackProblems(set),
    ...teamsProblems(set, isLoopback(typeof usable.HOST === 'string' ? usable.HOST : '127.0.0.1')),
    ...signInProblems(set, isLoopback(typeof usable.HOST === 'string' ? usable.HOST : '127.0.0.1')),
  );
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, config: configFrom(schema.parse(set)) };
}

function configFrom(values: Values): Config {
  return {
    port: values.PORT,
    host: values.HOST,
    publicUrl: values.PUBLIC_URL?.replace(/(?<!\/)\/+$/u, '') ?? null,
    database: values.DATABASE_URL
      ? { kind: 'server', url: values.DATABASE_URL }
      : { kind: 'embedded', dataDir: values.DATA_DIR },
    dataDir: values.DATA_DIR,
    rosterFile: values.ROSTER_FILE ?? null,
    demoProgramme: demoWanted(values),
    firstAdministrators: (values.FIRST_ADMINISTRATORS ?? []).map((each) => each.toLowerCase()),
    timeZone: values.PROGRAM_TIME_ZONE,
    businessHours: { from: values.BUSINESS_HOURS.slice(0, 5), to: values.BUSINESS_HOURS.slice(6) },
    quietHours: { from: values.QUIET_HOURS.slice(0, 5), to: values.QUIET_HOURS.slice(6) },
    closuresFile: values.CLOSURES_FILE ?? null,
    digestTime: values.DIGEST_TIME,
    kickoffMinutes: values.KICKOFF_MINUTES,
    incidentContact: values.INCIDENT_CONTACT,
    metricsToken: values.METRICS_TOKEN ?? null,
    logLevel: values.LOG_LEVEL,
    mail: readMail(values),
    mailbox: readMailbox(values, readMail(values)),
    slack: readSlack(values),
    teams: readTeams(values),
    signIn: readSignIn(values),
    console: {
      on: consoleWanted(values),
      startAt: values.CONSOLE_START_AT ? new Date(values.CONSOLE_START_AT) : null,
    },
  };
}

const PLATFORM_NAMES = ['SLACK_', 'TEAMS_'] as const;

const hasChatPlatform = (values: Partial<Values>): boolean =>
  Boolean(values.SLACK_BOT_TOKEN ?? values.SLACK_CLIENT_ID ?? values.TEAMS_APP_ID);

/** The console is on unless switched off or, by itself, when a chat platform is configured. */
const consoleWanted = (values: Partial<Values>): boolean =>
  values.CONSOLE === 'on' || (values.CONSOLE === 'auto' && !hasChatPlatform(values));

/** Invented engagements never stand beside real people. */
const demoWanted = (values: Values): boolean =>
  values.DEMO_PROGRAM === 'on' &&
  consoleWanted(values) &&
  !hasChatPlatform(values) &&
  values.ROSTER_FILE === undefined;

/** The console has no login, so it is served to this machine only. */
function consoleBind(values: Partial<Values>): SettingProblem[] {
  if (values.HOST === undefined || isLoopback(values.HOST) || !consoleWanted(values)) return [];
  return [
    {
      name: 'HOST',
      mend: 'the console has no login and is served on 127.0.0.1 only; leave HOST unset or set CONSOLE=off',
    },
  ];
}

/** Only a kickoff that fits between the business hours can ever be offered. */
function kickoffTooLong({
  BUSINESS_HOURS: hours,
  KICKOFF_MINUTES: minutes,
}: Partial<Values>): SettingProblem[] {
  if (hours === undefined || minutes === undefined) return [];
  const open = minuteOfDay(hours.slice(6)) - minuteOfDay(hours.slice(0, 5));
  if (minutes <= open) return [];
  return [
    { name: 'KICKOFF_MINUTES', mend: 'must fit into BUSINESS_HOURS; shorten the one or widen the other' },
  ];
}

const minuteOfDay = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** True for addresses that only this machine reaches. */
export function isLoopback(host: string): boolean {
  if (host === 'localhost' || host === '::1') return true;
  return isIP(host) === 4 && host.startsWith('127.');
}

/** Unknown names with a platform's prefix are named, with the known name they are nearest to. */
function likelyTypos(set: Readonly<Record<string, unknown>>): SettingProblem[] {
  const known = Object.keys(schema.shape);
  return Object.keys(set)
    .filter((name) =>
      [...PLATFORM_NAMES, 'CONSOLE_', 'IMAP_', 'OIDC_'].some((prefix) => name.startsWith(prefix)),
    )
    .filter((name) => !known.includes(name))
    .map((name) => {
      const near = nearest(name, known);
      return { name, mend: `is not a setting${near ? `; did you mean ${near}?` : '.'} Correct or unset it.` };
    });
}

function nearest(name: string, known: readonly string[]): string | null {
  const platform = name.slice(0, name.indexOf('_'));
  const ranked = known
    .filter((candidate) => candidate === platform || candidate.startsWith(`${platform}_`))
    .map((candidate) => ({ candidate, distance: editDistance(name, candidate) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best && best.distance <= Math.max(3, name.length / 3) ? best.candidate : null;
}

/** Levenshtein distance: how many letters must change. Names are short, so the plain table will do. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
