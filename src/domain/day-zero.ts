/** Day 0 of an onboarding that has begun is moved: by it the plan of the card, its goal and its two clocks move (domain reference 4.3, 4.4). Pure. */
import type { Card } from './card.ts';
import { type Change, continued, type Engagement, type EngagementRefusal, wrongState } from './engagement.ts';
import { accepted, type Result, refused } from './result.ts';
import { addDays, earlierOf, type LocalDate, laterOf } from './time.ts';

/** So far ahead at most; a day further off is a slip of the pen. */
const MOST_DAYS_AHEAD = 365;

/** What the move makes of the engagement and of the card of its Service ISSO. */
export interface MovedDayZero {
  readonly change: Change;
  readonly card: Card;
}

/**
 * Onboarding counts from `to`. Refused outside onboarding, for the day it is already, past the first signature on the letter, further back than today and than it began, before the first day on which the candidate can start, and where the agreed work
 * would end first. What is open on the card is planned anew by itself; what is settled stays, and may lie before day 0.
 */
export function moveDayZero(
  engagement: Engagement,
  card: Card,
  to: LocalDate,
  today: LocalDate,
): Result<MovedDayZero, EngagementRefusal> {
  const { dayZeroOn, term, candidate } = engagement.course;
  if (engagement.state !== 'ONBOARDING' || dayZeroOn === null) return wrongState(engagement);
  if (to === dayZeroOn) return refused({ code: 'already-done' });
  const earliestOn = laterOf(candidate?.startOn ?? to, earlierOf(today, dayZeroOn));
  if (to < earliestOn)
    return refused({ code: 'bad-day', because: 'before-start', limitOn: addDays(earliestOn, -1) });
  const latestOn = latestDayZero(engagement, dayZeroOn, today);
  if (to > latestOn) return refused({ code: 'bad-day', because: 'too-far', limitOn: latestOn });
  return accepted({
    change: continued(engagement, {
      dayZeroOn: to,
      // The work was agreed from day 0 on, unless somebody else began it before them.
      term: term && term.startOn === dayZeroOn ? { ...term, startOn: to } : term,
    }),
    card: { ...card, dayZeroOn: to },
  });
}

/** The day of the first signature on the letter, the day before the end, or a year ahead: whichever is first. */
function latestDayZero(
  { course: { letter, term } }: Engagement,
  dayZeroOn: LocalDate,
  today: LocalDate,
): LocalDate {
  const signed = letter.isso === null || letter.isso < dayZeroOn ? [] : [letter.isso];
  const last = term?.endOn == null ? [] : [addDays(term.endOn, -1)];
  return [...signed, ...last, addDays(today, MOST_DAYS_AHEAD)].toSorted()[0] ?? today;
}
