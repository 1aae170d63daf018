/** The table of jobs: what wakes us, which use case it calls, and when it next has something to do. */

import type { Pictures, Store } from '../ports.ts';
import { askCheckIns, nextCheckInAt } from '../usecases/ask-check-ins.ts';
import { askProfiles } from '../usecases/ask-profiles.ts';
import { askSurveys, nextSurveyAt } from '../usecases/ask-surveys.ts';
import { deliverPending } from '../usecases/deliver-pending.ts';
import type { DeliverDeps } from '../usecases/delivery-run.ts';
import { replanDigests } from '../usecases/digest-schedule.ts';
import { enqueueDigests } from '../usecases/enqueue-digests.ts';
import { type FindAccountsDeps, findAccounts, type SearchPlaces } from '../usecases/find-accounts.ts';
import { type FinishDeps, finishAccepted } from '../usecases/finish-accepted.ts';
import { freshNudges, nextNudgeAt, nudgeEverybody } from '../usecases/nudge-morning.ts';
import { nextOverdueAt, tellOverdueLines } from '../usecases/off-boarding-overdue.ts';
import { type PlanMemory, planMeetings } from '../usecases/plan-meetings.ts';
import { nextHeadAt, type PostedHeads, postAuditHead } from '../usecases/post-audit-head.ts';
import { freshMemory, nextPromptAt, promptMeetings } from '../usecases/prompt-meetings.ts';
import { freshRefreshMemory, nextRefreshAt, refreshInTurn } from '../usecases/refresh-digests.ts';
import { freshReviewMemory, nextReviewAt, reviewRoles } from '../usecases/review-access.ts';
import { followStatusReports, freshReportMemory, nextReportAt } from '../usecases/status-report-clock.ts';
import { freshMailMemory, type TakeInDeps, takeInMail } from '../usecases/take-in-mail.ts';
import { nextTrainingAt, type WatchedTraining, watchTraining } from '../usecases/training-watch.ts';
import { nextWatchAt, type Watched, watchEngagements } from '../usecases/watch-engagements.ts';
import type { Programme } from '../usecases/work.ts';
import { type Ahead, jobAhead, oncePerLook } from './looking-ahead.ts';

/** A job: node-cron ticks it in UTC; the database says what is due. */
export interface Job {
  readonly name: string;
  /** When it is woken, in UTC. */
  readonly cron: string;
  /**
   * `every-process`: each process ticks it, and wakes it at the instant it is due; its work is shared by rows.
   * `one-process`: one of the processes does a tick for all.
   */
  readonly sharing: 'every-process' | 'one-process';
  /** Does all that is due at `now`; answers how many things were done. */
  run(now: Date): Promise<number>;
  /**
   * The instant at which it next has something to do; null when nothing is planned. Jobs asked with the same `look` share what they
   * read for it.
   */
  nextDueAt(look?: object): Promise<Date | null>;
  /** What its last run has read counts no more for its next instant: others may have written since. */
  forget?(): void;
}

export type JobDeps = Omit<DeliverDeps, 'adapters'> &
  FinishDeps & {
    readonly programme: Programme;
    /** All that carry messages: the chat platforms of `adapters`, and mail. */
    readonly carriers: DeliverDeps['adapters'];
    /** Left out: nothing is drawn. */
    readonly pictures?: Pictures;
  };

const EVERY_MINUTE = '* * * * *';
const MINUTE_MS = 60_000;
const EVERY_TEN_MINUTES = '*/10 * * * *';

