/** What Teams sends, as far as it is read. Strict about what matters, blind to the rest; nothing here decides what it means. */
import { z } from 'zod';
import { storableText } from '../../src/domain/storable-text.ts';
import { ACTIVITY_ID, CONVERSATION_ID, GUID } from './address.ts';
import { TEAMS } from './limits.ts';

const word = z.string().max(300);
const guid = z
  .string()
  .regex(new RegExp(`^${GUID}$`, 'iu'))
  .toLowerCase();
const values = z.record(z.string().max(200), z.unknown());

const accountSchema = z.looseObject({
  id: z.string().min(1).max(300),
  aadObjectId: guid.nullish().catch(null),
  role: word.nullish().catch(null),
});

const conversationSchema = z.looseObject({
  id: z.string().regex(CONVERSATION_ID),
  conversationType: word.nullish().catch(null),
  tenantId: guid.nullish().catch(null),
  isGroup: z.boolean().nullish().catch(null),
});

const channelDataSchema = z
  .looseObject({
    eventType: word.nullish().catch(null),
    tenant: z.looseObject({ id: guid }).nullish().catch(null),
    team: z
      .looseObject({ id: z.string().regex(CONVERSATION_ID) })
      .nullish()
      .catch(null),
    channel: z
      .looseObject({ id: z.string().regex(CONVERSATION_ID) })
      .nullish()
      .catch(null),
  })
  .nullish()
  .catch(null);

const entitySchema = z.looseObject({
  type: word,
  text: z.string().max(1_000).nullish().catch(null),
  mentioned: z
    .looseObject({ id: z.string().max(300) })
    .nullish()
    .catch(null),
  timezone: word.nullish().catch(null),
});

/** Members that stand in every activity. */
const commonSchema = z.looseObject({
  id: z.string().regex(ACTIVITY_ID).nullish().catch(null),
  serviceUrl: z.string().max(500),
  channelId: z.literal('msteams'),
  from: accountSchema.nullish().catch(null),
  recipient: accountSchema.nullish().catch(null),
  conversation: conversationSchema,
  channelData: channelDataSchema,
  entities: z.array(entitySchema).max(500).nullish().catch(null),
  replyToId: z.string().regex(ACTIVITY_ID).nullish().catch(null),
  timestamp: z
    .string()
    .regex(/^[\w:.+-]{1,60}$/u)
    .nullish()
    .catch(null),
  localTimezone: word.nullish().catch(null),
  locale: word.nullish().catch(null),
});

const message = commonSchema.extend({
  type: z.literal('message'),
  text: z.string().max(100_000).nullish().catch(null),
  value: z.unknown().optional(),
});

const messageUpdate = commonSchema.extend({
  type: z.literal('messageUpdate'),
  text: z.string().max(100_000).nullish().catch(null),
});

const conversationUpdate = commonSchema.extend({
  type: z.literal('conversationUpdate'),
  membersAdded: z.array(accountSchema).max(2_000).nullish().catch(null),
  membersRemoved: z.array(accountSchema).max(2_000).nullish().catch(null),
});

const installationUpdate = commonSchema.extend({
  type: z.literal('installationUpdate'),
  action: word,
});

const invoke = commonSchema.extend({
  type: z.literal('invoke'),
  name: z.string().min(1).max(100),
  value: z.unknown().optional(),
});

export type Activity = z.infer<
  | typeof message
  | typeof messageUpdate
  | typeof conversationUpdate
  | typeof installationUpdate
  | typeof invoke
>;

const activitySchema = z.discriminatedUnion('type', [
  message,
  messageUpdate,
  conversationUpdate,
  installationUpdate,
  invoke,
]);

/** Kinds that Teams may send and that mean nothing to this bot. */
const OTHERS = z.looseObject({
  type: z.string().min(1).max(100),
  serviceUrl: z.string().max(500),
  channelId: z.string(),
});

/**
 * What an HTTP body holds: an activity that is read; one of a kind that is not (`other`: reactions, typing, deletions,
 * meetings that begin); or null for none of Teams'.
 */
export function readActivity(
  body: unknown,
): { readonly kind: 'activity'; readonly activity: Activity } | { readonly kind: 'other' } | null {
  const other = OTHERS.safeParse(body);
  if (!other.success) return null;
  const read = activitySchema.safeParse(body);
  if (read.success) return { kind: 'activity', activity: read.data };
  const isKnown = ['message', 'messageUpdate', 'conversationUpdate', 'installationUpdate', 'invoke'].includes(
    other.data.type,
  );
  return isKnown ? null : { kind: 'other' };
}

/** What must be known before anybody believes the rest: whom a token is to be for. Null for what is no activity. */
export function readEnvelope(
  body: unknown,
): { readonly serviceUrl: string; readonly channelId: string } | null {
  return OTHERS.safeParse(body).data ?? null;
}

/** `value` of an `adaptiveCard/action` invoke. */
export const cardActionSchema = z.looseObject({
  action: z.looseObject({ verb: word.nullish().catch(null), data: values }),
  trigger: word.nullish().catch(null),
});

/** `value` of `task/fetch` and `task/submit`. */
export const taskSchema = z.looseObject({ data: values });

/** `value` of what a message extension asks for. */
export const extensionSchema = z.looseObject({
  commandId: z.string().min(1).max(64),
  data: values.nullish().catch(null),
  messagePayload: z
    .looseObject({
      id: word.nullish().catch(null),
      body: z
        .looseObject({ content: z.string().max(200_000).nullish().catch(null) })
        .nullish()
        .catch(null),
    })
    .nullish()
    .catch(null),
  parameters: z
    .array(z.looseObject({ name: word, value: z.unknown() }))
    .max(10)
    .nullish()
    .catch(null),
  queryOptions: z
    .looseObject({ skip: z.number().nullish().catch(null) })
    .nullish()
    .catch(null),
});

/**
 * Filled-in inputs beside our own data: texts as they are, with limits; anything else is none. The object has no prototype, so
 * that no name means more than itself.
 */
export function readValues(given: Readonly<Record<string, unknown>>): Record<string, string> {
  const read: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(given).slice(0, TEAMS.values)) {
    if (name === 'isso' || name === 'msteams' || name === '__proto__') continue;
    const id = storableText(name);
    if (typeof value === 'string') read[id] = storableText(value.slice(0, TEAMS.valueLength));
    else if (typeof value === 'number' || typeof value === 'boolean') read[id] = String(value);
  }
  return read;
}
