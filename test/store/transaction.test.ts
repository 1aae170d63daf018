import type pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../../src/store/client.ts';
import { isCollision, isRowFault } from '../../src/store/faults.ts';
import { Prisma } from '../../src/store/generated/client.ts';
import { inTransaction, type Session } from '../../src/store/transaction.ts';
import { openTestDatabase, openTestStore, testServerUrl } from '../support/open-store.ts';

const { sql } = Prisma;

describe.each(testServerUrl() ? (['embedded', 'server'] as const) : (['embedded'] as const))(
  'a transaction on the %s database',
  (place) => {
    let database: Database;

    beforeEach(async () => {
      await openTestStore(place);
      database = await openTestDatabase(place);
    }, 60_000);
    afterEach(() => {
      expect(database.pool.waitingCount).toBe(0);
      expect(database.pool.idleCount).toBe(database.pool.totalCount);
    });

    test('is the same for Prisma and for statements of our own', async () => {
      const seen = await inTransaction(database, async (db) => {
        await count(db, 'a');
        const { requestCounter } = await db.models();
        await requestCounter.create({ data: { prefix: 'b', year: 2026, last: 1 } });
        await count(db, 'c');
        return [await counters(db), (await requestCounter.findMany()).length];
      });
      expect(seen).toEqual([['a', 'b', 'c'], 3]);
      expect(await inTransaction(database, counters)).toEqual(['a', 'b', 'c']);
    });

    test('that many begin at once gives each its own Prisma', async () => {
      const names = Array.from({ length: 24 }, (_, index) => `n${index}`);
      const work = names.map((name) =>
        database.gate.run(60_000, () =>
          inTransaction(database, async (db) => {
            const { requestCounter } = await db.models();
            await requestCounter.create({ data: { prefix: name, year: 2026, last: 1 } });
            if (Number(name.slice(1)) % 3 === 0) throw new Error('taken back');
          }),
        ),
      );
      const outcomes = await Promise.allSettled(work);
      const kept = names.filter((_, index) => outcomes[index]?.status === 'fulfilled');
      expect(kept).toHaveLength(16);
      expect(await inTransaction(database, counters)).toEqual(kept.sort());
    });

    test.each([
      ['of ours', async (db: Session) => void (await count(db, 'a'))],
      [
        "of Prisma's",
        async (db: Session) =>
          void (await (
            await db.models()
          ).requestCounter.create({
            data: { prefix: 'a', year: 2026, last: 1 },
          })),
      ],
    ])('is rolled back by a statement %s that fails, which keeps its meaning', async (_, again) => {
      const failed = inTransaction(database, async (db) => {
        await count(db, 'a');
        await again(db);
      });
      const error = await failed.catch((reason: unknown) => reason);
      expect([isRowFault(error), isCollision(error)]).toEqual([true, false]);
      expect(await inTransaction(database, counters)).toEqual([]);
    });

    test('fails at its end when the failure of a statement was passed over', async () => {
      const passedOver = inTransaction(database, async (db) => {
        await count(db, 'a');
        await count(db, 'a').catch(() => undefined);
      });
      await expect(passedOver).rejects.toThrow('rolled back');
      expect(await inTransaction(database, counters)).toEqual([]);
    });

    test('begins with the first statement that does more than read', async () => {
      const { sent, noted } = noting(database);
      await inTransaction(noted, async (db) => {
        await db.rows(sql`SELECT 1`);
        await (await db.models()).requestCounter.findMany();
      });
      expect(sent).toEqual(['SELECT', 'SELECT']);
      sent.length = 0;
      await inTransaction(noted, async (db) => {
        await counters(db);
        await count(db, 'a');
        expect(await counters(db)).toEqual(['a']);
      });
      expect(sent).toEqual(['SELECT', 'BEGIN', 'INSERT', 'SELECT', 'COMMIT']);
      sent.length = 0;
      await inTransaction(noted, async (db) => {
        await db.rows(sql`SELECT prefix FROM request_counter FOR UPDATE`);
        await (await db.models()).requestCounter.deleteMany();
      });
      expect([sent[0], sent.at(-1)]).toEqual(['BEGIN', 'COMMIT']);
      expect(await inTransaction(database, counters)).toEqual([]);
    });

    test('sees what others commit between its statements, before it begins and after', async () => {
      const seen = await inTransaction(database, async (db) => {
        const before = await counters(db);
        await inTransaction(database, (other) => count(other, 'a'));
        const after = await counters(db);
        await count(db, 'b');
        return [before, after, await counters(db)];
      });
      expect(seen).toEqual([[], ['a'], ['a', 'b']]);
    });

    test('keeps nothing after a read that failed before it began, also when that was passed over', async () => {
      const failing = (db: Session): Promise<unknown> => db.rows(sql`SELECT 1 / ${0}::int`);
      await expect(inTransaction(database, failing)).rejects.toThrow('zero');
      const passedOver = async (db: Session): Promise<void> =>
        void (await failing(db).catch(() => undefined));
      await expect(inTransaction(database, passedOver)).rejects.toThrow('rolled back');
      const goingOn = inTransaction(database, async (db) => {
        await passedOver(db);
        await count(db, 'a');
      });
      await expect(goingOn).rejects.toThrow('rolled back');
      expect(await inTransaction(database, counters)).toEqual([]);
    });

    test('takes no statement once it is over', async () => {
      const kept = await inTransaction(database, async (db) => {
        await db.models();
        return db;
      });
      await expect(kept.rows(sql`SELECT 1`)).rejects.toThrow('over');
      await expect(kept.models()).rejects.toThrow('over');
    });
  },
);

/** The database, with the first word of each statement that a transaction sends. */
function noting({ pool, join, nameOf }: Database) {
  const sent: string[] = [];
  const note = (client: pg.PoolClient): pg.PoolClient =>
    Object.create(client, {
      query: {
        value: (query: string | pg.QueryConfig) => {
          sent.push(/\w+/u.exec(typeof query === 'string' ? query : query.text)?.[0] ?? '');
          return typeof query === 'string' ? client.query(query) : client.query(query);
        },
      },
    });
  const noted: pg.Pool = Object.create(pool, { connect: { value: async () => note(await pool.connect()) } });
  return { sent, noted: { pool: noted, join, nameOf } };
}

const count = (db: Session, prefix: string): Promise<number> =>
  db.changed(sql`INSERT INTO request_counter (prefix, year, last) VALUES (${prefix}, 2026, 1)`);

const counters = async (db: Session): Promise<unknown[]> =>
  (await db.rows(sql`SELECT prefix FROM request_counter ORDER BY prefix`)).map(({ prefix }) => prefix);
