/**
 * When the bot itself proposes a meeting that is held "as needed" (domain reference 6.1): a satisfaction session on day 30
 * and day 90 of work and then quarterly; a review of role-based training while anybody is within 30 days of due, and
 * quarterly. After an outage only the newest prompt of each counts. Pure.
 */
import { addBusinessDays, type Calendar } from './calendar.ts';
import type { Milestone } from './milestone.ts';
import { morningOf } from './morning.ts';
import { scheduledOccasions, workPeriod } from './survey-occasions.ts';
import { addDays, DAY_MS, type LocalDate, localDate } from './time.ts';
import { type Assignment, assignmentsOf, FIRST_TRAINING_DAYS, trainingDueOn } from './training.ts';

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
    at: morningOf(occasion.on, when.zone),
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
 * The prompts for a review of role-based training: from 30 days before a Service ISSO's training is due on, every 30 days
 * until it is done, and so again for each year's; and on the first business day of each quarter while anybody is engaged. Those of the last 30
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

/** Whose work ended needs none from then on; what was prompted before stays counted, also when the training is done since. */
function personPrompts(milestones: readonly Training[], when: When): Prompt[] {
  return assignmentsOf(milestones).flatMap((assignment) =>
    spansOf(assignment).flatMap((span) => spanPrompts(span, when)),
  );
}

/** From when on somebody is prompted for a day that training is due, and until when. */
interface Span {
  readonly dueOn: LocalDate;
  readonly nameOf: (turn: number) => string;
  /** Prompts on this day or before belong to the span before it. */
  readonly after: LocalDate | null;
  readonly until: LocalDate | null;
}

/** Until the training was done once, the first due day; from then on, and where a day was set, the next one. */
function spansOf(assignment: Assignment): Span[] {
  const { engagementId, personId, days } = assignment;
  const { 'onboarding-began': began, 'training-done': doneOn = null, 'work-ended': endedOn = null } = days;
  const dueOn = trainingDueOn(assignment);
  const name = `${engagementId}-${personId}`;
  const firstDueOn = began === undefined ? null : addDays(began, FIRST_TRAINING_DAYS);
  const spans: Span[] = [];
  if (firstDueOn !== null && (doneOn !== null || dueOn === firstDueOn))
    spans.push({
      dueOn: firstDueOn,
      nameOf: (turn) => `${name}-day-${FIRST_TRAINING_DAYS + (turn - 1) * TRAINING_PROMPT_DAYS}`,
      after: null,
      until: earlierOf(doneOn, endedOn),
    });
  if (dueOn !== null && (doneOn !== null || dueOn !== firstDueOn))
    spans.push({ dueOn, nameOf: (turn) => `${name}-due-${dueOn}-${turn}`, after: doneOn, until: endedOn });
  return spans;
}

const earlierOf = (a: LocalDate | null, b: LocalDate | null): LocalDate | null =>
  a === null ? b : b === null || a < b ? a : b;

function spanPrompts({ dueOn, nameOf, after, until }: Span, { zone, calendar, now }: When): Prompt[] {
  const last = addDays(localDate(now, zone), LOOK_AHEAD_DAYS);
  const made: Prompt[] = [];
  for (let turn = 0; turn < MOST_TRAINING_PROMPTS; turn += 1) {
    const on = addBusinessDays(addDays(dueOn, (turn - 1) * TRAINING_PROMPT_DAYS), 0, calendar);
    if (on > last || (until !== null && until <= on)) break;
    if (after === null || after < on) made.push({ name: nameOf(turn), at: morningOf(on, zone) });
  }
  return made;
}

/** The first business days of January, April, July and October, while somebody who began has not ended. */
function quarterPrompts(milestones: readonly Training[], when: When): Prompt[] {
  const year = Number(localDate(when.now, when.zone).slice(0, 4));
  return [year - 1, year, year + 1].flatMap((each) =>
    ['01', '04', '07', '10'].flatMap((month) => {
      const on = addBusinessDays(`${each}-${month}-01`, 0, when.calendar);
      return isAnybodyEngaged(milestones, on)
        ? [{ name: `quarter-${each}-${month}`, at: morningOf(on, when.zone) }]
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
