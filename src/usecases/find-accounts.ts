/** Finds people of the roster on the platforms by their mailbox, so that they can be written to before they ever speak. */
import type { ChatAdapter, Store } from '../ports.ts';

/** How many are looked up in one run: a platform allows only so many questions a minute. */
const MOST_AT_ONCE = 40;

export interface FindAccountsDeps {
  readonly store: Store;
  readonly adapters: readonly ChatAdapter[];
}

/** Where each platform's search goes on; it begins anew when it has come to the end. */
export type SearchPlaces = Map<string, string>;

/**
 * Links people who have a role and no account on a platform to the account with their mailbox, as the platform has verified
 * it. Somebody who unlinked theirs is left alone. Answers how many were linked.
 */
export async function findAccounts(
  { store, adapters }: FindAccountsDeps,
  places: SearchPlaces,
  now: Date,
): Promise<number> {
  let linked = 0;
  for (const adapter of adapters) {
    if (!adapter.findsByEmail) continue;
    const { platform } = adapter;
    const after = places.get(platform) ?? '';
    const people = await store.transaction((tx) => tx.people.withoutLink(platform, after, MOST_AT_ONCE));
    for (const { id, email } of people) {
      const userId = email === null ? null : await adapter.userWithEmail(email);
      if (userId === null) continue;
      const isNew = await store.transaction(async (tx) => {
        await tx.lock(`speaker:${platform}:${userId}`);
        if (await tx.people.link(platform, userId)) return false;
        await tx.people.linkFoundUser(platform, userId, id);
        await tx.people.changeLink(platform, userId, { verifiedAt: now });
        return true;
      });
      if (isNew) linked += 1;
    }
    places.set(platform, people.length < MOST_AT_ONCE ? '' : (people.at(-1)?.id ?? ''));
  }
  return linked;
}
