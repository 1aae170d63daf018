/** Queues full of deliveries, and platforms that take them: what the rows about sending are measured with. */
import { FEDERAL_CALENDAR } from '../../src/domain/calendar.ts';
import type { Pace } from '../../src/domain/pace.ts';
import { card, paragraph } from '../../src/messages/message.ts';
import { type DeliveryAdapter, type Store, UNMEASURED } from '../../src/ports.ts';
import { type Database, openDatabase, type StoreAddress } from '../../src/store/client.ts';
import { storeOn } from '../../src/store/index.ts';
import { readMigrations } from '../../src/store/migrate.ts';
import type { DeliverDeps } from '../../src/usecases/delivery-run.ts';
import { createTraffic } from '../../src/usecases/traffic.ts';
import { newDataDir, newServerDatabase, query, sharedServer, unexpected } from './databases.ts';

/** A Tuesday morning in New York: an hour at which people may be written to. */
export const MORNING = new Date('2026-12-01T15:00:00Z');

/** What a reminder looks like: about 500 bytes as JSON. */
export const REMINDER = card(
  'A reminder about your request',
  [
    paragraph(
      'Your request ISSO-1042 is waiting for you: I need the name of the system and the day on which the work is to begin before it can go to the reviewers.',
    ),
  ],
  [
    {
      id: 'go-on',
      label: 'Go on with it',
      press: { verb: 'resume', subject: 'c-1042' },
      opensDialog: false,
      look: 'primary',
      typed: 'go on',
    },
  ],
);

export type Place = 'embedded' | 'server';
export interface Filled {
  readonly store: Store;
  readonly database: Database;
}

/** Where rows about sending are measured: on the embedded database and, where there is one, on a server. */
export async function places(
  log: (remark: string) => void,
): Promise<readonly (readonly [Place, () => Promise<StoreAddress>])[]> {
  const server = await sharedServer();
  const embedded = async (): Promise<StoreAddress> => ({ kind: 'embedded', dataDir: await newDataDir() });
  if (typeof server === 'string') {
    log(`on a PostgreSQL server not run: ${server}`);
    return [['embedded', embedded]];
  }
  return [
    ['embedded', embedded],
    ['server', async () => ({ kind: 'server', url: await newServerDatabase(server) })],
  ];
}

/** An open database with all tables, and so many people who are reached on the console. */
export async function openWithPeople(address: StoreAddress, people: number): Promise<Filled> {
  const database = await openDatabase(address, await readMigrations(), unexpected);
  await query(
    database.url,
    `INSERT INTO person (id, name, email, roles, components, time_zone, calendar_token)
     SELECT 'p' || n, 'Person ' || n, 'p' || n || '@demo.cms.example', '{business_owner}', '{OIT}', 'America/New_York', 'token' || n
       FROM generate_series(0, $1::int - 1) n`,
    [people],
  );
  await query(
    database.url,
    `INSERT INTO platform_user (platform, user_id, person_id) SELECT 'console', id, id FROM person`,
  );
  await query(database.url, 'ANALYZE person, platform_user');
  return { store: storeOn(database), database };
}

/** What is written into the queue for a measurement. */
export interface Filling {
  /** Begins each key. */
  readonly name: string;
  readonly rows: number;
  /** Which person the `n`th row is for, as SQL. */
  readonly person: string;
  /** When the `n`th row is due, as SQL over `$3`, the instant `from`. */
  readonly dueAt?: string;
  readonly from: Date;
}

/** Writes rows of messages as another person's action causes them. */
export async function fill(
  { database }: Filled,
  { name, rows, person, dueAt = '$3::timestamptz', from }: Filling,
): Promise<void> {
  await query(
    database.url,
    `INSERT INTO delivery (key, recipient_kind, recipient_id, kind, urgency, message, due_at, wake_at, state)
     SELECT $1 || '-' || n, 'person', 'p' || (${person}), 'reminder', 'told', $4::jsonb, at, at, 'pending'
       FROM generate_series(0, $2::int - 1) n, LATERAL (SELECT ${dueAt} AS at) AS due`,
    [name, rows, from.toISOString(), JSON.stringify(REMINDER)],
  );
}

/** A platform that takes everything at once, and counts. `took` is told of each message as it arrives. */
export function instantPlatform(
  took: (conversation: string, key: string) => void = () => undefined,
  pace: Pace = { atOnce: 100, conversation: [], workspace: [] },
): DeliveryAdapter & { readonly count: () => number } {
  let count = 0;
  return {
    platform: 'console',
    pace,
    async deliver({ id }, _message, key) {
      count += 1;
      took(id, key);
      return { kind: 'delivered', messageId: `m${count}` };
    },
    findPosted: async () => ({ kind: 'not-posted' }),
    stop: async () => undefined,
    count: () => count,
  };
}

/** What sending needs, on this store and with these platforms. */
export const senderOn = (store: Store, ...adapters: readonly DeliveryAdapter[]): DeliverDeps => ({
  store,
  adapters,
  log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  measures: UNMEASURED,
  courtesy: {
    calendar: FEDERAL_CALENDAR,
    quietHours: { from: '18:00', to: '08:00' },
  },
  traffic: createTraffic(),
  random: Math.random,
  stopwatch: () => performance.now(),
  channelAddresses: (channel) => [{ platform: 'console', id: `#${channel}`, timeZone: 'America/New_York' }],
});
