/** Who is speaking: known by the platform's user, and that by a mailbox the platform has verified; never by a name. */
import type { PersonId } from '../domain/ids.ts';
import type { Person } from '../domain/person.ts';
import { isZone } from '../domain/time.ts';
import type { FoundProfile, Inbound, PlatformLink, Profile, Speaker, Tx } from '../ports.ts';

export type Known =
  | { readonly kind: 'known'; readonly person: Person; readonly isUnlinked: boolean }
  /** The platform must say first who that is. */
  | { readonly kind: 'ask' }
  /** A bot, or somebody who is no longer there: they have nothing to say. */
  | { readonly kind: 'nobody' };

interface Knowing {
  readonly tx: Tx;
  readonly now: Date;
  /** Zone of somebody of whom nothing is known. */
  readonly timeZone: string;
  newId(): string;
  newToken(): string;
}

/**
 * The person behind the speaker of `event`. `found` is what the platform says of them; null while it was not asked.
 * Somebody the roster does not know becomes a person without roles: they may ask questions and file a request as a
 * Business Owner, nothing more. Whoever the platform could not say anything about is asked for again with their next event.
 */
export async function knowSpeaker(
  work: Knowing,
  { kind, from }: Inbound,
  found: FoundProfile | null,
): Promise<Known> {
  const link = await work.tx.people.link(from.platform, from.userId);
  // Of the many whose profiles change, only those count who are known here.
  if (kind === 'profile-changed' && link === null) return { kind: 'nobody' };
  if (found === null && isToBeAsked(link, kind, from)) return { kind: 'ask' };
  if (link && (found === null || found.kind === 'unavailable')) return known(link.person, link);
  if (found?.kind === 'nobody') return leave(work, link, from);
  await work.tx.lock(`speaker:${from.platform}:${from.userId}`);
  // Somebody else may have linked them while this waited for its turn.
  const meanwhile = await work.tx.people.link(from.platform, from.userId);
  if (found?.kind !== 'person')
    return known(meanwhile?.person ?? (await addGuest(work, from, null)), meanwhile);
  return verified(work, from, found.profile, meanwhile);
}

/** An account that is closed is no address any more: platforms take messages for it that nobody reads. */
async function leave({ tx, now }: Knowing, link: PlatformLink | null, from: Speaker): Promise<Known> {
  if (link?.unlinkedAt === null) await tx.people.changeLink(from.platform, from.userId, { unlinkedAt: now });
  return { kind: 'nobody' };
}

const known = (person: Person, link: PlatformLink | null): Known => ({
  kind: 'known',
  person,
  isUnlinked: link !== null && link.unlinkedAt !== null,
});

/** The console's people are the roster's own. */
function isToBeAsked(link: PlatformLink | null, kind: Inbound['kind'], { platform }: Speaker): boolean {
  if (platform === 'console') return false;
  return link === null || link.verifiedAt === null || kind === 'profile-changed';
}

/** Links the speaker to whoever has the verified mailbox, and takes over what the platform knows of them. */
async function verified(
  work: Knowing,
  from: Speaker,
  profile: Profile,
  link: PlatformLink | null,
): Promise<Known> {
  const { tx } = work;
  const owner = profile.email === null ? null : await tx.people.byEmail(profile.email);
  const before = link?.person ?? null;
  const person =
    owner ?? (before && isGuestOf(before, profile) ? before : await addGuest(work, from, profile));
  if (before && before.id !== person.id) {
    // A guest who turns out to be somebody brings along what they began; anybody else's things stay theirs.
    if (before.roles.length === 0 && before.email === null) await tx.people.merge(before.id, person.id);
    else await tx.people.linkPlatformUser(from.platform, from.userId, person.id);
  }
  if (!before) await tx.people.linkPlatformUser(from.platform, from.userId, person.id);
  await tx.people.changeLink(from.platform, from.userId, { verifiedAt: work.now, locale: profile.locale });
  if (before?.id !== person.id) await note(work, from, person.id);
  return known(await withZone(work, person, profile), link);
}

/** Somebody without a role whom no other mailbox names. */
const isGuestOf = (before: Person, { email }: Profile): boolean =>
  before.roles.length === 0 && (before.email === null || before.email === email);

/** The platform's zone holds until somebody sets their own. */
async function withZone(
  { tx }: Knowing,
  person: Person,
  { timeZone, email, name }: Profile,
): Promise<Person> {
  const isGuest = person.roles.length === 0;
  const own = (await tx.contact.settings([person.id])).length > 0;
  const zone = timeZone !== null && isZone(timeZone) && !own ? timeZone : person.timeZone;
  const changed = {
    ...person,
    timeZone: zone,
    ...(isGuest ? { email: email ?? person.email, name: name ?? person.name } : {}),
  };
  if (changed.timeZone === person.timeZone && changed.email === person.email && changed.name === person.name)
    return person;
  // Whoever changes their roles at this moment holds the lock: what is saved here are the roles as they are then.
  await tx.lock(`person:${person.id}`);
  const roles = (await tx.people.get(person.id))?.roles ?? changed.roles;
  await tx.people.save([{ ...changed, roles }]);
  return { ...changed, roles };
}

async function addGuest(work: Knowing, from: Speaker, profile: Profile | null): Promise<Person> {
  const zone = profile?.timeZone ?? null;
  const person: Person = {
    id: work.newId(),
    name: profile?.name ?? 'Guest',
    email: profile?.email ?? null,
    roles: [],
    components: [],
    timeZone: zone !== null && isZone(zone) ? zone : work.timeZone,
    calendarToken: work.newToken(),
  };
  await work.tx.people.save([person]);
  if (profile === null) await work.tx.people.linkPlatformUser(from.platform, from.userId, person.id);
  return person;
}

/** One line of the append-only record: from here on this account speaks for that person. */
const note = ({ tx, now }: Knowing, { platform }: Speaker, personId: PersonId): Promise<void> =>
  tx.audit.append({
    at: now,
    actorId: personId,
    forId: null,
    role: 'bot',
    verb: 'person.link',
    engagementId: null,
    from: null,
    to: null,
    reason: 'verified-mailbox',
    platform,
    facts: {},
  });
