/** The Information Card as it is kept: one paper for each Service ISSO in an engagement, a version for every change. */
import { z } from 'zod';
import { type Card, ITEM_STATUSES, newCard } from '../domain/card.ts';
import { type CardFacts, followFacts } from '../domain/card-progress.ts';
import { CARD_PARTIES, type CardTemplate } from '../domain/card-template.ts';
import type { Engagement } from '../domain/engagement.ts';
import type { PersonId } from '../domain/ids.ts';
import { nextVersion, type Paper, subjectOf } from '../domain/paper.ts';
import { type LocalDate, localDate } from '../domain/time.ts';
import { curriculumDoneOn } from '../domain/training-record.ts';
import { parseAnswers } from '../forms/form.ts';
import { offeringOf } from '../offerings/catalogue.ts';
import { CURRICULUM } from '../offerings/curriculum.ts';
import { newestTemplate, templateOf } from '../offerings/offering.ts';
import { isPrepared, PREPARATION } from '../offerings/preparation.ts';
import { lastHeldOf } from './meeting-held.ts';
import { trainingNow, trainingOf } from './training-now.ts';
import type { Work } from './work.ts';

const KIND = 'information-card';

const day = z.iso.date();
const instant = z.coerce.date();
const [notStarted, waitingOn, requested, inProgress, submitted, done, blocked, notNeeded] = ITEM_STATUSES;
const state = z.discriminatedUnion('is', [
  z.object({ is: z.enum([notStarted, requested, inProgress, submitted]) }),
  z.object({ is: z.literal(waitingOn), party: z.enum(CARD_PARTIES) }),
  z.object({ is: z.literal(done), reference: z.string().nullable() }),
  z.object({ is: z.literal(blocked), reason: z.string() }),
  z.object({ is: z.literal(notNeeded), byId: z.string(), why: z.string() }),
]);
const cardSchema: z.ZodType<Card> = z.object({
  templateVersion: z.number(),
  dayZeroOn: day,
  items: z.array(
    z.object({
      key: z.string(),
      state,
      requestedOn: day.nullable(),
      doneOn: day.nullable(),
      // Cards of before know nothing of these.
      begunOn: day.nullable().default(null),
      movedTo: day.nullable().default(null),
      snoozedUntil: day.nullable().default(null),
      reopened: z.number().default(0),
      nextAction: z.string().nullable(),
      changed: z.object({ byId: z.string().nullable(), at: instant }).nullable(),
    }),
  ),
});

/** A card with the template it was made with; `version` 0: not kept yet. */
export interface KeptCard {
  readonly engagement: Engagement;
  readonly personId: PersonId;
  readonly card: Card;
  readonly template: CardTemplate;
  readonly version: number;
}

type Keeping = Pick<Work, 'tx' | 'now' | 'programme'> & Partial<Pick<Work, 'person'>>;

/** The card that the paper is. Throws (a bug) for another paper. */
export const cardIn = (paper: Pick<Paper, 'answers'>): Card => cardSchema.parse(paper.answers);

type Offered = Pick<Work, 'programme'>;

/** What a new card of the engagement is made of. */
export const newestOf = ({ programme }: Offered, engagement: Engagement): CardTemplate =>
  newestTemplate(offeringOf(programme.catalogue, engagement));

/** What a card of the engagement was made of at that version. */
export const templateAt = (
  { programme }: Offered,
  engagement: Pick<Engagement, 'offering'>,
  version: number,
): CardTemplate => templateOf(offeringOf(programme.catalogue, engagement), version);

const kept = (work: Offered, engagement: Engagement, personId: PersonId, paper: Paper): KeptCard => {
  const card = cardIn(paper);
  const template = templateAt(work, engagement, card.templateVersion);
  return { engagement, personId, card, template, version: paper.version };
};

/** The card as it is now, with what follows from elsewhere; a new one that is not kept yet where onboarding began without; null before. */
export async function cardNow(
  work: Keeping,
  engagement: Engagement,
  personId: PersonId | null = engagement.course.serviceIssoId,
): Promise<KeptCard | null> {
  if (personId === null) return null;
  const found = await latestCard(work, engagement, personId);
  if (!found) return null;
  return { ...found, card: await withFacts(work, found, found.card) };
}

/**
 * The card with what follows from elsewhere. What an engagement knows is about its present Service ISSO. `isOpenedAgain`: a line is,
 * and what the training record has by that line alone is opened with it.
 */
