/**
 * What the bot would have said by the evening before the demo programme is loaded counts as said: nobody hears of lines that were late
 * long before, of days of an onboarding that have passed, or that a standing changed weeks ago.
 */
import type { Engagement } from '../../domain/engagement.ts';
import { addDays, instantOf } from '../../domain/time.ts';
import type { Tx } from '../../ports.ts';
import { tellLate } from '../nudge-escalate.ts';
import { linesIn } from '../nudge-lines.ts';
import { watchEngagements } from '../watch-engagements.ts';
import type { Programme } from '../work.ts';
import { dayAgo, type When } from './timeline.ts';

const ABOUT = 'demo-programme';
const MINUTE_BEFORE_MIDNIGHT = 60_000;

/** Writes all of it in the transaction, and takes it back before it is sent: each of these is said once, so never again. */
export async function countAsSaid(
  tx: Tx,
  programme: Programme,
  engagements: readonly Engagement[],
  when: When,
): Promise<void> {
  const silent: Tx = {
    ...tx,
    deliveries: {
      ...tx.deliveries,
      enqueue: (delivery) => tx.deliveries.enqueue({ ...delivery, about: ABOUT }),
    },
  };
  const lastDay = dayAgo(when, 1);
  const now = new Date(
    instantOf(addDays(lastDay, 1), '00:00', when.timeZone).getTime() - MINUTE_BEFORE_MIDNIGHT,
  );
  const store = { transaction: <T>(work: (tx: Tx) => Promise<T>) => work(silent) };
  await watchEngagements({ store, programme }, now);
  const work = { tx: silent, programme, now };
  for (const engagement of engagements.filter(({ state }) => state === 'ONBOARDING'))
    await tellLate(work, engagement, await linesIn(work, engagement));
  await tx.deliveries.suppress(ABOUT, 'it was before the programme was loaded');
}
