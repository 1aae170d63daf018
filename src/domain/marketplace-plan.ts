/**
 * The Marketplace Implementation Plan (domain reference 8.1): written in parts, submitted, and approved by somebody who has not
 * written it. Whatever is changed after that begins a new draft, and every edition stays as it was. Pure.
 */
import type { Mark } from './course.ts';
import type { PersonId } from './ids.ts';
import type { OfferingRecord, Stated } from './offering-record.ts';
import { accepted, type Result, refused } from './result.ts';

export const PLAN_STATES = ['draft', 'submitted', 'approved'] as const;
export type PlanState = (typeof PLAN_STATES)[number];

/** What the plan says of a service, as the catalogue had it. */
export interface PlanOffering {
  readonly key: string;
  readonly name: string;
  readonly purpose: string;
  readonly provider: string;
  readonly status: OfferingRecord['status'];
  readonly version: number;
  readonly contract: string;
  readonly price: string;
  readonly funding: string;
  readonly leadTime: string;
  readonly contact: string;
}

export interface MarketplacePlan {
  readonly state: PlanState;
  /** Values by question key. */
  readonly answers: Readonly<Record<string, unknown>>;
  /** How many editions were approved. */
  readonly edition: number;
  /** Who has written something since the last approval; each once. */
  readonly writerIds: readonly PersonId[];
  readonly submitted: Mark | null;
  /** Of the last edition. */
  readonly approved: Mark | null;
  /** Why it came back, until it is submitted again. */
  readonly returned: (Mark & { readonly because: string }) | null;
  /** The catalogue as it was submitted; null in a draft, which has the present one. */
  readonly offerings: readonly PlanOffering[] | null;
}

export const NEW_PLAN: MarketplacePlan = {
  state: 'draft',
  answers: {},
  edition: 0,
  writerIds: [],
  submitted: null,
  approved: null,
  returned: null,
  offerings: null,
};

/** Why a step is refused. */
export type PlanRefusal =
  | { readonly code: 'wrong-state'; readonly state: PlanState }
  /** Labels of questions that need an answer first. */
  | { readonly code: 'incomplete'; readonly missing: readonly string[] }
  /** Whoever wrote or submitted it does not approve it. */
  | { readonly code: 'same-person' };

type Stepped = Result<MarketplacePlan, PlanRefusal>;

/** With these answers: a draft again, whatever it was. What was submitted has to be submitted anew. */
export const writePlan = (
  plan: MarketplacePlan,
  answers: MarketplacePlan['answers'],
  byId: PersonId,
): MarketplacePlan => ({
  ...plan,
  state: 'draft',
  answers,
  writerIds: plan.state === 'approved' ? [byId] : [...new Set([...plan.writerIds, byId])],
  submitted: null,
  offerings: null,
});

/** Hands the draft to review with the catalogue of this moment. Refused while something is `missing`. */
export function submitPlan(
  plan: MarketplacePlan,
  missing: readonly string[],
  offerings: readonly PlanOffering[],
  by: Mark,
): Stepped {
  if (plan.state !== 'draft') return refused({ code: 'wrong-state', state: plan.state });
  if (missing.length > 0) return refused({ code: 'incomplete', missing });
  return accepted({ ...plan, state: 'submitted', submitted: by, returned: null, offerings });
}

/** True for somebody who neither wrote nor submitted what waits for review. */
export const mayReview = ({ writerIds, submitted }: MarketplacePlan, personId: PersonId): boolean =>
  submitted?.byId !== personId && !writerIds.includes(personId);

/** Makes it the next edition. Refused for whoever wrote or submitted it. */
export function approvePlan(plan: MarketplacePlan, by: Mark): Stepped {
  if (plan.state !== 'submitted') return refused({ code: 'wrong-state', state: plan.state });
  if (!mayReview(plan, by.byId)) return refused({ code: 'same-person' });
  return accepted({ ...plan, state: 'approved', approved: by, edition: plan.edition + 1 });
}

/** Gives it back to its writers with the reason. Whoever submitted it may take it back so, too. */
export function returnPlan(plan: MarketplacePlan, because: string, by: Mark): Stepped {
  if (plan.state !== 'submitted') return refused({ code: 'wrong-state', state: plan.state });
  return accepted({
    ...plan,
    state: 'draft',
    submitted: null,
    offerings: null,
    returned: { ...by, because },
  });
}

const said = ({ text, mark }: Stated): string => (mark === 'assumed' ? `${text} (assumed)` : text);

/** What the plan says of a record of the catalogue; what nobody has confirmed is named so. */
export const planOffering = (record: OfferingRecord): PlanOffering => ({
  key: record.key,
  name: record.name,
  purpose: record.purpose,
  provider: record.provider.name,
  status: record.status,
  version: record.version,
  contract: said(record.contract),
  price: said(record.price),
  funding: said(record.funding),
  leadTime: said(record.leadTime),
  contact: record.contact,
});
