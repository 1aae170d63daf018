/** The methods of Slack's Web API, as its reference describes them: arguments, answers, refusals. */
import { blockProblems, viewProblems } from './block-kit-rules.ts';
import {
  APP_ID,
  aMessage,
  BOT_ID,
  BOT_USER,
  type SlackConversation,
  type SlackMessage,
  type SlackToken,
  type World,
} from './world.ts';

export type Args = Readonly<Record<string, unknown>>;
export type Answer = Readonly<Record<string, unknown>> & { readonly ok: boolean };

export interface Call {
  readonly world: World;
  readonly token: SlackToken;
  readonly args: Args;
  readonly now: number;
  /** Where the fake listens. */
  readonly url: string;
}

interface Method {
  /** Arguments that are documented, beside `token`. */
  readonly takes: readonly string[];
  /** Any one of these will do; none are needed when it is empty. */
  readonly scopes: readonly string[];
  answer(call: Call): Answer;
}

const no = (error: string, more: Readonly<Record<string, unknown>> = {}): Answer => ({
  ok: false,
  error,
  ...more,
});
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const WRITTEN = ['channel', 'text', 'blocks', 'metadata', 'parse', 'link_names', 'thread_ts'];

function conversationIn({ world, args }: Call): SlackConversation | Answer {
  const id = text(args.channel);
  const user = world.users.get(id);
  const found = user ? world.direct(id) : world.conversations.get(id);
  if (!found) return no('channel_not_found');
  if (found.isArchived) return no('is_archived');
  const partner = found.user === null ? null : world.users.get(found.user);
  if (partner?.isDeleted) return no('user_disabled');
  return found.isMember ? found : no('not_in_channel');
}
const isAnswer = (found: SlackConversation | Answer): found is Answer => 'ok' in found;

/** Why Slack would not take such a message; null when it would. */
function contentRefusal(args: Args): Answer | null {
  const blocks = args.blocks;
  if (text(args.text) === '' && blocks === undefined) return no('no_text');
  if (text(args.text).length > 40_000) return no('msg_too_long');
  if (blocks !== undefined) {
    const problems = blockProblems(blocks, 'message');
    if (problems.length > 0)
      return no('invalid_blocks', {
        errors: problems,
        response_metadata: { messages: problems.map((each) => `[ERROR] ${each}`) },
      });
    if (JSON.stringify(blocks).length > 13_200) return no('msg_blocks_too_long');
  }
  if (args.metadata !== undefined && JSON.stringify(args.metadata).length > 8_000)
    return no('metadata_too_large');
  return null;
}

function shown(message: SlackMessage, withMetadata: boolean) {
  return {
    type: 'message',
    user: message.user,
    ...(message.user === BOT_USER ? { bot_id: BOT_ID, app_id: APP_ID } : {}),
    text: message.text,
    ts: message.ts,
    blocks: message.blocks,
    ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    ...(message.files.length > 0 ? { files: message.files } : {}),
    ...(withMetadata && message.metadata !== null ? { metadata: message.metadata } : {}),
  };
}

function post(call: Call): Answer {
  const found = conversationIn(call);
  if (isAnswer(found)) return found;
  const refusal = contentRefusal(call.args);
  if (refusal) return refusal;
  const { args, world } = call;
  const thread = args.thread_ts === undefined ? null : text(args.thread_ts);
  if (thread !== null && !found.messages.some(({ ts }) => ts === thread)) return no('thread_not_found');
  const message = aMessage({
    ts: world.nextTs(),
    user: BOT_USER,
    threadTs: thread,
    text: text(args.text),
    blocks: (args.blocks as unknown[] | undefined) ?? [],
    metadata: args.metadata ?? null,
  });
  found.messages.push(message);
  return { ok: true, channel: found.id, ts: message.ts, message: shown(message, false) };
}

function update(call: Call): Answer {
  const found = conversationIn(call);
  if (isAnswer(found)) return found;
  const { args } = call;
  const message = found.messages.find(({ ts }) => ts === text(args.ts));
  if (!message) return no('message_not_found');
  if (message.user !== BOT_USER) return no('cant_update_message');
  const refusal = contentRefusal(args);
  if (refusal) return refusal;
  message.text = text(args.text);
  // Blocks that are not named are kept (docs.slack.dev/reference/methods/chat.update).
  message.blocks = (args.blocks as unknown[] | undefined) ?? message.blocks;
  if (args.metadata !== undefined) message.metadata = args.metadata;
  message.edits += 1;
  return { ok: true, channel: found.id, ts: message.ts, text: message.text, message: shown(message, false) };
}

function remove(call: Call): Answer {
  const found = conversationIn(call);
  if (isAnswer(found)) return found;
  const at = found.messages.findIndex(({ ts }) => ts === text(call.args.ts));
  if (at < 0) return no('message_not_found');
  if (found.messages[at]?.user !== BOT_USER) return no('cant_delete_message');
  found.messages.splice(at, 1);
  return { ok: true, channel: found.id, ts: text(call.args.ts) };
}

