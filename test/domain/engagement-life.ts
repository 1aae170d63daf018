/** What the plain reference model knows of an engagement, and in which states each thing can be done: by hand from domain reference 2.2. */
import type { Command } from './engagement-commands.ts';

export type State = string;
export type Person = string;

export interface Member {
  readonly who: Person;
  readonly role: string;
  readonly by: Person;
  readonly needsTwo: boolean;
  readonly second: Person | null;
}

export interface Life {
  readonly state: State;
  readonly version: number;
  readonly owner: Person;
  readonly advisor: Person | null;
  readonly joined: readonly Person[];
  readonly question: 'none' | 'open' | 'answered';
  readonly form: boolean;
  readonly skills: boolean;
  readonly context: {
    readonly version: number;
    readonly hva: boolean | null;
    readonly ispg: Person | null;
    readonly contractor: Person | null;
  } | null;
  readonly sentBack: number;
  readonly candidate: {
    readonly who: Person;
    readonly waitsForGtl: boolean;
    readonly excepted: boolean;
    readonly ispg: Person | null;
    readonly owner: Person | null;
  } | null;
  readonly passedOver: number;
  readonly funded: boolean;
  readonly isso: Person | null;
  readonly dayZeroOn: string | null;
  readonly signed: readonly string[];
  readonly term: { readonly hours: number; readonly endOn: string | null } | null;
  readonly asked: {
    readonly endOn: string | null;
    readonly gtl: Person | null;
    readonly cor: Person | null;
  } | null;
  readonly other: {
    readonly who: Person;
    readonly ispg: Person | null;
    readonly owner: Person | null;
  } | null;
  readonly reported: Person | null;
  readonly notices: readonly {
    readonly sinceOn: string;
    readonly leaving: boolean;
    readonly told: boolean;
  }[];
  readonly members: readonly Member[];
}

export const BEGINNING: Life = {
  state: 'DRAFT',
  version: 1,
  owner: 'bo',
  advisor: 'advisor',
  joined: [],
  question: 'none',
  form: false,
  skills: false,
  context: null,
  sentBack: 0,
  candidate: null,
  passedOver: 0,
  funded: false,
  isso: null,
  dayZeroOn: null,
  signed: [],
  term: null,
  asked: null,
  other: null,
  reported: null,
  notices: [],
  members: [],
};

export const SCOPING = [
  'KICKOFF_HELD',
  'FORM_COMPLETE',
  'CONTEXT_ASSESSED',
  'SKILLS_CATEGORIZED',
  'MATCHING',
];
const ASSIGNED = [
  'ISSO_IDENTIFIED',
  'ONBOARDING',
  'ACTIVE',
  'PAUSED',
  'EXTENSION_REVIEW',
  'REASSIGNING',
  'OFFBOARDING',
];
const UP_TO_KICKOFF = ['DRAFT', 'REQUESTED', 'KICKOFF_PENDING'];
const OPEN = [...UP_TO_KICKOFF, ...SCOPING, 'CANDIDATE_PROPOSED', ...ASSIGNED];

/** In which states each thing can be done (domain reference 2.2). */
export const IN: Readonly<Record<Command['do'], readonly State[]>> = {
  confirm: ['DRAFT'],
  'accept-request': ['REQUESTED'],
  ask: ['REQUESTED'],
  answer: ['REQUESTED'],
  amend: UP_TO_KICKOFF,
  join: OPEN,
  hold: ['KICKOFF_PENDING'],
  'lock-form': ['KICKOFF_HELD'],
  'confirm-context': ['FORM_COMPLETE'],
  'settle-skills': ['CONTEXT_ASSESSED'],
  search: ['SKILLS_CATEGORIZED'],
  'send-back': ['FORM_COMPLETE', 'CONTEXT_ASSESSED', 'SKILLS_CATEGORIZED', 'MATCHING'],
  correct: OPEN,
  'note-paper': OPEN,
  propose: ['MATCHING'],
  allow: ['CANDIDATE_PROPOSED'],
  accept: ['CANDIDATE_PROPOSED'],
  'decline-candidate': ['CANDIDATE_PROPOSED'],
  fund: [...SCOPING, 'CANDIDATE_PROPOSED', ...ASSIGNED],
  onboard: ['ISSO_IDENTIFIED'],
  sign: ['ONBOARDING'],
  activate: ['ONBOARDING'],
  'tell-ciso': [...OPEN, 'CLOSED', 'WITHDRAWN', 'DECLINED'],
  pause: ['ACTIVE'],
  resume: ['PAUSED'],
  review: ['ACTIVE'],
  wish: ['EXTENSION_REVIEW'],
  approve: ['EXTENSION_REVIEW'],
  'term-over': ['EXTENSION_REVIEW'],
  end: ['ACTIVE', 'PAUSED', 'ONBOARDING', 'EXTENSION_REVIEW'],
  reassign: ['ACTIVE', 'ONBOARDING'],
  'accept-other': ['REASSIGNING'],
  'decline-other': ['REASSIGNING'],
  'name-other': ['REASSIGNING'],
  replace: ['REASSIGNING'],
  'change-term': ASSIGNED,
  report: ['OFFBOARDING'],
  close: ['OFFBOARDING'],
  withdraw: [...UP_TO_KICKOFF, ...SCOPING, 'CANDIDATE_PROPOSED'],
  decline: ['REQUESTED', 'KICKOFF_PENDING', ...SCOPING],
  'let-in': OPEN,
  'approve-member': OPEN,
  'remove-member': OPEN,
};
