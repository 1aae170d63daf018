/** "which engagements are waiting on fingerprints in OIT?": questions about the state of the programme, one way to ask and its filters. */
import type { AskQuestion, WaitTopic } from '../domain/ask.ts';
import { OPEN_STATES, type OpenState } from '../domain/engagement-states.ts';
import { lastNinetyDays, monthAround, nextDays, type Period } from '../domain/period.ts';
import { addDays, type LocalDate, sayLocalDate, weekday } from '../domain/time.ts';
import {
  ASKED_BY,
  HAPPENED,
  LINE_WORDS,
  MISSING,
  MOVE_WORDS,
  NOUNS,
  OPEN_WORDS,
  PARTY_WORDS,
  QUESTION_WORDS,
  SIDE_WORDS,
  SMALL_WORDS,
  STATE_WORDS,
  STEP_WORDS,
} from './ask-words.ts';
import { type Bare, findPeriod } from './read-period.ts';
import { fold } from './text.ts';

/** Longer texts are no question of this kind. */
const LONGEST = 160;
/** A name has no more words. */
const LONGEST_NAME = 4;
const AHEAD_DAYS = 90;

/** What only the programme knows: words for its components and offerings, by key, and the day. */
export interface AskKnown {
  readonly components: ReadonlyMap<string, readonly string[]>;
  readonly offerings: ReadonlyMap<string, readonly string[]>;
  readonly today: LocalDate;
}

/**
 * The question that a whole text asks; null for anything else. Every word must be understood or make no difference: half a question
 * is never answered as if it were another one.
 */
export function readAsk(typed: string, known: AskKnown): AskQuestion | null {
  if (typed.length > LONGEST) return null;
  const said = new Said(typed);
  if (said.size === 0 || !QUESTION_WORDS.some((words) => said.has(words))) return null;
  const component = said.takeOne(inPlace(known.components)) ?? said.takeOne(bareNames(known.components));
  const offering = said.takeOne(known.offerings);
  const filters = { component, offering };
  return askedOf(said, filters, known.today);
}

type Filters = Pick<AskQuestion, 'component' | 'offering'>;
const table = <Key extends string>(words: Readonly<Record<Key, readonly string[]>>) =>
  new Map(Object.entries(words) as [Key, readonly string[]][]);

const ASKED = table(ASKED_BY);
const HAPPENED_BY = table(HAPPENED);
const MISSED = table(MISSING);
const STEPS = table(STEP_WORDS);
const STATES = table(STATE_WORDS);
const TOPICS: ReadonlyMap<WaitTopic, readonly string[]> = new Map<WaitTopic, readonly string[]>([
  ...[...table(LINE_WORDS)].map(([of, words]) => [{ kind: 'line', of }, words] as const),
  ...[...table(MOVE_WORDS)].map(([of, words]) => [{ kind: 'move', of }, words] as const),
  ...[...table(SIDE_WORDS)].map(([of, words]) => [{ kind: 'side', of }, words] as const),
  ...[...table(PARTY_WORDS)].map(([of, words]) => [{ kind: 'party', of }, words] as const),
]);

function askedOf(said: Said, filters: Filters, today: LocalDate): AskQuestion | null {
  if (said.takeOne(new Map([['how-long', ASKED_BY['how-long']]]))) return howLong(said, filters, today);
  const missing = said.takeOne(MISSED);
  if (missing) return said.isRead() ? { ...filters, ask: 'missing', what: missing } : null;
  const asked = said.takeOne(withoutHowLong(ASKED));
  switch (asked) {
    case 'waiting':
      return waiting(said, filters);
    case 'late':
    case 'at-risk': {
      const both = said.takeOne(withoutHowLong(ASKED));
      const isWhole = (both === null || both === 'late' || both === 'at-risk') && said.isRead();
      const is = (one: 'late' | 'at-risk'): boolean => asked === one || both === one;
      return isWhole ? { ...filters, ask: 'late', isLate: is('late'), isAtRisk: is('at-risk') } : null;
    }
    case 'joins':
    case 'ends': {
      const period = said.takePeriod(today, 'coming') ?? nextDays(today, AHEAD_DAYS);
      return said.isRead() ? { ...filters, ask: asked, period } : null;
    }
    case null:
      return inState(said.copy(), filters) ?? happened(said, filters, today) ?? allOpen(said, filters);
    default:
      return asked satisfies never;
  }
}

function withoutHowLong(asked: typeof ASKED) {
  return new Map(
    [...asked].filter(
      (each): each is [Exclude<(typeof each)[0], 'how-long'>, readonly string[]] => each[0] !== 'how-long',
    ),
  );
}

function howLong(said: Said, filters: Filters, today: LocalDate): AskQuestion | null {
  const step = said.takeOne(STEPS);
  const period = said.takePeriod(today, 'past') ?? lastNinetyDays(today);
  return step && said.isRead() ? { ...filters, ask: 'how-long', step, period } : null;
}

/** Who asks what they themselves wait for asks for their own day. */
const ONESELF: ReadonlySet<string> = new Set(['i', 'am', "i'm", 'my', 'mine']);

