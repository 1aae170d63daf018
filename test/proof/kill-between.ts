/** The program killed while it is spoken to: at every step between reading an event and having answered it, and under load. */
import { setTimeout as pause } from 'node:timers/promises';
import { openEmbedded } from '../../src/store/embedded.ts';
import {
  addressIn,
  atTheEnd,
  newDataDir,
  newServerDatabase,
  query,
  sharedServer,
  unexpected,
} from './databases.ts';
import { killProxy } from './kill-proxy.ts';
import { owners, rosterOf } from './measured-programme.ts';
import { startProgramme } from './programme.ts';
import type { Random } from './random.ts';
import type { Outcome, RunOptions } from './row.ts';
import { settled, worked } from './settled.ts';
import { inTurn } from './talk.ts';

const trigger = 'INSERT INTO inbox_event';
const speakers = owners(6);
const [who = ''] = speakers;

/** How people speak to the program, and what stands of it. */
export interface Way {
  /** Further settings of the program. */
  readonly env: Readonly<Record<string, string>>;
  /** `who` says `text`; `eventKey` is the same when it is sent again. Status 0 when there was no answer. */
  say(url: string, who: string, text: string, eventKey: string): Promise<{ readonly status: number }>;
  /** How many answers of the bot stand with `who`. */
  answers(databaseUrl: string, who: string): Promise<number>;
  /** The `eventKey` of an event as the inbox names it; undefined for one that was not said so. */
  eventKeyIn(rowKey: string): string | undefined;
}

/** What is tried in a quick run. */
export interface Share {
  /** Which of so many steps. */
  at(steps: number): readonly number[];
  /** On a server where there is one: the program starts sooner there. */
  readonly onServer: boolean;
}

/** The first two, and some of the others. */
const SOME: Share = {
  at: (steps) => [0, 1, 2, 3].map((place) => (place < 2 ? place : 1 + (place - 1) * Math.ceil(steps / 3))),
  onServer: false,
};
/** One in the midst of the work: for further platforms, whose way in is their own and whose work is not. */
export const MIDST: Share = { at: (steps) => [Math.ceil(steps / 2)], onServer: true };
/** Each of them. */
const ALL: Share = { at: (steps) => Array.from({ length: steps + 1 }, (_, at) => at), onServer: false };

/** Kills it both ways. */
export async function killBetween(
  way: Way,
  { quick, log }: RunOptions,
  chance: Random,
  some: Share = SOME,
): Promise<Outcome> {
  const share = quick ? some : ALL;
  const server = share.onServer ? await sharedServer() : 'not wanted';
  const newPlace = (): Promise<string> =>
    typeof server === 'string' ? newDataDir() : newServerDatabase(server);
  const exact = await killAtSteps(way, await newPlace(), share, log);
  const load = await killUnderLoad(way, await newPlace(), quick ? 1 : 20, chance, log);
  return {
    figure:
      `${exact.points} kills at exact steps: ${exact.early} acks before the commit, ${exact.lost} lost, ${exact.twice} worked on twice, ` +
      `${exact.saidAgain} answers said again; ${load.kills} kills under load: ${load.lost} of ${load.acked} acknowledged lost`,
    ok: exact.early + exact.lost + exact.twice + load.lost === 0 && exact.points > 0 && load.acked > 0,
  };
}

/** All of them have a form open at its first question. */
async function openForms(
  way: Way,
  url: string,
  databaseUrl: string,
  people: readonly string[],
): Promise<void> {
  for (const person of people) {
    const { status } = await way.say(url, person, 'I need an ISSO', `open-${person}`);
    if (status !== 200) throw new Error(`${person} could not start a request: ${status}`);
  }
  await settled(databaseUrl);
}

interface Exact {
  points: number;
  early: number;
  lost: number;
  twice: number;
  saidAgain: number;
}

