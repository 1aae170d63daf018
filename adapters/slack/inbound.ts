/** What Slack tells, as the house knows it: who does what, and where they are answered. Pure. */
import { z } from 'zod';
import type { RawValues } from '../../src/domain/field.ts';
import type { ButtonPress } from '../../src/messages/button.ts';
import type { Inbound, Speaker } from '../../src/ports.ts';
import { channelOf, messageId, type Place, placeId } from './address.ts';
import type { ActionBody, CommandBody, EventBody, ShortcutBody, SlackView, ViewBody } from './bodies.ts';
import type { SlackSettings } from './config.ts';
import { readValues } from './read-values.ts';
import { viewOrigin } from './render-form.ts';
import { COMMAND, SHORTCUT_PRESSES } from './surface.ts';
import { plainWords } from './words.ts';

/** Where the one who spoke is answered. */
export interface Where {
  readonly workspace: string;
  readonly user: string;
  /** Null: in their direct conversation, which is to be found first. */
  readonly channel: string | null;
  /** The thread to answer in; null for none. */
  readonly thread: string | null;
}

/**
 * One thing somebody does. `event`: told by Slack's events. `press`: a button. `open`: a button or shortcut that wants a
 * dialog, which must be opened within three seconds; `hasReplies`: whether anything may stand below the button's message. `submit`: a dialog sent. `draft`: a dialog half filled or closed.
 * `command`: the slash command.
 */
export type Turn = { readonly event: Inbound; readonly where: Where } & (
  | { readonly kind: 'event' }
  | { readonly kind: 'press'; readonly hasReplies: boolean }
  | {
      readonly kind: 'open';
      readonly hasReplies: boolean;
      readonly trigger: string;
      readonly inView: string | null;
    }
  | { readonly kind: 'submit'; readonly view: SlackView }
  | { readonly kind: 'draft'; readonly view: string; readonly isClosed: boolean }
  | { readonly kind: 'command'; readonly trigger: string }
);

/** What the administrator of a workspace did: the bot is gone from it, or from a channel, or a channel is closed. */
export type News =
  | { readonly kind: 'bot-removed'; readonly workspace: string }
  | {
      readonly kind: 'channel-lost';
      readonly workspace: string;
      readonly channel: string;
      readonly how: 'left' | 'archived';
    };

const pressSchema = z.strictObject({
  verb: z.string().min(1).max(100),
  subject: z.string().max(300),
  version: z.int().exactOptional(),
  choice: z.string().max(300).exactOptional(),
});

