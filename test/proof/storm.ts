/** Half an hour in which a platform refuses 30 % of what it is asked, and who came back before they were asked to. */
import { MORNING } from './crowd.ts';
import type { SteppedClock } from './open-stores.ts';
import type { Random } from './random.ts';

const stormMs = 30 * 60_000;
const stormOf = 10;
const stormIn = 3;
/** Requests that were on their way when the platform asked to wait can't be called back. */
const onTheirWayMs = 250;
/** A platform that names a longer time is asked again within the hour (`src/domain/waits.ts`). */
const longestObeyedMs = 3_599_000;
/** People whose messages were written in another order than that in which they fall due. */
export const crisscross = 10;
/** Six heaps, five minutes apart; those of the crisscrossed the other way round. SQL for `writeCrowd`. */
export const heaps = `$3::timestamptz + interval '5 minutes'
  * CASE WHEN n % $2 < ${crisscross} THEN 5 - n * 6 / $1 ELSE n * 6 / $1 END`;

/** What becomes of one request in the storm, in the shape that the made-up platforms share. */
export interface Refused {
  readonly lands: number | null;
  readonly answers: { readonly status: number; readonly retryAfter?: string; readonly isWorkspace?: boolean };
}

export interface Storm {
  /** To be told of each request to post as it arrives. */
  asked(to: string, key: string): void;
  /** What becomes of a request to post; null for what is taken. */
  refuses(to: string): Refused | null;
  /** How many were refused. */
  count(): number;
  /** In words, each request that came earlier than it was asked to. */
  readonly early: readonly string[];
}

/** Asked to wait until `untilMs`; said at `saidAtMs` of the machine's time. */
interface Wish {
  readonly untilMs: number;
  readonly saidAtMs: number;
  readonly words: string;
}

/** `hasWorkspaces`: whether this platform may ask for all conversations at once. */
export function stormOf30(clock: SteppedClock, chance: Random, hasWorkspaces: boolean): Storm {
  const early: string[] = [];
  let count = 0;
  /** By conversation; the workspace's own under its empty name. */
  const wishes = new Map<string, Wish>();
  const isKept = (wish: Wish): boolean =>
    clock.now().getTime() >= wish.untilMs || performance.now() - wish.saidAtMs < onTheirWayMs;
  return {
    early,
    count: () => count,
    asked(to, key) {
      for (const name of [to, '']) {
        const wish = wishes.get(name);
        if (wish && !isKept(wish))
          early.push(
            `${key} came ${wish.untilMs - clock.now().getTime()} ms before "${wish.words}" had passed for ${name || 'the workspace'}`,
          );
      }
    },
    refuses(to) {
      const now = clock.now();
      if (now.getTime() > MORNING.getTime() + stormMs || chance.below(stormOf) >= stormIn) return null;
      count += 1;
      const status = chance.pick([429, 429, 429, 412, 502, 504]);
      if (status >= 500) return { lands: chance.pick([0, 40, null]), answers: { status } };
      const retryAfter = status === 429 ? oddRetryAfter(chance, now) : undefined;
      const isWorkspace = hasWorkspaces && status === 429 && chance.below(20) === 0;
      const untilMs = namedUntil(retryAfter, now);
      if (retryAfter !== undefined && untilMs !== null) {
        const name = isWorkspace ? '' : to;
        const known = wishes.get(name);
        if (!known || known.untilMs < untilMs)
          wishes.set(name, { untilMs, saidAtMs: performance.now(), words: retryAfter });
      }
      const named = retryAfter === undefined ? {} : { retryAfter };
      return { lands: null, answers: { status, isWorkspace, ...named } };
    },
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
