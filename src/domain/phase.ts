/**
 * The phases in which an agency moves to a shared service (GSA's M3 Playbook), and which of them a request is in. The mapping to the
 * states of an engagement is assumed (domain reference 8.2).
 */
import type { EngagementState } from './engagement-states.ts';

export const PHASES = [
  'assessment',
  'readiness',
  'selection',
  'engagement',
  'migration',
  'operations',
] as const;
export type Phase = (typeof PHASES)[number];

const PHASE_OF: Readonly<Record<EngagementState, Phase | null>> = {
  DRAFT: 'readiness',
  REQUESTED: 'selection',
  KICKOFF_PENDING: 'selection',
  KICKOFF_HELD: 'engagement',
  FORM_COMPLETE: 'engagement',
  CONTEXT_ASSESSED: 'engagement',
  SKILLS_CATEGORIZED: 'engagement',
  MATCHING: 'engagement',
  CANDIDATE_PROPOSED: 'engagement',
  ISSO_IDENTIFIED: 'engagement',
  ONBOARDING: 'migration',
  ACTIVE: 'operations',
  PAUSED: 'operations',
  EXTENSION_REVIEW: 'operations',
  REASSIGNING: 'operations',
  OFFBOARDING: 'operations',
  CLOSED: null,
  WITHDRAWN: null,
  DECLINED: null,
};

/** The phase of an engagement in that state; null once it has ended. */
export const phaseOf = (state: EngagementState): Phase | null => PHASE_OF[state];
