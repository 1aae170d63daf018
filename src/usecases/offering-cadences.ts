/** Meetings about an engagement that recur because its offering says so (domain reference 6.1, 8.2). */
import type { Engagement } from '../domain/engagement.ts';
import { offeringOf } from '../offerings/catalogue.ts';
import { planCadence } from './plan-cadence.ts';
import type { Work } from './work.ts';

/**
 * Writes and plans the cadences of the engagement's offering, from its first day of work on. One that ISPG has set, changed or
 * switched off in chat stays as it is. Planning leaves out an engagement that has ended.
 */
export async function planOfferingCadences(work: Work, engagement: Engagement): Promise<void> {
  for (const { meeting, minutes, cron, holidayRule } of offeringOf(work.programme.catalogue, engagement)
    .cadences) {
    const key = `meeting:${meeting}:${engagement.id}`;
    if (await work.tx.cadences.get(key)) continue;
    const cadence = {
      key,
      cron,
      timeZone: work.programme.timeZone,
      holidayRule,
      purpose: { kind: 'meeting', meeting, engagementId: engagement.id, minutes },
      nextAt: work.now,
    } as const;
    await work.tx.cadences.set(cadence);
    await planCadence(work.tx, work.programme, cadence, work.now);
  }
}
