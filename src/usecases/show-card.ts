/** The Information Cards that concern a person, as far as they may see them. */
import { type CardSight, cardSight, mayEver } from '../domain/access.ts';
import type { Engagement } from '../domain/engagement.ts';
import type { PersonId, RequestNumber } from '../domain/ids.ts';
import { MILESTONES } from '../domain/milestone.ts';
import { onboardingOf } from '../domain/onboarding.ts';
import type { Person } from '../domain/person.ts';
import type { LocalDate } from '../domain/time.ts';
import { type Assignment, assignmentsOf } from '../domain/training.ts';
import { type CardShown, cardMessage } from '../messages/copy/information-card.ts';
import { nameOf } from '../messages/copy/people.ts';
import { noAccess } from '../messages/copy/refusals.ts';
import type { Message } from '../messages/message.ts';
import { planNow } from './card-plan-now.ts';
import { drawWhole, endOf } from './draw-card.ts';
import { cardAsOf, cardNow, type KeptCard } from './information-card.ts';
import { loadPeople } from './tell.ts';
import { type Answer, answerPrivately, programmeToday, type Work } from './work.ts';

const MOST_CARDS = 10;

type Looking = Pick<Work, 'tx' | 'now' | 'person' | 'programme'>;

/** `card`: one's own card whole; for others those of the Service ISSOs of their requests, and for who keeps cards those in onboarding. */
export async function showCard(work: Work): Promise<Answer> {
  const seen = await seenAssignments(work);
  const own = seen.filter(({ assignment }) => assignment.personId === work.person.id);
  const [only] = own;
  if (only && own.length === 1) {
    const kept = await cardNow(work, only.engagement, work.person.id);
    if (kept) return answerPrivately(await drawFor(work, kept, 'dates'));
  }
  const recordsDates = mayEver(work.person, 'milestone.record-some');
  const shown = seen.length === 0 && recordsDates ? await inOnboarding(work) : seen;
  const { cards, left } = await draw(work, shown, MOST_CARDS);
  return answerPrivately(cardMessage(cards, left, recordsDates));
}

/** `card ISSO-2026-0042`, of its present Service ISSO or of the person named; `asOf` the end of that day, null for now. */
export async function showCardOf(
  work: Work,
  number: RequestNumber,
  personId: PersonId | null,
  asOf: LocalDate | null,
): Promise<Answer> {
  const engagement = await work.tx.engagements.byNumber(number);
  const whom = personId ?? engagement?.course.serviceIssoId ?? null;
  const sight = engagement && whom !== null ? cardSight(work.person, whom, engagement) : null;
  if (!engagement || whom === null || !sight) return answerPrivately(noAccess(number));
  const kept = await keptAt(work, engagement, whom, asOf);
  if (!kept) return answerPrivately(await compact(work, engagement, whom, sight));
  return answerPrivately(await drawFor(work, kept, sight, asOf));
}

/** `card Ines Sorensen`: the card whole where there is one, else a list of them. */
export async function showCardsOf(work: Work, person: Person): Promise<Answer> {
  const found = (await assignments(work)).filter(({ personId }) => personId === person.id);
  const seen = await seenOf(work, found, new Map());
  const [only] = seen;
  if (only && seen.length === 1) {
    const kept = await cardNow(work, only.engagement, person.id);
    if (kept) return answerPrivately(await drawFor(work, kept, only.sight));
  }
  const { cards, left } = await draw(work, seen, MOST_CARDS);
  return answerPrivately(cardMessage(cards, left, false));
}

function keptAt(
  work: Work,
  engagement: Engagement,
  personId: PersonId,
  asOf: LocalDate | null,
): Promise<KeptCard | null> {
  if (asOf === null) return cardNow(work, engagement, personId);
  return cardAsOf(work, engagement, personId, endOf(work, asOf));
}

/** A card that is not kept yet is known by its dates. */
async function compact(
  work: Looking,
  engagement: Engagement,
  personId: PersonId,
  sight: CardSight,
): Promise<Message> {
  const found = (await assignments(work)).find(
    (each) => each.engagementId === engagement.id && each.personId === personId,
  );
  // Somebody who has no part in it has no card of it.
  if (!found && personId !== engagement.course.serviceIssoId) return noAccess(engagement.number);
  const assignment = found ?? { engagementId: engagement.id, personId, days: {} };
  const { cards } = await draw(work, [{ engagement, assignment, sight }], 1);
  return cardMessage(cards, 0, false);
}

