/** Where the open engagements of a digest stand, counted by the steps of the life cycle. Pure. */

import type { DigestEngagement, EngagementAndMeeting } from './digest.ts';
import type { OpenState } from './engagement-states.ts';

/** In the order of the life cycle. */
const COUNT_LABELS = [
  'unconfirmed',
  'to-triage',
  'kickoff-to-schedule',
  'kickoff-booked',
  'kickoff-held',
  'in-preparation',
  'searching',
  'candidate',
  'onboarding',
  'at-work',
  'ending',
] as const;
export type CountLabel = (typeof COUNT_LABELS)[number];

/** The states that are counted as at work: from the start of work until off-boarding begins. */
export const AT_WORK_STATES = [
  'ACTIVE',
  'PAUSED',
  'EXTENSION_REVIEW',
  'REASSIGNING',
] as const satisfies readonly OpenState[];

export interface OpenCount {
  readonly label: CountLabel;
  readonly engagements: readonly DigestEngagement[];
}

/** Every open engagement once; labels that nothing has are left out. */
export function countsOf(open: readonly EngagementAndMeeting[]): readonly OpenCount[] {
  const byLabel = new Map<CountLabel, DigestEngagement[]>();
  for (const each of open) {
    const label = labelOf(each);
    if (label === null) continue;
    const already = byLabel.get(label);
    if (already) already.push(each.engagement);
    else byLabel.set(label, [each.engagement]);
  }
  return COUNT_LABELS.flatMap((label) => {
    const engagements = byLabel.get(label);
    return engagements ? [{ label, engagements }] : [];
  });
}

function labelOf({ engagement, meeting }: EngagementAndMeeting): CountLabel | null {
  switch (engagement.state) {
    case 'DRAFT':
      return 'unconfirmed';
    case 'REQUESTED':
      return 'to-triage';
    case 'KICKOFF_PENDING':
      return meeting?.state === 'booked' ? 'kickoff-booked' : 'kickoff-to-schedule';
    case 'KICKOFF_HELD':
      return 'kickoff-held';
    case 'FORM_COMPLETE':
    case 'CONTEXT_ASSESSED':
    case 'SKILLS_CATEGORIZED':
      return 'in-preparation';
    case 'MATCHING':
      return 'searching';
    case 'CANDIDATE_PROPOSED':
      return 'candidate';
    case 'ISSO_IDENTIFIED':
    case 'ONBOARDING':
      return 'onboarding';
    case 'ACTIVE':
    case 'PAUSED':
    case 'EXTENSION_REVIEW':
    case 'REASSIGNING':
      return 'at-work';
    case 'OFFBOARDING':
      return 'ending';
    case 'CLOSED':
    case 'WITHDRAWN':
    case 'DECLINED':
      return null;
    default:
      return engagement.state satisfies never;
  }
}
