/** The rhythm of access reviews: one a quarter, a reminder when it is not answered, idle accounts once a week (domain reference 9.8 AC-2). */
import { idleOf, newlyIdle } from '../domain/access-review.ts';
import { atBusinessDays } from '../domain/calendar.ts';
import type { Person } from '../domain/person.ts';
import { localDate } from '../domain/time.ts';
import { idleNotice, reviewOverdue } from '../messages/copy/people-review.ts';
import { REVIEW_RULES } from '../offerings/role-rules.ts';
import type { Store, Tx } from '../ports.ts';
import { accessFacts, type Looking, lastDue, nextDue, recordBeganAt } from './access-facts.ts';
import { asActing } from './acting.ts';
import { currentReview, type Review, reviewMessage } from './show-review.ts';
import { tellPeople, tellPerson, tellRole } from './tell.ts';
import type { Programme } from './work.ts';

const REVIEWED = 'access.review';
const REMINDED = 'access.remind';
const LOOKED = 'access.idle';

/** Up to which instants this process has seen to what was due. */
export interface ReviewMemory {
  reviewedFor: number | null;
  remindedFor: number | null;
  lookedFor: number | null;
}

export const freshReviewMemory = (): ReviewMemory => ({
  reviewedFor: null,
  remindedFor: null,
  lookedFor: null,
});

interface Deps {
  readonly store: Store;
  readonly programme: Programme;
}

/**
 * Does what is due by `now`: the quarter's review, the one reminder that it is not answered, and this week's look for idle accounts.
 * Nothing is due while the record is younger than that time. Safe to repeat. Answers how many of these were done.
 */
export async function reviewRoles(
  { store, programme }: Deps,
  now: Date,
  memory: ReviewMemory,
): Promise<number> {
  const reviewAt = lastDue('quarterly', programme, now);
  const lookAt = lastDue('weekly', programme, now);
  const remindAt = reviewAt && reminderOf(programme, reviewAt);
  let done = 0;
  const once = async (
    key: keyof ReviewMemory,
    dueAt: Date | null,
    go: (work: Looking, dueAt: Date) => Promise<boolean>,
  ): Promise<void> => {
    if (dueAt === null || dueAt > now || memory[key] === dueAt.getTime()) return;
    if (await store.transaction((tx) => go({ tx, now, programme }, dueAt))) done += 1;
    memory[key] = dueAt.getTime();
  };
  await once('reviewedFor', reviewAt, makeReview);
  await once('remindedFor', remindAt, remind);
  await once('lookedFor', lookAt, lookForIdle);
  return done;
}

/** When something is due next, from `after` on. */
export function nextReviewAt(programme: Programme, after: Date): Date | null {
  const reviewAt = lastDue('quarterly', programme, after);
  const remindAt = reviewAt && reminderOf(programme, reviewAt);
  const instants = [
    nextDue('quarterly', programme, after),
    nextDue('weekly', programme, after),
    remindAt && remindAt > after ? remindAt : null,
  ].filter((at) => at !== null);
  return instants.toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null;
}

const reminderOf = ({ businessHours, calendar }: Programme, reviewAt: Date): Date =>
  atBusinessDays(reviewAt, REVIEW_RULES.answerBusinessDays, businessHours.zone, calendar, businessHours);

/** Whether that was done since it was due, or was not due yet when the record began. */
async function isSettled(tx: Tx, verb: string, dueAt: Date): Promise<boolean> {
  const last = await tx.audit.lastOf(verb);
  if (last && last.at >= dueAt) return true;
  const beganAt = await recordBeganAt(tx);
  return beganAt === null || beganAt >= dueAt;
}

/** To administrators, Government Task Lead and auditor, each with what they may do. */
async function makeReview(work: Looking, dueAt: Date): Promise<boolean> {
  const { tx } = work;
  if (await isSettled(tx, REVIEWED, dueAt)) return false;
  const review = await currentReview(work);
  // Days that are closed since may have moved the time, never the review.
  if ((await tx.audit.lastOf(REVIEWED))?.facts.quarter === review.quarter) return false;
  for (const reader of await reviewersOf(work)) {
    await tellPerson(work, reader.id, {
      key: `access-review:${review.quarter}`,
      kind: 'notice',
      urgency: 'routine',
      message: await reviewMessage(work, review, reader, 1),
    });
  }
  await note(work, REVIEWED, { quarter: review.quarter, ...countsOf(review) });
  return true;
}

async function reviewersOf(work: Looking): Promise<readonly Person[]> {
  const found = new Map<string, Person>();
  for (const role of ['platform_admin', 'gtl', 'auditor'] as const)
    for (const person of await work.tx.people.withRole(role)) found.set(person.id, person);
  return [...(await asActing(work, found)).values()];
}

const countsOf = ({ rows }: Review): Readonly<Record<string, string>> => ({
  roles: String(rows.length),
  open: String(rows.filter(({ isOpen }) => isOpen).length),
});

/** Once for each review; of a review that was never made there is nothing to remind of. */
async function remind(work: Looking, dueAt: Date): Promise<boolean> {
  const { tx } = work;
  if (await isSettled(tx, REMINDED, dueAt)) return false;
  const review = await currentReview(work);
  const made = await tx.audit.lastOf(REVIEWED);
  const { open = '0' } = countsOf(review);
  if (made?.facts.quarter !== review.quarter || open === '0') return false;
  await tellRole(work, 'gtl', {
    key: `access-review-open:${review.quarter}`,
    kind: 'escalation',
    urgency: 'routine',
    message: reviewOverdue(review.quarter, Number(open), REVIEW_RULES.answerBusinessDays),
  });
  await note(work, REMINDED, { quarter: review.quarter, open });
  return true;
}

/** Each spell is told of once: the record has since when everybody was idle who was named or still is. */
async function lookForIdle(work: Looking, dueAt: Date): Promise<boolean> {
  const { tx, programme, now } = work;
  if (await isSettled(tx, LOOKED, dueAt)) return false;
  const facts = await accessFacts(work);
  const idle = idleOf(facts, REVIEW_RULES);
  const before = (await tx.audit.lastOf(LOOKED))?.facts ?? {};
  const fresh = new Set(newlyIdle(idle, before));
  const found = facts.people.flatMap((person) => {
    const own = idle.get(person.id);
    return own && fresh.has(person.id) ? [{ person, idle: own }] : [];
  });
  if (found.length > 0)
    await tellPeople(
      work,
      (await tx.people.withRole('platform_admin')).map(({ id }) => id),
      {
        key: `idle-accounts:${localDate(now, programme.timeZone)}`,
        kind: 'notice',
        urgency: 'routine',
        message: idleNotice(found),
      },
    );
  if (idle.size > 0 || Object.keys(before).length > 0)
    await note(work, LOOKED, Object.fromEntries([...idle].map(([id, { sinceOn }]) => [id, sinceOn])));
  return found.length > 0;
}

/** One line of the append-only record. */
function note({ tx, now }: Looking, verb: string, facts: Readonly<Record<string, string>>): Promise<void> {
  return tx.audit.append({
    at: now,
    actorId: null,
    forId: null,
    role: 'bot',
    verb,
    engagementId: null,
    from: null,
    to: null,
    reason: null,
    platform: 'bot',
    facts,
  });
}
