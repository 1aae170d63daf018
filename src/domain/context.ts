/**
 * The context score (domain reference 3.5): six factors of 0 to 3 points, each with what explains it, and the tier.
 * The points themselves are assumed and come in as `ContextWeights`.
 */

import { type ContextWeights, type ScoreLine, scoreLines } from './context-factors.ts';
import type { ContextFacts, FipsImpact, FipsLevel } from './context-facts.ts';
import { TIERS, type Tier } from './course.ts';
import type { Result } from './result.ts';
import { accepted, refused } from './result.ts';
import type { LocalDate } from './time.ts';

/** Why a tier can't be lower: a High Value Asset, or an overall level of High. */
export type TierFloor = 'high_value_asset' | 'fips_high';

export interface ContextScore {
  /** One line for each factor, in the order of `CONTEXT_FACTORS`. */
  readonly lines: readonly ScoreLine[];
  readonly sum: number;
  readonly overallFips: FipsLevel;
  /** By the sum alone. */
  readonly tierBySum: Tier;
  readonly floors: readonly TierFloor[];
  /** By the sum, raised where a floor holds. */
  readonly tier: Tier;
}

/** The tier that counts; `override` when people set another one than the score gives. */
export interface SettledTier {
  readonly tier: Tier;
  readonly override: { readonly reason: string } | null;
}

/**
 * The overall level: the highest of the three (FIPS 200, "high water mark"). While one isn't categorized the overall
 * level is known only when another is High already.
 */
export function overallFips({ confidentiality, integrity, availability }: FipsImpact): FipsLevel {
  const all = [confidentiality, integrity, availability];
  const order = ['high', 'not_categorized', 'moderate', 'low'] as const;
  return order.find((level) => all.includes(level)) ?? 'not_categorized';
}

/** What keeps the tier up: "an HVA, or overall FIPS 199 = High, is never below Complex" (domain reference 3.5). */
export function tierFloors(facts: Pick<ContextFacts, 'fips' | 'highValueAsset'>): readonly TierFloor[] {
  return [
    ...(facts.highValueAsset === 'yes' ? (['high_value_asset'] as const) : []),
    ...(overallFips(facts.fips) === 'high' ? (['fips_high'] as const) : []),
  ];
}

/** The whole score on `today`, which decides how near the end of an ATO is. */
export function scoreContext(facts: ContextFacts, weights: ContextWeights, today: LocalDate): ContextScore {
  const lines = scoreLines(facts, weights, today);
  const sum = lines.reduce((total, { points }) => total + points, 0);
  const tierBySum = weights.tiers.find(({ from }) => sum >= from)?.tier ?? TIERS[0];
  const floors = tierFloors(facts);
  const isRaised = floors.length > 0 && isBelow(tierBySum, weights.floor);
  return {
    lines,
    sum,
    overallFips: overallFips(facts.fips),
    tierBySum,
    floors,
    tier: isRaised ? weights.floor : tierBySum,
  };
}

/** Is a tier less demanding than the other? */
export const isBelow = (tier: Tier, other: Tier): boolean => TIERS.indexOf(tier) < TIERS.indexOf(other);

/**
 * The tier that counts when people ask for another (null: they don't). Refused: no reason, or below `floor` while a
 * floor holds. Asking for the tier that the score gives is no override.
 */
export function settleTier(
  score: Pick<ContextScore, 'tier' | 'floors'>,
  wanted: { readonly tier: Tier; readonly reason: string } | null,
  floor: Tier,
): Result<SettledTier, 'below-floor' | 'no-reason'> {
  if (wanted === null || wanted.tier === score.tier) return accepted({ tier: score.tier, override: null });
  if (score.floors.length > 0 && isBelow(wanted.tier, floor)) return refused('below-floor');
  const reason = wanted.reason.trim();
  return reason === '' ? refused('no-reason') : accepted({ tier: wanted.tier, override: { reason } });
}
