import { setTimeout as pause } from 'node:timers/promises';
import type { DeliveryAdapter, DeliveryFailure } from '../../src/ports.ts';
import { deliverPending } from '../../src/usecases/deliver-pending.ts';
import { atTheEnd, query } from './databases.ts';
import { median, ms, quantile } from './figures.ts';
import type { Row } from './row.ts';
import { type Filled, fill, instantPlatform, MORNING, openWithPeople, places, senderOn } from './sending.ts';

const slowerGoal = 1.2;
const rateGoal = 0.95;
const retryAfterMs = 30_000;
const conversations = 1_000;
const workspaceASecond = 50;

export const p7: Row = {
  id: 'P7',
  title: 'One conversation that is asked to wait, and a workspace that permits so many messages a second',
  goal: `other conversations' p99 ≤ ${slowerGoal} × quiet; ≥ ${rateGoal} × the permitted rate, never above it`,
  async run({ quick, log }) {
    const figures: string[] = [];
    let ok = true;
    for (const [place, address] of await places(log)) {
      const filled = await openWithPeople(await address(), conversations + 1);
      atTheEnd(() => filled.database.close());
      const stalled = await stalls(filled, quick ? 7 : 15);
      const paced = await keepsPace(filled, quick ? 8 : 40);
      ok &&=
        stalled.ratio <= slowerGoal && stalled.early === 0 && paced.share >= rateGoal && paced.above === 0;
      figures.push(
        `${place} p99 ${stalled.ratio.toFixed(2)} × quiet, ${paced.share.toFixed(2)} × the rate, ${paced.above} above it`,
      );
      log(`${place}: ${stalled.words}; ${paced.words}`);
    }
    return { figure: figures.join('; '), ok };
  },
};

/** Ten messages to each of many people, beside them one who is asked to wait at the first of many; and the same without that one. */
async function stalls(filled: Filled, rounds: number) {
  const quiet: number[] = [];
  const loud: number[] = [];
  let early = 0;
  // The first round warms up.
  for (let round = 0; round <= rounds; round += 1) {
    // Whoever comes first finds the table emptier, so they take turns at that.
    for (const isLoud of round % 2 === 0 ? [false, true] : [true, false]) {
      const found = await oneRound(filled, isLoud);
      early += found.early;
      if (round > 0) (isLoud ? loud : quiet).push(quantile(found.lags, 0.99));
    }
  }
  return {
    ratio: median(loud.map((each, index) => each / (quiet[index] ?? each))),
    early,
    words: `others' p99 ${ms(median(loud))}, without the waiting one ${ms(median(quiet))}, ${early} asked again too early`,
  };
}

async function oneRound(filled: Filled, isLoud: boolean) {
  await query(filled.database.url, 'TRUNCATE delivery');
  await fill(filled, {
    name: 'quiet',
    rows: 2 * conversations,
    person: `n % ${conversations}`,
    from: MORNING,
  });
  // The one has as many messages as anybody: its own would be sent in the quiet round.
  await fill(filled, { name: 'waits', rows: 50, person: `${conversations}`, from: MORNING });
  const lags: number[] = [];
  let early = 0;
  let stalled = false;
  const startedMs = performance.now();
  const instant = instantPlatform();
  const platform: DeliveryAdapter = {
    ...instant,
    async deliver(to, message, key, edits) {
      if (isLoud && to.id === `p${conversations}`) {
        if (stalled) early += 1;
        stalled = true;
        return limited();
      }
      lags.push(performance.now() - startedMs);
      return instant.deliver(to, message, key, edits);
    },
  };
  const sender = senderOn(filled.store, platform);
  // A tick right after must not ask the waiting one again.
  for (let run = 0; run < 2; run += 1) await deliverPending(sender, MORNING);
  return { lags, early };
}

const limited = (): DeliveryFailure => ({
  kind: 'rate-limited',
  retryAt: new Date(MORNING.getTime() + retryAfterMs),
  scope: 'conversation',
});

/** Messages to 1,000 conversations as fast as the platform permits: so many a second, and one a second for each conversation. */
async function keepsPace(filled: Filled, lastsS: number) {
  await query(filled.database.url, 'TRUNCATE delivery');
  const startedMs = performance.now();
  const clock = () => new Date(MORNING.getTime() + performance.now() - startedMs);
  await fill(filled, {
    name: 'paced',
    rows: workspaceASecond * (lastsS + 10),
    person: `n % ${conversations}`,
    from: MORNING,
  });
  const all: number[] = [];
  const byConversation = new Map<string, number[]>();
  const platform = instantPlatform(
    (conversation) => {
      const at = performance.now();
      all.push(at);
      byConversation.set(conversation, [...(byConversation.get(conversation) ?? []), at]);
    },
    {
      atOnce: 16,
      conversation: [{ messages: 1, ms: 1_000 }],
      workspace: [{ messages: workspaceASecond, ms: 1_000 }],
    },
  );
  const sender = senderOn(filled.store, platform);
  const endsMs = performance.now() + lastsS * 1_000;
  while (performance.now() < endsMs) {
    await deliverPending(sender, clock());
    const due = await filled.store.deliveries.nextDueAt();
    await pause(Math.min(100, Math.max(1, (due?.getTime() ?? 0) - clock().getTime())));
  }
  const firstMs = all[0] ?? 0;
  const tookS = ((all.at(-1) ?? 0) - firstMs) / 1_000;
  // The first second's messages may come at once; what counts is how many more came in the time after.
  const permitted = workspaceASecond * (1 + Math.floor(tookS));
  const above =
    tooMany(all, workspaceASecond) +
    [...byConversation.values()].reduce((sum, at) => sum + tooMany(at, 1), 0);
  return {
    share: all.length / permitted,
    above,
    words: `${all.length} messages in ${tookS.toFixed(1)} s where ${permitted} are permitted`,
  };
}

/** How many messages are one too many in the second before them. */
const tooMany = (atMs: readonly number[], most: number): number =>
  atMs.filter((at, index) => {
    const earlier = atMs[index - most];
    return earlier !== undefined && at - earlier < 1_000;
  }).length;
