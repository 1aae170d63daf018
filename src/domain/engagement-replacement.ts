/** Another Service ISSO for an engagement that goes on (domain reference 2.2: T19, T20). */
import { type Mark, type PassedOver, type Reassignment, UNSIGNED } from './course.ts';
import { type Change, type Changed, continued, type Engagement, stepped, wrongState } from './engagement.ts';
import { endedServiceIsso, withServiceIsso } from './engagement-matching.ts';
import { cisoNotice } from './engagement-work.ts';
import type { PersonId } from './ids.ts';
import { accepted, refused } from './result.ts';
import type { LocalDate } from './time.ts';

/**
 * T19: the Service ISSO is to be changed; the engagement stays open. `endOn` is the last day of the present one: from then on the
 * CISO is to be told, where they were at work (ARS CA-2 Std.3).
 */
export function reassign(
  engagement: Engagement,
  wanted: { readonly reason: string; readonly replacementId: PersonId | null; readonly endOn?: LocalDate },
  by: Mark,
): Changed {
  const { state, course } = engagement;
  if ((state !== 'ACTIVE' && state !== 'ONBOARDING') || course.serviceIssoId === null)
    return wrongState(engagement);
  if (wanted.replacementId === course.serviceIssoId) return refused({ code: 'same-person' });
  const reassignment: Reassignment = {
    reason: wanted.reason,
    by,
    outgoingId: course.serviceIssoId,
    replacement: wanted.replacementId
      ? { personId: wanted.replacementId, ispg: null, businessOwner: null }
      : null,
  };
  const notices =
    state === 'ACTIVE' && wanted.endOn !== undefined ? [cisoNotice('reassignment', wanted.endOn)] : [];
  return accepted(
    stepped(
      engagement,
      'REASSIGNING',
      { reassignment, cisoNotices: [...course.cisoNotices, ...notices] },
      by.at,
    ),
  );
}

/** ISPG, then the Business Owner, accept the replacement who was named. */
export function acceptReplacement(
  engagement: Engagement,
  side: 'ispg' | 'business_owner',
  by: Mark,
): Changed {
  const { reassignment } = engagement.course;
  const replacement = reassignment?.replacement;
  if (engagement.state !== 'REASSIGNING' || !reassignment || !replacement) return wrongState(engagement);
  const field = side === 'ispg' ? 'ispg' : 'businessOwner';
  if (replacement[field]) return refused({ code: 'already-done' });
  if (side === 'business_owner' && !replacement.ispg) return refused({ code: 'waits-for', side: 'ispg' });
  if (side === 'business_owner' && replacement.ispg?.byId === by.byId)
    return refused({ code: 'same-person' });
  return accepted(
    continued(engagement, {
      reassignment: { ...reassignment, replacement: { ...replacement, [field]: by } },
    }),
  );
}

/**
 * ISPG, or after it the Business Owner, declines the replacement who was named, with a reason code; they are free again. Without
 * another one the search begins again (T20).
 */
export function declineReplacement(
  engagement: Engagement,
  reason: string,
  side: PassedOver['side'],
  by: Mark,
): Changed {
  const { reassignment, passedOver } = engagement.course;
  const replacement = reassignment?.replacement;
  if (engagement.state !== 'REASSIGNING' || !reassignment || !replacement) return wrongState(engagement);
  if (side === 'business_owner' && !replacement.ispg) return refused({ code: 'waits-for', side: 'ispg' });
  const gone: PassedOver = { personId: replacement.personId, reason, side, by };
  return accepted(
    continued(engagement, {
      reassignment: { ...reassignment, replacement: null },
      passedOver: [...passedOver, gone],
    }),
  );
}

/** Somebody is named after all, such as when the one before was declined. Refused while another one is named, and for who leaves. */
export function nameReplacement(engagement: Engagement, personId: PersonId): Changed {
  const { reassignment } = engagement.course;
  if (engagement.state !== 'REASSIGNING' || !reassignment) return wrongState(engagement);
  if (reassignment.replacement) return refused({ code: 'already-done' });
  if (personId === reassignment.outgoingId) return refused({ code: 'same-person' });
  const replacement = { personId, ispg: null, businessOwner: null };
  return accepted(continued(engagement, { reassignment: { ...reassignment, replacement } }));
}

/**
 * T20: with a replacement that both have accepted onboarding begins for them on `dayZeroOn`; without one the search begins
 * again. Refused while a named one is not accepted.
 */
export function replace(engagement: Engagement, dayZeroOn: LocalDate, by: Mark): Changed {
  const { reassignment } = engagement.course;
  if (engagement.state !== 'REASSIGNING' || !reassignment) return wrongState(engagement);
  const { replacement } = reassignment;
  if (!replacement) return accepted(searchAgain(engagement, by));
  if (!replacement.ispg) return refused({ code: 'waits-for', side: 'ispg' });
  if (!replacement.businessOwner) return refused({ code: 'waits-for', side: 'business_owner' });
  return accepted(
    stepped(
      engagement,
      'ONBOARDING',
      {
        candidate: null,
        serviceIssoId: replacement.personId,
        dayZeroOn,
        letter: UNSIGNED,
        gateException: null,
        activeSinceOn: null,
        reassignment: null,
      },
      by.at,
      withServiceIsso(
        engagement.memberships,
        replacement.personId,
        replacement.ispg,
        replacement.businessOwner,
      ),
    ),
  );
}

function searchAgain(engagement: Engagement, by: Mark): Change {
  return stepped(
    engagement,
    'MATCHING',
    {
      candidate: null,
      serviceIssoId: null,
      dayZeroOn: null,
      letter: UNSIGNED,
      gateException: null,
      activeSinceOn: null,
      reassignment: null,
      searchSince: by.at,
    },
    by.at,
    endedServiceIsso(engagement.memberships, by),
  );
}
