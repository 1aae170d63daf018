import { deliverPending } from '../../src/usecases/deliver-pending.ts';
import {
  type Crowd,
  inWords,
  isSound,
  judge,
  MORNING,
  sendingOn,
  type Verdict,
  writeCrowd,
} from './crowd.ts';
import { type OpenStore, openStores, type SteppedClock, steppedClock } from './open-stores.ts';
import { untilAllIsSent } from './r2-lying-answers.ts';
import { type Random, random } from './random.ts';
import {
  type Asked,
  type Fate,
  type RecordingPlatform,
  recordingPlatform,
  TAKEN,
} from './recording-platform.ts';
import type { Row } from './row.ts';
import { thinAdapter } from './thin-adapter.ts';

const stormMs = 30 * 60_000;
const stormOf = 10;
const stormIn = 3;
const patienceMs = 1_000;
/** Requests that were on their way when the platform asked to wait can't be called back. */
const onTheirWayMs = 250;
/** A platform that names a longer time is asked again within the hour (`src/domain/waits.ts`). */
const longestObeyedMs = 3_599_000;
/** People whose messages were written in another order than that in which they fall due. */
const crisscross = 10;
/** Six heaps, five minutes apart; those of the crisscrossed the other way round. */
const heaps = `$3::timestamptz + interval '5 minutes'
  * CASE WHEN n % $2 < ${crisscross} THEN 5 - n * 6 / $1 ELSE n * 6 / $1 END`;

export const r3: Row = {
  id: 'R3',
  title: '30 % of 429, 412, 502 and 504 for half an hour, with odd or missing Retry-After',
  goal: 'all arrive, in order per conversation, none earlier than a named Retry-After',
  async run({ quick, seed, log }) {
    const crowd: Crowd = quick ? { people: 60, messages: 600 } : { people: 300, messages: 6_000 };
    const verdicts: Verdict[] = [];
    let early = 0;
    let storms = 0;
    for (const opened of await openStores(log)) {
      const found = await tried(opened, crowd, random(seed));
      verdicts.push(found.verdict);
      early += found.early.length;
      storms += found.storms;
      log(
        `${opened.place}: ${found.storms} refusals, ${found.early.length} early: ${inWords(found.verdict)}`,
      );
      for (const words of found.early.slice(0, 5)) log(words);
      await opened.close();
    }
    const sum = (of: (verdict: Verdict) => number): number =>
      verdicts.reduce((total, verdict) => total + of(verdict), 0);
    return {
      figure: `${crowd.messages * verdicts.length} messages, ${storms} refusals: ${sum((one) => one.lost + one.unsent)} lost, ${sum((one) => one.doubled)} doubled, ${sum((one) => one.outOfOrder)} out of order, ${early} early`,
      ok: verdicts.length > 0 && verdicts.every(isSound) && early === 0,
    };
  },
};

async function tried({ store, url }: OpenStore, crowd: Crowd, chance: Random) {
  await writeCrowd(url, crowd, heaps);
  const clock = steppedClock(MORNING);
  const platforms = [await recordingPlatform(), await recordingPlatform()] as const;
  const early: string[] = [];
  const storms = { count: 0 };
  for (const platform of platforms) stormOn(platform, { clock, chance, early, storms });
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
    early,
    storms: storms.count,
    verdict: await judge(url, crowd, standing, (person) => person >= crisscross),
  };
}

interface Weather {
  readonly clock: SteppedClock;
  readonly chance: Random;
  readonly early: string[];
  readonly storms: { count: number };
}

/** Asked to wait until `untilMs`; said at `saidAtMs` of the machine's time. */
interface Wish {
  readonly untilMs: number;
  readonly saidAtMs: number;
  readonly words: string;
}

function stormOn(platform: RecordingPlatform, { clock, chance, early, storms }: Weather): void {
  /** By conversation; the workspace's own under its empty name. */
  const wishes = new Map<string, Wish>();
  const isKept = (wish: Wish | undefined): boolean =>
    !wish || clock.now().getTime() >= wish.untilMs || performance.now() - wish.saidAtMs < onTheirWayMs;
  platform.onAsked = ({ to, key }) => {
    for (const name of [to, '']) {
      const wish = wishes.get(name);
      if (wish && !isKept(wish))
        early.push(
          `${key} came ${wish.untilMs - clock.now().getTime()} ms before "${wish.words}" had passed for ${name || 'the workspace'}`,
        );
    }
  };
  platform.fate = (asked: Asked): Fate => {
    const now = clock.now();
    if (now.getTime() > MORNING.getTime() + stormMs || chance.below(stormOf) >= stormIn) return TAKEN;
    storms.count += 1;
    const status = chance.pick([429, 429, 429, 412, 502, 504]);
    if (status >= 500) return { lands: chance.pick([0, 40, null]), answers: { status } };
    const retryAfter = status === 429 ? oddRetryAfter(chance, now) : undefined;
    const isWorkspace = status === 429 && chance.below(20) === 0;
    const untilMs = namedUntil(retryAfter, now);
    if (retryAfter !== undefined && untilMs !== null) {
      const name = isWorkspace ? '' : asked.to;
      const known = wishes.get(name);
      if (!known || known.untilMs < untilMs)
        wishes.set(name, { untilMs, saidAtMs: performance.now(), words: retryAfter });
    }
    return {
      lands: null,
      answers: { status, isWorkspace, ...(retryAfter === undefined ? {} : { retryAfter }) },
    };
  };
}

/** What platforms and the machines before them have been seen to send, and worse. */
const oddRetryAfter = (chance: Random, now: Date): string | undefined =>
  chance.pick([
    undefined,
    '1',
    '3',
    '30',
    '120',
    '2.5',
    ' 7 ',
    '0',
    '-5',
    'soon',
    '1e3',
    '86400',
    new Date(now.getTime() + 40_000).toUTCString(),
    new Date(now.getTime() - 40_000).toUTCString(),
  ]);

/** Until when a platform may expect not to be asked; null when it named nothing that can be understood. */
function namedUntil(retryAfter: string | undefined, now: Date): number | null {
  const named = retryAfter?.trim() ?? '';
  const seconds = /^\d+(\.\d+)?$/u.test(named) ? Number(named) : null;
  const date = /,/u.test(named) ? Date.parse(named) : Number.NaN;
  const untilMs = seconds === null ? date : now.getTime() + seconds * 1_000;
  return Number.isNaN(untilMs) ? null : Math.min(untilMs, now.getTime() + longestObeyedMs);
}
