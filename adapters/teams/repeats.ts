/** The same press sent again: clients and services repeat what was answered slowly, each time as another activity. */
import { remember } from '../../src/domain/remember.ts';
import { TEAMS } from './limits.ts';
import type { Answered } from './reply.ts';

export interface Repeats {
  /**
   * The event's key for a press. One that comes again within a minute has the key of the first; afterwards the same press of the
   * same card is meant anew. `sentAt`, in milliseconds since 1970, is when Teams says that it was sent: the very same request has
   * the same key whenever it comes again, and wherever.
   */
  keyOf(repeats: string, sentAt: number | null): string;
  /** What was answered to the event, or is about to be: a repeat is answered the same. What was not kept may be tried again. */
  once(key: string, answer: () => Promise<Answered>): Promise<Answered>;
}

const KEYS = 20_000;
/** Fewer, because cards stand in them: a client repeats what was answered slowly within seconds. */
const ANSWERS = 1_000;

/** `now` is in milliseconds since 1970. */
export function createRepeats(now: () => number): Repeats {
  const keys = new Map<string, { readonly key: string; readonly at: number }>();
  const answers = new Map<string, { readonly at: number; readonly answer: Promise<Answered> }>();
  return {
    keyOf(repeats, sentAt) {
      const at = now();
      const known = keys.get(repeats);
      if (known && at - known.at < TEAMS.samePressMs) return known.key;
      const key = `pressed:${repeats}:${Math.floor((sentAt ?? at) / TEAMS.samePressMs)}`;
      remember(keys, repeats, { key, at }, KEYS);
      return key;
    },
    once(key, answer) {
      const known = answers.get(key);
      if (known && now() - known.at < TEAMS.samePressMs) return known.answer;
      const forget = (): void => void answers.delete(key);
      const mine = answer().then((answered) => {
        if (answered.isLost) forget();
        return answered;
      });
      mine.catch(forget);
      remember(answers, key, { at: now(), answer: mine }, ANSWERS);
      return mine;
    },
  };
}
