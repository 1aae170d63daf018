/** What happened between two digests, as the record tells it: each event belongs to exactly one of them. Pure. */
import type { EngagementState } from './engagement-states.ts';
import type { RequestNumber } from './ids.ts';

/** In the order of the life cycle. */
export const FLOW_KINDS = [
  'filed',
  'accepted',
  'kickoff-held',
  'identified',
  'at-work',
  'closed',
  'withdrawn',
  'declined',
] as const;
export type FlowKind = (typeof FLOW_KINDS)[number];

/** The states whose beginning is told. */
export const FLOW_STATES = [
  'REQUESTED',
  'KICKOFF_PENDING',
  'KICKOFF_HELD',
  'ISSO_IDENTIFIED',
  'ACTIVE',
  'CLOSED',
  'WITHDRAWN',
  'DECLINED',
] as const satisfies readonly EngagementState[];
type FlowState = (typeof FLOW_STATES)[number];

/** A step of an engagement as the record has it. */
export interface FlowStep {
  /** Its place in the record. */
  readonly position: number;
  readonly number: RequestNumber;
  readonly systemName: string;
  readonly component: string;
  readonly from: EngagementState | null;
  readonly to: FlowState;
}

/** By kind, in the order of the life cycle; kinds of which nothing happened are left out. */
export type Flow = readonly { readonly kind: FlowKind; readonly steps: readonly FlowStep[] }[];

/** Sorts the steps by what they are to a reader; each stands in it once, in the order of the record. */
export function flowOf(steps: readonly FlowStep[]): Flow {
  const inOrder = steps.toSorted((a, b) => a.position - b.position);
  return FLOW_KINDS.flatMap((kind) => {
    const found = inOrder.filter((step) => kindOf(step) === kind);
    return found.length > 0 ? [{ kind, steps: found }] : [];
  });
}

/** Null for a step that is no news, such as going on after a pause. */
function kindOf({ from, to }: FlowStep): FlowKind | null {
  switch (to) {
    case 'REQUESTED':
      return 'filed';
    case 'KICKOFF_PENDING':
      return 'accepted';
    case 'KICKOFF_HELD':
      // Work that is sent back was held before.
      return from === 'KICKOFF_PENDING' ? 'kickoff-held' : null;
    case 'ISSO_IDENTIFIED':
      return 'identified';
    case 'ACTIVE':
      return from === 'ONBOARDING' ? 'at-work' : null;
    case 'CLOSED':
      return 'closed';
    case 'WITHDRAWN':
      return 'withdrawn';
    case 'DECLINED':
      return 'declined';
    default:
      return to satisfies never;
  }
}
