/** What falls due in an engagement by the calendar alone (domain reference 2.3, 4.6). Pure. */
import type { CisoNotice } from './course.ts';
import type { Engagement } from './engagement.ts';
import { addDays, daysBetween, type LocalDate } from './time.ts';

/** Days that are looked at; all count on the calendar, working days or not. */
export interface WatchDays {
  /** After day 0 of onboarding. */
  readonly onboardingAlerts: readonly number[];
  /** Before the end: the extension is asked for, and is to be settled. */
  readonly extensionAsked: number;
  readonly extensionFinal: number;
  /** Before a pause ends. */
  readonly pauseReminders: readonly number[];
  /** After the change that the CISO is to be told of. */
  readonly cisoReminders: readonly number[];
}

export type StepDue =
  | { readonly what: 'onboarding-alert'; readonly day: number }
  /** T16. */
  | { readonly what: 'ask-extension' }
  | { readonly what: 'extension-undecided'; readonly endOn: LocalDate }
  /** T18: the end is reached. */
  | { readonly what: 'term-over' }
  | { readonly what: 'pause-ends'; readonly daysBefore: number; readonly resumeOn: LocalDate }
  | { readonly what: 'ends-in-pause'; readonly endOn: LocalDate }
  | { readonly what: 'ciso-reminder'; readonly notice: CisoNotice; readonly day: number }
  | { readonly what: 'ciso-overdue'; readonly notice: CisoNotice };

/**
 * All that is due on `today`, of each ladder the newest rung alone: what an outage held up comes once or not at all. The same is due
 * again on the days after, until it is settled; whoever acts on it does so once.
 */
export function stepsDue(engagement: Engagement, today: LocalDate, days: WatchDays): readonly StepDue[] {
  return [...stateSteps(engagement, today, days), ...cisoSteps(engagement, today, days)];
}

function stateSteps(engagement: Engagement, today: LocalDate, days: WatchDays): readonly StepDue[] {
  const { dayZeroOn, term, pause } = engagement.course;
  const endOn = term?.endOn ?? null;
  const isNear = (ahead: number): boolean => endOn !== null && addDays(endOn, -ahead) <= today;
  switch (engagement.state) {
    case 'ONBOARDING': {
      const day =
        dayZeroOn === null ? null : newestRung(days.onboardingAlerts, daysBetween(dayZeroOn, today));
      return day === null ? [] : [{ what: 'onboarding-alert', day }];
    }
    case 'ACTIVE':
      return isNear(days.extensionAsked) ? [{ what: 'ask-extension' }] : [];
    case 'EXTENSION_REVIEW': {
      if (endOn === null) return [];
      if (today >= endOn) return [{ what: 'term-over' }];
      return isNear(days.extensionFinal) ? [{ what: 'extension-undecided', endOn }] : [];
    }
    case 'PAUSED':
      return [
        ...(pause ? pauseSteps(pause.resumeOn, today, days) : []),
        ...(endOn !== null && isNear(days.extensionFinal) ? [{ what: 'ends-in-pause', endOn } as const] : []),
      ];
    default:
      return [];
  }
}

function pauseSteps(
  resumeOn: LocalDate,
  today: LocalDate,
  { pauseReminders }: WatchDays,
): readonly StepDue[] {
  const left = daysBetween(today, resumeOn);
  const daysBefore = pauseReminders.filter((day) => left <= day).toSorted((a, b) => a - b)[0];
  return daysBefore === undefined ? [] : [{ what: 'pause-ends', daysBefore, resumeOn }];
}

function cisoSteps(
  { course }: Engagement,
  today: LocalDate,
  { cisoReminders }: WatchDays,
): readonly StepDue[] {
  return course.cisoNotices.flatMap((notice): StepDue[] => {
    if (notice.doneOn !== null) return [];
    const day = newestRung(cisoReminders, daysBetween(notice.sinceOn, today));
    return [
      ...(day === null ? [] : [{ what: 'ciso-reminder', notice, day } as const]),
      ...(notice.dueOn < today ? [{ what: 'ciso-overdue', notice } as const] : []),
    ];
  });
}

/** The last of `days` that has come by `day`; null when none has. */
const newestRung = (days: readonly number[], day: number): number | null => {
  const come = days.filter((each) => each <= day);
  return come.length === 0 ? null : Math.max(...come);
};
