/**
 * The retention classes of what the bot keeps (domain reference 9.3 and 9.4), as data: schedule, how long, how sure that is. The agency
 * records officer confirms each line. Pure.
 */
import type { PaperKind } from './paper.ts';
import type { Retention } from './retention.ts';

/** `source`: found published. `assumed`: ours, until the records officer confirms it. */
export type RecordMark = 'source' | 'assumed';

export interface RecordClass {
  readonly key: string;
  readonly name: string;
  /** The records schedule and its item, as it is cited. */
  readonly schedule: string;
  readonly scheduleMark: RecordMark;
  readonly retention: Retention;
  readonly retentionMark: RecordMark;
  /** What the bot keeps of it, or why it keeps nothing. */
  readonly covers: string;
}

const years = (count: number): Retention => ({ kind: 'years', count });
const days = (count: number): Retention => ({ kind: 'days', count });

export const RECORD_CLASSES = [
  {
    key: 'transitory',
    name: 'Reminders, lists and ad hoc answers',
    schedule: 'GRS 5.2 item 010',
    scheduleMark: 'source',
    retention: days(180),
    retentionMark: 'source',
    covers: 'Answers, reminders, nudges, digests and invitations; leave, daily messages and the console.',
  },
  {
    key: 'intermediary',
    name: 'Drafts and input',
    schedule: 'GRS 5.2 item 020',
    scheduleMark: 'source',
    retention: days(180),
    retentionMark: 'assumed',
    covers:
      'What people typed and pressed, and forms as they were filled in, once the record made of them is final.',
  },
  {
    key: 'access',
    name: 'Access and permissions',
    schedule: 'GRS 3.2 items 030 and 031',
    scheduleMark: 'source',
    retention: years(6),
    retentionMark: 'source',
    covers: 'Roles that were given, stand-ins, people and their accounts.',
  },
  {
    key: 'security-programme',
    name: 'Security programme administration',
    schedule: 'GRS 5.6 item 010',
    scheduleMark: 'source',
    retention: years(3),
    retentionMark: 'source',
    covers: 'Meetings with their notes and check-ins, context assessments, skill profiles and plans.',
  },
  {
    key: 'credentials',
    name: 'PIV application and card records',
    schedule: 'GRS 5.6 items 120 and 121',
    scheduleMark: 'assumed',
    retention: years(6),
    retentionMark: 'assumed',
    covers: 'Information Cards, which hold dates and status only.',
  },
  {
    key: 'personnel-security',
    name: 'Personnel security status',
    schedule: 'GRS 5.6, personnel security items',
    scheduleMark: 'assumed',
    retention: years(6),
    retentionMark: 'assumed',
    covers: 'No rows of its own: the lines about it stand on the Information Card and are kept with it.',
  },
  {
    key: 'training',
    name: 'Training records',
    schedule: 'GRS 2.6 item 030',
    scheduleMark: 'assumed',
    retention: years(5),
    retentionMark: 'source',
    covers: 'What each Service ISSO completed, and when.',
  },
  {
    key: 'service-request',
    name: 'Requests for service',
    schedule: 'GRS 5.8 item 010',
    scheduleMark: 'source',
    retention: years(1),
    retentionMark: 'assumed',
    covers:
      'Cards, notices and escalations, blockers, mail that asks for something, surveys, preparation and hand-over.',
  },
  {
    key: 'contract',
    name: 'Contract and task-order files',
    schedule: 'GRS 1.1 item 010',
    scheduleMark: 'assumed',
    retention: years(6),
    retentionMark: 'assumed',
    covers:
      'Engagements and their dates, Request Forms, candidates, outcome reviews and weekly status reports.',
  },
  {
    key: 'property',
    name: 'Property accountability',
    schedule: 'GRS 5.7 item 010 and GRS 1.1',
    scheduleMark: 'source',
    retention: years(3),
    retentionMark: 'assumed',
    covers: 'Off-boarding lists, with what was returned.',
  },
  {
    key: 'hipaa',
    name: 'HIPAA documentation',
    schedule: 'ARS SI-12 PHI.1 and RA-3 PRIV.2',
    scheduleMark: 'source',
    retention: years(6),
    retentionMark: 'source',
    covers: 'Nothing: the bot refuses such data and keeps none of it.',
  },
  {
    key: 'audit',
    name: 'Audit record',
    schedule: 'ARS AU-11 and OMB M-21-31',
    scheduleMark: 'source',
    retention: { kind: 'kept', because: 'a gap would break its chain of hashes; 30 months are asked for' },
    retentionMark: 'assumed',
    covers: 'The record of who did what, and its head.',
  },
  {
    key: 'records-management',
    name: 'Records management',
    schedule: 'GRS 4.1 item 020',
    scheduleMark: 'assumed',
    retention: { kind: 'kept', because: 'it shows what was held and what was disposed of' },
    retentionMark: 'assumed',
    covers: 'Legal holds and the log of what was disposed of.',
  },
  {
    key: 'working-data',
    name: 'Working data of the program',
    schedule: 'No record: settings and state of the program',
    scheduleMark: 'assumed',
    retention: { kind: 'kept', because: 'the program needs it to run' },
    retentionMark: 'assumed',
    covers: 'No records, but settings, cadences, counters, clocks, and what the program notes for itself.',
  },
] as const satisfies readonly RecordClass[];

