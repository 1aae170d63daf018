/** Records of many ages written straight into the tables, and the archive of an export opened. */
import { createHash } from 'node:crypto';
import { strFromU8, unzipSync } from 'fflate';
import type { RecordsManifest } from '../../src/domain/records-manifest.ts';
import type { Attachment } from '../../src/ports.ts';
import { openTestDatabase } from './open-store.ts';

/** Statements on the database of this test file. */
export async function onTables(
  sql: string,
  values: readonly unknown[] = [],
): Promise<Record<string, unknown>[]> {
  const { pool } = await openTestDatabase();
  return (await pool.query(sql, [...values])).rows;
}

export const countOf = async (from: string): Promise<number> =>
  Number((await onTables(`SELECT count(*) AS count FROM ${from}`))[0]?.count);

/** Inserts the row; what it leaves out has its default. */
export async function putRow(table: string, row: Readonly<Record<string, unknown>>): Promise<void> {
  const columns = Object.keys(row);
  const places = columns.map((_, index) => `$${index + 1}`).join(', ');
  await onTables(
    `INSERT INTO ${table} (${columns.map((name) => `"${name}"`).join(', ')}) VALUES (${places})`,
    Object.values(row),
  );
}

/** A message that was sent at that instant; null: it is still on its way. */
export const aSentDelivery = (
  key: string,
  sentAt: Date | null,
  more: Readonly<Record<string, unknown>> = {},
) => ({
  key,
  recipient_kind: 'person',
  recipient_id: 'bo',
  kind: 'reminder',
  message: JSON.stringify({ blocks: [], buttons: [] }),
  due_at: sentAt ?? new Date('2040-01-01T00:00:00Z'),
  sent_at: sentAt,
  wake_at: sentAt === null ? new Date('2040-01-01T00:00:00Z') : null,
  state: sentAt === null ? 'pending' : 'sent',
  ...more,
});

/** An engagement that ended at that instant; null: it is open. */
export const anEngagementEnded = (
  id: string,
  number: string,
  endedAt: Date | null,
  more: Readonly<Record<string, unknown>> = {},
) => ({
  id,
  number,
  offering: 'issoaas',
  form_version: 1,
  version: 1,
  state: endedAt === null ? 'ACTIVE' : 'CLOSED',
  component: 'OIT',
  system_name: 'Claims Hub',
  system_key: `claims hub ${id}`,
  answers: '[]',
  requester_id: 'bo',
  business_owner_id: 'bo',
  member_ids: [],
  created_at: new Date('2020-01-01T00:00:00Z'),
  state_since_at: endedAt ?? new Date('2020-02-01T00:00:00Z'),
  ...more,
});

export interface OpenedArchive {
  readonly manifest: RecordsManifest;
  readonly hash: string;
  readonly lines: Readonly<Record<string, readonly string[]>>;
  readonly hashes: Readonly<Record<string, string>>;
}

const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The files of an archive of records, each with its lines and its hash. */
export function openArchive({ content }: Pick<Attachment, 'content'>): OpenedArchive {
  const { 'manifest.json': manifest = new Uint8Array(), ...files } = unzipSync(
    new Uint8Array(Buffer.from(content, 'base64')),
  );
  const entries = Object.entries(files);
  return {
    manifest: JSON.parse(strFromU8(manifest)),
    hash: sha(manifest),
    lines: Object.fromEntries(
      entries.map(([name, bytes]) => [
        name,
        strFromU8(bytes)
          .split('\n')
          .filter((line) => line !== ''),
      ]),
    ),
    hashes: Object.fromEntries(entries.map(([name, bytes]) => [name, sha(bytes)])),
  };
}
