import type { Prisma } from './generated/client.ts';

/** Waits for everybody else who locked `name`, and keeps them waiting until the transaction ends. */
export async function lockName(db: Prisma.TransactionClient, name: string): Promise<void> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
}
