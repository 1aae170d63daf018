/** A step that an engagement takes by itself, by the calendar: saved, recorded and told like one that somebody takes. */
import type { Change, Engagement } from '../domain/engagement.ts';
import { afterEngagementStep } from './nudge-refresh.ts';
import { refreshCards } from './tell.ts';
import { tellStep } from './tell-step.ts';
import type { Work } from './work.ts';

/** Where nobody is at work. */
export type Unattended = Pick<Work, 'tx' | 'now' | 'programme'>;

/** Saves the change of `before`, which is locked; the record names the bot. */
export async function moveByBot(
  work: Unattended,
  before: Engagement,
  change: Change,
  verb: string,
  about: { readonly reason: string; readonly facts?: Readonly<Record<string, string>> },
): Promise<Engagement> {
  const { engagement, from } = change;
  if (!(await work.tx.engagements.update(engagement)))
    throw new Error(`engagement ${engagement.id} changed while it was locked`);
  await work.tx.audit.append({
    at: work.now,
    actorId: null,
    forId: null,
    role: 'bot',
    verb,
    engagementId: engagement.id,
    from,
    to: engagement.state,
    reason: about.reason,
    platform: 'bot',
    facts: about.facts ?? {},
  });
  await refreshCards(work, engagement, await work.tx.meetings.ofEngagement(engagement.id, 'kickoff'));
  await afterEngagementStep(work, before, engagement);
  await tellStep(work, { before, engagement, label: null });
  return engagement;
}
