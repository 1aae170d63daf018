/** Records of one class, read out as lines of JSON with a manifest; every export stands in the record. */
import { createHash } from 'node:crypto';
import type { Person } from '../domain/person.ts';
import type { RecordClass, RecordClassKey } from '../domain/record-class.ts';
import { type RecordPart, recordParts } from '../domain/record-parts.ts';
import {
  contentText,
  MANIFEST_FORMAT,
  type ManifestFile,
  manifestText,
  type RecordsManifest,
} from '../domain/records-manifest.ts';
import { accepted, type Result, refused } from '../domain/result.ts';
import { retentionWords } from '../messages/copy/records.ts';
import { PROGRAM_VERSION } from '../offerings/program-version.ts';
import type { Platform, RecordScope, Tx } from '../ports.ts';

export type NamedClass = RecordClass & { readonly key: RecordClassKey };

export interface RecordsDeps {
  readonly tx: Tx;
  readonly now: Date;
  /** Who exports; null: whoever has the command line. */
  readonly person: Person | null;
  readonly platform: Platform | 'bot';
}

/** Takes the next lines of a file; `isFirst`: the file begins here, whatever was written of it before. */
export type WriteLines = (file: string, lines: string, isFirst: boolean) => Promise<void>;

export interface ExportedRecords {
  readonly manifest: RecordsManifest;
  /** What manifest.json holds. */
  readonly text: string;
  /** SHA-256 of that text, in hexadecimal: the name of the export. */
  readonly hash: string;
}

/** `changed-meanwhile`: others wrote while it was read, and the counts don't agree; to be tried again. */
export type RecordsRefusal = { readonly code: 'nothing-kept' | 'changed-meanwhile' };

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * Reads out the rows of a class and notes it in the record with the hash of the manifest. Each count is that of a second, independent
 * statement. Refused for a class of which the bot keeps nothing. Who may is the caller's to ask.
 */
export async function exportRecords(
  deps: RecordsDeps,
  of: NamedClass,
  scope: RecordScope,
  write: WriteLines,
): Promise<Result<ExportedRecords, RecordsRefusal>> {
  const parts = recordParts(of.key);
  if (parts.length === 0) return refused({ code: 'nothing-kept' });
  const files = await readParts(deps.tx, parts, scope, write);
  if (files === null) return refused({ code: 'changed-meanwhile' });
  const manifest = manifestOf(of, scope, files, deps.now);
  const text = manifestText(manifest);
  const exported = { manifest, text, hash: sha256(text) };
  await note(deps, exported);
  return accepted(exported);
}

/** Each file with its count and hash; null when a count does not agree. Nothing is noted. */
export async function readParts(
  tx: Tx,
  parts: readonly RecordPart[],
  scope: RecordScope,
  write: WriteLines,
): Promise<readonly ManifestFile[] | null> {
  const files: ManifestFile[] = [];
  for (const part of parts) {
    const file = `${part.table}.jsonl`;
    const hash = createHash('sha256');
    await write(file, '', true);
    const rows = await tx.records.each(part, scope, async (page) => {
      const lines = page.map((row) => `${row}\n`).join('');
      hash.update(lines);
      await write(file, lines, false);
    });
    if ((await tx.records.count(part, scope)) !== rows) return null;
    files.push({ file, table: part.table, rows, sha256: hash.digest('hex') });
  }
  return files;
}

function manifestOf(
  of: NamedClass,
  scope: RecordScope,
  files: readonly ManifestFile[],
  now: Date,
): RecordsManifest {
  return {
    format: MANIFEST_FORMAT,
    class: of.key,
    name: of.name,
    schedule: of.schedule,
    retention: retentionWords(of.retention),
    scope: scope.kind,
    from: scope.kind === 'all' ? (scope.from?.toISOString() ?? null) : null,
    until: scope.kind === 'all' ? (scope.until?.toISOString() ?? null) : null,
    before: scope.kind === 'due' ? scope.before.toISOString() : null,
    at: now.toISOString(),
    program: PROGRAM_VERSION,
    files,
    rows: files.reduce((sum, { rows }) => sum + rows, 0),
  };
}

const note = (
  { tx, now, person, platform }: RecordsDeps,
  { manifest, hash }: ExportedRecords,
): Promise<void> =>
  tx.audit.append({
    at: now,
    actorId: person?.id ?? null,
    forId: null,
    role: person?.roles[0] ?? null,
    verb: 'records.export',
    engagementId: null,
    from: null,
    to: null,
    reason: null,
    platform,
    facts: {
      class: manifest.class,
      scope: manifest.scope,
      ...(manifest.before === null ? {} : { before: manifest.before }),
      rows: String(manifest.rows),
      manifest: hash,
      content: sha256(contentText(manifest.files)),
    },
  });
