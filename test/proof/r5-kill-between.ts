import { setTimeout as pause } from 'node:timers/promises';
import { openEmbedded } from '../../src/store/embedded.ts';
import { addressIn, atTheEnd, newDataDir, query, unexpected } from './databases.ts';
import { killProxy } from './kill-proxy.ts';
import { owners, rosterOf } from './measured-programme.ts';
import { startProgramme } from './programme.ts';
import { type Random, random } from './random.ts';
import type { Row } from './row.ts';
import { inTurn, openForms, say } from './talk.ts';

const trigger = 'INSERT INTO inbox_event';
const speakers = owners(6);
const [who = ''] = speakers;

export const r5: Row = {
  id: 'R5',
  title: 'The process killed at every step between reading an event and having answered it',
  goal: 'no ack before the commit, each kept event worked on once',
  async run({ quick, seed, log }) {
    const exact = await killAtSteps(quick, log);
    const load = await killUnderLoad(quick ? 2 : 20, random(seed), log);
    return {
      figure:
        `${exact.points} kills at exact steps: ${exact.early} acks before the commit, ${exact.lost} lost, ${exact.twice} worked on twice, ` +
        `${exact.saidAgain} answers said again; ${load.kills} kills under load: ${load.lost} of ${load.acked} acknowledged lost`,
      ok: exact.early + exact.lost + exact.twice + load.lost === 0 && exact.points > 0 && load.acked > 0,
    };
  },
};

interface Exact {
  points: number;
  early: number;
  lost: number;
  twice: number;
  saidAgain: number;
}

/** The real program on a database behind a door that kills it; the database itself lives on in this process. */
async function killAtSteps(quick: boolean, log: (remark: string) => void): Promise<Exact> {
  const database = await openEmbedded({ dataDir: await newDataDir(), onLost: unexpected });
  atTheEnd(() => database.close());
  const proxy = await killProxy(database.url);
  const env = { DATABASE_URL: proxy.url, ROSTER_FILE: await rosterOf(speakers.length), LOG_LEVEL: 'warn' };
  let programme = await startProgramme({ env });
  await openForms(programme.url, [who]);
  void proxy.arm(trigger, -1, () => {});
  await say(programme.url, who, inTurn(0));
  await pause(300);
  const steps = proxy.disarm();
  await say(programme.url, who, inTurn(1));
  const found: Exact = { points: 0, early: 0, lost: 0, twice: 0, saidAgain: 0 };
  log(`one answer is ${steps} steps`);
  const stride = quick ? Math.ceil(steps / 4) : 1;
  let turn = 0;
  for (let at = 0; at <= steps; at += at === 0 ? 1 : stride) {
    const eventKey = `step-${at}`;
    const before = await standOf(database.url);
    const killed = proxy.arm(trigger, at, () => void programme.child.kill('SIGKILL'));
    const asked = say(programme.url, who, inTurn(turn), { eventKey });
    await Promise.race([killed, pause(10_000)]);
    const { status } = await asked;
    proxy.disarm();
    await programme.kill();
    found.points += 1;
    const isKept = (await eventOf(database.url, eventKey)).isKept;
    if (status === 200 && !isKept) found.early += 1;
    programme = await startProgramme({ env });
    const restarted = await standOf(database.url);
    const event = await eventOf(database.url, eventKey);
    if (isKept && (!event.isDone || restarted.answers === before.answers)) found.lost += 1;
    // The platform sends again whatever was not acknowledged.
    const again = await say(programme.url, who, inTurn(turn), { eventKey });
    const after = await standOf(database.url);
    if (again.status !== 200 || after.version < before.version + 1) found.lost += 1;
    if (after.version > before.version + 1) found.twice += 1;
    if (after.answers > before.answers + 1) {
      found.saidAgain += 1;
      log(`killed at step ${at} of ${steps}: the answer stands ${after.answers - before.answers} times`);
    }
    turn += 1;
  }
  await programme.stop();
  return found;
}

/** How often the open form has moved, and how many answers of the bot stand. */
async function standOf(url: string): Promise<{ readonly version: number; readonly answers: number }> {
  const [row] = await query(
    url,
    `SELECT (SELECT max(version) FROM conversation WHERE person_id = $1) AS version,
            (SELECT count(*)::int FROM console_post WHERE conversation = $1 AND author = 'bot') AS answers`,
    [who],
  );
  return { version: Number(row?.version ?? 0), answers: Number(row?.answers ?? 0) };
}

async function eventOf(url: string, eventKey: string) {
  const [row] = await query(url, 'SELECT done_at IS NOT NULL AS done FROM inbox_event WHERE key LIKE $1', [
    `%"${eventKey}"%`,
  ]);
  return { isKept: row !== undefined, isDone: row?.done === true };
}

/** The whole program with its embedded database is killed at random moments while people speak. */
async function killUnderLoad(kills: number, chance: Random, log: (remark: string) => void) {
  const dataDir = await newDataDir();
  const env = { DATA_DIR: dataDir, ROSTER_FILE: await rosterOf(speakers.length), LOG_LEVEL: 'warn' };
  const acked: string[] = [];
  let lost = 0;
  for (let round = 0; round <= kills; round += 1) {
    const programme = await startProgramme({ env });
    const rows = await query(
      await addressIn(dataDir),
      'SELECT key FROM inbox_event WHERE done_at IS NOT NULL',
    );
    const done = new Set(rows.map(({ key }) => /"(load-[\d-]+)"/u.exec(String(key))?.[1]));
    lost = acked.filter((key) => !done.has(key)).length;
    if (lost > 0) log(`after ${round} kills ${lost} acknowledged events are missing or not done`);
    if (round === kills) {
      await programme.stop();
      break;
    }
    if (round === 0) await openForms(programme.url, speakers);
    let isOver = false;
    const speaking = speakers.map(async (person, index) => {
      for (let count = 0; !isOver; count += 1) {
        const eventKey = `load-${round}-${index}-${count}`;
        if ((await say(programme.url, person, inTurn(count), { eventKey })).status === 200)
          acked.push(eventKey);
        else break;
      }
    });
    await pause(1_000 + chance.below(1_500));
    await programme.kill();
    isOver = true;
    await Promise.all(speaking);
  }
  return { kills, lost, acked: acked.length };
}
