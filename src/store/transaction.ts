/** One transaction on one connection; Prisma joins when it is asked for. */
import type pg from 'pg';
import type { Database } from './client.ts';
import type { Prisma } from './generated/client.ts';
import type { JoinedPrisma } from './joining-prisma.ts';
import { type Statements, statementsOn } from './statements.ts';

/** The longest a transaction may take. */
const transactionMs = 30_000;

/** What happens in one transaction. */
export interface Session extends Statements {
  /** Prisma in this transaction, for what is rare. */
  models(): Promise<Prisma.TransactionClient>;
}

/** Thrown to whoever still works in a transaction that is over, or has taken too long. */
class TransactionOver extends Error {
  override readonly name = 'TransactionOver';
}

/** All of `work` or nothing: throwing rolls back, and so does taking longer than thirty seconds. */
export async function inTransaction<T>(
  database: Pick<Database, 'pool' | 'join' | 'nameOf'>,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const client = await database.pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    const { session, end } = createSession(client, database);
    const made = await within(transactionMs, work(session)).finally(end);
    // A statement that failed unnoticed makes a rollback of it, without an error.
    const { command } = await client.query('COMMIT');
    if (command !== 'COMMIT') throw new Error('The transaction had failed and was rolled back.');
    return made;
  } catch (error) {
    broken = await rollBack(client);
    throw error;
  } finally {
    // A connection in an unknown state is thrown away, and its transaction with it.
    client.release(broken);
  }
}

function createSession(
  client: pg.PoolClient,
  { join, nameOf }: Pick<Database, 'join' | 'nameOf'>,
): { readonly session: Session; end(): Promise<void> } {
  let isOver = false;
  let joined: Promise<JoinedPrisma> | null = null;
  const look = (): void => {
    if (isOver) throw new TransactionOver('The transaction is over.');
  };
  const run = async <Row extends pg.QueryResultRow>(query: pg.QueryConfig): Promise<pg.QueryResult<Row>> => {
    look();
    return client.query<Row>(query);
  };
  return {
    session: {
      ...statementsOn(run, nameOf),
      models: async () => {
        look();
        joined ??= join(client);
        return (await joined).models;
      },
    },
    async end() {
      isOver = true;
      await joined?.then(
        ({ leave }) => leave(),
        () => undefined,
      );
    },
  };
}

async function rollBack(client: pg.PoolClient): Promise<Error | undefined> {
  try {
    await client.query('ROLLBACK');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let patience: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    patience = setTimeout(
      () => reject(new TransactionOver(`The transaction took longer than ${ms} ms.`)),
      ms,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(patience);
  }
}
