/**
 * `npm run backup`: writes all that the database holds into a new file, or checks such a file. Ends with 0 when all is well, 1 when a
 * backup does not hold, 2 when it could not be read or made.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { BackupDamaged, type ReadBackup, readBackup, writeBackup } from './backup-file.ts';
import { contentWords, databaseOfSettings, troubleAt } from './backup-words.ts';
import { PROGRAM_VERSION } from './offerings/program-version.ts';
import { codeOf, NotRead } from './open-to-look.ts';
import { backupLines, NoTables } from './store/backup-take.ts';
import type { StoreAddress } from './store/client.ts';
import { type Place, placeToRead } from './store/place.ts';

const USAGE = [
  'npm run backup -- --to FILE         writes all that the database holds into a new file, also while the bot runs',
  'npm run backup -- --verify FILE     checks counts and hashes of such a file, without a database',
  'It goes by the same settings as npm start. It ends with 0 when all is well, 1 when a backup does not hold, and 2 when it',
  'could not be read or made.',
].join('\n');

type Wish = { readonly kind: 'help' } | { readonly kind: 'to' | 'verify'; readonly file: string };

async function main(words: readonly string[]): Promise<number> {
  try {
    const wish = readWish(words);
    if (wish.kind === 'help') process.stdout.write(`${USAGE}\n`);
    else process.stdout.write(`${await (wish.kind === 'to' ? backUp : verify)(wish.file)}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof NotRead) && !(error instanceof BackupDamaged)) throw error;
    process.stderr.write(`${error.message}\n`);
    return error instanceof BackupDamaged ? 1 : 2;
  }
}

function readWish(words: readonly string[]): Wish {
  try {
    const text = { type: 'string' } as const;
    const { values } = parseArgs({
      args: [...words],
      options: { to: text, verify: text, help: { type: 'boolean', short: 'h' } },
    });
    if (values.help) return { kind: 'help' };
    if (values.to && values.verify === undefined) return { kind: 'to', file: values.to };
    if (values.verify && values.to === undefined) return { kind: 'verify', file: values.verify };
  } catch {
    // Words it does not know are answered like too few of them.
  }
  throw new NotRead(`Nothing was done. Name a file.\n${USAGE}`);
}

async function verify(file: string): Promise<string> {
  try {
    const { manifest, hash } = await readBackup(file);
    return `The backup holds: ${contentWords(manifest)}. The hash of its manifest is ${hash}.`;
  } catch (error) {
    if (error instanceof BackupDamaged)
      throw new BackupDamaged(`The backup does not hold: ${error.message}.`);
    throw new NotRead(`The file ${resolve(file)} can't be read (${codeOf(error)}).`);
  }
}

async function backUp(file: string): Promise<string> {
  if (existsSync(file))
    throw new NotRead(`Nothing was done. There is a file ${resolve(file)} already: name a new one.`);
  const place = await openPlace(databaseOfSettings());
  try {
    const { manifest, hash } = await written(file, place);
    return `Written to ${resolve(file)}: ${contentWords(manifest)}. The hash of its manifest is ${hash}.`;
  } finally {
    await place.close();
  }
}

async function openPlace(address: StoreAddress): Promise<Place> {
  const folder = address.kind === 'embedded' ? resolve(address.dataDir ?? '.') : '';
  const place = await placeToRead(address).catch((error: unknown) => {
    throw new NotRead(`Nothing was made. The database in ${folder} can't be opened (${codeOf(error)}).`);
  });
  if (place) return place;
  throw new NotRead(`Nothing was made. There is no database in ${folder} yet: npm start makes one.`);
}

async function written(file: string, { url }: Place): Promise<ReadBackup> {
  try {
    return await writeBackup(file, backupLines(url, PROGRAM_VERSION));
  } catch (error) {
    throw new NotRead(`Nothing was made. ${await whyNot(file, url, error)}`);
  }
}

async function whyNot(file: string, url: string, error: unknown): Promise<string> {
  if (error instanceof NoTables)
    return 'There are no tables of the bot in the database yet: npm start makes them.';
  if (error instanceof BackupDamaged) return `Read again, it did not hold: ${error.message}.`;
  const isOfFile =
    typeof (error as { readonly syscall?: unknown }).syscall === 'string' && 'path' in Object(error);
  if (isOfFile) return `The file ${resolve(file)} can't be written (${codeOf(error)}).`;
  return troubleAt(url, error);
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`Nothing was made. It failed (${codeOf(error)}).\n`);
    process.exit(2);
  },
);
