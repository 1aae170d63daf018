import type { Result } from '../domain/result.ts';
import { accepted, refused } from '../domain/result.ts';
import type { KnownPerson } from './question.ts';
import { fold } from './text.ts';

/**
 * The person a text names: by id, e-mail address, full name, or parts of the name when only one person fits.
 * A part is a whole word of the name or at least its first 3 letters. Refused with all who fit: none or several.
 */
export function readPerson(
  text: string,
  people: readonly KnownPerson[],
): Result<KnownPerson, readonly KnownPerson[]> {
  const byId = people.find((each) => each.id === text.trim());
  if (byId) return accepted(byId);
  const wanted = fold(text).replace(/^(?:@|mailto:)/u, '');
  if (wanted === '') return refused([]);
  const byEmail = people.filter((each) => each.email !== null && fold(each.email) === wanted);
  const byName = people.filter((each) => fold(each.name) === wanted);
  const parts = wanted.split(/[\s,]+/u);
  const byParts = people.filter((each) => hasParts(fold(each.name).split(' '), parts));
  const fitting = [byEmail, byName, byParts].find((some) => some.length > 0) ?? [];
  const [only, ...others] = fitting;
  return only && others.length === 0 ? accepted(only) : refused(fitting);
}

function hasParts(name: readonly string[], parts: readonly string[]): boolean {
  return parts.every((part) =>
    name.some((word) => word === part || (part.length >= 3 && word.startsWith(part))),
  );
}