export async function withFacts(
  work: Keeping,
  { engagement, personId, template }: Pick<KeptCard, 'engagement' | 'personId' | 'template'>,
  card: Card,
  isOpenedAgain = false,
): Promise<Card> {
  if (personId !== engagement.course.serviceIssoId) return card;
  const facts = await factsOf(work, engagement, personId, card.dayZeroOn, isOpenedAgain);
  return followFacts(template, card, facts, work.now);
}

async function latestCard(
  work: Keeping,
  engagement: Engagement,
  personId: PersonId,
): Promise<KeptCard | null> {
  const paper = await work.tx.papers.latest(KIND, subjectOf(engagement.id, personId));
  if (paper) return kept(work, engagement, personId, paper);
  const { serviceIssoId, dayZeroOn } = engagement.course;
  if (personId !== serviceIssoId || dayZeroOn === null) return null;
  const template = newestOf(work, engagement);
  const card = newCard(template, dayZeroOn, await earlierCards(work, engagement, personId));
  return { engagement, personId, card, template, version: 0 };
}

/** As it was kept at that instant; null when there was none. */
export async function cardAsOf(
  work: Pick<Work, 'tx' | 'programme'>,
  engagement: Engagement,
  personId: PersonId,
  at: Date,
): Promise<KeptCard | null> {
  const paper = await work.tx.papers.asOf(KIND, subjectOf(engagement.id, personId), at);
  return paper && kept(work, engagement, personId, paper);
}

/** The person's cards of other engagements in which they are the Service ISSO now, newest first. */
async function earlierCards(
  { tx }: Keeping,
  engagement: Engagement,
  personId: PersonId,
): Promise<readonly Card[]> {
  const others = (await tx.engagements.assignedTo(personId)).filter(
    ({ id, course, state: at }) =>
      id !== engagement.id && course.serviceIssoId === personId && at !== 'OFFBOARDING' && at !== 'CLOSED',
  );
  const papers = await tx.papers.latestOf(
    KIND,
    others.map(({ id }) => subjectOf(id, personId)),
  );
  return papers.toSorted((a, b) => b.at.getTime() - a.at.getTime()).map(cardIn);
}

/** What is known elsewhere and settles lines of the card of the present Service ISSO. */
async function factsOf(
  work: Keeping,
  engagement: Engagement,
  personId: PersonId,
  dayZeroOn: LocalDate,
  isOpenedAgain: boolean,
): Promise<CardFacts> {
  const { letter, activeSinceOn } = engagement.course;
  const meeting = await lastHeldOf(work, 'initial', engagement.id, new Date(work.now.getTime() + 1));
  const heldOn = meeting?.heldOn ?? null;
  const training = await trainingNow(work, personId);
  const dates = await trainingOf(work, engagement, personId, training, isOpenedAgain);
  return {
    letter,
    preparedOn: await preparedOn(work, engagement),
    // One that was held with somebody before them was another meeting.
    initialMeetingOn: heldOn !== null && heldOn >= dayZeroOn ? heldOn : null,
    trainingDoneOn: dates.doneOn,
    curriculumDoneOn: curriculumDoneOn(CURRICULUM, training.record),
    workSinceOn: activeSinceOn,
  };
}

async function preparedOn({ tx, programme }: Keeping, { id }: Engagement): Promise<LocalDate | null> {
  const paper = await tx.papers.latest('preparation', id);
  if (!paper || !isPrepared(parseAnswers(PREPARATION, paper.answers).answers)) return null;
  return localDate(paper.at, programme.timeZone);
}

/** Keeps the card as the next version, unless it is kept so already; answers whether it was. `reason`: why something settled is open again. */
export async function keepCard(
  work: Keeping,
  { engagement, personId }: Pick<KeptCard, 'engagement' | 'personId'>,
  card: Card,
  reason: string | null = null,
): Promise<boolean> {
  const subject = subjectOf(engagement.id, personId);
  const latest = await work.tx.papers.latest(KIND, subject);
  if (latest && JSON.stringify(cardIn(latest)) === JSON.stringify(card)) return false;
  const paper = nextVersion(latest, {
    kind: KIND,
    subject,
    formVersion: card.templateVersion,
    answers: { ...card },
    byId: work.person?.id ?? null,
    at: work.now,
    reason,
  });
  if (!(await work.tx.papers.insert(paper)))
    throw new Error('the card changed while its engagement was locked');
  return true;
}

/** Keeps what follows by itself: signatures of the letter, a meeting that was held. The engagement is locked. */
export async function followCard(work: Keeping, engagement: Engagement): Promise<boolean> {
  const now = await cardNow(work, engagement);
  return now === null ? false : keepCard(work, now, now.card);
}