/** The jobs in the order in which they run when several are due at one instant: what writes comes before what sends. */
export function jobs(deps: JobDeps): readonly Job[] {
  const planned: PlanMemory = { closures: null };
  const prompted = freshMemory();
  const posted: PostedHeads = { seenFor: null };
  const reviewed = freshReviewMemory();
  const watched: Watched = { seenOn: null };
  const reported = freshReportMemory();
  const trained: WatchedTraining = { seenOn: null };
  const nudged = freshNudges();
  const refreshed = freshRefreshMemory();
  const duesIn = oncePerLook(() => deps.store.nextDues());
  const lookingAhead = (job: Ahead): Job => jobAhead(deps, job);
  return [
    {
      name: 'finish-accepted',
      cron: EVERY_MINUTE,
      sharing: 'every-process',
      run: (now) => finishAccepted(deps, now),
      nextDueAt: async () => null,
    },
    {
      name: 'enqueue-digests',
      cron: EVERY_MINUTE,
      sharing: 'one-process',
      run: (now) => enqueueDigests(deps, now),
      nextDueAt: async (look) => (await duesIn(look)).digest,
    },
    {
      name: 'plan-meetings',
      cron: EVERY_MINUTE,
      sharing: 'one-process',
      run: (now) => planMeetings(deps, now, planned),
      nextDueAt: async (look) => (await duesIn(look)).meeting,
    },
    lookingAhead({
      name: 'prompt-meetings',
      cron: EVERY_MINUTE,
      sharing: 'one-process',
      run: (now) => promptMeetings(deps, now, prompted),
      nextAfter: () => nextPromptAt(deps, prompted),
    }),
    lookingAhead({
      name: 'ask-check-ins',
      cron: EVERY_MINUTE,
      sharing: 'one-process',
      run: (now) => askCheckIns(deps, now),
      nextAfter: (now) => nextCheckInAt(deps, now),
    }),
    lookingAhead({
      name: 'ask-surveys',
      cron: EVERY_MINUTE,
      sharing: 'one-process',
      run: (now) => askSurveys(deps, now),
      nextAfter: (now) => nextSurveyAt(deps, now),
    }),
    {
      name: 'ask-profiles',
      cron: EVERY_TEN_MINUTES,
      sharing: 'one-process',
      run: (now) => askProfiles(deps, now),
      nextDueAt: async () => null,
    },
    lookingAhead({
      name: 'watch-engagements',
      cron: EVERY_MINUTE,
      sharing: 'one-process',
      run: (now) => watchEngagements(deps, now, watched),
      nextAfter: async (now) => nextWatchAt(deps.programme, now),
    }),
    lookingAhead({
      name: 'watch-training',
      cron: EVERY_MINUTE,
      sharing: 'one-process',
      run: (now) => watchTraining(deps, now, trained),
      nextAfter: async (now) => nextTrainingAt(deps.programme, now),
    }),
    lookingAhead({
      name: 'nudge',
      cron: EVERY_MINUTE,
      sharing: 'one-process',
      run: (now) => nudgeEverybody(deps, now, nudged),
      nextAfter: (now) => nextNudgeAt(deps, now, nudged),
      forget: () => {
        nudged.zones = null;
      },
    }),
    lookingAhead({
      name: 'post-audit-head',
      cron: EVERY_MINUTE,
      sharing: 'one-process',
      run: (now) => postAuditHead(deps, now, posted),
      nextAfter: async (now) => nextHeadAt(deps.programme, now),
    }),
    lookingAhead({
      name: 'review-access',
      cron: EVERY_MINUTE,
      sharing: 'one-process',
      run: (now) => reviewRoles(deps, now, reviewed),
      nextAfter: async (now) => nextReviewAt(deps.programme, now),
    }),
    lookingAhead({
      name: 'tell-overdue-lines',
      cron: EVERY_TEN_MINUTES,
      sharing: 'one-process',
      run: (now) => tellOverdueLines(deps, now),
      nextAfter: (now) => nextOverdueAt(deps, now),
    }),
    lookingAhead({
      name: 'follow-status-reports',
      cron: EVERY_MINUTE,
      sharing: 'one-process',
      run: (now) => followStatusReports(deps, now, reported),
      nextAfter: async (now) => nextReportAt(deps.programme, now),
    }),
    // After all others that change facts.
    lookingAhead({
      name: 'refresh-digests',
      cron: EVERY_MINUTE,
      sharing: 'one-process',
      run: (now) => refreshInTurn(deps, now, refreshed),
      nextAfter: (now) => nextRefreshAt(deps, refreshed, now),
    }),
    {
      name: 'deliver-pending',
      cron: EVERY_MINUTE,
      sharing: 'every-process',
      run: (now) => deliverPending({ ...deps, adapters: deps.carriers }, now),
      nextDueAt: async (look) => (look ? (await duesIn(look)).delivery : deps.store.deliveries.nextDueAt()),
    },
  ];
}

/**
 * Looks whether other days are closed since, and plans anew what depends on it. First in the table: what else is due goes
 * by the calendar as it is now. `refresh` answers whether other days are closed.
 */
export function closuresJob(
  deps: { readonly store: Store; readonly programme: Programme },
  refresh: (now: Date) => Promise<boolean>,
): Job {
  return {
    name: 'read-closures',
    cron: EVERY_MINUTE,
    sharing: 'every-process',
    async run(now) {
      if (!(await refresh(now))) return 0;
      await replanDigests(deps, now);
      return 1;
    },
    nextDueAt: async () => null,
  };
}

/** Looks for the accounts of people who are to be written to. */
export function accountsJob(deps: FindAccountsDeps): Job {
  const searched: SearchPlaces = new Map();
  return {
    name: 'find-accounts',
    cron: EVERY_TEN_MINUTES,
    sharing: 'one-process',
    run: (now) => findAccounts(deps, searched, now),
    nextDueAt: async () => null,
  };
}

/** Takes in mail, every `pollMinutes` minutes. The run at the start leaves it to the next: nothing waits for a mail server then. */
export function mailJob(deps: TakeInDeps & { readonly pollMinutes: number }): Job {
  const memory = freshMailMemory();
  let hasStarted = false;
  return {
    name: 'take-in-mail',
    cron: EVERY_MINUTE,
    sharing: 'one-process',
    async run(now) {
      const isStart = !hasStarted;
      hasStarted = true;
      const minute = Math.floor(now.getTime() / MINUTE_MS);
      return isStart || minute % deps.pollMinutes !== 0 ? 0 : takeInMail(deps, now, memory);
    },
    nextDueAt: async () => null,
  };
}
