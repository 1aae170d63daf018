/** Backups between real databases: the embedded one, and where there is one a server. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ReadBackup, readBackup, writeBackup } from '../../src/backup-file.ts';
import type { AuditEntry, Store } from '../../src/ports.ts';
import { loadBackup, standingOf } from '../../src/store/backup-load.ts';
import { backupLines, NoTables } from '../../src/store/backup-take.ts';
import { openEmbedded } from '../../src/store/embedded.ts';
import { lookInto } from '../../src/store/index.ts';
import { migrate, readMigrations } from '../../src/store/migrate.ts';
import { verifyAudit } from '../../src/usecases/verify-audit.ts';
import { fillProgramme } from '../support/many-engagements.ts';
import {
  copyTemplate,
  createServerDatabase,
  openTestDatabase,
  openTestStore,
  testServerUrl,
} from '../support/open-store.ts';
import { contentsOf } from '../support/table-contents.ts';
import { ODD_TABLES } from './odd-tables.ts';

let folder: string;
const undo: (() => Promise<void>)[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isso-backup-'));
});
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
  await rm(folder, { recursive: true, force: true });
});

type Place = 'embedded' | 'server';
const places: readonly Place[] = testServerUrl() ? ['embedded', 'server'] : ['embedded'];
const pairs = places.flatMap((from) => places.map((to) => [from, to] as const));

/** A database without any table, or with all of them and no rows, gone after the test. */
async function newDatabase(place: Place, has: 'no tables' | 'tables'): Promise<string> {
  const serverUrl = testServerUrl();
  if (place === 'server' && serverUrl) {
    const { url, drop } = await createServerDatabase(serverUrl);
    undo.push(drop);
    if (has === 'tables') await migrate(url, await readMigrations());
    return url;
  }
  const dataDir = has === 'tables' ? join(folder, crypto.randomUUID()) : null;
  if (dataDir) await copyTemplate(dataDir);
  const embedded = await openEmbedded({
    dataDir,
    onLost: (error) => {
      throw error;
    },
  });
  undo.push(() => embedded.close());
  return embedded.url;
}

async function on(url: string, ...statements: readonly string[]): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    let rows: Record<string, unknown>[] = [];
    for (const statement of statements) rows = (await client.query(statement)).rows;
    return rows;
  } finally {
    await client.end();
  }
}

const file = (): string => join(folder, 'all.backup');
const take = (url: string): Promise<ReadBackup> => writeBackup(file(), backupLines(url, 'test'));
const load = ({ manifest }: ReadBackup, url: string): Promise<void> =>
  loadBackup(url, manifest, async (rows) => void (await readBackup(file(), rows)));
const newDatabaseWithTables = (place: Place): Promise<string> => newDatabase(place, 'tables');

/** A filled store, as the bot has it open. */
async function filled(place: Place): Promise<{ readonly store: Store; readonly url: string }> {
  const store = await openTestStore(place);
  const { url } = await openTestDatabase(place);
  await fillProgramme(url, { open: 12, ended: 30 });
  return { store, url };
}

describe.each(pairs)('a backup of the database %s, restored into one %s', (from, to) => {
  it('is the same to the last digit, with sequences and rules, and the record goes on', async () => {
    const { url } = await filled(from);
    const backup = await take(url);
    const target = await newDatabaseWithTables(to);
    await load(backup, target);
    expect(await contentsOf(target)).toEqual(await contentsOf(url));
    expect(backup.manifest.rows).toBeGreaterThan(500);
    const restored = lookInto(target);
    undo.push(() => restored.close());
    expect(await verifyAudit(restored, backup.manifest.auditHead)).toMatchObject({
      kind: 'whole',
      end: backup.manifest.auditHead,
    });
    await restored.transaction((tx) => tx.audit.append(anEntry('after.restore')));
    expect(await verifyAudit(restored, backup.manifest.auditHead)).toMatchObject({
      kind: 'whole',
      end: { position: (backup.manifest.auditHead?.position ?? 0) + 1 },
    });
    await expect(on(target, 'DELETE FROM audit_entry')).rejects.toThrow('only ever added to');
  });

  it('knows every table and every kind of value, also those that nobody has told it of', async () => {
    const source = await newDatabaseWithTables(from);
    await on(source, ...ODD_TABLES.made, ...ODD_TABLES.filled);
    const backup = await take(source);
    const target = await newDatabaseWithTables(to);
    await on(target, ...ODD_TABLES.made);
    await load(backup, target);
    expect(await contentsOf(target)).toEqual(await contentsOf(source));
    expect(await on(target, 'INSERT INTO odd (parent) VALUES (1) RETURNING id::text, doubled')).toEqual(
      await on(source, 'INSERT INTO odd (parent) VALUES (1) RETURNING id::text, doubled'),
    );
  });
});

