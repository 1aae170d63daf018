/** Gathers what the operator's findings are made of: from the database, the disk, the network and the runtime. */
import { constants } from 'node:fs';
import { access, readFile, statfs } from 'node:fs/promises';
import { connect } from 'node:net';
import { resolve } from 'node:path';
import type { MailboxSettings } from '../adapters/email/mailbox-config.ts';
import { hostsIn } from '../adapters/teams/cloud.ts';
import type { Config } from './config.ts';
import type { Clock, Store } from './ports.ts';
import type { DatabaseFacts, EndpointFact, HealthFacts, OtherTables } from './usecases/check-health.ts';
import { readClosures } from './usecases/read-closures.ts';

/** Reaching an endpoint takes no longer than this, or counts as failed. */
const CONNECT_MS = 3_000;
/** So is signing in to the mailbox: whoever asks for the findings waits for ten seconds. */
const MAILBOX_TIMEOUTS = { connectMs: 3_000, answerMs: 4_000, wholeMs: 8_000 } as const;

/** Where something outside listens that the bot depends on. */
export interface Endpoint {
  readonly name: string;
  readonly host: string;
  readonly port: number;
}

export interface HealthSources {
  readonly config: Config;
  /** Null: the database is not asked, for the reason given. */
  readonly store: Store | string;
  /** The bot's own clock, and the machine's. */
  readonly app: Clock;
  readonly system: Clock;
  readonly jobs: HealthFacts['jobs'];
  readonly endpoints: readonly Endpoint[];
  readonly closures: HealthFacts['closures'];
}

export async function gatherHealth(sources: HealthSources): Promise<HealthFacts> {
  const { config, store, jobs, closures } = sources;
  const { tz = 'unknown' } = process.versions;
  const [database, endpoints, dataDir, mailbox] = await Promise.all([
    typeof store === 'string' ? store : askDatabase(store, sources),
    Promise.all(sources.endpoints.map(reach)),
    config.database.kind === 'embedded' ? lookAtFolder(config.database.dataDir) : null,
    config.mailbox ? lookIntoMailbox(config.mailbox, sources.system) : null,
  ]);
  return {
    nodeVersion: process.version,
    zoneData: tz,
    database,
    jobs,
    endpoints,
    closures,
    dataDir,
    mailbox,
  };
}

/** Addresses outside that the settings name. */
export function endpointsOf({ database, mail, mailbox, slack, teams }: Config): readonly Endpoint[] {
  return [
    ...databaseEndpoint(database),
    ...(mail ? [mailEndpoint(mail.smtpUrl)] : []),
    ...(mailbox ? [{ name: 'mailbox', host: mailbox.host, port: mailbox.port }] : []),
    ...(slack ? [endpointAt('slack', slack.apiUrl)] : []),
    ...(teams?.app ? [endpointAt('teams', teams.standIn ?? hostsIn(teams.cloud, null).login)] : []),
  ];
}

async function lookIntoMailbox(
  settings: MailboxSettings,
  system: Clock,
): Promise<NonNullable<HealthFacts['mailbox']>> {
  const { createMailbox } = await import('../adapters/email/mailbox.ts');
  return { trouble: await createMailbox({ settings, system, timeouts: MAILBOX_TIMEOUTS }).check() };
}

function endpointAt(name: string, address: string): Endpoint {
  const { protocol, hostname, port } = new URL(address);
  const standard = protocol === 'https:' ? 443 : 80;
  return { name, host: hostname.replace(/^\[|\]$/gu, ''), port: Number(port || standard) };
}

function mailEndpoint(smtpUrl: string): Endpoint {
  const { protocol, hostname, port } = new URL(smtpUrl);
  const standard = protocol === 'smtps:' ? 465 : 587;
  return { name: 'mail', host: hostname.replace(/^\[|\]$/gu, ''), port: Number(port || standard) };
}

function databaseEndpoint(database: Config['database']): readonly Endpoint[] {
  if (database.kind === 'embedded') return [];
  const { hostname, port, searchParams } = new URL(database.url);
  // A server behind a Unix socket is named by a folder.
  if (hostname === '' || searchParams.has('host')) return [];
  return [{ name: 'database', host: hostname.replace(/^\[|\]$/gu, ''), port: Number(port || 5432) }];
}

/** The closures file as it stands now, with the line numbers and mends of its bad lines. */
export async function lookAtClosures(file: string | null): Promise<HealthFacts['closures']> {
  if (file === null) return { file, trouble: null };
  try {
    const { problems } = readClosures(await readFile(file, 'utf8'));
    const trouble = problems.map(({ line, mend }) => `line ${line}: ${mend}`).join('; ');
    return { file, trouble: trouble === '' ? null : trouble };
  } catch (error) {
    return { file, trouble: codeOf(error) };
  }
}

async function askDatabase(
  store: Store,
  { app, system }: HealthSources,
): Promise<DatabaseFacts | OtherTables | string> {
  const [trouble] = await store.troubles();
  if (trouble) return `${trouble} Check DATABASE_URL, and that the server runs.`;
  try {
    const appNow = app.now();
    const before = system.now().getTime();
    const database = await store.clock();
    const after = system.now().getTime();
    const known = {
      clock: { database, system: new Date((before + after) / 2) },
      appNow,
      migrations: await store.migrations(),
    };
    try {
      const ticks = await store.jobs.lastTicks();
      const deliveries = await store.deliveries.measures(appNow);
      return { ...known, ticks, deliveries, pauses: await store.deliveries.pauses(appNow) };
    } catch (error) {
      // Tables that are not made yet, or a newer version's, are what the finding about the migrations says.
      if (areOurs(known.migrations)) throw error;
      return known;
    }
  } catch {
    return "The database answers, but not as this version expects: its tables may be another version's. Start the bot of the newest version.";
  }
}

const areOurs = ({ applied, known }: OtherTables['migrations']): boolean =>
  applied.length === known.length && known.every((name) => applied.includes(name));

function reach({ name, host, port }: Endpoint): Promise<EndpointFact> {
  return new Promise((done) => {
    const socket = connect({ host, port });
    const end = (trouble: string | null): void => {
      socket.destroy();
      done({ name, host, port, trouble });
    };
    socket.setTimeout(CONNECT_MS, () => end(`no answer in ${CONNECT_MS / 1_000} seconds`));
    socket.once('connect', () => end(null));
    socket.once('error', (error) => end(codeOf(error)));
  });
}

async function lookAtFolder(path: string): Promise<HealthFacts['dataDir']> {
  const trouble = await access(path, constants.W_OK).then(() => null, codeOf);
  const disk = await statfs(path).catch(() => null);
  return { path: resolve(path), trouble, freeBytes: disk ? disk.bavail * disk.bsize : null };
}

const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? 'unknown');
