import type { Option } from '../domain/field.ts';
import type { Result } from '../domain/result.ts';
import { accepted, refused } from '../domain/result.ts';
import { wholeNumber } from './read-number.ts';
import { fold } from './text.ts';

/** Why a text names no option: none fits, or several do. */
export type Unclear =
  | { readonly kind: 'none' }
  | { readonly kind: 'several'; readonly options: readonly Option[] };

const ALL = ['all', 'all of them', 'all of these', 'all of the above', 'all of it', 'everything'];
const NONE = refused({ kind: 'none' } as const);
/** More parts than any list of options has; longer input names nothing. */
const MOST_PARTS = 100;

/**
 * The option a text names: by id or label (case and spaces don't matter), by its number in the list,
 * by the beginning of its label (2 characters at least) or of a word in it (3 at least), when only one fits.
 */
export function readOption(text: string, options: readonly Option[]): Result<Option, Unclear> {
  const wanted = fold(text);
  if (wanted === '') return NONE;
  const names = options.map((option) => ({ option, id: fold(option.id), label: fold(option.label) }));
  const exact = names.find((each) => [each.id, each.id.replaceAll('_', ' '), each.label].includes(wanted));
  if (exact) return accepted(exact.option);
  const counted = wholeNumber(wanted.replace(/^(?:option |number |no\. |#)/u, ''));
  if (counted !== null) {
    const option = options[counted - 1];
    return option ? accepted(option) : NONE;
  }
  const starting =
    wanted.length < 2
      ? []
      : names.filter((each) => [each.id, each.label].some((name) => name.startsWith(wanted)));
  const inside = wanted.length < 3 ? [] : names.filter((each) => each.label.includes(` ${wanted}`));
  const fitting = (starting.length > 0 ? starting : inside).map((each) => each.option);
  const [only, ...others] = fitting;
  if (!only) return NONE;
  return others.length === 0 ? accepted(only) : refused({ kind: 'several', options: fitting });
}

/** All options a text names, such as "1, 3 and 4", "2-5", labels with commas between, or "all"; in the options' order. */
export function readOptions(text: string, options: readonly Option[]): Result<readonly Option[], Unclear> {
  if (ALL.includes(fold(text))) return accepted(options);
  const parts = text.split(/[,;\n]/u).filter((part) => fold(part) !== '');
  if (parts.length === 0 || parts.length > MOST_PARTS) return NONE;
  const found = new Set<Option>();
  for (const part of parts) {
    const read = readPart(fold(part).replace(/^(?:and |& )/u, ''), options);
    if (!read.ok) return read;
    for (const option of read.value) found.add(option);
  }
  return accepted(options.filter((option) => found.has(option)));
}

function readPart(part: string, options: readonly Option[]): Result<readonly Option[], Unclear> {
  const whole = readOption(part, options);
  if (whole.ok) return accepted([whole.value]);
  return readRange(part, options) ?? readJoined(part, options, whole);
}

function readRange(part: string, options: readonly Option[]): Result<readonly Option[], Unclear> | null {
  const range = /^(\d{1,3}) ?(?:-|–|to|through) ?(\d{1,3})$/u.exec(part);
  if (!range) return null;
  const [from, to] = [Number(range[1]), Number(range[2])];
  return from >= 1 && from <= to && to <= options.length ? accepted(options.slice(from - 1, to)) : NONE;
}

/** "a and b", where a label may itself have "and" in it: the longest run that names an option is taken, from the left. */
function readJoined(
  part: string,
  options: readonly Option[],
  whole: { readonly ok: false; readonly refusal: Unclear },
): Result<readonly Option[], Unclear> {
  const numbers = part.split(' ').filter((word) => word !== 'and' && word !== '&');
  const counted = numbers.every((word) => wholeNumber(word) !== null);
  const pieces = counted ? numbers : part.split(/ (?:and|&|\+|plus) /u);
  if (pieces.length < 2 || pieces.length > MOST_PARTS / 4) return whole;
  const found: Option[] = [];
  for (let from = 0; from < pieces.length; ) {
    const run = longestRun(pieces.slice(from), options);
    if (!run.ok) return run;
    found.push(run.value.option);
    from += run.value.length;
  }
  return accepted(found);
}

function longestRun(
  pieces: readonly string[],
  options: readonly Option[],
): Result<{ readonly option: Option; readonly length: number }, Unclear> {
  let first: Result<Option, Unclear> = NONE;
  for (let length = pieces.length; length > 0; length -= 1) {
    first = readOption(pieces.slice(0, length).join(' and '), options);
    if (first.ok) return accepted({ option: first.value, length });
  }
  return first;
}
