/** `roster`: the last import, how many have which role, and whom the bot can't reach. */
import { mayEver } from '../domain/access.ts';
import type { Role } from '../domain/person.ts';
import { rosterCard } from '../messages/copy/people-roster.ts';
import { notYours } from '../messages/copy/refusals.ts';
import { firstOf } from '../messages/limits.ts';
import { everybody } from './tell.ts';
import { type Answer, answerPrivately, type Work } from './work.ts';

const MOST_NAMES = 20;

export async function showRoster(work: Work): Promise<Answer> {
  if (!mayEver(work.person, 'roster.import')) return answerPrivately(notYours());
  const people = await everybody(work);
  const counts = new Map<Role, number>();
  for (const { roles } of people) for (const role of roles) counts.set(role, (counts.get(role) ?? 0) + 1);
  const last = await work.tx.audit.lastOf('roster.import');
  const unreached = people.filter(({ email }) => email === null).map(({ name }) => name);
  const { shown, left } = firstOf(unreached, MOST_NAMES);
  return answerPrivately(
    rosterCard({
      last: last ? { at: last.at, by: last.reason, counts: last.facts } : null,
      counts,
      total: people.length,
      withoutMailbox: { names: shown, left },
    }),
  );
}
