/** What a transaction has read already, so that it asks for nothing twice. */
import type pg from 'pg';
import { locks, onlyReads, tablesWritten } from './changes.ts';
import type { Prisma } from './generated/client.ts';
import type { Session } from './transaction.ts';

/** Reads kept at one time, so that a transaction that reads on and on keeps little. */
const MOST_READS = 200;
/** What gives more rows than this is rarely asked for again, and dear to keep. */
const MOST_ROWS = 200;

export interface ReadOnce {
  /** The rows of the statement: those it gave before, while they hold; else what `run` gives. */
  rows<Row extends pg.QueryResultRow>(
    query: Pick<pg.QueryConfig, 'text' | 'values'>,
    run: () => Promise<Row[]>,
  ): Promise<Row[]>;
  /** The same session, for whose rows nothing is asked twice. */
  on(session: Session): Session;
  /** A statement goes to the database, whoever sends it: what it may change is read anew from then on. */
  sent(sql: string): void;
}

/**
 * For one transaction and its one connection, where statements are carried out in the order of sending. What only reads is remembered
 * until the transaction writes to a table that it names. A lock makes all be read anew: somebody else may have been waited for, and
 * what they committed counts. So does what is neither a plain reading nor a plain writing statement, and what deletes: rows of other
 * tables may go with it.
 */
export function createReadOnce(): ReadOnce {
  const reads = createReads();
  return {
    ...reads,
    on: (session) => ({
      ...session,
      rows: <Row extends pg.QueryResultRow>(statement: Prisma.Sql) =>
        reads.rows(statement, () => session.rows<Row>(statement)),
    }),
  };
}

function createReads(): Omit<ReadOnce, 'on'> {
  const known = new Map<string, { readonly sql: string; readonly rows: Promise<readonly unknown[]> }>();
  return {
    async rows<Row extends pg.QueryResultRow>(
      query: Pick<pg.QueryConfig, 'text' | 'values'>,
      run: () => Promise<Row[]>,
    ) {
      if (!onlyReads(query.text)) return run();
      const key = JSON.stringify([query.text, query.values]);
      const before = known.get(key);
      // The same statement gives rows of the same shape.
      if (before) return [...((await before.rows) as readonly Row[])];
      if (known.size >= MOST_READS) known.clear();
      const rows = run();
      const mine = { sql: query.text, rows };
      known.set(key, mine);
      const forget = (): void => {
        if (known.get(key) === mine) known.delete(key);
      };
      const found = await rows.catch((error: unknown) => {
        forget();
        throw error;
      });
      if (found.length > MOST_ROWS) forget();
      return [...found];
    },
    sent(sql) {
      if (known.size === 0 || onlyReads(sql)) return;
      const tables = locks(sql) ? [] : tablesWritten(sql);
      if (tables.length === 0) known.clear();
      for (const [key, read] of known)
        if (tables.some((table) => read.sql.includes(table))) known.delete(key);
    },
  };
}
