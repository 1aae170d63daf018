/** Starts the bot. Refuses to start, in plain words, when something is not as it must be. */
import { BadRoster, startApp } from './app.ts';
import { readConfig } from './config.ts';
import { createLog } from './log.ts';

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
  const app = await startApp({
    config,
    log,
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

/** Our own refusals are written for people; anything else is told by its kind and the log. */
function describeStart(error: unknown): string {
  if (!(error instanceof Error)) return 'Something unexpected went wrong.';
  if (error instanceof BadRoster) return `The roster file has lines that need mending:\n${error.message}`;
  const code = (error as { code?: unknown }).code;
  if (code === 'EADDRINUSE')
    return `Port ${config.port} is in use. Stop what uses it, or set PORT to another number.`;
  if (code === 'ENOENT') return 'A file named in the settings does not exist; check ROSTER_FILE.';
  log.error({ error }, 'start failed');
  return error.message;
}
