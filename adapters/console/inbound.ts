import { z } from 'zod';
import type { RawValues } from '../../src/domain/field.ts';
import type { ButtonPress } from '../../src/messages/button.ts';
import type { Inbound, Speaker } from '../../src/ports.ts';
import { badInput } from './failures.ts';
import { LIMITS } from './limits.ts';

/** Text as a database can keep it: no NUL, no halves of characters. What it means is read elsewhere. */
const clean = (text: string): string => text.replaceAll('\u0000', '').replace(/\p{Surrogate}/gu, '\uFFFD');
const text = z.string().transform(clean);
const id = z.string().min(1).max(LIMITS.idLength).transform(clean);

const rawValue = z.union([text, z.number(), z.boolean(), z.array(text).max(LIMITS.values), z.null()]);
const isObject = (given: unknown): boolean =>
  typeof given === 'object' && given !== null && !Array.isArray(given);
/** Read entry by entry into an object of no prototype, so that no name means more than itself. */
const values = z
  .custom<Readonly<Record<string, unknown>>>(isObject)
  .transform((given, context): RawValues => {
    const read: Record<string, RawValues[string]> = Object.create(null);
    const entries = Object.entries(given);
    if (entries.length > LIMITS.values) context.addIssue({ code: 'custom', message: 'too many' });
    for (const [key, value] of entries.slice(0, LIMITS.values)) {
      const one = rawValue.safeParse(value);
      if (one.success && key !== '__proto__' && key.length <= LIMITS.idLength) read[clean(key)] = one.data;
      else context.addIssue({ code: 'custom', message: 'no value', path: [key.slice(0, LIMITS.idLength)] });
    }
    return read;
  });

const sayBody = z.strictObject({
  as: id,
  in: id.optional(),
  text: text.refine((said) => said.trim() !== ''),
  eventKey: id.optional(),
});
const pressBody = z.strictObject({
  as: id,
  message: id,
  action: id,
  values: values.optional(),
  eventKey: id.optional(),
});
const submitBody = z.strictObject({
  as: id,
  dialog: z.string().min(1).max(LIMITS.dialogIdLength),
  values,
  eventKey: id.optional(),
});
const readBody = z.strictObject({ as: id, for: id, seq: z.int().min(0) });
const clockBody = z.strictObject({ advance: z.string().optional(), to: z.string().optional() });
const whole = z
  .string()
  .regex(/^\d{1,15}$/u)
  .transform(Number);
const messagesQuery = z.strictObject({ for: id, since: whole.optional() });
const conversationQuery = z.strictObject({ as: id, for: id, since: whole.optional() });
const asQuery = z.strictObject({ as: id });

/** How each field is filled rightly: the mend said with every 400. */
const MENDS: Readonly<Record<string, string>> = {
  as: 'Say who you are: "as" is the id of one of GET /console/api/people, such as "bo".',
  in: 'Say where: "in" is the id of one of GET /console/api/channels, such as "ispg". Leave it out for a direct message.',
  text: 'Say something: "text" is a string with at least one visible character.',
  message: 'Name the message: "message" is the id of one of GET /console/api/messages.',
  action: 'Name the action: "action" is the id of one of the message\'s actions.',
  dialog: 'Name the dialog: "dialog" is the id that opening it answered.',
  values:
    'Give "values" as an object of at most 200 strings, numbers, true or false, null, or lists of strings, by field id.',
  eventKey: 'Give "eventKey" as a string of 1 to 200 characters, the same for each retry, or leave it out.',
  for: 'Say which conversation: "for" is a person\'s id, such as bo, or a channel with its number sign, such as %23ispg.',
  since: 'Give "since" as a whole number, the "seq" of the last message you have.',
  seq: 'Give "seq" as a whole number, the "seq" of the last message that was read.',
  advance:
    'Give "advance" as an ISO 8601 duration in weeks, days, hours, minutes and seconds, such as "P1D" or "PT1H".',
  to: 'Give "to" as an instant with its offset, such as "2026-12-01T09:00:00-05:00".',
};

function read<T>(schema: z.ZodType<T>, given: unknown): T {
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  if (issue?.code === 'unrecognized_keys') {
    const key = clean(issue.keys[0] ?? '').slice(0, LIMITS.idLength);
    throw badInput(key, `"${key}" is not known here. Leave it out.`);
  }
  const field = String(issue?.path[0] ?? 'body');
  throw badInput(
    field,
    MENDS[field] ?? 'Send one JSON object, as the page about the script interface shows.',
  );
}

export const readSay = (body: unknown) => read(sayBody, body);
export const readPress = (body: unknown) => read(pressBody, body);
export const readSubmit = (body: unknown) => read(submitBody, body);
export const readMark = (body: unknown) => read(readBody, body);
export const readClock = (body: unknown) => read(clockBody, body);
export const readMessages = (query: unknown) => read(messagesQuery, { ...Object(query) });
export const readConversation = (query: unknown) => read(conversationQuery, { ...Object(query) });
export const readAs = (query: unknown) => read(asQuery, { ...Object(query) });

/** The refusal of one field, with its usual mend. */
export const badField = (field: string): Error => badInput(field, MENDS[field] ?? 'Check this field.');

/** What somebody said, as the house knows it. */
export const said = (from: Speaker, eventKey: string, words: string): Inbound => ({
  kind: 'said',
  from,
  eventKey,
  text: words,
});

/** A press of a button of message `on`. */
export const pressed = (
  from: Speaker,
  eventKey: string,
  button: ButtonPress,
  given: RawValues,
  on: string,
): Inbound => ({ kind: 'pressed', from, eventKey, button, values: given, on });

/** A dialog sent off. */
export const submitted = (
  from: Speaker,
  eventKey: string,
  press: ButtonPress,
  given: RawValues,
): Inbound => ({
  kind: 'submitted',
  from,
  eventKey,
  press,
  values: given,
});

const DURATION = /^P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?$/u;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/u;

/** Milliseconds of an ISO 8601 duration; a day is 24 hours. Months and years, of no fixed length, are refused: null. */
export function durationMs(duration: string): number | null {
  const found = DURATION.exec(duration);
  if (!found || duration.endsWith('P') || duration.endsWith('T')) return null;
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = found
    .slice(1)
    .map((part) => Number(part ?? 0));
  return ((((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}

/** The instant in `given`, which must say its offset; null when it isn't one (30 February is none). */
export function instantOf(given: string): Date | null {
  if (!INSTANT.test(given)) return null;
  const at = new Date(given);
  if (Number.isNaN(at.getTime())) return null;
  const day = Number(given.slice(8, 10));
  const lastDay = new Date(Date.UTC(Number(given.slice(0, 4)), Number(given.slice(5, 7)), 0)).getUTCDate();
  return day <= lastDay ? at : null;
}
