/** Typed words about digests: `digest weekly`, `digest portfolio`, `digest onboarding`, `digest programme`. */
import { mayEver } from '../domain/access.ts';
import type { RawValues } from '../domain/field.ts';
import type { ButtonPress } from '../messages/button.ts';
import { unknownDigest } from '../messages/copy/digest.ts';
import { notYours } from '../messages/copy/refusals.ts';
import { DIGEST_NAMES, type DigestName, PROGRAMME_DIGESTS } from '../offerings/programme-digests.ts';
import { digestNow } from './enqueue-digests.ts';
import { type Answer, answer, answerPrivately, type Work } from './work.ts';

type Route = (work: Work, press: ButtonPress, values: RawValues) => Promise<Answer>;

/** What pressing does. */
export const DIGEST_PRESSED: ReadonlyMap<string, Route> = new Map<string, Route>();
/** What sending a dialog does. */
export const DIGEST_SUBMITTED: ReadonlyMap<string, Route> = new Map<string, Route>();

const TYPED = new RegExp(
  `^(?:(?:the|my) )?(?:digest (${DIGEST_NAMES.join('|')})|(${DIGEST_NAMES.join('|')}) digest)[.!?]?$`,
  'iu',
);

/** A digest by its name, as things stand; null for anything else, and for `digest` alone, which is answered where it is at home. */
export async function routeDigest(work: Work, typed: string): Promise<Answer | null> {
  const found = TYPED.exec(typed);
  const word = (found?.[1] ?? found?.[2])?.toLowerCase();
  const name = DIGEST_NAMES.find((each) => each === word);
  if (!name) return unknownName(work, typed);
  if (!mayRead(work, name)) return answerPrivately(notYours());
  const reader = PROGRAMME_DIGESTS[name].to.kind === 'people' ? work.person : null;
  const message = await digestNow(work, name, reader);
  return isForAll(work, name) ? answer(message) : answerPrivately(message);
}

/** A digest that there is not, for whoever has one. */
function unknownName(work: Work, typed: string): Answer | null {
  const [, called = ''] = /^digest ([\p{L}-]{1,30})[.!?]?$/iu.exec(typed) ?? [];
  const theirs = DIGEST_NAMES.filter((name) => mayRead(work, name));
  return called !== '' && theirs.length > 1 ? answerPrivately(unknownDigest(called, theirs)) : null;
}

/** Who may read what is in it (domain reference 1.3). */
function mayRead({ person }: Work, name: DigestName): boolean {
  switch (name) {
    case 'daily':
    case 'weekly':
      return mayEver(person, 'programme.read');
    // It stands in the channel that everybody of the programme reads.
    case 'programme':
      return true;
    case 'portfolio':
      return person.roles.includes('cra');
    case 'onboarding':
      return mayEver(person, 'burn-down.read-all');
    default:
      return name satisfies never;
  }
}

/** Said in the channel only what may stand there. */
function isForAll({ from: { channel } }: Work, name: DigestName): boolean {
  const { to } = PROGRAMME_DIGESTS[name];
  return to.kind === 'channel' && (channel === null || channel === to.channel);
}
