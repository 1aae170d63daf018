/** Messages on their way into Teams: a conversation found or opened, a message posted or redrawn. */
import { randomBytes } from 'node:crypto';
import type { Message } from '../../src/messages/message.ts';
import type { Address, Attachment, Delivered, DeliveryFailure } from '../../src/ports.ts';
import { botOf, type Conversation, type Found, type Posted, post, redraw } from './activities.ts';
import { channelNamed, messageId, type Standing, standingOf, userOf } from './address.ts';
import type { Below } from './below.ts';
import type { Calls } from './calls.ts';
import type { TeamsSettings } from './config.ts';
import { type ConnectorTrouble, textOf } from './connector.ts';
import { failureOf, isConversationGone } from './failures.ts';
import type { Where } from './inbound.ts';
import type { PersonReference, References } from './references.ts';
import { type DrawnMessage, renderWhole } from './render-below.ts';

export interface PostingDeps {
  readonly calls: Calls;
  readonly below: Below;
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
    key: string,
    edits: string | null,
    attachment: Attachment | null,
  ): Promise<Delivered | DeliveryFailure>;
  /** Somebody's direct conversation, opened if none is known. Nothing is said in it. */
  open(user: string): Promise<Found<Conversation>>;
  /** Posts an answer where somebody spoke, or in their direct conversation. */
  answer(where: Where, message: Message, timeZone: string): Promise<Found<Standing>>;
  /** Redraws a message of the bot, with what stands below it. */
  redraw(serviceUrl: string, standing: Standing, drawn: DrawnMessage): Promise<Found<Standing>>;
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
    async deliver(to, message, key, edits, attachment) {
      const named = channelNamed(to.id);
      const { posted, parts } =
        named === null
          ? await deliverDirectly(deps, to, message, edits, attachment)
          : await deliverToChannel(deps, deps.settings.channels[named], to, message, edits, attachment);
      if (!posted.ok) return failureOf(posted.trouble, deps.now());
      // From here on the message stands: what is still missing below it is known, and completed.
      const completion = await deps.below.complete(posted.value, key, parts, edits === null);
      return completion === 'not-yet'
        ? { kind: 'unknown' }
        : { kind: 'delivered', messageId: messageId(posted.value) };
    },
    async open(user) {
      const reference = await deps.references.person(user);
      return reference?.conversation
        ? { ok: true, value: { serviceUrl: reference.serviceUrl, conversation: reference.conversation } }
        : openDirect(deps, user, reference, true);
    },
    async answer(where, message, timeZone) {
      const { serviceUrl, conversation, isShared } = where;
      const { head, parts } = renderWhole(message, { timeZone, timesBeside: isShared, token: newToken() });
      const posted =
        conversation === null
          ? await postDirectly(deps, where.user, await deps.references.person(where.user), head)
          : await post(deps, { serviceUrl, conversation }, head);
      if (posted.ok) await deps.below.complete(posted.value, null, parts, true);
      return posted;
    },
    async redraw(serviceUrl, standing, { head, parts }) {
      const redrawn = await redraw(deps, { ...standing, serviceUrl }, head);
      if (redrawn.ok) await deps.below.complete(redrawn.value, null, parts, false);
      return redrawn;
    },
  };
}

/** What became of the message, and what belongs below it. */
interface Delivering {
  readonly posted: Found<Posted>;
  readonly parts: DrawnMessage['parts'];
}

async function deliverDirectly(
  deps: PostingDeps,
  to: Address,
  message: Message,
  edits: string | null,
  attachment: Attachment | null,
): Promise<Delivering> {
  const reference = await deps.references.person(to.id);
  if (reference?.isRemoved) return { posted: gone, parts: [] };
  const { head, parts } = renderWhole(
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
  if (standing) {
    // Where its conversation is not known any more, whoever sends decides whether it is posted afresh.
    if (!reference) return { posted: gone, parts };
    return { posted: await redraw(deps, { ...standing, serviceUrl: reference.serviceUrl }, head), parts };
  }
  return { posted: await postDirectly(deps, to.id, reference, head), parts };
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
  drawn: DrawnMessage['head'],
): Promise<Found<Posted>> {
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

async function deliverToChannel(
  deps: PostingDeps,
  channel: string | null,
  to: Address,
  message: Message,
  edits: string | null,
  attachment: Attachment | null,
): Promise<Delivering> {
  const place = channel === null ? null : await deps.references.place(channel);
  if (channel === null || place?.isRemoved) return { posted: gone, parts: [] };
  const { references, firstServiceUrl } = deps;
  const serviceUrl = place?.serviceUrl || (await references.service()) || firstServiceUrl;
  const reader = { timeZone: to.timeZone, timesBeside: true, token: newToken() };
  const { head, parts } = renderWhole(message, reader, attachment, 'thread');
  const standing = edits === null ? null : standingOf(edits);
  return {
    posted: standing
      ? await redraw(deps, { ...standing, serviceUrl }, head)
      : await beginThread(deps, serviceUrl, channel, head),
    parts,
  };
}

async function beginThread(
  { calls, settings }: PostingDeps,
  serviceUrl: string,
  channel: string,
  drawn: DrawnMessage['head'],
): Promise<Found<Posted>> {
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
    : { ok: true, value: { serviceUrl, conversation, activity } };
}
