/** Somebody who uses Slack: what they do becomes Slack's own payloads, signed, over a real socket. */
import { createHmac, randomUUID } from 'node:crypto';
import type { FakeSlack } from './fake-slack.ts';
import { APP_ID, aMessage, BOT_ID, BOT_USER, type SlackMessage, type SlackViewState } from './world.ts';

export interface HttpAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>> | null;
  readonly tookMs: number;
}

/** How what people do comes to the bot. */
export interface Wire {
  readonly slack: FakeSlack;
  /** The bot's address, asked anew each time: it may have been started again. */
  botUrl(): string;
  readonly signingSecret: string;
  /** Milliseconds since 1970, by the clock that signs. */
  now(): number;
  /** Carries what would be a request, for a bot that is told by another way than HTTP. */
  carry?(body: Readonly<Record<string, unknown>>, as: 'json' | 'form' | 'command'): Promise<HttpAnswer>;
}

type Json = Readonly<Record<string, unknown>>;

/** Sends one body as Slack does. `change` may spoil headers and body on the way. */
export async function send(
  wire: Wire,
  body: Json,
  as: 'json' | 'form' | 'command' = 'json',
  headers: Readonly<Record<string, string>> = {},
): Promise<HttpAnswer> {
  if (wire.carry) return wire.carry(body, as);
  const text =
    as === 'json'
      ? JSON.stringify(body)
      : new URLSearchParams(
          as === 'form' ? { payload: JSON.stringify(body) } : (body as Record<string, string>),
        ).toString();
  const stamp = String(Math.floor(wire.now() / 1_000));
  const signature = `v0=${createHmac('sha256', wire.signingSecret).update(`v0:${stamp}:${text}`).digest('hex')}`;
  const startedAt = performance.now();
  const response = await fetch(`${wire.botUrl()}/slack/events`, {
    method: 'POST',
    headers: {
      'content-type': as === 'json' ? 'application/json' : 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': stamp,
      'x-slack-signature': signature,
      ...headers,
    },
    body: text,
  });
  const answered = await response.text();
  const tookMs = performance.now() - startedAt;
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  return {
    status: response.status,
    body: isJson && answered ? (JSON.parse(answered) as Json) : null,
    tookMs,
  };
}

/** An event as Slack wraps it. */
export const eventBody = ({ slack: { world } }: Pick<Wire, 'slack'>, event: Json): Json => ({
  token: 'not-looked-at',
  team_id: world.team,
  context_team_id: world.team,
  api_app_id: APP_ID,
  event,
  type: 'event_callback',
  event_id: world.nextId('Ev'),
  event_time: 1_796_137_200,
  authorizations: [
    {
      enterprise_id: null,
      team_id: world.team,
      user_id: BOT_USER,
      is_bot: true,
      is_enterprise_install: false,
    },
  ],
  is_ext_shared_channel: false,
});

const base = ({ slack: { world } }: Wire, user: string, type: string): Json => ({
  type,
  user: { id: user, username: 'somebody', name: 'somebody', team_id: world.team },
  api_app_id: APP_ID,
  token: 'not-looked-at',
  team: { id: world.team, domain: 'cms-demo' },
  enterprise: null,
  is_enterprise_install: false,
});

/** A trigger for a view, as Slack gives one with each action. */
function trigger({ slack: { world }, now }: Wire, user: string): string {
  const id = `${world.nextTs()}.${randomUUID().slice(0, 8)}`;
  world.triggers.set(id, { at: now(), user, isUsed: false });
  return id;
}

export type Values = Readonly<Record<string, unknown>>;

export interface Button {
  readonly actionId: string;
  readonly blockId: string | null;
  readonly label: string;
  readonly value: string;
}

/** The buttons of blocks, in order. */
export function buttonsOf(blocks: readonly unknown[]): Button[] {
  const isButton = (each: unknown): each is { action_id: string; text: { text: string }; value?: string } =>
    (each as { type?: unknown } | null)?.type === 'button';
  return blocks.flatMap((given) => {
    const block = given as { block_id?: string; elements?: unknown[]; accessory?: unknown };
    return [...(block.elements ?? []), block.accessory].filter(isButton).map((each) => ({
      actionId: each.action_id,
      blockId: block.block_id ?? null,
      label: each.text.text,
      value: each.value ?? '',
    }));
  });
}

/** All words that blocks show, in reading order; `inert` is done to those in which no client looks for markup. */
export function wordsOf(shown: unknown, inert: (words: string) => string = (words) => words): string {
  if (Array.isArray(shown)) return shown.map((each) => wordsOf(each, inert)).join('\n');
  if (typeof shown !== 'object' || shown === null) return '';
  const { type, text, fallback, elements } = shown as Json;
  if (typeof text === 'string') return type === 'mrkdwn' ? unmarked(text) : inert(text);
  if (type === 'date') return String(fallback);
  const isLine = type === 'rich_text_section' && Array.isArray(elements);
  return (isLine ? elements : Object.values(shown))
    .map((each) => wordsOf(each, inert))
    .filter((words) => words !== '')
    .join(isLine ? '' : '\n');
}

