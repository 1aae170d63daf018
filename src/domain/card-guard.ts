/** What must never stand on an Information Card (domain reference 4.3): looked for in every word that is to be kept there. Pure. */
import { hasFinding } from './investigation-words.ts';
import { findSensitive } from './privacy.ts';

/** Words of a text in small letters; a colon, a number sign and an equals sign are read as "is". */
type Words = readonly string[];

const wordsOf = (text: string): Words =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(':', ' is ')
    .replaceAll('=', ' is ')
    .replaceAll('#', ' is ')
    .split(/[^a-z0-9.-]+/u)
    .map((word) => (word.endsWith('.') ? word.slice(0, -1) : word))
    .filter((word) => word !== '');

const IS: ReadonlySet<string> = new Set(['is', 'are', 'was', 'were', 'has', 'been']);

/** The first word from `at` on that is none of `passedOver`. */
const next = (words: Words, at: number, passedOver: ReadonlySet<string>): string =>
  words.slice(at, at + 8).find((word) => !passedOver.has(word)) ?? '';

const PHRASES_OF_BIRTH = [
  'born in',
  'born on',
  'born at',
  'date of birth',
  'place of birth',
  'city of birth',
  'country of birth',
  'birth date',
  'birthdate',
  'birthday',
  'birth place',
  'birthplace',
  'dob',
];

const hasPhrase = (words: Words, phrases: readonly string[]): boolean => {
  const text = ` ${words.join(' ')} `;
  return phrases.some((phrase) => text.includes(` ${phrase} `));
};

const SECRETS: ReadonlySet<string> = new Set([
  'password',
  'passwords',
  'passphrase',
  'passcode',
  'pwd',
  'pin',
  'pins',
]);

/** What a password is, or a PIN with its figures: not that one is to be reset. */
const hasSecret = (words: Words): boolean =>
  words.some(
    (word, at) => SECRETS.has(word) && (IS.has(words[at + 1] ?? '') || /^\d/u.test(words[at + 1] ?? '')),
  );

const BADGES: ReadonlySet<string> = new Set(['piv', 'badge', 'card', 'serial', 'fasc-n', 'fascn']);
const NUMBER: ReadonlySet<string> = new Set([
  ...IS,
  'card',
  'serial',
  'number',
  'no',
  'num',
  'nr',
  'id',
  'sn',
  's',
  'n',
]);

/** Four figures or more behind the name of a badge; a day is no number of one. */
const hasBadgeNumber = (words: Words): boolean =>
  words.some((word, at) => {
    const found = BADGES.has(word) ? next(words, at + 1, NUMBER) : '';
    return /^\d{4}/u.test(found) && !/^\d{4}-\d\d-\d\d$/u.test(found);
  });

const QUESTIONNAIRES: ReadonlySet<string> = new Set([
  'sf86',
  'sf-86',
  'sf85',
  'sf-85',
  'sf85p',
  'sf-85p',
  '86',
  '85',
  '85p',
]);
const PARTS: ReadonlySet<string> = new Set(['section', 'question', 'item', 'answer', 'answers', 'part']);
const hasAnswer = (words: Words): boolean =>
  words.some(
    (word, at) =>
      QUESTIONNAIRES.has(word) &&
      PARTS.has(words[at + 1] ?? '') &&
      (word.startsWith('sf') || words[at - 1] === 'sf' || words[at - 1] === 'form'),
  );

const FILES: ReadonlySet<string> = new Set(
  'jpg jpeg png gif heic bmp tif tiff eft an2 nist pdf doc docx'.split(' '),
);
const hasFile = (words: Words): boolean =>
  words.some((word) => word.includes('.') && FILES.has(word.slice(word.lastIndexOf('.') + 1)));

/** What an investigation came to: read by sentence, not by word. */
const FINDING = 'details of the adjudication';
const FORBIDDEN: readonly (readonly [string, (words: Words) => boolean])[] = [
  ['a date or place of birth', (words) => hasPhrase(words, PHRASES_OF_BIRTH)],
  ['a password or PIN', hasSecret],
  ['the number of a badge or card', hasBadgeNumber],
  ['answers of the background questionnaire', hasAnswer],
  ['a file', hasFile],
];

/**
 * The kinds of what must not be kept on a card, in the words people read; empty when the text may be kept. Social Security numbers,
 * dates of birth, payment cards; passwords and PINs; numbers of badges; findings; the questionnaire's answers; files. A card says only
 * that something is done, waits or is blocked.
 */
export function forbiddenOnCard(text: string): readonly string[] {
  const words = wordsOf(text);
  const found = FORBIDDEN.filter(([, isIn]) => isIn(words)).map(([kind]) => kind);
  const findings = hasFinding(text) ? [FINDING] : [];
  return [...new Set([...findSensitive(text), ...found, ...findings])];
}
