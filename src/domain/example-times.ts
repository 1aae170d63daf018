/** Times to show people how to write one: always ahead, on days on which people work. */
import { type Calendar, nextBusinessDay } from './calendar.ts';
import { type LocalDate, localDate, sayShortDate } from './time.ts';

/** Two times on the next business days, such as "Tue Dec 8 2pm" and "Wed Dec 9 10am". */
export type ExampleTimes = readonly [string, string];

/** The next business day in the afternoon, and the one after it in the morning. */
export function exampleTimes(now: Date, zone: string, calendar: Calendar): ExampleTimes {
  const first = nextBusinessDay(localDate(now, zone), calendar);
  const second = nextBusinessDay(first, calendar);
  return [`${written(first)} 2pm`, `${written(second)} 10am`];
}

/** As people type it: "Tue Dec 8". */
const written = (on: LocalDate): string => sayShortDate(on).replace(',', '');
