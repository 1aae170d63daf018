/** Which process does a tick's work for all, and what the operator asks of the database. */
import { z } from 'zod';
import type { Store } from '../ports.ts';
import type { Database } from './client.ts';
import { Prisma } from './generated/client.ts';
import { readMigrations } from './migrate.ts';
import { singly } from './statements.ts';

const namesSchema = z.array(z.object({ name: z.string() }));
const clockSchema = z.array(z.object({ at: z.date() }));

const ticksSchema = z.array(z.object({ job: z.string(), slotAt: z.date(), endedAt: z.date().nullable() }));

export function jobRuns(database: Database): Store['jobs'] {
  const { rows, changed } = singly(database);
  return {
    // The lease ends by the database's clock, which all processes share. A slot that lies ahead of that clock was claimed
    // before the clock was set back, and its lease says nothing any more; a minute of that is no more than a mended clock.
    claimRun: async (job, slotAt, holder, leaseMs) =>
      (await changed(Prisma.sql`
        INSERT INTO job_run (job, slot_at, holder, lease_until)
        VALUES (${job}, ${slotAt.toISOString()}::timestamptz, ${holder}, now() + ${leaseMs} * interval '1 millisecond')
        ON CONFLICT (job) DO UPDATE
          SET slot_at = excluded.slot_at, holder = excluded.holder, lease_until = excluded.lease_until, ended_at = NULL
          WHERE (job_run.ended_at IS NOT NULL AND job_run.slot_at < excluded.slot_at)
             OR (job_run.ended_at IS NULL AND job_run.lease_until <= now() AND job_run.slot_at <= excluded.slot_at)
             OR job_run.slot_at > now() + interval '1 minute'`)) === 1,
    endRun: async (job, slotAt, holder, at) => {
      await changed(Prisma.sql`
        UPDATE job_run SET ended_at = ${at.toISOString()}::timestamptz
         WHERE job = ${job} AND holder = ${holder} AND slot_at = ${slotAt.toISOString()}::timestamptz`);
    },
    lastTicks: async () =>
      ticksSchema.parse(
        await rows(
          Prisma.sql`SELECT job, slot_at AS "slotAt", ended_at AS "endedAt" FROM job_run ORDER BY job`,
        ),
      ),
  };
}

export async function migrationNames(
  database: Database,
): Promise<{ readonly applied: readonly string[]; readonly known: readonly string[] }> {
  const { rows } = singly(database);
  // An empty database has not even the record.
  const [record] = await rows<{ found: boolean }>(
    Prisma.sql`SELECT to_regclass('_prisma_migrations') IS NOT NULL AS found`,
  );
  const applied = namesSchema.parse(
    !record?.found
      ? []
      : await rows(Prisma.sql`
      SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY migration_name`),
  );
  return {
    applied: applied.map(({ name }) => name),
    known: (await readMigrations()).map(({ name }) => name),
  };
}

export async function databaseClock(database: Database): Promise<Date> {
  const [row] = clockSchema.parse(await singly(database).rows(Prisma.sql`SELECT now() AS at`));
  if (!row) throw new Error('the database did not tell the time');
  return row.at;
}
