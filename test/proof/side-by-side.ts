/** What people do with the bot beside the same with a bare app: as fast as either answers, and at a steady rate. */
import { setTimeout as pause } from 'node:timers/promises';
import { type Place, placesToMeasure } from './databases.ts';
import { median, ms, quantile } from './figures.ts';
import type { Outcome, RunOptions } from './row.ts';

/** Of all the people, so many act at once in the closed loop; in the open one all do. */
const AT_ONCE = 8;
const OPEN_LOOP = { perSecond: 200, longestMs: 500 };

/** Our program and a bare app that do the same for the same people. */
export interface Pair {
  readonly ours: Side;
  readonly theirs: Side;
  /** Ends the bare app. */
  stop(): Promise<void>;
}

/** Our program, with what is needed to put a bare app beside it. */
export interface BesideBare<Deed extends string> {
  /** A bare app on a place of its own, with as many statements as the program takes for that deed. */
  startBare(deed: Deed, place: string): Promise<Pair>;
  stop(): Promise<void>;
}

export interface Comparison<Deed extends string> {
  readonly deeds: readonly Deed[];
  /** The least share of the bare app's rate, and the most times its 99th percentile. */
  readonly goals: Readonly<Record<Place['place'], { readonly ratio: number; readonly p99: number }>>;
  /** Starts the program on an address or a data directory. */
  start(place: string): Promise<BesideBare<Deed>>;
}

/** Compares each deed on each kind of store. */
export async function compareWithBare<Deed extends string>(
  { deeds, goals, start }: Comparison<Deed>,
  { quick, log }: RunOptions,
): Promise<Outcome> {
  const figures: string[] = [];
  let ok = true;
  for (const { place, fresh } of await placesToMeasure(log)) {
    const stage = await start(await fresh());
    const rounds = { count: quick ? 3 : 7, lastsMs: quick ? 1_500 : 4_000 };
    for (const deed of deeds) {
      const bare = await stage.startBare(deed, await fresh());
      const closed = await closedLoop(bare.ours, bare.theirs, rounds);
      const open = await openLoop(bare.ours, bare.theirs, quick ? 5_000 : 60_000);
      await bare.stop();
      const goal = goals[place];
      ok &&= closed.ratio >= goal.ratio && isSteady(open, goal.p99);
      figures.push(`${place} ${deed} ${closed.ratio.toFixed(2)} × bare, ${Math.round(closed.rate)}/s`);
      log(`${place}, ${deed}: ${closed.words}`);
      log(`${place}, ${deed} at ${OPEN_LOOP.perSecond}/s: ${openWords(open)}`);
    }
    await stage.stop();
  }
  return { figure: `ratio ${figures.join('; ')}`, ok };
}

/** How long the acknowledgement took, and the whole answer. */
export interface Took {
  readonly ackMs: number;
  readonly wholeMs: number;
}

/** Something that people do, again and again; `person` is one of their numbers. */
export interface Side {
  readonly people: number;
  /** Does it, and waits until all of the answer is there. */
  answered(person: number): Promise<Took>;
  /** Does it, and waits for the acknowledgement alone. */
  acknowledged(person: number): Promise<{ readonly status: number; readonly tookMs: number }>;
}

interface Load {
  readonly rate: number;
  readonly took: readonly Took[];
}

interface Closed {
  /** Ours over theirs, the middle of the rounds. */
  readonly ratio: number;
  /** Of ours, by second. */
  readonly rate: number;
  readonly words: string;
}

/** Both in turn, each person without pause. */
async function closedLoop(
  ours: Side,
  theirs: Side,
  { count, lastsMs }: { readonly count: number; readonly lastsMs: number },
): Promise<Closed> {
  const pairs: { readonly ours: Load; readonly theirs: Load }[] = [];
  // The first round warms both up and does not count.
  for (let round = 0; round <= count; round += 1) {
    const pair = { ours: await load(ours, lastsMs), theirs: await load(theirs, lastsMs) };
    if (round > 0) pairs.push(pair);
  }
  const words = (side: 'ours' | 'theirs', what: keyof Took): string => {
    const times = pairs.flatMap((pair) => pair[side].took.map((each) => each[what]));
    return `p50 ${ms(quantile(times, 0.5))} p99 ${ms(quantile(times, 0.99))}`;
  };
  const rateOf = (side: 'ours' | 'theirs'): number => median(pairs.map((pair) => pair[side].rate));
  return {
    ratio: median(pairs.map((pair) => pair.ours.rate / pair.theirs.rate)),
    rate: rateOf('ours'),
    words:
      `${Math.round(rateOf('ours'))}/s, acknowledged ${words('ours', 'ackMs')}, answered ${words('ours', 'wholeMs')}; ` +
      `bare ${Math.round(rateOf('theirs'))}/s, acknowledged ${words('theirs', 'ackMs')}; ${AT_ONCE} people at once`,
  };
}

async function load(side: Side, lastsMs: number): Promise<Load> {
  const took: Took[] = [];
  const startedAt = performance.now();
  const acting = Array.from({ length: Math.min(AT_ONCE, side.people) }, async (_, person) => {
    while (performance.now() - startedAt < lastsMs) took.push(await side.answered(person));
  });
  await Promise.all(acting);
  return { rate: (took.length / (performance.now() - startedAt)) * 1_000, took };
}

interface Steady {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  readonly refused: number;
}

interface Open {
  readonly ours: Steady;
  readonly theirs: Steady;
}

/** Both at a steady rate, whether or not they keep up with it. */
async function openLoop(ours: Side, theirs: Side, lastsMs: number): Promise<Open> {
  return { theirs: await steadily(theirs, lastsMs), ours: await steadily(ours, lastsMs) };
}

async function steadily(side: Side, lastsMs: number): Promise<Steady> {
  const begun: ReturnType<Side['acknowledged']>[] = [];
  const startedAt = performance.now();
  for (const due of steps(lastsMs)) {
    const waits = startedAt + due - performance.now();
    if (waits > 0) await pause(waits);
    begun.push(side.acknowledged(begun.length % side.people));
  }
  const answers = await Promise.all(begun);
  const times = answers.map(({ tookMs }) => tookMs);
  return {
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    max: Math.max(...times),
    refused: answers.filter(({ status }) => status >= 300).length,
  };
}

/** When each falls due, in milliseconds from the beginning. */
const steps = (lastsMs: number): readonly number[] =>
  Array.from(
    { length: Math.round((lastsMs / 1_000) * OPEN_LOOP.perSecond) },
    (_, index) => (index * 1_000) / OPEN_LOOP.perSecond,
  );

/** Whether ours is acknowledged within `times` the 99th percentile of the bare app's, never late and never refused. */
const isSteady = ({ ours, theirs }: Open, times: number): boolean =>
  ours.p99 <= times * theirs.p99 && ours.max < OPEN_LOOP.longestMs && ours.refused === 0;

function openWords({ ours, theirs }: Open): string {
  const words = ({ p50, p99, max, refused }: Steady): string =>
    `p50 ${ms(p50)} p99 ${ms(p99)} max ${ms(max)}, ${refused} not 2xx`;
  return `acknowledged ${words(ours)}; bare ${words(theirs)}`;
}
