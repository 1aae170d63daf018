/** What Teams tells, as the house knows it: who does what, and where they are answered. Pure. */
import { createHash } from 'node:crypto';
import type { RawValues } from '../../src/domain/field.ts';
import type { ButtonPress } from '../../src/messages/button.ts';
import type { Inbound, Speaker } from '../../src/ports.ts';
import { channelIdOf, channelOf, messageId, userId } from './address.ts';
import { type Activity, cardActionSchema, extensionSchema, readValues, taskSchema } from './bodies.ts';
import { type Carried, carriedIn } from './carried.ts';
import type { TeamsSettings } from './config.ts';
import type { DialogOrigin } from './render-form.ts';
import { COMPOSE_PRESSES, SEARCH_WORDS } from './surface.ts';
import { plainWords, wordsOfHtml } from './words.ts';

/** Where the one who spoke is answered. */
export interface Where {
  readonly user: string;
  /** Null: in their direct conversation, which is to be found first. */
  readonly conversation: string | null;
  readonly serviceUrl: string;
  /** Whether several people read it. */
  readonly isShared: boolean;
}

/**
 * One thing somebody does. `event`: answered after Teams was. `press`: a button whose card is the answer, if one comes in time.
 * `fetch`: a dialog is wanted. `submit`: a dialog was sent. Of the last three, `repeats` is the same for each time that a client
 * sends the same press again; it stands in the place of the event's key. `sentAt` is when Teams says that it was sent, in
 * milliseconds since 1970; null when it does not say.
 */
export type Turn = { readonly event: Inbound; readonly where: Where } & (
  | { readonly kind: 'event' }
  | {
      readonly kind: 'press';
      readonly repeats: string;
      readonly sentAt: number | null;
      readonly isAwaited: boolean;
    }
  | {
      readonly kind: 'fetch';
      readonly repeats: string;
      readonly sentAt: number | null;
      readonly origin: DialogOrigin;
      readonly isExtension: boolean;
    }
  | {
      readonly kind: 'submit';
      readonly repeats: string;
      readonly sentAt: number | null;
      readonly carried: Carried;
      readonly values: RawValues;
      readonly isExtension: boolean;
    }
);

/** Somebody only looks: nothing is kept of it. */
export type Look =
  /** `isFurther`: more results than were answered at first are asked for. */
  | { readonly kind: 'search'; readonly user: string; readonly words: string; readonly isFurther?: true }
  | { readonly kind: 'refresh'; readonly user: string; readonly on: string | null };

/** What became of the app: somebody took it away, or it left a team, or a channel is gone or back. */
export type News =
  | { readonly kind: 'person-removed'; readonly user: string }
  | { readonly kind: 'team-lost' | 'team-back'; readonly team: string }
  | { readonly kind: 'channel-lost' | 'channel-back'; readonly channel: string };

const teamsKey = (...parts: readonly string[]): string => parts.join(':');

/** The tenant an activity comes from; null when it names none. */
const tenantOf = ({ conversation, channelData }: Activity): string | null =>
  conversation.tenantId ?? channelData?.tenant?.id ?? null;

/** Whether an activity comes from that tenant, in each place where it names one. */
export const isOfTenant = (activity: Activity, tenant: string): boolean =>
  tenantOf(activity) === tenant && (activity.channelData?.tenant?.id ?? tenant) === tenant;

/** Whether several people read the conversation. */
const isShared = ({ conversation: { conversationType, isGroup } }: Activity): boolean =>
  conversationType ? conversationType !== 'personal' : isGroup === true;

/** The user who did something; null for bots, and for whoever has no account of the tenant. */
function userIn(activity: Activity): string | null {
  const { from } = activity;
  const tenant = tenantOf(activity);
  if (!from?.aadObjectId || tenant === null || from.role === 'bot' || from.id.startsWith('28:')) return null;
  return userId({ tenant, objectId: from.aadObjectId });
}

