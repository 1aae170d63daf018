/** Who Slack says that its users are. */
import { z } from 'zod';
import type { FoundProfile } from '../../src/ports.ts';
import { placeId, placeOf } from './address.ts';
import type { Calls } from './calls.ts';

const userSchema = z.looseObject({
  id: z.string(),
  deleted: z.boolean().nullish(),
  is_bot: z.boolean().nullish(),
  is_workflow_bot: z.boolean().nullish(),
  is_stranger: z.boolean().nullish(),
  is_email_confirmed: z.boolean().nullish(),
  tz: z.string().nullish(),
  locale: z.string().nullish(),
  name: z.string().nullish(),
  real_name: z.string().nullish(),
  profile: z.looseObject({ email: z.string().nullish(), real_name: z.string().nullish() }).nullish(),
});
type User = z.infer<typeof userSchema>;
const bodySchema = z.looseObject({ user: userSchema });

const MAILBOX = /^[^\s@<>]{1,64}@[^\s@<>]{1,190}$/u;
const LONGEST_NAME = 80;

/** Slack's own bot has no mark of one. */
const isPerson = ({ id, deleted, is_bot: isBot, is_workflow_bot: isWorkflow }: User): boolean =>
  !deleted && !isBot && !isWorkflow && id !== 'USLACKBOT';

/** The workspaces whose word on mailboxes is believed; null for any. */
type Trusted = readonly string[] | null;
const isTrusted = (trusted: Trusted, workspace: string): boolean => trusted?.includes(workspace) ?? true;

/** What is known of the user called `userId` (`T0123/U0456`). */
export async function profileOf(calls: Calls, trusted: Trusted, userId: string): Promise<FoundProfile> {
  const place = placeOf(userId);
  if (!place) return { kind: 'unavailable' };
  const asked = await calls.call(place.workspace, 'users.info', { user: place.id, include_locale: true });
  if (!asked.ok) {
    const isNobody = asked.trouble.kind === 'refused' && asked.trouble.code === 'user_not_found';
    return isNobody ? { kind: 'nobody' } : { kind: 'unavailable' };
  }
  const read = bodySchema.safeParse(asked.body);
  if (!read.success) return { kind: 'unavailable' };
  const { user } = read.data;
  if (!isPerson(user)) return { kind: 'nobody' };
  const name = user.profile?.real_name || user.real_name || user.name;
  return {
    kind: 'person',
    profile: {
      email: isTrusted(trusted, place.workspace) ? verifiedMailbox(user) : null,
      name: name ? name.slice(0, LONGEST_NAME) : null,
      timeZone: user.tz || null,
      locale: user.locale || null,
    },
  };
}

/**
 * The user's mailbox where the workspace vouches for it: confirmed by its owner, who belongs to the workspace. What another
 * organisation says of its own people in a shared channel is not believed.
 */
function verifiedMailbox({
  profile,
  is_email_confirmed: isConfirmed,
  is_stranger: isStranger,
}: User): string | null {
  const email = profile?.email;
  if (!email || isConfirmed === false || isStranger || !MAILBOX.test(email)) return null;
  return email;
}

/** The user id of the person with that mailbox, in the first trusted workspace that has one. */
export async function userWithEmail(calls: Calls, trusted: Trusted, email: string): Promise<string | null> {
  const workspaces = await calls.workspaces.all().catch(() => []);
  for (const { id } of workspaces.filter((each) => isTrusted(trusted, each.id))) {
    const asked = await calls.call(id, 'users.lookupByEmail', { email });
    const read = asked.ok ? bodySchema.safeParse(asked.body) : null;
    if (!read?.success) continue;
    const { user } = read.data;
    const isTheirs = verifiedMailbox(user)?.toLowerCase() === email.toLowerCase();
    if (isPerson(user) && isTheirs) return placeId({ workspace: id, id: user.id });
  }
  return null;
}
