/** The Marketplace Implementation Plan is submitted for review, and approved or returned by somebody who has not written it. */
import { mayEver } from '../domain/access.ts';
import type { Mark } from '../domain/course.ts';
import type { PersonId } from '../domain/ids.ts';
import {
  approvePlan,
  type MarketplacePlan,
  mayReview,
  type PlanRefusal,
  returnPlan,
  submitPlan,
} from '../domain/marketplace-plan.ts';
import type { Result } from '../domain/result.ts';
import { planCard } from '../messages/copy/marketplace.ts';
import {
  planDone,
  planRefused,
  planSettled,
  planWaits,
  returnPlanDialog,
} from '../messages/copy/marketplace-news.ts';
import { mendInChat } from '../messages/copy/mends.ts';
import { notYours } from '../messages/copy/refusals.ts';
import { readWords } from './guard.ts';
import { type KeptPlan, keepPlan, lockPlan, offeringsNow, planNow } from './marketplace-kept.ts';
import { planView } from './marketplace-plan.ts';
import { planMissing, planSheet } from './marketplace-sheet.ts';
import { noteDeed } from './note-deed.ts';
import { tellPeople } from './tell.ts';
import {
  type Answer,
  answerPrivately,
  answerWithDialog,
  answerWithErrors,
  answerWithUpdate,
  type Work,
} from './work.ts';

const LONGEST_REASON = 1_000;

type Opened = { readonly kept: KeptPlan } | { readonly answer: Answer };

/** Locked for a step by somebody who may write it; a card that is out of date is answered with the plan as it is now. */
async function open(work: Work, version: number | null): Promise<Opened> {
  if (!mayEver(work.person, 'marketplace-plan.write')) return { answer: answerPrivately(notYours()) };
  await lockPlan(work);
  const kept = await planNow(work);
  if (version !== null && version !== (kept.paper?.version ?? 0))
    return { answer: { ...answerWithUpdate(planCard(await planView(work, kept))), personal: true } };
  return { kept };
}

const byNow = ({ person, now }: Work): Mark => ({ byId: person.id, at: now });

/** Hands it to review with the catalogue of this moment. `version`: that of the card that was pressed; null for typed words. */
export async function submitThePlan(work: Work, version: number | null): Promise<Answer> {
  const opened = await open(work, version);
  if ('answer' in opened) return opened.answer;
  const missing = planMissing(await planSheet(work, opened.kept));
  const made = submitPlan(opened.kept.plan, missing, offeringsNow(work), byNow(work));
  return take(work, opened.kept, made, 'submitted', null);
}

/** Makes it the next edition; refused for whoever wrote or submitted it. */
export async function approveThePlan(work: Work, version: number | null): Promise<Answer> {
  const opened = await open(work, version);
  if ('answer' in opened) return opened.answer;
  return take(work, opened.kept, approvePlan(opened.kept.plan, byNow(work)), 'approved', null);
}

/** `plan return because …`: gives it back to its writers. */
export async function returnThePlan(work: Work, typed: string): Promise<Answer> {
  const opened = await open(work, null);
  if ('answer' in opened) return opened.answer;
  const because = readWords(typed, LONGEST_REASON);
  if (!because.ok)
    return answerPrivately(mendInChat(because.refusal, 'plan return because the targets are missing'));
  return give(work, opened.kept, because.value);
}

/** Opens the dialog that asks why. */
export async function askWhyReturned(work: Work, version: number | null): Promise<Answer> {
  const opened = await open(work, version);
  if ('answer' in opened) return opened.answer;
  const { plan, paper } = opened.kept;
  return plan.state === 'submitted'
    ? answerWithDialog(returnPlanDialog(paper?.version ?? 0))
    : answerPrivately(planRefused({ code: 'wrong-state', state: plan.state }));
}

/** The dialog that asks why, sent. */
export async function returnFromDialog(work: Work, version: number | null, typed: string): Promise<Answer> {
  const opened = await open(work, version);
  if ('answer' in opened) return opened.answer;
  const because = readWords(typed, LONGEST_REASON);
  return because.ok ? give(work, opened.kept, because.value) : answerWithErrors({ because: because.refusal });
}

const give = (work: Work, kept: KeptPlan, because: string): Promise<Answer> =>
  take(work, kept, returnPlan(kept.plan, because, byNow(work)), 'returned', because);

type Step = 'submitted' | 'approved' | 'returned';

const VERBS: Readonly<Record<Step, string>> = {
  submitted: 'marketplace-plan.submit',
  approved: 'marketplace-plan.approve',
  returned: 'marketplace-plan.return',
};

/** Keeps what a rule made of it, with its record, and tells whom it concerns. */
async function take(
  work: Work,
  before: KeptPlan,
  made: Result<MarketplacePlan, PlanRefusal>,
  step: Step,
  because: string | null,
): Promise<Answer> {
  if (!made.ok) return answerPrivately(planRefused(made.refusal));
  const kept = await keepPlan(work, before, made.value, because);
  const version = String(kept.paper?.version ?? 0);
  await noteDeed(work, VERBS[step], { version, edition: String(kept.plan.edition) });
  if (step === 'submitted') await tellReviewers(work, kept.plan, version);
  else await tellWriters(work, before.plan, kept.plan, { step, because, version });
  const card = planCard(await planView(work, kept));
  return { ...answerWithUpdate(card, planDone(step, kept.plan.edition)), personal: true };
}

/** Everybody who may approve what is submitted now. */
async function tellReviewers(work: Work, plan: MarketplacePlan, version: string): Promise<void> {
  await tellPeople(
    work,
    (await holders(work)).filter((id) => mayReview(plan, id)),
    {
      key: `marketplace-plan-waits:${version}`,
      kind: 'notice',
      message: planWaits(plan.edition + 1, work.person.name),
      about: ABOUT,
      stillTrue: { kind: 'paper-in', paper: 'marketplace-plan', subject: 'catalogue', states: ['submitted'] },
    },
  );
}

const ABOUT = 'marketplace-plan';

async function holders({ tx }: Work): Promise<readonly PersonId[]> {
  const found = [...(await tx.people.withRole('ispg_team')), ...(await tx.people.withRole('gtl'))];
  return [
    ...new Set(found.filter((person) => mayEver(person, 'marketplace-plan.write')).map(({ id }) => id)),
  ];
}

async function tellWriters(
  work: Work,
  before: MarketplacePlan,
  after: MarketplacePlan,
  what: { readonly step: 'approved' | 'returned'; readonly because: string | null; readonly version: string },
): Promise<void> {
  await work.tx.deliveries.suppress(ABOUT, 'the plan was settled');
  const ids = new Set([...before.writerIds, ...(before.submitted ? [before.submitted.byId] : [])]);
  ids.delete(work.person.id);
  await tellPeople(work, ids, {
    key: `marketplace-plan-settled:${what.version}`,
    kind: 'notice',
    message: planSettled(what.step, after.edition, work.person.name, what.because),
  });
}
