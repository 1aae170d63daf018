/** Stores in the proof's own process, and a time that stands until it is moved. */
import type { Clock, Store } from '../../src/ports.ts';
import { openDatabase, type StoreAddress } from '../../src/store/client.ts';
import { storeOn } from '../../src/store/index.ts';
import { readMigrations } from '../../src/store/migrate.ts';
import { EMPTYING } from '../support/emptying.ts';
import { atTheEnd, newDataDir, newServerDatabase, query, sharedServer, unexpected } from './databases.ts';

export interface OpenStore {
  readonly place: 'embedded' | 'server';
  readonly address: StoreAddress;
  readonly store: Store;
  /** Where the database listens. */
  readonly url: string;
  /** Takes all rows away. */
  empty(): Promise<void>;
  close(): Promise<void>;
}

/** A store with all tables and no rows; closed when the row ends. */
export async function openAt(address: StoreAddress): Promise<OpenStore> {
  const database = await openDatabase(address, await readMigrations(), unexpected);
  let closing: Promise<void> | null = null;
  const close = (): Promise<void> => {
    closing ??= database.close();
    return closing;
  };
  atTheEnd(close);
  const place = address.kind;
  const { url } = database;
  const empty = async (): Promise<void> => {
    await query(url, EMPTYING);
  };
  return { place, address, store: storeOn(database), url, empty, close };
}

export const openEmbeddedStore = async (): Promise<OpenStore> =>
  openAt({ kind: 'embedded', dataDir: await newDataDir() });

/** One on a server where there is one, else on the embedded database. */
export async function openOneStore(log: (remark: string) => void): Promise<OpenStore> {
  const server = await sharedServer();
  if (typeof server !== 'string') return openAt({ kind: 'server', url: await newServerDatabase(server) });
  log(`on a PostgreSQL server not run: ${server}`);
  return openEmbeddedStore();
}

/** One on the embedded database and, where there is one, one on a server. */
export async function openStores(log: (remark: string) => void): Promise<readonly OpenStore[]> {
  const embedded = await openEmbeddedStore();
  const server = await sharedServer();
  if (typeof server !== 'string')
    return [embedded, await openAt({ kind: 'server', url: await newServerDatabase(server) })];
  log(`on a PostgreSQL server not run: ${server}`);
  return [embedded];
}

/** The machine's time from an instant of one's own, moved on at will: as on a machine that was asleep. */
export interface SteppedClock extends Clock {
  /** Never back. */
  moveTo(at: Date): void;
}

export function steppedClock(start: Date): SteppedClock {
  let at = start.getTime();
  let setAtMs = performance.now();
  const now = (): Date => new Date(at + Math.floor(performance.now() - setAtMs));
  return {
    now,
    moveTo(to) {
      at = Math.max(to.getTime(), now().getTime());
      setAtMs = performance.now();
    },
  };
}
