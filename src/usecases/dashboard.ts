/** Looking at the dashboard: who it is, whether they may, and that they looked. Rights are read anew with each page. */
import { mayEver } from '../domain/access.ts';
import { actsFor } from '../domain/acting-for.ts';
import type { DashboardPage } from '../domain/dashboard.ts';
import type { EngagementId, PersonId } from '../domain/ids.ts';
import type { Person } from '../domain/person.ts';
import { instantOf } from '../domain/time.ts';
import type { Clock, Store, Tx } from '../ports.ts';
import { asSpeaker } from './acting.ts';
import { type Programme, programmeToday, type Work } from './work.ts';

export interface DashboardDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly programme: Programme;
}

/** How the person at the browser is known: by a mailbox that was verified, or by who was chosen in the console. */
export type KnownBy =
  | { readonly by: 'mailbox'; readonly mailbox: string }
  | { readonly by: 'person'; readonly personId: PersonId };

/** What a page is put together from. */
export type Looking = Pick<Work, 'tx' | 'now' | 'person' | 'programme'>;

/** `refused`: nobody we know, or without the right; both are answered alike. `missing`: no such thing, or none of theirs. */
export type Looked<T> =
  | { readonly kind: 'seen'; readonly person: Person; readonly now: Date; readonly facts: T }
  | { readonly kind: 'missing'; readonly person: Person }
  | { readonly kind: 'refused' };

const RIGHT = 'dashboard.read';

/**
 * Loads a page for whoever looks, if they may look at all; `load` answers null for what is not there for them. The first look of a
 * day at each kind of page stands in the record.
 */
export async function lookAt<T>(
  { store, clock, programme }: DashboardDeps,
  known: KnownBy,
  page: DashboardPage,
  load: (looking: Looking) => Promise<T | null>,
): Promise<Looked<T>> {
  const now = clock.now();
  return store.transaction(async (tx): Promise<Looked<T>> => {
    const person = await personBehind({ tx, now, programme }, known);
    if (!person || !mayEver(person, RIGHT)) return { kind: 'refused' };
    const looking = { tx, now, person, programme };
    const facts = await load(looking);
    if (facts === null) return { kind: 'missing', person };
    await noteLook(looking, { verb: RIGHT, page, engagementId: null });
    return { kind: 'seen', person, now, facts };
  });
}

/** Whether somebody with that verified mailbox may look at the dashboard; that they signed in stands in the record. */
export async function noteSignIn(
  { store, clock, programme }: DashboardDeps,
  mailbox: string,
): Promise<boolean> {
  const now = clock.now();
  return store.transaction(async (tx) => {
    const person = await personBehind({ tx, now, programme }, { by: 'mailbox', mailbox });
    if (!person || !mayEver(person, RIGHT)) return false;
    await append(
      { tx, now, person, programme },
      { verb: 'dashboard.sign-in', engagementId: null, facts: {} },
    );
    return true;
  });
}

/** People who may look at the dashboard, by name: for the console, where they are chosen. */
export async function lookersOf({ store, clock, programme }: DashboardDeps): Promise<readonly Person[]> {
  const now = clock.now();
  return store.transaction(async (tx) => {
    const people = (await tx.people.list()).filter(({ roles }) => roles.length > 0);
    const own = people.filter((person) => mayEver(person, RIGHT));
    const others = people.filter((person) => !own.includes(person));
    const standing = await tx.standIns.acting(
      others.map(({ id }) => id),
      programmeToday({ now, programme }),
    );
    const standIns = others.filter(({ id }) => (standing.get(id)?.standsInFor.length ?? 0) > 0);
    return [...own, ...standIns].toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
  });
}

type Knowing = Pick<Work, 'tx' | 'now' | 'programme'>;

/** With their roles as they are now, and those for whom they act today. */
async function personBehind(work: Knowing, known: KnownBy): Promise<Person | null> {
  const person =
    known.by === 'mailbox'
      ? await work.tx.people.byEmail(known.mailbox)
      : await work.tx.people.get(known.personId);
  // Looking is not speaking: it says nothing of how somebody is reached.
  return person && asSpeaker(work, person, 'opened-home');
}

/** Notes a look once a day of the programme's, for each kind of page or engagement. */
export async function noteLook(
  looking: Looking,
  at: { readonly verb: string; readonly page: DashboardPage; readonly engagementId: EngagementId | null },
): Promise<void> {
  const { tx, person, programme } = looking;
  const since = instantOf(programmeToday(looking), '00:00', programme.timeZone);
  if (await tx.dashboard.hasLooked(person.id, at, since)) return;
  // Of two pages that are opened at the same moment one is noted.
  await tx.lock(`dashboard:${person.id}`);
  if (await tx.dashboard.hasLooked(person.id, at, since)) return;
  await append(looking, { verb: at.verb, engagementId: at.engagementId, facts: { page: at.page } });
}

function append(
  { tx, now, person }: Looking,
  entry: {
    readonly verb: string;
    readonly engagementId: EngagementId | null;
    readonly facts: Parameters<Tx['audit']['append']>[0]['facts'];
  },
): Promise<void> {
  const allows = (who: Person): boolean => mayEver(who, RIGHT);
  const forId = actsFor(person, allows);
  return tx.audit.append({
    at: now,
    actorId: person.id,
    forId,
    role:
      person.roles.find((role) => allows({ ...person, roles: [role], standsInFor: [] })) ??
      person.roles[0] ??
      null,
    from: null,
    to: null,
    reason: null,
    platform: 'dashboard',
    ...entry,
  });
}