export type RecordClassKey = (typeof RECORD_CLASSES)[number]['key'];

/** The class of that key; null for none. Capitals and blanks don't count: `Service request` is `service-request`. */
export function recordClassOf(typed: string): (RecordClass & { readonly key: RecordClassKey }) | null {
  const key = typed.trim().toLowerCase().replaceAll(' ', '-');
  return RECORD_CLASSES.find((each) => each.key === key) ?? null;
}

/** The class of each kind of outgoing message. */
export const DELIVERY_CLASSES = {
  answer: 'transitory',
  card: 'service-request',
  notice: 'service-request',
  reminder: 'transitory',
  nudge: 'transitory',
  escalation: 'service-request',
  digest: 'transitory',
  invitation: 'transitory',
} as const satisfies Readonly<Record<string, RecordClassKey>>;

/** The class of each kind of paper. */
export const PAPER_CLASSES = {
  'request-form': 'contract',
  'context-assessment': 'security-programme',
  'skill-profile': 'security-programme',
  preparation: 'service-request',
  'hand-over': 'service-request',
  'outcome-review': 'contract',
  'isso-profile': 'contract',
  'information-card': 'credentials',
  'off-boarding': 'property',
  'fit-sheet': 'contract',
  training: 'training',
  'course-dates': 'security-programme',
  'status-note': 'contract',
  'status-report': 'contract',
  'nudge-list': 'transitory',
  'marketplace-plan': 'security-programme',
} as const satisfies Readonly<Record<PaperKind, RecordClassKey>>;

/** The class of each table whose rows are all of one class. Messages and papers go by their kind. */
export const TABLE_CLASSES = {
  inbox_event: 'intermediary',
  conversation: 'intermediary',
  leave: 'transitory',
  daily_message: 'transitory',
  console_post: 'transitory',
  role_grant: 'access',
  stand_in: 'access',
  person: 'access',
  platform_user: 'access',
  check_in: 'security-programme',
  meeting: 'security-programme',
  survey: 'service-request',
  blocker: 'service-request',
  mail_request: 'service-request',
  milestone: 'contract',
  engagement: 'contract',
  audit_entry: 'audit',
  audit_head: 'audit',
  legal_hold: 'records-management',
  disposal: 'records-management',
  contact_setting: 'working-data',
  platform_installation: 'working-data',
  request_counter: 'working-data',
  cadence: 'working-data',
  job_run: 'working-data',
  digest_mark: 'working-data',
  ended_session: 'working-data',
  platform_pause: 'working-data',
  console_read_mark: 'working-data',
  console_clock: 'working-data',
  _prisma_migrations: 'working-data',
} as const satisfies Readonly<Record<string, RecordClassKey>>;
