/** By whose calendar days count: the programme's, or somebody's own with their wishes and leave. */
import type { Calendar } from '../domain/calendar.ts';
import type { WorkingDays } from '../domain/card-plan.ts';
import { type ContactSettings, calendarOf, noWishes } from '../domain/contact.ts';
import type { PersonId } from '../domain/ids.ts';
import type { LocalDate } from '../domain/time.ts';
import type { Work } from './work.ts';

type Reading = Pick<Work, 'tx' | 'programme'>;

/** Of each of these people, read together: the programme's, with all their leave that ends on `sinceOn` or later. */
async function ownCalendars(
  { tx, programme }: Reading,
  ids: readonly PersonId[],
  sinceOn: LocalDate,
): Promise<(id: PersonId) => Calendar> {
  const found = await tx.contact.days(ids, sinceOn);
  const settings = new Map<PersonId, ContactSettings>(found.settings.map((each) => [each.personId, each]));
  return (id) => {
    const away = found.leaves.filter(({ personId }) => personId === id);
    return calendarOf(programme.calendar, settings.get(id) ?? noWishes(id), away);
  };
}

/** Of that person. */
export async function ownCalendar(work: Reading, id: PersonId, sinceOn: LocalDate): Promise<Calendar> {
  return (await ownCalendars(work, [id], sinceOn))(id);
}

/** For the card of each of these people: a Service ISSO works by their own calendar, everybody else by the programme's. */
export async function workingDaysOf(
  work: Reading,
  ids: readonly PersonId[],
  sinceOn: LocalDate,
): Promise<(id: PersonId) => WorkingDays> {
  const calendars = await ownCalendars(work, ids, sinceOn);
  return (id) => {
    const own = calendars(id);
    return (party) => (party === 'service_isso' ? own : work.programme.calendar);
  };
}
