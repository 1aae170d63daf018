import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { openDatabase, type StoreAddress } from '../../src/store/client.ts';
import { readMigrations } from '../../src/store/migrate.ts';
import { compiledChild } from './compiled-child.ts';
import {
  type Crowd,
  inWords,
  isSound,
  judge,
  MORNING,
  togetherUnread,
  type Verdict,
  writeCrowd,
} from './crowd.ts';
import { atTheEnd, newDataDir, newServerDatabase, sharedServer, unexpected } from './databases.ts';
import type { HurriedTime } from './hurried-time.ts';
import { type Random, random } from './random.ts';
import { recordingPlatform } from './recording-platform.ts';
import type { Row } from './row.ts';
import type { SendingTask } from './sending-child.ts';

/**
 * Time goes ten times as fast, for all processes alike: a lease of 60 s ends after 6 s, an answer is waited for 10 s. So the
 * rows of a killed process come back within the run, and their sender has been dead for far longer than a request travels.
 */
const scale = 10;
/** A request is on its way for so long at most, also when its sender has died. */
const latestLandingMs = 80;
const endMs = 240_000;

type Task = SendingTask & { readonly childFile: string };

interface Trial {
  readonly name: string;
  readonly crowd: Crowd;
  readonly kills: number;
  readonly processes: number;
  readonly atOnce: number;
  readonly address: () => Promise<StoreAddress>;
}

export const r1: Row = {
  id: 'R1',
  title: 'Senders killed at random, one alone and five on one server',
  goal: '0 lost, 0 doubled and in order where it can be read back; else each possible repeat listed',
  async run({ quick, seed, log }) {
    const chance = random(seed);
    const trials = await trialsFor(quick, log);
    const childFile = compiledChild('sending-child');
    const verdicts: Verdict[] = [];
    let kills = 0;
    let messages = 0;
    for (const trial of trials) {
      const found = await run(trial, childFile, chance, log);
      log(`${trial.name}: ${found.kills} kills, ${trial.crowd.messages} messages: ${inWords(found.verdict)}`);
      verdicts.push(found.verdict);
      kills += found.kills;
      messages += trial.crowd.messages;
    }
    return {
      figure: `${kills} kills, ${messages} messages: ${togetherUnread(verdicts)}`,
      ok: verdicts.length > 0 && verdicts.every(isSound),
    };
  },
};

async function trialsFor(quick: boolean, log: (remark: string) => void): Promise<readonly Trial[]> {
  const embedded: Trial = {
    name: 'embedded, one process',
    crowd: quick ? { people: 100, messages: 300 } : { people: 500, messages: 10_000 },
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
  const address = async (): Promise<StoreAddress> => ({
    kind: 'server',
    url: await newServerDatabase(server),
  });
  const alone: Trial = {
    name: 'server, one process',
    crowd: quick ? { people: 200, messages: 400 } : { people: 4_000, messages: 20_000 },
    kills: quick ? 2 : 200,
    processes: 1,
    atOnce: 16,
    address,
  };
  const five: Trial = {
    name: 'server, five processes',
    crowd: { people: 200, messages: quick ? 400 : 2_000 },
    kills: quick ? 3 : 60,
    processes: 5,
    atOnce: 2,
    address,
  };
  return [embedded, alone, five];
}

async function run(trial: Trial, childFile: string, chance: Random, log: (remark: string) => void) {
  const { crowd, atOnce } = trial;
  const database = await trial.address();
  await filled(database, crowd);
  const [slack, teams] = [await recordingPlatform(), await recordingPlatform()];
  for (const platform of [slack, teams])
    platform.fate = () => ({ lands: chance.below(latestLandingMs), answers: 'truth' });
  const time: HurriedTime = { baseMs: MORNING.getTime(), begunAtMs: Date.now(), scale };
  const task: Task = { childFile, database, slackUrl: slack.url, teamsUrl: teams.url, time, atOnce };
  const kills = await harass(trial, task, [slack, teams], chance, log);
  await Promise.all([slack.landed(), teams.landed()]);
  const standing = [...slack.standing, ...teams.standing];
  return { kills, verdict: await inside(database, (url) => judge(url, crowd, standing)) };
}

const filled = (database: StoreAddress, crowd: Crowd): Promise<void> =>
  inside(database, (url) => writeCrowd(url, crowd));

/** Looks into a database that nobody has open. */
export async function inside<T>(address: StoreAddress, look: (url: string) => Promise<T>): Promise<T> {
  const database = await openDatabase(address, await readMigrations(), unexpected);
  try {
    return await look(database.url);
  } finally {
    await database.close();
  }
}

/** So many processes send; now and then one is killed and another takes its place. The last ones finish. Answers the kills. */
export async function harass(
  { kills, processes, crowd }: Pick<Trial, 'kills' | 'processes' | 'crowd'>,
  task: { readonly childFile: string },
  platforms: readonly { readonly asked: readonly unknown[] }[],
  chance: Random,
  log: (remark: string) => void,
): Promise<number> {
  const asked = (): number => platforms.reduce((sum, platform) => sum + platform.asked.length, 0);
  const each = Math.max(2, Math.floor(crowd.messages / kills));
  // All of them load at once and begin together: the first would have sent all before the last were there.
  const running = Array.from({ length: processes }, () => sender(task, log));
  // One more is loaded ahead for each kill, so that a place is taken at once.
  let next = kills > 0 ? sender(task, log) : null;
  await Promise.all(running.map((one) => one.loaded));
  await Promise.race(running.map((one) => one.begin()));
  let made = 0;
  while (made < kills) {
    const until = asked() + chance.below(each);
    while (asked() < until && running.some(({ hasEnded }) => !hasEnded())) await pause(2);
    await pause(chance.below(20));
    const victim = running.splice(chance.below(running.length), 1)[0];
    if (!victim || victim.hasEnded()) break;
    await victim.kill();
    made += 1;
    const other: Sender | null = next;
    if (!other) break;
    next = made < kills ? sender(task, log) : null;
    await other.begin();
    running.push(other);
  }
  await next?.kill();
  await Promise.race([
    Promise.all(running.map(({ ended }) => ended)),
    pause(endMs, undefined, { ref: false }),
  ]);
  for (const one of running) await one.kill();
  return made;
}

interface Sender {
  /** Settles when it waits to begin, or has ended. */
  readonly loaded: Promise<void>;
  /** Settles when it sends. */
  begin(): Promise<void>;
  kill(): Promise<void>;
  hasEnded(): boolean;
  readonly ended: Promise<unknown>;
}

function sender(
  { childFile, ...task }: { readonly childFile: string },
  log: (remark: string) => void,
): Sender {
  const child: ChildProcess = spawn(process.execPath, [childFile, JSON.stringify(task)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  atTheEnd(async () => void child.kill('SIGKILL'));
  let heard = '';
  const listeners: (() => void)[] = [];
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    heard += chunk;
    for (const line of chunk.split('\n')) if (line.startsWith('error')) log(line.slice(0, 300));
    for (const listener of listeners) listener();
  });
  child.stdin?.on('error', () => {});
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const said = (word: string): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (heard.includes(word)) resolve();
      };
      listeners.push(look);
      look();
      void ended.then(() => resolve());
    });
  return {
    loaded: said('loaded'),
    begin() {
      child.stdin?.write('go\n');
      return said('sending');
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    hasEnded,
    ended,
  };
}
