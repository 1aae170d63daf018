/** The table of jobs: what wakes us, which use case it calls, and when it next has something to do. */
import { type DeliverDeps, deliverPending } from '../usecases/deliver-pending.ts';
import { enqueueDigests } from '../usecases/enqueue-digests.ts';
import { type FinishDeps, finishAccepted } from '../usecases/finish-accepted.ts';
import { type PlanMemory, planMeetings } from '../usecases/plan-meetings.ts';
import { freshMemory, nextPromptAt, promptMeetings } from '../usecases/prompt-meetings.ts';
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
  const planned: PlanMemory = { closures: null };
  const prompted = freshMemory();
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
    {
      name: 'plan-meetings',
      cron: EVERY_MINUTE,
      run: (now) => planMeetings(deps, now, planned),
      nextDueAt: () => deps.store.cadences.nextDueAt('meeting'),
    },
    {
      name: 'prompt-meetings',
      cron: EVERY_MINUTE,
      run: (now) => promptMeetings(deps, now, prompted),
      nextDueAt: () => nextPromptAt(deps, prompted),
    },
    {
      name: 'deliver-pending',
      cron: EVERY_MINUTE,
      run: (now) => deliverPending(deps, now),
      nextDueAt: () => deps.store.deliveries.nextDueAt(),
    },
  ];
}
