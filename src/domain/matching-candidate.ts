/** Who of a shortlist can be proposed for an engagement, and what has to be said with it (domain reference 2.2, T9 and T11; 7.5). Pure. */
import type { EngagementId, PersonId } from './ids.ts';
import { type Choice, choiceOf, type Shortlist } from './matching.ts';
import type { Fit } from './matching-terms.ts';

/** The seed of an engagement's shortlist, from 0 to 2^32 - 1: FNV-1a over its id, so that it never changes and needs no keeping. */
export function seedOf(engagementId: EngagementId): number {
  let hash = 0x811c9dc5;
  for (const unit of engagementId) hash = Math.imul(hash ^ (unit.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}

/** Those who can be proposed as they are, and those who were declined for this engagement before. */
export interface OpenList {
  readonly open: Shortlist;
  readonly passedOver: readonly Fit[];
}

/** Takes those who were declined out of the order; `top`: how many are put forward. */
export function withoutPassedOver(
  list: Shortlist,
  passedOverIds: readonly PersonId[],
  top: number,
): OpenList {
  const isPassedOver = ({ personId }: Fit): boolean => passedOverIds.includes(personId);
  const ranked = list.ranked.filter((fit) => !isPassedOver(fit));
  return {
    open: { ...list, ranked, top: ranked.filter(({ isEligible }) => isEligible).slice(0, top) },
    passedOver: list.ranked.filter(isPassedOver),
  };
}

/**
 * What has to be said when `personId` is proposed; null when they are not on the list. Somebody who was declined before needs an
 * exception, and nobody who was declined stands before another.
 */
export function proposalOf(
  list: Shortlist,
  passedOverIds: readonly PersonId[],
  personId: PersonId,
): (Choice & { readonly wasDeclined: boolean }) | null {
  const wasDeclined = passedOverIds.includes(personId);
  const ranked = list.ranked.filter(
    (fit) => fit.personId === personId || !passedOverIds.includes(fit.personId),
  );
  const choice = choiceOf({ ...list, ranked }, personId);
  return choice && { ...choice, wasDeclined, needsException: choice.needsException || wasDeclined };
}

/** True when they are proposed elsewhere as well and their free hours a week don't do for both. */
export const isPromised = (
  { freeHours }: Pick<Fit, 'freeHours'>,
  promisedHours: number,
  neededHours: number,
): boolean => promisedHours > 0 && freeHours - promisedHours < neededHours;
