/**
 * When the Business Owner is asked how satisfied they are: on day 30 and day 90 of the work, then every three months, and
 * after a satisfaction session (domain reference 6.1). Pure.
 */
import { addBusinessDays, type Calendar } from './calendar.ts';
import type { MeetingId } from './ids.ts';
import type { Milestone } from './milestone.ts';
import { writtenOn } from './morning.ts';
import { addDays, type LocalDate } from './time.ts';

const FIRST_DAYS = [30, 90] as const;
const MONTHS_APART = 3;
/** A century of quarters: more than any work lasts. */
const MOST_QUARTERS = 400;

/** A reason to ask, and the business day for it. */
export interface Occasion {
  readonly name: string;
  readonly on: LocalDate;
}

/** From when to when Service ISSOs work for an engagement; `endedOn` is null while any of them does. */
export interface WorkPeriod {
  readonly beganOn: LocalDate;
  readonly endedOn: LocalDate | null;
}

/** The period that an engagement's milestones tell; null when nobody has begun. */
export function workPeriod(
  milestones: readonly Pick<Milestone, 'name' | 'personId' | 'on'>[],
): WorkPeriod | null {
  const began = milestones.filter(({ name }) => name === 'work-began');
  const ended = milestones.filter(({ name }) => name === 'work-ended');
  const [beganOn] = began.map(({ on }) => on).toSorted();
  if (beganOn === undefined) return null;
  const everybodyEnded = began.every(({ personId, on }) =>
    ended.some((end) => end.personId === personId && end.on >= on),
  );
  return {
    beganOn,
    endedOn: everybodyEnded
      ? (ended
          .map(({ on }) => on)
          .toSorted()
          .at(-1) ?? null)
      : null,
  };
}

/** The occasions that come of the work itself until `until`, in order; none after the day it ended. */
export function scheduledOccasions(
  period: WorkPeriod,
  until: LocalDate,
  calendar: Calendar,
): readonly Occasion[] {
  const last = period.endedOn !== null && period.endedOn < until ? period.endedOn : until;
  const occasion = (name: string, day: LocalDate): Occasion => ({
    name,
    on: addBusinessDays(day, 0, calendar),
  });
  const made = FIRST_DAYS.map((days) => occasion(`day-${days}`, addDays(period.beganOn, days)));
  const base = addDays(period.beganOn, FIRST_DAYS[1]);
  for (let quarter = 1; quarter <= MOST_QUARTERS; quarter += 1) {
    const day = addMonths(base, quarter * MONTHS_APART);
    if (day > last) break;
    made.push(occasion(`quarter-${day.slice(0, 7)}`, day));
  }
  return made.filter(({ on }) => on <= last);
}

/** The occasion of a satisfaction session: the business day after it was held. */
export const sessionOccasion = (meetingId: MeetingId, heldOn: LocalDate, calendar: Calendar): Occasion => ({
  name: `meeting-${meetingId}`,
  on: addBusinessDays(heldOn, 1, calendar),
});

/** The instant at which the asking of somebody in `zone` is written; it is said that morning. */
export const askingAt = ({ on }: Occasion, zone: string): Date => writtenOn(on, zone);

/** What has been asked of an engagement so far. */
export interface Asked {
  /** Occasions asked for, each once. */
  readonly names: readonly string[];
  /** When the last of them was asked; null for never. */
  readonly lastAt: Date | null;
}

/**
 * The occasion to ask for at `now`: the newest that is due, so that after an outage the older ones are dropped. None when
 * it was asked for, or when a survey was asked since.
 */
export function occasionDue(
  occasions: readonly Occasion[],
  asked: Asked,
  zone: string,
  now: Date,
): Occasion | null {
  const newest = inOrder(occasions)
    .filter((occasion) => askingAt(occasion, zone) <= now)
    .at(-1);
  return newest && isOpen(newest, asked, zone) ? newest : null;
}

/** The next instant at which something is to be asked, also one that has passed; null for none among `occasions`. */
export function nextAskingAt(
  occasions: readonly Occasion[],
  asked: Asked,
  zone: string,
  now: Date,
): Date | null {
  const due = occasionDue(occasions, asked, zone, now);
  const next =
    due ??
    inOrder(occasions).find((occasion) => askingAt(occasion, zone) > now && isOpen(occasion, asked, zone));
  return next ? askingAt(next, zone) : null;
}

const inOrder = (occasions: readonly Occasion[]): readonly Occasion[] =>
  occasions.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));

const isOpen = (occasion: Occasion, { names, lastAt }: Asked, zone: string): boolean =>
  !names.includes(occasion.name) && (lastAt === null || askingAt(occasion, zone) > lastAt);

/** The same day so many months later; the last of the month when that month is shorter. */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const lastDay = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(day, lastDay));
  return first.toISOString().slice(0, 10);
}
