import { describe, expect, test } from 'vitest';
import { locks, tablesWritten } from '../../src/store/changes.ts';
import { createReadOnce, type ReadOnce } from '../../src/store/read-once.ts';
import { openTestStore } from '../support/open-store.ts';
import { aMeeting, aPerson } from './samples.ts';

const PEOPLE = { text: 'SELECT id FROM person WHERE id = $1', values: ['bo'] };
const MEETINGS = { text: 'SELECT id FROM meeting', values: [] };

/** Answers how often each was asked for. */
function asking(reads: ReadOnce, rows: () => { id: string }[] = () => [{ id: 'bo' }]) {
  const asked: string[] = [];
  const ask = (query: typeof PEOPLE | typeof MEETINGS) =>
    reads.rows<{ id: string }>(query, async () => {
      asked.push(query.text);
      return rows();
    });
  return { asked, ask };
}

describe('what a transaction has read', () => {
  test('is not asked for again, whatever others have asked in between', async () => {
    const reads = createReadOnce();
    const { asked, ask } = asking(reads);
    expect(await ask(PEOPLE)).toEqual([{ id: 'bo' }]);
    await ask(MEETINGS);
    reads.sent(MEETINGS.text);
    expect(await ask(PEOPLE)).toEqual([{ id: 'bo' }]);
    expect(asked).toEqual([PEOPLE.text, MEETINGS.text]);
  });

  test('is asked for by each of its values', async () => {
    const { asked, ask } = asking(createReadOnce());
    await ask(PEOPLE);
    await ask({ ...PEOPLE, values: ['cra'] });
    expect(asked).toHaveLength(2);
  });

  test('is a list of its own for each who asks', async () => {
    const { ask } = asking(createReadOnce());
    (await ask(PEOPLE)).pop();
    expect(await ask(PEOPLE)).toHaveLength(1);
  });

  test.each([
    ['a write to its table', 'INSERT INTO "public"."person" ("id") VALUES ($1)', 1],
    ['a write to another table', "UPDATE meeting SET state = 'held'", 0],
    ['a lock', 'SELECT id FROM meeting WHERE id = $1 FOR UPDATE', 1],
    [
      'a lock that is written with',
      'WITH due AS (SELECT key FROM delivery FOR UPDATE SKIP LOCKED) UPDATE delivery SET a = 1',
      1,
    ],
    ['a named lock', 'SELECT pg_advisory_xact_lock(1)', 1],
    ['what deletes', 'DELETE FROM meeting WHERE id = $1', 1],
    ['what is none of these', 'TRUNCATE meeting', 1],
  ])('is asked for anew after %s: %s', async (_, sql, times) => {
    const reads = createReadOnce();
    const { asked, ask } = asking(reads);
    await ask(PEOPLE);
    reads.sent(sql);
    await ask(PEOPLE);
    expect(asked).toHaveLength(1 + times);
  });

  test('is asked for anew when the asking failed', async () => {
    const reads = createReadOnce();
    await expect(reads.rows(PEOPLE, () => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
    expect(await asking(reads).ask(PEOPLE)).toHaveLength(1);
  });

  test('is not kept where it does more than read, or is long', async () => {
    const reads = createReadOnce();
    const long = asking(reads, () => Array.from({ length: 201 }, () => ({ id: 'bo' })));
    await long.ask(PEOPLE);
    await long.ask(PEOPLE);
    const locking = { ...PEOPLE, text: `${PEOPLE.text} FOR UPDATE` };
    await long.ask(locking);
    await long.ask(locking);
    expect(long.asked).toHaveLength(4);
  });
});

test('the head of the record moves with its entries', () => {
  expect(tablesWritten('INSERT INTO audit_entry (at) VALUES ($1)')).toEqual(['audit_entry', 'audit_head']);
  expect(tablesWritten('DELETE FROM audit_entry')).toEqual([]);
});

test.each([
  ['SELECT 1 FROM meeting FOR NO KEY UPDATE', true],
  ['SELECT pg_try_advisory_xact_lock(1)', true],
  ['INSERT INTO meeting (id) VALUES ($1) ON CONFLICT (id) DO UPDATE SET id = excluded.id', false],
])('is a lock: %s', (sql, isLock) => {
  expect(locks(sql)).toBe(isLock);
});

test('a transaction sees what it writes itself', async () => {
  const store = await openTestStore();
  const seen = await store.transaction(async (tx) => {
    const before = await tx.people.get('bo');
    await tx.people.save([aPerson({ id: 'bo', name: 'Bo' })]);
    const saved = await tx.people.get('bo');
    await tx.people.save([aPerson({ id: 'bo', name: 'Beau' })]);
    await tx.meetings.insert(aMeeting({ id: 'one', engagementId: null }));
    return [before, saved?.name, (await tx.people.get('bo'))?.name, (await tx.meetings.get('one'))?.id];
  });
  expect(seen).toEqual([null, 'Bo', 'Beau', 'one']);
});
