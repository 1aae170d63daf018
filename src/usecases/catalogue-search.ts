/** Finds services of the catalogue by words: what it is for, what one gets, and the words people use for the same thing. */
import MiniSearch from 'minisearch';
import { fold } from '../forms/text.ts';
import type { Offering } from '../offerings/offering.ts';
import { MEANINGS, STOP_WORDS } from './programme-vocabulary.ts';

/** Longer texts are no search. */
const LONGEST_SEARCH = 120;

/** Words for the same thing that only the catalogue knows; each is looked for as the first one. */
const SAME: Readonly<Record<string, string>> = {
  vulnerability: 'vulnerabilities weakness weaknesses flaw flaws bug bugs hole holes vdp',
  dns: 'resolver resolution nameserver domain domains',
  soc: 'monitoring monitor operations logs siem alerts',
  mentor: 'mentors mentoring mentee mentees coach coaching guidance learn',
  surge: 'backlog overload overloaded peak temporary extra more',
};
const MEANT: ReadonlyMap<string, string> = new Map(
  Object.entries(SAME).flatMap(([word, others]) => others.split(' ').map((other) => [other, word] as const)),
);

const meaning = (word: string): string => MEANT.get(word) ?? MEANINGS.get(word) ?? word;
const wordsOf = (text: string): string[] =>
  fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .split(' ')
    .filter((word) => word !== '' && !STOP_WORDS.has(word));
/** What is searched for stands for its meaning alone. */
const meaningful = (text: string): string[] => wordsOf(text).map(meaning);
/** In the index a word stands beside its meaning: misspelled, it is near the word. */
const indexed = (text: string): string[] =>
  wordsOf(text).flatMap((word) => [...new Set([word, meaning(word)])]);

/** Those that the words fit, best first; none for words that carry no meaning or are too long. */
export function searchOfferings(offerings: readonly Offering[], words: string): readonly Offering[] {
  if (words.length > LONGEST_SEARCH) return [];
  const index = new MiniSearch<{ readonly id: string; readonly names: string; readonly about: string }>({
    fields: ['names', 'about'],
    tokenize: indexed,
    processTerm: (term) => term,
    searchOptions: { tokenize: meaningful },
  });
  index.addAll(
    offerings.map((each) => ({
      id: each.key,
      names: [each.name, ...each.alsoCalled].join(' '),
      about: [each.purpose, each.need, each.forWhom.text, ...each.youGet.map(({ text }) => text)].join(' '),
    })),
  );
  const found = index.search(words, {
    boost: { names: 3 },
    fuzzy: (term) => (term.length > 4 ? 0.2 : false),
    prefix: (term) => term.length > 4,
    combineWith: 'AND',
  });
  return found.flatMap(({ id }) => offerings.filter(({ key }) => key === id));
}