/** What an activity says of where people and channels are reached. */
export interface Seen {
  readonly user: string | null;
  readonly member: string;
  readonly serviceUrl: string;
  /** Null where the bot need not be in it. */
  readonly conversation: string | null;
  readonly isShared: boolean;
  readonly team: string | null;
  readonly timeZone: string | null;
  readonly locale: string | null;
  /** The app was added just now: written down whatever is known. */
  readonly isNews: boolean;
}

/** A message extension is used in any conversation, also in the personal one of two people. */
const isElsewhere = (activity: Activity): boolean =>
  activity.type === 'invoke' && activity.name.startsWith('composeExtension/');

export function seenIn(activity: Activity, serviceUrl: string): Seen {
  const client = activity.entities?.find(({ type }) => type === 'clientInfo');
  return {
    user: userIn(activity),
    member: activity.from?.id ?? '',
    serviceUrl,
    conversation: isElsewhere(activity) ? null : channelIdOf(activity.conversation.id),
    isShared: isShared(activity),
    team: activity.channelData?.team?.id ?? null,
    timeZone: activity.localTimezone ?? client?.timezone ?? null,
    locale: activity.locale ?? null,
    isNews: activity.type === 'installationUpdate' || activity.type === 'conversationUpdate',
  };
}

interface Context {
  readonly settings: TeamsSettings;
  readonly user: string;
  readonly from: Speaker;
  readonly where: Where;
}

function contextOf(settings: TeamsSettings, activity: Activity, user: string, serviceUrl: string): Context {
  const shared = isShared(activity);
  return {
    settings,
    user,
    from: {
      platform: 'teams',
      userId: user,
      channel: shared ? channelOf(settings, activity.conversation.id) : null,
    },
    where: { user, conversation: activity.conversation.id, serviceUrl, isShared: shared },
  };
}

/** What an activity means: somebody's turn or look, news of the app, or nothing to the bot (null). */
export function turnOf(
  settings: TeamsSettings,
  activity: Activity,
  serviceUrl: string,
): Turn | Look | News | null {
  const user = userIn(activity);
  if (activity.type === 'installationUpdate' || activity.type === 'conversationUpdate') {
    const news = newsOf(activity, user);
    if (news) return news;
  }
  if (user === null) return null;
  const context = contextOf(settings, activity, user, serviceUrl);
  switch (activity.type) {
    case 'message':
      return turnOfMessage(context, activity);
    case 'messageUpdate':
      return turnOfEdit(context, activity);
    case 'conversationUpdate':
    case 'installationUpdate':
      return isAddedFor(activity) ? joined(context) : null;
    case 'invoke':
      return turnOfInvoke(context, activity);
    default:
      return activity satisfies never;
  }
}

type Of<Type extends Activity['type']> = Extract<Activity, { type: Type }>;

function turnOfMessage(context: Context, activity: Of<'message'>): Turn | null {
  const { from, where } = context;
  const carried = carriedIn(Object(activity.value));
  if (carried) return turnOfPress(context, activity, Object(activity.value), carried, false);
  const self = activity.recipient?.id;
  const mentions = (activity.entities ?? []).filter(
    ({ type, mentioned }) => type === 'mention' && mentioned !== null && mentioned?.id === self,
  );
  // What people say to each other is not for the bot; where several read it is spoken to by its name.
  if (where.isShared && mentions.length === 0) return null;
  const words = plainWords(
    activity.text ?? '',
    mentions.map(({ text }) => text ?? ''),
  );
  // A file alone says nothing that the bot could read.
  if (!activity.id || (words === '' && !where.isShared)) return null;
  return {
    kind: 'event',
    where,
    event: {
      kind: 'said',
      from,
      eventKey: teamsKey('said', channelIdOf(activity.conversation.id), activity.id),
      text: words === '' ? 'help' : words,
      ...(where.isShared ? { calledByName: true } : {}),
    },
  };
}

