/**
 * `npm run records`: writes the records of a class into a new folder, or checks such a folder. Ends with 0 when all is well, 1 when an
 * export does not hold, 2 when it could not be read or made. It deletes nothing: disposition is the records officer's, in chat.
 */
import { createReadStream } from 'node:fs';
import { appendFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { movableClock } from './clock.ts';
import { type Config, readConfig } from './config.ts';
import { RECORD_CLASSES, recordClassOf } from './domain/record-class.ts';
import { recordParts } from './domain/record-parts.ts';
import { cutOffOf } from './domain/retention.ts';
import { instantOf, readLocalDate } from './domain/time.ts';
import { codeOf, isOlder, NotRead, openToLook } from './open-to-look.ts';
import type { RecordScope, Store } from './ports.ts';
import { type ExportedRecords, exportRecords, type NamedClass } from './usecases/records-export.ts';
import { MANIFEST_FILE, recordsVerdictWords, verifyRecords } from './usecases/verify-records.ts';

const USAGE = [
  'npm run records                                             lists the classes of records',
  'npm run records -- export --class transitory --out DIR      writes them into a new folder, with their manifest',
  '       --from 2026-01-01 --until 2026-07-01                 only what was made in that time, the last day not included',
  '       --due                                                only what is due for disposition',
  'npm run records -- --verify DIR                             checks hashes and counts of such a folder, without a database',
  'It goes by the same settings as npm start. It ends with 0 when all is well, 1 when an export does not hold, and 2 when it',
  'could not be read or made.',
].join('\n');

/** While others write, counts may not agree; then it is read again. */
const MOST_ATTEMPTS = 3;

interface ExportWish {
  readonly of: NamedClass;
  readonly out: string;
  readonly isDue: boolean;
  readonly from: string | null;
  readonly until: string | null;
}
type Wish =
  | { readonly kind: 'list' | 'help' }
  | { readonly kind: 'verify'; readonly folder: string }
  | { readonly kind: 'export'; readonly wish: ExportWish };

async function main(words: readonly string[]): Promise<number> {
  try {
    const asked = readWish(words);
    switch (asked.kind) {
      case 'help':
        return said(USAGE);
      case 'list':
        return said(RECORD_CLASSES.map(({ key, name }) => `${key}: ${name}`).join('\n'));
      case 'verify':
        return await verify(asked.folder);
      case 'export':
        return await exportFrom(asked.wish);
      default:
        return asked satisfies never;
    }
  } catch (error) {
    if (!(error instanceof NotRead)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

function said(words: string): number {
  process.stdout.write(`${words}\n`);
  return 0;
}

function readWish(words: readonly string[]): Wish {
  if (words.length === 0) return { kind: 'list' };
  const { values, positionals } = parsed(words);
  if (values.help) return { kind: 'help' };
  if (values.verify !== undefined) return { kind: 'verify', folder: values.verify };
  if (positionals.length !== 1 || positionals[0] !== 'export' || !values.class || !values.out)
    throw new NotRead(`Nothing was done. Name a class and a folder.\n${USAGE}`);
  const of = recordClassOf(values.class);
  if (!of || recordParts(of.key).length === 0)
    throw new NotRead(
      `Nothing was done. There are no records of a class ${values.class}. npm run records lists the classes.`,
    );
  const { from = null, until = null, due: isDue = false } = values;
  for (const day of [from, until])
    if (day !== null && readLocalDate(day) === null)
      throw new NotRead(`Nothing was done. A day is written as 2026-12-01, and ${day} is none.`);
  if (from !== null && until !== null && from >= until)
    throw new NotRead(
      `Nothing was done. The time from ${from} until ${until} has no day in it: the last day is not included.`,
    );
  if (isDue && (from !== null || until !== null))
    throw new NotRead('Nothing was done. What is due goes by when it ended: leave out --from and --until.');
  return { kind: 'export', wish: { of, out: values.out, isDue, from, until } };
}

function parsed(words: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        class: text,
        out: text,
        from: text,
        until: text,
        due: flag,
        verify: text,
        help: { ...flag, short: 'h' },
      },
    });
  } catch {
    throw new NotRead(`Nothing was done. These words can't be read.\n${USAGE}`);
  }
}

