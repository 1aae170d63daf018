/**
 * The sensitive-text guard: what must not stand in chat, found and taken out before anything is kept
 * (domain reference 9.5). It understands separators, other scripts' digits and invisible characters, and it reads each
 * text in time proportional to its length (quality S9).
 */
import { type FoldedText, foldForReading } from './plain-characters.ts';

/** What was found, in the words people read. */
export type SensitiveKind =
  | 'a Social Security number'
  | 'a Medicare number'
  | 'a payment card number'
  | 'a date of birth';

interface Span {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  readonly kind: SensitiveKind;
}

/** The kinds in `text`, each once, in the order they appear. */
export const findSensitive = (text: string): SensitiveKind[] => [...new Set(taken(text).kinds)];

/** `text` with each sensitive part replaced, such as "[removed: a Social Security number]". */
export const redactSensitive = (text: string): string => taken(text).rest;

/** What one part hid by standing next to it shows in the next round; three parts in a row are the most people write. */
const MAX_ROUNDS = 4;

function taken(text: string): { readonly rest: string; readonly kinds: readonly SensitiveKind[] } {
  const kinds: SensitiveKind[] = [];
  let rest = text;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const folded = foldForReading(rest);
    const spans = spansIn(folded.text);
    if (spans.length === 0) break;
    kinds.push(...spans.map(({ kind }) => kind));
    rest = without(spans, rest, folded);
  }
  return { rest, kinds };
}

function without(spans: readonly Span[], text: string, folded: FoldedText): string {
  const kept: string[] = [];
  let done = 0;
  for (const { from, to, kind } of spans) {
    kept.push(text.slice(done, folded.at(from)), `[removed: ${kind}]`);
    done = folded.at(to - 1) + folded.widthAt(to - 1);
  }
  return `${kept.join('')}${text.slice(done)}`;
}

/** Found parts in order, the earlier winning where two overlap. */
function spansIn(text: string): Span[] {
  if (!/\d/u.test(text)) return [];
  const found = [...socialSecurity(text), ...medicare(text), ...cards(text), ...birthDates(text)];
  found.sort((a, b) => a.from - b.from || b.to - a.to);
  const apart: Span[] = [];
  for (const span of found) if (span.from >= (apart.at(-1)?.to ?? 0)) apart.push(span);
  return apart;
}

/**
 * Text that is to be shown to others: composed (NFC), line ends as `\n`, without control characters, invisible
 * characters, direction overrides and halves of characters. Tabs and line ends stay.
 */
export function cleanText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\r\n?|[\u0085\u2028\u2029]/gu, '\n')
    .replace(/(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}]/gu, '');
}

// ------------------------------------------------------------------------------------------ the four kinds

/** Three, two and four digits apart; nine in a row only after a label, for a contract number looks the same. */
const SSN_APART = /(?<!\d|\d[-./])(\d{3}) ?[-./_ ] ?(\d{2}) ?[-./_ ] ?(\d{4})(?!\d|[-./]\d)/gu;
const SSN_LABELLED =
  /(?<!removed: a |[a-z])(?:ssn|itin|social(?: security)?|soc\.? sec\.?)(?![a-z])[^\d\n]{0,24}(\d(?:[-./_ ]{0,3}\d){8})(?!\d)/giu;

function* socialSecurity(text: string): Generator<Span> {
  const kind = 'a Social Security number';
  for (const match of text.matchAll(SSN_APART)) {
    const [all, area, group, serial] = match;
    // Never issued: such figures are something else.
    if (area === '000' || area === '666' || group === '00' || serial === '0000') continue;
    yield { from: match.index, to: match.index + all.length, kind };
  }
  for (const match of text.matchAll(SSN_LABELLED)) yield endOf(match, match[1], kind);
}

/** The Medicare Beneficiary Identifier: 11 places, letters without S, L, O, I, B and Z, as 1EG4-TE5-MK73. */
const MEDICARE =
  /(?<![A-Za-z0-9])[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y\d]\d[- ]?[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y\d]\d[- ]?[AC-HJKMNP-RT-Y]{2}\d{2}(?![A-Za-z0-9])/giu;
/** The older claim number: a Social Security number with a letter behind it. */
const MEDICARE_LABELLED =
  /(?<!removed: a |[a-z])(?:medicare|mbi|hicn)(?![a-z])[^\d\n]{0,24}(\d(?:[-./_ ]{0,3}\d){8}[-. ]?[A-Z]{1,2}\d?)(?![A-Za-z0-9])/giu;

function* medicare(text: string): Generator<Span> {
  const kind = 'a Medicare number';
  for (const match of text.matchAll(MEDICARE))
    yield { from: match.index, to: match.index + match[0].length, kind };
  for (const match of text.matchAll(MEDICARE_LABELLED)) yield endOf(match, match[1], kind);
}

const BIRTH_LABELLED =
  /(?<!removed: a |[a-z])(?:dob|d\.o\.b|date of birth|birth ?da(?:te|y)|born)(?![a-z])([^\d\n,;]{0,30})(\d{8}|\d{1,4} ?[-/. ] ?\d{1,2} ?[-/. ] ?\d{2,4}|\d{1,2}(?:st|nd|rd|th)?(?: of)?[ ,-]{0,2}(?:[a-z]{3,9}\.?[ ,-]{1,2}|)\d{4})(?!\d)/giu;
