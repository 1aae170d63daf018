import type { EngagementId, PersonId } from './ids.ts';
import { accepted, type Result, refused } from './result.ts';
import { addDays, type LocalDate } from './time.ts';

/**
 * Dates of an engagement that its meetings and prompts count from: day 0 of onboarding, the day the Service ISSO began
 * to work on the system, the day their role-based training was done, the day it is due next, and the day the work ended.
 */
export const MILESTONES = [
  'onboarding-began',
  'work-began',
  'training-done',
  'training-due',
  'work-ended',
] as const;
export type MilestoneName = (typeof MILESTONES)[number];

export interface Milestone {
  readonly engagementId: EngagementId;
  readonly name: MilestoneName;
  /** The Service ISSO whom it is about. */
  readonly personId: PersonId;
  readonly on: LocalDate;
}

/** Training is due at least once a year; a day further ahead than this is a slip (domain reference 5.2). */
const TRAINING_DUE_DAYS_AHEAD = 400;

/** Why a date can't be recorded. */
export type MilestoneRefusal =
  | { readonly code: 'work-not-begun' }
  | { readonly code: 'ends-before-it-began' }
  /** What happened can't lie ahead. */
  | { readonly code: 'still-to-come' }
  /** It was done again since: the newest day counts. */
  | { readonly code: 'done-since'; readonly doneOn: LocalDate }
  | { readonly code: 'before-onboarding'; readonly beganOn: LocalDate }
  /** Onboarding would begin after something that it comes before. */
  | { readonly code: 'onboarding-too-late'; readonly before: MilestoneName; readonly on: LocalDate }
  | { readonly code: 'due-before-done'; readonly doneOn: LocalDate }
  | { readonly code: 'due-too-far'; readonly latestOn: LocalDate };

/**
 * Whether a date fits the others of the same engagement and Service ISSO, `own`: onboarding comes before work and training,
 * work before its end; what happened is not ahead of `today`. Onboarding and the end of work may be known in advance.
 */
export function checkMilestone(
  own: readonly Milestone[],
  { name, on }: Pick<Milestone, 'name' | 'on'>,
  today: LocalDate,
): Result<null, MilestoneRefusal> {
  const day = (of: MilestoneName): LocalDate | null => own.find((each) => each.name === of)?.on ?? null;
  const [onboarded, began, done, ended] = [
    day('onboarding-began'),
    day('work-began'),
    day('training-done'),
    day('work-ended'),
  ];
  switch (name) {
    case 'onboarding-began': {
      if (began !== null && began < on)
        return refused({ code: 'onboarding-too-late', before: 'work-began', on: began });
      if (done !== null && done < on)
        return refused({ code: 'onboarding-too-late', before: 'training-done', on: done });
      return accepted(null);
    }
    case 'work-began':
    case 'training-done': {
      if (on > today) return refused({ code: 'still-to-come' });
      if (name === 'training-done' && done !== null && on < done)
        return refused({ code: 'done-since', doneOn: done });
      if (onboarded !== null && on < onboarded)
        return refused({ code: 'before-onboarding', beganOn: onboarded });
      return name === 'work-began' && ended !== null && ended < on
        ? refused({ code: 'ends-before-it-began' })
        : accepted(null);
    }
    case 'training-due': {
      const latestOn = addDays(today, TRAINING_DUE_DAYS_AHEAD);
      if (on > latestOn) return refused({ code: 'due-too-far', latestOn });
      return done !== null && on <= done
        ? refused({ code: 'due-before-done', doneOn: done })
        : accepted(null);
    }
    case 'work-ended':
      if (began === null) return refused({ code: 'work-not-begun' });
      return on < began ? refused({ code: 'ends-before-it-began' }) : accepted(null);
    default:
      return name satisfies never;
  }
}
