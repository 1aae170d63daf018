import { Prisma } from './generated/client.ts';
import type { Session } from './transaction.ts';

/** Waits for everybody else who locked `name`, and keeps them waiting until the transaction ends. */
export async function lockName(db: Session, name: string): Promise<void> {
  await db.changed(Prisma.sql`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`);
}
