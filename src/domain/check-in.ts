/** What people write ahead of the weekly and monthly meetings, when they are asked, and what of it counts. Pure. */
import { addBusinessDays, type Calendar } from './calendar.ts';
import type { MeetingId, PersonId } from './ids.ts';
import type { Meeting } from './meeting.ts';
import { morningOf, writtenOn } from './morning.ts';
import type { Person } from './person.ts';
import { localDate, MINUTE_MS } from './time.ts';

/** The parts of a check-in, in the order in which they are asked. */
export const CHECK_IN_PARTS = ['wentWell', 'inTheWay', 'helpWanted'] as const;
export type CheckInPart = (typeof CHECK_IN_PARTS)[number];

/** What somebody writes ahead of a meeting; a part left out is empty. */
export type CheckInAnswers = Readonly<Record<CheckInPart, string>>;

export interface CheckIn {
  readonly meetingId: MeetingId;
  readonly personId: PersonId;
  readonly askedAt: Date;
  /** Null until they answer; answers may be changed until the meeting begins. */
  readonly answers: CheckInAnswers | null;
  readonly answeredAt: Date | null;
}

/** So long before it the meeting is shown what was written. */
const COLLECT_BEFORE_MS = 30 * MINUTE_MS;
/** Whoever is reminded has at least so long to answer; before an earlier meeting they are reminded a business day ahead. */
const TIME_TO_ANSWER_MS = 180 * MINUTE_MS;

/** True when any part has words in it. */
export const saysSomething = (answers: CheckInAnswers): boolean =>
  CHECK_IN_PARTS.some((part) => answers[part] !== '');

/** True while check-ins for the meeting can be written and changed: it is booked and has not begun. */
export const takesCheckIns = (
  { state, bookedFor }: Pick<Meeting, 'state' | 'bookedFor'>,
  now: Date,
): boolean => state === 'booked' && bookedFor !== null && now < bookedFor.startsAt;

/** What is to be done ahead of a meeting: ask somebody, remind them once, show what was written. */
export type CheckInStep =
  /** Written at `at`, and said at `dueAt`. */
  | { readonly what: 'ask' | 'remind'; readonly at: Date; readonly dueAt: Date; readonly personId: PersonId }
  | { readonly what: 'collect'; readonly at: Date };

/** A meeting as the steps need it. */
export interface MeetingAhead {
  readonly startsAt: Date;
  /** Who is to write a check-in. */
  readonly writers: readonly Pick<Person, 'id' | 'timeZone'>[];
  readonly checkIns: readonly CheckIn[];
  /** Business days before the meeting on which writers are asked, counted in each writer's zone. */
  readonly businessDaysBefore: number;
}

/**
 * The steps ahead of a meeting that are not known to be done: an asking is known by its row, the others by their
 * delivery alone. The reminder comes on the meeting's own morning, or a business day ahead where that leaves no time to
 * answer; nobody is reminded on the day on which they were asked.
 */
export function checkInSteps(meeting: MeetingAhead, calendar: Calendar): readonly CheckInStep[] {
  const { startsAt, writers, checkIns } = meeting;
  const own = new Map(checkIns.map((checkIn) => [checkIn.personId, checkIn]));
  const steps = writers.flatMap((writer) => stepOf(meeting, writer, own.get(writer.id), calendar));
  const at = new Date(startsAt.getTime() - COLLECT_BEFORE_MS);
  return writers.length > 0 ? [...steps, { what: 'collect', at }] : steps;
}

function stepOf(
  { startsAt, businessDaysBefore }: MeetingAhead,
  { id: personId, timeZone }: Pick<Person, 'id' | 'timeZone'>,
  own: CheckIn | undefined,
  calendar: Calendar,
): CheckInStep[] {
  const day = localDate(startsAt, timeZone);
  if (!own) {
    const on = addBusinessDays(day, -businessDaysBefore, calendar);
    return [{ what: 'ask', at: writtenOn(on, timeZone), dueAt: morningOf(on, timeZone), personId }];
  }
  const isLate = startsAt.getTime() - morningOf(day, timeZone).getTime() < TIME_TO_ANSWER_MS;
  const on = isLate ? addBusinessDays(day, -1, calendar) : day;
  const wanted = own.answers === null && localDate(own.askedAt, timeZone) < on;
  return wanted
    ? [{ what: 'remind', at: writtenOn(on, timeZone), dueAt: morningOf(on, timeZone), personId }]
    : [];
}

/** The check-ins that hold something, those that want help first, each group in the order in which they came. */
export function helpFirst(
  checkIns: readonly CheckIn[],
): readonly (CheckIn & { readonly answers: CheckInAnswers })[] {
  const answered = checkIns.flatMap((checkIn) =>
    checkIn.answers === null ? [] : [{ ...checkIn, answers: checkIn.answers }],
  );
  const when = ({ answeredAt }: CheckIn): number => answeredAt?.getTime() ?? 0;
  const calm = ({ answers }: (typeof answered)[number]): number => (answers.helpWanted === '' ? 1 : 0);
  return answered.toSorted((a, b) => calm(a) - calm(b) || when(a) - when(b));
}
