import type { StoreAddress } from '../../src/store/client.ts';
import { compiledChild } from './compiled-child.ts';
import { type Crowd, inWords, isSound, MORNING, together, type Verdict } from './crowd.ts';
import { newDataDir, newServerDatabase, sharedServer } from './databases.ts';
import { type HurriedTime, hurriedClock } from './hurried-time.ts';
import { harass, inside } from './r1-kill.ts';
import { type Random, random } from './random.ts';
import type { Row } from './row.ts';
import { judgeSlack, slackWith, writeSlackCrowd } from './slack-crowd.ts';
import type { SlackSendingTask } from './slack-sending-child.ts';

/** As in R1: a lease of 60 s ends after 6 s, so that the rows of a killed process come back within the run. */
const scale = 10;
/** A request is on its way for so long at most, also when its sender has died. */
const latestLandingMs = 80;

interface Trial {
  readonly name: string;
  readonly crowd: Crowd;
  readonly kills: number;
  readonly processes: number;
  readonly atOnce: number;
  readonly address: () => Promise<StoreAddress>;
}

export const r1Slack: Row = {
  id: 'R1-SLACK',
  title: 'Senders to Slack killed at random, one alone and three on one server',
  goal: '0 lost, 0 doubled, in order',
  async run({ quick, seed, log }) {
    const chance = random(seed);
    const childFile = compiledChild('slack-sending-child');
    const verdicts: Verdict[] = [];
    let kills = 0;
    let messages = 0;
    for (const trial of await trialsFor(quick, log)) {
      const found = await run(trial, childFile, chance, log);
      log(`${trial.name}: ${found.kills} kills, ${trial.crowd.messages} messages: ${inWords(found.verdict)}`);
      verdicts.push(found.verdict);
      kills += found.kills;
      messages += trial.crowd.messages;
    }
    return {
      figure: `${kills} kills, ${messages} messages: ${together(verdicts)}`,
      ok: kills > 0 && verdicts.every(isSound),
    };
  },
};

async function trialsFor(quick: boolean, log: (remark: string) => void): Promise<readonly Trial[]> {
  const embedded: Trial = {
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
  const three: Trial = {
    name: 'server, three processes',
    crowd: quick ? { people: 100, messages: 300 } : { people: 1_000, messages: 10_000 },
    kills: quick ? 2 : 100,
    processes: 3,
    atOnce: 4,
    address: async () => ({ kind: 'server', url: await newServerDatabase(server) }),
  };
  return [embedded, three];
}

async function run(trial: Trial, childFile: string, chance: Random, log: (remark: string) => void) {
  const { crowd, atOnce } = trial;
  const database = await trial.address();
  await inside(database, (url) => writeSlackCrowd(url, crowd));
  const time: HurriedTime = { baseMs: MORNING.getTime(), begunAtMs: Date.now(), scale };
  const slack = await slackWith(crowd, hurriedClock(time).now);
  slack.fate = ({ method }) => ({
    lands: method === 'chat.postMessage' ? chance.below(latestLandingMs) : 0,
    answers: 'truth',
  });
  const task: SlackSendingTask & { readonly childFile: string } = {
    childFile,
    database,
    apiUrl: slack.apiUrl,
    time,
    atOnce,
  };
  const kills = await harass(trial, task, [slack], chance, log);
  await slack.landed();
  if (slack.faults.length > 0) throw new Error(`Slack does not take that: ${slack.faults[0]}`);
  return { kills, verdict: await inside(database, (url) => judgeSlack(url, crowd, slack)) };
}