describe.each(places)('a backup of the database %s', (place) => {
  it('is of one instant while others write', async () => {
    const { store, url } = await filled(place);
    const before = (await store.transaction((tx) => tx.audit.head()))?.position ?? 0;
    let written = 0;
    const write = (): Promise<void> =>
      store.transaction(async (tx) => {
        await tx.audit.append(anEntry('one.half'));
        await tx.contact.addLeave({
          id: `leave-${crypto.randomUUID()}`,
          personId: 'bo',
          fromOn: '2027-03-15',
          toOn: '2027-03-16',
        });
        await tx.audit.append(anEntry('other.half'));
      });
    let isTaken = false;
    const writer = async (): Promise<void> => {
      while (!isTaken || written < 20) {
        await write();
        written += 1;
      }
    };
    const writers = [writer(), writer(), writer()];
    const backup = await take(url).finally(() => {
      isTaken = true;
    });
    await Promise.all(writers);
    const target = await newDatabaseWithTables('embedded');
    await load(backup, target);
    const [found] = await on(
      target,
      `SELECT (SELECT count(*) FROM leave)::int AS leaves, (SELECT position FROM audit_head)::int AS head,
              (SELECT count(*) FROM audit_entry)::int AS entries`,
    );
    expect(found).toMatchObject({ head: found?.entries, entries: before + 2 * Number(found?.leaves) });
    expect(backup.manifest.auditHead?.position).toBe(found?.head);
    const restored = lookInto(target);
    undo.push(() => restored.close());
    expect(await verifyAudit(restored, backup.manifest.auditHead)).toMatchObject({ kind: 'whole' });
  });

  it('lets the bot look for what was due then, before it is sent', async () => {
    const store = await openTestStore(place);
    const { url } = await openTestDatabase(place);
    const message = `'{"blocks": [], "buttons": []}', `;
    await on(
      url,
      `INSERT INTO delivery (key, recipient_kind, recipient_id, kind, message, due_at, wake_at, state) VALUES
         ('due', 'person', 'bo', 'card', ${message} now() - interval '1 hour', now() - interval '1 hour', 'pending'),
         ('later', 'person', 'bo', 'card', ${message} now() + interval '9 days', now() + interval '9 days', 'pending'),
         ('sent', 'person', 'bo', 'card', ${message} now(), NULL, 'sent')`,
    );
    const backup = await take(url);
    await store.close();
    const target = await newDatabaseWithTables('embedded');
    await load(backup, target);
    expect(
      await on(
        target,
        'SELECT key, state, unsettled_since IS NOT NULL AS in_doubt FROM delivery ORDER BY sequence',
      ),
    ).toEqual([
      { key: 'due', state: 'pending', in_doubt: true },
      { key: 'later', state: 'pending', in_doubt: false },
      { key: 'sent', state: 'sent', in_doubt: false },
    ]);
  });

  it('is refused where there are rows, other tables or somebody else, and leaves everything as it was', async () => {
    const { url } = await filled(place);
    const backup = await take(url);
    const before = await contentsOf(url);
    await expect(load(backup, url)).rejects.toMatchObject({ reason: 'holds-data' });
    expect(await contentsOf(url)).toEqual(before);

    const target = await newDatabaseWithTables(place);
    await on(target, 'CREATE TABLE more (id int)');
    await expect(load(backup, target)).rejects.toMatchObject({ reason: 'other-tables' });
    await on(target, 'DROP TABLE more');
    const short = {
      ...backup,
      manifest: {
        ...backup.manifest,
        tables: backup.manifest.tables.map((table) => ({ ...table, rows: table.rows + 1 })),
      },
    };
    const empty = await contentsOf(target);
    await expect(load(short, target)).rejects.toMatchObject({ reason: 'miscounted' });
    const after = await contentsOf(target);
    // A sequence never goes back; the next try sets it.
    const ofRows = (all: typeof after): string[] =>
      Object.entries(all).flatMap(([name, print]) => (name.endsWith('_seq') ? [] : [`${name} ${print}`]));
    expect(ofRows(after)).toEqual(ofRows(empty));
    await load(backup, target);
    expect(await contentsOf(target)).toEqual(before);
  });
});

describe('a database', () => {
  it('without tables is none to take a backup of', async () => {
    const url = await newDatabase('embedded', 'no tables');
    await expect(take(url)).rejects.toBeInstanceOf(NoTables);
    expect(await standingOf(url, true)).toBeNull();
  });

  it('that a running process has open is refused, whether a server or an embedded one', async () => {
    for (const place of places) {
      const store = await openTestStore(place);
      const { url } = await openTestDatabase(place);
      // One of the connections is open as long as something is asked on it.
      const standing = store.transaction(async (tx) => {
        await tx.audit.head();
        return place === 'server' ? await outcomeOf(standingOf(url, false)) : null;
      });
      const found = (await standing) ?? (await outcomeOf(standingOf(url, false)));
      expect(found).toMatchObject({ reason: 'in-use' });
    }
  });
});

const outcomeOf = (work: Promise<unknown>): Promise<unknown> => work.catch((error: unknown) => error);

const anEntry = (verb: string): AuditEntry => ({
  at: new Date('2027-03-15T14:00:00.000Z'),
  actorId: 'bo',
  forId: null,
  role: 'requester',
  verb,
  engagementId: null,
  from: null,
  to: null,
  reason: null,
  platform: 'console',
  facts: {},
});
