/** Asks each Service ISSO once to fill in a profile. */
import { askForProfile } from '../messages/copy/profile.ts';
import type { Store } from '../ports.ts';
import { PROFILE_KIND } from './isso-profiles.ts';
import { tellPerson } from './tell.ts';

/**
 * Asks those on the roster who have begun none and can be reached; whoever was asked is not asked again, as the key of the message
 * says. Answers how many were.
 */
export function askProfiles({ store }: { readonly store: Store }, now: Date): Promise<number> {
  return store.transaction(async (tx) => {
    const issos = await tx.people.withRole('service_isso');
    const begun = await tx.papers.latestOf(
      PROFILE_KIND,
      issos.map(({ id }) => id),
    );
    let asked = 0;
    for (const { id } of issos) {
      if (begun.some(({ subject }) => subject === id)) continue;
      // Somebody who has no account yet is asked when they have one.
      if ((await tx.people.addresses(id)).length === 0) continue;
      const isNew = await tellPerson({ tx, now }, id, {
        key: 'profile-ask',
        kind: 'notice',
        message: askForProfile(),
      });
      if (isNew) asked += 1;
    }
    return asked;
  });
}