const MONTH_AT_END = /(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? {0,2}$/iu;

/** Only after a label: dates wanted for a start are no secret. */
function* birthDates(text: string): Generator<Span> {
  for (const match of text.matchAll(BIRTH_LABELLED)) {
    const month = MONTH_AT_END.exec(match[1] ?? '')?.[0] ?? '';
    yield endOf(match, `${month}${match[2] ?? ''}`, 'a date of birth');
  }
}

/** The span of `part`, which ends the match. */
function endOf(match: RegExpExecArray, part: string | undefined, kind: SensitiveKind): Span {
  const to = match.index + match[0].length;
  return { from: to - (part?.length ?? 0), to, kind };
}

// ------------------------------------------------------------------------------------------ payment cards

const DIGIT_RUNS = /\d+(?:[-. ]{1,2}\d+)*/gu;
const SHORTEST_CARD = 14;

/** A run of digits in groups; everything by position among the digits, so that each question takes constant time. */
interface DigitRun {
  readonly digits: readonly number[];
  /** Where each group begins among the digits, and at last how many digits there are. */
  readonly offsets: readonly number[];
  /** Where each group begins in the text. */
  readonly places: readonly number[];
  /** How many groups of the same size there are in a row from each on. */
  readonly alike: readonly number[];
  /** Luhn sums of all digits before a position; in the first those at odd positions are doubled, in the second the others. */
  readonly sums: readonly [readonly number[], readonly number[]];
}

/** Runs of digits that begin like a card, are grouped like one and add up (Luhn). */
function* cards(text: string): Generator<Span> {
  for (const match of text.matchAll(DIGIT_RUNS)) {
    if (match[0].length < SHORTEST_CARD) continue;
    const run = digitRun(match[0], match.index);
    for (let group = 0; group < run.places.length; group += 1) {
      const length = cardFrom(run, group);
      if (length === 0) continue;
      const from = run.places[group] ?? 0;
      const end = (run.offsets[group] ?? 0) + length;
      while (group < run.places.length && (run.offsets[group + 1] ?? 0) < end) group += 1;
      yield { from, to: (run.places[group] ?? 0) + sizeOf(run, group), kind: 'a payment card number' };
    }
  }
}

function digitRun(text: string, place: number): DigitRun {
  const digits: number[] = [];
  const offsets: number[] = [];
  const places: number[] = [];
  const sums: [number[], number[]] = [[0], [0]];
  let [oddDoubled, evenDoubled, isInside] = [0, 0, false];
  for (let index = 0; index < text.length; index += 1) {
    const digit = text.charCodeAt(index) - 48;
    const isDigit = digit >= 0 && digit <= 9;
    if (isDigit && !isInside) {
      offsets.push(digits.length);
      places.push(place + index);
    }
    isInside = isDigit;
    if (!isDigit) continue;
    const doubled = digit > 4 ? digit * 2 - 9 : digit * 2;
    const isOdd = digits.length % 2 === 1;
    oddDoubled += isOdd ? doubled : digit;
    evenDoubled += isOdd ? digit : doubled;
    sums[0].push(oddDoubled);
    sums[1].push(evenDoubled);
    digits.push(digit);
  }
  offsets.push(digits.length);
  return { digits, offsets, places, sums, alike: countAlike(offsets) };
}

function countAlike(offsets: readonly number[]): number[] {
  const alike: number[] = new Array(offsets.length).fill(1);
  for (let group = offsets.length - 3; group >= 0; group -= 1)
    if (sizeOf({ offsets }, group) === sizeOf({ offsets }, group + 1))
      alike[group] = (alike[group + 1] ?? 0) + 1;
  return alike;
}

const sizeOf = ({ offsets }: Pick<DigitRun, 'offsets'>, group: number): number =>
  (offsets[group + 1] ?? 0) - (offsets[group] ?? 0);

/** How many digits, from group `first` on, make a card; 0 when none do. */
function cardFrom(run: DigitRun, first: number): number {
  const begin = run.offsets[first] ?? 0;
  let prefix = 0;
  for (let place = begin; place < begin + 4; place += 1) prefix = prefix * 10 + (run.digits[place] ?? 0);
  for (const length of cardLengths(prefix))
    if (isCardGrouping(run, first, length) && addsUp(run, begin, begin + length)) return length;
  return 0;
}

/** Even groups with a shorter last one, or 4-6-5 and 4-6-4: two telephone numbers in a row are neither. */
function isCardGrouping(run: DigitRun, first: number, length: number): boolean {
  const size = sizeOf(run, first);
  const full = Math.floor(length / size);
  const rest = length % size;
  if (full >= 1 && (run.alike[first] ?? 0) >= full && (rest === 0 || sizeOf(run, first + full) === rest))
    return true;
  return size === 4 && sizeOf(run, first + 1) === 6 && sizeOf(run, first + 2) === length - 10 && length < 16;
}

/** First four digits, from and to, and the lengths of the cards in use that begin so. */
const CARD_BEGINNINGS: readonly (readonly [number, number, readonly number[]])[] = [
  [4000, 4999, [16, 19]], // Visa
  [5100, 5599, [16]], // Mastercard
  [2221, 2720, [16]], // Mastercard
  [3400, 3499, [15]], // American Express
  [3700, 3799, [15]], // American Express
  [6011, 6011, [16, 19]], // Discover
  [6440, 6599, [16, 19]], // Discover
  [3528, 3589, [16]], // JCB
  [3000, 3059, [14]], // Diners Club
  [3600, 3699, [14]], // Diners Club
  [3800, 3899, [14]], // Diners Club
];
const NO_CARD: readonly number[] = [];

function cardLengths(prefix: number): readonly number[] {
  for (const [from, to, lengths] of CARD_BEGINNINGS) if (prefix >= from && prefix <= to) return lengths;
  return NO_CARD;
}

/** The Luhn sum of the digits from `from` up to `to`: the last one counts single, the one before it double. */
function addsUp({ sums }: DigitRun, from: number, to: number): boolean {
  const sum = to % 2 === 1 ? sums[0] : sums[1];
  return ((sum[to] ?? 0) - (sum[from] ?? 0)) % 10 === 0;
}