/** The card as its reader may see it. */
async function drawFor(
  work: Work,
  kept: KeptCard,
  sight: CardSight,
  asOf: LocalDate | null = null,
): Promise<Message> {
  const { engagement, personId } = kept;
  const [shown] = (await draw(work, [await seenBy(work, engagement, personId, sight)], 1)).cards;
  if (!shown) throw new Error('a card is drawn that is not there');
  if (sight === 'progress') return cardMessage([shown], 0, false);
  return drawWhole(work, kept, shown, asOf);
}

async function seenBy(
  work: Looking,
  engagement: Engagement,
  personId: PersonId,
  sight: CardSight,
): Promise<Seen> {
  const own = assignmentsOf(await work.tx.milestones.ofEngagement(engagement.id));
  const assignment = own.find((each) => each.personId === personId);
  return { engagement, sight, assignment: assignment ?? { engagementId: engagement.id, personId, days: {} } };
}

/** The first `most` cards that this person may see something of, and how many more there are. */
export async function loadCards(
  work: Looking,
  most: number,
): Promise<{ readonly cards: readonly CardShown[]; readonly left: number }> {
  return draw(work, await seenAssignments(work), most);
}

async function draw(
  work: Looking,
  found: readonly Seen[],
  most: number,
): Promise<{ readonly cards: readonly CardShown[]; readonly left: number }> {
  const people = await loadPeople(
    work,
    found.map(({ assignment }) => assignment.personId),
  );
  const today = programmeToday(work);
  const cards: CardShown[] = [];
  for (const { engagement, assignment, sight } of found.slice(0, most)) {
    const kept = await cardNow(work, engagement, assignment.personId);
    const now = kept && (await planNow(work, kept));
    cards.push({
      engagement,
      sight,
      issoName: nameOf(people, assignment.personId),
      days: assignment.days,
      onboarding: onboardingOf(assignment, today),
      kept:
        kept && now
          ? {
              card: kept.card,
              template: kept.template,
              readyOn: now.forecast.readyOn,
              standing: now.standing,
            }
          : null,
      today,
    });
  }
  return { cards, left: found.length - cards.length };
}

interface Seen {
  readonly engagement: Engagement;
  readonly assignment: Assignment;
  readonly sight: CardSight;
}

const assignments = async ({ tx }: Pick<Work, 'tx'>): Promise<readonly Assignment[]> =>
  assignmentsOf(await tx.milestones.named(MILESTONES));

async function seenAssignments(work: Looking): Promise<readonly Seen[]> {
  const own = new Map((await work.tx.engagements.ofPerson(work.person.id)).map((each) => [each.id, each]));
  const concerned = (await assignments(work)).filter(
    ({ personId, engagementId }) => personId === work.person.id || own.has(engagementId),
  );
  return seenOf(work, concerned, own);
}

/** Those in onboarding, for who keeps cards and has none of their own. */
async function inOnboarding(work: Looking): Promise<readonly Seen[]> {
  const open = await work.tx.engagements.inStates(['ONBOARDING'], MOST_CARDS * 5);
  const known = new Map(open.map((each) => [each.id, each]));
  const present = (await assignments(work)).filter(
    ({ engagementId, personId }) => known.get(engagementId)?.course.serviceIssoId === personId,
  );
  return seenOf(work, present, known);
}

async function seenOf(
  { tx, person }: Looking,
  found: readonly Assignment[],
  known: ReadonlyMap<string, Engagement>,
): Promise<readonly Seen[]> {
  const seen: Seen[] = [];
  for (const assignment of found) {
    const engagement =
      known.get(assignment.engagementId) ?? (await tx.engagements.get(assignment.engagementId));
    const sight = engagement ? cardSight(person, assignment.personId, engagement) : null;
    if (engagement && sight) seen.push({ engagement, assignment, sight });
  }
  return seen;
}