/** Markup as its reader sees it: `*Due*` and `<!date^1^{date}|December 1>` as words. */
const unmarked = (markup: string): string =>
  unescaped(
    markup.replace(/<[^<>|]{0,2000}\|([^<>]{0,2000})>/gu, '$1').replace(/\*([^*\n]{1,3000})\*/gu, '$1'),
  );

export const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

interface Input {
  readonly block_id: string;
  readonly label: { readonly text: string };
  readonly element: {
    readonly type: string;
    readonly action_id: string;
    readonly initial_value?: string;
    readonly initial_date?: string;
    readonly initial_option?: unknown;
    readonly initial_options?: unknown;
    readonly options?: readonly { readonly value: string }[];
    readonly option_groups?: readonly { readonly options: readonly { readonly value: string }[] }[];
  };
}

/** The inputs of blocks: their field's id, their label. */
export const inputsOf = (
  blocks: unknown,
): { readonly id: string; readonly label: string; readonly input: Input }[] =>
  ((blocks as unknown[] | undefined) ?? [])
    .filter((block): block is Input => (block as { type?: unknown }).type === 'input')
    .map((input) => ({
      id: input.element.action_id.replace(/^(?:value|tick):/u, ''),
      label: input.label.text,
      input,
    }));

/** What Slack keeps of inputs: what somebody filled in, by field id, or else what stood there. */
export function stateOf(blocks: unknown, values: Values): Json {
  const state: Record<string, Json> = {};
  for (const { id, input } of inputsOf(blocks))
    state[input.block_id] = { [input.element.action_id]: elementState(input.element, values[id]) };
  return { values: state };
}

function elementState(element: Input['element'], value: unknown): Json {
  const { type } = element;
  const all = element.options ?? element.option_groups?.flatMap(({ options }) => options) ?? [];
  const chosen = (one: unknown) => all.find((option) => option.value === String(one));
  switch (type) {
    case 'plain_text_input':
    case 'number_input':
      return { type, value: value === undefined ? (element.initial_value ?? null) : String(value) };
    case 'datepicker':
      return { type, selected_date: value === undefined ? (element.initial_date ?? null) : String(value) };
    case 'radio_buttons':
    case 'static_select':
      return {
        type,
        selected_option: value === undefined ? (element.initial_option ?? null) : (chosen(value) ?? null),
      };
    default: {
      const wanted = Array.isArray(value)
        ? value
        : value === true
          ? ['true']
          : value === false
            ? []
            : [value];
      return {
        type,
        selected_options:
          value === undefined ? (element.initial_options ?? []) : wanted.flatMap((one) => chosen(one) ?? []),
      };
    }
  }
}

/** The message as Slack shows it to apps. */
const messageJson = (message: SlackMessage, replies: number): Json => ({
  type: 'message',
  user: message.user,
  bot_id: BOT_ID,
  app_id: APP_ID,
  ts: message.ts,
  text: message.text,
  blocks: message.blocks,
  ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
  ...(replies > 0 ? { thread_ts: message.ts, reply_count: replies } : {}),
});

