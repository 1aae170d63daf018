/** Who else hears of a line that is overdue, and when (features reference 2.3, "Escalation ladder"). Pure. */
import { businessDaysBetween, type Calendar } from './calendar.ts';
import type { ItemLine } from './nudge.ts';
import type { LocalDate } from './time.ts';

/** Whoever has the line in hand hears of it in their own nudge, from the due day on. */
type LadderReader = 'contractor' | 'gtl' | 'ispg-channel';

export interface Rung {
  /** Business days after the due day of the plan. */
  readonly businessDays: number;
  readonly tells: LadderReader;
}

/** Business days of `calendar` since the line was due; 0 or less: it is not overdue. */
export const daysLate = ({ dueOn }: Pick<ItemLine, 'dueOn'>, today: LocalDate, calendar: Calendar): number =>
  businessDaysBetween(dueOn, today, calendar);

/**
 * The rungs that an open line has come to by `today`, without that of whoever has it in hand. Each is to be said once, so that after an
 * outage none is missed.
 */
export function rungsOf(
  line: Pick<ItemLine, 'dueOn' | 'party'>,
  ladder: readonly Rung[],
  today: LocalDate,
  calendar: Calendar,
): readonly Rung[] {
  const late = daysLate(line, today, calendar);
  return ladder.filter(({ businessDays, tells }) => businessDays <= late && tells !== line.party);
}
