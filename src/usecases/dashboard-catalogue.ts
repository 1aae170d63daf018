/** The catalogue for the dashboard: each offering, and how it is taken up. */
import { lastNinetyDays, type Period } from '../domain/period.ts';
import type { Offering } from '../offerings/offering.ts';
import { adoptionNow, type OfferingAdoption } from './adoption.ts';
import type { Looking } from './dashboard.ts';
import { programmeToday } from './work.ts';

export interface OfferingShown {
  readonly offering: Pick<Offering, 'name' | 'purpose' | 'status' | 'provider'>;
  /** Null where nothing is counted. */
  readonly used: OfferingAdoption | null;
}

export interface CatalogueShown {
  readonly period: Period;
  readonly offerings: readonly OfferingShown[];
  /** Counts of people below it are not told. */
  readonly smallest: number;
}

/** Every offering with its adoption of the last 90 days, counted as the measures are. */
export async function catalogueForDashboard(looking: Looking): Promise<CatalogueShown> {
  const { programme } = looking;
  const { offerings } = await adoptionNow(looking);
  return {
    period: lastNinetyDays(programmeToday(looking)),
    offerings: programme.catalogue.offerings.map((offering) => ({
      offering,
      used: offerings.find(({ key }) => key === offering.key) ?? null,
    })),
    smallest: programme.smallestGroup,
  };
}