/** The person whose user id that is. */
export function slackPerson(wire: Wire, user: string) {
  const { slack } = wire;
  const { world } = slack;
  const view = (state: SlackViewState, values: Values): Json => ({
    ...state.view,
    id: state.id,
    team_id: world.team,
    hash: state.hash,
    root_view_id: state.id,
    app_id: APP_ID,
    state: stateOf(state.view.blocks, values),
  });
  const repliesTo = (channel: string, { ts }: SlackMessage): number =>
    (world.conversations.get(channel)?.messages ?? []).filter(({ threadTs }) => threadTs === ts).length;
  return {
    user,
    /** Words in the direct conversation, or to the bot in a channel. */
    types(
      text: string,
      where: { readonly in?: string; readonly thread?: string; readonly again?: string } = {},
    ) {
      const conversation = where.in ? world.conversations.get(where.in) : world.direct(user);
      if (!conversation) throw new Error(`there is no channel ${where.in}`);
      const ts = where.again ?? world.nextTs();
      const isDirect = conversation.kind === 'im';
      const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
      const typed = isDirect ? escaped : `<@${BOT_USER}> ${escaped}`;
      const threadTs = where.thread ?? null;
      if (!where.again) conversation.messages.push(aMessage({ ts, user, threadTs, text: typed }));
      return send(
        wire,
        eventBody(wire, {
          user,
          type: isDirect ? 'message' : 'app_mention',
          ts,
          client_msg_id: randomUUID(),
          text: typed,
          team: world.team,
          channel: conversation.id,
          event_ts: ts,
          ...(threadTs ? { thread_ts: threadTs } : {}),
          ...(isDirect ? { channel_type: 'im' } : {}),
        }),
      );
    },
    /** Something that Slack tells of them. */
    event: (event: Json) => send(wire, eventBody(wire, event)),
    opensHome: (tab: 'home' | 'messages' = 'home') =>
      send(
        wire,
        eventBody(wire, {
          type: 'app_home_opened',
          user,
          channel: world.direct(user).id,
          tab,
          event_ts: world.nextTs(),
        }),
      ),
    command: (text: string, where: string | null = null) =>
      send(
        wire,
        {
          token: 'not-looked-at',
          team_id: world.team,
          team_domain: 'cms-demo',
          channel_id: where ?? world.direct(user).id,
          channel_name: where === null ? 'directmessage' : 'channel',
          user_id: user,
          user_name: 'somebody',
          command: '/isso',
          text,
          api_app_id: APP_ID,
          is_enterprise_install: 'false',
          response_url: 'https://hooks.example.gov/commands/1',
          trigger_id: trigger(wire, user),
        },
        'command',
      ),
    shortcut: (callbackId: string) =>
      send(
        wire,
        {
          ...base(wire, user, 'shortcut'),
          callback_id: callbackId,
          trigger_id: trigger(wire, user),
          action_ts: world.nextTs(),
        },
        'form',
      ),
    messageShortcut: (callbackId: string, channel: string, text: string) =>
      send(
        wire,
        {
          ...base(wire, user, 'message_action'),
          callback_id: callbackId,
          trigger_id: trigger(wire, user),
          action_ts: world.nextTs(),
          channel: { id: channel, name: 'channel' },
          message: { type: 'message', user, ts: world.nextTs(), text },
        },
        'form',
      ),
    /** A button of a message; `values` fill its inputs. */
    presses(channel: string, message: SlackMessage, button: Button, values: Values = {}, stamp?: string) {
      return send(
        wire,
        {
          ...base(wire, user, 'block_actions'),
          container: { type: 'message', message_ts: message.ts, channel_id: channel, is_ephemeral: false },
          trigger_id: trigger(wire, user),
          channel: { id: channel, name: 'conversation' },
          message: messageJson(message, repliesTo(channel, message)),
          state: stateOf(message.blocks, values),
          response_url: 'https://hooks.example.gov/actions/1',
          actions: [actionOf(button, stamp ?? world.nextTs())],
        },
        'form',
      );
    },
    /** A button of their home page. */
    pressesHome(button: Button) {
      const home = world.homes.get(user);
      return send(
        wire,
        {
          ...base(wire, user, 'block_actions'),
          container: { type: 'view', view_id: `V${user}` },
          trigger_id: trigger(wire, user),
          view: { ...home, id: `V${user}`, hash: '1.1', state: { values: {} } },
          actions: [actionOf(button, world.nextTs())],
        },
        'form',
      );
    },
    /** A button that stands in an open view. */
    pressesView: (state: SlackViewState, button: Button) =>
      send(
        wire,
        {
          ...base(wire, user, 'block_actions'),
          container: { type: 'view', view_id: state.id },
          trigger_id: trigger(wire, user),
          view: view(state, {}),
          actions: [actionOf(button, world.nextTs())],
        },
        'form',
      ),
    /** Changes one input of an open view, which tells the bot so. */
    fills: (state: SlackViewState, values: Values, field: string) => {
      const input = inputsOf(state.view.blocks).find(({ id }) => id === field)?.input;
      if (!input) throw new Error(`the view does not ask for ${field}`);
      return send(
        wire,
        {
          ...base(wire, user, 'block_actions'),
          container: { type: 'view', view_id: state.id },
          trigger_id: trigger(wire, user),
          view: view(state, values),
          actions: [
            {
              type: input.element.type,
              block_id: input.block_id,
              action_id: input.element.action_id,
              action_ts: world.nextTs(),
            },
          ],
        },
        'form',
      );
    },
    /** Sends a view; what Slack does with the answer happens to it. */
    async submits(state: SlackViewState, values: Values): Promise<HttpAnswer> {
      const answer = await send(
        wire,
        {
          ...base(wire, user, 'view_submission'),
          trigger_id: trigger(wire, user),
          view: view(state, values),
          response_urls: [],
        },
        'form',
      );
      obey(slack, state, answer);
      return answer;
    },
    async closes(state: SlackViewState, values: Values = {}): Promise<HttpAnswer> {
      state.isOpen = false;
      return send(
        wire,
        { ...base(wire, user, 'view_closed'), view: view(state, values), is_cleared: false },
        'form',
      );
    },
    /** The view that is open for them; null when none is. */
    openView: (): SlackViewState | null =>
      [...world.views.values()].filter((each) => each.user === user && each.isOpen).at(-1) ?? null,
  };
}
export type SlackPerson = ReturnType<typeof slackPerson>;

const actionOf = ({ actionId, blockId, label, value }: Button, stamp: string): Json => ({
  action_id: actionId,
  ...(blockId ? { block_id: blockId } : {}),
  text: { type: 'plain_text', text: label, emoji: false },
  value,
  type: 'button',
  action_ts: stamp,
});

function obey({ world }: FakeSlack, state: SlackViewState, { status, body }: HttpAnswer): void {
  if (status !== 200) return;
  switch (body?.response_action) {
    case 'errors':
      return;
    case 'update':
      state.view = body.view as Record<string, unknown>;
      state.hash = `${world.nextTs()}.${state.id}`;
      return;
    case 'clear':
      for (const each of world.views.values()) if (each.user === state.user) each.isOpen = false;
      return;
    default:
      state.isOpen = false;
  }
}
