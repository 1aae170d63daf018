/** Checks an export of records: that every file is there, as it was written, with as many rows as its manifest says. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { MANIFEST_FORMAT, type RecordsManifest } from '../domain/records-manifest.ts';
import { sha256 } from './records-export.ts';

/** The name of the file that says what the others hold. */
export const MANIFEST_FILE = 'manifest.json';

/**
 * What became of a check. `whole`: all holds; `hash` is that of the manifest. `no-manifest`: there is none, or none of ours.
 * `missing`, `changed`, `miscounted`: this file is not there, not as it was written, or has other rows. `unknown`: the manifest knows
 * nothing of this file.
 */
export type RecordsVerdict =
  | { readonly kind: 'whole'; readonly manifest: RecordsManifest; readonly hash: string }
  | { readonly kind: 'no-manifest' }
  | { readonly kind: 'missing' | 'changed' | 'miscounted' | 'unknown'; readonly file: string };

const instant = z.iso.datetime().nullable();
const manifestSchema: z.ZodType<RecordsManifest> = z.strictObject({
  format: z.literal(MANIFEST_FORMAT),
  class: z.string(),
  name: z.string(),
  schedule: z.string(),
  retention: z.string(),
  scope: z.enum(['all', 'due']),
  from: instant,
  until: instant,
  before: instant,
  at: z.iso.datetime(),
  program: z.string(),
  files: z.array(
    z.strictObject({
      // A name and no path: nothing outside of the folder is read.
      file: z.string().regex(/^[a-z_]{1,60}\.jsonl$/u),
      table: z.string(),
      rows: z.number().int().nonnegative(),
      sha256: z.string().regex(/^[0-9a-f]{64}$/u),
    }),
  ),
  rows: z.number().int().nonnegative(),
});

/** `manifest`: what manifest.json holds, null for none; `files`: the names of all other files; `read` gives the bytes of one. */
export async function verifyRecords(
  manifest: string | null,
  files: readonly string[],
  read: (file: string) => AsyncIterable<Uint8Array>,
): Promise<RecordsVerdict> {
  const said = manifest === null ? null : readManifest(manifest);
  if (manifest === null || said === null) return { kind: 'no-manifest' };
  const unknown = files.find((name) => !said.files.some(({ file }) => file === name));
  if (unknown !== undefined) return { kind: 'unknown', file: unknown };
  let rows = 0;
  for (const each of said.files) {
    if (!files.includes(each.file)) return { kind: 'missing', file: each.file };
    const found = await look(read(each.file));
    if (found.sha256 !== each.sha256) return { kind: 'changed', file: each.file };
    if (found.rows !== each.rows) return { kind: 'miscounted', file: each.file };
    rows += found.rows;
  }
  if (rows !== said.rows) return { kind: 'miscounted', file: MANIFEST_FILE };
  return { kind: 'whole', manifest: said, hash: sha256(manifest) };
}

function readManifest(text: string): RecordsManifest | null {
  try {
    const read = manifestSchema.safeParse(JSON.parse(text));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

const LINE_END = 10;

async function look(
  bytes: AsyncIterable<Uint8Array>,
): Promise<{ readonly sha256: string; readonly rows: number }> {
  const hash = createHash('sha256');
  let rows = 0;
  for await (const chunk of bytes) {
    hash.update(chunk);
    for (const byte of chunk) if (byte === LINE_END) rows += 1;
  }
  return { sha256: hash.digest('hex'), rows };
}

/** The verdict in a sentence or two. */
export function recordsVerdictWords(verdict: RecordsVerdict): string {
  switch (verdict.kind) {
    case 'whole': {
      const { manifest, hash } = verdict;
      return `The export holds: ${manifest.rows} rows of the class ${manifest.class} in ${manifest.files.length} files, made ${manifest.at}. The hash of its manifest is ${hash}.`;
    }
    case 'no-manifest':
      return 'There is no manifest.json that this program wrote, so nothing can be said of the files.';
    case 'missing':
      return `The file ${verdict.file} is missing.`;
    case 'changed':
      return `The file ${verdict.file} was changed after it was written: its hash is another than the manifest says.`;
    case 'miscounted':
      return `The file ${verdict.file} has other counts than the manifest says.`;
    case 'unknown':
      return `The manifest knows nothing of the file ${verdict.file}.`;
    default:
      return verdict satisfies never;
  }
}
