/** The states of an engagement and which may follow which (domain reference 2.1 and 2.2). */

/** In the order of the ordinary way; the last three are final. */
export const ENGAGEMENT_STATES = [
  'DRAFT',
  'REQUESTED',
  'KICKOFF_PENDING',
  'KICKOFF_HELD',
  'FORM_COMPLETE',
  'CONTEXT_ASSESSED',
  'SKILLS_CATEGORIZED',
  'MATCHING',
  'CANDIDATE_PROPOSED',
  'ISSO_IDENTIFIED',
  'ONBOARDING',
  'ACTIVE',
  'PAUSED',
  'EXTENSION_REVIEW',
  'REASSIGNING',
  'OFFBOARDING',
  'CLOSED',
  'WITHDRAWN',
  'DECLINED',
] as const;
export type EngagementState = (typeof ENGAGEMENT_STATES)[number];

/** No transition leaves them (domain reference 2.5). */
export const FINAL_STATES = ['CLOSED', 'WITHDRAWN', 'DECLINED'] as const satisfies readonly EngagementState[];
export type FinalState = (typeof FINAL_STATES)[number];
export type OpenState = Exclude<EngagementState, FinalState>;

/** States in which a second request for the same system is a duplicate: all that are not final. */
export const OPEN_STATES: readonly OpenState[] = ENGAGEMENT_STATES.filter(
  (state): state is OpenState => !(FINAL_STATES as readonly string[]).includes(state),
);

/** Before a Service ISSO is identified: the Business Owner may withdraw (T23). */
export const WITHDRAWABLE_STATES = [
  'DRAFT',
  'REQUESTED',
  'KICKOFF_PENDING',
  'KICKOFF_HELD',
  'FORM_COMPLETE',
  'CONTEXT_ASSESSED',
  'SKILLS_CATEGORIZED',
  'MATCHING',
  'CANDIDATE_PROPOSED',
] as const satisfies readonly EngagementState[];

/** The request was filed and no candidate proposed: the programme may decline it (T24). */
export const DECLINABLE_STATES = [
  'REQUESTED',
  'KICKOFF_PENDING',
  'KICKOFF_HELD',
  'FORM_COMPLETE',
  'CONTEXT_ASSESSED',
  'SKILLS_CATEGORIZED',
  'MATCHING',
] as const satisfies readonly EngagementState[];

/** Between kickoff and match, work can be sent back (T27). */
export const REWORK_STATES = [
  'KICKOFF_HELD',
  'FORM_COMPLETE',
  'CONTEXT_ASSESSED',
  'SKILLS_CATEGORIZED',
  'MATCHING',
] as const satisfies readonly EngagementState[];

/** A Service ISSO is assigned and takes part. */
export const ASSIGNED_STATES = [
  'ISSO_IDENTIFIED',
  'ONBOARDING',
  'ACTIVE',
  'PAUSED',
  'EXTENSION_REVIEW',
  'REASSIGNING',
  'OFFBOARDING',
] as const satisfies readonly EngagementState[];

/** From the kickoff held to the close, without what ended before its engagement. */
export const AFTER_KICKOFF_STATES = [
  ...REWORK_STATES,
  'CANDIDATE_PROPOSED',
  ...ASSIGNED_STATES,
  'CLOSED',
] as const satisfies readonly EngagementState[];

const among =
  (states: readonly EngagementState[]) =>
  (state: EngagementState): boolean =>
    states.includes(state);

/** True once the kickoff was held and the engagement was not given up since. */
export const isPastKickoff = among(AFTER_KICKOFF_STATES);
/** True while a Service ISSO is assigned. */
export const isAssigned = among(ASSIGNED_STATES);
export const isFinal = among(FINAL_STATES);

/** The numbered transitions of domain reference 2.2 that change the state. */
export interface Transition {
  readonly name: `T${number}`;
  readonly from: readonly EngagementState[];
  readonly to: readonly EngagementState[];
}

export const TRANSITIONS: readonly Transition[] = [
  { name: 'T2', from: ['DRAFT'], to: ['REQUESTED'] },
  { name: 'T3', from: ['REQUESTED'], to: ['KICKOFF_PENDING'] },
  { name: 'T4', from: ['KICKOFF_PENDING'], to: ['KICKOFF_HELD'] },
  { name: 'T5', from: ['KICKOFF_HELD'], to: ['FORM_COMPLETE'] },
  { name: 'T6', from: ['FORM_COMPLETE'], to: ['CONTEXT_ASSESSED'] },
  // T8 follows T7 by itself: the search begins as soon as the skills are set.
  { name: 'T7', from: ['CONTEXT_ASSESSED'], to: ['SKILLS_CATEGORIZED'] },
  { name: 'T8', from: ['SKILLS_CATEGORIZED'], to: ['MATCHING'] },
  { name: 'T9', from: ['MATCHING'], to: ['CANDIDATE_PROPOSED'] },
  { name: 'T10', from: ['CANDIDATE_PROPOSED'], to: ['ISSO_IDENTIFIED'] },
  { name: 'T11', from: ['CANDIDATE_PROPOSED'], to: ['MATCHING'] },
  { name: 'T12', from: ['ISSO_IDENTIFIED'], to: ['ONBOARDING'] },
  { name: 'T13', from: ['ONBOARDING'], to: ['ACTIVE'] },
  { name: 'T14', from: ['ACTIVE'], to: ['PAUSED'] },
  { name: 'T15', from: ['PAUSED'], to: ['ACTIVE'] },
  { name: 'T16', from: ['ACTIVE'], to: ['EXTENSION_REVIEW'] },
  { name: 'T17', from: ['EXTENSION_REVIEW'], to: ['ACTIVE'] },
  { name: 'T18', from: ['EXTENSION_REVIEW'], to: ['OFFBOARDING'] },
  { name: 'T19', from: ['ACTIVE', 'ONBOARDING'], to: ['REASSIGNING'] },
  { name: 'T20', from: ['REASSIGNING'], to: ['MATCHING', 'ONBOARDING'] },
  { name: 'T21', from: ['ACTIVE', 'PAUSED', 'ONBOARDING'], to: ['OFFBOARDING'] },
  { name: 'T22', from: ['OFFBOARDING'], to: ['CLOSED'] },
  { name: 'T23', from: WITHDRAWABLE_STATES, to: ['WITHDRAWN'] },
  { name: 'T24', from: DECLINABLE_STATES, to: ['DECLINED'] },
];

/** True when the life of the engagement allows `to` after `from`; work that is sent back (T27) goes to any earlier step. */
export function mayFollow(from: EngagementState, to: EngagementState): boolean {
  return (
    TRANSITIONS.some((each) => each.from.includes(from) && each.to.includes(to)) || maySendBack(from, to)
  );
}

/** T27: from a step between kickoff and match to an earlier one of them. The search is no step to go back to from itself. */
export function maySendBack(from: EngagementState, to: EngagementState): boolean {
  const order: readonly EngagementState[] = REWORK_STATES;
  const [begin, end] = [order.indexOf(to), order.indexOf(from)];
  // SKILLS_CATEGORIZED lasts no longer than its own transaction.
  return begin >= 0 && begin < end && to !== 'SKILLS_CATEGORIZED';
}
