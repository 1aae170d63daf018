/** Whoever has the next move can make it: the rules of the next move, of access and the table of moves agree. */
import { type EngagementVerb, may } from '../../src/domain/access.ts';
import type { Engagement, WaitingSide } from '../../src/domain/engagement.ts';
import type { KickoffNow } from '../../src/domain/kickoff-stands.ts';
import { type NextMoveName, nextMoves } from '../../src/domain/next-move.ts';
import type { Person } from '../../src/domain/person.ts';
import { openMoves } from '../../src/messages/copy/moves.ts';
import { person } from './access-people.ts';

const FINAL = ['CLOSED', 'WITHDRAWN', 'DECLINED'];

/** By hand: with which verbs a move is made, any of them. Those before the kickoff have buttons of their own. */
const MADE_WITH: Readonly<Record<NextMoveName, readonly EngagementVerb[]>> = {
  'confirm-draft': ['request.confirm'],
  'answer-ispg': ['request.answer'],
  triage: ['request.triage'],
  'arrange-kickoff': ['kickoff.offer'],
  'choose-kickoff': ['kickoff.choose'],
  'answer-kickoff': ['kickoff.offer'],
  'record-kickoff': ['kickoff.record'],
  'complete-form': ['form.lock'],
  'confirm-context': ['context.confirm-ispg', 'context.confirm-contractor'],
  'settle-skills': ['skills.settle'],
  'propose-candidate': ['candidate.propose'],
  'allow-exception': ['candidate.allow'],
  'answer-candidate': ['candidate.accept-ispg', 'candidate.accept'],
  'confirm-funding': ['funding.confirm'],
  'start-onboarding': ['onboarding.begin'],
  'sign-letter': ['letter.sign', 'letter.sign-owner', 'letter.note-ciso'],
  // The card of the Service ISSO; in the table, what else the contractor lead can do then.
  onboard: ['engagement.reassign'],
  'confirm-start': ['engagement.activate'],
  work: ['engagement.ask-change'],
  resume: ['engagement.resume'],
  'say-wish': ['engagement.wish'],
  'approve-extension': ['engagement.approve-extension', 'engagement.approve-extension-cor'],
  'settle-wish': ['engagement.end'],
  'answer-replacement': ['replacement.accept-ispg', 'replacement.accept'],
  replace: ['engagement.replace'],
  'off-board': ['off-boarding.report'],
  close: ['engagement.close'],
};
const BEFORE_KICKOFF: readonly NextMoveName[] = [
  'confirm-draft',
  'answer-ispg',
  'triage',
  'arrange-kickoff',
  'choose-kickoff',
  'answer-kickoff',
  'record-kickoff',
];

function personOf({ businessOwnerId, course }: Engagement, side: WaitingSide): Person {
  switch (side) {
    case 'ispg':
      return person('ispg', ['ispg_team']);
    case 'contractor':
      return person('lead', ['contractor_lead']);
    // The CISO signs outside chat; the Business Owner notes it.
    case 'business_owner':
    case 'ciso':
      return person(businessOwnerId, ['business_owner']);
    case 'service_isso':
      return person(course.serviceIssoId ?? 'nobody', ['service_isso']);
    case 'gtl':
    case 'cor':
      return person(side, [side]);
    default:
      return side satisfies never;
  }
}

/** What is wrong with the next moves: none while it is open, some once it ended, one without a verb or a button for whose it is. */
export function movesNobodyCanMake(
  engagement: Engagement,
  kickoff: KickoffNow | null = null,
): readonly string[] {
  const moves = nextMoves(engagement, kickoff);
  if (moves.length > 0 === FINAL.includes(engagement.state))
    return [`${moves.length} moves in ${engagement.state}`];
  return moves.flatMap(({ side, what }) => {
    const who = personOf(engagement, side);
    const verbs = MADE_WITH[what].filter((verb) => may(who, verb, engagement));
    // The search follows the skills by itself, in the same breath.
    const hasOwnButtons = BEFORE_KICKOFF.includes(what) || engagement.state === 'SKILLS_CATEGORIZED';
    const open = hasOwnButtons ? verbs : openMoves(engagement, who).map(({ verb }) => verb);
    return open.some((verb) => verbs.includes(verb)) ? [] : [`${engagement.state}: ${side} can't ${what}`];
  });
}
