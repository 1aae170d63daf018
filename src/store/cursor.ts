/** Many rows of one statement, page by page: one look at the database, and never all of them in memory. */
import type pg from 'pg';
import { Prisma } from './generated/client.ts';
import type { Session } from './transaction.ts';

const PAGE_ROWS = 1_000;

/** Hands over the rows in their order, at most a thousand at a time; answers how many there were. One at a time in a transaction. */
export async function eachPage<Row extends pg.QueryResultRow>(
  db: Session,
  statement: Prisma.Sql,
  onPage: (rows: readonly Row[]) => Promise<void> | void,
): Promise<number> {
  await db.changed(Prisma.sql`DECLARE each_page NO SCROLL CURSOR FOR ${statement}`);
  let count = 0;
  for (;;) {
    const rows = await db.rows<Row>(Prisma.sql`FETCH ${Prisma.raw(String(PAGE_ROWS))} FROM each_page`);
    if (rows.length === 0) break;
    count += rows.length;
    await onPage(rows);
  }
  await db.changed(Prisma.sql`CLOSE each_page`);
  return count;
}
