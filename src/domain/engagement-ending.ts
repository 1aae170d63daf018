/** The end of an engagement, and a new request from an ended one (domain reference 2.2: T18, T21, T22, T25). */
import { type Mark, NEW_COURSE, type OffBoarding } from './course.ts';
import {
  type Change,
  type Changed,
  continued,
  type Engagement,
  moved,
  type StoredAnswer,
  stepped,
  wrongState,
} from './engagement.ts';
import { endedServiceIsso } from './engagement-matching.ts';
import { cisoNotice } from './engagement-work.ts';
import type { EngagementId, PersonId, RequestNumber } from './ids.ts';
import { accepted, refused } from './result.ts';
import { addDays, type LocalDate } from './time.ts';

/** States from which an engagement ends: T21, and T18 from the review of an extension. */
const ENDING_FROM: readonly string[] = ['ACTIVE', 'PAUSED', 'ONBOARDING', 'EXTENSION_REVIEW'];

/** T18 and T21: off-boarding begins, with its reason, last day and who takes over. */
export function beginOffBoarding(
  engagement: Engagement,
  offBoarding: Omit<OffBoarding, 'done' | 'by'> & { readonly by: Mark },
): Changed {
  if (!ENDING_FROM.includes(engagement.state)) return wrongState(engagement);
  return accepted(offBoarded(engagement, offBoarding, offBoarding.by.at));
}

/**
 * T18 by itself: the end is reached and nobody approved another one. The Business Owner takes the work over. Refused before that
 * day.
 */
export function endWithTerm(engagement: Engagement, today: LocalDate, now: Date): Changed {
  const endOn = engagement.course.term?.endOn ?? null;
  if (engagement.state !== 'EXTENSION_REVIEW' || endOn === null) return wrongState(engagement);
  if (today < endOn)
    return refused({ code: 'bad-day', because: 'before-start', limitOn: addDays(endOn, -1) });
  const offBoarding = { reason: TERM_ENDED, endOn, handOverId: engagement.businessOwnerId, by: null };
  return accepted(offBoarded(engagement, offBoarding, now));
}

/** The reason code of an engagement that ended with its term. */
export const TERM_ENDED = 'term_ended';

function offBoarded(engagement: Engagement, offBoarding: Omit<OffBoarding, 'done'>, now: Date): Change {
  const { cisoNotices } = engagement.course;
  return stepped(
    engagement,
    'OFFBOARDING',
    {
      offBoarding: { ...offBoarding, done: null },
      pause: null,
      extension: null,
      cisoNotices: [...cisoNotices, cisoNotice('off-boarding', offBoarding.endOn)],
    },
    now,
  );
}

/** The contractor lead says that off-boarding is done; `open`: lines of the card that are not resolved. */
export function reportOffBoarded(engagement: Engagement, open: readonly string[], by: Mark): Changed {
  const { offBoarding } = engagement.course;
  if (engagement.state !== 'OFFBOARDING' || !offBoarding) return wrongState(engagement);
  if (offBoarding.done) return refused({ code: 'already-done' });
  if (open.length > 0) return refused({ code: 'incomplete', missing: open });
  return accepted(continued(engagement, { offBoarding: { ...offBoarding, done: by } }));
}

/** T22: the GTL countersigns and the engagement is closed. Refused before the contractor lead's word, and for the same person. */
export function closeEngagement(engagement: Engagement, open: readonly string[], by: Mark): Changed {
  const { offBoarding } = engagement.course;
  if (engagement.state !== 'OFFBOARDING' || !offBoarding) return wrongState(engagement);
  if (!offBoarding.done) return refused({ code: 'waits-for', side: 'contractor' });
  if (open.length > 0) return refused({ code: 'incomplete', missing: open });
  if (offBoarding.done.byId === by.byId) return refused({ code: 'same-person' });
  return accepted(
    moved(engagement, {
      state: 'CLOSED',
      stateSinceAt: by.at,
      ending: { reason: offBoarding.reason, note: null, byId: by.byId, at: by.at },
      memberships: endedServiceIsso(engagement.memberships, by),
    }),
  );
}

/** A statement that somebody agreed to; whoever files a request agrees to it anew. */
const isAttested = ({ key }: StoredAnswer): boolean => key.startsWith('attest_');

/** T25: a new draft from an ended request. The ended one stays as it is. Refused for one that did not end before its engagement. */
export function copyRequest(
  ended: Engagement,
  copy: { readonly id: EngagementId; readonly number: RequestNumber; readonly byId: PersonId },
  now: Date,
): Changed {
  if (ended.state !== 'WITHDRAWN' && ended.state !== 'DECLINED') return wrongState(ended);
  const engagement: Engagement = {
    ...ended,
    id: copy.id,
    number: copy.number,
    version: 1,
    state: 'DRAFT',
    answers: ended.answers.filter((answer) => !isAttested(answer)),
    ending: null,
    requesterId: copy.byId,
    memberIds: [],
    memberships: [],
    askedBack: null,
    createdAt: now,
    submittedAt: null,
    stateSinceAt: now,
    triagedById: null,
    course: { ...NEW_COURSE, copyOf: ended.number },
  };
  const change: Change = { engagement, from: null };
  return accepted(change);
}
