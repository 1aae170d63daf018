/** Requests that two people accept at the same instant, while two whole programs share the database. */
import { setTimeout as pause } from 'node:timers/promises';
import { putRequest } from '../support/bot.ts';
import { query } from './databases.ts';
import { openOneStore } from './open-stores.ts';
import { type Programme, startProgramme } from './programme.ts';
import type { Random } from './random.ts';
import type { Outcome, RunOptions } from './row.ts';
import { settled } from './settled.ts';

const mostCopies = 4;
/** How long, and how often, the queue is looked at for what people are still to be told. */
const patienceMs = 1_800_000;
const eachMs = 100;

/** One round, on the platform that it is played on. */
export interface Round {
  /** Presses of that request's card, all at once, each to either program; answers how many there were, and what was wrong. */
  press(
    number: string,
    programmes: readonly Programme[],
  ): Promise<{
    readonly presses: number;
    /** How many of them are presses of their own, at least and at most. */
    readonly own: readonly [least: number, most: number];
    readonly faults: readonly string[];
  }>;
  /** What was said of it that should not have been; `own` is how many presses were worked on. */
  said(number: string, own: number): readonly string[];
  /** How often people were told of it in their own conversations that they came too late; null where nobody looks there. */
  readonly toldLate: ((number: string) => number) | null;
}

/** Up to four of one thing, each of which comes at a place of its own. */
export const copiesOf = (chance: Random): readonly number[] =>
  Array.from({ length: 1 + chance.below(mostCopies) }, () => chance.next());

/** Plays rounds; `env` are the settings of the programs beside their database. */
export async function twoAtOnce(
  env: Readonly<Record<string, string>>,
  round: Round,
  { quick, log }: RunOptions,
): Promise<Outcome> {
  const opened = await openOneStore(log);
  const settings = { ...env, DATABASE_URL: opened.url, ROSTER_FILE: 'prisma/demo-roster.csv' };
  const programmes = await Promise.all([
    startProgramme({ env: settings }),
    startProgramme({ env: settings }),
  ]);
  const rounds = quick ? 10 : 1_000;
  const faults: string[] = [];
  const late = new Map<string, number>();
  let presses = 0;
  for (let count = 0; count < rounds; count += 1) {
    const number = await putRequest(opened.store, new Date(), `System number ${count}`, 'bo');
    const pressed = await round.press(number, programmes);
    presses += pressed.presses;
    await settled(opened.url);
    const effects = await effectsOf(opened.url, number);
    late.set(number, effects.late);
    faults.push(
      ...pressed.faults,
      ...wrongIn(number, pressed.own, effects),
      ...round.said(number, effects.presses),
    );
    // The hour is free again for the next round.
    await query(opened.url, `UPDATE meeting SET state = 'cancelled' WHERE state IN ('offered', 'booked')`);
  }
  if (round.toldLate) faults.push(...(await wronglyTold(opened.url, late, round.toldLate)));
  for (const programme of programmes) await programme.stop();
  for (const words of faults.slice(0, 20)) log(words);
  return {
    figure: `${rounds} rounds, ${presses} presses: ${faults.length} without exactly one effect, one notice and a word to the others`,
    ok: faults.length === 0,
  };
}

/** Rounds come faster than a platform lets one person be written to: what was said is counted when all of it has been. */
async function wronglyTold(
  url: string,
  late: ReadonlyMap<string, number>,
  toldLate: (number: string) => number,
): Promise<readonly string[]> {
  const waiting = `SELECT 1 FROM delivery WHERE key LIKE 'private:%' AND wake_at IS NOT NULL LIMIT 1`;
  for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += eachMs) {
    if ((await query(url, waiting)).length === 0) break;
    await pause(eachMs);
  }
  return [...late].flatMap(([number, wanted]) => {
    const told = toldLate(number);
    return told === wanted ? [] : [`${number}: told ${told} times that it came too late, not ${wanted}`];
  });
}

interface Effects {
  readonly state: string;
  readonly accepted: number;
  readonly meetings: number;
  readonly presses: number;
  readonly late: number;
}

/** What has come of it in the database; the inbox is emptied. */
async function effectsOf(url: string, number: string): Promise<Effects> {
  const [row] = await query(
    url,
    `SELECT e.state,
            (SELECT count(*)::int FROM audit_entry a WHERE a.engagement_id = e.id AND a.verb = 'request.accept') AS accepted,
            (SELECT count(*)::int FROM meeting m WHERE m.engagement_id = e.id) AS meetings,
            (SELECT count(*)::int FROM inbox_event WHERE event ->> 'kind' = 'pressed') AS presses,
            (SELECT count(*)::int FROM delivery d WHERE d.key LIKE 'private:%'
                AND d.message::text LIKE '%That card was out of date%' || $1 || '%') AS late
       FROM engagement e WHERE e.number = $1`,
    [number],
  );
  await query(url, 'DELETE FROM inbox_event');
  return row as unknown as Effects;
}

/** One effect, and a word to each press that came too late for it. */
function wrongIn(
  number: string,
  [least, most]: readonly [number, number],
  effects: Effects,
): readonly string[] {
  const { state, accepted, meetings, presses, late } = effects;
  const isSound =
    state === 'KICKOFF_PENDING' &&
    accepted === 1 &&
    meetings === 1 &&
    presses >= least &&
    presses <= most &&
    late === presses - 1;
  return isSound ? [] : [`${number} (${least} to ${most} presses): ${JSON.stringify(effects)}`];
}
