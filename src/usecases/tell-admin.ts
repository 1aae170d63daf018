/** What is wrong with a platform's set-up is told to whoever runs the bot. */
import { createHash } from 'node:crypto';
import { localDate } from '../domain/time.ts';
import { platformTrouble } from '../messages/copy/trouble.ts';
import type { Store, Trouble } from '../ports.ts';
import { tellPerson } from './tell.ts';

/** Enough of a digest to tell a platform's few troubles apart. */
const MARK_CHARACTERS = 12;

/**
 * Tells each administrator of the platform (role `platform_admin`) what is wrong and what to do, with their message of the
 * day. The same trouble is told at most once on each of their own days, however often it is met; another one is told beside it.
 */
export async function tellAdmin(store: Store, trouble: Trouble, now: Date): Promise<void> {
  const mark = createHash('sha256').update(trouble.mend).digest('hex').slice(0, MARK_CHARACTERS);
  await store.transaction(async (tx) => {
    for (const { id, timeZone } of await tx.people.withRole('platform_admin')) {
      await tellPerson({ tx, now }, id, {
        key: `trouble:${trouble.platform}:${trouble.code}:${mark}:${localDate(now, timeZone)}`,
        kind: 'escalation',
        urgency: 'routine',
        message: platformTrouble(trouble),
      });
    }
  });
}
