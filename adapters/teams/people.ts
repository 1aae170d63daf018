/** Who Teams says that its users are: by the roster of a conversation they are in, never by a name. */
import { z } from 'zod';
import type { FoundProfile } from '../../src/ports.ts';
import type { Conversation, Found } from './activities.ts';
import { userId as idOf, userOf } from './address.ts';
import { type Connector, type ConnectorAnswer, textOf } from './connector.ts';
import { TEAMS } from './limits.ts';
import type { PersonReference, References } from './references.ts';

const memberSchema = z.looseObject({
  id: z.string().min(1).max(300),
  aadObjectId: z.string().nullish(),
  objectId: z.string().nullish(),
  name: z.string().nullish(),
  email: z.string().nullish(),
  userPrincipalName: z.string().nullish(),
  tenantId: z.string().nullish(),
  userRole: z.string().nullish(),
});
type Member = z.infer<typeof memberSchema>;

const MAILBOX = /^[^\s@<>]{1,64}@[^\s@<>]{1,190}$/u;
const LONGEST_NAME = 80;
/** A roster is read anew after so long: people come and go. */
const ROSTER_MS = 10 * 60_000;
/** One that could not be read is asked for again after so long. */
const ROSTER_FAILED_MS = 60_000;
/** Pages of a roster that are read: a tenant's largest team has 25,000 members. */
const MOST_PAGES = 60;

export interface PeopleDeps {
  readonly connector: Connector;
  readonly references: References;
  /** Somebody's direct conversation, for whoever was not met in any. */
  open(userId: string): Promise<Found<Conversation>>;
  /** The tenant that is served; null in local mode, where any will do. */
  readonly tenant: string | null;
  /** Conversations of the programme's channels, whose rosters are searched. */
  readonly channels: readonly string[];
  /** The service of a channel that was never heard of. */
  readonly firstServiceUrl: string;
  /** A monotonic clock, in milliseconds. */
  readonly tick: () => number;
}

export interface People {
  profile(userId: string): Promise<FoundProfile>;
  userWithEmail(email: string): Promise<string | null>;
}

/** What was read of a roster; it counts until that instant. */
interface Roster {
  until: number;
  readonly members: Promise<readonly Member[]>;
}

export function createPeople(deps: PeopleDeps): People {
  const rosters = new Map<string, Roster>();
  return {
    profile: (userId) => profileOf(deps, userId).catch(() => ({ kind: 'unavailable' })),
    async userWithEmail(email) {
      for (const channel of deps.channels) {
        const found = await inRoster(deps, rosters, channel, email).catch(() => null);
        if (found !== null) return found;
      }
      return null;
    },
  };
}

async function profileOf(deps: PeopleDeps, userId: string): Promise<FoundProfile> {
  const { connector, references, tenant } = deps;
  const user = userOf(userId);
  const reference = await references.person(userId);
  const conversation = user && reference ? await rosterFor(deps, userId, reference) : null;
  if (!user || !reference || conversation === null) return { kind: 'unavailable' };
  const asked = await connector.call({
    serviceUrl: reference.serviceUrl,
    method: 'GET',
    path: [conversation, 'members', reference.member ?? user.objectId],
  });
  if (!asked.ok) return { kind: isNoMember(asked) ? 'nobody' : 'unavailable' };
  const read = memberSchema.safeParse(asked.body);
  if (!read.success || objectIdOf(read.data) !== user.objectId) return { kind: 'unavailable' };
  if (!isPerson(read.data, tenant)) return { kind: 'nobody' };
  return { kind: 'person', profile: { ...profileIn(read.data), ...placeIn(reference) } };
}

/** A conversation whose roster has them: one they were met in, or else their own. */
async function rosterFor(
  { open }: PeopleDeps,
  userId: string,
  { conversation, roster }: PersonReference,
): Promise<string | null> {
  const known = conversation ?? roster;
  if (known !== null) return known;
  const opened = await open(userId);
  return opened.ok ? opened.value.conversation : null;
}

const isNoMember = (asked: Extract<ConnectorAnswer, { ok: false }>): boolean =>
  asked.trouble.kind === 'refused' &&
  ['MemberNotFoundInConversation', 'NotFound'].includes(asked.trouble.code);

const objectIdOf = ({ aadObjectId, objectId }: Member): string | null =>
  (aadObjectId ?? objectId)?.toLowerCase() ?? null;

/** Somebody of the tenant: anonymous guests of a meeting and people of other organisations may not speak here. */
const isPerson = ({ userRole, tenantId }: Member, tenant: string | null): boolean =>
  userRole !== 'anonymous' && (tenant === null || !tenantId || tenantId.toLowerCase() === tenant);

/** The mailbox that the tenant's directory vouches for; a guest's sign-in name is made up by the directory, and is none. */
function mailboxOf({ email, userPrincipalName: name }: Member): string | null {
  const found = textOf(email) ?? (name && !/#EXT#/iu.test(name) ? name : null);
  return found !== null && MAILBOX.test(found) ? found : null;
}

const profileIn = (member: Member) => ({
  email: mailboxOf(member),
  name: member.name ? member.name.slice(0, LONGEST_NAME) : null,
});

const placeIn = ({ timeZone, locale }: PersonReference) => ({ timeZone, locale });

/** The user of that mailbox in a channel's team; how they are reached is kept, so that they can be written to first. */
async function inRoster(
  deps: PeopleDeps,
  rosters: Map<string, Roster>,
  channel: string,
  email: string,
): Promise<string | null> {
  const { references, tenant, tick } = deps;
  const place = await references.place(channel);
  if (place?.isRemoved || tenant === null) return null;
  const known = place?.serviceUrl || (await references.service()) || '';
  const serviceUrl = known || deps.firstServiceUrl;
  const roster = place?.team ?? channel;
  let kept = rosters.get(roster);
  if (!kept || tick() > kept.until) {
    const read: Roster = {
      until: tick() + ROSTER_MS,
      members: membersOf(deps.connector, serviceUrl, roster),
    };
    read.members.catch(() => {
      read.until = tick() + ROSTER_FAILED_MS;
    });
    rosters.set(roster, read);
    kept = read;
  }
  const wanted = email.toLowerCase();
  const member = (await kept.members).find(
    (each) => isPerson(each, tenant) && mailboxOf(each)?.toLowerCase() === wanted,
  );
  const objectId = member ? objectIdOf(member) : null;
  if (!member || !objectId) return null;
  const found = idOf({ tenant, objectId });
  if (!userOf(found)) return null;
  // The cloud's first service is only where to ask: what is heard of later counts for them as well.
  if ((await references.person(found)) === null)
    await references.seePerson(found, { serviceUrl: known, member: member.id, roster });
  return found;
}

/** All of a roster; rejects when not all of it could be read. */
async function membersOf(
  connector: Connector,
  serviceUrl: string,
  roster: string,
): Promise<readonly Member[]> {
  const members: Member[] = [];
  let next: string | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const asked: ConnectorAnswer = await connector.call({
      serviceUrl,
      method: 'GET',
      path: [roster, 'pagedmembers'],
      query: { pageSize: String(TEAMS.membersPage), ...(next === null ? {} : { continuationToken: next }) },
    });
    if (!asked.ok) throw new Error('the roster could not be read');
    const given: readonly unknown[] = Array.isArray(asked.body.members) ? asked.body.members : [];
    members.push(...given.flatMap((each) => memberSchema.safeParse(each).data ?? []));
    next = textOf(asked.body.continuationToken);
    if (next === null) return members;
  }
  return members;
}
