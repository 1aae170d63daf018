/** Messages on their way into Teams: a conversation found or opened, a message posted or redrawn. */
import { randomBytes } from 'node:crypto';
import type { Message } from '../../src/messages/message.ts';
import type { Address, Attachment, Delivered, DeliveryFailure } from '../../src/ports.ts';
import { channelNamed, messageId, type Standing, standingOf, userOf } from './address.ts';
import type { Calls } from './calls.ts';
import type { TeamsSettings } from './config.ts';
import { type ConnectorAnswer, type ConnectorTrouble, textOf } from './connector.ts';
import { failureOf, isConversationGone } from './failures.ts';
import type { Where } from './inbound.ts';
import type { PersonReference, References } from './references.ts';
import { type DrawnActivity, renderMessage } from './render-message.ts';

/** What was asked for, or why it can't be had. */
export type Found<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly trouble: ConnectorTrouble };

/** A conversation that can be posted into. */
export interface Conversation {
  readonly serviceUrl: string;
  readonly conversation: string;
}

export interface PostingDeps {
  readonly calls: Calls;
  readonly references: References;
  readonly settings: TeamsSettings;
  /** The service of a conversation before any real one was seen. */
  readonly firstServiceUrl: string;
  readonly now: () => Date;
}

export interface Posting {
  deliver(
    to: Address,
    message: Message,
    edits: string | null,
    attachment: Attachment | null,
  ): Promise<Delivered | DeliveryFailure>;
  /** Somebody's direct conversation, opened if none is known. Nothing is said in it. */
  open(user: string): Promise<Found<Conversation>>;
  /** Posts an answer where somebody spoke, or in their direct conversation. */
  answer(where: Where, message: Message, timeZone: string): Promise<Found<Standing>>;
  /** Redraws a message of the bot. */
  redraw(at: Conversation, standing: Standing, drawn: DrawnActivity): Promise<Found<Standing>>;
}

/** Drawn anew by the client itself: what the card says by now is asked for by the message it stands in. */
export const REFRESH = { verb: 'card.refresh', subject: '' } as const;

/** A name for one drawing of a card: the same press of the same drawing counts once. */
export const newToken = (): string => randomBytes(9).toString('base64url');

const gone: { readonly ok: false; readonly trouble: ConnectorTrouble } = {
  ok: false,
  trouble: { kind: 'refused', status: 404, code: 'NoConversation' },
};

/** Opening a conversation posts nothing: whatever became of it, the message has not come. */
const notPosted: { readonly ok: false; readonly trouble: ConnectorTrouble } = {
  ok: false,
  trouble: { kind: 'unreached' },
};

export function createPosting(deps: PostingDeps): Posting {
  return {
    async deliver(to, message, edits, attachment) {
      const named = channelNamed(to.id);
      const posted =
        named === null
          ? await deliverDirectly(deps, to, message, edits, attachment)
          : await deliverToChannel(deps, deps.settings.channels[named], to, message, edits, attachment);
      return posted.ok
        ? { kind: 'delivered', messageId: messageId(posted.value) }
        : failureOf(posted.trouble, deps.now());
    },
    async open(user) {
      const reference = await deps.references.person(user);
      return reference?.conversation
        ? { ok: true, value: { serviceUrl: reference.serviceUrl, conversation: reference.conversation } }
        : openDirect(deps, user, reference, true);
    },
    async answer(where, message, timeZone) {
      const { serviceUrl, conversation, isShared } = where;
      const drawn = renderMessage(message, { timeZone, timesBeside: isShared, token: newToken() });
      if (conversation !== null) return post(deps, { serviceUrl, conversation }, drawn);
      return postDirectly(deps, where.user, await deps.references.person(where.user), drawn);
    },
    redraw: (at, standing, drawn) => redraw(deps, at, standing, drawn),
  };
}

async function deliverDirectly(
  deps: PostingDeps,
  to: Address,
  message: Message,
  edits: string | null,
  attachment: Attachment | null,
): Promise<Found<Standing>> {
  const reference = await deps.references.person(to.id);
  if (reference?.isRemoved) return gone;
  const drawn = renderMessage(
    message,
    {
      timeZone: to.timeZone,
      timesBeside: false,
      token: newToken(),
      ...(reference?.member && hasButtons(message)
        ? { refreshFor: { userIds: [reference.member], press: REFRESH } }
        : {}),
    },
    attachment,
  );
  const standing = edits === null ? null : standingOf(edits);
  if (standing && reference) {
    const { serviceUrl } = reference;
    return redraw(deps, { serviceUrl, conversation: standing.conversation }, standing, drawn);
  }
  return postDirectly(deps, to.id, reference, drawn);
}

