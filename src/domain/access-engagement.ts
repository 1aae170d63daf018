/** What may be done with one engagement, and by whom: the matrix of domain reference 1.3 and the triggers of 2.2. */
import {
  anyOf,
  inStates,
  isAdvisor,
  isContractor,
  isContractorInTime,
  isContractorLead,
  isCor,
  isDelegate,
  isGtl,
  isIspg,
  isIssoLead,
  isMember,
  isNamedOwner,
  isOfSystem,
  isOrWasServiceIsso,
  isOversight,
  isOwner,
  isOwnIssoLead,
  isPresentIsso,
  isRequester,
  isServiceIsso,
  isSystemOwner,
  type Rule,
} from './access-relations.ts';
import { OPEN_STATES } from './engagement-states.ts';

/** The requesting side without those who only joined. */
const isRequesting: Rule = anyOf(isNamedOwner, isRequester, isDelegate);
const isReader: Rule = anyOf(isRequesting, isMember, isAdvisor, isIspg, isOversight, isContractorInTime);
/** Takes part in the work on the system, once assigned or let in. */
const isAtWork: Rule = anyOf(isServiceIsso, isOfSystem);
/** Contractors come into a request through its kickoff, never by joining it. */
const isNoContractor: Rule = (person) => !isContractor(person);

