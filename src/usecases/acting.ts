/** Who acts for whom today: filled in for whoever speaks, and for whoever reads what is drawn for them. */
import type { PersonId } from '../domain/ids.ts';
import type { People, Person } from '../domain/person.ts';
import { isFitToAct } from '../domain/stand-in.ts';
import { ROLE_RULES } from '../offerings/role-rules.ts';
import type { Acting, Inbound } from '../ports.ts';
import { programmeToday, type Work } from './work.ts';

type Dated = Pick<Work, 'tx' | 'now' | 'programme'>;

const SPEAKS: ReadonlySet<Inbound['kind']> = new Set(['said', 'pressed', 'submitted', 'drafted', 'edited']);

/**
 * The person behind an event, with their roles as they are now and those for whom they act. Notes once a day that they spoke. To be
 * asked under the person's lock: whoever changes roles holds it, too.
 */
export async function asSpeaker(work: Dated, person: Person, kind: Inbound['kind']): Promise<Person> {
  const today = programmeToday(work);
  const acting = (await work.tx.standIns.acting([person.id], today)).get(person.id);
  if (!acting) return person;
  if (acting.lastSpokeOn !== today && SPEAKS.has(kind)) await work.tx.people.noteSpoke(person.id, today);
  return { ...withActing(person, acting), roles: acting.roles, components: acting.components };
}

/** These people with those for whom they act today. */
export async function asActing(work: Dated, people: People): Promise<People> {
  if (people.size === 0) return people;
  const acting = await work.tx.standIns.acting([...people.keys()], programmeToday(work));
  return new Map(
    [...people].map(([id, person]) => {
      const own = acting.get(id);
      return [id, own ? withActing(person, own) : person];
    }),
  );
}

/** Left out where there is nobody, so that a person without is the same as ever. */
function withActing(person: Person, { roles, standsInFor, delegateOf }: Acting): Person {
  const fit = standsInFor.filter((absent) => isFitToAct({ roles }, absent, ROLE_RULES));
  return {
    ...person,
    ...(fit.length > 0 ? { standsInFor: fit } : {}),
    ...(delegateOf.length > 0 ? { delegateOf } : {}),
  };
}

/** These people and whoever stands in for one of them today. */
export async function withStandIns(work: Dated, ids: readonly PersonId[]): Promise<readonly PersonId[]> {
  if (ids.length === 0) return ids;
  // All of the day, so that a transaction that asks for many people reads them once.
  const standIns = await work.tx.standIns.ofDay(programmeToday(work));
  const own = standIns.filter(({ forId }) => ids.includes(forId));
  return [...new Set([...ids, ...own.map(({ personId }) => personId)])];
}