/** Whether there is anything on its card that may be out of date. */
const hasButtons = ({ buttons, blocks }: Message): boolean =>
  buttons.length > 0 ||
  blocks.some(
    (block) => block.kind === 'fields' || (block.kind === 'facts' && block.rows.some(({ button }) => button)),
  );

/** Into somebody's direct conversation. One that is gone is opened anew, once. */
async function postDirectly(
  deps: PostingDeps,
  user: string,
  reference: PersonReference | null,
  drawn: DrawnActivity,
): Promise<Found<Standing>> {
  if (reference?.conversation) {
    const { serviceUrl, conversation } = reference;
    const posted = await post(deps, { serviceUrl, conversation }, drawn, true);
    if (posted.ok || !isConversationGone(posted.trouble)) return posted;
  }
  const opened = await openDirect(deps, user, reference);
  return opened.ok ? post(deps, opened.value, drawn) : opened;
}

async function openDirect(
  { calls, references, firstServiceUrl, settings }: PostingDeps,
  user: string,
  reference: PersonReference | null,
  isTrial = false,
): Promise<Found<Conversation>> {
  const found = userOf(user);
  if (!found) return gone;
  const serviceUrl = reference?.serviceUrl || (await references.service()) || firstServiceUrl;
  const body = {
    bot: botOf(settings),
    members: [{ id: reference?.member ?? found.objectId }],
    isGroup: false,
    tenantId: found.tenant,
    channelData: { tenant: { id: found.tenant } },
  };
  const opened = await calls.call({ serviceUrl, method: 'POST', path: [], body }, isTrial);
  if (!opened.ok) return opened.trouble.kind === 'unknown' ? notPosted : opened;
  const conversation = textOf(opened.body.id);
  if (conversation === null) return notPosted;
  await references.seePerson(user, { serviceUrl, conversation });
  return { ok: true, value: { serviceUrl, conversation } };
}

const botOf = ({ app }: TeamsSettings) => ({ id: `28:${app?.id ?? 'local'}` });

async function deliverToChannel(
  deps: PostingDeps,
  channel: string | null,
  to: Address,
  message: Message,
  edits: string | null,
  attachment: Attachment | null,
): Promise<Found<Standing>> {
  if (channel === null) return gone;
  const { calls, references, settings, firstServiceUrl } = deps;
  const place = await references.place(channel);
  if (place?.isRemoved) return gone;
  const serviceUrl = place?.serviceUrl || (await references.service()) || firstServiceUrl;
  const drawn = renderMessage(
    message,
    { timeZone: to.timeZone, timesBeside: true, token: newToken() },
    attachment,
  );
  const standing = edits === null ? null : standingOf(edits);
  if (standing) return redraw(deps, { serviceUrl, conversation: standing.conversation }, standing, drawn);
  const tenant = settings.app?.tenantId;
  const posted = await calls.call({
    serviceUrl,
    method: 'POST',
    path: [],
    body: {
      bot: botOf(settings),
      isGroup: true,
      ...(tenant ? { tenantId: tenant } : {}),
      channelData: { channel: { id: channel }, ...(tenant ? { tenant: { id: tenant } } : {}) },
      activity: drawn,
    },
  });
  if (!posted.ok) return posted;
  const conversation = textOf(posted.body.id);
  const activity = textOf(posted.body.activityId);
  return conversation === null || activity === null
    ? { ok: false, trouble: { kind: 'unknown' } }
    : { ok: true, value: { conversation, activity } };
}

async function post(
  { calls, settings }: PostingDeps,
  { serviceUrl, conversation }: Conversation,
  drawn: DrawnActivity,
  isTrial = false,
): Promise<Found<Standing>> {
  const body = { ...drawn, from: botOf(settings), conversation: { id: conversation } };
  const posted = await calls.call(
    { serviceUrl, method: 'POST', path: [conversation, 'activities'], body },
    isTrial,
  );
  return standingFrom(posted, conversation);
}

async function redraw(
  { calls, settings }: PostingDeps,
  { serviceUrl, conversation }: Conversation,
  { activity }: Standing,
  drawn: DrawnActivity,
): Promise<Found<Standing>> {
  const done = await calls.call({
    serviceUrl,
    method: 'PUT',
    path: [conversation, 'activities', activity],
    body: { ...drawn, id: activity, from: botOf(settings), conversation: { id: conversation } },
  });
  // Whatever Teams answers, the message keeps its name.
  return done.ok ? { ok: true, value: { conversation, activity } } : done;
}

/** A yes that names no message is none that can be relied on. */
function standingFrom(answer: ConnectorAnswer, conversation: string): Found<Standing> {
  if (!answer.ok) return answer;
  const activity = textOf(answer.body.id);
  return activity === null
    ? { ok: false, trouble: { kind: 'unknown' } }
    : { ok: true, value: { conversation, activity } };
}
