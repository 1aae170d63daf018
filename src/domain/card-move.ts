/** The day by which one line of an Information Card is to be finished is set by hand, or is the plan's again (domain reference 4.3). Pure. */
import { allowedFrom, type Card, type CardRefusal, isSettled, itemOf, withItem } from './card.ts';
import { type CardTemplate, itemIn } from './card-template.ts';
import { accepted, type Result, refused } from './result.ts';
import { addDays, type LocalDate } from './time.ts';

/** So far after today at most; a day further off is a slip of the pen. */
const MOST_DAYS_AHEAD = 365;

/** The first and the last day to which the line can be moved. */
export function movableDays(
  template: CardTemplate,
  { dayZeroOn }: Card,
  key: string,
  today: LocalDate,
): { readonly fromOn: LocalDate; readonly untilOn: LocalDate } {
  const latest = itemIn(template, key)?.latestDay ?? null;
  return {
    fromOn: today > dayZeroOn ? today : dayZeroOn,
    untilOn: latest === null ? addDays(today, MOST_DAYS_AHEAD) : addDays(dayZeroOn, latest),
  };
}

/**
 * The line is to be finished by `to`; null: by the day of the plan again. How it stands does not change, so neither does who has it.
 * Refused for a settled line, for the day it has, before today or day 0, and past the last day that the line has by policy.
 */
export function moveItem(
  template: CardTemplate,
  card: Card,
  key: string,
  to: LocalDate | null,
  today: LocalDate,
): Result<Card, CardRefusal> {
  const item = itemOf(card, key);
  if (!item) return refused({ code: 'no-such-item' });
  if (isSettled(item))
    return refused({ code: 'illegal-move', from: item.state.is, allowed: allowedFrom(item.state.is) });
  if (to === item.movedTo) return refused({ code: 'same-day', movedTo: to });
  const days = movableDays(template, card, key, today);
  if (to !== null && (to < days.fromOn || to > days.untilOn))
    return refused({ code: 'day-out-of-reach', ...days });
  return accepted(withItem(card, { ...item, movedTo: to, snoozedUntil: null }));
}
