/** The table of jobs: what wakes us, which use case it calls, and when it next has something to do. */
import { askCheckIns, nextCheckInAt } from '../usecases/ask-check-ins.ts';
import { askSurveys, nextSurveyAt } from '../usecases/ask-surveys.ts';
import { type DeliverDeps, deliverPending } from '../usecases/deliver-pending.ts';
import { enqueueDigests } from '../usecases/enqueue-digests.ts';
import { type FinishDeps, finishAccepted } from '../usecases/finish-accepted.ts';
import type { Programme } from '../usecases/work.ts';

/** A job: node-cron ticks it in UTC; the database says what is due. */
export interface Job {
  readonly name: string;
  /** When it is woken, in UTC. */
  readonly cron: string;
  /** Does all that is due at `now`; answers how many things were done. */
  run(now: Date): Promise<number>;
  /** The instant at which it next has something to do; null when nothing is planned. */
  nextDueAt(): Promise<Date | null>;
}

export type JobDeps = DeliverDeps & FinishDeps & { readonly programme: Programme };

const EVERY_MINUTE = '* * * * *';

/** The jobs in the order in which they run when several are due at one instant: what writes comes before what sends. */
export function jobs(deps: JobDeps): readonly Job[] {
  return [
    {
      name: 'finish-accepted',
      cron: EVERY_MINUTE,
      run: (now) => finishAccepted(deps, now),
      nextDueAt: async () => null,
    },
    {
      name: 'enqueue-digests',
      cron: EVERY_MINUTE,
      run: (now) => enqueueDigests(deps, now),
      nextDueAt: () => deps.store.cadences.nextDueAt('digest'),
    },
    lookingAhead({
      name: 'ask-check-ins',
      cron: EVERY_MINUTE,
      run: (now) => askCheckIns(deps, now),
      nextAfter: (now) => nextCheckInAt(deps, now),
    }),
    lookingAhead({
      name: 'ask-surveys',
      cron: EVERY_MINUTE,
      run: (now) => askSurveys(deps, now),
      nextAfter: (now) => nextSurveyAt(deps, now),
    }),
    {
      name: 'deliver-pending',
      cron: EVERY_MINUTE,
      run: (now) => deliverPending(deps, now),
      nextDueAt: () => deps.store.deliveries.nextDueAt(),
    },
  ];
}

/**
 * A job whose next instant is looked for from the present one on. The present is its last run's: every step of the
 * console's clock runs every job, and a run that comes to nothing is enough to see what has passed.
 */
function lookingAhead({
  nextAfter,
  ...job
}: Omit<Job, 'nextDueAt'> & { nextAfter(now: Date): Promise<Date | null> }): Job {
  let ranAt = new Date(0);
  return {
    ...job,
    run(now) {
      ranAt = now;
      return job.run(now);
    },
    nextDueAt: () => nextAfter(ranAt),
  };
}
