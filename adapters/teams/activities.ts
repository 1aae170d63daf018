/** One message in a conversation of Teams: posted, redrawn, taken away. */
import type { Standing } from './address.ts';
import type { Calls } from './calls.ts';
import type { TeamsSettings } from './config.ts';
import { type ConnectorTrouble, textOf } from './connector.ts';
import type { DrawnActivity } from './render-message.ts';

/** What was asked for, or why it can't be had. */
export type Found<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly trouble: ConnectorTrouble };

/** A conversation that can be posted into. */
export interface Conversation {
  readonly serviceUrl: string;
  readonly conversation: string;
}

/** A message, with the service where it is reached. */
export type Posted = Standing & Conversation;

export interface ActivityDeps {
  readonly calls: Calls;
  readonly settings: TeamsSettings;
}

/** Who writes. */
export const botOf = ({ app }: TeamsSettings) => ({ id: `28:${app?.id ?? 'local'}` });

/** Posts one message. A yes that names no message is none that can be relied on. `isTrial`: what is gone is tried in another way. */
export async function post(
  { calls, settings }: ActivityDeps,
  { serviceUrl, conversation }: Conversation,
  drawn: DrawnActivity,
  isTrial = false,
): Promise<Found<Posted>> {
  const body = { ...drawn, from: botOf(settings), conversation: { id: conversation } };
  const posted = await calls.call(
    { serviceUrl, method: 'POST', path: [conversation, 'activities'], body },
    isTrial,
  );
  if (!posted.ok) return posted;
  const activity = textOf(posted.body.id);
  return activity === null
    ? { ok: false, trouble: { kind: 'unknown' } }
    : { ok: true, value: { serviceUrl, conversation, activity } };
}

/** Redraws one message. Whatever Teams answers, the message keeps its name. */
export async function redraw(
  { calls, settings }: ActivityDeps,
  { serviceUrl, conversation, activity }: Posted,
  drawn: DrawnActivity,
): Promise<Found<Posted>> {
  const done = await calls.call({
    serviceUrl,
    method: 'PUT',
    path: [conversation, 'activities', activity],
    body: { ...drawn, id: activity, from: botOf(settings), conversation: { id: conversation } },
  });
  return done.ok ? { ok: true, value: { serviceUrl, conversation, activity } } : done;
}

/** Takes one message away. */
export async function takeAway(
  { calls }: ActivityDeps,
  { serviceUrl, conversation, activity }: Posted,
): Promise<Found<null>> {
  const done = await calls.call({
    serviceUrl,
    method: 'DELETE',
    path: [conversation, 'activities', activity],
  });
  return done.ok ? { ok: true, value: null } : done;
}
