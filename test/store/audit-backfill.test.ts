import { createHash } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CHAIN_START, verifyChain, verifyHead } from '../../src/domain/audit.ts';
import { openEmbedded } from '../../src/store/embedded.ts';
import { lookInto } from '../../src/store/index.ts';
import { migrate, readMigrations } from '../../src/store/migrate.ts';
import { createServerDatabase, testServerUrl } from '../support/open-store.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
let url: string;
let remove: () => Promise<void>;

beforeAll(async () => {
  const server = testServerUrl();
  if (server) ({ url, drop: remove } = await createServerDatabase(server));
  else {
    const embedded = await openEmbedded({
      dataDir: null,
      onLost: (error) => {
        throw error;
      },
    });
    ({ url, close: remove } = embedded);
  }
}, 60_000);
afterAll(() => remove());

async function query(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

test('rows of a version without the chain are chained in the order in which they were written', {
  timeout: 60_000,
}, async () => {
  const ours = await readMigrations();
  const chain = ours.findIndex(({ name }) => name.endsWith('_audit_chain'));
  await migrate(url, ours.slice(0, chain));
  const insert = 'INSERT INTO audit_entry (at, verb, platform, reason, facts)';
  await query(
    `${insert} SELECT now() - n * interval '1 day', 'old ' || n, 'bot', 'a "reason"', jsonb_build_object('n', n::text, 'a', 'é')
       FROM generate_series(1, 500) n`,
  );
  await query('DELETE FROM audit_entry WHERE sequence = 250');
  await migrate(url, ours);
  await query(`${insert} VALUES (now(), 'new', 'bot', NULL, '{}')`);
  const store = lookInto(url);
  try {
    const [rows, head] = await store.transaction(
      async (tx) => [await tx.audit.page(null, 1_000), await tx.audit.head()] as const,
    );
    expect(rows).toHaveLength(500);
    expect(rows.map(({ verb }) => verb).slice(248, 250)).toEqual(['old 249', 'old 251']);
    expect(rows.at(-1)?.verb).toBe('new');
    const followed = verifyChain(CHAIN_START, rows, sha256);
    expect(followed).toEqual({ ok: true, value: head });
    expect(followed.ok && verifyHead(followed.value, head)).toBeNull();
  } finally {
    await store.close();
  }
});