/** Messages of a conversation or thread, page by page; newest first in a conversation. */
function read(call: Call, isThread: boolean): Answer {
  const { args, world } = call;
  const found = world.conversations.get(text(args.channel));
  if (!found) return no('channel_not_found');
  if (!found.isMember) return no('not_in_channel');
  const root = text(args.ts);
  if (isThread && !found.messages.some(({ ts }) => ts === root)) return no('thread_not_found');
  const oldest = Number(args.oldest ?? 0);
  const isInclusive = args.inclusive === true || args.inclusive === 'true';
  const standing = found.messages
    .filter((each) => (isThread ? each.ts === root || each.threadTs === root : each.threadTs === null))
    .filter(({ ts }) => (isInclusive ? Number(ts) >= oldest : Number(ts) > oldest));
  const ordered = isThread ? standing : standing.toReversed();
  const limit = Math.min(Number(args.limit ?? 100), 999);
  const from = args.cursor ? Number(Buffer.from(text(args.cursor), 'base64').toString()) : 0;
  const page = ordered.slice(from, from + limit);
  const hasMore = from + limit < ordered.length;
  const withMetadata = args.include_all_metadata === true || args.include_all_metadata === 'true';
  return {
    ok: true,
    messages: page.map((message) => shown(message, withMetadata)),
    has_more: hasMore,
    ...(hasMore
      ? { response_metadata: { next_cursor: Buffer.from(String(from + limit)).toString('base64') } }
      : {}),
  };
}

function user(world: World, id: string): Answer {
  const found = world.users.get(id);
  if (!found) return no('user_not_found');
  return {
    ok: true,
    user: {
      id: found.id,
      team_id: world.team,
      name: found.name.toLowerCase().replaceAll(' ', '.'),
      deleted: found.isDeleted,
      real_name: found.name,
      tz: found.timeZone,
      locale: found.locale,
      is_bot: found.isBot,
      is_email_confirmed: found.isEmailConfirmed,
      updated: 1,
      profile: { real_name: found.name, ...(found.email === null ? {} : { email: found.email }) },
    },
  };
}

const TRIGGER_MS = 3_000;
const MOST_VIEWS = 3;

function triggered({ world, args, now }: Call): { readonly user: string } | Answer {
  const trigger = world.triggers.get(text(args.trigger_id));
  if (!trigger) return no('invalid_trigger_id');
  if (trigger.isUsed) return no('exchanged_trigger_id');
  if (now - trigger.at > TRIGGER_MS) return no('expired_trigger_id');
  return { user: trigger.user };
}

function refusedView(view: unknown): Answer | null {
  const problems = viewProblems(view);
  if (problems.length > 0) return no('invalid_arguments', { errors: problems });
  return JSON.stringify(view).length > 250_000 ? no('view_too_large') : null;
}

function openView(call: Call, isPush: boolean): Answer {
  const found = triggered(call);
  if ('ok' in found) return found as Answer;
  const refusal = refusedView(call.args.view);
  if (refusal) return refusal;
  const { world } = call;
  const open = [...world.views.values()].filter((each) => each.isOpen && each.user === found.user);
  if (isPush && open.length >= MOST_VIEWS) return no('push_limit_reached');
  const trigger = world.triggers.get(text(call.args.trigger_id));
  if (trigger) trigger.isUsed = true;
  if (!isPush) for (const each of open) each.isOpen = false;
  const id = world.nextId('V');
  const hash = `${world.nextTs()}.${id}`;
  const view = call.args.view as Record<string, unknown>;
  world.views.set(id, { id, user: found.user, view, hash, isOpen: true });
  return { ok: true, view: { ...view, id, hash, root_view_id: id, state: { values: {} } } };
}

function updateView({ world, args }: Call): Answer {
  const found = world.views.get(text(args.view_id));
  if (!found?.isOpen) return no('not_found');
  if (args.hash !== undefined && args.hash !== found.hash) return no('hash_conflict');
  const refusal = refusedView(args.view);
  if (refusal) return refusal;
  found.view = args.view as Record<string, unknown>;
  found.hash = `${world.nextTs()}.${found.id}`;
  return { ok: true, view: { ...found.view, id: found.id, hash: found.hash } };
}

function publish({ world, args }: Call): Answer {
  if (!world.users.has(text(args.user_id))) return no('user_not_found');
  const refusal = refusedView(args.view);
  if (refusal) return refusal;
  world.homes.set(text(args.user_id), args.view as Record<string, unknown>);
  return { ok: true, view: args.view };
}

function uploadUrl({ world, args, url }: Call): Answer {
  const length = Number(args.length);
  if (text(args.filename) === '' || !(length > 0)) return no('invalid_arguments');
  const id = world.nextId('F');
  const altText = args.alt_txt === undefined ? null : text(args.alt_txt);
  world.files.set(id, { id, name: text(args.filename), altText, length, bytes: null, channel: null });
  return { ok: true, upload_url: `${url}/upload/${id}`, file_id: id };
}

