/** How a kickoff that is being arranged stands: its meeting tells, the state of the engagement alone does not. Pure. */
import type { Engagement } from './engagement.ts';
import type { Meeting } from './meeting.ts';

/** Without a time yet. */
type Unsettled =
  /** Nothing is on offer. */
  | 'to-offer'
  /** The Business Owner chooses a time, or proposes others. */
  | 'offered'
  /** ISPG answers times that the Business Owner proposed. */
  | 'proposed';

type Settled =
  /** Nobody has to act before it is over. */
  | 'booked'
  /** It is over, and ISPG records what became of it. */
  | 'to-record';

/** How the kickoff stands, and when it begins once that is agreed. */
export type KickoffNow =
  | { readonly stands: Unsettled }
  | { readonly stands: Settled; readonly startsAt: Date };

/** An engagement's state and the latest meeting of its kickoff; null for none. */
export interface KickoffParts {
  readonly engagement: Pick<Engagement, 'state'>;
  readonly meeting: Pick<Meeting, 'state' | 'proposed' | 'bookedFor'> | null;
}

/** How the kickoff stands at `now`. Null once it was held, and before the request was accepted. */
export function kickoffNow({ engagement, meeting }: KickoffParts, now: Date): KickoffNow | null {
  if (engagement.state !== 'KICKOFF_PENDING') return null;
  if (meeting?.state === 'offered') return { stands: meeting.proposed.length > 0 ? 'proposed' : 'offered' };
  if (meeting?.state !== 'booked' || !meeting.bookedFor) return { stands: 'to-offer' };
  const { startsAt, endsAt } = meeting.bookedFor;
  return { stands: endsAt <= now ? 'to-record' : 'booked', startsAt };
}
