/** The words by which questions about the state of the programme are understood, as data: `docs/ask.md` lists them all. */
import type { LineTopic, Missing, MoveTopic } from '../domain/ask.ts';
import type { CardParty } from '../domain/card-template.ts';
import type { FlowKind } from '../domain/digest-flow.ts';
import type { WaitingSide } from '../domain/engagement.ts';
import type { OpenState } from '../domain/engagement-states.ts';
import type { TimedStep } from '../domain/measures.ts';

type Words<Key extends string> = Readonly<Record<Key, readonly string[]>>;

/** What is asked for, apart from what happened. */
export const ASKED_BY = {
  'how-long': ['how long', 'how many days'],
  waiting: [
    'waiting on',
    'waiting for',
    'wait on',
    'wait for',
    'waits on',
    'waits for',
    'blocked by',
    'blocked on',
    'held up by',
    'stuck on',
    'stuck at',
    'with an open',
  ],
  late: ['late', 'overdue', 'delayed', 'behind', 'behind schedule', 'past due', 'out of time'],
  'at-risk': ['at risk', 'in danger', 'in trouble', 'likely to be late'],
  joins: [
    'joins',
    'join',
    'joining',
    'starts',
    'start',
    'starting',
    'starts work',
    'start work',
    'arrives',
    'comes on board',
  ],
  ends: [
    'ends',
    'end',
    'ending',
    'expires',
    'expire',
    'expiring',
    'runs out',
    'run out',
    'finishes',
    'finish',
    'concludes',
  ],
} as const satisfies Words<string>;

/** What happened in a time. */
export const HAPPENED: Words<FlowKind> = {
  filed: [
    'filed',
    'submitted',
    'came in',
    'come in',
    'received',
    'arrived',
    'new requests',
    'were requested',
  ],
  accepted: ['accepted', 'triaged', 'approved at triage'],
  'kickoff-held': [
    'kickoffs held',
    'kickoffs were held',
    'held kickoffs',
    'had a kickoff',
    'had their kickoff',
  ],
  identified: ['identified', 'matched', 'service issos identified', 'issos identified'],
  'at-work': ['began work', 'started work', 'became active', 'went active', 'started'],
  closed: ['closed', 'ended', 'finished', 'completed'],
  withdrawn: ['withdrawn', 'withdrew', 'were withdrawn', 'taken back'],
  declined: ['declined', 'rejected', 'refused', 'not accepted', 'turned down', 'denied'],
};

/** What engagements have nobody for. */
export const MISSING: Words<Missing> = {
  cra: [
    'no cra',
    'without a cra',
    'without cra',
    'missing a cra',
    'no advisor',
    'without an advisor',
    'no cyber risk advisor',
    'without a cyber risk advisor',
  ],
  owner: ['no ispg owner', 'without an ispg owner', 'nobody in ispg', 'unassigned'],
  'service-isso': ['no service isso', 'without a service isso', 'no isso', 'without an isso'],
};

/** Lines of Information Cards. */
export const LINE_WORDS: Words<LineTopic> = {
  clearance: [
    'clearance',
    'clearances',
    'security clearance',
    'security clearances',
    'background investigation',
    'background check',
    'suitability',
    'screening',
  ],
  fingerprints: ['fingerprints', 'fingerprint', 'fingerprinting'],
  questionnaire: ['questionnaire', 'e qip', 'eqip', 'eapp'],
  piv: ['piv', 'pivs', 'piv card', 'piv cards', 'badge', 'badges'],
  eua: ['eua', 'euas', 'eua id', 'eua ids'],
  laptop: ['laptop', 'laptops', 'gfe', 'computer', 'computers', 'vdi'],
  training: ['training', 'trainings', 'role based training', 'rbt', 'curriculum', 'course', 'courses'],
  access: ['access', 'cfacts', 'vpn', 'remote access', 'system access', 'mailbox'],
  letter: ['appointment letter', 'appointment letters', 'letter', 'letters', 'signature', 'signatures'],
  preparation: ['preparation', 'preparations', 'prep'],
  paperwork: ['paperwork', 'nda', 'contract paperwork', 'roster', 'ict request', 'access request'],
  sponsorship: ['sponsorship', 'cor approval', 'sponsor'],
};

