/** The history of the Marketplace Implementation Plan: every version, who, when, what and why. */
import type { MarketplacePlan } from '../domain/marketplace-plan.ts';
import type { Paper } from '../domain/paper.ts';
import { type PlanPart, type PlanVersion, planHistory } from '../messages/copy/marketplace.ts';
import { notYours } from '../messages/copy/refusals.ts';
import { planIn, planNow, planVersions } from './marketplace-kept.ts';
import { mayRead, noteLook } from './marketplace-plan.ts';
import { changedKeys, planParts, planSheet } from './marketplace-sheet.ts';
import { loadPeople } from './tell.ts';
import { type Answer, answerPrivately, type Work } from './work.ts';

/** `plan history`: every version, who, when, what and why. */
export async function showPlanHistory(work: Work): Promise<Answer> {
  if (!mayRead(work)) return answerPrivately(notYours());
  const kept = await planNow(work);
  await noteLook(work, kept, { history: 'true' });
  const papers = await planVersions(work);
  const parts = planParts(await planSheet(work, kept));
  const versions = papers.map((paper, place) => versionOf(paper, papers[place - 1] ?? null, parts));
  const people = await loadPeople(
    work,
    versions.map(({ byId }) => byId),
  );
  return answerPrivately(planHistory(versions.toReversed(), people));
}

function versionOf(paper: Paper, before: Paper | null, parts: readonly PlanPart[]): PlanVersion {
  const plan = planIn(paper);
  const earlier = before ? planIn(before) : null;
  const changed = new Set(changedKeys(earlier ?? { answers: {} }, plan));
  const { version, at, byId, reason } = paper;
  return {
    version,
    at,
    byId,
    reason,
    changed: parts
      .filter(({ questions }) => questions.some(({ key }) => changed.has(key)))
      .map(({ title }) => title),
    step: changed.size > 0 ? null : stepOf(earlier, plan),
  };
}

/** What was done between two versions with the same answers. */
function stepOf(before: MarketplacePlan | null, after: MarketplacePlan): string | null {
  if (after.state === before?.state) return null;
  if (after.state === 'submitted') return 'submitted for review';
  return after.state === 'approved' ? `approved as edition ${after.edition}` : 'returned';
}
