/** Keeping a date that an engagement's meetings and prompts count from, and offering what comes of it. */
import type { Engagement } from '../domain/engagement.ts';
import type { PersonId } from '../domain/ids.ts';
import type { Milestone, MilestoneName } from '../domain/milestone.ts';
import { hasLapsed } from '../domain/slots.ts';
import type { LocalDate } from '../domain/time.ts';
import { renewalOf } from '../domain/training.ts';
import { record } from './change-engagement.ts';
import { lockSessions, newSession, openSession, renewSession } from './meeting-offer.ts';
import type { Work } from './work.ts';

/** Sets the date, with its record; training that was done is due again. Answers when it is, null for any other date. */
export async function setMilestone(
  work: Work,
  engagement: Engagement,
  { name, personId, on }: Pick<Milestone, 'name' | 'personId' | 'on'>,
): Promise<LocalDate | null> {
  const set = (of: MilestoneName, day: LocalDate) =>
    work.tx.milestones.set({ engagementId: engagement.id, name: of, personId, on: day });
  await set(name, on);
  const dueOn = name === 'training-done' ? renewalOf(on) : null;
  if (dueOn) await set('training-due', dueOn);
  await record(work, engagement, {
    verb: 'milestone.record',
    from: engagement.state,
    to: engagement.state,
    facts: { milestone: name, person: personId, on },
  });
  return dueOn;
}

/** The initial meeting with a new Service ISSO is offered by itself, once for each; one whose times can still be chosen stands for it. */
export async function offerInitial(work: Work, engagement: Engagement, personId: PersonId): Promise<boolean> {
  await lockSessions(work, 'initial', engagement);
  const id = `initial-${engagement.id}-${personId}`;
  const open = await openSession(work, 'initial', engagement);
  if (open && hasLapsed(open, work.now) && open.id !== id)
    return (await renewSession(work, open, engagement, { reason: 'onboarding-began' })) !== null;
  if ((await work.tx.meetings.get(id)) || open) return false;
  return (await newSession(work, 'initial', engagement, { id, reason: 'onboarding-began' })) !== null;
}
