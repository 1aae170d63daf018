import { expect, it } from 'vitest';
import { changesFacts, onlyReads } from '../../src/store/changes.ts';
import { enqueue, toBo } from '../support/delivering.ts';
import { openTestStore } from '../support/open-store.ts';
import { aMeeting, aPerson } from './samples.ts';

it.each([
  'INSERT INTO "public"."meeting" ("id") VALUES ($1)',
  'UPDATE "public"."engagement" SET "state" = $1 WHERE "id" = $2',
  'DELETE FROM milestone WHERE engagement_id = $1',
  '\n    INSERT INTO a_table_of_later (id) VALUES ($1) ON CONFLICT (id) DO UPDATE SET id = excluded.id',
  'WITH told AS (INSERT INTO delivery (key) VALUES ($1) RETURNING key) UPDATE meeting SET state = $2',
])('changes facts: %s', (sql) => {
  expect(changesFacts(sql)).toBe(true);
});

it.each([
  'SELECT id FROM meeting WHERE id = $1 FOR UPDATE',
  'SELECT key FROM delivery FOR UPDATE SKIP LOCKED',
  'INSERT INTO delivery (key) VALUES ($1) ON CONFLICT (key) DO UPDATE SET key = excluded.key',
  'UPDATE delivery AS d SET state = $1',
  'UPDATE cadence SET next_at = $1 WHERE key = $2',
  'INSERT INTO audit_entry (at) VALUES ($1)',
])('changes none: %s', (sql) => {
  expect(changesFacts(sql)).toBe(false);
});

it.each([
  'SELECT "public"."meeting"."id" FROM "public"."meeting" WHERE 1=1',
  '\n  WITH open AS (SELECT id, updated_at FROM meeting) SELECT * FROM open',
])('only reads: %s', (sql) => {
  expect(onlyReads(sql)).toBe(true);
});

it.each([
  'SELECT id FROM meeting WHERE id = $1 FOR UPDATE',
  'SELECT id FROM meeting WHERE id = $1 FOR KEY SHARE',
  'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))',
  "SELECT set_config('TimeZone', 'UTC', true)",
  "SELECT nextval('a_sequence')",
  'WITH made AS (INSERT INTO delivery (key) VALUES ($1) RETURNING key) SELECT key FROM made',
  'WITH gone AS (DELETE FROM delivery RETURNING key) SELECT key FROM gone',
  'SELECT id INTO a_table FROM meeting',
  'UPDATE cadence SET next_at = $1 WHERE key = $2',
  'DECLARE each_page NO SCROLL CURSOR FOR SELECT id FROM meeting',
  'FETCH 1000 FROM each_page',
])('does more than read: %s', (sql) => {
  expect(onlyReads(sql)).toBe(false);
});

it('is counted once committed, by whichever way it was written', async () => {
  const store = await openTestStore();
  const before = store.changes();
  await store.transaction((tx) => tx.people.save([aPerson()]));
  expect(store.changes()).toBe(before + 1);
  await store.transaction((tx) => tx.meetings.insert(aMeeting({ id: 'one', engagementId: null })));
  expect(store.changes()).toBe(before + 2);
  const failed = store.transaction(async (tx) => {
    await tx.meetings.insert(aMeeting({ id: 'two', engagementId: null }));
    throw new Error('not this one');
  });
  await expect(failed).rejects.toThrow('not this one');
  await enqueue(store, toBo('a message'));
  await store.transaction((tx) => tx.meetings.get('one'));
  expect(store.changes()).toBe(before + 2);
});
