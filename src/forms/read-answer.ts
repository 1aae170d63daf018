import type { RawValue } from '../domain/field.ts';
import type { Result } from '../domain/result.ts';
import { accepted, refused } from '../domain/result.ts';
import { addDays, sayLocalDate, zoneName } from '../domain/time.ts';
import type { AnswerValue, FormContext, Question, QuestionOf } from './question.ts';
import { tooLong } from './question.ts';
import type { Unclear } from './read-choice.ts';
import { readOption, readOptions } from './read-choice.ts';
import { readDate } from './read-date.ts';
import { wholeNumber } from './read-number.ts';
import { readPerson } from './read-person.ts';
import { cleanText, fold, listed } from './text.ts';

/** A refused answer: a sentence that names the field, what is wrong and the mend. It never repeats what was typed. */
interface BadAnswer {
  readonly text: string;
}
type Read = Result<AnswerValue | null, BadAnswer>;

const YES = [
  'yes',
  'y',
  'yeah',
  'yep',
  'yup',
  'sure',
  'ok',
  'okay',
  'correct',
  'true',
  'on',
  'it is',
  'of course',
];
const NO = ['no', 'n', 'nope', 'nah', 'not really', 'false', 'off', 'it is not', "it isn't"];
const AGREED = [...YES, 'i confirm', 'confirm', 'confirmed', 'i agree', 'agree', 'i do'];
const LEFT_OUT = ['none', 'n/a', 'na', 'nobody', 'no one', 'nothing', 'unknown', 'not sure', '-', 'remove'];
const DONT_KNOW = ["i don't know", "don't know", 'dont know', 'i dont know'];
/** Characters in anything but a text answer; no list of choices, date or name needs more. */
const LONGEST_SHORT_ANSWER = 2_000;

const linesOf = (question: Question) => (question.kind === 'long-text' ? 'many' : 'one');
const bad = (question: Question, sentence: string): Read =>
  refused({ text: `${question.label}: ${sentence}` });

/**
 * Reads a typed text and a dialog's value alike: the same answer either way. `null` is accepted for an optional
 * question that is left out (blank, or "none", "I don't know"). Sensitive data in a text is refused by kind.
 */
export function readAnswer(question: Question, raw: RawValue, context: FormContext): Read {
  if (isBlank(raw))
    return question.required
      ? bad(question, `please give an answer. ${mendOf(question, context)}`)
      : accepted(null);
  const typed = typeof raw === 'string' ? raw : '';
  const longest = 'example' in question ? question.max * 2 + 1_000 : LONGEST_SHORT_ANSWER;
  if (typed.length > longest) {
    return refused({
      text: tooLong(question.label, typed.length, 'example' in question ? question.max : 200),
    });
  }
  const read = readKind(question, raw, context);
  const checked = read.ok && read.value !== null ? check(question, read.value, context) : read;
  const free = question.kind === 'text' || question.kind === 'long-text';
  // The cleaned text is looked at, because that is what would be kept: hidden characters must hide nothing.
  const kinds =
    typed !== '' && (free || !checked.ok) ? context.sensitive(cleanText(typed, linesOf(question))) : [];
  if (kinds.length > 0) return bad(question, notKept(kinds));
  if (!checked.ok && !question.required && [...LEFT_OUT, ...DONT_KNOW].includes(fold(typed)))
    return accepted(null);
  return checked;
}

/** Is a value fit to keep today? Asks the schema, then what only the context knows: a date's limits, a known person. */
export function check(
  question: Question,
  value: AnswerValue,
  context: FormContext,
): Result<AnswerValue, BadAnswer> {
  const parsed = question.schema.safeParse(value);
  if (!parsed.success)
    return refused({ text: parsed.error.issues[0]?.message ?? `${question.label}: please try again.` });
  if (question.kind === 'date') return withinDays(question, String(parsed.data), context);
  if (question.kind === 'person' && !context.people.some((each) => each.id === parsed.data)) {
    return refused({ text: `${question.label}: I don't know that person. ${mendOf(question, context)}` });
  }
  return accepted(parsed.data);
}

/** Nothing typed, nothing picked. */
export function isBlank(raw: RawValue): boolean {
  if (typeof raw === 'string') return raw.trim() === '';
  return raw === null || (Array.isArray(raw) && raw.length === 0);
}

function notKept(kinds: readonly string[]): string {
  return `your answer seems to hold ${listed(kinds, 'and')}, so I did not keep it. Please type it again without that.`;
}

function withinDays(
  question: QuestionOf<'date'>,
  day: string,
  context: FormContext,
): Result<AnswerValue, BadAnswer> {
  const [from, until] = [
    addDays(context.today, question.fromDays),
    addDays(context.today, question.untilDays),
  ];
  if (day >= from && day <= until) return accepted(day);
  const wrong = day < from ? `${sayLocalDate(day)} is too early` : `${sayLocalDate(day)} is too late`;
  const mend = `Please give a date from ${sayLocalDate(from)} to ${sayLocalDate(until)}.`;
  return refused({
    text: `${question.label}: ${wrong} (counted in your time zone, ${zoneName(context.timeZone)}). ${mend}`,
  });
}

