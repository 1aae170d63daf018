/** What an error of the database means for the caller. */
import { Prisma } from './generated/client.ts';

/** The SQLSTATE of an error that came from PostgreSQL, directly or through Prisma; null for any other. */
function sqlState(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if ('code' in error && typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code)) {
    if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return error.code;
  }
  if (error instanceof Prisma.PrismaClientKnownRequestError) {
    const original = /Code: `([0-9A-Z]{5})`/.exec(error.message)?.[1];
    if (original) return original;
    if (error.code === 'P2002') return '23505';
    if (error.code === 'P2034') return '40001';
  }
  return null;
}

/** The row itself is refused (data or constraint), so trying it again, or in other company, changes nothing for it. */
export function isRowFault(error: unknown): boolean {
  const state = sqlState(error);
  return state !== null && (state.startsWith('22') || state.startsWith('23'));
}

/** Two transactions got in each other's way and this one was chosen to begin again. */
export function isCollision(error: unknown): boolean {
  const state = sqlState(error);
  return state === '40001' || state === '40P01';
}
