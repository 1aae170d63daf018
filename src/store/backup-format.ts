/** What a backup is: lines of text, one for each row, and its manifest as the last. The same for every kind of store. */
import { z } from 'zod';

export const BACKUP_FORMAT = 'isso-as-a-service-backup';
/** Raised when an older program could no longer read the lines. */
export const BACKUP_VERSION = 1;

const name = z.string().min(1).max(63);
const digest = z.string().regex(/^[0-9a-f]{64}$/u);
const count = z.number().int().nonnegative();
/** Of 64 bits: text, since a number of JavaScript holds 53. */
const integer = z.string().regex(/^-?\d{1,19}$/u);

const tableSchema = z.strictObject({
  name,
  /** In the order of the values of each row, with the type as PostgreSQL writes it. */
  columns: z.array(z.strictObject({ name, type: z.string() })),
  rows: count,
  /** Of the bytes of its lines, each with its line end. */
  sha256: digest,
});

/** The last line. */
const manifestSchema = z.strictObject({
  format: z.literal(BACKUP_FORMAT),
  version: z.literal(BACKUP_VERSION),
  /** The database's own time, ISO 8601 in UTC. */
  takenAt: z.iso.datetime(),
  /** The program's version. */
  program: z.string(),
  /** Names of the migrations that the tables had, in order. */
  migrations: z.array(z.string()),
  tables: z.array(tableSchema),
  rows: count,
  sequences: z.array(z.strictObject({ name, last: integer, isCalled: z.boolean() })),
  /** The end of the audit record; null for tables of a version that had none. */
  auditHead: z.strictObject({ position: count, hash: digest }).nullable(),
});

export type BackupManifest = z.infer<typeof manifestSchema>;
export type BackupTable = BackupManifest['tables'][number];
/** A table as the catalogue knows it. */
export type TableShape = Pick<BackupTable, 'name' | 'columns'>;

/** The first line, the one before the rows of a table, the last line. A row is a list, of texts as PostgreSQL writes them. */
export const headLine = (): string => lineOf({ format: BACKUP_FORMAT, version: BACKUP_VERSION });
export const tableLine = (table: string): string => lineOf({ table });
export const manifestLine = (manifest: BackupManifest): string => lineOf({ manifest });

const lineOf = (value: object): string => `${JSON.stringify(value)}\n`;

const markSchema = z.union([
  z.strictObject({ format: z.literal(BACKUP_FORMAT), version: z.number() }),
  z.strictObject({ table: name }),
  z.strictObject({ manifest: manifestSchema }),
]);
export type BackupMark = z.infer<typeof markSchema>;

/** A line that is no row; null for one that no program of ours writes. */
export function readMark(line: string): BackupMark | null {
  try {
    const read = markSchema.safeParse(JSON.parse(line));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}
