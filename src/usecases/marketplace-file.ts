/** The Marketplace Implementation Plan as a file, for whoever may read it. */
import { mayEver } from '../domain/access.ts';
import { planDocument } from '../messages/copy/marketplace-document.ts';
import { noPlanFileHere, planFileComes, planFileMessage } from '../messages/copy/marketplace-news.ts';
import { notYours } from '../messages/copy/refusals.ts';
import { offeringsNow, planNow } from './marketplace-kept.ts';
import { planView } from './marketplace-plan.ts';
import { noteDeed } from './note-deed.ts';
import { sendOwnFile, wayOfFile } from './send-file.ts';
import { type Answer, answerPrivately, type Work } from './work.ts';

export type PlanFileKind = 'docx' | 'pdf';

const TYPES: Readonly<Record<PlanFileKind, string>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
};

/** Sends it the way they can get it. The same version gives the same bytes; refused for whoever may not read the plan. */
export async function sendPlan(work: Work, kind: PlanFileKind): Promise<Answer> {
  if (!mayEver(work.person, 'marketplace-plan.read')) return answerPrivately(notYours());
  const { papermaker } = work;
  const way = wayOfFile(work);
  if (way === 'none' || !papermaker) return answerPrivately(noPlanFileHere());
  const kept = await planNow(work);
  const view = await planView(work, kept);
  const offerings = kept.plan.offerings ?? offeringsNow(work);
  const document = planDocument(view, offerings, kept.paper?.at ?? work.now, work.programme.timeZone);
  await sendOwnFile(work, way, {
    key: `marketplace-plan-file:${kind}`,
    message: planFileMessage(kind),
    file: {
      name: `marketplace-plan-version-${view.version}.${kind}`,
      type: TYPES[kind],
      content: await papermaker[kind](document),
      encoding: 'base64',
    },
  });
  await noteDeed(work, 'marketplace-plan.file', { version: String(view.version), format: kind });
  return answerPrivately(planFileComes(kind));
}
