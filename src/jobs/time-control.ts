/** Carries the console's clock forward, doing all that falls due on the way. */
import type { MovableClock } from '../clock.ts';
import type { JobRun, TimeControl } from '../ports.ts';
import type { Job } from './schedule.ts';

/** Steps on the way of one clock move; more means that something due never gets done. */
const MOST_STEPS = 200_000;
/** Times one instant is tried when nothing came of it, because somebody else may have it in hand. */
const MOST_IDLE_TRIES = 3;
const NOTHING_IDLE = { at: Number.NaN, tries: 0 };

/** How often in a row nothing came of the instant `at`. */
const idleAfter = (before: typeof NOTHING_IDLE, at: number, done: number): typeof NOTHING_IDLE =>
  done > 0 ? NOTHING_IDLE : { at, tries: before.at === at ? before.tries + 1 : 1 };

/**
 * The console's clock control: goes from one due instant to the next, running what is due at each, until `to`.
 * Every instant on the way is one that the database named, so a month without anything due costs nothing, and at each only
 * the jobs run that have something to do then. A job that stands still at an instant is passed by until it names another one.
 * `saved` keeps the clock, so that a restart never sets it back.
 */
export function createTimeControl(
  jobs: readonly Job[],
  clock: MovableClock,
  saved: (offsetMs: number) => Promise<void>,
): TimeControl {
  let queue: Promise<unknown> = Promise.resolve();
  const moveTo = async (at: Date): Promise<void> => {
    if (at.getTime() <= clock.now().getTime()) return;
    clock.moveTo(at);
    await saved(clock.offsetMs());
  };
  const advance = async (to: Date): Promise<{ now: Date; ran: readonly JobRun[] }> => {
    if (to.getTime() < clock.now().getTime()) throw new RangeError('the clock never goes back');
    const ran: JobRun[] = [];
    const stuck: Stuck = new Map();
    for (const job of jobs) job.forget?.();
    let idle = NOTHING_IDLE;
    for (let steps = 0; ; steps += 1) {
      if (steps >= MOST_STEPS) throw new Error('too many things were due on the way');
      const dues = await duesOf(jobs, {});
      const due = earliestOf(dues, stuck);
      if (due === null || due.at > to.getTime()) break;
      await moveTo(new Date(due.at));
      idle = idleAfter(idle, due.at, await runDue(jobs, dues, clock.now(), ran));
      if (idle.tries < MOST_IDLE_TRIES) continue;
      stuck.set(due.job, due.at);
      idle = NOTHING_IDLE;
    }
    await moveTo(to);
    // What names no instant, or stands behind one that was passed by, has not had its turn.
    await runAll(jobs, clock.now(), ran);
    return { now: clock.now(), ran };
  };
  return {
    now: () => clock.now(),
    advanceTo(to) {
      const mine = queue.then(() => advance(to));
      queue = mine.catch(() => undefined);
      return mine;
    },
  };
}

async function runAll(jobs: readonly Job[], at: Date, ran: JobRun[]): Promise<number> {
  let done = 0;
  for (const job of jobs) done += await runOne(job, at, ran);
  return done;
}

async function runOne(job: Job, at: Date, ran: JobRun[]): Promise<number> {
  const count = await job.run(at);
  if (count > 0) ran.push({ job: job.name, at });
  return count;
}

/** Runs what is due at `at`, in the order of the table. What a run has written may be due for the jobs after it. */
async function runDue(jobs: readonly Job[], dues: Dues, at: Date, ran: JobRun[]): Promise<number> {
  let done = 0;
  let look: object = {};
  for (const job of jobs) {
    const dueAt = done > 0 ? await job.nextDueAt(look) : (dues.get(job) ?? null);
    if (dueAt === null || dueAt > at) continue;
    done += await runOne(job, at, ran);
    look = {};
  }
  return done;
}

/** When each job has something to do next. */
type Dues = ReadonlyMap<Job, Date | null>;

async function duesOf(jobs: readonly Job[], look: object): Promise<Dues> {
  const dues = new Map<Job, Date | null>();
  for (const job of jobs) dues.set(job, await job.nextDueAt(look));
  return dues;
}

/** Jobs that named an instant at which nothing comes of them. */
type Stuck = Map<string, number>;

function earliestOf(dues: Dues, stuck: Stuck): { readonly job: string; readonly at: number } | null {
  let earliest: { job: string; at: number } | null = null;
  for (const [{ name }, dueAt] of dues) {
    const at = dueAt?.getTime();
    if (at === undefined || stuck.get(name) === at) continue;
    if (!earliest || at < earliest.at) earliest = { job: name, at };
  }
  return earliest;
}
