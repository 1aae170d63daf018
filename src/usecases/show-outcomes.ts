/** How far the outcomes of an engagement were reached, for those who may read the review (domain reference 6.4). */
import { may } from '../domain/access.ts';
import type { Engagement } from '../domain/engagement.ts';
import { parseAnswers } from '../forms/form.ts';
import { outcomesRow } from '../messages/copy/at-work.ts';
import { type Block, facts } from '../messages/message.ts';
import { OUTCOME_REVIEW, outcomeCounts } from '../offerings/outcome-review.ts';
import type { Work } from './work.ts';

/** One row once anything was answered; else nothing. */
export async function outcomeBlocks(
  { tx, person }: Pick<Work, 'tx' | 'person'>,
  engagement: Engagement,
): Promise<readonly Block[]> {
  if (!may(person, 'outcome.read', engagement)) return [];
  const paper = await tx.papers.latest('outcome-review', engagement.id);
  if (!paper) return [];
  const counts = outcomeCounts(parseAnswers(OUTCOME_REVIEW, paper.answers).answers);
  return counts.yes + counts.partly + counts.no === 0 ? [] : [facts([outcomesRow(engagement, counts)])];
}
