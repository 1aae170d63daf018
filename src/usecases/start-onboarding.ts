/** All that comes with day 0 of an onboarding: card, date, initial meeting, preparation list, welcome (domain reference 2.2, T12). */

import { itemIn } from '../domain/card-template.ts';
import { isInForce } from '../domain/course.ts';
import type { Engagement } from '../domain/engagement.ts';
import type { PersonId } from '../domain/ids.ts';
import { morningOf } from '../domain/morning.ts';
import { addDays } from '../domain/time.ts';
import { renewalOf } from '../domain/training.ts';
import { letterTime, preparationList, welcomeIsso } from '../messages/copy/onboarding.ts';
import { nameOf } from '../messages/copy/people.ts';
import { cardNow, keepCard } from './information-card.ts';
import { holdersOfParty } from './role-holders.ts';
import { offerInitial, setMilestone } from './set-milestone.ts';
import { loadPeople, tellPeople, tellPerson } from './tell.ts';
import { noteFeasibility } from './training-feasible.ts';
import { trainingOf } from './training-now.ts';
import type { Work } from './work.ts';

/** What is still to be said about signing the letter. */
export const aboutLetter = ({ id }: Engagement): string => `letter:${id}`;

/**
 * For an engagement that has just entered onboarding, the first time or with another Service ISSO; it is saved and locked.
 */
export async function startOnboarding(work: Work, engagement: Engagement): Promise<void> {
  const { serviceIssoId: personId, dayZeroOn } = engagement.course;
  if (personId === null || dayZeroOn === null)
    throw new Error(`${engagement.number} has no Service ISSO to onboard`);
  const card = await cardNow(work, engagement);
  if (card) await keepCard(work, card, card.card);
  await setMilestone(work, engagement, { name: 'onboarding-began', personId, on: dayZeroOn });
  await noteRenewal(work, engagement, personId);
  await offerInitial(work, engagement, personId);
  await tellStart(work, engagement, personId);
  await tellWhenToSign(work, engagement, personId);
}

/** Role-based training that they have had counts here too, and prompts and reviews go by when it is renewed. */
async function noteRenewal(work: Work, engagement: Engagement, personId: PersonId): Promise<void> {
  const { doneOn, dueOn } = await trainingOf(work, engagement, personId);
  if (doneOn === null || dueOn !== renewalOf(doneOn)) return;
  await setMilestone(work, engagement, { name: 'training-due', personId, on: dueOn });
}

async function tellStart(work: Work, engagement: Engagement, personId: PersonId): Promise<void> {
  const people = await loadPeople(work, [personId]);
  const key = `${engagement.id}:${engagement.version}`;
  await tellPeople(work, preparers(engagement), {
    key: `preparation:${key}`,
    kind: 'notice',
    message: preparationList(engagement, nameOf(people, personId)),
  });
  const isso = people.get(personId);
  if (isso)
    await tellPerson(work, personId, {
      key: `welcome:${key}`,
      kind: 'notice',
      message: welcomeIsso(engagement, isso, await noteFeasibility(work, engagement)),
    });
}

/** The Business Owner, whoever prepares for them in this engagement, and its advisor. */
function preparers(engagement: Engagement): readonly PersonId[] {
  const delegates = engagement.memberships.filter((each) => each.role === 'bo_delegate' && isInForce(each));
  return [
    engagement.businessOwnerId,
    ...delegates.map(({ personId }) => personId),
    ...(engagement.craId ? [engagement.craId] : []),
  ];
}

/** The Data Guardians of an engagement: those named in it, and those of its component. */
export async function guardiansOf(
  work: Pick<Work, 'tx'>,
  { memberships, component }: Engagement,
): Promise<readonly PersonId[]> {
  const named = memberships.filter((each) => each.role === 'data_guardian' && isInForce(each));
  const ofComponent = (await holdersOfParty(work, 'data_guardian')).filter(({ components }) =>
    components.includes(component),
  );
  return [...new Set([...named.map(({ personId }) => personId), ...ofComponent.map(({ id }) => id)])];
}

/** The Service ISSO signs first, once they can sign; then they hear of it. */
export async function tellWhenToSign(work: Work, engagement: Engagement, personId: PersonId): Promise<void> {
  const card = await cardNow(work, engagement);
  const item = card && itemIn(card.template, 'appointment_letter');
  const isso = await work.tx.people.get(personId);
  if (!card || !item || !isso) return;
  const at = morningOf(addDays(card.card.dayZeroOn, item.startDay), isso.timeZone);
  await tellPerson(work, personId, {
    key: `letter-time:${engagement.id}:${engagement.version}`,
    kind: 'reminder',
    urgency: 'routine',
    message: letterTime(engagement),
    dueAt: new Date(Math.max(at.getTime(), work.now.getTime())),
    stillTrue: { kind: 'engagement-in', engagementId: engagement.id, states: ['ONBOARDING'] },
    about: aboutLetter(engagement),
  });
}
