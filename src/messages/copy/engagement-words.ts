/** Where an engagement stands after its kickoff, in words: its state, who has the next move, what matters now. */
import type { Engagement, WaitingSide } from '../../domain/engagement.ts';
import type { EngagementState } from '../../domain/engagement-states.ts';
import type { KickoffNow } from '../../domain/kickoff-stands.ts';
import { type Moving, type NextMove, type NextMoveName, nextMoves } from '../../domain/next-move.ts';
import type { People } from '../../domain/person.ts';
import { sayLocalDate } from '../../domain/time.ts';
import { type Inline, type Line, line, theirs, time } from '../inline.ts';
import { type Fact, fact } from '../message.ts';
import { nameOf } from './people.ts';

/** The plain label of each state (domain reference 2.1). */
export const STATE_LABELS: Readonly<Record<EngagementState, string>> = {
  DRAFT: 'Draft, waiting for the Business Owner',
  REQUESTED: 'Request received',
  KICKOFF_PENDING: 'Kickoff being scheduled',
  KICKOFF_HELD: 'Kickoff held',
  FORM_COMPLETE: 'Request Form completed',
  CONTEXT_ASSESSED: 'Context assessed',
  SKILLS_CATEGORIZED: 'Skills set',
  MATCHING: 'Finding a Service ISSO',
  CANDIDATE_PROPOSED: 'Candidate proposed',
  ISSO_IDENTIFIED: 'Service ISSO identified',
  ONBOARDING: 'Onboarding',
  ACTIVE: 'Working',
  PAUSED: 'Paused',
  EXTENSION_REVIEW: 'Extension under review',
  REASSIGNING: 'Changing the Service ISSO',
  OFFBOARDING: 'Ending',
  CLOSED: 'Closed',
  WITHDRAWN: 'Withdrawn by the requester',
  DECLINED: 'Not accepted',
};

const DOES: Readonly<Record<NextMoveName, string>> = {
  'confirm-draft': 'confirms the request',
  'answer-ispg': 'answers the question from ISPG',
  triage: 'looks at the request',
  'arrange-kickoff': 'arranges the kickoff',
  'choose-kickoff': 'chooses a time for the kickoff, or proposes others',
  'answer-kickoff': 'answers the times that were proposed for the kickoff',
  'record-kickoff': 'records the kickoff',
  'complete-form': 'completes the ISSOaaS Request Form',
  'confirm-context': 'confirms the context assessment',
  'settle-skills': 'settles the skill profile',
  'propose-candidate': 'looks for a Service ISSO and proposes a candidate',
  'allow-exception': 'decides whether the candidate may be proposed',
  'answer-candidate': 'accepts or declines the candidate',
  'confirm-funding': 'confirms the funding',
  'start-onboarding': 'starts onboarding',
  'sign-letter': 'signs the ISSO Appointment Letter',
  onboard: 'takes the Service ISSO through onboarding',
  'confirm-start': 'confirms that the Service ISSO is ready',
  work: 'works on the system',
  resume: 'decides when work goes on',
  'say-wish': 'says whether to extend, to end, or to have somebody else',
  'approve-extension': 'approves the extension',
  'settle-wish': 'ends the engagement, as the Business Owner wishes',
  'answer-replacement': 'accepts or declines the replacement',
  replace: 'goes on with the change',
  'off-board': 'brings off-boarding to its end',
  close: 'countersigns and closes',
};

/** Said before the state's own label, which goes for all of the arranging. */
export const KICKOFF_BOOKED = 'Kickoff booked';

/** The label of the state; of a kickoff that has its time, that it is booked. */
export const stateNow = ({ state }: Pick<Engagement, 'state'>, kickoff: KickoffNow | null): string =>
  kickoff && 'startsAt' in kickoff ? KICKOFF_BOOKED : STATE_LABELS[state];

/** Each open move as a sentence: "ISPG completes the ISSOaaS Request Form." Of a kickoff that lies ahead, when it is. */
export function nextMoveLine(
  engagement: Moving & Pick<Engagement, 'businessOwnerId'>,
  kickoff: KickoffNow | null,
  people: People,
): Line {
  if (kickoff?.stands === 'booked') return line`The kickoff is on ${time(kickoff.startsAt)}.`;
  const moves = nextMoves(engagement, kickoff);
  if (moves.length === 0) return line`Nobody: this engagement has ended.`;
  return moves.flatMap(
    ({ side, what }, index) =>
      line`${index === 0 ? '' : ' '}${whoDoes(engagement, side, people)} ${DOES[what]}.`,
  );
}

/** What the person who has the next move is to do: "Please complete the ISSOaaS Request Form." is for the move's own card. */
export const doesWords = ({ what }: NextMove): string => DOES[what];

export const SIDE_NAMES: Readonly<Record<WaitingSide, string>> = {
  ispg: 'ISPG',
  contractor: 'The contractor',
  business_owner: 'The Business Owner',
  gtl: 'The Government Task Lead',
  cor: "The Contracting Officer's Representative",
  service_isso: 'The Service ISSO',
  ciso: 'The CISO',
};

function whoDoes(
  engagement: Moving & Pick<Engagement, 'businessOwnerId'>,
  side: WaitingSide,
  people: People,
): Inline | string {
  if (side === 'business_owner' && people.has(engagement.businessOwnerId))
    return nameOf(people, engagement.businessOwnerId);
  const { serviceIssoId } = engagement.course;
  if (side === 'service_isso' && serviceIssoId !== null && people.has(serviceIssoId))
    return nameOf(people, serviceIssoId);
  return SIDE_NAMES[side];
}

/** The rows that matter in the engagement's state: who, since when, until when. Nothing of money, of a High Value Asset, of a card. */
export function courseFacts(engagement: Engagement, people: People): readonly Fact[] {
  const { course } = engagement;
  const rows: Fact[] = [];
  if (course.serviceIssoId !== null) rows.push(fact('Service ISSO', [nameOf(people, course.serviceIssoId)]));
  if (course.dayZeroOn !== null) rows.push(fact('Onboarding began', sayLocalDate(course.dayZeroOn)));
  if (course.activeSinceOn !== null) rows.push(fact('At work since', sayLocalDate(course.activeSinceOn)));
  if (course.term)
    rows.push(
      fact('Hours each week', String(course.term.hoursPerWeek)),
      fact('Ends', course.term.endOn === null ? 'Ongoing' : sayLocalDate(course.term.endOn)),
    );
  if (course.pause)
    rows.push(
      fact('Paused because', [theirs(course.pause.reason)]),
      fact('Goes on', sayLocalDate(course.pause.resumeOn)),
    );
  if (course.offBoarding) rows.push(fact('Last day', sayLocalDate(course.offBoarding.endOn)));
  return rows;
}
