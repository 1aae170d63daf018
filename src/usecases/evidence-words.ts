/** What may be said as evidence and reason, of a line of a card and of a course alike (domain reference 4.3). */
import { forbiddenOnCard } from '../domain/card-guard.ts';
import { BAD_REFERENCE, forbidden } from '../messages/copy/card-items.ts';
import { LONGEST_ITEM_WORDS, LONGEST_REFERENCE } from '../offerings/item-form.ts';
import { readWords } from './guard.ts';

const REFERENCE = /^[A-Za-z0-9][A-Za-z0-9._/#-]*$/u;
const IS_REFERENCE = /^ref(?:erence)?[.:#]*/iu;

/** The words, or what must never stand there, is too long or empty. */
export function readReason(typed: string): ReturnType<typeof readWords> {
  const kinds = forbiddenOnCard(typed);
  return kinds.length > 0 ? { ok: false, refusal: forbidden(kinds) } : readWords(typed, LONGEST_ITEM_WORDS);
}

/** What is wrong with a reference, such as a ticket's number; null when it can be kept. */
export function referenceProblem(reference: string): string | null {
  const kinds = forbiddenOnCard(reference);
  if (kinds.length > 0) return forbidden(kinds);
  return reference.length > LONGEST_REFERENCE || !REFERENCE.test(reference) ? BAD_REFERENCE : null;
}

/** `on 2/3/2027 ref TICKET-1`, `ref:TICKET-1`: the reference (null for none), and the words beside it. */
export function splitReference(behind: string): {
  readonly reference: string | null;
  readonly rest: readonly string[];
} {
  const words = behind.split(/[\s;,]+/u).filter((word) => word !== '');
  const at = words.findIndex((word) => IS_REFERENCE.test(word));
  if (at < 0) return { reference: null, rest: words };
  const inWord = words[at]?.replace(IS_REFERENCE, '') ?? '';
  return inWord === ''
    ? { reference: words[at + 1] ?? null, rest: words.toSpliced(at, 2) }
    : { reference: inWord, rest: words.toSpliced(at, 1) };
}
