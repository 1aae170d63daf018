/** When somebody can't be reached, somebody who works with them is asked to. */
import { leadRolesOf, leads } from '../domain/lead.ts';
import type { Person } from '../domain/person.ts';
import { localDate } from '../domain/time.ts';
import { unreachedNotice } from '../messages/copy/unreached.ts';
import type { Delivery, Store, Tx } from '../ports.ts';
import { tellPeople } from './tell.ts';

/** Such a message is not passed on in its turn. */
const KEY = 'unreached:';

/** Tells the nearest lead, once a day for each person, that messages did not reach them. */
export async function tellLead(store: Store, { key, kind, to }: Delivery, now: Date): Promise<void> {
  if (to.kind !== 'person' || key.startsWith(KEY) || kind === 'answer') return;
  await store.transaction(async (tx) => {
    const person = await tx.people.get(to.personId);
    if (!person) return;
    const day = localDate(now, person.timeZone);
    await tellPeople(
      { tx, now },
      (await leadsOf(tx, person)).map(({ id }) => id),
      {
        key: `${KEY}${person.id}:${day}`,
        kind: 'escalation',
        urgency: 'routine',
        message: unreachedNotice(person),
      },
    );
  });
}

async function leadsOf(tx: Tx, person: Person): Promise<Person[]> {
  for (const role of leadRolesOf(person)) {
    const found = (await tx.people.withRole(role)).filter((lead) => leads(lead, person));
    if (found.length > 0) return found;
  }
  return [];
}
