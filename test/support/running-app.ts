/** The whole program, started as `npm start` does, on a database of its own: embedded, or on the server under test. */
import { rmSync } from 'node:fs';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, startApp } from '../../src/app.ts';
import { parseConfig } from '../../src/config.ts';
import { createDrawing } from '../../src/drawing.ts';
import { createLog } from '../../src/log.ts';
import type { Catalogue } from '../../src/offerings/catalogue.ts';
import type { Clock } from '../../src/ports.ts';
import { copyTemplate, createServerDatabase, testServerUrl } from './open-store.ts';

/**
 * One for all programmes of a process: each would load the libraries of its pictures anew. Its thread keeps no process from ending.
 */
const drawing = createDrawing();

export interface RunningApp {
  readonly url: string;
  /** Stops it and starts it again on the same data. */
  restart(): Promise<void>;
  /** Settles when nothing that was heard is in hand. */
  idle(): Promise<void>;
  /** Where its database listens. */
  databaseUrl(): Promise<string>;
  stop(): Promise<void>;
}

/** Starts the program; `settings` are environment variables, `system` the machine's clock, `catalogue` what it offers. */
export async function startProgramme(
  settings: Readonly<Record<string, string>> = {},
  system?: Clock,
  catalogue?: Catalogue,
): Promise<RunningApp> {
  const dataDir = await mkdtemp(join(tmpdir(), 'isso-app-'));
  const server = testServerUrl();
  const database = server ? await createServerDatabase(server) : null;
  if (!database) await copyTemplate(dataDir);
  const environment = {
    PORT: '0',
    DATA_DIR: dataDir,
    ...(database ? { DATABASE_URL: database.url } : {}),
    ...settings,
  };
  const start = async (): Promise<App> => {
    const parsed = parseConfig(environment);
    if (!parsed.ok) throw new Error(parsed.problems.map(({ name, mend }) => `${name}: ${mend}`).join('\n'));
    return startApp({
      config: parsed.config,
      log: createLog('warn'),
      drawing,
      ...(system ? { system } : {}),
      ...(catalogue ? { catalogue } : {}),
    });
  };
  let app = await start();
  return {
    get url() {
      return app.url;
    },
    async restart() {
      await app.stop();
      app = await start();
    },
    idle: () => app.idle(),
    databaseUrl: async () => database?.url ?? (await readFile(join(dataDir, 'database-url'), 'utf8')).trim(),
    async stop() {
      await app.stop();
      await database?.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
