import { expect, test } from 'vitest';
import { redrawCard } from '../../src/domain/redraw.ts';
import { type Message, say } from '../../src/messages/message.ts';
import type { Delivery, DeliveryFacts, Lease, NewDelivery, StillTrue, Store } from '../../src/ports.ts';
import type { Database } from '../../src/store/client.ts';
import { FACTS, FACTS_FROM } from '../../src/store/delivery-check.ts';
import { redrawPart } from '../../src/usecases/redraw-part.ts';
import { aDelivery, aPerson, at } from './samples.ts';

const toBo = { to: { kind: 'person', personId: 'bo' } } as const;
const address = { platform: 'slack', id: 'D1', timeZone: 'UTC' } as const;
const new1 = say('New words.');
const newer = say('Newer words.');

/** Words change before they go out, and what stands already is known well enough to be drawn anew. */
export function redrawsContract(store: () => Store, under: () => Promise<Database>): void {
  const enqueue = (...deliveries: NewDelivery[]): Promise<void> =>
    store().transaction(async (tx) => {
      for (const delivery of deliveries) await tx.deliveries.enqueue(delivery);
    });
  const claim = (minutes: number): Promise<Delivery[]> =>
    store().deliveries.claimDue({ now: at(minutes), limit: 10, leaseMs: 60_000 });
  const reword = (key: string, message: Message) =>
    store().transaction((tx) => tx.deliveries.reword(key, message));
  const redraw = (key: string, message: Message) =>
    store().transaction((tx) => redrawPart({ tx, now: at(0) }, 'bo', key, message));
  const find = (key: string): Promise<Delivery | null> => store().deliveries.find(key);
  const first = (key: string): Lease => ({ key, attempts: 1 });
  const keys = (deliveries: readonly Delivery[]): string[] => deliveries.map(({ key }) => key);

  test('what has not gone out gets its words in the row', async () => {
    await enqueue(aDelivery('k', toBo));
    expect(await reword('k', new1)).toBe('reworded');
    expect(await find('k')).toMatchObject({ message: new1, state: 'pending', dueAt: at(0), attempts: 0 });
    expect(await reword('none', new1)).toBe('not-there');
  });

  test('what is in hand gets the words for a later attempt, and is known to be in hand', async () => {
    await enqueue(aDelivery('k', toBo));
    await claim(0);
    expect(await reword('k', new1)).toBe('in-hand');
    await store().deliveries.later(first('k'), { kind: 'held', dueAt: at(9), reason: 'x', at: at(0) });
    expect((await claim(9))[0]).toMatchObject({ key: 'k', message: new1 });
  });

  test('what may have come counts as in hand, and what came is left as it was said', async () => {
    await enqueue(aDelivery('k', toBo));
    await claim(0);
    await store().deliveries.later(first('k'), { kind: 'unknown', dueAt: at(9), reason: 'x', at: at(0) });
    expect(await reword('k', new1)).toBe('in-hand');
    await store().deliveries.sent('k', address, 'm1', at(9));
    expect(await reword('k', newer)).toBe('sent');
    expect(await find('k')).toMatchObject({ message: new1 });
  });

  test('what was taken back or given up gets no words', async () => {
    await enqueue(
      aDelivery('back', { ...toBo, about: 'meeting:m1' }),
      aDelivery('held', { ...toBo, about: 'meeting:m1', dueAt: at(5) }),
      aDelivery('over', toBo),
    );
    await claim(0);
    await store().transaction((tx) => tx.deliveries.suppress('meeting:m1', 'cancelled'));
    await store().deliveries.finish(first('over'), 'expired', 'too late', at(0));
    for (const key of ['back', 'held', 'over']) {
      expect(await redraw(key, new1)).toBe(false);
      expect((await find(key))?.message).not.toEqual(new1);
    }
    expect(await find('back=1')).toBeNull();
  });

  test('what stands is redrawn by rows of rising number, of which the newest is the only one that waits', async () => {
    await enqueue(aDelivery('k', toBo));
    await store().deliveries.sent('k', address, 'm1', at(0));
    expect(await redraw('k', new1)).toBe(true);
    expect(await redraw('k', newer)).toBe(true);
    expect(await find('k=1')).toMatchObject({ state: 'suppressed', reason: 'superseded' });
    expect(await find('k=2')).toMatchObject({
      state: 'pending',
      redraws: 'k',
      card: redrawCard('k'),
      message: newer,
      to: toBo.to,
    });
    expect(keys(await claim(0))).toEqual(['k=2']);
  });

  test('many who redraw the same at one moment all get their turn, and the last words are the ones that wait', async () => {
    await enqueue(aDelivery('k', toBo));
    await store().deliveries.sent('k', address, 'm1', at(0));
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, place) => redraw('k', say(`Words ${place}.`))),
    );
    expect(answers).toEqual(Array.from({ length: 12 }, () => true));
    const [waiting, ...others] = await claim(0);
    expect([waiting?.key, others]).toEqual(['k=12', []]);
  });

  test('new words in the row bring no older ones back over it', async () => {
    await enqueue(aDelivery('k', toBo));
    await claim(0);
    await redraw('k', new1);
    await store().deliveries.later(first('k'), { kind: 'held', dueAt: at(9), reason: 'x', at: at(0) });
    expect(await redraw('k', newer)).toBe(true);
    expect(await find('k=1')).toMatchObject({ state: 'suppressed', reason: 'superseded' });
    expect(await find('k')).toMatchObject({ state: 'pending', message: newer });
    expect(await find('k=2')).toBeNull();
  });

  test('a message is known by any of its parts, each with its last words, in order of writing', async () => {
    const { deliveries } = store();
    const routine = { ...toBo, urgency: 'routine' } as const;
    await store().transaction((tx) => tx.people.save([aPerson()]));
    await enqueue(
      aDelivery('lead', routine),
      aDelivery('part', routine),
      aDelivery('lost', routine),
      aDelivery('alone', toBo),
    );
    const rows = await claim(0);
    expect(await deliveries.standing('lead', 'bo')).toBeNull();
    await deliveries.bundle(first('lead'), rows.slice(0, 3), { personId: 'bo', day: '2026-03-02' });
    for (const key of ['lead', 'part']) await deliveries.sent(key, address, 'm1', at(0));
    await deliveries.sent('alone', address, 'm2', at(0));
    await deliveries.finish(first('lost'), 'expired', 'x', at(0));
    await redraw('part', new1);
    for (const key of ['lead', 'part']) {
      const standing = await deliveries.standing(key, 'bo');
      expect(standing).toMatchObject({
        platform: 'slack',
        addressId: 'D1',
        messageId: 'm1',
        leader: 'lead',
        isDaily: true,
      });
      expect(standing && keys(standing.parts)).toEqual(['lead', 'part']);
      expect(standing?.parts.map(({ message }) => message)).toEqual([aDelivery('lead').message, new1]);
    }
    expect(await deliveries.standing('alone', 'bo')).toMatchObject({ leader: 'alone', isDaily: false });
    expect(await deliveries.standing('lead', 'bo2')).toBeNull();
    expect(await deliveries.standing('lost', 'bo')).toBeNull();
  });

  test('words that were taken back are not the last ones', async () => {
    await enqueue(aDelivery('k', toBo));
    await store().deliveries.sent('k', address, 'm1', at(0));
    const words = async () => (await store().deliveries.standing('k', 'bo'))?.parts[0]?.message;
    await redraw('k', new1);
    await claim(0);
    await store().deliveries.sent('k=1', address, null, at(0));
    expect(await words()).toEqual(new1);
    await redraw('k', newer);
    expect(await words()).toEqual(newer);
    await claim(0);
    await store().deliveries.finish(first('k=2'), 'suppressed', 'it is gone', at(0));
    expect(await words()).toEqual(new1);
  });

  test('a redrawing is no card that a message could be asked for, and no part of what was said', async () => {
    await enqueue(aDelivery('k', toBo));
    await store().deliveries.sent('k', address, 'm1', at(0));
    await redraw('k', new1);
    await claim(0);
    await store().deliveries.sent('k=1', address, null, at(0));
    await store().transaction(async (tx) => {
      expect(await tx.deliveries.cardIn('slack', 'm1', 'bo')).toBeNull();
      expect(await tx.deliveries.postedCard(redrawCard('k'))).toBeNull();
      expect(keys(await tx.deliveries.bundledWith('k', 'bo'))).toEqual(['k']);
      expect(await tx.deliveries.lastDaily('bo')).toBeNull();
    });
  });

  /** What is read about a row with that condition, with its claim and at a later check. */
  const factsOf = async (key: string, stillTrue: StillTrue): Promise<readonly DeliveryFacts[]> => {
    await enqueue(aDelivery(key, { ...toBo, stillTrue }));
    const read: DeliveryFacts[] = [];
    const rows = await store().deliveries.claimDue({
      now: at(0),
      limit: 10,
      leaseMs: 60_000,
      onFacts: (row, facts) => {
        if (row.key === key) read.push(facts);
      },
    });
    for (const facts of await store().deliveries.check(rows, at(0))) if (facts) read.push(facts);
    for (const row of rows) await store().deliveries.finish(row, 'expired', 'x', at(0));
    return read;
  };
  const keep = (kind: 'information-card' | 'status-report', subject: string, answers: object) =>
    store().transaction(async (tx) => {
      const before = await tx.papers.latest(kind, subject);
      const version = (before?.version ?? 0) + 1;
      const paper = { kind, subject, version, formVersion: 1, byId: 'bo', at: at(0), reason: null };
      await tx.papers.insert({ ...paper, answers: { ...answers } });
    });
  const item = (key: string, is: string, reopened?: number) => ({ key, state: { is }, reopened });

  test('what a line of a card waits for is read from the latest version of that card', async () => {
    const line = { engagementId: 'e1', personId: 'bo', item: 'piv', reopened: 0 };
    const facts = (key: string, facts: Partial<typeof line> = {}) =>
      factsOf(key, { kind: 'item-open', ...line, ...facts }).then((read) => read.map((each) => each.item));
    expect(await facts('none')).toEqual([null, null]);
    await keep('information-card', 'e1/bo', { items: [item('rbt', 'done'), item('piv', 'requested')] });
    await keep('information-card', 'e1/bo2', { items: [item('piv', 'done', 3)] });
    await keep('information-card', 'e2/bo', { items: [item('piv', 'done', 4)] });
    const open = { state: 'requested', reopened: 0 };
    expect(await facts('first')).toEqual([open, open]);
    await keep('information-card', 'e1/bo', { items: [item('piv', 'blocked', 1), item('rbt', 'done')] });
    const blocked = { state: 'blocked', reopened: 1 };
    expect(await facts('latest')).toEqual([blocked, blocked]);
    expect(await facts('other line', { item: 'cfacts' })).toEqual([null, null]);
    expect(await facts('other', { engagementId: 'e2' })).toEqual(
      Array(2).fill({ state: 'done', reopened: 4 }),
    );
  });

  test('what state a paper is in is read from its latest version', async () => {
    const states = ['draft'];
    const facts = (key: string, subject = '2026-12-04') =>
      factsOf(key, { kind: 'paper-in', paper: 'status-report', subject, states }).then((read) =>
        read.map((each) => each.paperState),
      );
    await keep('status-report', '2026-12-04', { state: 'draft' });
    await keep('status-report', '2026-12-11', { state: 'returned' });
    expect(await facts('draft')).toEqual(['draft', 'draft']);
    await keep('status-report', '2026-12-04', { state: 'submitted' });
    expect(await facts('submitted')).toEqual(['submitted', 'submitted']);
    expect(await facts('none', '2026-12-18')).toEqual([null, null]);
  });

  test('papers are looked at for the rows that go by them only, and then by index', async () => {
    const { pool } = await under();
    await pool.query(`
      INSERT INTO paper (kind, subject, version, form_version, answers, at)
      SELECT 'information-card', 'e' || n || '/bo', 1, 1, '{"items":[{"key":"piv","state":{"is":"requested"}}]}', now()
        FROM generate_series(1, 3000) AS n`);
    await pool.query('ANALYZE paper');
    const line = { engagementId: 'e7', personId: 'bo', item: 'piv', reopened: 0 };
    await enqueue(
      aDelivery('plain', toBo),
      aDelivery('bound', { ...toBo, stillTrue: { kind: 'item-open', ...line } }),
    );
    const scans = async (key: string) => {
      const { rows } = await pool.query(
        `EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON)
         SELECT $1::text, $2::text, ${FACTS} FROM delivery AS held ${FACTS_FROM} WHERE held.key = $3`,
        ['', '', key, '2026-01-01'],
      );
      return scansOf(rows[0]['QUERY PLAN'], 'paper');
    };
    const plain = await scans('plain');
    expect(plain.length).toBeGreaterThan(0);
    expect(plain.every(({ loops }) => loops === 0)).toBe(true);
    const bound = (await scans('bound')).filter(({ loops }) => loops > 0);
    expect(bound).toHaveLength(1);
    expect(bound[0]?.node).toMatch(/^Index/u);
  });
}

/** How a plan reads that table: the kind of each reading, and how often it was carried out. */
function scansOf(plan: unknown, table: string): { readonly node: string; readonly loops: number }[] {
  if (typeof plan !== 'object' || plan === null) return [];
  const inner = Object.values(plan).flatMap((part) => scansOf(part, table));
  if (!('Relation Name' in plan) || plan['Relation Name'] !== table) return inner;
  const loops = 'Actual Loops' in plan ? Number(plan['Actual Loops']) : Number.NaN;
  return [{ node: 'Node Type' in plan ? String(plan['Node Type']) : '', loops }, ...inner];
}
