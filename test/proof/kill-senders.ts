/** Processes that send by the bot's own adapter to a made-up platform, and are killed at random: one alone, three on one server. */
import type { StoreAddress } from '../../src/store/client.ts';
import { type CompiledChild, compiledChild } from './compiled-child.ts';
import { type Crowd, inWords, MORNING, type Verdict } from './crowd.ts';
import { newDataDir, newServerDatabase, sharedServer } from './databases.ts';
import { type HurriedTime, hurriedClock } from './hurried-time.ts';
import { harass, inside } from './r1-kill.ts';
import { type Random, random } from './random.ts';
import type { RunOptions } from './row.ts';

/** As in R1: a lease of 60 s ends after 6 s, so that the rows of a killed process come back within the run. */
const scale = 10;
/** A request is on its way for so long at most, also when its sender has died. */
const latestLandingMs = 80;

/** A platform with a crowd in it. */
export interface SendersStage {
  readonly asked: readonly unknown[];
  readonly faults: readonly string[];
  landed(): Promise<void>;
  /** What a sending process is told of it, beside what all are told. */
  readonly task: Readonly<Record<string, unknown>>;
  judge(url: string): Promise<Verdict>;
}

export interface SendersPlatform {
  /** The file of a sending process, without its ending. */
  readonly childName: CompiledChild;
  /** Writes the crowd, and all that is to be said to it. */
  write(url: string, crowd: Crowd): Promise<void>;
  /** Messages land after as many milliseconds as `landsIn` answers. */
  start(crowd: Crowd, now: () => Date, landsIn: () => number): Promise<SendersStage>;
}

export interface KillTrial {
  readonly name: string;
  readonly crowd: Crowd;
  readonly kills: number;
  readonly processes: number;
  readonly atOnce: number;
  readonly address: () => Promise<StoreAddress>;
}

/** One process on the embedded database and, where there is one, three on a server. */
export async function killTrials(
  quick: boolean,
  log: (remark: string) => void,
): Promise<readonly KillTrial[]> {
  const embedded: KillTrial = {
    name: 'embedded, one process',
    crowd: quick ? { people: 100, messages: 200 } : { people: 500, messages: 10_000 },
    kills: quick ? 1 : 100,
    processes: 1,
    atOnce: 16,
    address: async () => ({ kind: 'embedded', dataDir: await newDataDir() }),
  };
  const server = await sharedServer();
  if (typeof server === 'string') {
    log(`on a PostgreSQL server not run: ${server}`);
    return [embedded];
  }
  const three: KillTrial = {
    name: 'server, three processes',
    crowd: quick ? { people: 100, messages: 300 } : { people: 1_000, messages: 10_000 },
    kills: quick ? 2 : 100,
    processes: 3,
    atOnce: 4,
    address: async () => ({ kind: 'server', url: await newServerDatabase(server) }),
  };
  return [embedded, three];
}

export interface Killed {
  readonly kills: number;
  readonly messages: number;
  readonly verdicts: readonly Verdict[];
}

/** Runs the trials one after the other. */
export async function killSenders(
  platform: SendersPlatform,
  trials: readonly KillTrial[],
  { seed, log }: RunOptions,
): Promise<Killed> {
  const chance = random(seed);
  const childFile = compiledChild(platform.childName);
  const verdicts: Verdict[] = [];
  let kills = 0;
  let messages = 0;
  for (const trial of trials) {
    const found = await run(platform, trial, childFile, chance, log);
    log(`${trial.name}: ${found.kills} kills, ${trial.crowd.messages} messages: ${inWords(found.verdict)}`);
    verdicts.push(found.verdict);
    kills += found.kills;
    messages += trial.crowd.messages;
  }
  return { kills, messages, verdicts };
}

async function run(
  platform: SendersPlatform,
  trial: KillTrial,
  childFile: string,
  chance: Random,
  log: (remark: string) => void,
) {
  const { crowd, atOnce } = trial;
  const database = await trial.address();
  await inside(database, (url) => platform.write(url, crowd));
  const time: HurriedTime = { baseMs: MORNING.getTime(), begunAtMs: Date.now(), scale };
  const stage = await platform.start(crowd, hurriedClock(time).now, () => chance.below(latestLandingMs));
  const task = { childFile, database, time, atOnce, ...stage.task };
  const kills = await harass(trial, task, [stage], chance, log);
  await stage.landed();
  if (stage.faults.length > 0) throw new Error(`the platform does not take that: ${stage.faults[0]}`);
  return { kills, verdict: await inside(database, (url) => stage.judge(url)) };
}
