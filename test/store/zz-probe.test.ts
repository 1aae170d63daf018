import { expect, test } from 'vitest';
import { openTestDatabase, openTestStore } from '../support/open-store.ts';
import { aDelivery, at } from './samples.ts';

const time = async (n: number, f: () => Promise<unknown>) => {
  const xs: number[] = [];
  for (let i = 0; i < n; i++) {
    const t = performance.now();
    await f();
    xs.push(performance.now() - t);
  }
  xs.sort((a, b) => a - b);
  return xs[Math.floor(n / 2)]!.toFixed(2);
};
test('probe', async () => {
  const s = await openTestStore();
  const { prisma } = await openTestDatabase();
  const fill = (from: number, to: number) =>
    prisma.$executeRawUnsafe(
      `insert into delivery (key,recipient_kind,recipient_id,kind,message,due_at,wake_at,state) select 'f'||i,'person','p'||(i%50000),'notice','{"blocks":[],"buttons":[]}','2100-01-01','2100-01-01'::timestamptz + i*interval '1 second','pending' from generate_series(${from},${to}) i`,
    );
  for (const [from, to] of [
    [1, 1000],
    [1001, 1000000],
  ] as const) {
    for (let x: number = from; x <= to; x += 100000) await fill(x, Math.min(to, x + 99999));
    await prisma.$executeRawUnsafe('analyze delivery');
    console.log(
      to,
      'empty sweep',
      await time(60, () => s.deliveries.claimDue({ now: at(0), limit: 50, leaseMs: 1000 })),
      'nextDue',
      await time(60, () => s.deliveries.nextDueAt()),
    );
    let i = 0;
    console.log(
      to,
      'claim of 1',
      await time(60, async () => {
        const k = `c${to}-${i++}`;
        await s.transaction((tx) =>
          tx.deliveries.enqueue(aDelivery(k, { to: { kind: 'person', personId: 'p77' } })),
        );
        const t = performance.now();
        const [d] = await s.deliveries.claimDue({ now: at(0), limit: 50, leaseMs: 1000 });
        await s.deliveries.sent(d!.key, { platform: 'slack', id: 'x', timeZone: 'UTC' }, 'm', at(0));
        void t;
      }),
    );
  }
  await prisma.$executeRawUnsafe('truncate delivery');
  const drain = async (label: string, recipients: number) => {
    await prisma.$executeRawUnsafe(
      `insert into delivery (key,recipient_kind,recipient_id,kind,message,due_at,wake_at,state) select '${label}'||i,'person','p'||(i%${recipients}),'notice','{"blocks":[],"buttons":[]}','2020-01-01','2020-01-01','pending' from generate_series(1,20000) i`,
    );
    await prisma.$executeRawUnsafe('analyze delivery');
    const t = performance.now();
    let n = 0;
    let rounds = 0;
    for (;;) {
      const c = await s.deliveries.claimDue({ now: at(0), limit: 500, leaseMs: 60000 });
      if (c.length === 0 || performance.now() - t > 20000) break;
      n += c.length;
      rounds++;
      await Promise.all(
        c.map((d) =>
          s.deliveries.sent(d.key, { platform: 'slack', id: 'x', timeZone: 'UTC' }, 'm' + d.key, at(0)),
        ),
      );
    }
    console.log(
      'drain',
      label,
      recipients,
      n,
      'in',
      Math.round(performance.now() - t),
      'ms',
      Math.round((n / (performance.now() - t)) * 1000),
      '/s rounds',
      rounds,
    );
    await prisma.$executeRawUnsafe('truncate delivery');
  };
  await drain('a', 20000);
  await drain('b', 1000);
  await drain('c', 20);
  let i = 0;
  console.log(
    'enqueue tx ms',
    await time(200, () => s.transaction((tx) => tx.deliveries.enqueue(aDelivery(`e${i++}`)))),
  );
  expect(1).toBe(1);
}, 300000);
