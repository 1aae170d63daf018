import { deliverPending } from '../../src/usecases/deliver-pending.ts';
import { type Crowd, judge, MORNING, sendingOn, together, writeCrowd } from './crowd.ts';
import { type OpenStore, openStores, steppedClock } from './open-stores.ts';
import { untilAllIsSent } from './r2-lying-answers.ts';
import { type Random, random } from './random.ts';
import { type RecordingPlatform, recordingPlatform, TAKEN } from './recording-platform.ts';
import type { Row } from './row.ts';
import { crisscross, heaps, type Storm, stormOf30 } from './storm.ts';
import { thinAdapter } from './thin-adapter.ts';
import { type Weathered, weathered } from './weathered.ts';

const patienceMs = 1_000;

export const r3: Row = {
  id: 'R3',
  title: '30 % of 429, 412, 502 and 504 for half an hour, with odd or missing Retry-After',
  goal: 'all arrive, in order per conversation, none earlier than a named Retry-After',
  async run({ quick, seed, log }) {
    const crowd: Crowd = quick ? { people: 40, messages: 400 } : { people: 300, messages: 6_000 };
    return weathered(await openStores(log), crowd, log, together, (opened) =>
      tried(opened, crowd, random(seed)),
    );
  },
};

async function tried({ store, url }: OpenStore, crowd: Crowd, chance: Random): Promise<Weathered> {
  await writeCrowd(url, crowd, heaps);
  const clock = steppedClock(MORNING);
  const platforms = [await recordingPlatform(), await recordingPlatform()] as const;
  const storms = platforms.map((platform) => stormOn(platform, stormOf30(clock, chance, true)));
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
  const standing = [...slack.standing, ...teams.standing];
  return {
    early: storms.flatMap(({ early }) => early),
    refused: storms.reduce((total, { count }) => total + count(), 0),
    verdict: await judge(url, crowd, standing, { isOrdered: (person) => person >= crisscross }),
  };
}

function stormOn(platform: RecordingPlatform, storm: Storm): Storm {
  platform.onAsked = ({ to, key }) => storm.asked(to, key);
  platform.fate = ({ to }) => storm.refuses(to) ?? TAKEN;
  return storm;
}
