import { test } from 'vitest';
import { openTestStore, openTestDatabase } from '../support/open-store.ts';
test('probe', async () => {
  await openTestStore(); const { prisma } = await openTestDatabase();
  for (const recipients of [20, 20000]) {
  await prisma.$executeRawUnsafe('truncate delivery');
  await prisma.$executeRawUnsafe(`insert into delivery (key,recipient_kind,recipient_id,kind,message,due_at,wake_at,state) select 'k'||i,'person','p'||(i%${recipients}),'notice','{"blocks":[],"buttons":[]}','2020-01-01','2020-01-01','pending' from generate_series(1,20000) i`);
  await prisma.$executeRawUnsafe('analyze delivery');
  const now = `'2026-01-01'::timestamptz`;
  const plan = await prisma.$queryRawUnsafe<Record<string, string>[]>(`explain (analyze, buffers) SELECT d.key FROM delivery d
     WHERE d.wake_at <= ${now}
       AND (SELECT 1 FROM delivery e
             WHERE e.recipient_kind = d.recipient_kind AND e.recipient_id = d.recipient_id
               AND e.wake_at IS NOT NULL AND e.attempts > 0 AND e.key <> d.key
               AND (e.sequence < d.sequence OR (e.state = 'leased' AND e.wake_at > ${now}))
             LIMIT 1) IS NULL
       AND (SELECT 1 FROM delivery e
             WHERE e.recipient_kind = d.recipient_kind AND e.recipient_id = d.recipient_id
               AND e.sequence < d.sequence AND e.wake_at <= ${now}
             ORDER BY e.sequence LIMIT 1) IS NULL
     ORDER BY d.wake_at, d.sequence
     LIMIT 500
     FOR UPDATE OF d SKIP LOCKED`);
  console.log(plan.map((r) => Object.values(r)[0]).join('\n'));
  }
}, 300000);