function completeUpload(call: Call): Answer {
  const { world, args } = call;
  const listed = args.files as readonly { readonly id: string }[] | undefined;
  const files = (listed ?? []).map(({ id }) => world.files.get(id));
  if (files.length === 0 || files.some((file) => !file?.bytes)) return no('file_not_found');
  const found = conversationIn({ ...call, args: { channel: args.channel_id } });
  if (isAnswer(found)) return found;
  found.messages.push(
    aMessage({
      ts: world.nextTs(),
      user: BOT_USER,
      threadTs: args.thread_ts === undefined ? null : text(args.thread_ts),
      text: '',
      files: files.flatMap((file) => (file ? [{ id: file.id, name: file.name }] : [])),
    }),
  );
  for (const file of files) if (file) file.channel = found.id;
  return { ok: true, files: listed ?? [] };
}

const HISTORY = ['channels:history', 'groups:history', 'im:history'];
const method = (takes: readonly string[], scopes: readonly string[], answer: Method['answer']): Method => ({
  takes,
  scopes,
  answer,
});

export const METHODS: ReadonlyMap<string, Method> = new Map([
  [
    'api.test',
    method(['error', 'foo'], [], ({ args }) => (args.error ? no(text(args.error)) : { ok: true, args })),
  ],
  [
    'auth.test',
    method([], [], ({ token, world, url }) => ({
      ok: true,
      url: `${url}/`,
      team: 'CMS demo',
      user: 'isso',
      team_id: token.isOrganisation ? token.enterprise : world.team,
      user_id: BOT_USER,
      bot_id: BOT_ID,
      ...(token.enterprise ? { enterprise_id: token.enterprise } : {}),
      is_enterprise_install: token.isOrganisation,
    })),
  ],
  [
    'bots.info',
    method(['bot', 'team_id'], ['users:read'], () => ({ ok: true, bot: { id: BOT_ID, app_id: APP_ID } })),
  ],
  [
    'chat.postMessage',
    method([...WRITTEN, 'unfurl_links', 'unfurl_media', 'mrkdwn', 'reply_broadcast'], ['chat:write'], post),
  ],
  ['chat.update', method([...WRITTEN, 'ts'], ['chat:write'], update)],
  ['chat.delete', method(['channel', 'ts'], ['chat:write'], remove)],
  [
    'conversations.open',
    method(['users', 'channel', 'return_im', 'prevent_creation'], ['im:write'], ({ world, args }) => {
      const found = world.users.get(text(args.users));
      if (!found) return no('user_not_found');
      if (found.isDeleted) return no('user_disabled');
      if (found.isBot) return no('cannot_dm_bot');
      return { ok: true, channel: { id: world.direct(found.id).id } };
    }),
  ],
  [
    'conversations.info',
    method(
      ['channel', 'include_locale', 'include_num_members'],
      ['channels:read', 'groups:read', 'im:read'],
      ({ world, args }) => {
        const found = world.conversations.get(text(args.channel));
        if (!found) return no('channel_not_found');
        return {
          ok: true,
          channel: {
            id: found.id,
            name: found.name,
            is_archived: found.isArchived,
            is_member: found.isMember,
          },
        };
      },
    ),
  ],
  [
    'conversations.history',
    method(
      ['channel', 'cursor', 'include_all_metadata', 'inclusive', 'latest', 'limit', 'oldest'],
      HISTORY,
      (call) => read(call, false),
    ),
  ],
  [
    'conversations.replies',
    method(
      ['channel', 'ts', 'cursor', 'include_all_metadata', 'inclusive', 'latest', 'limit', 'oldest'],
      HISTORY,
      (call) => read(call, true),
    ),
  ],
  [
    'users.info',
    method(['user', 'include_locale'], ['users:read'], ({ world, args }) => user(world, text(args.user))),
  ],
  [
    'users.lookupByEmail',
    method(['email'], ['users:read.email'], ({ world, args }) => {
      const email = text(args.email).toLowerCase();
      const found = [...world.users.values()].find(
        (each) => !each.isDeleted && each.email?.toLowerCase() === email,
      );
      return found ? user(world, found.id) : no('users_not_found');
    }),
  ],
  [
    'views.open',
    method(['trigger_id', 'view', 'interactivity_pointer'], [], (call) => openView(call, false)),
  ],
  ['views.push', method(['trigger_id', 'view', 'interactivity_pointer'], [], (call) => openView(call, true))],
  ['views.update', method(['view', 'view_id', 'external_id', 'hash'], [], updateView)],
  ['views.publish', method(['user_id', 'view', 'hash'], [], publish)],
  [
    'files.getUploadURLExternal',
    method(['filename', 'length', 'alt_txt', 'snippet_type'], ['files:write'], uploadUrl),
  ],
  [
    'files.completeUploadExternal',
    method(
      ['files', 'channel_id', 'channels', 'initial_comment', 'thread_ts', 'blocks'],
      ['files:write'],
      completeUpload,
    ),
  ],
]);
