/**
 * `npm run doctor`: how the bot is, one line a finding. Ends with 0 when nothing is bad, 1 when something is, 2 when it
 * can't tell. A running bot on the embedded database is asked, since nobody else may open that; a server is looked into.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { movableClock, systemClock } from './clock.ts';
import { type Config, isLoopback, readConfig } from './config.ts';
import { endpointsOf, gatherHealth, lookAtClosures } from './health.ts';
import { DataDirectoryInUse, lockDataDirectory } from './store/data-directory-lock.ts';
import { lookInto } from './store/index.ts';
import { checkHealth, exitCodeOf, type Finding, findingLine } from './usecases/check-health.ts';

const ASK_MS = 10_000;
const answerSchema = z.object({
  dataDir: z.string().nullable(),
  findings: z.array(
    z.object({ name: z.string(), verdict: z.enum(['ok', 'warn', 'bad']), words: z.string() }),
  ),
});
type Visit = { readonly findings: readonly Finding[] } | { readonly cannotTell: string };

const USAGE = [
  'npm run doctor                             looks how the bot is, by the same settings as npm start',
  'npm run doctor -- http://127.0.0.1:4000    asks the bot at this address of this machine',
  "It ends with 0 when nothing is bad, 1 when something is, and 2 when it can't tell.",
].join('\n');

async function main([address]: readonly string[]): Promise<number> {
  if (address === '--help' || address === '-h') {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  if (address !== undefined && !/^https?:\/\//iu.test(address)) {
    process.stderr.write(`"${address}" is no address of a bot, which begins with http://.\n${USAGE}\n`);
    return 2;
  }
  const visit = address ? await ask(address.replace(/(?<!\/)\/+$/u, '')) : await visitHere();
  if ('cannotTell' in visit) {
    process.stderr.write(`Can't tell. ${visit.cannotTell}\n`);
    return 2;
  }
  for (const each of visit.findings) process.stdout.write(`${findingLine(each)}\n`);
  return exitCodeOf(visit.findings);
}

async function visitHere(): Promise<Visit> {
  const settings = readConfig();
  if (!settings.ok) {
    const findings = settings.problems.map(({ name, mend }) => ({
      name: `setting ${name}`,
      verdict: 'bad' as const,
      words: `${mend}.`,
    }));
    return { findings };
  }
  const { config } = settings;
  return config.database.kind === 'server'
    ? visitServer(config, config.database.url)
    : visitEmbedded(config, config.database.dataDir);
}

async function visitServer(config: Config, url: string): Promise<Visit> {
  const store = lookInto(url);
  try {
    const offsetMs = config.console.on ? await store.console.clockOffsetMs().catch(() => null) : null;
    return { findings: await look(config, store, movableClock(offsetMs ?? 0)) };
  } finally {
    await store.close();
  }
}

/** Asks the bot that has the directory. Without one, says what can be said without the database. */
async function visitEmbedded(config: Config, dataDir: string): Promise<Visit> {
  const host = isLoopback(config.host) ? config.host : '127.0.0.1';
  const url = `http://${host === '::1' ? '[::1]' : host}:${config.port}`;
  const answer = await ask(url, resolve(dataDir));
  if ('findings' in answer || !existsSync(dataDir)) {
    return 'findings' in answer ? answer : { findings: await stopped(config) };
  }
  try {
    await (await lockDataDirectory(dataDir)).release();
  } catch (error) {
    if (!(error instanceof DataDirectoryInUse)) return { findings: await stopped(config) };
    return {
      cannotTell: `A process uses ${resolve(dataDir)}, but ${answer.cannotTell} Name its address: npm run doctor -- http://127.0.0.1:3978`,
    };
  }
  return { findings: await stopped(config) };
}

const stopped = (config: Config): Promise<readonly Finding[]> =>
  look(
    config,
    'The bot is not running, so its database was not asked. Start it with npm start.',
    systemClock,
  );

async function look(
  config: Config,
  store: Parameters<typeof gatherHealth>[0]['store'],
  app: typeof systemClock,
): Promise<readonly Finding[]> {
  const closures = await lookAtClosures(config.closuresFile);
  const sources = {
    config,
    store,
    app,
    system: systemClock,
    jobs: null,
    endpoints: endpointsOf(config),
    closures,
  };
  return checkHealth(await gatherHealth(sources));
}

/** What the bot at `url` finds; `dataDir` is the one it must have. */
async function ask(url: string, dataDir?: string): Promise<Visit> {
  try {
    const response = await fetch(`${url}/doctor`, { redirect: 'error', signal: AbortSignal.timeout(ASK_MS) });
    const read = answerSchema.safeParse(await response.json());
    if (!read.success)
      return { cannotTell: `What answers at ${url} is not this bot, or not this version of it.` };
    if (dataDir !== undefined && read.data.dataDir !== dataDir)
      return { cannotTell: `the bot at ${url} has another data directory.` };
    return { findings: read.data.findings };
  } catch {
    return { cannotTell: `no bot answers at ${url}.` };
  }
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    const code = String((error as { code?: unknown } | null)?.code ?? 'no code');
    process.stderr.write(`Can't tell. The doctor itself failed (${code}).\n`);
    process.exit(2);
  },
);
