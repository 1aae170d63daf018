import { beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/ports.ts';
import { openTestStore } from '../support/open-store.ts';
import { aSentDelivery, onTables, putRow } from '../support/records.ts';

let store: Store;
beforeEach(async () => {
  store = await openTestStore();
}, 60_000);

const MANY = 2_345;
const AT = new Date('2027-01-15T12:00:00Z');

async function putMany(): Promise<void> {
  await putRow('delivery', aSentDelivery('first', AT));
  await onTables(
    `INSERT INTO delivery (key, recipient_kind, recipient_id, kind, message, due_at, sent_at, state)
     SELECT 'd' || lpad(n::text, 6, '0'), recipient_kind, recipient_id, kind, message, due_at, sent_at, state
       FROM delivery, generate_series(2, $1) AS n WHERE key = 'first'`,
    [MANY],
  );
}

describe('rows for exports', () => {
  it('come in pages, each once and in order, so that no file needs all of them at once', async () => {
    await putMany();
    const pages: number[][] = [];
    const count = await store.transaction((tx) =>
      tx.exports.deliveries(async (rows) => void pages.push(rows.map(({ sequence }) => sequence))),
    );
    expect(count).toBe(MANY);
    expect(Math.max(...pages.map(({ length }) => length))).toBeLessThanOrEqual(1_000);
    expect(pages.length).toBe(Math.ceil(MANY / 1_000));
    expect(pages.flat()).toEqual(Array.from({ length: MANY }, (_, index) => index + 1));
  });

  it('can be read several times in one transaction, one after the other', async () => {
    await putMany();
    await store.transaction(async (tx) => {
      expect(await tx.exports.deliveries(async () => undefined)).toBe(MANY);
      expect(await tx.exports.engagements(async () => undefined)).toBe(0);
      expect(await tx.exports.deliveries(async () => undefined)).toBe(MANY);
    });
  });
});

describe('rows as records', () => {
  const part = { table: 'delivery', class: 'transitory', kinds: ['reminder'] } as const;

  it('are counted and read out alike, and of a time only those that were made in it', async () => {
    await putMany();
    await putRow('delivery', aSentDelivery('later', new Date('2027-02-15T12:00:00Z')));
    await putRow('delivery', aSentDelivery('another kind', AT, { kind: 'notice' }));
    const asked = async (from: string | null, until: string | null) =>
      store.transaction(async (tx) => {
        const instant = (text: string | null): Date | null => (text === null ? null : new Date(text));
        const all = { kind: 'all', from: instant(from), until: instant(until) } as const;
        const rows: string[] = [];
        const read = await tx.records.each(part, all, async (page) => void rows.push(...page));
        expect(await tx.records.count(part, all)).toBe(read);
        expect(rows).toHaveLength(read);
        return rows.map((row) => String(JSON.parse(row).key));
      });
    expect(await asked(null, null)).toHaveLength(MANY + 1);
    expect(await asked('2027-02-01T00:00:00Z', null)).toEqual(['later']);
    expect(await asked(null, '2027-02-15T12:00:00Z')).toHaveLength(MANY);
  });

  it('that are due are removed and nothing else, and read the same before wherever the server stands', async () => {
    await putRow('delivery', aSentDelivery('old', AT));
    await putRow('delivery', aSentDelivery('young', new Date('2027-03-15T12:00:00Z')));
    const before = new Date('2027-02-01T00:00:00Z');
    await store.transaction(async (tx) => {
      const rows: string[] = [];
      await tx.records.each(part, { kind: 'due', before }, async (page) => void rows.push(...page));
      expect(JSON.parse(rows[0] ?? '')).toMatchObject({ key: 'old', sent_at: '2027-01-15T12:00:00+00:00' });
      expect(await tx.records.standing(part, before)).toMatchObject({
        rows: 2,
        due: 1,
        held: 0,
        oldestAt: AT,
      });
      expect(await tx.records.remove(part, before)).toBe(1);
    });
    expect(await onTables('SELECT key FROM delivery')).toEqual([{ key: 'young' }]);
  });
});
