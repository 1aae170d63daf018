/** One line of the record for a cadence that somebody set, switched off or on. */
import type { EngagementId } from '../domain/ids.ts';
import type { Cadence } from '../ports.ts';
import { noteDeed } from './note-deed.ts';
import type { Work } from './work.ts';

/** With the rule as it is then, in the role that lets them (`cadence.set`); `engagementId` where it is one engagement's. */
export const noteCadence = (
  work: Pick<Work, 'tx' | 'now' | 'person' | 'from'>,
  { key, cron, timeZone, holidayRule }: Cadence,
  verb: string,
  engagementId: EngagementId | null = null,
): Promise<void> =>
  noteDeed(
    work,
    verb,
    { cadence: key, cron, zone: timeZone, holidayRule },
    { engagementId, role: work.person.roles.includes('gtl') ? 'gtl' : 'ispg_team' },
  );
