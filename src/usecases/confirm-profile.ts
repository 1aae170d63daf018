/** The Service ISSO Lead or a contractor lead confirms one version of somebody's profile (domain reference 7.5). */
import type { PersonId } from '../domain/ids.ts';
import { noProfileYet, notConfirmed, youConfirmedProfile } from '../messages/copy/profile.ts';
import { notYours } from '../messages/copy/refusals.ts';
import { confirmationOf, heldProfile, lockProfile, PROFILE_KIND } from './isso-profiles.ts';
import { mayConfirm, recordProfile } from './profile.ts';
import { tellConfirmed } from './tell-profile.ts';
import { type Answer, answerPrivately, type Work } from './work.ts';

/** Confirms the profile as it is; `version` is what a card showed, null for typed words. */
export async function confirmProfile(work: Work, ownerId: PersonId, version: number | null): Promise<Answer> {
  const [owner] = await work.tx.people.some([ownerId]);
  if (owner?.id === work.person.id) return answerPrivately(notConfirmed.own());
  if (!owner || !mayConfirm(work.person, ownerId)) return answerPrivately(notYours());
  const paper = await lockProfile(work, ownerId);
  if (!paper) return answerPrivately(noProfileYet(owner));
  const { state, missing } = heldProfile(paper);
  if (state === 'confirmed') return answerPrivately(notConfirmed.done(owner));
  if (state === 'incomplete') return answerPrivately(notConfirmed.incomplete(owner, missing));
  if (version !== null && version !== paper.version) return answerPrivately(notConfirmed.changed(owner));
  const confirmation = confirmationOf(paper, work.person.id, work.now);
  if (!(await work.tx.papers.insert(confirmation)))
    throw new Error(`${PROFILE_KIND} changed while it was locked`);
  await recordProfile(work, 'profile.confirm', { person: ownerId, version: String(paper.version) });
  await tellConfirmed(work, owner, paper.version);
  return answerPrivately(youConfirmedProfile(owner, paper.version));
}
