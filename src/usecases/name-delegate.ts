/** A Business Owner's delegate drafts and prepares for them, until it is taken back (domain reference 1.1). */

import { mayEver } from '../domain/access.ts';
import type { Person } from '../domain/person.ts';
import { checkDelegate } from '../domain/stand-in.ts';
import {
  actingRefused,
  delegateEnded,
  delegateNamed,
  noSuchDelegate,
  youAreDelegate,
} from '../messages/copy/people-acting.ts';
import { notYours } from '../messages/copy/refusals.ts';
import { personCalled } from './find-person.ts';
import { noteDeed } from './note-deed.ts';
import { everybody, tellPerson } from './tell.ts';
import { type Answer, answerPrivately, programmeToday, type Work } from './work.ts';

/** `delegate <person>`: in the speaker's own name, never for whom they stand in. */
export async function nameDelegate(work: Work, typed: string): Promise<Answer> {
  const { tx, now, person } = work;
  if (!mayEver({ ...person, standsInFor: [] }, 'delegate.name')) return answerPrivately(notYours());
  const found = personCalled(typed, await everybody(work));
  if (!found.ok) return answerPrivately(found.refusal);
  const acting = found.value;
  const today = programmeToday(work);
  await tx.lock(`stand-ins:${person.id}`);
  const checked = checkDelegate(acting, person, await tx.standIns.ofPerson(person.id, today));
  if (!checked.ok) return answerPrivately(actingRefused(acting, person, checked.refusal, true));
  const id = work.newId();
  await tx.standIns.insert({
    id,
    kind: 'delegate',
    personId: acting.id,
    forId: person.id,
    fromOn: today,
    toOn: null,
    named: { byId: person.id, at: now },
    endedAt: null,
  });
  await note(work, 'delegate.name', acting, person.id);
  await tellPerson(work, acting.id, {
    key: `delegate:${id}`,
    kind: 'notice',
    message: youAreDelegate(person),
  });
  return answerPrivately(delegateNamed(acting));
}

/** `end delegate <person>`: by the Business Owner; by the delegate with their own name; by whoever looks after stand-ins. */
export async function endDelegate(work: Work, typed: string): Promise<Answer> {
  const found = personCalled(typed, await work.tx.people.list());
  return found.ok ? endDelegateOf(work, found.value) : answerPrivately(found.refusal);
}

/** From its button. */
export async function endDelegateById(work: Work, personId: string): Promise<Answer> {
  const acting = await work.tx.people.get(personId);
  return acting ? endDelegateOf(work, acting) : answerPrivately(noSuchDelegate());
}

async function endDelegateOf(work: Work, acting: Person): Promise<Answer> {
  const { tx, now, person } = work;
  const known = (await tx.standIns.ofPerson(acting.id, programmeToday(work))).filter(
    ({ kind, personId }) => kind === 'delegate' && personId === acting.id,
  );
  const isForOthers = acting.id === person.id || mayEver(person, 'stand-in.name-others');
  const own = known.filter(({ forId }) => forId === person.id);
  const ended = own.length > 0 ? own : isForOthers ? known : [];
  if (ended.length === 0) return answerPrivately(noSuchDelegate());
  const said = [];
  for (const { id, forId } of ended) {
    const owner = await tx.people.get(forId);
    if (!owner || !(await tx.standIns.end(id, now))) continue;
    await note(work, 'delegate.end', acting, forId);
    const message = delegateEnded(acting, owner);
    said.push(message);
    for (const each of [acting.id, forId].filter((reader) => reader !== person.id))
      await tellPerson(work, each, { key: `delegate-ended:${id}`, kind: 'notice', message });
  }
  return answerPrivately(...said);
}

/** One line of the append-only record. */
function note(work: Work, verb: string, acting: Person, ownerId: string): Promise<void> {
  return noteDeed(work, verb, { person: acting.id, for: ownerId });
}
