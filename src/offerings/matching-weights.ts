/** The figures of matching (domain reference 7.5, all of them assumed): change them here. */
import type { MatchingSettings } from '../domain/matching-terms.ts';
import { CERTIFICATIONS, EXPERIENCE_BANDS } from './certifications.ts';

export const MATCHING: MatchingSettings = {
  weights: { tasks: 35, areas: 20, context: 20, certification: 10, availability: 10, continuity: 5 },
  coveredFrom: 2,
  context: { fips: 5, hva: 3, mef: 2, dataKind: 2, hosting: 3, deliveryModel: 2 },
  certification: { tier: 7, upper: 3, privacy: 3, other: 1 },
  availability: { start: 5, hours: 3, overlap: 2 },
  lateDays: 30,
  continuity: { system: 5, component: 3 },
  bands: { strong: 75, workable: 60 },
  // Interim results allow access, 38 days after the start of onboarding; the request for them is in by day 12 (4.3).
  screeningDays: { none: 38, requested: 26, interim: 0, full: 0 },
  certifications: Object.fromEntries(CERTIFICATIONS.map(({ id, worth }) => [id, worth])),
  experience: EXPERIENCE_BANDS,
  top: 3,
};
