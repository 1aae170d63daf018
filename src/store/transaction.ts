/** One transaction on one connection; Prisma joins when it is asked for. */
import type pg from 'pg';
import { onlyReads } from './changes.ts';
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

/**
 * All of `work` or nothing: throwing rolls back, and so does taking longer than thirty seconds. `asked` hears each statement. It begins
 * with the first statement that does more than read: each statement sees what is committed by then, inside of a transaction or before
 * it, so that one that only reads has nothing to begin or to end.
 */
export async function inTransaction<T>(
  database: Pick<Database, 'pool' | 'join' | 'nameOf'>,
  work: (session: Session) => Promise<T>,
  asked: (sql: string) => void = () => undefined,
): Promise<T> {
  const client = await database.pool.connect();
  const late = beginningLate(client, asked);
  let broken: Error | undefined;
  try {
    const { session, end } = createSession(late.client, database);
    const made = await within(transactionMs, work(session)).finally(end);
    await late.commit();
    return made;
  } catch (error) {
    broken = await late.rollBack();
    throw error;
  } finally {
    // A connection in an unknown state is thrown away, and its transaction with it.
    client.release(broken);
  }
}

interface BeginningLate {
  /** The same connection, each of whose statements is heard, Prisma's too. */
  readonly client: pg.PoolClient;
  /** Fails when a statement has, also before the transaction began. */
  commit(): Promise<void>;
  /** Answers why the connection can't be used any more, if it can't. */
  rollBack(): Promise<Error | undefined>;
}

function beginningLate(client: pg.PoolClient, asked: (sql: string) => void): BeginningLate {
  let begun: Promise<unknown> | null = null;
  let hasFailed = false;
  const query = async (statement: pg.QueryConfig): Promise<pg.QueryResult> => {
    asked(statement.text);
    if (!onlyReads(statement.text)) begun ??= client.query('BEGIN');
    try {
      await begun;
      return await client.query(statement);
    } catch (error) {
      hasFailed = true;
      throw error;
    }
  };
  return {
    client: Object.create(client, { query: { value: query } }),
    async commit() {
      // A statement that failed unnoticed makes a rollback of it, without an error.
      if (begun && !hasFailed) hasFailed = (await client.query('COMMIT')).command !== 'COMMIT';
      if (hasFailed) throw new Error('The transaction had failed and was rolled back.');
    },
    async rollBack() {
      try {
        await client.query(begun ? 'ROLLBACK' : 'SELECT 1');
        return undefined;
      } catch (error) {
        return error instanceof Error ? error : new Error(String(error));
      }
    },
  };
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
