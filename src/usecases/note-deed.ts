/** One line of the append-only record for what somebody did, whatever it was about. */
import type { AuditEntry } from '../ports.ts';
import type { Work } from './work.ts';

/** `facts` hold ids and codes, never words of people; `about` names an engagement, for whom it was done, and the role where it is not the first. No state changes. */
export const noteDeed = (
  { tx, now, person, from }: Pick<Work, 'tx' | 'now' | 'person' | 'from'>,
  verb: string,
  facts: AuditEntry['facts'],
  about: Partial<Pick<AuditEntry, 'engagementId' | 'forId' | 'role'>> = {},
): Promise<void> =>
  tx.audit.append({
    at: now,
    actorId: person.id,
    forId: null,
    role: person.roles[0] ?? null,
    verb,
    engagementId: null,
    from: null,
    to: null,
    reason: null,
    platform: from.platform,
    facts,
    ...about,
  });
