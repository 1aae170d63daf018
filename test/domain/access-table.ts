/**
 * Who may do what with one engagement, written by hand from domain reference 1.3 (see and do) and 2.2 (triggers). It is the yardstick
 * for the rules, so nothing here is worked out from them.
 *
 * A row for each verb, a place for each way to stand to an engagement:
 *
 *   owner delegate requester joined advisor | ISPG GTL COR auditor | contractor lead, coordinator, ISSO Lead, ISSO Lead of its team
 *   | Service ISSO, Service ISSO before, Data Guardian, maintainer, system owner, present ISSO, COR of it | anybody else
 *
 * The matrix has no column for the system owner and the present ISSO: they stand with the Data Guardian and the maintainer.
 */
import type { EngagementVerb } from '../../src/domain/access.ts';
import type { EngagementState } from '../../src/domain/engagement-states.ts';

export const STANDINGS = [
  'owner',
  'delegate',
  'requester',
  'joined',
  'advisor',
  'ISPG',
  'GTL',
  'COR',
  'auditor',
  'contractor lead',
  'coordinator',
  'ISSO Lead',
  'ISSO Lead of the team',
  'Service ISSO',
  'Service ISSO before',
  'Data Guardian',
  'maintainer',
  'system owner',
  'present ISSO',
  'COR of it',
  'anybody',
] as const;
export type Standing = (typeof STANDINGS)[number];

const ROWS: Readonly<Record<EngagementVerb, string>> = {
  'request.read': 'xxxxx xxxx kkkx a.xxxxx .',
  'request.read-answers': 'xxx.x xxxx kk.. ......x .',
  'request.join': 'xxxxx xxxx .... ..xxxxx x',
  'request.amend': 'xdx.. .... .... ....... .',
  'request.confirm': 'x.... .... .... ....... .',
  'request.withdraw': 'x.d.. .... .... ....... .',
  'request.answer': 'x.x.x .... .... ....... .',
  'request.triage': '..... xx.. .... ....... .',
  'request.decline': '..... tx.. .... ....... .',
  'request.copy': 'x.... .... .... ....... .',
  'kickoff.choose': 'x.x.. .... .... ....... .',
  'kickoff.offer': '..... xx.. .... ....... .',
  'kickoff.reschedule': 'x.x.. xx.. .... ....... .',
  'kickoff.cancel': 'x.... xx.. .... ....... .',
  'kickoff.record': '..... xx.. .... ....... .',

  'form.read': 'xx..x xxxx kk.. ......x .',
  'form.write': '..... xx.. .... ....... .',
  'form.lock': '..... xx.. .... ....... .',
  'money.read': 'xx... xxxx .... ......x .',
  'money.write': '..... xxx. .... ....... .',
  'context.read': 'xx..x xxxx kk.. a.xxxxx .',
  'context.write': '..... xx.. kk.. ....... .',
  'context.confirm-ispg': '..... xx.. .... ....... .',
  'context.confirm-contractor': '..... .... k... ....... .',
  'skills.read': 'xx..x xxxx kkkx a.....x .',
  'skills.write': '..... .... kk.. ....... .',
  'skills.settle': '..... .... k... ....... .',
  'engagement.send-back': '..... xx.. .... ....... .',
  'engagement.correct': '..... xx.. .... ....... .',

  'shortlist.read': '..... xxxx kkkx ......x .',
  'candidate.read': 'xx..x xxxx kkkx ......x .',
  'candidate.propose': '..... .... k... ....... .',
  'candidate.allow': '..... .x.. .... ....... .',
  'candidate.accept-ispg': '..... xx.. .... ....... .',
  'candidate.accept': 'x.... .... .... ....... .',
  'candidate.decline': 'x.... xx.. .... ....... .',
  'funding.confirm': '..... .xx. .... ....... .',
  'onboarding.begin': '..... .... k... ....... .',
  'preparation.read': 'xxx.x xxxx kk.. a.xxxxx .',
  'preparation.write': 'xx..x xx.. .... ..xxxx. .',
  'letter.sign': '..... .... .... a...... .',
  'letter.sign-owner': 'x.... .... .... ....x.. .',
  'letter.note-ciso': 'x.... xx.. .... ....... .',

  'engagement.activate': '..... .x.. .... ....... .',
  'engagement.pause': '..... .x.. .... ....... .',
  'engagement.resume': '..... .x.. .... ....... .',
  'engagement.review-extension': 'x.... .x.. .... ....... .',
  'engagement.wish': 'x.... .... .... ....... .',
  'engagement.approve-extension': '..... .x.. .... ....... .',
  'engagement.approve-extension-cor': '..... ..x. .... ....... .',
  'engagement.end': '..... .x.. .... ....... .',
  'engagement.change-term': '..... .x.. .... ....... .',
  'engagement.ask-change': 'xx..x xx.. k... a...... .',
  'engagement.reassign': '..... .x.. k... ....... .',
  'replacement.accept-ispg': '..... xx.. .... ....... .',
  'replacement.accept': 'x.... .... .... ....... .',
  'replacement.decline': 'x.... xx.. .... ....... .',
  'engagement.replace': '..... .... k... ....... .',
  'ciso.note': 'x.... .... .... ....... .',

  'card.write': '..... .... kk.. ....... .',
  'card.move-day-zero': '..... .x.. k... ....... .',
  'card.move-item': '..... .x.. k... ....... .',
  'card.waive': '..... .x.. .... ....... .',
  'card.adopt': '..... .x.. k... ....... .',
  'training.read': '..... xxxx kk.x ......x .',
  'training.read-summary': 'xx... .... .... ....... .',
  'training.write': '..... .... kk.. ....... .',
  'training.waive': '..... .x.. k... ....... .',
  'off-boarding.read': '..... xxxx kk.x xx....x .',
  'off-boarding.write': '..... .... kk.. ....... .',
  'off-boarding.write-own': '..... .... .... oo..... .',
  'off-boarding.report': '..... .... k... ....... .',
  'engagement.close': '..... .x.. .... ....... .',
  'hand-over.read': 'x.... xxxx kkkx a.xxxxx .',
  'hand-over.write': '..... xx.. kk.. a....x. .',
  'outcome.read': 'x.... xxxx .... ......x .',
  'outcome.write': 'x.... .... .... ....... .',

  'member.grant': '..... xx.. .... ....... .',
  'member.approve': 'x.... xx.. .... ....... .',
  'member.end': 'x.... xx.. .... ....... .',
  'history.read': '..... xxxx .... ......x .',
  'engagement.block': 'xxxxx xxxx kkkx a.xxxxx .',

  'survey.answer': 'x.... .... .... ....... .',
  'survey.read': 'xx... xxxx .... ......x .',
  'milestone.record': '..... xx.. k... ....... .',
  'satisfaction.ask': 'x.xxx xx.. .... ....... .',
  'initial.ask': '..... xx.. .... ....... .',
};

