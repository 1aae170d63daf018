/** Everything that can be tried on an engagement, as plain data, and how it is tried on the real one. */
import type { MemberRole } from '../../src/domain/course.ts';
import {
  acceptRequest,
  amendRequest,
  answerAskBack,
  askBack,
  type Changed,
  confirmDraft,
  declineRequest,
  type Engagement,
  holdKickoff,
  joinRequest,
  withdrawRequest,
} from '../../src/domain/engagement.ts';
import {
  beginOffBoarding,
  closeEngagement,
  endWithTerm,
  reportOffBoarded,
} from '../../src/domain/engagement-ending.ts';
import {
  acceptCandidate,
  allowException,
  beginOnboarding,
  confirmFunding,
  declineCandidate,
  proposeCandidate,
  type Signature,
  signLetter,
} from '../../src/domain/engagement-matching.ts';
import { approveMembership, endMembership, grantMembership } from '../../src/domain/engagement-members.ts';
import {
  acceptReplacement,
  declineReplacement,
  nameReplacement,
  reassign,
  replace,
} from '../../src/domain/engagement-replacement.ts';
import {
  beginSearch,
  categorizeSkills,
  changeParty,
  confirmContext,
  lockForm,
  notePaperCorrected,
  sendBack,
} from '../../src/domain/engagement-scoping.ts';
import type { OpenState } from '../../src/domain/engagement-states.ts';
import {
  activate,
  approveExtension,
  changeTerm,
  noteCisoTold,
  pauseEngagement,
  resumeEngagement,
  reviewExtension,
  wishForExtension,
} from '../../src/domain/engagement-work.ts';
import { ending, everybody, later, mark, proposal } from './engagement-steps.ts';

type Person = string;
type Day = string;

export type Command =
  | { readonly do: 'confirm' | 'accept-request' | 'ask' | 'answer' | 'amend' | 'search' | 'fund' }
  | { readonly do: 'join'; readonly who: Person }
  | { readonly do: 'hold'; readonly all: boolean }
  | { readonly do: 'lock-form' | 'settle-skills'; readonly whole: boolean }
  | {
      readonly do: 'confirm-context';
      readonly side: 'ispg' | 'contractor';
      readonly by: Person;
      readonly version: number;
      readonly hva: boolean | null;
    }
  | { readonly do: 'send-back'; readonly to: OpenState }
  | { readonly do: 'correct'; readonly owner?: Person; readonly advisor?: Person }
  | { readonly do: 'note-paper'; readonly kind: 'request-form' | 'skill-profile' }
  | {
      readonly do: 'propose';
      readonly who: Person;
      readonly gate: 'passed' | 'failed' | 'excepted';
      readonly top: 'is' | 'not' | 'explained';
    }
  | { readonly do: 'allow' }
  | { readonly do: 'accept' | 'accept-other'; readonly side: 'ispg' | 'business_owner'; readonly by: Person }
  | { readonly do: 'decline-candidate' | 'decline-other'; readonly side: 'ispg' | 'business_owner' }
  | { readonly do: 'onboard'; readonly on: Day; readonly endOn: Day | null }
  | { readonly do: 'sign'; readonly signature: Signature; readonly on: Day }
  | { readonly do: 'activate'; readonly failing: readonly string[]; readonly excepted: boolean }
  | { readonly do: 'tell-ciso'; readonly on: Day }
  | { readonly do: 'pause'; readonly untilOn: Day }
  | { readonly do: 'resume'; readonly lapsed: boolean }
  | { readonly do: 'review'; readonly endOn: Day | null }
  | { readonly do: 'wish'; readonly wish: 'extend' | 'end' | 'replace'; readonly endOn: Day | null }
  | { readonly do: 'approve'; readonly side: 'gtl' | 'cor'; readonly by: Person }
  | { readonly do: 'term-over'; readonly today: Day }
  | { readonly do: 'end' }
  | { readonly do: 'reassign'; readonly to: Person | null; readonly endOn?: Day }
  | { readonly do: 'name-other'; readonly who: Person }
  | { readonly do: 'replace'; readonly on: Day }
  | { readonly do: 'change-term'; readonly hours?: number; readonly endOn?: Day | null }
  | { readonly do: 'report'; readonly open: boolean }
  | { readonly do: 'close'; readonly open: boolean; readonly by: Person }
  | { readonly do: 'withdraw' | 'decline' }
  | {
      readonly do: 'let-in' | 'approve-member' | 'remove-member';
      readonly who: Person;
      readonly role: MemberRole;
      readonly by: Person;
    };

/** The command of that name. */
export type Named<Do, Each = Command> = Each extends { readonly do: infer Names }
  ? Do extends Names
    ? Each
    : never
  : never;
type Tries = { readonly [Do in Command['do']]: (engagement: Engagement, command: Named<Do>) => Changed };
const whole = (isWhole: boolean) => ({ version: 3, missing: isWhole ? [] : ['hours'] });
const open = (isOpen: boolean) => (isOpen ? ['laptop'] : []);

