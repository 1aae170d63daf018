/** From the kickoff to the search: form, context, skills, and sending them back (domain reference 2.2: T5-T8, T26, T27). */
import type { Mark, Tier } from './course.ts';
import { type Changed, continued, type Engagement, moved, stepped, wrongState } from './engagement.ts';
import { reckonSeconds } from './engagement-members.ts';
import { isFinal, maySendBack, type OpenState } from './engagement-states.ts';
import type { PersonId } from './ids.ts';
import { accepted, refused } from './result.ts';

/** T5: ISPG locks the Request Form at `version`. `missing`: keys of required questions without an answer. */
export function lockForm(
  engagement: Engagement,
  form: { readonly version: number; readonly missing: readonly string[] },
  by: Mark,
): Changed {
  if (engagement.state !== 'KICKOFF_HELD') return wrongState(engagement);
  if (form.version === 0 || form.missing.length > 0)
    return refused({ code: 'incomplete', missing: form.missing });
  return accepted(stepped(engagement, 'FORM_COMPLETE', { form: { ...by, version: form.version } }, by.at));
}

/** What the context assessment came to. */
export interface Assessed {
  readonly version: number;
  readonly missing: readonly string[];
  readonly score: number;
  readonly tier: Tier;
  readonly isHva: boolean | null;
}

/**
 * T6: ISPG and the contractor each confirm the context assessment; the second confirmation completes it. A confirmation of an
 * older version counts no more. Refused while answers are missing, and when the same person would confirm for both sides.
 */
export function confirmContext(
  engagement: Engagement,
  assessed: Assessed,
  side: 'ispg' | 'contractor',
  by: Mark,
): Changed {
  if (engagement.state !== 'FORM_COMPLETE') return wrongState(engagement);
  if (assessed.version === 0 || assessed.missing.length > 0)
    return refused({ code: 'incomplete', missing: assessed.missing });
  const { context: before } = engagement.course;
  const standing = before?.version === assessed.version ? before : null;
  if (standing?.[side]) return refused({ code: 'already-done' });
  const other = standing?.[side === 'ispg' ? 'contractor' : 'ispg'] ?? null;
  if (other?.byId === by.byId) return refused({ code: 'same-person' });
  const { version, score, tier, isHva } = assessed;
  const context = {
    version,
    score,
    tier,
    isHva,
    ispg: side === 'ispg' ? by : (standing?.ispg ?? null),
    contractor: side === 'contractor' ? by : (standing?.contractor ?? null),
  };
  if (!context.ispg || !context.contractor) return accepted(continued(engagement, { context }));
  const memberships = reckonSeconds(engagement.memberships, isHva);
  return accepted(stepped(engagement, 'CONTEXT_ASSESSED', { context }, by.at, memberships));
}

/** T7: the contractor lead settles the skill profile. */
export function categorizeSkills(
  engagement: Engagement,
  profile: { readonly version: number; readonly missing: readonly string[] },
  by: Mark,
): Changed {
  if (engagement.state !== 'CONTEXT_ASSESSED') return wrongState(engagement);
  if (profile.version === 0 || profile.missing.length > 0)
    return refused({ code: 'incomplete', missing: profile.missing });
  const skills = { ...by, version: profile.version };
  return accepted(stepped(engagement, 'SKILLS_CATEGORIZED', { skills }, by.at));
}

/** T8: the search begins, by itself, once the skills are set. */
export function beginSearch(engagement: Engagement, now: Date): Changed {
  if (engagement.state !== 'SKILLS_CATEGORIZED') return wrongState(engagement);
  return accepted(stepped(engagement, 'MATCHING', { searchSince: now }, now));
}

/**
 * T27: back to an earlier step for rework. What was settled after that step counts no more, the funding among it when the Request
 * Form is opened again; the papers stay as they are, and the times are counted.
 */
export function sendBack(engagement: Engagement, to: OpenState, now: Date): Changed {
  if (!maySendBack(engagement.state, to)) return wrongState(engagement);
  const { course } = engagement;
  const keepsForm = to !== 'KICKOFF_HELD';
  return accepted(
    stepped(
      engagement,
      to,
      {
        form: keepsForm ? course.form : null,
        funding: keepsForm ? course.funding : null,
        context: to === 'CONTEXT_ASSESSED' ? course.context : null,
        skills: null,
        searchSince: null,
        timesSentBack: course.timesSentBack + 1,
      },
      now,
    ),
  );
}

/** T26: who the Business Owner or the Cyber Risk Advisor is, corrected. Refused when nothing would change, and in a final state. */
export function changeParty(
  engagement: Engagement,
  change: { readonly businessOwnerId?: PersonId; readonly craId?: PersonId },
): Changed {
  if (isFinal(engagement.state)) return wrongState(engagement);
  const isSame =
    (change.businessOwnerId ?? engagement.businessOwnerId) === engagement.businessOwnerId &&
    (change.craId ?? engagement.craId) === engagement.craId;
  return isSame ? refused({ code: 'already-done' }) : accepted(moved(engagement, change));
}

/** T26: something that was settled was corrected in its paper, which is now at `version`; the state stays. */
export function notePaperCorrected(
  engagement: Engagement,
  kind: 'request-form' | 'skill-profile',
  version: number,
): Changed {
  if (isFinal(engagement.state)) return wrongState(engagement);
  const { form, skills } = engagement.course;
  if (kind === 'request-form' && form) return accepted(continued(engagement, { form: { ...form, version } }));
  if (kind === 'skill-profile' && skills)
    return accepted(continued(engagement, { skills: { ...skills, version } }));
  return refused({ code: 'waits-for', side: kind === 'request-form' ? 'ispg' : 'contractor' });
}
