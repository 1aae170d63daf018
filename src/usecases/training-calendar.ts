/** The calendar by which somebody takes their courses: the programme's, with their own leave. */
import type { Calendar } from '../domain/calendar.ts';
import { calendarOf, noWishes } from '../domain/contact.ts';
import type { PersonId } from '../domain/ids.ts';
import type { LocalDate } from '../domain/time.ts';
import type { Work } from './work.ts';

/** With all leave that ends on `sinceOn` or later. */
export async function trainingCalendar(
  { tx, programme }: Pick<Work, 'tx' | 'programme'>,
  personId: PersonId,
  sinceOn: LocalDate,
): Promise<Calendar> {
  const { settings, leaves } = await tx.contact.days([personId], sinceOn);
  return calendarOf(programme.calendar, settings[0] ?? noWishes(personId), leaves);
}
