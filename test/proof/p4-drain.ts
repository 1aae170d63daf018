import { deliverPending } from '../../src/usecases/deliver-pending.ts';
import { atTheEnd, query } from './databases.ts';
import { median } from './figures.ts';
import { type OpenPeers, openPeers } from './open-peers.ts';
import { peers } from './peers.ts';
import type { Row } from './row.ts';
import {
  type Filled,
  fill,
  instantPlatform,
  MORNING,
  openWithPeople,
  type Place,
  places,
  senderOn,
} from './sending.ts';

const goals = { embedded: 1, server: 0.8 } as const;

/** Who the messages are for: as many people as messages, ten messages for each person, and ten in a row for each. */
const readers = {
  '20,000 people': 'n',
  '2,000 people': 'n % 2000',
  '2,000 people, one after the other': 'n / 10',
} as const;

export const p4: Row = {
  id: 'P4',
  title: 'Draining 20,000 due deliveries to an instant platform, beside no-op jobs of other queues',
  goal: `≥ ${goals.server} × pg-boss's burst on a server, ≥ ${goals.embedded} × embedded`,
  async run({ quick, log }) {
    const others = await peers();
    if (typeof others === 'string') {
      log(others);
      return { figure: 'not run', ok: false };
    }
    const rows = quick ? 4_000 : 20_000;
    const figures: string[] = [];
    let ok = true;
    for (const [place, address] of await places(log)) {
      const ours = await openWithPeople(await address(), 20_000);
      atTheEnd(() => ours.database.close());
      const theirs = await openPeers(await address(), place, others);
      const found = await compare(place, ours, theirs, rows, quick ? 3 : 5);
      await theirs.close();
      for (const [name, { rate, ratio }] of Object.entries(found.ours)) {
        ok &&= ratio >= goals[place];
        figures.push(`${place} ${name} ${ratio.toFixed(2)} × pg-boss`);
        log(`${place}, ${name}: ${Math.round(rate).toLocaleString('en')} deliveries/s`);
      }
      log(
        `${place}: pg-boss ${Math.round(found.boss).toLocaleString('en')} jobs/s, graphile-worker ${found.graphile}`,
      );
    }
    return { figure: figures.join('; '), ok };
  },
};

async function compare(place: Place, ours: Filled, theirs: OpenPeers, rows: number, rounds: number) {
  const boss: number[] = [];
  const graphile: number[] = [];
  const rates: Record<string, number[]> = {};
  // The first round warms up.
  for (let round = 0; round <= rounds; round += 1) {
    const inRound: (readonly [number[], number])[] = [[boss, await theirs.boss.burst(rows)]];
    for (const [name, person] of Object.entries(readers)) {
      rates[name] ??= [];
      inRound.push([rates[name], await drain(ours, place, rows, person)]);
    }
    if (place === 'server') inRound.push([graphile, await theirs.graphile(rows)]);
    if (round > 0) for (const [list, rate] of inRound) list.push(rate);
  }
  return {
    boss: median(boss),
    graphile: graphile.length > 0 ? `${Math.round(median(graphile)).toLocaleString('en')} jobs/s` : 'not run',
    ours: Object.fromEntries(
      Object.entries(rates).map(([name, list]) => [
        name,
        { rate: median(list), ratio: median(list.map((rate, index) => rate / (boss[index] ?? rate))) },
      ]),
    ),
  };
}

/** Deliveries a second. */
async function drain(filled: Filled, place: Place, rows: number, person: string): Promise<number> {
  const { store, database } = filled;
  await query(database.url, 'TRUNCATE delivery');
  await fill(filled, { name: 'drain', rows, person, from: MORNING });
  if (place === 'server') await query(database.url, 'VACUUM ANALYZE delivery');
  const platform = instantPlatform();
  const startedAt = performance.now();
  const handled = await deliverPending(senderOn(store, platform), MORNING);
  const tookMs = performance.now() - startedAt;
  const [sent] = await query(
    database.url,
    `SELECT count(*)::int AS count FROM delivery WHERE state = 'sent'`,
  );
  if (handled !== rows || platform.count() !== rows || sent?.count !== rows)
    throw new Error(
      `${handled} were handled, ${platform.count()} posted and ${sent?.count} noted, of ${rows}.`,
    );
  return (rows / tookMs) * 1_000;
}
