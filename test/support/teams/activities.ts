/** Activities as Teams words them, field for field. */
import type { Json } from './cards.ts';
import type { Wire } from './wire.ts';
import { BOT_ID, BOT_NAME, type TeamsConversation, type TeamsUser } from './world.ts';

/** What every activity of Teams says: who, where, when, and of which client. */
export function activityOf(wire: Wire, user: TeamsUser, conversation: TeamsConversation, facts: Json): Json {
  const { world, serviceUrl } = wire.cloud;
  const at = new Date(wire.happens?.() ?? wire.now());
  const { channelData, entities, thread, ...rest } = facts;
  return {
    id: world.nextId('f:'),
    timestamp: at.toISOString(),
    localTimestamp: localStamp(at, user.timeZone),
    localTimezone: user.timeZone,
    channelId: 'msteams',
    serviceUrl: wire.serviceUrl?.() ?? serviceUrl,
    from: fromOf(user),
    conversation: conversationJson(conversation, user, (thread as string | null | undefined) ?? null),
    recipient: { id: BOT_ID, name: BOT_NAME },
    entities: [...((entities as readonly Json[] | undefined) ?? []), clientInfo(user)],
    channelData: { ...channelDataOf(conversation, user), ...((channelData as Json | undefined) ?? {}) },
    locale: user.locale,
    ...rest,
  };
}

export const fromOf = ({ id, name, role, objectId }: TeamsUser): Json => ({
  id,
  name,
  ...(role === 'anonymous' ? {} : { aadObjectId: objectId }),
});

function conversationJson(
  { id, kind, name }: TeamsConversation,
  { tenantId }: TeamsUser,
  thread: string | null,
) {
  const conversationType = kind === 'meeting' ? 'groupChat' : kind;
  return {
    ...(kind === 'personal' ? {} : { isGroup: true }),
    conversationType,
    tenantId,
    id: thread === null ? id : `${id};messageid=${thread}`,
    ...(kind === 'groupChat' && name !== '' ? { name } : {}),
  };
}

function channelDataOf({ id, kind, team }: TeamsConversation, { tenantId }: TeamsUser): Json {
  const tenant = { id: tenantId };
  if (kind === 'meeting') return { tenant, meeting: { id: Buffer.from(`0#${id}#0`).toString('base64') } };
  if (!team) return { tenant };
  return { teamsChannelId: id, teamsTeamId: team.id, channel: { id }, team: { id: team.id }, tenant };
}

const clientInfo = ({ locale, timeZone }: TeamsUser): Json => ({
  locale,
  country: locale.split('-')[1] ?? 'US',
  platform: 'Web',
  timezone: timeZone,
  type: 'clientInfo',
});

/** The instant on the user's wall clock with its offset: `2026-12-01T09:00:00.000-05:00`. */
export function localStamp(at: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at);
  const offset = parts.find(({ type }) => type === 'timeZoneName')?.value.replace('GMT', '') || '+00:00';
  const [hours = 0, minutes = 0] = offset.slice(1).split(':').map(Number);
  const shift = (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
  return `${new Date(at.getTime() + shift).toISOString().slice(0, -1)}${offset}`;
}

/** Typed words as Teams gives them in HTML. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\n', '<br>');

/** A message that was typed; with `mention`, the bot is called by its name before it. */
export function typedMessage(text: string, mention: boolean): Json {
  const html = `<div><div>${mention ? `<span itemscope="" itemtype="http://schema.skype.com/Mention" itemid="0">${BOT_NAME}</span>&nbsp;` : ''}${escaped(text)}</div></div>`;
  const called = `<at>${BOT_NAME}</at>`;
  return {
    type: 'message',
    textFormat: 'plain',
    text: mention ? `${called} ${text}` : text,
    attachments: [{ contentType: 'text/html', content: html }],
    ...(mention
      ? { entities: [{ mentioned: { id: BOT_ID, name: BOT_NAME }, text: called, type: 'mention' }] }
      : {}),
  };
}

/** The message that a command of the message extension was called on. */
export const messagePayload = (
  user: TeamsUser,
  conversation: string,
  id: string,
  text: string,
  at: Date,
): Json => ({
  linkToMessage: `https://teams.microsoft.com/l/message/${encodeURIComponent(conversation)}/${id}`,
  id,
  replyToId: null,
  createdDateTime: at.toISOString(),
  lastModifiedDateTime: null,
  deleted: false,
  subject: null,
  summary: null,
  importance: 'normal',
  locale: 'en-us',
  body: { contentType: 'html', content: `<div>${escaped(text)}</div>` },
  from: {
    device: null,
    conversation: null,
    user: { userIdentityType: 'aadUser', id: user.objectId, displayName: user.name },
    application: null,
  },
  reactions: [],
  mentions: [],
  attachments: [],
});
