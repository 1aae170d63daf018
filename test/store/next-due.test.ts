import { beforeEach, expect, it } from 'vitest';
import type { Cadence, Store } from '../../src/ports.ts';
import { Prisma } from '../../src/store/generated/client.ts';
import { enqueue, toBo } from '../support/delivering.ts';
import { openTestDatabase, openTestStore } from '../support/open-store.ts';

const at = (hour: number): Date => new Date(Date.UTC(2026, 11, 7, hour));

let store: Store;
beforeEach(async () => {
  store = await openTestStore();
});

async function plan(key: string, kind: Cadence['purpose']['kind'], nextAt: Date | null): Promise<void> {
  const purpose: Cadence['purpose'] =
    kind === 'digest'
      ? { kind, channel: 'ispg' }
      : { kind, meeting: 'forum', engagementId: null, minutes: 30 };
  await store.transaction((tx) =>
    tx.cadences.set({
      key,
      cron: '0 9 * * 1',
      timeZone: 'America/New_York',
      holidayRule: 'skip',
      purpose,
      nextAt,
    }),
  );
}

it('nothing is due while nothing waits', async () => {
  await plan('off', 'digest', null);
  expect(await store.nextDues()).toEqual({ delivery: null, digest: null, meeting: null });
});

it('the earliest of each kind, messages as they would be sent', async () => {
  await plan('late', 'digest', at(9));
  await plan('early', 'digest', at(8));
  await plan('off', 'digest', null);
  await plan('session', 'meeting', at(7));
  await enqueue(store, toBo('later', { dueAt: at(6) }));
  await enqueue(store, toBo('sooner', { dueAt: at(5) }));
  expect(await store.nextDues()).toEqual({ delivery: at(5), digest: at(8), meeting: at(7) });
  expect(await store.deliveries.nextDueAt()).toEqual(at(5));
});

it('what a newer program plans holds up nothing', async () => {
  await plan('early', 'digest', at(8));
  const { prisma } = await openTestDatabase();
  await prisma.$executeRaw(Prisma.sql`
    INSERT INTO cadence (key, cron, time_zone, purpose, next_at)
    VALUES ('new', '0 9 * * 1', 'UTC', '{"kind": "of-later"}'::jsonb, ${at(1).toISOString()}::timestamptz),
           ('bare', '0 9 * * 1', 'UTC', '{}'::jsonb, ${at(1).toISOString()}::timestamptz)`);
  expect(await store.nextDues()).toEqual({ delivery: null, digest: at(8), meeting: null });
});
