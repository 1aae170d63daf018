/** The engagement at work: start, pause, extension, change of the Service ISSO (domain reference 2.2: T13-T20). */
import type { CisoNotice, Extension, Mark, Pause, Reassignment } from './course.ts';
import { UNSIGNED } from './course.ts';
import { type Change, type Changed, continued, type Engagement, stepped, wrongState } from './engagement.ts';
import { endedServiceIsso, withServiceIsso } from './engagement-matching.ts';
import { isFinal } from './engagement-states.ts';
import type { PersonId } from './ids.ts';
import { accepted, refused } from './result.ts';
import { addDays, type LocalDate } from './time.ts';

/** The Business Owner tells the CISO within this many days (ARS CA-2 Std.3). */
export const CISO_NOTICE_DAYS = 30;

/** A notice to the CISO that is due from `sinceOn`. */
export const cisoNotice = (because: CisoNotice['because'], sinceOn: LocalDate): CisoNotice => ({
  because,
  sinceOn,
  dueOn: addDays(sinceOn, CISO_NOTICE_DAYS),
  doneOn: null,
});

/**
 * T13: the GTL confirms that the Service ISSO works. `failing`: gate items (2.4) that do not hold. Refused while one fails, unless
 * the GTL lets it pass with a reason; the appointment letter never passes so.
 */
export function activate(
  engagement: Engagement,
  gate: { readonly failing: readonly string[]; readonly exceptionReason: string | null },
  on: LocalDate,
  by: Mark,
): Changed {
  if (engagement.state !== 'ONBOARDING') return wrongState(engagement);
  const { failing, exceptionReason } = gate;
  if (failing.includes('appointment_letter')) return refused({ code: 'incomplete', missing: failing });
  if (failing.length > 0 && exceptionReason === null)
    return refused({ code: 'incomplete', missing: failing });
  const { cisoNotices } = engagement.course;
  const because = cisoNotices.some((notice) => notice.because === 'assignment')
    ? 'reassignment'
    : 'assignment';
  return accepted(
    stepped(
      engagement,
      'ACTIVE',
      {
        gateException:
          failing.length > 0 && exceptionReason !== null
            ? { ...by, reason: exceptionReason, items: failing }
            : null,
        activeSinceOn: on,
        cisoNotices: [...cisoNotices, cisoNotice(because, on)],
      },
      by.at,
    ),
  );
}

/** The Business Owner has told the CISO of the oldest open change. */
export function noteCisoTold(engagement: Engagement, on: LocalDate): Changed {
  const { cisoNotices } = engagement.course;
  const at = cisoNotices.findIndex(({ doneOn }) => doneOn === null);
  const open = cisoNotices[at];
  if (!open) return refused({ code: 'already-done' });
  if (on < open.sinceOn) return refused({ code: 'bad-day', because: 'before-start', limitOn: open.sinceOn });
  return accepted(continued(engagement, { cisoNotices: cisoNotices.with(at, { ...open, doneOn: on }) }));
}

/** T14: the GTL pauses, for at most `mostDays`. */
export function pauseEngagement(engagement: Engagement, pause: Pause, mostDays: number): Changed {
  if (engagement.state !== 'ACTIVE') return wrongState(engagement);
  if (pause.resumeOn <= pause.fromOn)
    return refused({ code: 'bad-day', because: 'before-start', limitOn: pause.fromOn });
  const latestOn = addDays(pause.fromOn, mostDays);
  if (pause.resumeOn > latestOn) return refused({ code: 'bad-day', because: 'too-far', limitOn: latestOn });
  return accepted(stepped(engagement, 'PAUSED', { pause }, pause.by.at));
}

/** T15: work goes on. `lapsed`: training and access that are not current any more. */
export function resumeEngagement(engagement: Engagement, lapsed: readonly string[], now: Date): Changed {
  if (engagement.state !== 'PAUSED') return wrongState(engagement);
  if (lapsed.length > 0) return refused({ code: 'incomplete', missing: lapsed });
  return accepted(stepped(engagement, 'ACTIVE', { pause: null }, now));
}

/** T16: it is asked whether to extend: by the Business Owner, the GTL, or the bot 60 days before the end (`asked` null). */
export function reviewExtension(
  engagement: Engagement,
  ask: Pick<Extension, 'asked' | 'because' | 'endOn'>,
  now: Date,
): Changed {
  if (engagement.state !== 'ACTIVE') return wrongState(engagement);
  const extension: Extension = { ...ask, gtl: null, cor: null, wish: null };
  return accepted(stepped(engagement, 'EXTENSION_REVIEW', { extension }, now));
}

/** What the Business Owner wishes: to extend until a day, to end, or to have somebody else. */
export function wishForExtension(
  engagement: Engagement,
  wish: NonNullable<Extension['wish']>,
  endOn: LocalDate | null,
): Changed {
  const { extension, term } = engagement.course;
  if (engagement.state !== 'EXTENSION_REVIEW' || !extension) return wrongState(engagement);
  const present = term?.endOn ?? null;
  if (wish === 'extend' && endOn !== null && present !== null && endOn <= present)
    return refused({ code: 'bad-day', because: 'before-start', limitOn: present });
  // Another end is another question: what was approved was the end before.
  const isSameEnd = endOn === extension.endOn;
  return accepted(
    continued(engagement, {
      extension: {
        ...extension,
        wish,
        endOn,
        gtl: isSameEnd ? extension.gtl : null,
        cor: isSameEnd ? extension.cor : null,
      },
    }),
  );
}

/** T17: GTL and COR each approve the new end; with both, work goes on until then. Two people are needed. */
export function approveExtension(engagement: Engagement, side: 'gtl' | 'cor', by: Mark): Changed {
  const { extension, term } = engagement.course;
  if (engagement.state !== 'EXTENSION_REVIEW' || !extension || !term) return wrongState(engagement);
  if (extension.endOn === null) return refused({ code: 'waits-for', side: 'business_owner' });
  if (extension[side]) return refused({ code: 'already-done' });
  if (extension[side === 'gtl' ? 'cor' : 'gtl']?.byId === by.byId) return refused({ code: 'same-person' });
  const approved: Extension = { ...extension, [side]: by };
  if (!approved.gtl || !approved.cor) return accepted(continued(engagement, { extension: approved }));
  return accepted(
    stepped(engagement, 'ACTIVE', { extension: null, term: { ...term, endOn: extension.endOn } }, by.at),
  );
}

/** T19: the Service ISSO is to be changed; the engagement stays open. */
export function reassign(
  engagement: Engagement,
  wanted: { readonly reason: string; readonly replacementId: PersonId | null },
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
  return accepted(stepped(engagement, 'REASSIGNING', { reassignment }, by.at));
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

/** Hours, or the end, as changed by a request for change; the state stays. */
export function changeTerm(
  engagement: Engagement,
  change: { readonly hoursPerWeek?: number; readonly endOn?: LocalDate | null },
): Changed {
  const { term } = engagement.course;
  if (isFinal(engagement.state) || !term) return wrongState(engagement);
  const next = { ...term, ...change };
  if (next.endOn !== null && next.endOn <= term.startOn)
    return refused({ code: 'bad-day', because: 'before-start', limitOn: term.startOn });
  return accepted(continued(engagement, { term: next }));
}
