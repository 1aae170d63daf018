/** The engagement at work: start, pause, extension, changed terms (domain reference 2.2: T13-T17). */
import type { CisoNotice, Extension, Mark, Pause } from './course.ts';
import { type Changed, continued, type Engagement, stepped, wrongState } from './engagement.ts';
import { isLetterProcessed } from './engagement-matching.ts';
import { isAssigned } from './engagement-states.ts';
import { accepted, refused } from './result.ts';
import { addDays, type LocalDate } from './time.ts';

/** The Business Owner tells the CISO within this many days (ARS CA-2 Std.3). */
export const CISO_NOTICE_DAYS = 30;

/** The appointment letter among the keys of the gate. */
const LETTER_KEY = 'appointment_letter';

/** A notice to the CISO that is due from `sinceOn`. */
export const cisoNotice = (because: CisoNotice['because'], sinceOn: LocalDate): CisoNotice => ({
  because,
  sinceOn,
  dueOn: addDays(sinceOn, CISO_NOTICE_DAYS),
  doneOn: null,
});

/**
 * T13: the GTL confirms that the Service ISSO works. `failing`: gate items (2.4) that do not hold. Refused while one fails, unless
 * the GTL lets it pass with a reason; the appointment letter never passes so. Refused before day 0.
 */
export function activate(
  engagement: Engagement,
  gate: { readonly failing: readonly string[]; readonly exceptionReason: string | null },
  on: LocalDate,
  by: Mark,
): Changed {
  if (engagement.state !== 'ONBOARDING') return wrongState(engagement);
  const { dayZeroOn } = engagement.course;
  if (dayZeroOn !== null && on < dayZeroOn)
    return refused({ code: 'bad-day', because: 'before-start', limitOn: addDays(dayZeroOn, -1) });
  const { failing, exceptionReason } = gate;
  if (!isLetterProcessed(engagement.course.letter) || failing.includes(LETTER_KEY))
    return refused({ code: 'incomplete', missing: [...new Set([LETTER_KEY, ...failing])] });
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
  // That somebody leaves is known, and can be told, before their last day.
  if (on < open.sinceOn && open.because !== 'off-boarding')
    return refused({ code: 'bad-day', because: 'before-start', limitOn: addDays(open.sinceOn, -1) });
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

/** T16: it is asked whether to extend: by the Business Owner, the GTL, or the bot 60 days before the end (`asked` null). Refused for a day that is no later end. */
export function reviewExtension(
  engagement: Engagement,
  ask: Pick<Extension, 'asked' | 'because' | 'endOn'>,
  now: Date,
): Changed {
  const { state, course } = engagement;
  const present = course.term?.endOn ?? null;
  // Work on a continuous basis has no end that could be put off.
  if (state !== 'ACTIVE' || present === null) return wrongState(engagement);
  if (ask.endOn !== null && ask.endOn <= present)
    return refused({ code: 'bad-day', because: 'before-start', limitOn: present });
  const extension: Extension = { ...ask, gtl: null, cor: null, wish: null };
  return accepted(stepped(engagement, 'EXTENSION_REVIEW', { extension }, now));
}

/** What the Business Owner wishes: to go on until a day (left out: the one that was asked for), with the same person or another, or to end. */
export function wishForExtension(
  engagement: Engagement,
  wish: NonNullable<Extension['wish']>,
  endOn: LocalDate | null,
): Changed {
  const { extension, term } = engagement.course;
  if (engagement.state !== 'EXTENSION_REVIEW' || !extension) return wrongState(engagement);
  const present = term?.endOn ?? null;
  const wanted = wish === 'end' ? null : (endOn ?? extension.endOn);
  if (wish !== 'end' && wanted === null) return refused({ code: 'incomplete', missing: ['new_end'] });
  if (wanted !== null && present !== null && wanted <= present)
    return refused({ code: 'bad-day', because: 'before-start', limitOn: present });
  // Another end is another question: what was approved was the end before.
  const isSameEnd = wanted === extension.endOn;
  return accepted(
    continued(engagement, {
      extension: {
        ...extension,
        wish,
        endOn: wanted,
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

/**
 * Hours, or an earlier end, as changed by a request for change; the state stays. A later end is an extension, which the GTL does
 * not approve alone (T17).
 */
export function changeTerm(
  engagement: Engagement,
  change: { readonly hoursPerWeek?: number; readonly endOn?: LocalDate | null },
): Changed {
  const { term } = engagement.course;
  if (!isAssigned(engagement.state) || !term) return wrongState(engagement);
  const next = { ...term, ...change };
  if (next.endOn === term.endOn && next.hoursPerWeek === term.hoursPerWeek)
    return refused({ code: 'already-done' });
  if (term.endOn !== null && (next.endOn === null || next.endOn > term.endOn))
    return refused({ code: 'waits-for', side: 'cor' });
  if (next.endOn !== null && next.endOn <= term.startOn)
    return refused({ code: 'bad-day', because: 'before-start', limitOn: term.startOn });
  return accepted(continued(engagement, { term: next }));
}
