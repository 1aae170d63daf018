import { beforeEach, describe, expect, it } from 'vitest';
import { movableClock } from '../../src/clock.ts';
import { oneAtATime } from '../../src/jobs/one-at-a-time.ts';
import { jobs } from '../../src/jobs/schedule.ts';
import { createTimeControl } from '../../src/jobs/time-control.ts';
import type { AuditEntry, Store } from '../../src/ports.ts';
import { nextHeadAt, postAuditHead } from '../../src/usecases/post-audit-head.ts';
import { verifyAudit } from '../../src/usecases/verify-audit.ts';
import { type Bot, PROGRAMME, startBot } from '../support/bot.ts';
import { standingClock } from '../support/fakes.ts';
import { openTestStore } from '../support/open-store.ts';

const eastern = (local: string): Date => new Date(`${local}:00-05:00`);
const START = eastern('2026-12-23T10:00');

let bot: Bot;
let store: Store;
beforeEach(async () => {
  store = await openTestStore();
  bot = await startBot(store, { now: START });
});

const entry = (at: Date): AuditEntry => ({
  at,
  actorId: 'bo',
  forId: null,
  role: null,
  verb: 'request.file',
  engagementId: null,
  from: null,
  to: null,
  reason: null,
  platform: 'console',
  facts: {},
});
const act = (...instants: readonly string[]): Promise<void> =>
  store.transaction(async (tx) => {
    for (const at of instants) await tx.audit.append(entry(eastern(at)));
  });
const head = () => store.transaction((tx) => tx.audit.head());
/** One run of a process that has not run before. */
const run = (local: string, calendar = PROGRAMME.calendar): Promise<number> =>
  postAuditHead({ store, programme: { ...PROGRAMME, calendar } }, eastern(local), { seenFor: null });
const posts = async (): Promise<string[]> => {
  await bot.deliver();
  return bot.standing('#ispg').filter((text) => text.includes('Audit record'));
};

describe('the head of the record', () => {
  it('is posted at the digest’s time, once, with its whole hash and what came since', async () => {
    await act('2026-12-23T08:00', '2026-12-23T08:01');
    const first = await head();
    expect(await run('2026-12-23T09:00')).toBe(1);
    await act('2026-12-23T12:00', '2026-12-23T13:00', '2026-12-23T14:00');
    expect(await run('2026-12-24T08:59')).toBe(0);
    const second = await head();
    expect(await run('2026-12-24T09:00')).toBe(1);
    bot.clock.set(eastern('2026-12-24T09:01'));
    const [one = '', other = ''] = await posts();
    expect(one).toContain(`Audit record: 2 entries. Head: \`${first?.hash}\``);
    // The post itself is an entry, too.
    expect(other).toContain(`Audit record: 6 entries, 4 since the last post. Head: \`${second?.hash}\``);
    expect(await verifyAudit(store, { hash: first?.hash ?? '', position: 2 })).toMatchObject({
      kind: 'whole',
      noted: { position: 2 },
    });
  });

  it('is posted once, however many processes run at once, and after a restart', async () => {
    await act('2026-12-22T12:00');
    const written = await Promise.all(Array.from({ length: 8 }, () => run('2026-12-23T09:00')));
    expect(written.toSorted()).toEqual([0, 0, 0, 0, 0, 0, 0, 1]);
    expect(await run('2026-12-23T23:00')).toBe(0);
    expect((await head())?.position).toBe(2);
    expect(await posts()).toHaveLength(1);
  });

  it('is posted once for the last day after an outage of several', async () => {
    await act('2026-12-14T12:00');
    await run('2026-12-15T09:00');
    expect(await run('2026-12-21T11:30')).toBe(1);
    expect(await run('2026-12-21T11:31')).toBe(0);
    expect(await run('2026-12-22T09:00')).toBe(1);
    expect(await posts()).toHaveLength(3);
  });

  it('is not posted on weekends, holidays and closed days', async () => {
    await act('2026-12-23T08:00');
    await run('2026-12-24T09:00');
    for (const day of ['25', '26', '27']) expect(await run(`2026-12-${day}T09:00`)).toBe(0);
    const closed = { ...PROGRAMME.calendar, closures: [{ on: '2026-12-28', name: 'Snow' }] };
    expect(await run('2026-12-28T09:00', closed as never)).toBe(0);
    expect(await run('2026-12-29T09:00')).toBe(1);
  });

  it('is not posted while the record is empty, or began after the time that is due', async () => {
    expect(await run('2026-12-23T09:00')).toBe(0);
    await act('2026-12-23T10:00');
    expect(await run('2026-12-23T10:01')).toBe(0);
    expect(await run('2026-12-24T08:00')).toBe(0);
    expect(await run('2026-12-24T09:00')).toBe(1);
  });

  it('names the next instant for the console’s clock, and comes there by the table of jobs', async () => {
    expect(nextHeadAt(PROGRAMME, eastern('2026-12-24T09:00'))).toEqual(eastern('2026-12-28T09:00'));
    await act('2026-12-23T09:30');
    const clock = movableClock(0, standingClock(START));
    const table = oneAtATime(
      jobs({
        ...bot.delivering,
        carriers: [bot.adapter],
        isInHand: bot.dispatch.isInHand,
        programme: PROGRAMME,
        finish: bot.dispatch.finish,
      }),
    );
    const time = createTimeControl(table, clock, async () => undefined);
    const { ran } = await time.advanceTo(eastern('2026-12-29T12:00'));
    expect(ran.filter(({ job }) => job === 'post-audit-head').map(({ at }) => at)).toEqual(
      ['2026-12-24T09:00', '2026-12-28T09:00', '2026-12-29T09:00'].map(eastern),
    );
    expect(await posts()).toHaveLength(3);
    expect(await verifyAudit(store, null)).toMatchObject({ kind: 'whole', end: { position: 4 } });
  });
});