function turnOfEdit({ from, where }: Context, activity: Of<'messageUpdate'>): Turn | null {
  const { id, conversation, channelData, timestamp, text } = activity;
  // Teams also tells so of messages that are deleted and brought back.
  if (!id || !text || (channelData?.eventType && channelData.eventType !== 'editMessage')) return null;
  return {
    kind: 'event',
    where,
    event: {
      kind: 'edited',
      from,
      eventKey: teamsKey('edited', channelIdOf(conversation.id), id, timestamp ?? ''),
      text: plainWords(text, []),
    },
  };
}

/** The bot was added to somebody's own conversation. */
function isAddedFor(activity: Of<'conversationUpdate'> | Of<'installationUpdate'>): boolean {
  if (isShared(activity)) return false;
  if (activity.type === 'installationUpdate') return activity.action.startsWith('add');
  return activity.membersAdded?.some(({ id }) => id === activity.recipient?.id) ?? false;
}

const joined = ({ from, where, user }: Context): Turn => ({
  kind: 'event',
  where,
  // Teams tells of it in two ways, and again when the app is added anew: greeted once and for all.
  event: { kind: 'joined', from, eventKey: teamsKey('joined', user) },
});

function newsOf(
  activity: Of<'conversationUpdate'> | Of<'installationUpdate'>,
  user: string | null,
): News | null {
  const shared = isShared(activity);
  const team = activity.channelData?.team?.id;
  if (activity.type === 'installationUpdate') {
    const isGone = activity.action.startsWith('remove');
    if (!shared) return isGone && user !== null ? { kind: 'person-removed', user } : null;
    if (team) return { kind: isGone ? 'team-lost' : 'team-back', team };
    return { kind: isGone ? 'channel-lost' : 'channel-back', channel: channelIdOf(activity.conversation.id) };
  }
  const channel = activity.channelData?.channel?.id;
  switch (activity.channelData?.eventType) {
    case 'channelDeleted':
      return channel ? { kind: 'channel-lost', channel } : null;
    case 'channelRestored':
      return channel ? { kind: 'channel-back', channel } : null;
    case 'teamDeleted':
    case 'teamHardDeleted':
    case 'teamArchived':
      return team ? { kind: 'team-lost', team } : null;
    case 'teamRestored':
    case 'teamUnarchived':
      return team ? { kind: 'team-back', team } : null;
    default: {
      const isGone = activity.membersRemoved?.some(({ id }) => id === activity.recipient?.id) ?? false;
      return isGone && team ? { kind: 'team-lost', team } : null;
    }
  }
}

function turnOfInvoke(context: Context, activity: Of<'invoke'>): Turn | Look | null {
  switch (activity.name) {
    case 'adaptiveCard/action':
      return turnOfCard(context, activity);
    case 'task/fetch': {
      const data = taskSchema.safeParse(activity.value).data?.data;
      const carried = carriedIn(data);
      return data && carried ? turnOfFetch(context, activity, data, carried) : null;
    }
    case 'task/submit': {
      const data = taskSchema.safeParse(activity.value).data?.data;
      const carried = carriedIn(data);
      return data && carried ? turnOfSubmit(context, activity, data, carried, false) : null;
    }
    case 'composeExtension/fetchTask':
    case 'composeExtension/submitAction':
    case 'composeExtension/query':
      return turnOfExtension(context, activity);
    default:
      return null;
  }
}

function turnOfCard(context: Context, activity: Of<'invoke'>): Turn | Look | null {
  const { data: value } = cardActionSchema.safeParse(activity.value);
  const carried = carriedIn(value?.action.data);
  if (!value || !carried) return null;
  if (value.trigger === 'automatic' || value.action.verb === 'refresh')
    return { kind: 'refresh', user: context.user, on: pressedOn(activity) };
  return turnOfPress(context, activity, value.action.data, carried, true);
}

function sentAtOf({ timestamp }: Activity): number | null {
  const at = Date.parse(timestamp ?? '');
  return Number.isFinite(at) ? at : null;
}

/** The card whose button was pressed. */
function pressedOn({ conversation, replyToId }: Activity): string | null {
  return replyToId ? messageId({ conversation: conversation.id, activity: replyToId }) : null;
}

