/** The services of the catalogue as they stand today, and the one that somebody names. */
import { availabilityOf } from '../domain/offering-record.ts';
import { fold } from '../forms/text.ts';
import type { OfferingShown } from '../messages/copy/catalogue.ts';
import type { Offering } from '../offerings/offering.ts';
import { programmeToday, type Work } from './work.ts';

type Looking = Pick<Work, 'now' | 'programme'>;

/** Longer words name no service. */
const LONGEST_NAME = 80;

/** With whether it can be asked for today, in the programme's zone. */
export const shownOf = (work: Looking, offering: Offering): OfferingShown => ({
  ...offering,
  availability: availabilityOf(offering, programmeToday(work)),
});

/** All that may be shown, in the order of the catalogue. */
export const allShown = (work: Looking): readonly OfferingShown[] =>
  work.programme.catalogue.offerings.map((each) => shownOf(work, each));

/** Whether somebody may ask for it now. */
export const isOpen = (work: Looking, offering: Offering): boolean =>
  availabilityOf(offering, programmeToday(work)) === 'open';

/** The service whose key, name or other name the whole text is; null for anything else. An article before it counts for nothing. */
export function offeringNamed({ programme }: Pick<Work, 'programme'>, typed: string): Offering | null {
  if (typed.length > LONGEST_NAME) return null;
  const wanted = fold(typed).replace(/^(?:the|an?|some) /u, '');
  return (
    programme.catalogue.offerings.find((each) =>
      [each.key, each.key.replaceAll('_', ' '), each.name, ...each.alsoCalled].some(
        (name) => fold(name) === wanted,
      ),
    ) ?? null
  );
}
