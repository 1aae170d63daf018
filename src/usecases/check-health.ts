/** What the operator is told about the bot's state: one finding for each thing that can go wrong. Pure. */
import { DAY_MS, MINUTE_MS } from '../domain/time.ts';
import { zoneTroubles } from '../domain/zone-check.ts';
import type { Carrier, DeliveryMeasures, JobTick, MailboxTrouble } from '../ports.ts';

/** `bad` needs somebody now, `warn` soon. */
export type Verdict = 'ok' | 'warn' | 'bad';
export interface Finding {
  readonly name: string;
  readonly verdict: Verdict;
  /** What was found and, unless all is well, what to do next. */
  readonly words: string;
}

export interface EndpointFact {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** Why it can't be reached; null when it can. */
  readonly trouble: string | null;
}

/** What only the database knows. */
export interface DatabaseFacts {
  /** Its clock, and this machine's at the same instant. */
  readonly clock: { readonly database: Date; readonly system: Date };
  /** The instant by the bot's own clock, which the console may have moved. */
  readonly appNow: Date;
  readonly migrations: { readonly applied: readonly string[]; readonly known: readonly string[] };
  readonly ticks: readonly JobTick[];
  readonly deliveries: DeliveryMeasures;
  readonly pauses: ReadonlyMap<Carrier, Date>;
}

/** A database whose tables are not made yet, or another version's: nothing else can be asked of it. */
export type OtherTables = Pick<DatabaseFacts, 'clock' | 'appNow' | 'migrations'>;

export interface HealthFacts {
  readonly nodeVersion: string;
  /** The zone data's version, such as `2026a`. */
  readonly zoneData: string;
  /** Why the database could not be asked, in words; else what it said. */
  readonly database: DatabaseFacts | OtherTables | string;
  /** Names of the jobs that tick; null for those that ticked within a week. */
  readonly jobs: readonly string[] | null;
  readonly endpoints: readonly EndpointFact[];
  readonly closures: { readonly file: string | null; readonly trouble: string | null };
  /** The folder of the embedded database; null on a server. */
  readonly dataDir: {
    readonly path: string;
    readonly trouble: string | null;
    readonly freeBytes: number | null;
  } | null;
  /** The mailbox that requests come in by; null or left out when none is set up. */
  readonly mailbox?: { readonly trouble: MailboxTrouble | null } | null;
}

const SKEW_MS = { warn: 5_000, bad: 60_000 } as const;
/** Jobs tick each minute, and the run of a process that died is taken over after two. */
const TICK_AGE_MS = { warn: 4 * MINUTE_MS, bad: 15 * MINUTE_MS } as const;
/** A job without a tick for longer may have been one of an older version. */
const RECENT_MS = 7 * DAY_MS;
const LAG_MS = { warn: 5 * MINUTE_MS, bad: 30 * MINUTE_MS } as const;
const BACKLOG = { warn: 1_000, bad: 20_000 } as const;
const FREE_BYTES = { warn: 1_000_000_000, bad: 100_000_000 } as const;
const OLDEST_NODE = [20, 19] as const;
const ZONE_DATA_YEARS = 2;

/** All findings, in the order in which an operator would look. */
export function checkHealth(facts: HealthFacts): readonly Finding[] {
  const { database } = facts;
  const ofDatabase =
    typeof database === 'string'
      ? [finding('database', 'bad', database)]
      : [
          ofClock(database),
          ofMigrations(database),
          ...('deliveries' in database ? ofTables(facts.jobs, database) : []),
        ];
  return [
    ofNode(facts.nodeVersion),
    ofZones(facts.zoneData, typeof database === 'string' ? null : database.clock.system),
    ...ofDatabase,
    ...facts.endpoints.map(ofEndpoint),
    ...ofMailbox(facts.mailbox ?? null),
    ofClosures(facts.closures),
    ...ofDataDir(facts.dataDir),
  ];
}

/** What is read from tables of this version. */
const ofTables = (jobs: HealthFacts['jobs'], database: DatabaseFacts): readonly Finding[] => [
  ...ofTicks(jobs, database),
  ofOldest(database),
  ofBacklog(database),
  ofGivenUp(database),
  ofPauses(database),
];

/** What a doctor's visit ends with: 0 when nothing is bad, else 1. */
export const exitCodeOf = (findings: readonly Finding[]): 0 | 1 =>
  findings.some(({ verdict }) => verdict === 'bad') ? 1 : 0;

/** One line of a report. */
export const findingLine = ({ name, verdict, words }: Finding): string =>
  `${verdict === 'bad' ? 'BAD ' : verdict.padEnd(4)}  ${name}: ${words}`;