function turnOfPress(
  context: Context,
  activity: Activity,
  data: Readonly<Record<string, unknown>>,
  carried: Carried,
  isAwaited: boolean,
): Turn {
  const values = readValues(data);
  const event = pressed(context.from, carried.press, values, pressedOn(activity));
  return {
    kind: 'press',
    event,
    where: context.where,
    isAwaited,
    repeats: repeatOf(context, carried, values),
    sentAt: sentAtOf(activity),
  };
}

const pressed = (
  from: Speaker,
  button: ButtonPress,
  values: RawValues,
  on: string | null,
): Extract<Inbound, { kind: 'pressed' }> => ({ kind: 'pressed', from, eventKey: '', button, values, on });

/** The same for each time that the same press arrives, and for no other: whose, of which drawn card, which button, what was filled in. */
function repeatOf({ user }: Context, { token, action }: Carried, values: RawValues): string {
  const filled = createHash('sha256')
    .update(JSON.stringify(Object.entries(values).sort()))
    .digest('base64url');
  return teamsKey(user, token, action, filled.slice(0, 16));
}

function turnOfFetch(
  context: Context,
  activity: Activity,
  data: Readonly<Record<string, unknown>>,
  carried: Carried,
): Turn {
  const values = readValues(data);
  const on = pressedOn(activity);
  return {
    kind: 'fetch',
    where: context.where,
    event: pressed(context.from, carried.press, values, on),
    // A dialog may be opened again at once: only the same asking is a repeat.
    repeats: teamsKey(context.user, 'open', activity.id ?? carried.token),
    sentAt: sentAtOf(activity),
    origin: { on, in: context.from.channel },
    isExtension: false,
  };
}

/** Dialogs are answered in the direct conversation of whoever sent them, wherever they were opened. */
const directly = ({ where }: Context): Where =>
  where.isShared ? { ...where, conversation: null, isShared: false } : where;

function turnOfSubmit(
  context: Context,
  activity: Activity,
  data: Readonly<Record<string, unknown>>,
  carried: Carried,
  isExtension: boolean,
): Turn {
  const values = readValues(data);
  const from: Speaker = { ...context.from, channel: carried.in ?? null };
  return {
    kind: 'submit',
    where: isExtension ? { ...context.where, conversation: null, isShared: false } : directly(context),
    event: { kind: 'submitted', from, eventKey: '', press: carried.press, values },
    repeats: repeatOf(context, carried, values),
    sentAt: sentAtOf(activity),
    carried,
    values,
    isExtension,
  };
}

/** The bot need not be in the conversation where its message extension is used: it answers directly. */
function turnOfExtension(context: Context, activity: Of<'invoke'>): Turn | Look | null {
  const { data: value } = extensionSchema.safeParse(activity.value);
  if (!value) return null;
  if (activity.name === 'composeExtension/query') {
    const words = value.parameters?.find(({ name }) => name === SEARCH_WORDS)?.value;
    return {
      kind: 'search',
      user: context.user,
      words: typeof words === 'string' ? words.slice(0, 200) : '',
      ...((value.queryOptions?.skip ?? 0) > 0 ? { isFurther: true } : {}),
    };
  }
  const carried = carriedIn(value.data ?? undefined);
  if (activity.name === 'composeExtension/submitAction')
    return carried && value.data ? turnOfSubmit(context, activity, value.data, carried, true) : null;
  const press = COMPOSE_PRESSES.get(value.commandId);
  if (!press || !activity.id) return null;
  const words = wordsOfHtml(value.messagePayload?.body?.content ?? '');
  const from: Speaker = { ...context.from, channel: null };
  return {
    kind: 'fetch',
    where: { ...context.where, conversation: null, isShared: false },
    event: pressed(from, press, words === '' ? {} : { words }, null),
    repeats: teamsKey(context.user, 'extension', activity.id),
    sentAt: sentAtOf(activity),
    origin: { on: null, in: null },
    isExtension: true,
  };
}
