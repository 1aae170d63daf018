/** Who is nudged: the people of a party, and the day and rhythm of each. */
import { type ContactSettings, calendarOf, noWishes, type Rhythm } from '../domain/contact.ts';
import type { Engagement } from '../domain/engagement.ts';
import type { PersonId } from '../domain/ids.ts';
import type { ReaderDay } from '../domain/nudge-day.ts';
import { inPlaceOf, type ReachedParty } from '../domain/nudge-holder.ts';
import type { Person } from '../domain/person.ts';
import { addDays, type LocalDate, localDate } from '../domain/time.ts';
import { NUDGE_RHYTHM } from '../offerings/programme-timers.ts';
import { withStandIns } from './acting.ts';
import { holdersOfParty } from './role-holders.ts';
import { guardiansOf } from './start-onboarding.ts';
import { peopleOfSide } from './tell-step.ts';
import type { Work } from './work.ts';

const WEEK_DAYS = 7;

type Dated = Pick<Work, 'tx' | 'now' | 'programme'>;

/**
 * The people of that party of the engagement, and whoever stands in for them today; for a Service ISSO nobody does. Where nobody is
 * named for it, those who have its lines then.
 */
export async function peopleOfParty(
  work: Dated,
  engagement: Engagement,
  party: ReachedParty,
): Promise<readonly PersonId[]> {
  const own = await namedFor(work, engagement, party);
  const other = own.length > 0 ? null : inPlaceOf(party);
  return other === null ? own : peopleOfParty(work, engagement, other);
}

/** Roles by which everybody of a party is named, in all engagements. */
const NAMED_BY = { contractor: 'contractor_lead', roster_owner: 'contractor_coord', gtl: 'gtl' } as const;

/** The parties for which nobody holds the role now. */
export async function vacantParties(work: Pick<Work, 'tx'>): Promise<ReadonlySet<ReachedParty>> {
  const vacant = new Set<ReachedParty>();
  for (const party of ['contractor', 'roster_owner', 'gtl'] as const)
    if ((await holdersOfParty(work, NAMED_BY[party])).length === 0) vacant.add(party);
  return vacant;
}

async function namedFor(
  work: Dated,
  engagement: Engagement,
  party: ReachedParty,
): Promise<readonly PersonId[]> {
  switch (party) {
    case 'roster_owner': {
      const named = await holdersOfParty(work, NAMED_BY.roster_owner);
      return withStandIns(
        work,
        named.map(({ id }) => id),
      );
    }
    case 'service_isso':
      return engagement.course.serviceIssoId === null ? [] : [engagement.course.serviceIssoId];
    case 'data_guardian':
      return withStandIns(work, await guardiansOf(work, engagement));
    case 'cra':
      return withStandIns(work, engagement.craId === null ? [] : [engagement.craId]);
    case 'contractor':
    case 'cor':
    case 'ispg':
    case 'gtl':
    case 'business_owner':
      return peopleOfSide(work, engagement, party);
    default:
      return party satisfies never;
  }
}

/** A reader's day with their leave, and how often they are nudged. */
export interface NudgeDay extends ReaderDay {
  readonly rhythm: Rhythm;
}

type OfDay = Pick<Person, 'id' | 'timeZone' | 'roles'>;

/** Of that person, now. */
export async function nudgeDayOf(work: Dated, person: OfDay): Promise<NudgeDay> {
  return (await nudgeDaysOf(work, [person]))(person);
}

/** Of any of these people, now: read together. */
export async function nudgeDaysOf(
  { tx, now, programme }: Dated,
  people: readonly OfDay[],
): Promise<(person: OfDay) => NudgeDay> {
  // Also what is over since the week began: whoever comes back in its middle begins it then.
  const sinceOf = ({ timeZone }: OfDay): LocalDate => addDays(localDate(now, timeZone), -WEEK_DAYS);
  const ids = people.map(({ id }) => id);
  const [earliest = localDate(now, programme.timeZone)] = people.map(sinceOf).toSorted();
  const { settings, leaves } = await tx.contact.days(ids, earliest);
  return (person) => {
    const wishes = settings.find(({ personId }) => personId === person.id) ?? noWishes(person.id);
    const since = sinceOf(person);
    const away = leaves.filter(({ personId, toOn }) => personId === person.id && toOn >= since);
    return {
      today: localDate(now, person.timeZone),
      calendar: calendarOf(programme.calendar, wishes, away),
      rhythm: rhythmOf(person, wishes),
    };
  };
}

/** As they want it, else as the programme has it for their roles. */
export const rhythmOf = (
  { roles }: Pick<Person, 'roles'>,
  { rhythm }: Pick<ContactSettings, 'rhythm'>,
): Rhythm =>
  rhythm ?? (roles.some((role) => NUDGE_RHYTHM.daily.includes(role)) ? 'daily' : NUDGE_RHYTHM.others);