/** What no word of ours names is somebody's name. */
function waiting(said: Said, filters: Filters): AskQuestion | null {
  const topic = said.takeOne(TOPICS);
  if (topic) return said.isRead() ? { ...filters, ask: 'waiting', topic } : null;
  const name = said.rest();
  const words = name.split(' ');
  if (name === '' || words.length > LONGEST_NAME || words.some((word) => ONESELF.has(word))) return null;
  return { ...filters, ask: 'waiting', topic: { kind: 'person', typed: name } };
}

/** `how many requests this quarter` asks for those that were filed. */
function happened(said: Said, filters: Filters, today: LocalDate): AskQuestion | null {
  const trial = said.copy();
  const what = trial.takeOne(HAPPENED_BY);
  const period = trial.takePeriod(today, 'past');
  if (what === null && (period === null || !said.has('requests'))) return null;
  if (!trial.isRead()) return null;
  const usual = what === null || what === 'filed' ? monthAround(today) : lastNinetyDays(today);
  return { ...filters, ask: 'happened', what: what ?? 'filed', period: period ?? usual };
}

const isOfEngagements = (said: Said): boolean => NOUNS.some((noun) => said.has(noun)) || said.has('how many');

function inState(said: Said, filters: Filters): AskQuestion | null {
  if (!isOfEngagements(said) && !said.has('which are')) return null;
  const states = new Set<OpenState>();
  for (let state = said.takeOne(STATES); state !== null; state = said.takeOne(STATES)) states.add(state);
  return states.size > 0 && said.isRead() ? { ...filters, ask: 'in-state', states: [...states] } : null;
}

function allOpen(said: Said, filters: Filters): AskQuestion | null {
  if (!isOfEngagements(said)) return null;
  said.takeOne(new Map([['open', OPEN_WORDS]]));
  return said.isRead() ? { ...filters, ask: 'in-state', states: OPEN_STATES } : null;
}

/** `in OIT`, `for the Office of Information Technology`; short names that are words otherwise count behind such a word alone. */
const inPlace = (components: AskKnown['components']): AskKnown['components'] =>
  new Map(
    [...components].map(([key, names]) => [
      key,
      names.flatMap((name) => ['in', 'for', 'of', 'from', 'at'].map((word) => `${word} ${name}`)),
    ]),
  );
const bareNames = (components: AskKnown['components']): AskKnown['components'] =>
  new Map(
    [...components]
      .filter(([key]) => key !== 'CMS' && key !== 'OTHER')
      .map(([key, names]) => [key, names.filter((name) => name.length > 2)]),
  );

const WEEKS: ReadonlyMap<number, readonly string[]> = new Map([
  [0, ['this week']],
  [-1, ['last week']],
  [1, ['next week']],
]);

/** Monday to Sunday. */
function weekAround(today: LocalDate, moved: number): Period {
  const from = addDays(today, moved * 7 - ((weekday(today) + 6) % 7));
  return { from, until: addDays(from, 6), name: `the week of ${sayLocalDate(from)}` };
}

/** Stands where words were taken out, so that those around it are not read as one. */
const GAP = '/';

/** The words of a text, which are taken out as they are understood. */
class Said {
  #words: string;
  constructor(typed: string) {
    const plain = fold(typed)
      .replace(/^ask[\s:]+/u, '')
      .replace(/[^\p{L}\p{N}']+/gu, ' ')
      .trim();
    this.#words = ` ${plain} `;
  }
  get size(): number {
    return this.#words.trim().length;
  }
  has(words: string): boolean {
    return this.#words.includes(` ${words} `);
  }
  copy(): Said {
    const same = new Said('');
    same.#words = this.#words;
    return same;
  }
  /** Takes out the longest of all these phrases that stands in the text; null when none does. */
  takeOne<Key>(table: ReadonlyMap<Key, readonly string[]>): Key | null {
    let [found, longest]: [Key | null, string] = [null, ''];
    for (const [key, phrases] of table)
      for (const phrase of phrases)
        if (phrase.length > longest.length && this.has(phrase)) [found, longest] = [key, phrase];
    if (longest !== '') this.#words = this.#words.replace(` ${longest} `, ` ${GAP} `);
    return found;
  }
  takePeriod(today: LocalDate, bare: Bare): Period | null {
    const moved = this.takeOne(WEEKS);
    if (moved !== null) return weekAround(today, moved);
    const found = findPeriod(this.#words.trim(), today, bare);
    if (!found) return null;
    this.#words = ` ${found.rest} `;
    return found.period;
  }
  /** What is left when all that makes no difference is taken away. */
  rest(): string {
    const plain = [...QUESTION_WORDS, ...NOUNS].toSorted((a, b) => b.length - a.length);
    let words = this.#words;
    for (const each of plain) words = words.replaceAll(` ${each} `, ` ${GAP} `);
    return words
      .split(' ')
      .filter((word) => word !== '' && word !== GAP && !SMALL_WORDS.has(word))
      .join(' ');
  }
  isRead(): boolean {
    return this.rest() === '';
  }
}
