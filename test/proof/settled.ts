import { setTimeout as pause } from 'node:timers/promises';
import { query } from './databases.ts';

const patienceMs = 60_000;

/** Waits until all that was accepted is worked on. */
export const worked = (databaseUrl: string): Promise<void> => until(databaseUrl, 'done_at', false);

/** Waits until all that was accepted is worked on and said, and nothing is due. */
export const settled = (databaseUrl: string): Promise<void> => until(databaseUrl, 'said_at', true);

async function until(
  databaseUrl: string,
  mark: 'done_at' | 'said_at',
  withDeliveries: boolean,
): Promise<void> {
  const rest = `SELECT key FROM inbox_event WHERE ${mark} IS NULL
    UNION ALL SELECT key FROM delivery WHERE $1 AND wake_at <= now()`;
  const latest = performance.now() + patienceMs;
  for (;;) {
    const left = await query(databaseUrl, rest, [withDeliveries]);
    if (left.length === 0) return;
    if (performance.now() > latest) throw new Error(`${left.length} were left, such as ${left[0]?.key}`);
    await pause(20);
  }
}
