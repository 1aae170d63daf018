/**
 * `npm run roster -- people.csv`: what an import of that file would do; with `--apply` it is done. Ends with 0 when nothing has to be
 * mended, 1 when lines are rejected (then nothing is imported), 2 when the file or the database could not be read.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { movableClock } from './clock.ts';
import { type Config, readConfig } from './config.ts';
import { planRoster, type RosterPlan } from './domain/roster.ts';
import { rosterReport } from './messages/copy/people-roster.ts';
import { ROLE_RULES } from './offerings/role-rules.ts';
import type { Store } from './ports.ts';
import { lookInto } from './store/index.ts';
import { lookIntoFolder } from './store/looking.ts';
import { loadPeople, previewRoster } from './usecases/load-people.ts';
import { type Roster, readRoster } from './usecases/read-roster.ts';

const USAGE = [
  'npm run roster -- people.csv             shows what an import of this file would do',
  'npm run roster -- people.csv --apply     imports it, unless a line is rejected',
  'It goes by the same settings as npm start. It ends with 0 when nothing has to be mended, 1 when lines are rejected,',
  'and 2 when the file or the database could not be read.',
].join('\n');

/** Why nothing can be said, in our own words. */
class NotRead extends Error {
  override readonly name = 'NotRead';
}

async function main(words: readonly string[]): Promise<number> {
  if (words.includes('--help') || words.includes('-h')) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  try {
    const { file, apply } = readWish(words);
    const roster = readRoster(await textOf(file));
    return await visit(roster, apply);
  } catch (error) {
    if (!(error instanceof NotRead)) throw error;
    process.stderr.write(`Nothing was imported. ${error.message}\n`);
    return 2;
  }
}

function readWish(words: readonly string[]): { readonly file: string; readonly apply: boolean } {
  try {
    const flag = { type: 'boolean' } as const;
    const { values, positionals } = parseArgs({
      args: [...words],
      options: { apply: flag, 'dry-run': flag },
      allowPositionals: true,
    });
    const [file, ...more] = positionals;
    const isBoth = values.apply === true && values['dry-run'] === true;
    if (file !== undefined && more.length === 0 && !isBoth) return { file, apply: values.apply ?? false };
  } catch {
    // Words it does not know are answered like too few of them.
  }
  throw new NotRead(`Name one file.\n${USAGE}`);
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new NotRead(`The file ${resolve(file)} can't be read (${codeOf(error)}).`);
  }
}

/** Says what is to be said; imports when that is wished and every line is right. */
async function visit({ people, problems }: Roster, apply: boolean): Promise<number> {
  const settings = readConfig();
  if (!settings.ok)
    throw new NotRead(settings.problems.map(({ name, mend }) => `${name} ${mend}.`).join(' '));
  const store = await openStore(settings.config, apply);
  try {
    const plan = store ? await previewRoster(store, people) : withoutDatabase(people);
    const isRight = problems.length === 0 && plan.clashing.length === 0;
    const isApplied = apply && isRight && store !== null;
    if (isApplied) await importInto(store, settings.config, people);
    for (const each of rosterReport(plan, problems, isApplied)) process.stdout.write(`${each}\n`);
    process.stdout.write(`${outcome(apply, isRight)}\n`);
    return isRight ? 0 : 1;
  } catch (error) {
    throw error instanceof NotRead ? error : new NotRead(await troubleOf(store, error));
  } finally {
    await store?.close();
  }
}

const outcome = (apply: boolean, isRight: boolean): string => {
  if (!isRight) return 'Nothing was imported: mend the rejected lines, then try again.';
  return apply ? 'Imported.' : 'Nothing was changed. Add --apply to import it.';
};

const withoutDatabase = (people: Roster['people']): RosterPlan =>
  planRoster(people, { people: [], held: [], ended: [] }, ROLE_RULES);

/** Null where there is no database yet, which is enough for a look. */
async function openStore({ database }: Config, apply: boolean): Promise<Store | null> {
  if (database.kind === 'server') return lookInto(database.url);
  let store: Store | null;
  try {
    store = await lookIntoFolder(database.dataDir);
  } catch (error) {
    throw new NotRead(`The database in ${resolve(database.dataDir)} can't be opened (${codeOf(error)}).`);
  }
  if (store === null && apply)
    throw new NotRead(
      `There is no database in ${resolve(database.dataDir)} yet: name the file in ROSTER_FILE, and npm start makes one with it.`,
    );
  return store;
}

async function importInto(store: Store, config: Config, people: Roster['people']): Promise<void> {
  const offsetMs = config.console.on ? await store.console.clockOffsetMs() : null;
  await loadPeople(
    store,
    people,
    config.console.on ? 'console' : null,
    () => randomBytes(24).toString('base64url'),
    { at: movableClock(offsetMs ?? 0).now(), by: 'command-line', newId: randomUUID },
  );
}

async function troubleOf(store: Store | null, error: unknown): Promise<string> {
  const code = codeOf(error);
  // No such table, no such column.
  if (code === '42P01' || code === '42703')
    return 'The tables are of an older version: start the bot once, which brings them up to date.';
  return (await store?.troubles())?.[0] ?? `Reading the database failed (${code}).`;
}

const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? 'no code');

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`Nothing was imported. The import itself failed (${codeOf(error)}).\n`);
    process.exit(2);
  },
);
