import { z } from 'zod';
import type { FieldKind, Option } from '../domain/field.ts';
import type { LocalDate } from '../domain/time.ts';
import { fold } from './text.ts';

/** What a question's schema gives: text, an option's id or several, a number, yes or no, a date, a person's id. */
export type AnswerValue = string | number | boolean | readonly string[];
/** Answers by question key. `null` says that the person left an optional question out; no entry means not asked yet. */
export type Answers = Readonly<Record<string, AnswerValue | null>>;

/** Somebody an answer may name. */
export interface KnownPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
}

/** What reading an answer needs from outside. */
export interface FormContext {
  /** Today's date in `timeZone`, the person's own. */
  readonly today: LocalDate;
  /** IANA zone, such as `America/New_York`. */
  readonly timeZone: string;
  readonly people: readonly KnownPerson[];
  /** The privacy guard: kinds of sensitive data found in a text, such as `a Social Security number`. */
  sensitive(text: string): readonly string[];
}

interface Common {
  readonly key: string;
  /** Short, for review rows and fields. */
  readonly label: string;
  /** The question as chat asks it; for an attestation, the statement to agree to. */
  readonly ask: string;
  /** The answer to "why do you ask?". */
  readonly why: string;
  readonly required: boolean;
  /** `on-review`: an extra that is never asked in sequence, only listed on the review to fill in. */
  readonly asked: 'in-turn' | 'on-review';
  /** Keys of earlier questions that `when` looks at; it sees no others. */
  readonly dependsOn: readonly string[];
  when?(answers: Answers): boolean;
  /** A sentence that warns about an accepted value without refusing it. */
  warn?(value: AnswerValue, context: FormContext): string | null;
  /** The value as it is kept; its messages are what people read. */
  readonly schema: z.ZodType<AnswerValue>;
}

interface TextLimits {
  readonly min: number;
  readonly max: number;
  readonly example: string;
}
interface NumberLimits {
  readonly min: number;
  readonly max: number;
  /** Words that may follow the number. */
  readonly unit: { readonly one: string; readonly many: string };
}
interface DateLimits {
  /** Earliest and latest date, in days from today. */
  readonly fromDays: number;
  readonly untilDays: number;
}

export type Question = Common &
  (
    | ({ readonly kind: 'text' | 'long-text' } & TextLimits)
    | { readonly kind: 'choice'; readonly options: readonly Option[] }
    | {
        readonly kind: 'choices';
        readonly options: readonly Option[];
        readonly min: number;
        readonly max: number;
      }
    | ({ readonly kind: 'number' } & NumberLimits)
    | ({ readonly kind: 'date' } & DateLimits)
    | { readonly kind: 'yes-no' }
    | { readonly kind: 'person' }
    | { readonly kind: 'attestation' }
  );
export type QuestionOf<Kind extends FieldKind> = Extract<Question, { readonly kind: Kind }>;

/** What every builder takes; a question is required and asked in turn unless it says otherwise. */
interface Wording {
  readonly label: string;
  readonly ask: string;
  readonly why: string;
  readonly required?: boolean;
  readonly asked?: 'in-turn' | 'on-review';
  readonly dependsOn?: readonly string[];
  readonly when?: (answers: Answers) => boolean;
  readonly warn?: (value: AnswerValue, context: FormContext) => string | null;
}

function common(key: string, wording: Wording): Omit<Common, 'schema'> {
  const { label, ask, why, when, warn } = wording;
  return {
    key,
    label,
    ask,
    why,
    required: wording.required ?? true,
    asked: wording.asked ?? 'in-turn',
    dependsOn: wording.dependsOn ?? [],
    ...(when ? { when } : {}),
    ...(warn ? { warn } : {}),
  };
}

const grouped = (count: number) => count.toLocaleString('en-US');
const typedLength = (input: unknown) => (typeof input === 'string' ? input.length : 0);

/** The sentence for a text that is too long; `length` and `max` in characters. */
export function tooLong(label: string, length: number, max: number): string {
  return `${label}: that is ${grouped(length)} characters and there is room for ${grouped(max)}. Please say it more briefly.`;
}

