/** What the catalogue says of a service, whoever runs it (domain reference 8.2), and when it can be asked for. */
import type { LocalDate } from './time.ts';

/** One sentence of a record, and how sure it is: from the programme's page, from another public source, or taken for granted by us. */
export interface Stated {
  readonly text: string;
  readonly mark: 'page' | 'source' | 'assumed';
}

export const fromPage = (text: string): Stated => ({ text, mark: 'page' });
export const sourced = (text: string): Stated => ({ text, mark: 'source' });
/** Nobody has confirmed it: chat says so beside it. */
export const assumed = (text: string): Stated => ({ text, mark: 'assumed' });

/** Something that should hold before somebody asks for a service. It decides nothing: people do. */
export interface EligibilityQuestion {
  readonly key: string;
  /** To be answered by yes, no or not sure. */
  readonly ask: string;
  readonly why: string;
  /** The answer with which the service fits. */
  readonly fits: 'yes' | 'no';
  /** What is missing otherwise, and what to do about it, said kindly. */
  readonly missing: string;
  /** Keys of services that fit better then; left out: none does. */
  readonly better?: readonly string[];
}

export const AUDIENCES = ['business_owner', 'isso', 'security_team'] as const;
/** Who a service is for, to browse by. */
export type Audience = (typeof AUDIENCES)[number];

export const OFFERING_STATUSES = ['pilot', 'live', 'paused', 'retired'] as const;
export type OfferingStatus = (typeof OFFERING_STATUSES)[number];

/** Who runs a service. A service of CISA is never one of CMS, nor the other way round. */
export type ProviderKey = 'cms' | 'cisa';

export interface NamedLink {
  readonly title: string;
  readonly url: string;
}

/** What the catalogue says of a service, as data (domain reference 8.2). */
export interface OfferingRecord {
  readonly key: string;
  readonly name: string;
  /** One line: what you get. */
  readonly purpose: string;
  /** Other words for it, to find it by. The first is what to type for it. */
  readonly alsoCalled: readonly [string, ...string[]];
  readonly audiences: readonly Audience[];
  readonly forWhom: Stated;
  /** What somebody needs who is helped by it, as they would say it: a choice of "help me choose". */
  readonly need: string;
  readonly eligibility: readonly EligibilityQuestion[];
  readonly youGet: readonly Stated[];
  readonly weNeed: readonly Stated[];
  readonly price: Stated;
  readonly funding: Stated;
  readonly provider: { readonly key: ProviderKey; readonly name: string };
  /** By which contract or agreement it is bought, and whom to ask about that. */
  readonly contract: Stated;
  readonly contractingContact: Stated;
  readonly standards: readonly Stated[];
  readonly serviceLevels: readonly Stated[];
  readonly leadTime: Stated;
  readonly onboarding: readonly Stated[];
  readonly owner: Stated;
  readonly approvers: Stated;
  /** E-mail of the people who run it, or of those at CMS who know whom to ask. */
  readonly contact: string;
  readonly escalation: readonly Stated[];
  readonly status: OfferingStatus;
  readonly version: number;
  /** Its first day, and its last; null: no end is set. */
  readonly effective: { readonly from: LocalDate; readonly until: LocalDate | null };
  readonly documents: readonly NamedLink[];
  readonly policies: readonly NamedLink[];
  readonly changes: readonly { readonly version: number; readonly on: LocalDate; readonly what: string }[];
  readonly metrics: readonly Stated[];
  /** Its public page. */
  readonly page: string;
}

/** Whether somebody may ask for it on that day; otherwise why not. A pilot can be asked for. */
export type Availability = 'open' | 'paused' | 'retired' | 'not-yet' | 'over';

/** By its status and its dates. What is under way goes on in any case: this is about new requests. */
export function availabilityOf(
  { status, effective }: Pick<OfferingRecord, 'status' | 'effective'>,
  today: LocalDate,
): Availability {
  if (status === 'paused' || status === 'retired') return status;
  if (today < effective.from) return 'not-yet';
  return effective.until !== null && today > effective.until ? 'over' : 'open';
}
