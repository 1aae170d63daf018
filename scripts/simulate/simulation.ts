/**
 * What the bot would send: a journey is carried out with the bot's own use cases and jobs on a database in memory, and the
 * clock is carried on. There is no server and no platform; nothing reaches anybody.
 */

import { catchUp, programmeOf, wire } from '../../src/app.ts';
import { movableClock } from '../../src/clock.ts';
import { openClosures } from '../../src/closures.ts';
import { type Config, parseConfig } from '../../src/config.ts';
import type { Topic } from '../../src/domain/contact.ts';
import { createLog } from '../../src/log.ts';
import { plainText } from '../../src/messages/plain-text.ts';
import { createMetrics } from '../../src/metrics.ts';
import type { DeliveryKind, DeliveryState, Store, Urgency } from '../../src/ports.ts';
import { type Database, openDatabase } from '../../src/store/client.ts';
import { storeOn } from '../../src/store/index.ts';
import { readMigrations } from '../../src/store/migrate.ts';
import { playJourney, startOf } from './journey.ts';
import { isBetween, listed, readDeliveries } from './rows.ts';
import { createStage, type Stage } from './stage.ts';
import { watched } from './watched.ts';
import { whyOf } from './why.ts';

export interface Simulation {
  /** The journey's text, its parts put in. */
  readonly journey: string;
  /** Only what was to be sent from here on is listed; from the journey's start without it. */
  readonly from?: Date;
  /** The clock is carried on to here, and nothing later is listed. */
  readonly to: Date;
  /** Settings of the bot, as environment variables; those about platforms, databases and mail count for nothing. */
  readonly settings?: Readonly<Record<string, string | undefined>>;
  /** Told each expectation of the journey that does not hold; without it, it is thrown. */
  readonly unmet?: (problem: string) => void;
  /** Carried out on this one, which has all tables and no rows; without it, on one in memory that is made and thrown away. */
  readonly database?: Database;
}

/** A message that would be sent, or would not, and why. */
export interface SimulatedMessage {
  /** Ids that are made up in each run stand as numbers in it, so that two runs can be compared. */
  readonly key: string;
  /** A person's id, or `#ispg`. */
  readonly to: string;
  readonly name: string;
  /** Zone in which the reader reads times. */
  readonly timeZone: string;
  /** When it is sent; for what is not, when it was to be sent last. */
  readonly at: Date;
  readonly state: DeliveryState;
  readonly kind: DeliveryKind;
  readonly urgency: Urgency;
  readonly topic: Topic | null;
  /** What caused it, in words. */
  readonly why: string;
  /** Why it was not sent; null for what was. */
  readonly reason: string | null;
  /** When it was put off, until when and why. */
  readonly held: readonly { readonly at: Date; readonly until: Date; readonly because: string }[];
  /** The key of the message it goes out in, when that is not its own. */
  readonly within: string | null;
  /** It redraws what stands there already, which calls nobody. */
  readonly redraws: boolean;
  /** The words as they read there; for a part of a message, those of the part. */
  readonly text: string;
}

/** A setting that can't be used, in words for whoever wrote it. */
export class BadSettings extends Error {
  override readonly name = 'BadSettings';
}

/** Carries the journey out and the clock on to `to`; answers all messages from `from` to `to` in order. */
export async function simulate(simulation: Simulation): Promise<SimulatedMessage[]> {
  const config = configFor(simulation.settings ?? {});
  const startAt = new Date(startOf(simulation.journey));
  const database = simulation.database ?? (await openInMemory());
  try {
    const stage = createStage();
    const clock = movableClock(0, { now: () => startAt });
    const watch = watched(storeOn(database), clock);
    await play(simulation, config, stage, { ...watch, clock });
    const rows = await readDeliveries(async (sql) => (await database.pool.query(sql)).rows);
    const readers = await readersOf(watch.store, config);
    const from = simulation.from ?? startAt;
    return listed(rows)
      .filter((each) => isBetween(each, from, simulation.to))
      .map((each) => describe(each, stage, watch, readers));
  } finally {
    if (simulation.database === undefined) await database.close();
  }
}

const openInMemory = async (): Promise<Database> =>
  openDatabase({ kind: 'embedded', dataDir: null }, await readMigrations(), (error) => {
    throw error;
  });