function textSchema(label: string, limits: TextLimits, pattern?: TextPattern): z.ZodType<AnswerValue> {
  const { min, max, example } = limits;
  const sized = z
    .string()
    .min(min, `${label}: please write at least ${min} characters. For example: "${example}"`)
    .max(max, { error: (issue) => tooLong(label, typedLength(issue.input), max) });
  if (!pattern) return sized;
  return sized.regex(pattern.shape, `${label}: ${pattern.mend} For example: "${example}"`);
}

interface TextPattern {
  /** Must be linear; it runs on cleaned text. */
  readonly shape: RegExp;
  /** A sentence that says what is allowed. */
  readonly mend: string;
}

/** One line of text; limits in characters. */
export function text(
  key: string,
  wording: Wording & TextLimits & { readonly pattern?: TextPattern },
): Question {
  const { min, max, example, label, pattern } = wording;
  const schema = textSchema(label, wording, pattern);
  return { ...common(key, wording), kind: 'text', min, max, example, schema };
}

/** Text of several lines; limits in characters. */
export function longText(key: string, wording: Wording & TextLimits): Question {
  const { min, max, example, label } = wording;
  return {
    ...common(key, wording),
    kind: 'long-text',
    min,
    max,
    example,
    schema: textSchema(label, wording),
  };
}

/** One of `options`; kept as its id. Throws (a bug) when two options can't be told apart by what people type. */
export function choice(key: string, wording: Wording & { readonly options: readonly Option[] }): Question {
  const { label, options } = wording;
  const schema = idSchema(key, label, options);
  return { ...common(key, wording), kind: 'choice', options, schema };
}

/** `min` to `max` of `options` (1 to all unless given); kept as ids in the options' order, each once. */
export function choices(
  key: string,
  wording: Wording & { readonly options: readonly Option[]; readonly min?: number; readonly max?: number },
): Question {
  const { label, options, min = 1, max = options.length } = wording;
  if (options.some((each) => /[,;]/u.test(each.label))) {
    throw new Error(
      `An option of ${key} has a comma or semicolon in its label; people type those between options.`,
    );
  }
  const schema = z
    .array(idSchema(key, label, options))
    .min(min, `${label}: please choose at least ${min}. For example: "1"`)
    .max(max, `${label}: please choose at most ${max}. For example: "1 and 2"`);
  return { ...common(key, wording), kind: 'choices', options, min, max, schema };
}

function idSchema(key: string, label: string, options: readonly Option[]): z.ZodType<string> {
  const ids = new Set(options.map((each) => each.id));
  const names = options.flatMap((each) => [
    ...new Set([fold(each.id.replaceAll('_', ' ')), fold(each.label)]),
  ]);
  if (ids.size !== options.length || new Set(names).size !== names.length) {
    throw new Error(`Two options of ${key} have the same id or label.`);
  }
  return z.string().refine((id) => ids.has(id), `${label}: that is not one of the choices. For example: "1"`);
}

/** Yes or no. */
export function yesNo(key: string, wording: Wording): Question {
  return {
    ...common(key, wording),
    kind: 'yes-no',
    schema: z.boolean(`${wording.label}: please say "yes" or "no".`),
  };
}

/** A date between `fromDays` and `untilDays` from today, both included; kept as `YYYY-MM-DD`. */
export function date(key: string, wording: Wording & DateLimits): Question {
  const { fromDays, untilDays } = wording;
  const schema = z.iso.date(`${wording.label}: please give one date, such as "12/3/2026".`);
  return { ...common(key, wording), kind: 'date', fromDays, untilDays, schema };
}

/** A whole number from `min` to `max`. */
export function number(key: string, wording: Wording & NumberLimits): Question {
  const { min, max, unit, label } = wording;
  const mend = `${label}: please give a whole number from ${min} to ${max}. For example: "${Math.min(max, min + 2)}"`;
  const schema = z.int(mend).min(min, mend).max(max, mend);
  return { ...common(key, wording), kind: 'number', min, max, unit, schema };
}

/** Somebody among the people of the context; kept as their id. */
export function person(key: string, wording: Wording): Question {
  const schema = z.string().min(1, `${wording.label}: please name a person.`).max(200);
  return { ...common(key, wording), kind: 'person', schema };
}

/** A statement to agree to before sending; only `true` is an answer. Taken together with the others after the review. */
export function attestation(key: string, wording: Pick<Wording, 'label' | 'ask' | 'why'>): Question {
  const schema = z.literal(true, `${wording.label}: please confirm this to send your request.`);
  return { ...common(key, wording), kind: 'attestation', schema };
}
