import type { PersonId } from '../../domain/ids.ts';
import type { People } from '../../domain/person.ts';
import type { Inline } from '../inline.ts';
import { text, theirs } from '../inline.ts';

/** The person's name, or what to say when they are not known. */
export function nameOf(people: People, id: PersonId | null): Inline {
  const person = id === null ? undefined : people.get(id);
  return person ? theirs(person.name) : text('not named');
}
