/** What travels with the buttons of our cards. It comes back as the client sends it, so it proves nothing. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { z } from 'zod';
import { storableText } from '../../src/domain/storable-text.ts';
import type { DialogPage } from '../../src/messages/message.ts';
import { standingOf } from './address.ts';
import { TEAMS } from './limits.ts';

/** Text as a database can keep it. */
const text = (most: number) =>
  z
    .string()
    .max(most)
    .refine((words) => storableText(words) === words);
const list = <Item extends z.ZodType>(item: Item) => z.array(item).readonly();

const pressSchema = z.strictObject({
  verb: text(100).min(1),
  subject: text(300),
  version: z.int().exactOptional(),
  choice: text(300).exactOptional(),
});

/** Which button it is, of which drawing of a card; for dialogs also the dialog itself and where it was opened. */
export const carriedSchema = z.strictObject({
  /** The button's id. */
  action: text(100).min(1),
  press: pressSchema,
  /** A name for one drawing of one card. */
  token: z.string().regex(/^[\w-]{8,64}$/u),
  /** The dialog, packed, so that it can be drawn again when it is refused. */
  page: z
    .string()
    .max(TEAMS.carriedBytes)
    .regex(/^[\w-]+$/u)
    .exactOptional(),
  /** The message whose button opened the dialog. */
  on: z
    .string()
    .refine((id) => standingOf(id) !== null)
    .exactOptional(),
  /** As `Speaker.channel`, where the dialog was opened in a channel. */
  in: z.enum(['ispg', 'issoaas', 'other']).exactOptional(),
});
export type Carried = Readonly<z.infer<typeof carriedSchema>>;

const holderSchema = z.looseObject({ isso: carriedSchema });

/** What a button's data carry of ours, beside the inputs; null when they are not of our making. */
export const carriedIn = (data: unknown): Carried | null => holderSchema.safeParse(data).data?.isso ?? null;

const inlineSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['text', 'strong', 'theirs']), text: z.string() }),
  z.strictObject({ kind: z.literal('link'), text: z.string(), url: z.string() }),
  z.strictObject({
    kind: z.literal('time'),
    at: z.iso.datetime(),
    show: z.enum(['date', 'time', 'date-time']),
  }),
]);

const fieldSchema = z.strictObject({
  id: z.string(),
  label: z.string(),
  kind: z.enum([
    'text',
    'long-text',
    'choice',
    'choices',
    'yes-no',
    'date',
    'number',
    'person',
    'attestation',
  ]),
  required: z.boolean(),
  hint: z.string().exactOptional(),
  options: list(z.strictObject({ id: z.string(), label: z.string() })).exactOptional(),
  value: z.union([z.string(), z.number(), z.boolean(), list(z.string()), z.null()]).exactOptional(),
  error: z.string().exactOptional(),
  minLength: z.number().exactOptional(),
  maxLength: z.number().exactOptional(),
  min: z.number().exactOptional(),
  max: z.number().exactOptional(),
});

const pageSchema = z.strictObject({
  title: z.string(),
  intro: list(list(inlineSchema)),
  fields: list(fieldSchema).check(z.maxLength(TEAMS.values)),
  sendLabel: z.string(),
  press: pressSchema,
  opener: pressSchema.exactOptional(),
}) satisfies z.ZodType<DialogPage>;

/** The page as text that travels with its dialog, for `unpackPage`; null when it can't: too large, or not to be read back. */
export function packPage(page: DialogPage): string | null {
  const json = Buffer.from(JSON.stringify(page), 'utf8');
  if (json.length > TEAMS.unpackedBytes) return null;
  const packed = deflateRawSync(json, { level: 9 }).toString('base64url');
  return unpackPage(packed) === null ? null : packed;
}

/**
 * The page that was packed; null for anything else. Whoever sends it may have made it up: it is good for drawing their own
 * dialog again, and for nothing more.
 */
export function unpackPage(packed: string): DialogPage | null {
  if (packed.length > TEAMS.carriedBytes || !/^[\w-]+$/u.test(packed)) return null;
  try {
    const json = inflateRawSync(Buffer.from(packed, 'base64url'), { maxOutputLength: TEAMS.unpackedBytes });
    return pageSchema.safeParse(JSON.parse(json.toString('utf8'))).data ?? null;
  } catch {
    return null;
  }
}
