import { deliverPending } from '../../src/usecases/deliver-pending.ts';
import {
  type Crowd,
  inWords,
  isSound,
  judge,
  MORNING,
  sendingOn,
  togetherUnread,
  type Verdict,
  writeCrowd,
} from './crowd.ts';
import { type OpenStore, openStores, type SteppedClock, steppedClock } from './open-stores.ts';
import { type Random, random } from './random.ts';
import { type Fate, recordingPlatform, TAKEN } from './recording-platform.ts';
import type { Row } from './row.ts';
import { thinAdapter } from './thin-adapter.ts';

/** Every third answer is a lie, or none at all. */
const lies: readonly Fate[] = [
  { lands: 0, answers: 'reset' },
  { lands: 80, answers: 'reset' },
  { lands: 0, answers: { status: 500 } },
  { lands: 80, answers: { status: 504 } },
  { lands: 0, answers: 'hang' },
  { lands: 0, answers: 'truncated' },
  { lands: null, answers: 'reset' },
  { lands: null, answers: { status: 502 } },
];
const lieOf = 3;
/** What looks for a message is answered wrongly as well: every tenth time. */
const lookLieOf = 10;
const patienceMs = 150;
/** Instants that may fall due, one for each lie or nearly so. */
const mostRounds = 20_000;

export const r2: Row = {
  id: 'R2',
  title: 'Answers that lie: taken and reset, taken and 500, taken and silent, half an answer',
  goal: 'one message a key where it can be read back, else each possible repeat listed',
  async run({ quick, seed, log }) {
    const verdicts: Verdict[] = [];
    const crowd: Crowd = quick ? { people: 60, messages: 300 } : { people: 1_000, messages: 10_000 };
    let liesTold = 0;
    for (const opened of await openStores(log)) {
      const found = await tried(opened, crowd, random(seed));
      verdicts.push(found.verdict);
      liesTold += found.lies;
      log(`${opened.place}: ${crowd.messages} messages, ${found.lies} lies: ${inWords(found.verdict)}`);
      await opened.close();
    }
    return {
      figure: `${crowd.messages * verdicts.length} sends, ${liesTold} lies: ${togetherUnread(verdicts)}`,
      ok: verdicts.length > 0 && verdicts.every(isSound),
    };
  },
};

async function tried({ store, url }: OpenStore, crowd: Crowd, chance: Random) {
  await writeCrowd(url, crowd);
  const platforms = [await recordingPlatform(), await recordingPlatform()] as const;
  let told = 0;
  for (const platform of platforms) {
    platform.fate = () => {
      if (chance.below(lieOf) > 0) return TAKEN;
      told += 1;
      return chance.pick(lies);
    };
    platform.lookFate = () =>
      chance.below(lookLieOf) > 0 ? 'truth' : chance.pick(['reset', { status: 503 }]);
  }
  const clock = steppedClock(MORNING);
  const [slack, teams] = platforms;
  const adapters = [
    thinAdapter({ platform: 'slack', url: slack.url, clock, patienceMs }),
    thinAdapter({ platform: 'teams', url: teams.url, clock, patienceMs }),
  ];
  const mistakes: unknown[] = [];
  const log = { info: () => {}, warn: () => {}, error: (fields: unknown) => void mistakes.push(fields) };
  const deps = sendingOn(store, adapters, log, () => chance.next());
  await untilAllIsSent(store, clock, platforms, (now) => deliverPending(deps, now));
  for (const adapter of adapters) await adapter.stop();
  if (mistakes.length > 0) throw new Error('mistakes of ours', { cause: mistakes[0] });
  return { lies: told, verdict: await judge(url, crowd, [...slack.standing, ...teams.standing]) };
}

/** Goes from one due instant to the next; what is still on its way lands before the clock moves. */
export async function untilAllIsSent(
  store: OpenStore['store'],
  clock: SteppedClock,
  platforms: readonly { landed(): Promise<void> }[],
  run: (now: Date) => Promise<unknown>,
): Promise<void> {
  for (let round = 0; round < mostRounds; round += 1) {
    const due = await store.deliveries.nextDueAt();
    if (due === null) return;
    clock.moveTo(due);
    await run(clock.now());
    for (const platform of platforms) await platform.landed();
  }
  throw new Error('It never came to an end.');
}