const NO_CARRIER =
  /^(?:PORT|HOST|DATA_DIR|DATABASE_.*|CONSOLE.*|SLACK_.*|TEAMS_.*|SMTP.*|MAIL.*|LOG_LEVEL)$/u;

function configFor(settings: Readonly<Record<string, string | undefined>>): Config {
  const kept = Object.entries(settings).filter(([name]) => !NO_CARRIER.test(name));
  const parsed = parseConfig({ ...Object.fromEntries(kept), CONSOLE: 'on' });
  if (parsed.ok) return parsed.config;
  throw new BadSettings(parsed.problems.map(({ name, mend }) => `${name}: ${mend}`).join('\n'));
}

type Watch = ReturnType<typeof watched>;

async function play(
  { journey, to, unmet }: Simulation,
  config: Config,
  stage: Stage,
  { store, caused, clock }: Watch & { readonly clock: ReturnType<typeof movableClock> },
): Promise<void> {
  const log = createLog('error');
  const closures = await openClosures(config.closuresFile, log);
  const programme = programmeOf(config, closures, config.publicUrl ?? 'https://bot.example.gov');
  const metrics = createMetrics(store, clock);
  const start = async () => {
    const parts = await wire(store, config, log, clock, programme, {
      closures,
      metrics,
      recorders: [stage.adapter],
    });
    await catchUp(parts, config, clock);
    return parts;
  };
  caused('the bot starts');
  let parts = await start();
  caused(null);
  const driver = stage.driver({
    receive: (event, reply) => parts.dispatch.receive(event, reply),
    time: { now: () => parts.time.now(), advanceTo: (at) => parts.time.advanceTo(at) },
    timeZoneOf: (id) => store.transaction(async (tx) => (await tx.people.get(id))?.timeZone ?? null),
    channelTimeZone: config.timeZone,
    caused,
    restart: async () => {
      await parts.dispatch.idle();
      await parts.runner.stop();
      parts = await start();
    },
  });
  try {
    await playJourney(journey, driver, unmet);
    if (to > clock.now()) await parts.time.advanceTo(to);
  } finally {
    await parts.runner.stop();
  }
}

type Readers = (row: { to: ReturnType<typeof listed>[number]['row']['to'] }) => {
  readonly to: string;
  readonly name: string;
  readonly timeZone: string;
};

async function readersOf(store: Store, config: Config): Promise<Readers> {
  const people = new Map(
    (await store.transaction((tx) => tx.people.list())).map((person) => [person.id, person] as const),
  );
  return ({ to }) => {
    if (to.kind === 'channel')
      return { to: `#${to.channel}`, name: `#${to.channel}`, timeZone: config.timeZone };
    const person = people.get(to.personId);
    const name = person?.name ?? to.personId;
    const timeZone = person?.timeZone ?? config.timeZone;
    return to.kind === 'mailbox'
      ? { to: `mailbox of ${to.personId}`, name: `${name}’s mailbox`, timeZone }
      : { to: to.personId, name, timeZone };
  };
}

function describe(
  { key, at, row, named }: ReturnType<typeof listed>[number],
  stage: Stage,
  { written, holds }: Watch,
  readers: Readers,
): SimulatedMessage {
  const reader = readers(row);
  const isPart = row.bundle !== null && row.bundle !== row.key;
  const recorded = isPart ? undefined : stage.recorded.get(row.key);
  return {
    key,
    ...reader,
    at,
    state: row.state,
    kind: row.kind,
    urgency: row.urgency,
    topic: row.topic,
    why: named(whyOf(row, written.get(row.key) ?? null, reader.timeZone)),
    reason: row.state === 'sent' ? null : row.reason,
    held: holds.get(row.key) ?? [],
    within: isPart && row.bundle !== null && row.state === 'sent' ? named(row.bundle) : null,
    redraws: recorded?.redraws ?? row.redraws !== null,
    text: withoutTokens(recorded?.text ?? plainText(row.message, reader)),
  };
}

/** Addresses that nobody guesses are made up anew in each run, and open nothing. */
const withoutTokens = (text: string): string => text.replace(/(\/calendar\/\w+\/)[\w-]+\.ics/gu, '$1….ics');
