/** What is typed about a line of a nudge: `done 2 ref TICKET-1`, `blocked 2 …`, `waiting piv on badging office`, `not yet 2 for 3 days`. */

export const NUDGE_VERBS = ['done', 'blocked', 'waiting', 'not-yet'] as const;
export type NudgeVerb = (typeof NUDGE_VERBS)[number];

export interface TypedNudge {
  readonly verb: NudgeVerb;
  /** The number of the line in what was shown last; null: it begins with a name. */
  readonly place: number | null;
  /** What stands behind the number, or all of it with the name. */
  readonly words: string;
}

const SHAPE = /^(done|blocked|waiting|not yet)\s+(?:with\s+)?(\S[^\n]{0,499})$/iu;
const NUMBERED = /^(?:line\s+|no\.?\s+|#)?(\d{1,2})(?:[.:,;]?\s+|[.:,;!]?$)/iu;

/** Null for anything else. Whether there is such a line is for who reads it to say. */
export function readNudge(typed: string): TypedNudge | null {
  const [, said = '', behind = ''] = SHAPE.exec(typed.trim()) ?? [];
  const verb = NUDGE_VERBS.find((each) => each === said.toLowerCase().replace(' ', '-'));
  if (!verb) return null;
  const [whole, digits] = NUMBERED.exec(behind) ?? [];
  return whole === undefined || digits === undefined
    ? { verb, place: null, words: behind.trim() }
    : { verb, place: Number(digits), words: behind.slice(whole.length).trim() };
}

/** `done`, `blocked`, `not yet` and nothing else: which line is still to be said. `waiting` alone asks what waits. */
export const isVerbAlone = (typed: string): boolean =>
  /^(?:done|blocked|not yet)[\s.!]{0,5}$/iu.test(typed.trim());

/** `for 3 days`, `3`, `3 business days`: how many; 1 when nothing is said, null for other words. */
export function readDaysOff(words: string): number | null {
  if (words === '') return 1;
  const digits = /^(?:for\s+)?(\d{1,2})(?:\s+(?:business\s+)?days?)?[.!]?$/iu.exec(words)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** `nudges`, "what's open": the lines as they are now. */
export const isNudgesWish = (typed: string): boolean =>
  /^(?:my )?(?:nudges|what(?:'s|’s| is) open)\s*[?.!]?$/iu.test(typed.trim());
