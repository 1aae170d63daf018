/** The Marketplace Implementation Plan as it is kept: a paper of the catalogue, a version for every save and every step. */
import { z } from 'zod';
import {
  type MarketplacePlan,
  NEW_PLAN,
  PLAN_STATES,
  type PlanOffering,
  planOffering,
} from '../domain/marketplace-plan.ts';
import { OFFERING_STATUSES } from '../domain/offering-record.ts';
import { nextVersion, type Paper } from '../domain/paper.ts';
import { marketplacePlanForm } from '../offerings/marketplace-plan-questions.ts';
import type { Work } from './work.ts';

export const PLAN_KIND = 'marketplace-plan';
/** There is one plan, for the catalogue as a whole. */
const SUBJECT = 'catalogue';

const mark = z.object({ byId: z.string(), at: z.coerce.date() });
const planSchema: z.ZodType<MarketplacePlan> = z.object({
  state: z.enum(PLAN_STATES),
  answers: z.record(z.string(), z.unknown()),
  edition: z.number(),
  writerIds: z.array(z.string()),
  submitted: mark.nullable(),
  approved: mark.nullable(),
  returned: mark.extend({ because: z.string() }).nullable(),
  offerings: z
    .array(
      z.object({
        key: z.string(),
        name: z.string(),
        purpose: z.string(),
        provider: z.string(),
        status: z.enum(OFFERING_STATUSES),
        version: z.number(),
        contract: z.string(),
        price: z.string(),
        funding: z.string(),
        leadTime: z.string(),
        contact: z.string(),
      }),
    )
    .nullable(),
});

/** The plan with the paper that it was read from; null while nothing was saved. */
export interface KeptPlan {
  readonly plan: MarketplacePlan;
  readonly paper: Paper | null;
}

/** The plan that the paper holds. Throws (a bug) for another paper. */
export const planIn = (paper: Paper): MarketplacePlan => planSchema.parse(paper.answers);

const kept = (paper: Paper | null): KeptPlan => ({ plan: paper ? planIn(paper) : NEW_PLAN, paper });

/** Whoever changes the plan holds this until the end of the transaction. */
export const lockPlan = ({ tx }: Pick<Work, 'tx'>): Promise<void> => tx.lock(PLAN_KIND);

/** As it is now. */
export const planNow = async ({ tx }: Pick<Work, 'tx'>): Promise<KeptPlan> =>
  kept(await tx.papers.latest(PLAN_KIND, SUBJECT));

/** As it was at that instant; null when there was none. */
export async function planAsOf({ tx }: Pick<Work, 'tx'>, at: Date): Promise<KeptPlan | null> {
  const paper = await tx.papers.asOf(PLAN_KIND, SUBJECT, at);
  return paper && kept(paper);
}

/** All versions, oldest first. */
export const planVersions = ({ tx }: Pick<Work, 'tx'>): Promise<readonly Paper[]> =>
  tx.papers.versions(PLAN_KIND, SUBJECT);

/** The services as the catalogue has them now. */
export const offeringsNow = ({ programme }: Pick<Work, 'programme'>): readonly PlanOffering[] =>
  programme.catalogue.offerings.map(planOffering);

export const formNow = ({ programme }: Pick<Work, 'programme'>) =>
  marketplacePlanForm(programme.catalogue.offerings);

/** Keeps it as the next version, with why; the plan is locked. */
export async function keepPlan(
  work: Pick<Work, 'tx' | 'now' | 'person' | 'programme'>,
  before: KeptPlan,
  plan: MarketplacePlan,
  reason: string | null,
): Promise<KeptPlan> {
  const paper = nextVersion(before.paper, {
    kind: PLAN_KIND,
    subject: SUBJECT,
    formVersion: formNow(work).version,
    answers: { ...plan },
    byId: work.person.id,
    at: work.now,
    reason,
  });
  if (!(await work.tx.papers.insert(paper))) throw new Error('the plan changed while it was locked');
  return { plan, paper };
}
