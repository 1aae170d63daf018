/** What Slack sends, read strictly: only members that the bot uses, in the shapes that Slack documents. Anything else is null. */
import { z } from 'zod';

/** Text as a database can keep it: no NUL, no halves of characters. */
const clean = (text: string): string => text.replaceAll('\u0000', '').replace(/\p{Surrogate}/gu, '\uFFFD');
const text = z.string().max(100_000).transform(clean);
/** Ids, time stamps and names of Slack's own. */
const id = z.string().regex(/^[\w.:@-]{1,255}$/u);
const slackId = z.string().regex(/^[A-Z][A-Z0-9]{1,30}$/u);
const stamp = z.string().regex(/^\d{1,16}\.\d{1,16}$/u);
const trigger = z.string().regex(/^[\w.-]{1,255}$/u);
const named = z.object({ id: slackId });
/** Bolt takes a channel that is null for one, and breaks on it. */
const perhapsNamed = named.nullish().transform((found) => found ?? undefined);

const authorization = z.object({
  enterprise_id: slackId.nullish(),
  team_id: slackId.nullish(),
  user_id: slackId.nullish(),
  is_enterprise_install: z.boolean().nullish(),
});

const said = z.object({
  user: slackId.optional(),
  bot_id: z.string().optional(),
  text: text.optional(),
  ts: stamp,
});
const messageEvent = z.object({
  type: z.enum(['message', 'app_mention']),
  subtype: z.string().optional(),
  channel: slackId,
  channel_type: z.string().optional(),
  user: slackId.optional(),
  bot_id: z.string().optional(),
  text: text.optional(),
  ts: stamp,
  thread_ts: stamp.optional(),
  message: said.extend({ edited: z.object({ ts: stamp }).optional() }).optional(),
  previous_message: z.object({ text: text.optional() }).optional(),
});
const homeEvent = z.object({
  type: z.literal('app_home_opened'),
  user: slackId,
  tab: z.string().optional(),
  event_ts: z.string().max(40).optional(),
});
const userEvent = z.object({
  type: z.literal('user_change'),
  user: z.object({ id: slackId, is_bot: z.boolean().optional(), updated: z.number().optional() }),
  event_ts: z.string().max(40).optional(),
});
const channelEvent = z.object({
  type: z.enum(['channel_left', 'group_left', 'channel_archive', 'group_archive']),
  channel: slackId,
});
const lossEvent = z.object({
  type: z.enum(['app_uninstalled', 'tokens_revoked']),
  tokens: z.object({ bot: z.array(z.string()).nullish() }).nullish(),
});

const eventBody = z.object({
  type: z.literal('event_callback'),
  team_id: slackId.nullish(),
  enterprise_id: slackId.nullish(),
  event_id: id.optional(),
  event_time: z.number().optional(),
  authorizations: z.array(authorization).nullish(),
  event: z.discriminatedUnion('type', [messageEvent, homeEvent, userEvent, channelEvent, lossEvent]),
});

const sender = {
  team: named.nullish(),
  enterprise: named.nullish(),
  is_enterprise_install: z.boolean().nullish(),
  user: z.object({ id: slackId, team_id: slackId.nullish() }),
};
const view = z.object({
  id: slackId,
  hash: z.string().max(255).optional(),
  type: z.enum(['modal', 'home']),
  callback_id: z.string().max(255).optional(),
  private_metadata: z.string().max(3_000).optional(),
  state: z.object({ values: z.unknown() }).nullish(),
  blocks: z.unknown(),
});

const actionBody = z.object({
  type: z.literal('block_actions'),
  ...sender,
  trigger_id: trigger,
  channel: perhapsNamed,
  message: z
    .object({ ts: stamp, thread_ts: stamp.optional(), reply_count: z.number().optional().catch(undefined) })
    .nullish(),
  view: view.nullish(),
  state: z.object({ values: z.unknown() }).nullish(),
  actions: z
    .array(
      z.object({
        action_id: z.string().min(1).max(255),
        block_id: z.string().max(255).optional(),
        value: z.string().max(2_000).nullish(),
        action_ts: stamp.optional(),
      }),
    )
    .min(1)
    .max(25),
});
const submissionBody = z.object({
  type: z.enum(['view_submission', 'view_closed']),
  ...sender,
  trigger_id: trigger.optional(),
  view,
});
const shortcutBody = z.object({
  type: z.enum(['shortcut', 'message_action']),
  ...sender,
  callback_id: z.string().min(1).max(255),
  trigger_id: trigger,
  action_ts: stamp.optional(),
  channel: perhapsNamed,
  message: said.nullish(),
});
const commandBody = z.object({
  command: z.string().max(64),
  text: text.default(''),
  team_id: slackId.nullish(),
  enterprise_id: slackId.nullish(),
  is_enterprise_install: z.enum(['true', 'false']).nullish(),
  channel_id: slackId,
  user_id: slackId,
  trigger_id: trigger,
});

export type EventBody = z.infer<typeof eventBody>;
export type ActionBody = z.infer<typeof actionBody>;
export type ViewBody = z.infer<typeof submissionBody>;
export type ShortcutBody = z.infer<typeof shortcutBody>;
export type CommandBody = z.infer<typeof commandBody>;
export type SlackView = z.infer<typeof view>;

/** One thing that Slack tells. */
export type SlackBody =
  | { readonly kind: 'event'; readonly body: EventBody }
  | { readonly kind: 'action'; readonly body: ActionBody }
  | { readonly kind: 'view'; readonly body: ViewBody }
  | { readonly kind: 'shortcut'; readonly body: ShortcutBody }
  | { readonly kind: 'command'; readonly body: CommandBody };

/** Reads one body of Slack's; null for one that is of no kind the bot listens to, or not as Slack sends it. */
export function readBody(given: unknown): SlackBody | null {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return null;
  const type = Object.hasOwn(given, 'type') ? (given as { type?: unknown }).type : undefined;
  switch (type) {
    case 'event_callback':
      return as('event', eventBody, given);
    case 'block_actions':
      return as('action', actionBody, given);
    case 'view_submission':
    case 'view_closed':
      return as('view', submissionBody, given);
    case 'shortcut':
    case 'message_action':
      return as('shortcut', shortcutBody, given);
    default:
      return Object.hasOwn(given, 'command') ? as('command', commandBody, given) : null;
  }
}

function as<Kind extends SlackBody['kind'], Body>(
  kind: Kind,
  schema: z.ZodType<Body>,
  given: object,
): { readonly kind: Kind; readonly body: Body } | null {
  const read = schema.safeParse(given);
  return read.success ? { kind, body: read.data } : null;
}
