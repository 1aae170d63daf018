/** Finding the one person that a typed name means. */
import type { Person } from './person.ts';
import { accepted, type Result, refused } from './result.ts';

/** Nobody is called so, or several are. */
export type NameRefusal =
  | { readonly code: 'nobody'; readonly typed: string }
  | { readonly code: 'several'; readonly typed: string; readonly people: readonly Person[] };

/**
 * The one of `people` whose name or id is `typed`, or whose name has every word of it as the beginning of a word: "Ines",
 * "ines sor", "Sorensen". Case and accents don't matter. Several are refused, so that the caller can ask which one.
 */
export function matchName(people: readonly Person[], typed: string): Result<Person, NameRefusal> {
  const wanted = wordsOf(typed);
  if (wanted.length === 0) return refused({ code: 'nobody', typed });
  const exact = people.filter(
    ({ id, name }) => id === typed.trim() || wordsOf(name).join() === wanted.join(),
  );
  const found = exact.length > 0 ? exact : people.filter((person) => fits(person, wanted));
  const [only] = found;
  if (!only) return refused({ code: 'nobody', typed });
  return found.length === 1 ? accepted(only) : refused({ code: 'several', typed, people: found });
}

/** As `matchName`, with every word of `typed` standing in the name as a whole: for a name in a sentence, where "in" is no Ines. */
export function matchWholeName(people: readonly Person[], typed: string): Result<Person, NameRefusal> {
  const wanted = wordsOf(typed);
  const called = people.filter(({ name }) => {
    const words = wordsOf(name);
    return wanted.every((part) => words.includes(part));
  });
  return matchName(called, typed);
}

function fits({ name }: Person, wanted: readonly string[]): boolean {
  const words = wordsOf(name);
  return wanted.every((part) => words.some((word) => word.startsWith(part)));
}

const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
