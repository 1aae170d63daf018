/** Meetings that recur are made ahead, and kept in line with the calendar, their cadence and the roster. */
import { MEETING_KINDS } from '../domain/meeting-kinds.ts';
import { MINUTE_MS } from '../domain/time.ts';
import { PROGRAMME_MEETINGS } from '../offerings/programme-meetings.ts';
import type { Store, Tx } from '../ports.ts';
import { allOf, planCadence } from './plan-cadence.ts';
import { tellClosedDays } from './tell-closed-days.ts';
import type { Programme } from './work.ts';

/** Cadences planned in one run; the next tick takes what is left. */
const MOST_CADENCES = 500;
/** A cadence that could not be planned is tried again after this. */
const AFTER_FAILURE_MS = 60 * MINUTE_MS;

export interface PlanDeps {
  readonly store: Store;
  readonly programme: Programme;
}

/** What one process remembers between runs: the closures it has planned with. */
export interface PlanMemory {
  closures: string | null;
}

/** Writes the programme's default cadences where there is none yet, so that one changed or switched off in chat stays. */
export async function schedulePlanning({ store, programme }: PlanDeps, now: Date): Promise<void> {
  await store.transaction(async (tx) => {
    for (const kind of MEETING_KINDS) {
      const { cadence, minutes } = PROGRAMME_MEETINGS[kind];
      const key = `meeting:${kind}`;
      if (!cadence || (await tx.cadences.get(key))) continue;
      await tx.cadences.set({
        key,
        cron: cadence.cron,
        timeZone: programme.timeZone,
        holidayRule: cadence.holidayRule,
        purpose: { kind: 'meeting', meeting: kind, engagementId: null, minutes },
        nextAt: now,
      });
    }
  });
}

/**
 * Plans the cadences that are due; all of them at the first run with `memory` and whenever the closures are others than
 * at the run before, so that no meeting stays on a day that was closed. Safe to repeat, and for several processes at
 * once: a cadence's row is locked while it is planned. After an outage nothing is made for the time that has passed
 * (a missed meeting can't be held any more). One that fails is put off by an hour and holds up none of the others; the
 * first failure is thrown at the end. Answers how many meetings were made, changed or called off.
 */
export async function planMeetings(
  deps: PlanDeps,
  now: Date,
  memory: PlanMemory = { closures: null },
): Promise<number> {
  const run: Run = { ...deps, now, failures: [] };
  const closures = JSON.stringify(deps.programme.calendar.closures);
  let done = 0;
  if (closures !== memory.closures) {
    done += await planAll(run);
    const told = await toldClosedDays(run);
    done += told ?? 0;
    // What could not be told is tried again with the next tick.
    memory.closures = told === null ? null : closures;
  }
  for (let count = 0; count < MOST_CADENCES; count += 1) {
    const planned = await planNextDue(run);
    if (planned === null) break;
    done += planned;
  }
  if (run.failures.length > 0) throw run.failures[0];
  return done;
}

interface Run extends PlanDeps {
  readonly now: Date;
  readonly failures: unknown[];
}

async function planAll(run: Run): Promise<number> {
  const { store, programme, now } = run;
  const all = await store.transaction((tx) => tx.cadences.list());
  let done = 0;
  for (const { key } of all.filter(({ purpose }) => purpose.kind === 'meeting').slice(0, MOST_CADENCES))
    done += await planned(run, async (tx, has) => {
      const cadence = await tx.cadences.get(key);
      has(key);
      return cadence ? allOf(await planCadence(tx, programme, cadence, now)) : 0;
    });
  return done;
}

/** A failure here holds up no planning; null then. */
async function toldClosedDays(run: Run): Promise<number | null> {
  try {
    return await tellClosedDays(run, run.now);
  } catch (error) {
    run.failures.push(error);
    return null;
  }
}

/** Null when none is due. */
async function planNextDue(run: Run): Promise<number | null> {
  const { programme, now, failures } = run;
  let isNone = false;
  const done = await planned(run, async (tx, has) => {
    const [due] = await tx.cadences.claimDue(now, 'meeting', 1, (key) => {
      failures.push(new Error(`the cadence ${key} could not be read`));
    });
    isNone = due === undefined;
    if (!due) return 0;
    has(due.key);
    return allOf(await planCadence(tx, programme, due, now));
  });
  return isNone ? null : done;
}

/** Plans one cadence in a transaction of its own, and puts it off when that fails. `has` notes which one it is. */
async function planned(
  { store, now, failures }: Run,
  plan: (tx: Tx, has: (key: string) => void) => Promise<number>,
): Promise<number> {
  let key: string | null = null;
  try {
    return await store.transaction((tx) =>
      plan(tx, (found) => {
        key = found;
      }),
    );
  } catch (error) {
    const failed: string | null = key;
    // Nothing was in hand: it is the database's trouble, and everybody's.
    if (failed === null) throw error;
    failures.push(error);
    await store.transaction(async (tx) => {
      const isOn = (await tx.cadences.get(failed))?.nextAt != null;
      if (isOn) await tx.cadences.advance(failed, new Date(now.getTime() + AFTER_FAILURE_MS));
    });
    return 0;
  }
}
