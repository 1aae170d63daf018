import pg from 'pg';
import type { AuditEntry, NewDelivery } from '../../src/ports.ts';
import { atTheEnd } from './databases.ts';
import { median, ms, quantile } from './figures.ts';
import { openPeers } from './open-peers.ts';
import { peers } from './peers.ts';
import type { Row } from './row.ts';
import { type Filled, MORNING, openWithPeople, type Place, places, REMINDER } from './sending.ts';

const bossGoal = 2;
const rawGoal = 0.4;
const entry: AuditEntry = {
  at: MORNING,
  actorId: 'p1',
  forId: null,
  role: null,
  verb: 'proved',
  engagementId: null,
  from: null,
  to: null,
  reason: null,
  platform: 'bot',
  facts: {},
};

export const p3: Row = {
  id: 'P3',
  title: 'Writing a delivery in the transaction of the change that causes it, one after the other',
  goal: `≥ ${bossGoal} × pg-boss's send(), ≥ ${rawGoal} × the raw two-statement transaction`,
  async run({ quick, log }) {
    const others = await peers();
    if (typeof others === 'string') log(others);
    const figures: string[] = [];
    let ok = typeof others !== 'string';
    for (const [place, address] of await places(log)) {
      const ours = await openWithPeople(await address(), 1_000);
      atTheEnd(() => ours.database.close());
      const theirs = typeof others === 'string' ? null : await openPeers(await address(), place, others);
      const found = await compare(place, ours, theirs, quick ? 300 : 1_000, quick ? 3 : 7);
      await theirs?.close();
      const toRaw = found.ratio('raw');
      const toBoss = theirs ? found.ratio('boss') : null;
      ok &&= toRaw >= rawGoal && (toBoss === null || toBoss >= bossGoal);
      figures.push(
        `${place} ${toBoss === null ? 'pg-boss not run' : `${toBoss.toFixed(2)} × pg-boss`}, ${toRaw.toFixed(2)} × raw`,
      );
      log(`${place}: ${found.words}`);
    }
    return { figure: figures.join('; '), ok };
  },
};

type Side = 'ours' | 'raw' | 'boss' | 'bossInside';

async function compare(
  place: Place,
  ours: Filled,
  theirs: Awaited<ReturnType<typeof openPeers>> | null,
  count: number,
  rounds: number,
) {
  const client = new pg.Client({ connectionString: ours.database.url });
  await client.connect();
  const sides: Record<Side, (name: string) => Promise<unknown>> = {
    ours: (name) => throughStore(ours, name),
    raw: (name) => raw(client, name),
    boss: async () => theirs?.boss.send(),
    bossInside: async () => theirs?.boss.sendInside(),
  };
  const took: Record<Side, number[]> = { ours: [], raw: [], boss: [], bossInside: [] };
  // The first round warms up. Short turns, so that a busy moment of the machine is everybody's.
  const turns = 10;
  for (let round = 0; round <= rounds; round += 1) {
    const sums: Record<Side, number> = { ours: 0, raw: 0, boss: 0, bossInside: 0 };
    for (let turn = 0; turn < turns; turn += 1) {
      for (const [side, write] of Object.entries(sides) as [Side, (name: string) => Promise<unknown>][]) {
        const startedAt = performance.now();
        for (let each = 0; each < count / turns; each += 1) await write(`${side}-${round}-${turn}-${each}`);
        sums[side] += performance.now() - startedAt;
      }
    }
    if (round > 0) for (const side of Object.keys(sums) as Side[]) took[side].push(sums[side] / count);
  }
  await client.end();
  const rate = (side: Side): string => `${Math.round(1_000 / median(took[side])).toLocaleString('en')}/s`;
  return {
    ratio: (side: Side) => median(took[side].map((other, round) => other / (took.ours[round] ?? other))),
    words:
      `ours ${rate('ours')}, raw ${rate('raw')}` +
      (theirs ? `, pg-boss ${rate('boss')}, pg-boss in the same transaction ${rate('bossInside')}` : '') +
      `; slowest round of ours ${ms(quantile(took.ours, 1))} each, on the ${place}`,
  };
}

const throughStore = ({ store }: Filled, name: string): Promise<boolean> =>
  store.transaction(async (tx) => {
    await tx.audit.append(entry);
    return tx.deliveries.enqueue(deliveryFor(name));
  });

const deliveryFor = (key: string): NewDelivery => ({
  key,
  to: { kind: 'person', personId: 'p1' },
  kind: 'notice',
  urgency: 'told',
  topic: null,
  message: REMINDER,
  attachment: null,
  via: null,
  dueAt: MORNING,
  expiresAt: null,
  stillTrue: null,
  card: null,
  about: null,
});

async function raw(client: pg.Client, name: string): Promise<void> {
  await client.query('BEGIN');
  await client.query(
    `INSERT INTO audit_entry (at, actor_id, verb, platform, facts) VALUES ($1, $2, $3, 'bot', $4)`,
    [entry.at, entry.actorId, entry.verb, '{}'],
  );
  await client.query(
    `INSERT INTO delivery (key, recipient_kind, recipient_id, kind, urgency, message, due_at, wake_at, state)
     VALUES ($1, 'person', 'p1', 'notice', 'told', $2, $3, $3, 'pending')`,
    [name, JSON.stringify(REMINDER), MORNING],
  );
  await client.query('COMMIT');
}
