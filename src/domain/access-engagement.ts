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
  isOfSystem,
  isOversight,
  isOwner,
  isRequester,
  isServiceIsso,
  type Rule,
} from './access-relations.ts';

/** The requesting side without those who only joined. */
const isRequesting: Rule = anyOf(isOwner, isRequester, isDelegate);
const isReader: Rule = anyOf(isRequesting, isMember, isAdvisor, isIspg, isOversight, isContractorInTime);
/** Takes part in the work on the system, once assigned or let in. */
const isAtWork: Rule = anyOf(isServiceIsso, isOfSystem);
/** Contractors come into a request through its kickoff, never by joining it. */
const isNoContractor: Rule = (person) => !isContractor(person);

const RULES = {
  'request.read': anyOf(isReader, isAtWork, isIssoLead),
  'request.read-answers': anyOf(isRequesting, isAdvisor, isIspg, isOversight, isContractorInTime),
  'request.join': isNoContractor,
  'request.amend': anyOf(isOwner, isRequester, inStates(isDelegate, 'DRAFT')),
  'request.confirm': isOwner,
  'request.withdraw': anyOf(isOwner, inStates(isRequester, 'DRAFT')),
  'request.answer': anyOf(isOwner, isRequester, isAdvisor),
  'request.triage': isIspg,
  // Triage is ISPG's; what was begun is the Government Task Lead's to give up (T24).
  'request.decline': anyOf(isGtl, inStates(isIspg, 'REQUESTED', 'KICKOFF_PENDING', 'KICKOFF_HELD')),
  'request.copy': isOwner,
  'kickoff.choose': anyOf(isOwner, isRequester),
  'kickoff.offer': isIspg,
  'kickoff.reschedule': anyOf(isOwner, isRequester, isIspg),
  'kickoff.cancel': anyOf(isOwner, isIspg),
  'kickoff.record': isIspg,

  'form.read': anyOf(isOwner, isDelegate, isAdvisor, isIspg, isOversight, isContractorInTime),
  'form.write': isIspg,
  'form.lock': isIspg,
  'money.read': anyOf(isOwner, isIspg, isOversight),
  'money.write': anyOf(isIspg, isCor),
  'context.read': anyOf(isOwner, isDelegate, isAdvisor, isIspg, isOversight, isContractorInTime, isAtWork),
  'context.write': anyOf(isIspg, isContractorInTime),
  'context.confirm-ispg': isIspg,
  'context.confirm-contractor': isContractorLead,
  'skills.read': anyOf(
    isOwner,
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
  'candidate.read': anyOf(isOwner, isAdvisor, isIspg, isOversight, isContractorInTime, isIssoLead),
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
  'letter.sign-owner': isOwner,
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
  'engagement.replace': isContractorLead,
  'ciso.note': isOwner,

  'card.write': isContractorInTime,
  'off-boarding.read': anyOf(isIspg, isOversight, isContractorInTime, isIssoLead, isServiceIsso),
  'off-boarding.write': isContractorInTime,
  'off-boarding.write-own': isServiceIsso,
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
  'hand-over.write': anyOf(isContractorInTime, isServiceIsso, isIspg),
  'outcome.read': anyOf(isOwner, isIspg, isOversight),
  'outcome.write': isOwner,

  'member.grant': isIspg,
  'member.approve': anyOf(isIspg, isOwner),
  'member.end': anyOf(isIspg, isOwner),
  'history.read': anyOf(isIspg, isOversight),
  'engagement.block': anyOf(isReader, isAtWork, isIssoLead),

  'survey.answer': isOwner,
  'survey.read': anyOf(isOwner, isIspg, isOversight),
  'milestone.record': anyOf(isIspg, isContractorLead),
  'satisfaction.ask': anyOf(isOwner, isRequester, isMember, isAdvisor, isIspg),
  'initial.ask': isIspg,
} as const satisfies Readonly<Record<string, Rule>>;

/** Verbs on one engagement. */
export type EngagementVerb = keyof typeof RULES;
export const ENGAGEMENT_VERBS = Object.keys(RULES) as readonly EngagementVerb[];
export const ENGAGEMENT_RULES: Readonly<Record<EngagementVerb, Rule>> = RULES;
