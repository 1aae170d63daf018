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
  const [settings = noWishes(personId)] = await tx.contact.settings([personId]);
  return calendarOf(programme.calendar, settings, await tx.contact.leaves([personId], sinceOn));
}
