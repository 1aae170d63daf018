/**
 * Who fits a need, and how well (domain reference 7.5): hard gates, a score from 0 to 100 with its reasons, an order, the first
 * three. Pure. It looks at skills, time and experience only, and a human decides.
 */
import { freeHours, gatesOf, readyOn } from './matching-gates.ts';
import { partsOf } from './matching-score.ts';
import type { Band, Contender, Fit, Gap, MatchingSettings, Need, ScorePart } from './matching-terms.ts';
import { isInBand, meets } from './skills.ts';
import type { LocalDate } from './time.ts';

/** How `contender` fits `need` on the day `today`. */
export function fitOf(contender: Contender, need: Need, settings: MatchingSettings, today: LocalDate): Fit {
  const { profile, loadHours } = contender;
  const gates = gatesOf(contender, need, settings, today);
  const parts = partsOf(contender, need, settings, today);
  const score = parts.reduce((sum, { points }) => sum + points, 0);
  return {
    personId: profile.personId,
    profileVersion: profile.version,
    gates,
    isEligible: gates.every(({ isPassed }) => isPassed),
    parts,
    score,
    band: bandOf(score, settings),
    gaps: gapsOf(contender, need, settings, parts),
    niceToHave: need.niceToHave.map((key) => ({ key, isMet: meets(profile, key, settings.coveredFrom) })),
    experienceYears: profile.experienceYears,
    readyOn: readyOn(profile, settings, today),
    loadHours,
    freeHours: freeHours(contender),
  };
}

/** Strong, workable with a plan, or not to be proposed unless the GTL allows it. */
export function bandOf(score: number, { bands }: Pick<MatchingSettings, 'bands'>): Band {
  if (score >= bands.strong) return 'strong';
  return score >= bands.workable ? 'workable' : 'weak';
}

function gapsOf(
  { profile }: Contender,
  need: Need,
  settings: MatchingSettings,
  parts: readonly ScorePart[],
): readonly Gap[] {
  const missing = (part: ScorePart['key'], kind: Gap['kind']): readonly Gap[] =>
    (parts.find(({ key }) => key === part)?.items ?? [])
      .filter(({ isMet }) => !isMet)
      .map(({ key }) => ({ kind, key }));
  const tier = missing('certification', 'certification').filter(({ key }) => key === 'tier');
  return [
    ...missing('tasks', 'task'),
    ...missing('areas', 'area'),
    ...missing('context', 'context'),
    ...tier.map(({ kind }) => ({ kind, key: need.certificationTier })),
    ...(isInBand(profile, settings.experience[need.experienceBand])
      ? []
      : [{ kind: 'experience', key: need.experienceBand } as const]),
  ];
}

/** Who was looked at, in order, and what the order can be made again from. */
export interface Shortlist {
  /** Everybody: first those who pass every gate, each by score; then the others. */
  readonly ranked: readonly Fit[];
  /** The first of those who pass every gate, three as a rule. */
  readonly top: readonly Fit[];
  /** Settles what is equal in everything else; kept, so that the order can be checked. */
  readonly seed: number;
  readonly today: LocalDate;
}

/**
 * Everybody in order. Equal scores go by the earlier day on which they are ready, then the lower load, then a draw that
 * `seed` (a whole number) and the person settle: the same seed gives the same order, however the people are listed.
 */
export function shortlist(
  contenders: readonly Contender[],
  need: Need,
  settings: MatchingSettings,
  { seed, today }: Pick<Shortlist, 'seed' | 'today'>,
): Shortlist {
  const ranked = contenders
    .map((contender) => fitOf(contender, need, settings, today))
    .toSorted((one, other) => compareFits(one, other, seed));
  return { ranked, top: ranked.filter(({ isEligible }) => isEligible).slice(0, settings.top), seed, today };
}

/** Below 0 when `one` comes first; 0 only for the same person. */
export function compareFits(one: Fit, other: Fit, seed: number): number {
  return (
    Number(other.isEligible) - Number(one.isEligible) ||
    other.score - one.score ||
    compare(one.readyOn, other.readyOn) ||
    one.loadHours - other.loadHours ||
    lot(seed, one.personId) - lot(seed, other.personId) ||
    compare(one.personId, other.personId)
  );
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** A number from 0 to 2^32 - 1 for this seed and this person: FNV-1a over both, mixed so that near ids fall far apart. */
function lot(seed: number, personId: string): number {
  let hash = 0x811c9dc5;
  for (const unit of `${seed} ${personId}`) hash = Math.imul(hash ^ (unit.codePointAt(0) ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** What has to be said when somebody of a shortlist is proposed. */
export interface Choice {
  readonly fit: Fit;
  /** Not on top: the reason has to be recorded. */
  readonly isTop: boolean;
  /** A gate is shut or the score is too low: a written reason, and the GTL has to allow it. */
  readonly needsException: boolean;
}

/** The choice of `personId`; null when they are not on the list. */
export function choiceOf({ ranked }: Shortlist, personId: string): Choice | null {
  const fit = ranked.find((each) => each.personId === personId);
  if (!fit) return null;
  return { fit, isTop: fit === ranked[0], needsException: !fit.isEligible || fit.band === 'weak' };
}
