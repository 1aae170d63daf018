/** Lines of an off-boarding record in words: their states, what is typed for them. */
import {
  type LineKind,
  type LineRefusal,
  type LineState,
  type OffBoardingLine,
  openStateOf,
} from '../../domain/off-boarding.ts';
import { type Line, line, theirs } from '../inline.ts';

const SAID: Readonly<Record<LineState, string>> = {
  to_return: 'to be returned',
  returned: 'returned',
  to_revoke: 'to be removed',
  revoked: 'removed',
  to_do: 'to be done',
  done: 'done',
  transferred: 'kept for the next post',
  reported_lost: 'reported lost',
  not_issued: 'never handed out',
};

/** A state inside a sentence. */
export const stateWords = (state: LineState, kind: LineKind): string =>
  state === 'not_issued' && kind !== 'property' ? 'not needed' : SAID[state];

/** A state as somebody picks it; the open one is what a slip is taken back with. */
export function stateChoice(state: LineState, kind: LineKind): string {
  if (state === openStateOf(kind)) return 'Open again';
  const words = stateWords(state, kind);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What people type for a state; longer ones come first. */
export const STATE_PHRASES: readonly (readonly [string, LineState | 'open'])[] = [
  ['never handed out', 'not_issued'],
  ['kept for the next post', 'transferred'],
  ['reported lost', 'reported_lost'],
  ['never issued', 'not_issued'],
  ['not issued', 'not_issued'],
  ['not needed', 'not_issued'],
  ['given back', 'returned'],
  ['open again', 'open'],
  ['transferred', 'transferred'],
  ['to return', 'open'],
  ['to revoke', 'open'],
  ['cancelled', 'revoked'],
  ['disabled', 'revoked'],
  ['returned', 'returned'],
  ['revoked', 'revoked'],
  ['removed', 'revoked'],
  ['stolen', 'reported_lost'],
  ['missing', 'reported_lost'],
  ['found', 'returned'],
  ['to do', 'open'],
  ['open', 'open'],
  ['lost', 'reported_lost'],
  ['done', 'done'],
  ['told', 'done'],
  ['kept', 'done'],
  ['held', 'done'],
];

/** Without anybody's name, as it is typed: `piv card`. */
export const typedKey = (key: string): string => key.replaceAll('_', ' ');

const EXAMPLES: Readonly<Record<LineKind, string>> = {
  property: 'returned to Leila Haddad; tag 1234; ref T-77; today',
  access: 'removed; ref T-77; today',
  notice: 'done; ref T-77; today',
  keep: 'done; ref T-77; today',
};

/** What to type for a line. `whose`: the name where an engagement has records of several people. */
export const typedLine = (
  number: string,
  { key, kind, state }: Pick<OffBoardingLine, 'key' | 'kind' | 'state'>,
  whose: string | null,
): string =>
  `line ${number} ${whose === null ? '' : `of ${whose}: `}${typedKey(key)} ${
    state === 'reported_lost' ? 'incident INC-12345' : EXAMPLES[kind]
  }`;

const LACKING = {
  reference: 'a reference, such as "ref T-77"',
  on: 'the day, such as "today" or "6/30/2028"',
  returned_to: 'who took it, such as "returned to Leila"',
} as const;

/** Why a line did not change. */
export function lineRefusal(what: string, kind: LineKind, refusal: LineRefusal): Line {
  const name = theirs(what);
  switch (refusal.code) {
    case 'no-such-line':
      return line`There is no such line.`;
    case 'may-not-follow':
      return refusal.allowed.length === 0
        ? line`${name} is ${stateWords(refusal.from, kind)}, and nothing follows that.`
        : line`${name} is ${stateWords(refusal.from, kind)}. From there it can be: ${refusal.allowed.map((state) => stateChoice(state, kind).toLowerCase()).join(', ')}.`;
    case 'evidence-needed':
      return line`${name} needs ${refusal.missing.map((each) => LACKING[each]).join(' and ')}.`;
    case 'still-to-come':
      return line`${name}: that day is still to come. Say it once it has happened.`;
    case 'whole-tag':
      return line`${name}: give the last four characters of the asset tag only, such as "tag 1234".`;
    case 'not-lost':
      return line`${name} is not reported lost, so there is no incident.`;
    case 'already-done':
      return line`${name}: its incident number is confirmed already.`;
    default:
      return refusal satisfies never;
  }
}
