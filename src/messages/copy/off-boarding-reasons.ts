/** Why an engagement ends or its Service ISSO is changed (domain reference 2.2), in words. */

/** As whoever decides picks them. */
export const END_REASONS = [
  { id: 'term_ended', label: 'The agreed time is over' },
  { id: 'isso_departed', label: 'The Service ISSO leaves' },
  { id: 'skill_mismatch', label: 'Other skills are needed' },
  { id: 'scope_changed', label: 'The work has changed' },
  { id: 'funding_changed', label: 'The funding has changed' },
  { id: 'performance', label: 'The work is not as agreed' },
  { id: 'system_retired', label: 'The system is being retired' },
  { id: 'other', label: 'Another reason' },
] as const;

export const REASSIGN_REASONS = END_REASONS.filter(
  ({ id }) => id !== 'term_ended' && id !== 'system_retired',
);

type EndReason = (typeof END_REASONS)[number]['id'];

/** As everybody who takes part may read them: nothing of how somebody worked or why they leave. */
const SAID: Readonly<Record<EndReason, string>> = {
  term_ended: 'the agreed time is over',
  isso_departed: 'the Service ISSO is no longer available',
  skill_mismatch: 'other skills are needed',
  scope_changed: 'the work has changed',
  funding_changed: 'the funding has changed',
  performance: 'another arrangement was agreed',
  system_retired: 'the system is being retired',
  other: 'another arrangement was agreed',
};

/** The plain words of a reason for everybody; null for a code that is none of these. */
export function endReasonWords(code: string): string | null {
  const found = END_REASONS.find(({ id }) => id === code);
  return found ? SAID[found.id] : null;
}