const finding = (name: string, verdict: Verdict, words: string): Finding => ({ name, verdict, words });

/** The verdict on a figure that should be small. */
const above = (figure: number, { warn, bad }: { readonly warn: number; readonly bad: number }): Verdict =>
  figure > bad ? 'bad' : figure > warn ? 'warn' : 'ok';

function ofNode(version: string): Finding {
  const [major = 0, minor = 0] = version.replace(/^v/u, '').split('.').map(Number);
  const [oldest, oldestMinor] = OLDEST_NODE;
  const isNew = major > oldest || (major === oldest && minor >= oldestMinor);
  return isNew
    ? finding('node', 'ok', `Node ${version}.`)
    : finding('node', 'bad', `Node ${version} is too old. Install ${OLDEST_NODE.join('.')} or newer.`);
}

function ofZones(version: string, now: Date | null): Finding {
  const [trouble] = zoneTroubles();
  if (trouble) {
    return finding(
      'zones',
      'bad',
      `The time zone data are wrong: ${trouble}. Install a current Node with full ICU.`,
    );
  }
  const year = Number(/^\d{4}/u.exec(version)?.[0] ?? Number.NaN);
  const isOld = now !== null && !(now.getUTCFullYear() - year <= ZONE_DATA_YEARS);
  return isOld
    ? finding(
        'zones',
        'warn',
        `The time zone data (${version}) are old. Update Node soon; the US zones are right so far.`,
      )
    : finding('zones', 'ok', `The time zone data (${version}) know the US clock changes of 2026 to 2030.`);
}

function ofClock({ clock, appNow }: OtherTables): Finding {
  const skewMs = Math.abs(clock.database.getTime() - clock.system.getTime());
  const verdict = above(skewMs, SKEW_MS);
  if (verdict !== 'ok') {
    return finding(
      'clock',
      verdict,
      `This machine and the database differ by ${sayMs(skewMs)}. Let both follow a time server (NTP).`,
    );
  }
  const movedMs = appNow.getTime() - clock.system.getTime();
  const moved =
    Math.abs(movedMs) > MINUTE_MS
      ? ` The console has moved the bot's clock by ${sayMs(Math.abs(movedMs))}.`
      : '';
  return finding('clock', 'ok', `This machine and the database agree on the time.${moved}`);
}

function ofMigrations({ migrations: { applied, known } }: OtherTables): Finding {
  const unknown = applied.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    return finding(
      'migrations',
      'bad',
      `The database has ${unknown.join(', ')}, which this version does not know. Start the newer version of the bot.`,
    );
  }
  const open = known.filter((name) => !applied.includes(name));
  if (open.length > 0) {
    return finding(
      'migrations',
      'warn',
      `Not applied yet: ${open.join(', ')}. The bot applies them when it starts; start it, or start it again.`,
    );
  }
  return finding('migrations', 'ok', `All ${known.length} are applied.`);
}

function ofTicks(jobs: readonly string[] | null, { ticks, clock }: DatabaseFacts): Finding[] {
  // A tick that lies ahead was noted before the database's clock was set back.
  const ageMs = ({ slotAt }: JobTick): number => Math.max(0, clock.database.getTime() - slotAt.getTime());
  const names = jobs ?? ticks.filter((tick) => ageMs(tick) < RECENT_MS).map(({ job }) => job);
  if (names.length === 0) return [finding('ticks', 'bad', 'No job has ticked for a week. Start the bot.')];
  return names.map((job) => {
    const name = `tick of ${job}`;
    const last = ticks.find((tick) => tick.job === job);
    if (!last)
      return finding(name, 'bad', 'It has never ticked on this database. Look into the log of the bot.');
    const verdict = above(ageMs(last), TICK_AGE_MS);
    const words = `The last one was ${sayMs(ageMs(last))} ago.`;
    return finding(
      name,
      verdict,
      verdict === 'ok' ? words : `${words} See that the bot runs, and look into its log.`,
    );
  });
}

function ofOldest({ deliveries: { oldestDueAt }, appNow, pauses }: DatabaseFacts): Finding {
  if (oldestDueAt === null) return finding('oldest unsent', 'ok', 'Nothing that is due waits to be sent.');
  const lagMs = Math.max(0, appNow.getTime() - oldestDueAt.getTime());
  const verdict = above(lagMs, LAG_MS);
  if (verdict === 'ok') return finding('oldest unsent', 'ok', `It has been due for ${sayMs(lagMs)}.`);
  const why =
    pauses.size > 0
      ? 'A platform is paused (see below), which may be why.'
      : 'See that the bot runs and reaches its platforms, and look into its log.';
  return finding('oldest unsent', verdict, `A message has been due for ${sayMs(lagMs)}. ${why}`);
}