const RULES = {
  'request.read': anyOf(isReader, isAtWork, isIssoLead),
  'request.read-answers': anyOf(isRequesting, isAdvisor, isIspg, isOversight, isContractorInTime),
  'request.join': isNoContractor,
  'request.amend': anyOf(isNamedOwner, isRequester, inStates(isDelegate, 'DRAFT')),
  'request.confirm': isOwner,
  'request.withdraw': anyOf(isNamedOwner, inStates(isRequester, 'DRAFT')),
  'request.answer': anyOf(isNamedOwner, isRequester, isAdvisor),
  'request.triage': isIspg,
  // Triage is ISPG's; what was begun is the Government Task Lead's to give up (T24).
  'request.decline': anyOf(isGtl, inStates(isIspg, 'REQUESTED', 'KICKOFF_PENDING', 'KICKOFF_HELD')),
  'request.copy': isNamedOwner,
  'kickoff.choose': anyOf(isNamedOwner, isRequester),
  'kickoff.offer': isIspg,
  'kickoff.reschedule': anyOf(isNamedOwner, isRequester, isIspg),
  'kickoff.cancel': anyOf(isNamedOwner, isIspg),
  'kickoff.record': isIspg,

  'form.read': anyOf(isOwner, isDelegate, isAdvisor, isIspg, isOversight, isContractorInTime),
  'form.write': isIspg,
  'form.lock': isIspg,
  'money.read': anyOf(isOwner, isDelegate, isIspg, isOversight),
  'money.write': anyOf(isIspg, isCor),
  'context.read': anyOf(isOwner, isDelegate, isAdvisor, isIspg, isOversight, isContractorInTime, isAtWork),
  'context.write': anyOf(isIspg, isContractorInTime),
  'context.confirm-ispg': isIspg,
  'context.confirm-contractor': isContractorLead,
  'skills.read': anyOf(
    isOwner,
    isDelegate,
    isAdvisor,
    isIspg,
    isOversight,
    isContractorInTime,
    isIssoLead,
    isServiceIsso,
  ),
  'skills.write': isContractorInTime,
  'skills.settle': isContractorLead,
  'engagement.send-back': isIspg,
  'engagement.correct': isIspg,

  'shortlist.read': anyOf(isIspg, isOversight, isContractorInTime, isIssoLead),
  'candidate.read': anyOf(
    isOwner,
    isDelegate,
    isAdvisor,
    isIspg,
    isOversight,
    isContractorInTime,
    isIssoLead,
  ),
  'candidate.propose': isContractorLead,
  'candidate.allow': isGtl,
  'candidate.accept-ispg': isIspg,
  'candidate.accept': isOwner,
  'candidate.decline': anyOf(isOwner, isIspg),
  'funding.confirm': anyOf(isGtl, isCor),
  'onboarding.begin': isContractorLead,
  'preparation.read': anyOf(isRequesting, isAdvisor, isIspg, isOversight, isContractorInTime, isAtWork),
  'preparation.write': anyOf(isOwner, isDelegate, isAdvisor, isIspg, isOfSystem),
  'letter.sign': isServiceIsso,
  // The system owner may sign in place of the Business Owner (domain reference 1.1).
  'letter.sign-owner': anyOf(isOwner, isSystemOwner),
  'letter.note-ciso': anyOf(isOwner, isIspg),

  'engagement.activate': isGtl,
  'engagement.pause': isGtl,
  'engagement.resume': isGtl,
  'engagement.review-extension': anyOf(isOwner, isGtl),
  'engagement.wish': isOwner,
  'engagement.approve-extension': isGtl,
  'engagement.approve-extension-cor': isCor,
  'engagement.end': isGtl,
  'engagement.change-term': isGtl,
  'engagement.ask-change': anyOf(isOwner, isDelegate, isAdvisor, isContractorLead, isServiceIsso, isIspg),
  'engagement.reassign': anyOf(isContractorLead, isGtl),
  'replacement.accept-ispg': isIspg,
  'replacement.accept': isOwner,
  'replacement.decline': anyOf(isOwner, isIspg),
  'engagement.replace': isContractorLead,
  'ciso.note': isOwner,

  'card.write': isContractorInTime,
  'card.move-day-zero': anyOf(isContractorLead, isGtl),
  'card.move-item': anyOf(isContractorLead, isGtl),
  // What has to hold before work starts is the Government Task Lead's to let go (domain reference 2.4).
  'card.waive': isGtl,
  'card.adopt': anyOf(isContractorLead, isGtl),
  // The training record, beside one's own (domain reference 1.3): the requesting side learns only whether it is on course.
  'training.read': anyOf(isIspg, isOversight, isContractorInTime, isOwnIssoLead),
  'training.read-summary': anyOf(isOwner, isDelegate),
  'training.write': isContractorInTime,
  'training.waive': anyOf(isContractorLead, isGtl),
  'off-boarding.read': anyOf(isIspg, isOversight, isContractorInTime, isOwnIssoLead, isOrWasServiceIsso),
  'off-boarding.write': isContractorInTime,
  'off-boarding.write-own': inStates(isOrWasServiceIsso, ...OPEN_STATES),
  'off-boarding.report': isContractorLead,
  'engagement.close': isGtl,
  'hand-over.read': anyOf(
    isOwner,
    isIspg,
    isOversight,
    isContractorInTime,
    isIssoLead,
    isServiceIsso,
    isOfSystem,
  ),
  'hand-over.write': anyOf(isContractorInTime, isServiceIsso, isPresentIsso, isIspg),
  'outcome.read': anyOf(isOwner, isIspg, isOversight),
  'outcome.write': isOwner,

  'member.grant': isIspg,
  'member.approve': anyOf(isIspg, isOwner),
  'member.end': anyOf(isIspg, isOwner),
  'history.read': anyOf(isIspg, isOversight),
  'engagement.block': anyOf(isReader, isAtWork, isIssoLead),

  'survey.answer': isOwner,
  'survey.read': anyOf(isOwner, isDelegate, isIspg, isOversight),
  'milestone.record': anyOf(isIspg, isContractorLead),
  'satisfaction.ask': anyOf(isNamedOwner, isRequester, isMember, isAdvisor, isIspg),
  'initial.ask': isIspg,
} as const satisfies Readonly<Record<string, Rule>>;

/** What is somebody's own to do: whoever stands in for them does not take it over. */
export const OWN_VERBS: ReadonlySet<string> = new Set<keyof typeof RULES>([
  'letter.sign',
  'off-boarding.write-own',
]);

/** Verbs on one engagement. */
export type EngagementVerb = keyof typeof RULES;
export const ENGAGEMENT_VERBS = Object.keys(RULES) as readonly EngagementVerb[];
export const ENGAGEMENT_RULES: Readonly<Record<EngagementVerb, Rule>> = RULES;