const KICKOFF_SET: readonly EngagementState[] = [
  'KICKOFF_PENDING',
  'KICKOFF_HELD',
  'FORM_COMPLETE',
  'CONTEXT_ASSESSED',
  'SKILLS_CATEGORIZED',
  'MATCHING',
  'CANDIDATE_PROPOSED',
];
const ISSO_ASSIGNED: readonly EngagementState[] = [
  'ISSO_IDENTIFIED',
  'ONBOARDING',
  'ACTIVE',
  'PAUSED',
  'EXTENSION_REVIEW',
  'REASSIGNING',
  'OFFBOARDING',
];
const BEFORE_KICKOFF_SET: readonly EngagementState[] = ['DRAFT', 'REQUESTED'];

/** What each mark means; a state class is a list written out. */
const MARKS: Readonly<Record<string, readonly EngagementState[]>> = {
  '.': [],
  x: [...BEFORE_KICKOFF_SET, ...KICKOFF_SET, ...ISSO_ASSIGNED, 'CLOSED', 'WITHDRAWN', 'DECLINED'],
  /** While it is a draft. */
  d: ['DRAFT'],
  /** ISPG's triage; what was begun after it is the GTL's to decline (T24). */
  t: ['REQUESTED', 'KICKOFF_PENDING', 'KICKOFF_HELD'],
  /** The contractor comes in once the kickoff is set, and goes with a request that was given up. */
  k: [...KICKOFF_SET, ...ISSO_ASSIGNED, 'CLOSED'],
  /** While a Service ISSO is assigned. */
  a: ISSO_ASSIGNED,
  /** While it is open. */
  o: [...BEFORE_KICKOFF_SET, ...KICKOFF_SET, ...ISSO_ASSIGNED],
};

/** True when the table lets somebody of that standing alone do `verb` in that state. */
export function tableAllows(verb: EngagementVerb, standing: Standing, state: EngagementState): boolean {
  const mark = ROWS[verb].replaceAll(' ', '')[STANDINGS.indexOf(standing)];
  const states = mark === undefined ? undefined : MARKS[mark];
  if (!states) throw new Error(`${verb} has no mark for ${standing}`);
  return states.includes(state);
}

/** Filing is open to everybody, so whoever is named as the owner follows it and takes it back, even without a federal part in force. */
export const OF_A_NAMED_OWNER: readonly EngagementVerb[] = [
  'request.read',
  'request.read-answers',
  'request.amend',
  'request.withdraw',
  'request.answer',
  'request.copy',
  'kickoff.choose',
  'kickoff.reschedule',
  'kickoff.cancel',
  'preparation.read',
  'satisfaction.ask',
  'engagement.block',
];

/** Decisions of T2, T10, T13, T17, T18, T21 and T22, and what else is approved: never a contractor's, never an administrator's. */
export const DECISIONS: readonly EngagementVerb[] = [
  'request.confirm',
  'request.triage',
  'request.decline',
  'form.lock',
  'context.confirm-ispg',
  'candidate.allow',
  'candidate.accept-ispg',
  'candidate.accept',
  'funding.confirm',
  'letter.sign-owner',
  'engagement.activate',
  'engagement.pause',
  'engagement.resume',
  'engagement.wish',
  'engagement.approve-extension',
  'engagement.approve-extension-cor',
  'engagement.end',
  'engagement.change-term',
  'replacement.accept-ispg',
  'replacement.accept',
  'engagement.close',
  'member.grant',
  'member.approve',
  'survey.answer',
  'outcome.write',
];