function ofBacklog({ deliveries: { due } }: DatabaseFacts): Finding {
  const verdict = above(due, BACKLOG);
  const count = `${due} message${due === 1 ? ' is' : 's are'} due.`;
  return finding(
    'backlog',
    verdict,
    verdict === 'ok'
      ? count
      : `${count} Watch whether the number falls; if not, add a process or see the platforms' pauses.`,
  );
}

function ofGivenUp({ deliveries: { byState } }: DatabaseFacts): Finding {
  const blocked = byState.get('blocked') ?? 0;
  const unreachable = byState.get('unreachable') ?? 0;
  return finding(
    'given up',
    'ok',
    blocked + unreachable === 0
      ? 'No message was ever given up.'
      : `${blocked} blocked and ${unreachable} unreachable so far. The daily digest names those of the last day.`,
  );
}

function ofPauses({ pauses }: DatabaseFacts): Finding {
  if (pauses.size === 0) return finding('pauses', 'ok', 'No platform asks us to wait.');
  const each = [...pauses].map(([platform, until]) => `${platform} until ${until.toISOString()}`);
  return finding(
    'pauses',
    'warn',
    `Waiting, as the platform asked: ${each.join(', ')}. It goes on by itself.`,
  );
}

function ofEndpoint({ name, host, port, trouble }: EndpointFact): Finding {
  return trouble === null
    ? finding(`endpoint ${name}`, 'ok', `${host}:${port} can be reached.`)
    : finding(
        `endpoint ${name}`,
        'bad',
        `${host}:${port} can't be reached (${trouble}). Check the address, the network and the firewall.`,
      );
}

const MAILBOX_TROUBLES: Readonly<Record<MailboxTrouble, string>> = {
  refused: 'It refuses the user or the password. Check IMAP_URL and IMAP_PASSWORD.',
  insecure:
    "The connection can't be made secure. Use an imaps:// address and a certificate that is valid for its name.",
  folder:
    "Its folder can't be opened, or mail in it can't be marked. Check IMAP_FOLDER and what the user may do.",
  'done-folder': "Mail can't be moved out of the way. Check IMAP_DONE_FOLDER.",
  away: 'Its server does not answer. Check the address, the network and the firewall.',
};

function ofMailbox(mailbox: HealthFacts['mailbox'] | null): Finding[] {
  if (!mailbox) return [];
  const { trouble } = mailbox;
  return [
    trouble === null
      ? finding('mailbox', 'ok', 'It can be read.')
      : finding('mailbox', 'bad', MAILBOX_TROUBLES[trouble]),
  ];
}

function ofClosures({ file, trouble }: HealthFacts['closures']): Finding {
  if (file === null)
    return finding('closures', 'ok', 'No closures file is set; federal holidays alone count.');
  return trouble === null
    ? finding('closures', 'ok', `${file} can be read.`)
    : finding(
        'closures',
        'bad',
        `${file} can't be used: ${trouble}. Mend it; the bot reads it again by itself.`,
      );
}

function ofDataDir(dataDir: HealthFacts['dataDir']): Finding[] {
  if (dataDir === null) return [];
  const { path, trouble, freeBytes } = dataDir;
  const folder =
    trouble === null
      ? finding('data folder', 'ok', `${path} can be written.`)
      : finding('data folder', 'bad', `${path} can't be written (${trouble}). Check its owner and the disk.`);
  if (freeBytes === null) return [folder];
  const free = `${sayBytes(freeBytes)} free.`;
  const verdict = freeBytes < FREE_BYTES.bad ? 'bad' : freeBytes < FREE_BYTES.warn ? 'warn' : 'ok';
  return [
    folder,
    finding('disk', verdict, verdict === 'ok' ? free : `${free} Make room on the disk of ${path}.`),
  ];
}

/** "3 seconds", "12 minutes", "2 hours", "5 days": rounded down. */
function sayMs(ms: number): string {
  const [count, unit] =
    ms >= 2 * DAY_MS
      ? [ms / DAY_MS, 'day']
      : ms >= 120 * MINUTE_MS
        ? [ms / 3_600_000, 'hour']
        : ms >= 2 * MINUTE_MS
          ? [ms / MINUTE_MS, 'minute']
          : [ms / 1_000, 'second'];
  const whole = Math.floor(count);
  return `${whole} ${unit}${whole === 1 ? '' : 's'}`;
}

const sayBytes = (bytes: number): string =>
  bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.floor(bytes / 1e6)} MB`;
