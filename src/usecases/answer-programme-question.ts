/** Answers questions about the programme from its public page (domain reference 6.5). Pure: nothing is looked up or kept. */
import MiniSearch from 'minisearch';
import { line, link } from '../messages/inline.ts';
import { card, type Message, note, say } from '../messages/message.ts';
import {
  PROGRAMME_EMAIL,
  PROGRAMME_PAGE,
  PROGRAMME_QUESTIONS,
  type ProgrammeQuestion,
} from '../offerings/programme-questions.ts';
import { MEANINGS, PHRASES, STOP_WORDS } from './programme-vocabulary.ts';

/** Longer texts are answers to a form, not questions. */
const MAX_LENGTH = 240;
/** Share of a question's own words that a known wording must have. */
const ENOUGH_IN_COMMON = 0.6;

interface Wording {
  readonly id: string;
  readonly question: ProgrammeQuestion;
  readonly text: string;
}

const WORDINGS: readonly Wording[] = PROGRAMME_QUESTIONS.flatMap((question) =>
  [question.question, ...question.wordings].map((text, index) => ({
    id: `${question.id}-${index}`,
    question,
    text,
  })),
);
const byId = new Map(WORDINGS.map((wording) => [wording.id, wording]));
const index = new MiniSearch<Wording>({
  fields: ['text'],
  tokenize: meaningful,
  processTerm: (term) => term,
});
index.addAll(WORDINGS);

/** The words of `text` that carry meaning, each reduced to the one word we use for it. */
function meaningful(text: string): string[] {
  let plain = ` ${text
    .toLowerCase()
    .replace(/[’']/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')} `;
  for (const [phrase, word] of PHRASES) plain = plain.replaceAll(` ${phrase} `, ` ${word} `);
  const words = plain.split(' ').filter((word) => word !== '' && !STOP_WORDS.has(word));
  return [...new Set(words.map((word) => MEANINGS.get(word) ?? word))];
}

const ASKS =
  /^(?:(?:hi|hello|hey|please|so|and|but|ok|okay)[ ,]+)?(?:what|whats|who|whos|whom|when|where|why|which|how|is|are|am|can|could|do|does|did|will|would|should|may|must|tell me|explain|describe|walk me|id like to know|i want to know|i wonder)\b/u;
/** About one's own request, or the form itself: other answers exist for these. */
const OWN_BUSINESS =
  /\b(?:my|this|that|the) (?:requests?|kickoffs?|status|answers?|forms?|question|meetings?) (?:is|was|now|on|at|status)\b|\b(?:is|wheres|where is|whats|what is|see|show|change|check) (?:my|the status)\b|\bstatus\b|\bwhen\b.{0,40}\bkickoff\b|\byou mean\b|\bhere\b|\blater\b|\bthis (?:form|question)\b|\b(?:withdraw|cancel|reschedule|amend|edit|undo|skip|resubmit)\b|\b[a-z]{2,8} 20\d{2} \d+\b/u;
/** At least one of these must be in a question about the programme. */
const TOPICS = new Set([
  'isso',
  'program',
  'onboarding',
  'training',
  'meeting',
  'engagement',
  'end',
  'cost',
  'kickoff',
  'owner',
  'request',
  'task',
  'prepare',
  'process',
  'wait',
]);

/** Whether `text` asks something about the programme, answerable or not. Wishes, commands and plain answers don't. */
export function looksLikeProgrammeQuestion(text: string): boolean {
  const asked = text.trim();
  if (asked.length < 5 || asked.length > MAX_LENGTH || asked.includes('\n')) return false;
  const plain = asked
    .toLowerCase()
    .replace(/[’']/gu, '')
    .replace(/[^\p{L}\p{N},]+/gu, ' ')
    .trim();
  if (!ASKS.test(plain) || OWN_BUSINESS.test(plain)) return false;
  if (WORDINGS.some((wording) => sameWords(wording.text, plain))) return true;
  const words = meaningful(asked);
  return words.some((word) => TOPICS.has(word) || closeToTopic(word));
}

const sameWords = (wording: string, plain: string): boolean =>
  wording
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim() === plain;

/** A topic misspelt: the index finds it by likeness. */
function closeToTopic(word: string): boolean {
  if (word.length < 5) return false;
  return index.search(word, SEARCH).some(({ terms }) => terms.some((term) => TOPICS.has(term)));
}

const SEARCH = {
  fuzzy: (term: string) => (term.length > 4 ? 0.25 : false),
  prefix: (term: string) => term.length > 4,
  weights: { fuzzy: 0.5, prefix: 0.6 },
};

/** The answer to a question about the programme, with its section and page; null for anything else. */
export function answerProgrammeQuestion(text: string): Message | null {
  if (!looksLikeProgrammeQuestion(text)) return null;
  const question = bestMatch(text);
  return question && answerTo(question);
}

/** The question most like what was asked, when most of the words asked are known from its wordings. */
function bestMatch(text: string): ProgrammeQuestion | null {
  const asked = meaningful(text);
  const candidates = new Map<ProgrammeQuestion, { readonly known: Set<string>; likeness: number }>();
  for (const { id, queryTerms, terms, score } of index.search(text, SEARCH)) {
    const wording = byId.get(String(id));
    if (!wording) continue;
    const candidate = candidates.get(wording.question) ?? { known: new Set<string>(), likeness: 0 };
    for (const term of queryTerms) candidate.known.add(term);
    const shareAsked = new Set(queryTerms).size / asked.length;
    const shareOfWording = Math.min(1, new Set(terms).size / meaningful(wording.text).length);
    candidate.likeness = Math.max(candidate.likeness, score * shareAsked * shareOfWording);
    candidates.set(wording.question, candidate);
  }
  const [best] = [...candidates]
    .filter(([, { known }]) => known.size / asked.length >= ENOUGH_IN_COMMON)
    .sort(([, a], [, b]) => b.likeness - a.likeness);
  return best?.[0] ?? null;
}

function answerTo({ question, answer, section }: ProgrammeQuestion): Message {
  const source = note(line`From "${section}" on the ${link('ISSO As A Service page', PROGRAMME_PAGE)}.`);
  return card(question, [...answer, source]);
}

/** For a question about the programme that the page doesn't answer. */
export function programmeQuestionFallback(): Message {
  return say(
    line`I can't answer that from the ${link('ISSO As A Service page', PROGRAMME_PAGE)}. Please write to ${link(PROGRAMME_EMAIL, `mailto:${PROGRAMME_EMAIL}`)}, where people will help you.`,
  );
}
