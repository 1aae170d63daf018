import { describe, expect, it } from 'vitest';
import { MOST_FAILURES } from '../../src/domain/waits.ts';
import { plainText } from '../../src/messages/plain-text.ts';
import { composeIspgDigest } from '../../src/usecases/enqueue-digests.ts';
import { PROGRAMME } from '../support/bot.ts';
import { deliveriesOn, toBo } from '../support/delivering.ts';
import { TUESDAY } from '../support/fakes.ts';
import { openTestDatabase } from '../support/open-store.ts';

const toOther = (key: string) => toBo(key, { to: { kind: 'person', personId: 'bo2' } });
const digestOf = (store: Awaited<ReturnType<typeof deliveriesOn>>['store']) =>
  store
    .transaction((tx) => composeIspgDigest(tx, PROGRAMME, TUESDAY))
    .then((message) => plainText(message, { timeZone: 'America/New_York' }));

describe('a row that this program did not write', () => {
  it.each([
    ['message', `message = '{"blocks":"none"}'`],
    ['condition', `still_true = '{"kind":"full-moon"}'`],
    ['attachment', `attachment = '[]'`],
    ['kind', `kind = 'telegram'`],
    ['urgency', `urgency = 'whenever'`],
    ['topic', `topic = 'the weather'`],
  ])(
    'whose %s nobody can read is given up and named, and its neighbours go out in the same run',
    async (_what, change) => {
      const { run, store, log, adapter } = await deliveriesOn(
        toBo('before'),
        toBo('poison'),
        toBo('after'),
        toOther('beside'),
      );
      const { prisma } = await openTestDatabase();
      await prisma.$executeRawUnsafe(`UPDATE delivery SET ${change} WHERE key = 'poison'`);
      await run(TUESDAY);
      expect(adapter.asked.map(({ key }) => key).sort()).toEqual(['after', 'before', 'beside']);
      const [row] = await prisma.$queryRaw<{ state: string; reason: string }[]>`
      SELECT state, reason FROM delivery WHERE key = 'poison'`;
      expect(row).toEqual({ state: 'unreachable', reason: 'a mistake of ours: its row could not be read' });
      expect(log.lines.filter(({ level }) => level === 'error').map(({ event }) => event)).toEqual([
        'a delivery could not be read and was given up',
      ]);
      expect(await digestOf(store)).toContain('could not be delivered (1) to: Bo Owner');
      expect(await store.deliveries.nextDueAt()).toBeNull();
    },
  );

  it('does not end the run when there is nothing else in its claim', async () => {
    const { run, adapter, deps } = await deliveriesOn(toBo('poison'), toOther('beside'));
    const { prisma } = await openTestDatabase();
    await prisma.$executeRawUnsafe(`UPDATE delivery SET message = '7' WHERE key = 'poison'`);
    const { claimDue } = deps.store.deliveries;
    const rows = await claimDue({ now: TUESDAY, limit: 1, leaseMs: 60_000 });
    expect(rows.map(({ key }) => key)).toEqual(['beside']);
    expect(await run(TUESDAY)).toBe(0);
    expect(adapter.asked).toEqual([]);
  });
});

describe('settings of one person that this program did not write', () => {
  it('hold up nobody else, and end as a mistake of ours', async () => {
    const { run, store, adapter } = await deliveriesOn(toBo('poison'), toOther('beside'));
    const { prisma } = await openTestDatabase();
    await prisma.$executeRaw`INSERT INTO contact_setting (person_id, muted) VALUES ('bo', '{the weather}')`;
    await run(TUESDAY);
    expect(adapter.asked.map(({ key }) => key)).toEqual(['beside']);
    expect(await store.deliveries.find('beside')).toMatchObject({ state: 'sent', attempts: 1 });
    for (let due = await store.deliveries.nextDueAt(); due; due = await store.deliveries.nextDueAt())
      await run(due);
    expect(await store.deliveries.find('poison')).toMatchObject({
      state: 'unreachable',
      failures: MOST_FAILURES - 1,
      reason: `a mistake of ours, ${MOST_FAILURES} times`,
    });
    expect(await digestOf(store)).toContain('could not be delivered (1) to: Bo Owner');
  });
});
