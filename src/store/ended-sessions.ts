/** Sessions of the dashboard that were ended before their time: a hash of each, for as long as a copy could still be shown. */
import type { EndedSessions } from '../ports.ts';
import type { Database } from './client.ts';
import { Prisma } from './generated/client.ts';
import { singly } from './statements.ts';

export function endedSessions(database: Database): EndedSessions {
  const { rows, changed } = singly(database);
  return {
    // Rows that another process removes at the same moment are left to it: nobody waits, so nobody waits in a circle.
    add: async (hash, until, now) => {
      await changed(Prisma.sql`
        WITH past AS (
          DELETE FROM ended_session
           WHERE hash IN (SELECT hash FROM ended_session
                           WHERE until <= ${now.toISOString()}::timestamptz AND hash <> ${hash} FOR UPDATE SKIP LOCKED))
        INSERT INTO ended_session (hash, until) VALUES (${hash}, ${until.toISOString()}::timestamptz)
        ON CONFLICT (hash) DO UPDATE SET until = greatest(ended_session.until, excluded.until)`);
    },
    has: async (hash) =>
      (await rows(Prisma.sql`SELECT 1 FROM ended_session WHERE hash = ${hash}`)).length > 0,
  };
}
