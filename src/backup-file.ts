/** The file of a backup: its lines, compressed by gzip. */
import { createHash, type Hash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { linesOf } from './lines.ts';
import { BACKUP_VERSION, type BackupManifest, readMark } from './store/backup-format.ts';

/** The file is no backup, or not as it was written; the message says where, in a few words. */
export class BackupDamaged extends Error {
  override readonly name = 'BackupDamaged';
}

/** A file that held in all its parts. */
export interface ReadBackup {
  readonly manifest: BackupManifest;
  /** Of the manifest's line. */
  readonly hash: string;
}

/** Gets the rows of a table, some at a time and in order, each as a list in JSON. They may be found damaged only after the last. */
export type TakeRows = (table: string, rows: readonly string[]) => Promise<void>;

/**
 * Writes the lines beside `path` and puts the file there when it is whole, safe on its disk and read again. Only its owner can
 * read it. Whatever fails leaves nothing behind.
 */
export async function writeBackup(path: string, lines: AsyncIterable<string>): Promise<ReadBackup> {
  const beside = `${path}.${randomUUID().slice(0, 8)}.part`;
  const file = createWriteStream(beside, { flags: 'wx', mode: 0o600, flush: true });
  try {
    await pipeline(Readable.from(lines), createGzip(), file);
    const read = await readBackup(beside);
    await rename(beside, path);
    return read;
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

/** Reads the file to its end, checking every count and hash. Throws `BackupDamaged`, or the system's error when it can't be read. */
export async function readBackup(path: string, take: TakeRows = async () => {}): Promise<ReadBackup> {
  const check = createCheck(take);
  const unzipped = createGunzip();
  const reading = pipeline(createReadStream(path), unzipped);
  // Whoever reads the lines hears of its failure, too.
  reading.catch(() => {});
  try {
    for await (const line of linesOf(unzipped)) {
      if (!line.endsWith('\n')) throw new BackupDamaged('its last line is cut off');
      await check.line(line.slice(0, -1));
    }
    await reading;
  } catch (error) {
    throw isOfGzip(error) ? new BackupDamaged('it is cut off or changed') : error;
  }
  return check.end();
}

const isOfGzip = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^Z_/u.test(String(error.code));

/** Rows are handed over by so many, or so many characters. */
const MOST_ROWS = 1_000;
const MOST_CHARACTERS = 1_000_000;

interface Counted {
  readonly name: string;
  readonly hash: Hash;
  rows: number;
}

/** A check under way: line after line, then the end. */
function createCheck(take: TakeRows) {
  const counted: Counted[] = [];
  let page: string[] = [];
  let characters = 0;
  let isBegun = false;
  let found: ReadBackup | null = null;
  const handOver = async (): Promise<void> => {
    const table = counted.at(-1);
    const rows = page;
    page = [];
    characters = 0;
    if (table && rows.length > 0) await take(table.name, rows);
  };
  const row = async (line: string): Promise<void> => {
    const table = counted.at(-1);
    if (!table) throw new BackupDamaged('it begins otherwise than a backup');
    table.hash.update(`${line}\n`);
    table.rows += 1;
    page.push(line);
    characters += line.length;
    if (page.length >= MOST_ROWS || characters >= MOST_CHARACTERS) await handOver();
  };
  const mark = async (line: string): Promise<void> => {
    const read = readMark(line);
    if (read === null) throw new BackupDamaged(isBegun ? 'a line is strange' : 'it is no backup');
    await handOver();
    if ('format' in read) {
      isBegun = true;
      if (read.version !== BACKUP_VERSION)
        throw new BackupDamaged(`it is of version ${read.version}, and this program reads ${BACKUP_VERSION}`);
    } else if ('table' in read) counted.push({ name: read.table, hash: createHash('sha256'), rows: 0 });
    else found = { manifest: read.manifest, hash: createHash('sha256').update(line).digest('hex') };
  };
  return {
    async line(line: string): Promise<void> {
      if (found) throw new BackupDamaged('something stands behind its manifest');
      await (isBegun && line.startsWith('[') ? row(line) : mark(line));
    },
    end(): ReadBackup {
      if (!found) throw new BackupDamaged('its manifest is missing');
      compare(found.manifest, counted);
      return found;
    },
  };
}

function compare({ tables, rows }: BackupManifest, counted: readonly Counted[]): void {
  if (tables.length !== counted.length) throw new BackupDamaged('it has other tables than its manifest says');
  tables.forEach((table, place) => {
    const found = counted[place];
    if (found?.name !== table.name)
      throw new BackupDamaged(`the table ${table.name} is not where its manifest says`);
    if (found.rows !== table.rows || found.hash.digest('hex') !== table.sha256)
      throw new BackupDamaged(`the rows of ${table.name} are others than its manifest says`);
  });
  if (rows !== counted.reduce((sum, table) => sum + table.rows, 0))
    throw new BackupDamaged('it has another number of rows than its manifest says');
}
