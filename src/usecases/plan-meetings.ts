/** Meetings that recur are made ahead, and kept in line with the calendar, their cadence and the roster. */
import { MEETING_KINDS } from '../domain/meeting-kinds.ts';
import { PROGRAMME_MEETINGS } from '../offerings/programme-meetings.ts';
import type { Store } from '../ports.ts';
import { planCadence } from './plan-cadence.ts';
import type { Programme } from './work.ts';

/** Cadences planned in one run; the next tick takes what is left. */
const MOST_CADENCES = 500;

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
 * (a missed meeting can't be held any more). Answers how many meetings were made, changed or called off.
 */
export async function planMeetings(
  deps: PlanDeps,
  now: Date,
  memory: PlanMemory = { closures: null },
): Promise<number> {
  const closures = JSON.stringify(deps.programme.calendar.closures);
  let done = closures === memory.closures ? 0 : await planAll(deps, now);
  memory.closures = closures;
  for (let count = 0; count < MOST_CADENCES; count += 1) {
    const planned = await deps.store.transaction(async (tx) => {
      const [due] = await tx.cadences.claimDue(now, 'meeting', 1);
      return due ? planCadence(tx, deps.programme, due, now) : null;
    });
    if (planned === null) break;
    done += planned;
  }
  return done;
}

async function planAll({ store, programme }: PlanDeps, now: Date): Promise<number> {
  const all = await store.transaction((tx) => tx.cadences.list());
  let done = 0;
  for (const { key } of all.filter(({ purpose }) => purpose.kind === 'meeting').slice(0, MOST_CADENCES))
    done += await store.transaction(async (tx) => {
      const cadence = await tx.cadences.get(key);
      return cadence ? planCadence(tx, programme, cadence, now) : 0;
    });
  return done;
}
