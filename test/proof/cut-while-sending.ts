/** Connections to the database cut at exact steps of the sending: before a statement goes in, or before its answer comes out. */
import { deliverPending } from '../../src/usecases/deliver-pending.ts';
import { type Crowd, inWords, isSound, judge, MORNING, sendingOn, writeCrowd } from './crowd.ts';
import { newServerDatabase, sharedServer } from './databases.ts';
import { killProxy } from './kill-proxy.ts';
import { openAt, openEmbeddedStore, steppedClock } from './open-stores.ts';
import type { Random } from './random.ts';
import { recordingPlatform } from './recording-platform.ts';
import { thinAdapter } from './thin-adapter.ts';

/** What the statements of a claim, a check and an outcome have in their text. */
const triggers = ['BEGIN', 'UPDATE delivery', 'unnest', 'COMMIT', 'pg_try_advisory'];
const mostSteps = 4;
const mostRuns = 2_000;
const patienceMs = 1_000;

/** Sends to two platforms while connections are cut so many times; answers what came of it. */
export async function cutWhileSending(quick: boolean, chance: Random) {
  const crowd: Crowd = quick ? { people: 60, messages: 300 } : { people: 400, messages: 4_000 };
  const wanted = quick ? 8 : 150;
  const server = await sharedServer();
  const behind =
    typeof server === 'string'
      ? await openEmbeddedStore()
      : await openAt({ kind: 'server', url: await newServerDatabase(server) });
  await writeCrowd(behind.url, crowd);
  const door = await killProxy(behind.url);
  const { store, close } = await openAt({ kind: 'server', url: door.url });
  const platforms = [await recordingPlatform(), await recordingPlatform()] as const;
  const clock = steppedClock(MORNING);
  const [slack, teams] = platforms;
  const adapters = [
    thinAdapter({ platform: 'slack', url: slack.url, clock, patienceMs }),
    thinAdapter({ platform: 'teams', url: teams.url, clock, patienceMs }),
  ];
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const deps = sendingOn(store, adapters, log, () => chance.next());
  let cuts = 0;
  const each = Math.max(1, Math.floor(crowd.messages / wanted));
  const cut = (): void =>
    void door.arm(chance.pick(triggers), chance.below(mostSteps), () => {
      cuts += 1;
    });
  for (const platform of platforms)
    platform.onAsked = ({ place }) => {
      if (cuts < wanted && place % each === 0) cut();
    };
  for (let run = 0; run < mostRuns; run += 1) {
    const due = await behind.store.deliveries.nextDueAt();
    if (due === null) break;
    clock.moveTo(due);
    if (cuts < wanted) cut();
    await deliverPending(deps, clock.now()).catch(() => undefined);
    for (const platform of platforms) await platform.landed();
  }
  door.disarm();
  for (const adapter of adapters) await adapter.stop();
  await close();
  const verdict = await judge(behind.url, crowd, [...slack.standing, ...teams.standing]);
  return { cuts, messages: crowd.messages, words: inWords(verdict), isGood: cuts > 0 && isSound(verdict) };
}
