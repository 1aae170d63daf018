/** What must never stand on an Information Card (domain reference 4.3): looked for in every word that is to be kept there. Pure. */
import { findSensitive } from './privacy.ts';

interface Forbidden {
  readonly kind: string;
  readonly found: RegExp;
}

/** Words that such things come with; a card says only that something is done, waits or is blocked. Each is one look through the text. */
const FORBIDDEN: readonly Forbidden[] = [
  {
    kind: 'a date or place of birth',
    found: /\b(?:born (?:in|on|at)|(?:date|place|city|country) of birth|birth ?(?:date|day|place)|dob)\b/iu,
  },
  {
    kind: 'a password or PIN',
    found:
      /\b(?:pass ?(?:word|phrase|code)s?|pwd|pins?|personal identification numbers?)\b(?= ?(?:is\b|are\b|was\b|[:=#\d]))/iu,
  },
  {
    kind: 'the number of a badge or card',
    found:
      /\b(?:piv|badge|card|serial|fasc-?n)(?: card)? ?(?:serial|number|no|num|nr|id|sn|s\/n)?\.? ?[:=#]? ?\d{4}/iu,
  },
  {
    kind: 'details of the adjudication',
    found:
      /\b(?:adjudicat\w{1,8} (?:was |is |has )?(?:denied|negative|failed|refused|because|found|issues?|concerns?|notes?|details?)|derogatory|unfavou?rable|disqualif\w{2,8}|criminal|convict\w{2,5}|arrest(?:ed|s)?|bankrupt\w{0,3}|delinquen\w{2,4}|foreign (?:contacts?|relatives?|influence)|drug (?:use|test)s?)\b/iu,
  },
  {
    kind: 'answers of the background questionnaire',
    found: /\b(?:sf|standard form)[- ]?8[56]p?,? (?:section|question|item|answer|part)/iu,
  },
  {
    kind: 'a file',
    found: /\.(?:jpe?g|png|gif|heic|bmp|tiff?|eft|an2|nist|pdf|docx?)\b|\bdata:image\b/iu,
  },
];

/**
 * The kinds of what must not be kept on a card, in the words people read; empty when the text may be kept. Social Security numbers,
 * dates of birth, card numbers; passwords and PINs; numbers of badges; adjudication; the questionnaire's answers; files.
 */
export const forbiddenOnCard = (text: string): readonly string[] => [
  ...new Set([
    ...findSensitive(text),
    ...FORBIDDEN.filter(({ found }) => found.test(text)).map(({ kind }) => kind),
  ]),
];