function mendOf(question: Question, context: FormContext): string {
  switch (question.kind) {
    case 'text':
    case 'long-text':
      return `For example: "${question.example}"`;
    case 'choice':
      return `Type a number or the words of a choice. For example: "${question.options[0]?.label ?? '1'}"`;
    case 'choices':
      return 'Type numbers or words with commas between. For example: "1 and 2"';
    case 'number':
      return `Give a whole number from ${question.min} to ${question.max}. For example: "${Math.min(question.max, question.min + 2)}"`;
    case 'date': {
      const days = Math.min(question.untilDays, Math.max(question.fromDays, 75));
      return `Give one date. For example: "${sayLocalDate(addDays(context.today, days))}" or "in two weeks"`;
    }
    case 'person':
      return 'Type a full name or an e-mail address. For example: "jordan.lee@cms.hhs.gov"';
    case 'yes-no':
      return 'Say "yes" or "no".';
    case 'attestation':
      return 'Say "I confirm" if it is true.';
    default:
      return question satisfies never;
  }
}

function readKind(question: Question, raw: RawValue, context: FormContext): Read {
  switch (question.kind) {
    case 'text':
    case 'long-text':
      return readText(question, raw, context);
    case 'choice':
    case 'choices':
      return readChosen(question, raw, context);
    case 'number':
      return readCount(question, raw, context);
    case 'date':
      return readDay(question, raw, context);
    case 'person':
      return readNamed(question, raw, context);
    case 'yes-no': {
      const said = readYesNo(raw, YES);
      return said === null
        ? bad(question, `I could not read that. ${mendOf(question, context)}`)
        : accepted(said);
    }
    case 'attestation': {
      const agreed = readYesNo(Array.isArray(raw) ? raw.length === 1 : raw, AGREED);
      return agreed
        ? accepted(true)
        : bad(question, `I can only send your request when this is true. ${mendOf(question, context)}`);
    }
    default:
      return question satisfies never;
  }
}

function readText(question: QuestionOf<'text' | 'long-text'>, raw: RawValue, context: FormContext): Read {
  if (typeof raw === 'object' || typeof raw === 'boolean')
    return bad(question, `please write it in words. ${mendOf(question, context)}`);
  const kept = cleanText(String(raw), linesOf(question));
  const leftOut = !question.required && [...LEFT_OUT, ...DONT_KNOW, ''].includes(fold(kept));
  return accepted(leftOut ? null : kept);
}

/** Yes, no, or null for neither; a checkbox gives `true` or "true". */
export function readYesNo(raw: RawValue, yes: readonly string[] = AGREED): boolean | null {
  if (typeof raw === 'boolean') return raw;
  if (typeof raw !== 'string') return null;
  const said = fold(raw)
    .replace(/^(yes|no), /u, '$1 ')
    .replace(/ (?:please|thanks|thank you)$/u, '');
  if (yes.includes(said)) return true;
  return NO.includes(said) ? false : null;
}

function readChosen(question: QuestionOf<'choice' | 'choices'>, raw: RawValue, context: FormContext): Read {
  const { options } = question;
  if (Array.isArray(raw)) {
    const ids = options.filter((each) => raw.includes(each.id)).map((each) => each.id);
    if (ids.length !== new Set(raw).size)
      return bad(question, `that is not one of the choices. ${mendOf(question, context)}`);
    return accepted(question.kind === 'choices' ? ids : (ids[0] ?? null));
  }
  const typed = String(raw);
  if (question.kind === 'choice') {
    const read = readOption(typed, options);
    return read.ok
      ? accepted(read.value.id)
      : bad(question, unclear(read.refusal, mendOf(question, context)));
  }
  const read = readOptions(typed, options);
  return read.ok
    ? accepted(read.value.map((each) => each.id))
    : bad(question, unclear(read.refusal, mendOf(question, context)));
}

function unclear(why: Unclear, mend: string): string {
  if (why.kind === 'none') return `I could not find that among the choices. ${mend}`;
  const some = why.options.slice(0, 5).map((each) => `"${each.label}"`);
  return `that could mean ${listed(some, 'or')}. Please say which one, or type its number.`;
}

function readCount(question: QuestionOf<'number'>, raw: RawValue, context: FormContext): Read {
  const units = [fold(question.unit.one), fold(question.unit.many)];
  const count = typeof raw === 'number' ? raw : typeof raw === 'string' ? wholeNumber(raw, units) : null;
  return count === null
    ? bad(question, `I could not read one number. ${mendOf(question, context)}`)
    : accepted(count);
}

function readDay(question: QuestionOf<'date'>, raw: RawValue, context: FormContext): Read {
  const read = readDate(typeof raw === 'string' ? raw : '', context.today);
  if (read.ok) return accepted(read.value);
  const wrong = {
    absent: 'I could not find a date in that.',
    unclear: 'that leaves the day open.',
    impossible: 'that day does not exist.',
  };
  return bad(question, `${wrong[read.refusal]} ${mendOf(question, context)}`);
}

function readNamed(question: QuestionOf<'person'>, raw: RawValue, context: FormContext): Read {
  const read = readPerson(Array.isArray(raw) ? (raw[0] ?? '') : String(raw), context.people);
  if (read.ok) return accepted(read.value.id);
  if (read.refusal.length === 0)
    return bad(question, `I don't know anybody by that name. ${mendOf(question, context)}`);
  const some = read.refusal
    .slice(0, 5)
    .map((each) => (each.email ? `${each.name} (${each.email})` : each.name));
  const more = read.refusal.length > some.length ? ` and ${read.refusal.length - some.length} more` : '';
  return bad(
    question,
    `${read.refusal.length} people fit: ${some.join('; ')}${more}. Please type the full name or e-mail address.`,
  );
}
