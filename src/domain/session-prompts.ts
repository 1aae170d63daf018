/**
 * When the bot itself proposes a meeting that is held "as needed" (domain reference 6.1): a satisfaction session on day 30
 * and day 90 of work and then quarterly; a review of role-based training while anybody is within 30 days of due, and
 * quarterly. After an outage only the newest prompt of each counts. Pure.
 */
import { addBusinessDays, type Calendar } from './calendar.ts';
import type { EngagementId, PersonId } from './ids.ts';
import type { Milestone } from './milestone.ts';
import { askingAt, scheduledOccasions, workPeriod } from './survey-occasions.ts';
import { addDays, DAY_MS, type LocalDate, localDate } from './time.ts';

/** Onboarding and training are to be done within so many days (domain reference 4.4). */
const TRAINING_DUE_DAYS = 60;
/** "Within 30 days of due", and at most one prompt in so many days. */
export const TRAINING_PROMPT_DAYS = 30;
/** Far more than anybody takes: ten years. */
const MOST_TRAINING_PROMPTS = 122;
/** A prompt may lie so far ahead and still be named as the next one: longer than a year. */
const LOOK_AHEAD_DAYS = 400;
/** Satisfaction sessions so near to a prompt stand for it. */
export const SATISFACTION_NEAR_DAYS = 14;

/** Something to propose at an instant; `name` is its identity among those of its kind. */
export interface Prompt {
  readonly name: string;
  readonly at: Date;
}

interface When {
  readonly zone: string;
  readonly calendar: Calendar;
  readonly now: Date;
}

type Dated = Pick<Milestone, 'name' | 'personId' | 'on'>;

/** The newest prompt for a satisfaction session that is due, and the first one to come; null where there is none. */
export function satisfactionPrompts(milestones: readonly Dated[], when: When): Around {
  const period = workPeriod(milestones);
  if (!period) return { due: null, next: null };
  const until = addDays(localDate(when.now, when.zone), LOOK_AHEAD_DAYS);
  const prompts = scheduledOccasions(period, until, when.calendar).map((occasion) => ({
    name: occasion.name,
    at: askingAt(occasion, when.zone),
  }));
  const around = aroundNow(prompts, when.now);
  // Nobody works there any more: what was due before is no longer sensible.
  return period.endedOn !== null && period.endedOn < localDate(when.now, when.zone)
    ? { due: null, next: null }
    : around;
}

export interface Around {
  readonly due: Prompt | null;
  readonly next: Prompt | null;
}

function aroundNow(prompts: readonly Prompt[], now: Date): Around {
  const inOrder = prompts.toSorted((a, b) => a.at.getTime() - b.at.getTime());
  return {
    due: inOrder.filter(({ at }) => at <= now).at(-1) ?? null,
    next: inOrder.find(({ at }) => at > now) ?? null,
  };
}

type Training = Pick<Milestone, 'engagementId' | 'name' | 'personId' | 'on'>;

/**
 * The prompts for a review of role-based training: while a Service ISSO's training is not done, from 30 days before its
 * due date on every 30 days; and on the first business day of each quarter while anybody is engaged. Those of the last 30
 * days and the newest due one, and the first to come.
 */
export function trainingPrompts(
  milestones: readonly Training[],
  when: When,
): Around & { readonly recent: readonly Prompt[] } {
  const prompts = [...personPrompts(milestones, when), ...quarterPrompts(milestones, when)];
  const around = aroundNow(prompts, when.now);
  const since = (around.due?.at ?? when.now).getTime() - TRAINING_PROMPT_DAYS * DAY_MS;
  return { ...around, recent: prompts.filter(({ at }) => at.getTime() > since && at <= when.now) };
}

/** Whoever's training is done, or whose work ended, needs none from then on; what was prompted before stays counted. */
function personPrompts(milestones: readonly Training[], when: When): Prompt[] {
  const today = localDate(when.now, when.zone);
  return milestones
    .filter(({ name }) => name === 'onboarding-began')
    .flatMap((began) => {
      const closedOn = closingDay(milestones, began.engagementId, began.personId);
      const made: Prompt[] = [];
      for (let turn = 0; turn < MOST_TRAINING_PROMPTS; turn += 1) {
        const day = TRAINING_DUE_DAYS - TRAINING_PROMPT_DAYS + turn * TRAINING_PROMPT_DAYS;
        const on = addBusinessDays(addDays(began.on, day), 0, when.calendar);
        if (on > addDays(today, LOOK_AHEAD_DAYS) || (closedOn !== null && closedOn <= on)) break;
        made.push({
          name: `${began.engagementId}-${began.personId}-day-${day}`,
          at: askingAt({ name: '', on }, when.zone),
        });
      }
      return made;
    });
}

function closingDay(
  milestones: readonly Training[],
  engagementId: EngagementId,
  personId: PersonId,
): LocalDate | null {
  const days = milestones
    .filter(
      (each) =>
        each.engagementId === engagementId &&
        each.personId === personId &&
        (each.name === 'training-done' || each.name === 'work-ended'),
    )
    .map(({ on }) => on);
  return days.toSorted()[0] ?? null;
}

/** The first business days of January, April, July and October, while somebody who began has not ended. */
function quarterPrompts(milestones: readonly Training[], when: When): Prompt[] {
  const year = Number(localDate(when.now, when.zone).slice(0, 4));
  return [year - 1, year, year + 1].flatMap((each) =>
    ['01', '04', '07', '10'].flatMap((month) => {
      const on = addBusinessDays(`${each}-${month}-01`, 0, when.calendar);
      return isAnybodyEngaged(milestones, on)
        ? [{ name: `quarter-${each}-${month}`, at: askingAt({ name: '', on }, when.zone) }]
        : [];
    }),
  );
}

const isAnybodyEngaged = (milestones: readonly Training[], on: LocalDate): boolean =>
  milestones.some(
    (began) =>
      began.name === 'onboarding-began' &&
      began.on <= on &&
      !milestones.some(
        (end) =>
          end.name === 'work-ended' &&
          end.engagementId === began.engagementId &&
          end.personId === began.personId &&
          end.on <= on,
      ),
  );
