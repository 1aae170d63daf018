/** What is said of a line that belongs to the person is kept on all their running cards (domain reference 4.3). */
import { type Card, itemOf } from '../domain/card.ts';
import { mirrored, takenOver } from '../domain/card-mirror.ts';
import type { Engagement } from '../domain/engagement.ts';
import type { RequestNumber } from '../domain/ids.ts';
import { record } from './change-engagement.ts';
import { cardNow, type KeptCard, keepCard } from './information-card.ts';
import { trainedEngagements } from './training-now.ts';
import type { Work } from './work.ts';

type Own = Pick<KeptCard, 'engagement' | 'personId' | 'template'>;

/**
 * Locks the engagement and the others of its Service ISSO, by number, so that two people who change two cards of one person wait for
 * each other and never both. Call it before any other of them is locked.
 */
export async function lockCards({ tx }: Pick<Work, 'tx'>, number: RequestNumber): Promise<Engagement | null> {
  const personId = (await tx.engagements.byNumber(number))?.course.serviceIssoId ?? null;
  const own = personId === null ? [] : await trainedEngagements({ tx }, personId);
  let opened: Engagement | null = null;
  for (const each of [...new Set([number, ...own.map((of) => of.number)])].toSorted()) {
    const locked = await tx.engagements.forChange(each);
    if (each === number) opened = locked;
  }
  return opened;
}

/** The person's cards in the other engagements in which they are the Service ISSO now, by number; those that are kept. */
async function otherCards(work: Work, { engagement, personId }: Own): Promise<readonly KeptCard[]> {
  const found: KeptCard[] = [];
  for (const each of await trainedEngagements(work, personId)) {
    if (each.id === engagement.id) continue;
    const locked = await work.tx.engagements.forChange(each.number);
    const kept = locked?.course.serviceIssoId === personId ? await cardNow(work, locked) : null;
    // One that nobody keeps yet is made of the others whenever it is looked at.
    if (kept && kept.version > 0) found.push(kept);
  }
  return found;
}

/** The card with the lines that came up anew since `before` as they stand on the person's other cards. */
export async function withOthers(work: Work, own: Own, before: Card, card: Card): Promise<Card> {
  return takenOver(before, { template: own.template, card }, await otherCards(work, own));
}

/**
 * Keeps what follows from the change of a card on the person's other cards, each as a version with its entry in the record.
 * `reason`: why something settled is open again. Answers in which engagements, by number.
 */
export async function mirrorCard(
  work: Work,
  opened: Own & Pick<KeptCard, 'card'>,
  card: Card,
  reason: string | null,
): Promise<readonly Engagement[]> {
  const changed: Engagement[] = [];
  for (const other of await otherCards(work, opened)) {
    const next = mirrored(opened.card, { template: opened.template, card }, other);
    if (next === other.card) continue;
    await keepCard(work, other, next, reason);
    await recordLines(work, opened.engagement, other, next);
    changed.push(other.engagement);
  }
  return changed;
}

async function recordLines(
  work: Work,
  from: Engagement,
  { engagement, personId, card }: KeptCard,
  next: Card,
): Promise<void> {
  for (const after of next.items) {
    const before = itemOf(card, after.key);
    if (before === after) continue;
    await record(work, engagement, {
      verb: 'card.change',
      from: engagement.state,
      to: engagement.state,
      facts: {
        person: personId,
        item: after.key,
        before: before?.state.is ?? '',
        after: after.state.is,
        follows: from.id,
      },
    });
  }
}
