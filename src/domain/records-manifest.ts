/** What goes with every export of records: which rows, how many, and the hash of each file. Pure. */

export const MANIFEST_FORMAT = 'issoaas-records/1';

export interface ManifestFile {
  /** JSON Lines: one row on each line. */
  readonly file: string;
  readonly table: string;
  readonly rows: number;
  /** SHA-256 of the file's bytes, in hexadecimal. */
  readonly sha256: string;
}

export interface RecordsManifest {
  readonly format: typeof MANIFEST_FORMAT;
  readonly class: string;
  readonly name: string;
  readonly schedule: string;
  readonly retention: string;
  /** `all`: made in the time; `due`: what was due for disposition. */
  readonly scope: 'all' | 'due';
  /** ISO instants; null for no limit. `until` is not included. */
  readonly from: string | null;
  readonly until: string | null;
  /** What ended before this instant was due; null for `all`. */
  readonly before: string | null;
  readonly at: string;
  readonly program: string;
  readonly files: readonly ManifestFile[];
  readonly rows: number;
}

/** The manifest as its file holds it. */
export const manifestText = (manifest: RecordsManifest): string => `${JSON.stringify(manifest, null, 2)}\n`;

/** What names the rows themselves, whenever they were exported: the same rows give the same text. */
export const contentText = (files: readonly ManifestFile[]): string =>
  files.map(({ file, rows, sha256 }) => `${file} ${rows} ${sha256}\n`).join('');