/** The real program on a database behind a door that kills it; the database itself lives on. `place`: an address or a data directory. */
async function killAtSteps(
  way: Way,
  place: string,
  { at: stepsOf }: Share,
  log: (remark: string) => void,
): Promise<Exact> {
  const database = isServer(place) ? { url: place } : await openHere(place);
  const proxy = await killProxy(database.url);
  const roster = await rosterOf(speakers.length);
  const env = { ...way.env, DATABASE_URL: proxy.url, ROSTER_FILE: roster, LOG_LEVEL: 'warn' };
  let programme = await startProgramme({ env });
  await openForms(way, programme.url, database.url, [who]);
  void proxy.arm(trigger, -1, () => {});
  await way.say(programme.url, who, inTurn(0), 'first');
  await settled(database.url);
  const steps = proxy.disarm();
  await way.say(programme.url, who, inTurn(1), 'second');
  await settled(database.url);
  const found: Exact = { points: 0, early: 0, lost: 0, twice: 0, saidAgain: 0 };
  log(`one answer is ${steps} steps`);
  let turn = 0;
  for (const at of stepsOf(steps).filter((step) => step <= steps)) {
    const eventKey = `step-${at}`;
    const before = await standOf(way, database.url);
    const killed = proxy.arm(trigger, at, () => void programme.child.kill('SIGKILL'));
    const asked = way.say(programme.url, who, inTurn(turn), eventKey);
    await Promise.race([killed, pause(10_000)]);
    const { status } = await asked;
    proxy.disarm();
    await programme.kill();
    found.points += 1;
    const isKept = (await eventOf(way, database.url, eventKey)).isKept;
    if (status === 200 && !isKept) found.early += 1;
    programme = await startProgramme({ env });
    await settled(database.url);
    const restarted = await standOf(way, database.url);
    const event = await eventOf(way, database.url, eventKey);
    if (isKept && (!event.isDone || restarted.answers === before.answers)) found.lost += 1;
    // The platform sends again whatever was not acknowledged.
    const again = await way.say(programme.url, who, inTurn(turn), eventKey);
    await settled(database.url);
    const after = await standOf(way, database.url);
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

const isServer = (place: string): boolean => place.startsWith('postgresql:');

/** The embedded database in this process; it ends with the row. */
async function openHere(dataDir: string): Promise<{ readonly url: string }> {
  const database = await openEmbedded({ dataDir, onLost: unexpected });
  atTheEnd(() => database.close());
  return database;
}

/** How often the open form has moved, and how many answers of the bot stand. */
async function standOf(
  way: Way,
  url: string,
): Promise<{ readonly version: number; readonly answers: number }> {
  const [row] = await query(url, 'SELECT max(version) AS version FROM conversation WHERE person_id = $1', [
    who,
  ]);
  return { version: Number(row?.version ?? 0), answers: await way.answers(url, who) };
}

async function eventOf(way: Way, url: string, eventKey: string) {
  const rows = await query(url, 'SELECT key, done_at IS NOT NULL AS done FROM inbox_event');
  const row = rows.find(({ key }) => way.eventKeyIn(String(key)) === eventKey);
  return { isKept: row !== undefined, isDone: row?.done === true };
}

/** The whole program, with its embedded database where it has one, is killed at random moments while people speak. */
async function killUnderLoad(
  way: Way,
  place: string,
  kills: number,
  chance: Random,
  log: (remark: string) => void,
) {
  const roster = await rosterOf(speakers.length);
  const where = isServer(place) ? { DATABASE_URL: place } : { DATA_DIR: place };
  const env = { ...way.env, ...where, ROSTER_FILE: roster, LOG_LEVEL: 'warn' };
  const acked: string[] = [];
  let lost = 0;
  for (let round = 0; round <= kills; round += 1) {
    const programme = await startProgramme({ env });
    const database = isServer(place) ? place : await addressIn(place);
    await worked(database);
    const rows = await query(database, 'SELECT key FROM inbox_event WHERE done_at IS NOT NULL');
    const done = new Set(rows.map(({ key }) => way.eventKeyIn(String(key))));
    lost = acked.filter((key) => !done.has(key)).length;
    if (lost > 0) log(`after ${round} kills ${lost} acknowledged events are missing or not done`);
    if (round === kills) {
      await programme.stop();
      break;
    }
    if (round === 0) await openForms(way, programme.url, database, speakers);
    let isOver = false;
    const speaking = speakers.map(async (person, index) => {
      for (let count = 0; !isOver; count += 1) {
        const eventKey = `load-${round}-${index}-${count}`;
        if ((await way.say(programme.url, person, inTurn(count), eventKey)).status === 200)
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