const TRIES: Tries = {
  confirm: (e) => confirmDraft(e, later),
  'accept-request': (e) => acceptRequest(e, 'ispg', later),
  ask: (e) => askBack(e, 'Which release?', 'ispg', later),
  answer: (e) => answerAskBack(e, 'The spring release.'),
  amend: (e) =>
    amendRequest(e, { answers: [], component: 'OIT', systemName: 'Other', craId: null, formVersion: 1 }),
  search: (e) => beginSearch(e, later),
  fund: (e) => confirmFunding(e, mark('cor')),
  join: (e, { who }) => joinRequest(e, who),
  hold: (e, { all }) => holdKickoff(e, { ...everybody, contractor: all }, later),
  'lock-form': (e, each) => lockForm(e, whole(each.whole), mark('ispg')),
  'settle-skills': (e, each) => categorizeSkills(e, whole(each.whole), mark('lead')),
  'confirm-context': (e, { side, by, version, hva }) =>
    confirmContext(e, { version, missing: [], score: 9, tier: 'standard', isHva: hva }, side, mark(by)),
  'send-back': (e, { to }) => sendBack(e, to, later),
  correct: (e, { owner, advisor }) =>
    changeParty(e, {
      ...(owner === undefined ? {} : { businessOwnerId: owner }),
      ...(advisor === undefined ? {} : { craId: advisor }),
    }),
  'note-paper': (e, { kind }) => notePaperCorrected(e, kind, 9),
  propose: (e, { who, gate, top }) =>
    proposeCandidate(
      e,
      {
        ...proposal,
        personId: who,
        needsException: gate !== 'passed',
        exception: gate === 'excepted' ? 'Clearance comes next week.' : null,
        isTop: top === 'is',
        whyNotTop: top === 'explained' ? 'Knows the system.' : null,
      },
      mark('lead'),
    ),
  allow: (e) => allowException(e, mark('gtl')),
  accept: (e, { side, by }) => acceptCandidate(e, side, mark(by)),
  'accept-other': (e, { side, by }) => acceptReplacement(e, side, mark(by)),
  'decline-candidate': (e, { side }) => declineCandidate(e, 'availability', side, mark('bo')),
  'decline-other': (e, { side }) => declineReplacement(e, 'availability', side, mark('bo')),
  onboard: (e, { on, endOn }) =>
    beginOnboarding(e, on, { startOn: '2027-01-11', endOn, hoursPerWeek: 20 }, later),
  sign: (e, { signature, on }) => signLetter(e, signature, on),
  activate: (e, { failing, excepted }) =>
    activate(
      e,
      { failing, exceptionReason: excepted ? 'Comes this week.' : null },
      '2027-03-01',
      mark('gtl'),
    ),
  'tell-ciso': (e, { on }) => noteCisoTold(e, on),
  pause: (e, { untilOn }) =>
    pauseEngagement(e, { reason: 'moves', fromOn: '2027-04-01', resumeOn: untilOn, by: mark('gtl') }, 180),
  resume: (e, { lapsed }) => resumeEngagement(e, open(lapsed), later),
  review: (e, { endOn }) => reviewExtension(e, { asked: null, because: 'term-ends', endOn }, later),
  wish: (e, { wish, endOn }) => wishForExtension(e, wish, endOn),
  approve: (e, { side, by }) => approveExtension(e, side, mark(by)),
  'term-over': (e, { today }) => endWithTerm(e, today, later),
  end: (e) =>
    beginOffBoarding(e, { reason: 'other', endOn: '2027-06-30', handOverId: 'bo', by: mark('gtl') }),
  reassign: (e, { to, endOn }) =>
    reassign(
      e,
      { reason: 'isso_departed', replacementId: to, ...(endOn === undefined ? {} : { endOn }) },
      mark('lead'),
    ),
  'name-other': (e, { who }) => nameReplacement(e, who),
  replace: (e, { on }) => replace(e, on, mark('lead')),
  'change-term': (e, { hours, endOn }) =>
    changeTerm(e, {
      ...(hours === undefined ? {} : { hoursPerWeek: hours }),
      ...(endOn === undefined ? {} : { endOn }),
    }),
  report: (e, each) => reportOffBoarded(e, open(each.open), mark('lead')),
  close: (e, each) => closeEngagement(e, open(each.open), mark(each.by)),
  withdraw: (e) => withdrawRequest(e, ending),
  decline: (e) => declineRequest(e, ending),
  'let-in': (e, { who, role, by }) => grantMembership(e, who, role, mark(by)),
  'approve-member': (e, { who, role, by }) => approveMembership(e, who, role, mark(by)),
  'remove-member': (e, { who, role, by }) => endMembership(e, who, role, mark(by)),
};

export const COMMAND_NAMES = Object.keys(TRIES) as readonly Command['do'][];

/** Tries the command on the engagement. */
export function tryOn(engagement: Engagement, command: Command): Changed {
  const attempt = TRIES[command.do] as (engagement: Engagement, command: Command) => Changed;
  return attempt(engagement, command);
}
