/**
 * Prisma in a transaction that was begun without it: it gets the connection lent, and neither begins, ends nor gives it back.
 * A transaction that asks for nothing of Prisma then costs nothing of Prisma's.
 */
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { type Prisma, PrismaClient } from './generated/client.ts';
import type { NameOf } from './statement-names.ts';

/** Prisma's own limits; the transaction ends long before them. */
const longestMs = 600_000;
const boundaries = new Set(['BEGIN', 'COMMIT', 'ROLLBACK']);
const nothing = { fields: [], rows: [], rowCount: 0 };

export interface JoinedPrisma {
  readonly models: Prisma.TransactionClient;
  /** To be called before the transaction ends: whatever is asked of `models` afterwards fails. */
  leave(): Promise<void>;
}

export interface JoiningPrisma {
  /** Outside of transactions, for single statements: on a connection of the pool, without waiting for a turn. */
  readonly prisma: PrismaClient;
  /** Lets Prisma into the transaction that `client` is in. */
  join(client: pg.PoolClient): Promise<JoinedPrisma>;
  close(): Promise<void>;
}

export function createJoiningPrisma(pool: pg.Pool, nameOf: NameOf): JoiningPrisma {
  const lent = new LentConnections(pool);
  const prisma = new PrismaClient({
    // The driver takes an empty name for none.
    adapter: new PrismaPg(lent, { statementNameGenerator: ({ sql }) => nameOf(sql) ?? '' }),
  });
  // One after the other, so that each gets the connection it was lent for.
  let last: Promise<unknown> = Promise.resolve();
  return {
    prisma,
    join(client) {
      const joined = last.then(() => joinOn(prisma, lent, client));
      last = joined.catch(() => undefined);
      return joined;
    },
    async close() {
      await prisma.$disconnect();
      await lent.end();
    },
  };
}

function joinOn(prisma: PrismaClient, lent: LentConnections, client: pg.PoolClient): Promise<JoinedPrisma> {
  return new Promise((resolve, reject) => {
    let leave = (): void => undefined;
    const left = new Promise<void>((done) => {
      leave = done;
    });
    lent.lendNext(client);
    const inside = prisma.$transaction(
      async (models) => {
        resolve({
          models,
          leave: async () => {
            leave();
            await inside;
          },
        });
        await left;
      },
      { maxWait: longestMs, timeout: longestMs },
    );
    inside.catch(reject);
  });
}

type OnConnection = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  done: (release?: boolean | Error) => void,
) => void;

/** What Prisma takes for a pool: gives out the connection it was handed, once; without one, another of the real pool. */
class LentConnections extends pg.Pool {
  readonly #pool: pg.Pool;
  #next: pg.PoolClient | null = null;

  constructor(pool: pg.Pool) {
    super();
    this.#pool = pool;
  }

  lendNext(client: pg.PoolClient): void {
    this.#next = client;
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: OnConnection): void;
  override connect(callback?: OnConnection): Promise<pg.PoolClient> | undefined {
    if (callback) {
      this.#pool.connect(callback);
      return undefined;
    }
    const client = this.#next;
    this.#next = null;
    return client ? Promise.resolve(withoutBoundaries(client)) : this.#pool.connect();
  }
}

function withoutBoundaries(client: pg.PoolClient): pg.PoolClient {
  const lent: pg.PoolClient = Object.create(client, {
    query: {
      value: (query: pg.QueryConfig) =>
        boundaries.has(query.text) ? Promise.resolve(nothing) : client.query(query),
    },
    // Whoever lent it listens to its errors and gives it back.
    on: { value: () => lent },
    removeListener: { value: () => lent },
    release: { value: () => undefined },
  });
  return lent;
}
