/** Starts the bot. Refuses to start, in plain words, when something is not as it must be. */
import { readConfig } from './config.ts';
import { createLog } from './log.ts';
import { DataDirectoryInUse, lockDataDirectory } from './store/data-directory-lock.ts';

/** What codes of the system and of PostgreSQL mean for whoever starts the bot. */
const WHY: ReadonlyMap<string, string> = new Map([
  ['EADDRINUSE', 'The port is in use. Stop what uses it, or set PORT to another number.'],
  ['EACCES', 'A file or port may not be used by this account. Check DATA_DIR and PORT.'],
  ['ENOENT', 'A file named in the settings does not exist. Check ROSTER_FILE, CLOSURES_FILE and DATA_DIR.'],
  ['ENOSPC', 'The disk is full. Make room, or move DATA_DIR.'],
  ['EROFS', 'The disk is read-only. Choose another DATA_DIR.'],
  ['ECONNREFUSED', 'The database server does not answer. Check DATABASE_URL and that the server runs.'],
  ['ETIMEDOUT', 'The database server does not answer in time. Check DATABASE_URL and the network.'],
  ['ENOTFOUND', 'The name of the database server is not known. Check DATABASE_URL.'],
  ['28P01', 'The database server refuses the user or password. Check DATABASE_URL.'],
  ['28000', 'The database server refuses the user. Check DATABASE_URL.'],
  ['3D000', 'The database does not exist on the server. Create it, or check DATABASE_URL.'],
]);

const settings = readConfig();
if (!settings.ok) {
  process.stderr.write('The bot did not start. These settings need mending:\n');
  for (const { name, mend } of settings.problems) process.stderr.write(`  ${name}: ${mend}\n`);
  process.exit(2);
}
const { config } = settings;
const log = createLog(config.logLevel);

process.on('unhandledRejection', (error) => {
  log.error({ error }, 'a promise was left alone');
});

try {
  // Taken before the rest of the program is loaded, so that a second process is refused at once.
  const lock = config.database.kind === 'embedded' ? await lockDataDirectory(config.database.dataDir) : null;
  const { startApp } = await import('./app.ts');
  const app = await startApp({
    config,
    log,
    ...(lock ? { lock } : {}),
    onLost: (error) => {
      log.error({ error }, 'the embedded database ended');
      process.exit(1);
    },
  });
  process.stdout.write(`The bot is running at ${app.url}\n`);
  if (app.consoleIsOn) process.stdout.write(`Open the console in a browser: ${app.url}/console\n`);
  const stop = (): void => {
    app.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ error }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
} catch (error) {
  process.stderr.write(`The bot did not start. ${describeStart(error)}\n`);
  process.exit(1);
}

/** Why the start failed, for the operator. Our own refusals are written for people; the rest is told by its code. */
function describeStart(error: unknown): string {
  if (error instanceof Error && error.name === 'BadRoster') {
    return `The roster file has lines that need mending:\n${error.message}`;
  }
  if (error instanceof Error && error.name === 'BadClosures') {
    return `The closures file has lines that need mending:\n${error.message}`;
  }
  if (error instanceof DataDirectoryInUse) return error.message;
  if (error instanceof Error && error.name === 'SchemaMismatch') return error.message;
  log.error({ error }, 'start failed');
  const code = String((error as { code?: unknown } | null)?.code ?? '');
  return WHY.get(code) ?? 'Something unexpected went wrong; the log line above says where.';
}
