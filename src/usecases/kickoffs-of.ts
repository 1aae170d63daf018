/** The kickoffs of several engagements, read at once however many there are. */
import type { Engagement } from '../domain/engagement.ts';
import type { EngagementId } from '../domain/ids.ts';
import { type KickoffNow, kickoffNow } from '../domain/kickoff-stands.ts';
import type { Meeting } from '../domain/meeting.ts';
import type { Work } from './work.ts';

/** Each with the latest meeting of its kickoff, in the order in which they came; null for none. */
export async function withKickoffs(
  { tx }: Pick<Work, 'tx'>,
  engagements: readonly Engagement[],
): Promise<readonly { readonly engagement: Engagement; readonly meeting: Meeting | null }[]> {
  const kickoffs = await tx.meetings.kickoffsOf(engagements.map(({ id }) => id));
  return engagements.map((engagement) => ({ engagement, meeting: kickoffs.get(engagement.id) ?? null }));
}

/** How the kickoffs stand at `now` that are being arranged; the others are left out. */
export async function kickoffsNow(
  { tx, now }: Pick<Work, 'tx' | 'now'>,
  engagements: readonly Engagement[],
): Promise<ReadonlyMap<EngagementId, KickoffNow>> {
  const arranged = engagements.filter(({ state }) => state === 'KICKOFF_PENDING');
  const each = await withKickoffs({ tx }, arranged);
  return new Map(
    each.flatMap((one) => {
      const kickoff = kickoffNow(one, now);
      return kickoff ? [[one.engagement.id, kickoff] as const] : [];
    }),
  );
}
