/** Everything an access review looks at. */
import type { AccessFacts } from '../domain/access-review.ts';
import { type CadenceRule, lastOccurrence, nextOccurrence } from '../domain/cadence.ts';
import { overallFips } from '../domain/context.ts';
import { assignedIdsOf, type Engagement, partiesOf } from '../domain/engagement.ts';
import { OPEN_STATES } from '../domain/engagement-states.ts';
import type { EngagementId, PersonId } from '../domain/ids.ts';
import { localDate } from '../domain/time.ts';
import { parseAnswers } from '../forms/form.ts';
import { CONTEXT_ASSESSMENT, contextFacts } from '../offerings/context-assessment.ts';
import type { Tx } from '../ports.ts';
import { digestRule } from './digest-schedule.ts';
import { everybody } from './tell.ts';
import type { Programme, Work } from './work.ts';
import { programmeToday } from './work.ts';

/** Engagements read at once. */
const BATCH = 200;

export type Looking = Pick<Work, 'tx' | 'now' | 'programme'>;

/** What is known now of everybody with a role. */
export async function accessFacts(work: Looking): Promise<AccessFacts> {
  const { tx, programme } = work;
  const beganAt = await recordBeganAt(tx);
  return {
    people: await everybody(work),
    held: await tx.roleGrants.held(),
    words: await tx.roleGrants.words(),
    lastSpokeOn: await tx.people.lastSpoke(),
    atHigh: await peopleAtHigh(tx),
    beganOn: beganAt === null ? null : localDate(beganAt, programme.timeZone),
    today: programmeToday(work),
    zone: programme.timeZone,
  };
}

/** When the record's first entry was written; null while there is none. */
export async function recordBeganAt(tx: Tx): Promise<Date | null> {
  const [first] = await tx.audit.page(null, 1);
  return first ? new Date(first.at) : null;
}

/** Everybody in an open engagement whose system is a High Value Asset or High overall (domain reference 9.8 AC-2). */
async function peopleAtHigh(tx: Tx): Promise<ReadonlySet<PersonId>> {
  const high = await highSystems(tx);
  const people = new Set<PersonId>();
  let after: string | undefined;
  for (;;) {
    const batch: readonly Engagement[] = await tx.engagements.find({
      states: OPEN_STATES,
      limit: BATCH,
      ...(after === undefined ? {} : { after }),
    });
    for (const each of batch)
      if (each.course.context?.isHva === true || high.has(each.id))
        for (const id of [...partiesOf(each), ...assignedIdsOf(each)]) people.add(id);
    after = batch.at(-1)?.number;
    if (batch.length < BATCH || after === undefined) return people;
  }
}

async function highSystems(tx: Tx): Promise<ReadonlySet<EngagementId>> {
  const papers = await tx.papers.latestOf('context-assessment', 'all');
  const isHigh = (answers: unknown): boolean =>
    overallFips(contextFacts(parseAnswers(CONTEXT_ASSESSMENT, answers).answers, {}).fips) === 'high';
  return new Set(papers.filter(({ answers }) => isHigh(answers)).map(({ subject }) => subject));
}

/** The first business day of the quarter, for the review; that of the week, for idle accounts. */
const DAYS = { quarterly: '1 1,4,7,10 *', weekly: '* * 1' } as const;
type ReviewRhythm = keyof typeof DAYS;

/** At the time of the digest. */
function ruleOf(rhythm: ReviewRhythm, programme: Programme): CadenceRule {
  const daily = digestRule(programme);
  const [minute, hour] = daily.cron.split(' ');
  return { ...daily, cron: `${minute} ${hour} ${DAYS[rhythm]}`, holidayRule: 'next-business-day' };
}

/** The last time at or before `now` at which it was due; null for never. */
export const lastDue = (rhythm: ReviewRhythm, programme: Programme, now: Date): Date | null =>
  lastOccurrence(ruleOf(rhythm, programme), new Date(now.getTime() + 1))?.at ?? null;

export const nextDue = (rhythm: ReviewRhythm, programme: Programme, after: Date): Date | null =>
  nextOccurrence(ruleOf(rhythm, programme), after)?.at ?? null;