/** Steps of an engagement. */
export const MOVE_WORDS: Words<MoveTopic> = {
  triage: ['triage', 'acceptance'],
  confirmation: ['confirmation', 'confirmation of the draft'],
  answer: ['answer', 'answers', 'answer to a question'],
  kickoff: ['kickoff', 'kickoffs', 'kick off', 'kickoff meeting'],
  form: ['form', 'request form', 'forms'],
  context: ['context', 'context assessment'],
  skills: ['skills', 'skill profile'],
  candidate: [
    'candidate',
    'candidates',
    'match',
    'service isso',
    'an isso',
    'new service isso',
    'replacement',
  ],
  funding: ['funding', 'money', 'funds', 'budget'],
  onboarding: ['start of onboarding', 'onboarding to start', 'day 0'],
  extension: ['extension', 'extensions', 'renewal'],
  close: ['closing', 'off boarding', 'offboarding'],
};

/** Who has the next move. */
export const SIDE_WORDS: Words<WaitingSide> = {
  ispg: ['ispg', 'ispg team', 'us'],
  contractor: ['contractor', 'contractors', 'contract lead', 'contract leads', 'contractor lead'],
  business_owner: ['business owner', 'business owners', 'owner', 'owners', 'bo'],
  gtl: ['gtl', 'government task lead'],
  cor: ['cor', 'contracting officer', "contracting officer's representative"],
  service_isso: ['the service isso', 'the service issos', 'service issos', 'issos'],
  ciso: ['ciso'],
};

/** Who has lines of cards in hand, and no steps of engagements. */
export const PARTY_WORDS: Words<
  Extract<CardParty, 'security_office' | 'badging_office' | 'access_staff' | 'it_desk'>
> = {
  security_office: ['personnel security', 'security office', 'security officer'],
  badging_office: ['badging office', 'badge office', 'badging'],
  access_staff: ['access staff', 'access team'],
  it_desk: ['it desk', 'it service desk', 'service desk', 'help desk'],
};

/** Where an open engagement stands. */
export const STATE_WORDS: Words<OpenState> = {
  DRAFT: ['draft', 'drafts', 'unconfirmed'],
  REQUESTED: ['requested', 'new', 'to triage', 'in triage'],
  KICKOFF_PENDING: ['kickoff pending', 'kickoff being scheduled', 'before the kickoff'],
  KICKOFF_HELD: ['kickoff held', 'after the kickoff'],
  FORM_COMPLETE: ['form complete', 'form completed', 'request form completed'],
  CONTEXT_ASSESSED: ['context assessed'],
  SKILLS_CATEGORIZED: ['skills categorized', 'skills set'],
  MATCHING: ['matching', 'searching', 'search', 'being matched', 'finding a service isso'],
  CANDIDATE_PROPOSED: ['candidate proposed', 'candidate stage'],
  ISSO_IDENTIFIED: ['service isso identified', 'isso identified'],
  ONBOARDING: ['onboarding', 'being onboarded', 'on boarding'],
  ACTIVE: ['active', 'working', 'at work'],
  PAUSED: ['paused', 'on hold'],
  EXTENSION_REVIEW: ['extension review', 'extension under review'],
  REASSIGNING: ['reassigning', 'being reassigned', 'changing the service isso'],
  OFFBOARDING: ['offboarding', 'off boarding'],
};
/** Every open engagement. */
export const OPEN_WORDS: readonly string[] = ['open', 'running', 'ongoing'];

/** Steps whose times are measured, from the request on. */
export const STEP_WORDS: Words<TimedStep> = {
  kickoff: ['kickoff', 'the kickoff', 'getting to the kickoff'],
  form: ['form', 'request form'],
  match: ['match', 'matching', 'finding a service isso', 'finding a candidate', 'identifying a service isso'],
  active: ['onboarding', 'becoming active', 'start of work', 'starting work', 'the whole way'],
};

/** What is asked about. Where a question has no verb of its own, one of these shows that it is about engagements. */
export const NOUNS: readonly string[] = [
  'engagements',
  'engagement',
  'requests',
  'request',
  'systems',
  'onboardings',
];

/** A text without any of these is no question. */
export const QUESTION_WORDS: readonly string[] = [
  'how many',
  'how long',
  'how many days',
  'which',
  'what',
  'whats',
  "what's",
  'who',
  'whos',
  "who's",
  'list',
  'show',
  'count',
  'number of',
  'are there',
  'everything',
  'is anything',
  'anything',
  ...NOUNS,
];

/** Words that make no difference. Whatever is neither here nor known otherwise makes a question one that can't be read. */
export const SMALL_WORDS: ReadonlySet<string> = new Set(
  `a an the of in on at to for from by with about is are be being was were there here any all have has had do does did been currently now
  right today still please me us tell give that this those these and or yet their its it take takes taken took why because so far get
  got receive people programme program cms whose one ones work anybody somebody someone s we our soon`.split(
    /\s+/u,
  ),
);
