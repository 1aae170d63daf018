/** Role-based training is of the person: it counts in every engagement in which they are the Service ISSO (domain reference 5.2). */
import type { Engagement } from '../domain/engagement.ts';
import type { PersonId } from '../domain/ids.ts';
import { checkMilestone, type MilestoneName } from '../domain/milestone.ts';
import type { LocalDate } from '../domain/time.ts';
import { renewalOf } from '../domain/training.ts';
import { followCard } from './information-card.ts';
import { afterCardChange, afterCourseChange } from './nudge-refresh.ts';
import { setMilestone } from './set-milestone.ts';
import { trainedEngagements } from './training-now.ts';
import { programmeToday, type Work } from './work.ts';

/** Notes in each of their engagements the day that prompts and reviews count from. All of them are locked. */
export async function noteTraining(work: Work, personId: PersonId, on: LocalDate): Promise<void> {
  for (const engagement of await trainedEngagements(work, personId))
    await noteIn(work, engagement, personId, on);
}

/** The newest day counts. Training from before the onboarding is renewed in its own time, unless that was before it as well. */
async function noteIn(work: Work, engagement: Engagement, personId: PersonId, on: LocalDate): Promise<void> {
  const all = await work.tx.milestones.ofEngagement(engagement.id);
  const own = all.filter((each) => each.personId === personId);
  const dayOf = (name: MilestoneName) => own.find((each) => each.name === name)?.on ?? '';
  if (on < dayOf('training-done')) return;
  const isInOrder = checkMilestone(own, { name: 'training-done', on }, programmeToday(work)).ok;
  if (isInOrder) await setMilestone(work, engagement, { name: 'training-done', personId, on });
  else if (renewalOf(on) >= dayOf('onboarding-began'))
    await setMilestone(work, engagement, { name: 'training-due', personId, on: renewalOf(on) });
}

/** After a day was recorded in one engagement: the person's others, the cards and what is nudged follow. All are locked. */
export async function followTraining(
  work: Work,
  { id, course }: Engagement,
  personId: PersonId,
  on: LocalDate,
): Promise<void> {
  // Of somebody who was the Service ISSO before, nothing else goes by it.
  if (course.serviceIssoId !== personId) return;
  const engagements = await trainedEngagements(work, personId);
  for (const each of engagements) if (each.id !== id) await noteIn(work, each, personId, on);
  for (const each of engagements) if (await followCard(work, each)) await afterCardChange(work, each);
  await afterCourseChange(work, personId);
}