/** What a button says, as it was drawn; null for anything else. It proves nothing. */
export function readPress(value: string | null | undefined): ButtonPress | null {
  try {
    const read = pressSchema.safeParse(JSON.parse(value ?? ''));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

const slackKey = (...parts: readonly string[]): string => parts.join(':');

function speaker(workspace: string, user: string, channel: Speaker['channel']): Speaker {
  return { platform: 'slack', userId: placeId({ workspace, id: user }), channel };
}

/** The workspace or organisation the bot is installed in, of whose conversation the event tells. */
function workspaceOfEvent({
  authorizations,
  team_id: team,
  enterprise_id: enterprise,
}: EventBody): string | null {
  const [own] = authorizations ?? [];
  if (own?.is_enterprise_install && own.enterprise_id) return own.enterprise_id;
  return own?.team_id ?? team ?? enterprise ?? null;
}

/** What an event means: somebody's turn, news of a workspace, or nothing to the bot (null). */
export function turnOfEvent(settings: SlackSettings, body: EventBody): Turn | News | null {
  const workspace = workspaceOfEvent(body);
  if (workspace === null) return null;
  const self = body.authorizations?.[0]?.user_id ?? null;
  const { event } = body;
  switch (event.type) {
    case 'message':
    case 'app_mention':
      return turnOfMessage(settings, workspace, self, event);
    case 'app_home_opened': {
      const from = speaker(workspace, event.user, null);
      const where: Where = { workspace, user: event.user, channel: null, thread: null };
      // The first look at the conversation is greeted once and for all.
      return event.tab === 'messages'
        ? { kind: 'event', where, event: { kind: 'joined', from, eventKey: slackKey('joined', from.userId) } }
        : {
            kind: 'event',
            where,
            event: { kind: 'opened-home', from, eventKey: slackKey('home', from.userId, eventName(body)) },
          };
    }
    case 'user_change': {
      if (event.user.is_bot) return null;
      const from = speaker(workspace, event.user.id, null);
      const eventKey = slackKey('profile', from.userId, String(event.user.updated ?? eventName(body)));
      const where: Where = { workspace, user: event.user.id, channel: null, thread: null };
      return { kind: 'event', where, event: { kind: 'profile-changed', from, eventKey } };
    }
    case 'channel_left':
    case 'group_left':
      return { kind: 'channel-lost', workspace, channel: event.channel, how: 'left' };
    case 'channel_archive':
    case 'group_archive':
      return { kind: 'channel-lost', workspace, channel: event.channel, how: 'archived' };
    case 'app_uninstalled':
      return { kind: 'bot-removed', workspace };
    case 'tokens_revoked':
      return (event.tokens?.bot ?? []).length > 0 ? { kind: 'bot-removed', workspace } : null;
    default:
      return event satisfies never;
  }
}

const eventName = ({ event, event_id: eventId, event_time: eventTime }: EventBody): string =>
  ('event_ts' in event ? event.event_ts : undefined) ?? eventId ?? String(eventTime ?? '');

type MessageEvent = Extract<EventBody['event'], { type: 'message' | 'app_mention' }>;

/** Kinds of messages that somebody has written; all others are Slack's own notes. */
const WRITTEN: readonly (string | undefined)[] = [undefined, 'file_share', 'thread_broadcast', 'me_message'];

function turnOfMessage(
  settings: SlackSettings,
  workspace: string,
  self: string | null,
  event: MessageEvent,
): Turn | null {
  if (event.bot_id !== undefined) return null;
  const isDirect = event.type === 'message' && (event.channel_type === 'im' || event.channel.startsWith('D'));
  // What people say to each other is not for the bot; in a channel it is spoken to by its name.
  if (event.type === 'message' && !isDirect) return null;
  if (event.subtype === 'message_changed') return turnOfEdit(workspace, self, event);
  const { user } = event;
  if (!WRITTEN.includes(event.subtype) || user === undefined || user === self) return null;
  const words = plainWords(event.text ?? '', self);
  // A file alone says nothing that the bot could read.
  if (words === '' && event.type === 'message') return null;
  const channel = channelOf(settings, { workspace, id: event.channel }, isDirect);
  const thread = event.thread_ts ?? (isDirect ? null : event.ts);
  return {
    kind: 'event',
    where: { workspace, user, channel: event.channel, thread },
    event: {
      kind: 'said',
      from: speaker(workspace, user, channel),
      // The message itself: Slack may tell of it several times, each time as another event.
      eventKey: slackKey('said', workspace, event.channel, event.ts),
      text: words === '' ? 'help' : words,
      // In a channel only what names the bot is heard.
      ...(isDirect ? {} : { calledByName: true }),
    },
  };
}

function turnOfEdit(workspace: string, self: string | null, event: MessageEvent): Turn | null {
  const { message, previous_message: before, channel } = event;
  if (!message?.user || message.bot_id !== undefined || message.user === self) return null;
  // Slack also "changes" a message when it shows what is behind a link.
  if (message.text === undefined || message.text === before?.text) return null;
  return {
    kind: 'event',
    where: { workspace, user: message.user, channel, thread: null },
    event: {
      kind: 'edited',
      from: speaker(workspace, message.user, null),
      eventKey: slackKey('edited', workspace, channel, message.ts, message.edited?.ts ?? event.ts),
      text: plainWords(message.text, self),
    },
  };
}

type Sender = Pick<ActionBody, 'team' | 'enterprise' | 'is_enterprise_install' | 'user'>;

function workspaceOf({
  team,
  enterprise,
  is_enterprise_install: isOrganisation,
  user,
}: Sender): string | null {
  if (isOrganisation && enterprise) return enterprise.id;
  return team?.id ?? user.team_id ?? enterprise?.id ?? null;
}

/** What a pressed button or a changed input means. */
export function turnOfAction(settings: SlackSettings, body: ActionBody): Turn | null {
  const workspace = workspaceOf(body);
  const [action] = body.actions;
  if (workspace === null || !action) return null;
  const kind = action.action_id.slice(0, action.action_id.indexOf(':'));
  if (kind === 'value' || kind === 'tick') return body.view ? turnOfDraft(workspace, body, body.view) : null;
  const press = readPress(action.value);
  if (!press || (kind !== 'press' && kind !== 'open')) return null;
  const at = placeOfAction(settings, workspace, body);
  const event: Inbound = {
    kind: 'pressed',
    from: speaker(workspace, body.user.id, at.spokenIn),
    eventKey: slackKey(
      'pressed',
      workspace,
      body.user.id,
      action.action_ts ?? body.trigger_id,
      action.action_id,
    ),
    button: press,
    values: readValues(body.view?.state ?? body.state),
    on: at.on,
  };
  return kind === 'press'
    ? { kind: 'press', event, where: at.where, hasReplies: at.hasReplies }
    : {
        kind: 'open',
        hasReplies: at.hasReplies,
        event,
        where: at.where,
        trigger: body.trigger_id,
        inView: body.view?.type === 'modal' ? body.view.id : null,
      };
}

function placeOfAction(
  settings: SlackSettings,
  workspace: string,
  { user, channel, message, view }: ActionBody,
) {
  const origin = view?.private_metadata ? viewOrigin(view.private_metadata)?.origin : undefined;
  if (!channel || !message) {
    const on = origin?.on ?? null;
    return {
      on,
      // A dialog does not know what stands below the card it came from: it is looked for.
      hasReplies: on !== null,
      spokenIn: origin?.channel ?? null,
      where: { workspace, user: user.id, channel: null, thread: null },
    };
  }
  const isDirect = channel.id.startsWith('D');
  return {
    on: messageId({ workspace, channel: channel.id, ts: message.ts }),
    hasReplies: message.thread_ts !== undefined || (message.reply_count ?? 0) > 0,
    spokenIn: channelOf(settings, { workspace, id: channel.id }, isDirect),
    where: {
      workspace,
      user: user.id,
      channel: channel.id,
      // In a channel the answer stands below the card, in a direct conversation after it.
      thread: message.thread_ts ?? (isDirect ? null : message.ts),
    },
  };
}

function turnOfDraft(
  workspace: string,
  body: Sender & { readonly actions: ActionBody['actions'] },
  view: SlackView,
): Turn | null {
  const stamp = body.actions[0]?.action_ts;
  return draft(workspace, body, view, slackKey('draft', view.id, stamp ?? view.hash ?? ''), false);
}

function draft(
  workspace: string,
  body: Sender,
  view: SlackView,
  eventKey: string,
  isClosed: boolean,
): Turn | null {
  const found = viewOrigin(view.private_metadata ?? '');
  if (!found) return null;
  const values: RawValues = readValues(view.state);
  return {
    kind: 'draft',
    view: view.id,
    isClosed,
    where: { workspace, user: body.user.id, channel: null, thread: null },
    event: {
      kind: 'drafted',
      from: speaker(workspace, body.user.id, null),
      eventKey,
      press: found.press,
      values,
      isClosed,
    },
  };
}

/** What a dialog that was sent or closed means. */
export function turnOfView(body: ViewBody): Turn | null {
  const workspace = workspaceOf(body);
  if (workspace === null) return null;
  const { view, user } = body;
  if (body.type === 'view_closed') return draft(workspace, body, view, slackKey('closed', view.id), true);
  const found = viewOrigin(view.private_metadata ?? '');
  if (!found) return null;
  return {
    kind: 'submit',
    view,
    where: { workspace, user: user.id, channel: null, thread: null },
    event: {
      kind: 'submitted',
      from: speaker(workspace, user.id, found.origin.channel),
      eventKey: slackKey('submitted', view.id, body.trigger_id ?? view.hash ?? ''),
      press: found.press,
      values: readValues(view.state),
    },
  };
}

/** What a shortcut means: the press it stands for, with the words of the message it was chosen on. */
export function turnOfShortcut(body: ShortcutBody): Turn | null {
  const workspace = workspaceOf(body);
  const press = SHORTCUT_PRESSES.get(body.callback_id);
  if (workspace === null || !press) return null;
  const words = plainWords(body.message?.text ?? '', null);
  return {
    kind: 'open',
    hasReplies: false,
    trigger: body.trigger_id,
    inView: null,
    where: { workspace, user: body.user.id, channel: null, thread: null },
    event: {
      kind: 'pressed',
      from: speaker(workspace, body.user.id, null),
      eventKey: slackKey('shortcut', workspace, body.user.id, body.trigger_id),
      button: press,
      values: words === '' ? {} : { words },
      on: null,
    },
  };
}

/** What the slash command means: its words, said in the direct conversation wherever they were typed. */
export function turnOfCommand(body: CommandBody): Turn | null {
  const isOrganisation = body.is_enterprise_install === 'true' && body.enterprise_id;
  const workspace = isOrganisation || (body.team_id ?? body.enterprise_id ?? null);
  if (!workspace || body.command !== COMMAND) return null;
  const words = plainWords(body.text, null);
  const isDirect = body.channel_id.startsWith('D');
  return {
    kind: 'command',
    trigger: body.trigger_id,
    where: { workspace, user: body.user_id, channel: isDirect ? body.channel_id : null, thread: null },
    event: {
      kind: 'said',
      from: speaker(workspace, body.user_id, null),
      eventKey: slackKey('command', workspace, body.user_id, body.trigger_id),
      text: words === '' ? 'help' : words,
    },
  };
}

/** Somebody came by a link with a start parameter: it is the offering they want, or nothing in particular. */
export function turnOfStart({ workspace, id: user }: Place, parameter: string, key: string): Turn {
  const from = speaker(workspace, user, null);
  const eventKey = slackKey('start', from.userId, key);
  const where: Where = { workspace, user, channel: null, thread: null };
  const button = { verb: 'intake.start', subject: parameter };
  return {
    kind: 'event',
    where,
    event:
      parameter === ''
        ? { kind: 'joined', from, eventKey }
        : { kind: 'pressed', from, eventKey, button, values: {}, on: null },
  };
}