async function verify(folder: string): Promise<number> {
  try {
    const names = await readdir(folder);
    const manifest = names.includes(MANIFEST_FILE)
      ? await readFile(join(folder, MANIFEST_FILE), 'utf8')
      : null;
    const files = names.filter((name) => name !== MANIFEST_FILE);
    const verdict = await verifyRecords(manifest, files, (file) => createReadStream(join(folder, file)));
    process.stdout.write(`${recordsVerdictWords(verdict)}\n`);
    return verdict.kind === 'whole' ? 0 : 1;
  } catch (error) {
    throw new NotRead(`The folder ${resolve(folder)} can't be read (${codeOf(error)}).`);
  }
}

async function exportFrom(wish: ExportWish): Promise<number> {
  const settings = readConfig();
  if (!settings.ok)
    throw new NotRead(settings.problems.map(({ name, mend }) => `${name} ${mend}.`).join(' '));
  const { config } = settings;
  const store = await openToLook(config);
  try {
    const offsetMs = config.console.on ? await store.console.clockOffsetMs() : null;
    const now = movableClock(offsetMs ?? 0).now();
    const { manifest, hash } = await exportInto(store, config, wish, now);
    return said(
      `Written to ${resolve(wish.out)}: ${manifest.rows} rows in ${manifest.files.length} files. The hash of the manifest is ${hash}. That it was exported stands in the record.`,
    );
  } catch (error) {
    throw error instanceof NotRead ? error : new NotRead(await troubleOf(store, error));
  } finally {
    await store.close();
  }
}

/** A folder that is there already is left alone; half an export is taken away again. */
async function exportInto(
  store: Store,
  { timeZone }: Config,
  wish: ExportWish,
  now: Date,
): Promise<ExportedRecords> {
  const { of, out } = wish;
  const scope = scopeOf(wish, now, timeZone);
  await mkdir(out, { mode: 0o700 }).catch((error: unknown) => {
    throw new NotRead(
      codeOf(error) === 'EEXIST'
        ? `Nothing was done. There is a folder ${resolve(out)} already: name a new one.`
        : `Nothing was done. The folder ${resolve(out)} can't be made (${codeOf(error)}).`,
    );
  });
  const write = (file: string, lines: string, isFirst: boolean): Promise<void> =>
    (isFirst ? writeFile : appendFile)(join(out, file), lines, { mode: 0o600 });
  try {
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
      const made = await store.transaction((tx) =>
        exportRecords({ tx, now, person: null, platform: 'bot' }, of, scope, write),
      );
      if (!made.ok) continue;
      await writeFile(join(out, MANIFEST_FILE), made.value.text, { mode: 0o600 });
      return made.value;
    }
    throw new NotRead(
      'Nothing was made: records changed each time they were read. Try again in a quiet hour.',
    );
  } catch (error) {
    await rm(out, { recursive: true, force: true });
    throw error;
  }
}

function scopeOf({ of, isDue, from, until }: ExportWish, now: Date, zone: string): RecordScope {
  if (!isDue) {
    const begin = (day: string): Date => instantOf(day, '00:00', zone);
    return {
      kind: 'all',
      from: from === null ? null : begin(from),
      until: until === null ? now : begin(until),
    };
  }
  const before = cutOffOf(of.retention, now, zone);
  if (before === null) throw new NotRead(`Nothing was done. Nothing of the class ${of.key} is ever due.`);
  return { kind: 'due', before };
}

async function troubleOf(store: Store, error: unknown): Promise<string> {
  if (isOlder(error))
    return 'Nothing was made. The tables are of an older version: start the bot once, which brings them up to date.';
  return `Nothing was made. ${(await store.troubles())[0] ?? `Reading the records failed (${codeOf(error)}).`}`;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`Nothing was made. It failed (${codeOf(error)}).\n`);
    process.exit(2);
  },
);
