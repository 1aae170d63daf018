/** Onboardings that are under way, with all that is counted from their cards, as far as somebody may see them. */
import { cardSight, may } from '../domain/access.ts';
import { type NextSteps, nextSteps } from '../domain/card-next.ts';
import type { Engagement } from '../domain/engagement.ts';
import type { RequestNumber } from '../domain/ids.ts';
import { trainingClocks } from '../domain/training-clocks.ts';
import { notInOnboarding, type OnboardingShown } from '../messages/copy/my-day.ts';
import { nameOf } from '../messages/copy/people.ts';
import { noAccess } from '../messages/copy/refusals.ts';
import { type PlanNow, planNow } from './card-plan-now.ts';
import { record } from './change-engagement.ts';
import { cardNow, type KeptCard } from './information-card.ts';
import { linesIn } from './nudge-lines.ts';
import { showCardOf } from './show-card.ts';
import { loadPeople } from './tell.ts';
import { trainingOf } from './training-now.ts';
import { type Answer, answerPrivately, programmeToday, type Work } from './work.ts';

/** Whoever looks, in a conversation or on a page of their own. */
export type Looking = Pick<Work, 'tx' | 'now' | 'person' | 'programme'>;

/** A card in onboarding with its plan and forecast. */
export interface OnboardingNow {
  readonly kept: KeptCard;
  readonly planned: PlanNow;
}

/** One's own, by number. Nobody sees another's here, so nothing is recorded. */
export async function ownOnboardings(work: Looking): Promise<readonly OnboardingNow[]> {
  const own: OnboardingNow[] = [];
  for (const engagement of await work.tx.engagements.assignedTo(work.person.id)) {
    if (engagement.course.serviceIssoId !== work.person.id) continue;
    const found = await onboardingIn(work, engagement);
    if (found) own.push(found);
  }
  return own;
}

/**
 * Of that engagement's Service ISSO, for whoever sees the lines of the card; a look at another's is recorded. To whoever sees only how
 * far it is the answer is that; where nobody is in onboarding, the words that say so; to anybody else the same as for no such number.
 */
export async function onboardingSeen(work: Work, number: RequestNumber): Promise<OnboardingNow | Answer> {
  const engagement = await work.tx.engagements.byNumber(number);
  if (!engagement) return answerPrivately(noAccess(number));
  const whom = engagement.course.serviceIssoId;
  const sight = whom === null ? null : cardSight(work.person, whom, engagement);
  if (whom === null || sight === null)
    return answerPrivately(
      whom === null && may(work.person, 'request.read', engagement)
        ? notInOnboarding(number, false)
        : noAccess(number),
    );
  if (sight === 'progress') return showCardOf(work, number, null, null);
  const found = await onboardingIn(work, engagement);
  if (!found) return answerPrivately(notInOnboarding(number, engagement.course.dayZeroOn !== null));
  if (whom !== work.person.id)
    await record(work, engagement, { verb: 'card.read', from: null, to: null, facts: { person: whom } });
  return found;
}

/** Null unless it is in onboarding. */
export async function onboardingIn(
  work: Pick<Work, 'tx' | 'now' | 'programme'>,
  engagement: Engagement,
): Promise<OnboardingNow | null> {
  if (engagement.state !== 'ONBOARDING') return null;
  const kept = await cardNow(work, engagement);
  return kept && { kept, planned: await planNow(work, kept) };
}

/** What is said of it. */
export async function onboardingShown(
  work: Looking,
  { kept, planned }: OnboardingNow,
): Promise<OnboardingShown> {
  const { engagement, personId, card, template } = kept;
  const { doneOn } = await trainingOf(work, engagement, personId);
  const appointedOn = engagement.course.letter.ciso;
  return {
    number: engagement.number,
    systemName: engagement.systemName,
    issoName: nameOf(await loadPeople(work, [personId]), personId),
    isOwn: personId === work.person.id,
    card,
    template,
    ...planned,
    training: trainingClocks({ dayZeroOn: card.dayZeroOn, appointedOn, doneOn }),
    today: programmeToday(work),
  };
}

/** What its person can do, what comes after, and what lies with others. */
export async function stepsNow(work: Looking, { kept, planned }: OnboardingNow): Promise<NextSteps> {
  const { engagement, card, template } = kept;
  const lines = await linesIn(work, engagement);
  return nextSteps({ template, card, plan: planned.plan }, lines, programmeToday(work));
}
