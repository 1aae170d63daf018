/** Whether the live courses fit into an onboarding, and telling it again when that changes (features reference part 3, no. 3). */
import { z } from 'zod';
import type { Engagement } from '../domain/engagement.ts';
import type { PersonId } from '../domain/ids.ts';
import { ONBOARDING_GOAL_DAYS } from '../domain/onboarding.ts';
import { addDays, type LocalDate } from '../domain/time.ts';
import { feasibilityOf, verdictOf } from '../domain/training-feasibility.ts';
import { isCourseSettled, noteOf } from '../domain/training-record.ts';
import { type Feasible, feasibilityChanged } from '../messages/copy/course-feasibility.ts';
import { nameOf } from '../messages/copy/people.ts';
import { BOOTCAMP_STARTS } from '../offerings/curriculum.ts';
import { ownCalendar } from './own-calendar.ts';
import { loadPeople, tellPeople, tellPerson } from './tell.ts';
import { peopleOfSide } from './tell-step.ts';
import { firstForumOn, keptTraining } from './training-now.ts';
import { programmeToday, type Work } from './work.ts';

type Looking = Pick<Work, 'tx' | 'now' | 'programme'> & Partial<Pick<Work, 'person' | 'told'>>;

/** The paper kind of first days; its subject is the course. */
export const COURSE_DATES = 'course-dates';
const dates = z.object({ starts: z.array(z.iso.date()) });

/** The first days of the boot camp, as they were set last, else as the curriculum has them. */
export async function bootcampStarts({ tx }: Pick<Work, 'tx'>): Promise<readonly LocalDate[]> {
  const paper = await tx.papers.latest(COURSE_DATES, 'bootcamp');
  return paper ? dates.parse(paper.answers).starts : BOOTCAMP_STARTS;
}

/** What an onboarding that began on `dayZeroOn` has room for. */
export async function feasibleFor(
  work: Pick<Work, 'tx' | 'now' | 'programme'>,
  personId: PersonId,
  dayZeroOn: LocalDate,
): Promise<Feasible> {
  const own = await ownCalendar(work, personId, dayZeroOn);
  const today = programmeToday(work);
  const goalOn = addDays(dayZeroOn, ONBOARDING_GOAL_DAYS);
  return {
    bootcamp: feasibilityOf(dayZeroOn, await bootcampStarts(work), own),
    forumOn: await firstForumOn(work, today > dayZeroOn ? today : dayZeroOn, goalOn),
  };
}

const VERB = 'course.feasibility';

/** On day 0: what the welcome says, kept as said. The contract leads hear of it with their message of the day. */
export async function noteFeasibility(work: Looking, engagement: Engagement): Promise<Feasible | null> {
  const { serviceIssoId: personId, dayZeroOn } = engagement.course;
  if (personId === null || dayZeroOn === null) return null;
  const feasible = await feasibleFor(work, personId, dayZeroOn);
  await append(work, engagement, personId, verdictOf(feasible.bootcamp));
  if (feasible.bootcamp.is !== 'no-dates') await tellLeads(work, engagement, personId, feasible);
  return feasible;
}

/**
 * Tells the Service ISSO and the contract leads when it is not as it was said last: other dates, another day 0, leave. Nothing once
 * the boot camp is settled. Answers whether they are told.
 */
export async function tellFeasibility(work: Looking, engagement: Engagement): Promise<boolean> {
  const { serviceIssoId: personId, dayZeroOn } = engagement.course;
  if (engagement.state !== 'ONBOARDING' || personId === null || dayZeroOn === null) return false;
  if (isCourseSettled(noteOf(await keptTraining(work, personId), 'bootcamp'))) return false;
  const feasible = await feasibleFor(work, personId, dayZeroOn);
  const verdict = verdictOf(feasible.bootcamp);
  if (verdict === (await lastVerdict(work, engagement, personId))) return false;
  await append(work, engagement, personId, verdict);
  await work.tx.deliveries.suppress(aboutFeasibility(engagement), 'it has changed again');
  await tellPerson(work, personId, {
    ...(await telling(work, engagement)),
    message: feasibilityChanged(engagement.number, feasible, null),
  });
  await tellLeads(work, engagement, personId, feasible);
  return true;
}

/** What is still to be said about it. */
const aboutFeasibility = ({ id }: Engagement): string => `feasibility:${id}`;

async function tellLeads(
  work: Looking,
  engagement: Engagement,
  personId: PersonId,
  feasible: Feasible,
): Promise<void> {
  const people = await loadPeople(work, [personId]);
  await tellPeople(work, await peopleOfSide(work, engagement, 'contractor'), {
    ...(await telling(work, engagement)),
    message: feasibilityChanged(engagement.number, feasible, nameOf(people, personId)),
  });
}

/** Each verdict once, as part of the message of the day. */
async function telling({ tx }: Pick<Work, 'tx'>, engagement: Engagement) {
  const said = (await tx.audit.ofEngagement(engagement.id)).filter(({ verb }) => verb === VERB).length;
  return {
    key: `feasibility:${engagement.id}:${said}`,
    kind: 'notice',
    urgency: 'routine',
    about: aboutFeasibility(engagement),
    stillTrue: { kind: 'engagement-in', engagementId: engagement.id, states: ['ONBOARDING'] },
  } as const;
}

/** What was said last of this onboarding; that no dates are known for one of which nothing was said. */
async function lastVerdict(
  { tx }: Pick<Work, 'tx'>,
  { id }: Engagement,
  personId: PersonId,
): Promise<string> {
  const said = (await tx.audit.ofEngagement(id)).findLast(
    ({ verb, facts }) => verb === VERB && facts.person === personId,
  );
  return said?.facts.verdict ?? 'no-dates';
}

const append = (
  { tx, now }: Pick<Work, 'tx' | 'now'>,
  engagement: Engagement,
  personId: PersonId,
  verdict: string,
): Promise<void> =>
  tx.audit.append({
    at: now,
    actorId: null,
    forId: null,
    role: 'bot',
    verb: VERB,
    engagementId: engagement.id,
    from: null,
    to: null,
    reason: null,
    platform: 'bot',
    facts: { person: personId, course: 'bootcamp', verdict },
  });
