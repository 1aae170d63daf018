/** Questions about the state of the programme, as they are understood, and which open engagements answer them. Pure. */
import type { CardParty } from './card-template.ts';
import type { DigestEngagement, EngagementAndMeeting } from './digest.ts';
import type { DigestException } from './digest-exceptions.ts';
import type { FlowKind } from './digest-flow.ts';
import type { WaitingSide } from './engagement.ts';
import type { OpenState } from './engagement-states.ts';
import { kickoffNow } from './kickoff-stands.ts';
import type { TimedStep } from './measures.ts';
import { type NextMove, type NextMoveName, nextMoves } from './next-move.ts';
import type { Period } from './period.ts';
import type { Person, Role } from './person.ts';
import type { LocalDate } from './time.ts';

/** What of an Information Card somebody may wait for: several lines that people call by one word. */
export const LINE_TOPICS = {
  clearance: ['security_clearance', 'prescreen_ok'],
  fingerprints: ['fingerprinting'],
  questionnaire: ['eqip'],
  piv: ['piv_card'],
  eua: ['eua_id'],
  laptop: ['gfe_laptop'],
  training: ['isspa_training', 'rbt', 'curriculum'],
  access: ['remote_access', 'email_chat', 'cfacts_access', 'other_access'],
  letter: ['appointment_letter'],
  preparation: ['bo_prep'],
  paperwork: ['offer_accepted', 'roster_add', 'ict_request'],
  sponsorship: ['cor_approval'],
} as const satisfies Readonly<Record<string, readonly string[]>>;
export type LineTopic = keyof typeof LINE_TOPICS;

/** Steps of an engagement that somebody may wait for, by the moves that bring them about. */
export const MOVE_TOPICS = {
  triage: ['triage'],
  confirmation: ['confirm-draft'],
  answer: ['answer-ispg'],
  kickoff: ['arrange-kickoff'],
  form: ['complete-form'],
  context: ['confirm-context'],
  skills: ['settle-skills'],
  candidate: ['propose-candidate', 'allow-exception', 'answer-candidate', 'answer-replacement'],
  funding: ['confirm-funding'],
  onboarding: ['start-onboarding'],
  extension: ['say-wish', 'approve-extension', 'settle-wish'],
  close: ['off-board', 'close'],
} as const satisfies Readonly<Record<string, readonly NextMoveName[]>>;
export type MoveTopic = keyof typeof MOVE_TOPICS;

export type WaitTopic =
  | { readonly kind: 'line'; readonly of: LineTopic }
  | { readonly kind: 'move'; readonly of: MoveTopic }
  | { readonly kind: 'side'; readonly of: WaitingSide }
  /** Somebody who has lines of cards in hand and no steps of engagements. */
  | { readonly kind: 'party'; readonly of: CardParty }
  /** As typed; whoever reads it finds the person. */
  | { readonly kind: 'person'; readonly typed: string };

export type Missing = 'cra' | 'owner' | 'service-isso';

interface Filters {
  /** Its key; null: of all. */
  readonly component: string | null;
  /** Its key; null: of all. */
  readonly offering: string | null;
}

/** A question that can be answered. */
export type AskQuestion = Filters &
  (
    | { readonly ask: 'waiting'; readonly topic: WaitTopic }
    | { readonly ask: 'late'; readonly isLate: boolean; readonly isAtRisk: boolean }
    | { readonly ask: 'joins' | 'ends'; readonly period: Period }
    | { readonly ask: 'in-state'; readonly states: readonly OpenState[] }
    | { readonly ask: 'happened'; readonly what: FlowKind; readonly period: Period }
    | { readonly ask: 'missing'; readonly what: Missing }
    | { readonly ask: 'how-long'; readonly step: TimedStep; readonly period: Period }
  );
export type AskKind = AskQuestion['ask'];

/** True when the engagement is of what the question is about. */
export const isMeant = (
  { component, offering }: Filters,
  engagement: Pick<DigestEngagement, 'component' | 'offering'>,
): boolean =>
  (component === null || engagement.component === component) &&
  (offering === null || engagement.offering === offering);

/** True when one of the moves that are open now brings about what is waited for. A kickoff is waited for until it was held, however far it is. */
export const waitsForMove = (engagement: DigestEngagement, of: MoveTopic): boolean => {
  const wanted: readonly NextMoveName[] = MOVE_TOPICS[of];
  return nextMoves(engagement, null).some(({ what }) => wanted.includes(what));
};

const movesNow = (each: EngagementAndMeeting, now: Date): readonly NextMove[] =>
  nextMoves(each.engagement, kickoffNow(each, now));

/** True when that side has a move. Work that goes on waits for nobody. */
export const waitsForSide = (each: EngagementAndMeeting, of: WaitingSide, now: Date): boolean =>
  movesNow(each, now).some(({ side, what }) => side === of && what !== 'work');

/** Who of a side is meant where several could be: by the engagement for those it names, by their role for the others. */
const BY_ROLE: Readonly<Partial<Record<WaitingSide, Role>>> = {
  contractor: 'contractor_lead',
  gtl: 'gtl',
  cor: 'cor',
  ciso: 'ciso',
};

/** True when the person has a move in the engagement: as the one it names, or by a role that does it. */
export function waitsForPerson(
  each: EngagementAndMeeting,
  person: Pick<Person, 'id' | 'roles'>,
  now: Date,
): boolean {
  const { engagement } = each;
  return movesNow(each, now).some(({ side, what }) => {
    if (what === 'work') return false;
    if (side === 'business_owner') return engagement.businessOwnerId === person.id;
    if (side === 'service_isso') return engagement.course.serviceIssoId === person.id;
    if (side === 'ispg') return engagement.triagedById === person.id;
    const role = BY_ROLE[side];
    return role !== undefined && person.roles.includes(role);
  });
}

/** The day on which its Service ISSO starts work there, or is to; null while nobody is proposed. */
export const startOf = ({ course }: DigestEngagement): LocalDate | null =>
  course.activeSinceOn ?? course.term?.startOn ?? course.candidate?.startOn ?? null;

/** The last day of work as it is planned; null for an engagement that goes on. */
export const endOf = ({ course }: DigestEngagement): LocalDate | null =>
  course.offBoarding?.endOn ?? course.term?.endOn ?? null;

export const isWithin = (on: LocalDate | null, { from, until }: Period): boolean =>
  on !== null && on >= from && on <= until;

/** True for what is over its time, for what is going to be, or for both, as it was asked. */
export const isTrouble = (
  { group, what }: DigestException,
  { isLate, isAtRisk }: { readonly isLate: boolean; readonly isAtRisk: boolean },
): boolean =>
  (isLate && (group === 'overdue' || what === 'forecast-late')) ||
  (isAtRisk && group === 'at-risk' && what !== 'forecast-late');

/** True when the engagement has nobody in that place, or whoever it had is gone by `isHere`. */
export function isMissing(
  engagement: DigestEngagement,
  what: Missing,
  exceptions: readonly DigestException[],
): boolean {
  switch (what) {
    case 'cra':
      return engagement.craId === null;
    case 'owner':
      return exceptions.some((each) => each.what === 'no-owner');
    case 'service-isso':
      return exceptions.some((each) => each.what === 'no-service-isso');
    default:
      return what satisfies never;
  }
}
