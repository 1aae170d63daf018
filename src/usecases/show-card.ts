/** Dates of the Information Cards that concern a person, as far as they may see them. */
import { cardSight, mayEver } from '../domain/access.ts';
import type { Engagement } from '../domain/engagement.ts';
import { MILESTONES } from '../domain/milestone.ts';
import { onboardingOf } from '../domain/onboarding.ts';
import { localDate } from '../domain/time.ts';
import { type Assignment, assignmentsOf } from '../domain/training.ts';
import { type CardShown, cardMessage } from '../messages/copy/information-card.ts';
import { nameOf } from '../messages/copy/people.ts';
import { loadPeople } from './tell.ts';
import { type Answer, answerPrivately, type Work } from './work.ts';

const MOST_CARDS = 10;

type Looking = Pick<Work, 'tx' | 'now' | 'person' | 'programme'>;

/** `card`: one's own card, and those of the Service ISSOs of one's requests. */
export async function showCard(work: Work): Promise<Answer> {
  const { cards, left } = await loadCards(work, MOST_CARDS);
  return answerPrivately(cardMessage(cards, left, mayEver(work.person, 'milestone.record-some')));
}

/** The first `most` cards that this person may see something of, and how many more there are. */
export async function loadCards(
  work: Looking,
  most: number,
): Promise<{ readonly cards: readonly CardShown[]; readonly left: number }> {
  const found = await seenAssignments(work);
  const people = await loadPeople(
    work,
    found.map(({ assignment }) => assignment.personId),
  );
  const today = localDate(work.now, work.programme.timeZone);
  const cards = found.slice(0, most).map(({ engagement, assignment, sight }) => ({
    engagement,
    sight,
    issoName: nameOf(people, assignment.personId),
    days: assignment.days,
    onboarding: onboardingOf(assignment, today),
  }));
  return { cards, left: found.length - cards.length };
}

interface Seen {
  readonly engagement: Engagement;
  readonly assignment: Assignment;
  readonly sight: CardShown['sight'];
}

async function seenAssignments({ tx, person }: Looking): Promise<Seen[]> {
  const own = new Map((await tx.engagements.ofPerson(person.id)).map((each) => [each.id, each]));
  const seen: Seen[] = [];
  for (const assignment of assignmentsOf(await tx.milestones.named(MILESTONES))) {
    const isOwnCard = assignment.personId === person.id;
    if (!isOwnCard && !own.has(assignment.engagementId)) continue;
    const engagement =
      own.get(assignment.engagementId) ?? (await tx.engagements.get(assignment.engagementId));
    const sight = engagement ? cardSight(person, assignment.personId, engagement) : null;
    if (engagement && sight) seen.push({ engagement, assignment, sight });
  }
  return seen;
}
