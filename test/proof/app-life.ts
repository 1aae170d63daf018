/** The whole program in the proof's own process, on a clock of the proof's: it lives, is stopped for a while, lives again. */
import { type App, startApp } from '../../src/app.ts';
import { parseConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { addressIn, atTheEnd, newDataDir, newServerDatabase, query, sharedServer } from './databases.ts';
import { post } from './talk.ts';

/** A span in which the program ran, both ends included. */
export interface Span {
  readonly from: Date;
  readonly to: Date;
}

export interface AppLife {
  readonly spans: readonly Span[];
  now(): Date;
  url(): string;
  /** Lives until `to`, doing what falls due. */
  liveUntil(to: Date): Promise<void>;
  /** Stopped for so many milliseconds, and started again. */
  sleep(ms: number): Promise<void>;
  /** The machine's clock jumps while the program runs. */
  jump(ms: number): void;
  rows(sql: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  stop(): Promise<void>;
}

/** Starts one on a database of its own. */
export async function newLife(start: Date): Promise<AppLife> {
  const server = await sharedServer();
  const databaseUrl = typeof server === 'string' ? null : await newServerDatabase(server);
  const dataDir = databaseUrl ? '' : await newDataDir();
  const settings = parseConfig({
    PORT: '0',
    LOG_LEVEL: 'error',
    ...(databaseUrl ? { DATABASE_URL: databaseUrl } : { DATA_DIR: dataDir }),
  });
  if (!settings.ok) throw new Error('The settings are wrong.');
  const { config } = settings;
  let systemMs = start.getTime();
  /** How far the console has moved its clock on. */
  let movedMs = 0;
  const now = (): Date => new Date(systemMs + movedMs);
  const begin = (): Promise<App> =>
    startApp({ config, log: createLog('error'), system: { now: () => new Date(systemMs) } });
  let app: App | null = await begin();
  let from = now();
  const spans: Span[] = [];
  const running = (): App => {
    if (!app) throw new Error('It does not run.');
    return app;
  };
  const rest = async (): Promise<void> => {
    if (!app) return;
    spans.push({ from, to: now() });
    await app.stop();
    app = null;
  };
  atTheEnd(rest);
  const life: AppLife = {
    spans,
    now,
    url: () => running().url,
    async liveUntil(to) {
      if (to <= now()) return;
      const answered = await post(running().url, 'clock', { to: to.toISOString() });
      if (answered.status !== 200) throw new Error(`The clock did not move: ${answered.body}`);
      movedMs += to.getTime() - now().getTime();
    },
    async sleep(ms) {
      await rest();
      systemMs += ms;
      from = now();
      app = await begin();
    },
    jump(ms) {
      spans.push({ from, to: now() });
      systemMs += ms;
      from = now();
    },
    rows: async (sql, values) => {
      const url = databaseUrl ?? (await addressIn(dataDir));
      return query(url, sql, values);
    },
    stop: rest,
  };
  return life;
}
