/** The database as the use cases see it. Nothing of Prisma leaves this folder. */
import type { Store, Tx } from '../ports.ts';
import { auditIn } from './audit.ts';
import { cadencesIn, cadenceTimes } from './cadences.ts';
import { type Database, openDatabase, type StoreAddress } from './client.ts';
import { consoleLedger } from './console-ledger.ts';
import { conversationsIn } from './conversations.ts';
import { deliveriesIn, deliveryQueue } from './deliveries.ts';
import { engagementsIn } from './engagements.ts';
import { isCollision } from './faults.ts';
import type { Prisma } from './generated/client.ts';
import { inbox, inboxIn } from './inbox.ts';
import { lockName } from './lock-name.ts';
import { meetingsIn } from './meetings.ts';
import { readMigrations } from './migrate.ts';
import { peopleIn } from './people.ts';

export interface StoreOptions {
  readonly database: StoreAddress;
  /** Called at most once when the embedded database ends by itself: the process is to say so and end. */
  readonly onLost?: (error: Error) => void;
}

const patienceMs = 30_000;
const transactionMs = 30_000;
const mostAttempts = 5;
const troubleMs = 2_000;

/**
 * Opens the database, bringing its tables up to date. Fails within seconds and in plain words when the data directory is
 * in use (`DataDirectoryInUse`), the server can't be reached, or the tables belong to a newer program (`SchemaMismatch`).
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const database = await openDatabase(options.database, await readMigrations(), options.onLost ?? (() => {}));
  return storeOn(database);
}

/** The store over an open database; closing it closes the database. */
export function storeOn(database: Database): Store {
  return {
    transaction: (work) => transact(database, work),
    inbox: inbox(database),
    deliveries: deliveryQueue(database),
    cadences: cadenceTimes(database.prisma),
    console: consoleLedger(database),
    troubles: () => troubles(database),
    close: () => database.close(),
  };
}

/**
 * All of `work` or nothing. Throwing rolls back. When two transactions collide, `work` is run again from the start, so
 * it must do nothing but use `tx`; using the store beside `tx` inside would wait for itself.
 */
async function transact<T>({ prisma, gate }: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await gate.run(patienceMs, () =>
        prisma.$transaction((db) => work(txOn(db)), { maxWait: patienceMs, timeout: transactionMs }),
      );
    } catch (error) {
      if (attempt >= mostAttempts || !isCollision(error)) throw error;
    }
  }
}

function txOn(db: Prisma.TransactionClient): Tx {
  return {
    lock: (name) => lockName(db, name),
    inbox: inboxIn(db),
    people: peopleIn(db),
    conversations: conversationsIn(db),
    engagements: engagementsIn(db),
    meetings: meetingsIn(db),
    deliveries: deliveriesIn(db),
    audit: auditIn(db),
    cadences: cadencesIn(db),
  };
}

async function troubles({ inboxPool, lost }: Database): Promise<string[]> {
  const reason = lost();
  if (reason) return [reason.message];
  let patience: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    patience = setTimeout(() => reject(new Error(`no answer within ${troubleMs} ms`)), troubleMs);
  });
  try {
    const answer = await Promise.race([
      inboxPool.query(`SELECT current_setting('transaction_read_only') AS mode`),
      late,
    ]);
    // A database that can be read but not written is no use either.
    return answer.rows[0]?.mode === 'on' ? ['The database can be read but not written.'] : [];
  } catch (error) {
    return [`The database can't be used: ${error instanceof Error ? error.message : String(error)}`];
  } finally {
    clearTimeout(patience);
  }
}
