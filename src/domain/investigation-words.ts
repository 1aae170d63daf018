/** What a background investigation came to, in words: no card and no report may say it (domain reference 4.3, 6.3). Pure. */

/** Words of one sentence, in small letters. */
type Words = readonly string[];

/** A word that begins so is a finding by itself. */
const FINDINGS = [
  'derogatory',
  'unfavorabl',
  'unfavourabl',
  'disqualif',
  'criminal',
  'convict',
  'arrest',
  'bankrupt',
  'delinquen',
  'felon',
  'misdemeanor',
  'misdemeanour',
  'indict',
  'polygraph',
  'foreclos',
  'incarcerat',
  'alcohol',
  'marijuana',
  'cannabis',
];
const FINDING_WORDS: ReadonlySet<string> = new Set(['dui', 'duis', 'dwi', 'dwis']);
const FINDING_PHRASES = [
  'foreign contact',
  'foreign contacts',
  'foreign relative',
  'foreign relatives',
  'foreign influence',
  'drug use',
  'drug test',
  'drug tests',
  'drug testing',
  'drug screen',
  'drug screening',
  'credit check',
  'credit checks',
  'credit report',
  'credit score',
  'credit history',
  'police record',
];

/** What is looked into. */
const SUBJECTS: ReadonlySet<string> = new Set([
  'interim',
  'clearance',
  'clearances',
  'investigation',
  'investigations',
  'investigator',
  'suitability',
  'background',
  'credit',
]);
const OUTCOMES: ReadonlySet<string> = new Set(
  'denied denial denies deny failed failure negative refused rejected revoked declined withheld flagged found clean'.split(
    ' ',
  ),
);
/** Where it follows "adjudication" it is of what was found there. */
const OF_ADJUDICATION: ReadonlySet<string> = new Set([
  ...OUTCOMES,

  'because',
  'issue',
  'issues',
  'concern',
  'concerns',
  'notes',
  'details',
]);
const OUTCOME_PHRASES = [
  'came back with',
  'came back bad',
  'not granted',
  'not cleared',
  'not pass',
  't pass',
];
const PRINTS: ReadonlySet<string> = new Set(['fp', 'fps', 'fingerprint', 'fingerprints', 'prints']);
const OF_PRINTS: ReadonlySet<string> = new Set([
  'match',
  'matched',
  'matches',
  'hit',
  'hits',
  'negative',
  'positive',
]);
const IS: ReadonlySet<string> = new Set(['is', 'are', 'was', 'were', 'has', 'been']);

/** How many words apart an investigation and an outcome still belong together. */
const APART = 8;

/** What the investigation came to, not that it goes on, waits or is done. */
export const hasFinding = (text: string): boolean => sentencesOf(text).some(isFinding);

const sentencesOf = (text: string): readonly Words[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .split(/[.!?]\s|\n/u)
    .map((sentence) => sentence.split(/[^a-z0-9]+/u).filter((word) => word !== ''));

const isFinding = (words: Words): boolean =>
  words.some((word) => FINDING_WORDS.has(word) || FINDINGS.some((finding) => word.startsWith(finding))) ||
  hasPhrase(words, FINDING_PHRASES) ||
  words.some((word, at) => {
    const near = words.slice(Math.max(0, at - APART), at + APART + 1);
    if (SUBJECTS.has(word))
      return near.some((each) => OUTCOMES.has(each)) || hasPhrase(near, OUTCOME_PHRASES);
    if (PRINTS.has(word)) return near.some((each) => OF_PRINTS.has(each));
    return word.startsWith('adjudicat') && isOutcomeOfAdjudication(words, at, near);
  });

/** Behind it at once, or an outcome anywhere near it. */
function isOutcomeOfAdjudication(words: Words, at: number, near: Words): boolean {
  const behind = words.slice(at + 1, at + 1 + APART).find((word) => !IS.has(word)) ?? '';
  return (
    OF_ADJUDICATION.has(behind) || near.some((each) => OUTCOMES.has(each) || each.startsWith('favorabl'))
  );
}

function hasPhrase(words: Words, phrases: readonly string[]): boolean {
  const text = ` ${words.join(' ')} `;
  return phrases.some((phrase) => text.includes(` ${phrase} `));
}
