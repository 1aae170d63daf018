/**
 * `npm run restore`: writes the rows of a backup into a database that holds none. Ends with 0 when all is well, 1 when the backup or
 * the audit record in it does not hold, 2 when nothing could be restored.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { BackupDamaged, type ReadBackup, readBackup } from './backup-file.ts';
import { contentWords, databaseOfSettings, troubleAt } from './backup-words.ts';
import { codeOf, NotRead } from './open-to-look.ts';
import type { BackupManifest } from './store/backup-format.ts';
import { loadBackup, NotLoaded, type NotLoadedReason, standingOf } from './store/backup-load.ts';
import type { StoreAddress } from './store/client.ts';
import { DataDirectoryInUse } from './store/data-directory-lock.ts';
import { lookInto } from './store/index.ts';
import { type Migration, migrate, readMigrations, SchemaMismatch } from './store/migrate.ts';
import { type Place, placeToFill } from './store/place.ts';
import { verdictWords, verifyAudit } from './usecases/verify-audit.ts';

const USAGE = [
  'npm run restore -- --from FILE      writes a backup into an empty database; makes the tables where there are none',
  'It goes by the same settings as npm start. It ends with 0 when all is well, 1 when the backup or the audit record in it does',
  'not hold, and 2 when nothing could be restored.',
].join('\n');

const REASONS: Record<NotLoadedReason, string> = {
  'in-use': 'A bot, or a command of it, uses the database: stop it first.',
  'holds-data': 'The database holds data, and a backup is restored into an empty one only: name another.',
  'other-tables': "The database's tables are not those of the backup: name a database without any tables.",
  miscounted: 'Not all rows arrived as the backup says.',
};

async function main(words: readonly string[]): Promise<number> {
  try {
    const file = readWish(words);
    if (file === null) process.stdout.write(`${USAGE}\n`);
    return file === null ? 0 : await restore(file);
  } catch (error) {
    if (!(error instanceof NotRead) && !(error instanceof BackupDamaged)) throw error;
    process.stderr.write(`Nothing was restored. ${error.message}\n`);
    return error instanceof BackupDamaged ? 1 : 2;
  }
}

/** The file; null for help. */
function readWish(words: readonly string[]): string | null {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: { from: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    });
    if (values.help) return null;
    if (values.from) return values.from;
  } catch {
    // Words it does not know are answered like too few of them.
  }
  throw new NotRead(`Name a file.\n${USAGE}`);
}

/** The file is read twice: nothing is touched before it has held once. */
async function restore(file: string): Promise<number> {
  const backup = await readAgain(file);
  const migrations = await readMigrations();
  const older = migrationsOf(backup.manifest, migrations);
  const address = databaseOfSettings();
  const place = await openPlace(address);
  try {
    await fill(place, file, backup, older);
    return await finish(place, backup.manifest, migrations);
  } finally {
    await place.close();
  }
}

async function readAgain(
  file: string,
  before?: string,
  take?: Parameters<typeof readBackup>[1],
): Promise<ReadBackup> {
  try {
    const read = await readBackup(file, take);
    if (before !== undefined && read.hash !== before) throw new BackupDamaged('it was changed meanwhile');
    return read;
  } catch (error) {
    if (error instanceof BackupDamaged)
      throw new BackupDamaged(`The backup does not hold: ${error.message}.`);
    if (before !== undefined) throw error;
    throw new NotRead(`The file ${resolve(file)} can't be read (${codeOf(error)}).`);
  }
}

/** Those of the program's migrations that the backup's tables had: the first ones, or all. */
function migrationsOf(
  { migrations: had }: BackupManifest,
  known: readonly Migration[],
): readonly Migration[] {
  const unknown = had.find((name) => !known.some((migration) => migration.name === name));
  if (unknown !== undefined)
    throw new NotRead(
      `The backup has the migration ${unknown}, which this version of the program does not know: it is newer. Restore it with the version that made it, or a later one.`,
    );
  const first = known.slice(0, had.length);
  if (first.some(({ name }, place) => name !== had[place]))
    throw new NotRead(
      'The backup lacks a migration in between, so no version of the program made its tables.',
    );
  return first;
}

async function openPlace(address: StoreAddress): Promise<Place> {
  try {
    return await placeToFill(address);
  } catch (error) {
    if (error instanceof DataDirectoryInUse) throw new NotRead(REASONS['in-use']);
    const folder = address.kind === 'embedded' ? resolve(address.dataDir ?? '.') : '';
    throw new NotRead(`The database in ${folder} can't be opened (${codeOf(error)}).`);
  }
}

async function fill(
  { url, isOurs }: Place,
  file: string,
  { manifest, hash }: ReadBackup,
  older: readonly Migration[],
): Promise<void> {
  try {
    const standing = await standingOf(url, isOurs);
    if (standing === null) await migrate(url, older);
    else if (standing.join() !== manifest.migrations.join()) throw new NotLoaded('other-tables');
    await loadBackup(url, manifest, async (take) => void (await readAgain(file, hash, take)));
  } catch (error) {
    if (error instanceof NotLoaded) throw new NotRead(REASONS[error.reason]);
    if (error instanceof BackupDamaged) throw error;
    throw new NotRead(await troubleAt(url, error));
  }
}

/** The rows are there for good. The tables are brought up to date as a start of the bot would, and the record is looked through. */
async function finish(
  { url }: Place,
  manifest: BackupManifest,
  migrations: readonly Migration[],
): Promise<number> {
  process.stdout.write(`Restored: ${contentWords(manifest)}.\n`);
  try {
    const newer = await migrate(url, migrations);
    if (newer.length > 0)
      process.stdout.write(
        `Its tables were brought up to date by ${newer.length === 1 ? '1 migration' : `${newer.length} migrations`}.\n`,
      );
  } catch (error) {
    const why = error instanceof SchemaMismatch ? error.message : await troubleAt(url, error);
    process.stderr.write(
      `Its tables could not be brought up to date, which the bot tries again when it starts. ${why}\n`,
    );
    return 2;
  }
  const store = lookInto(url);
  try {
    const verdict = await verifyAudit(store, manifest.auditHead);
    process.stdout.write(`${verdictWords(verdict)}\n`);
    return verdict.kind === 'whole' ? 0 : 1;
  } finally {
    await store.close();
  }
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`It failed (${codeOf(error)}).\n`);
    process.exit(2);
  },
);
