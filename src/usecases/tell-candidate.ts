/** Who hears of a candidate, and when (domain reference 1.3; 2.2, T9 to T11). */
import type { Engagement } from '../domain/engagement.ts';
import { identifiedNews, youAreIdentified } from '../messages/copy/candidate-news.ts';
import { proposedSummary } from '../messages/copy/matching.ts';
import type { Message } from '../messages/message.ts';
import { MATCHING_LABELS } from '../offerings/matching-labels.ts';
import { fitOfCandidate } from './fit-papers.ts';
import { loadPeople, peopleAround, tellPeople, tellPerson } from './tell.ts';
import { peopleOfSide } from './tell-step.ts';
import type { Work } from './work.ts';

/** Who it is, and how they fit, to the Business Owner and their advisor; taken back when the candidate is declined first. */
export async function tellSummary(work: Work, engagement: Engagement): Promise<void> {
  const fit = await fitOfCandidate(work, engagement);
  if (!fit) return;
  const { id, version, businessOwnerId, craId } = engagement;
  const people = await peopleAround(work, engagement, null);
  const readers = [businessOwnerId, ...(craId === null ? [] : [craId])].filter(
    (each) => each !== work.person.id,
  );
  await tellPeople(work, readers, {
    key: `candidate-summary:${id}:${version}`,
    kind: 'notice',
    message: proposedSummary(fit, engagement, people, MATCHING_LABELS),
    stillTrue: { kind: 'engagement-in', engagementId: id, states: ['CANDIDATE_PROPOSED'] },
    about: summaryOf(engagement),
  });
}

const summaryOf = ({ id }: Engagement): string => `candidate-summary:${id}`;

/** The candidate was declined: what is not read yet names them no more. */
export const takeBackSummary = async ({ tx }: Work, engagement: Engagement): Promise<void> =>
  void (await tx.deliveries.suppress(summaryOf(engagement), 'the candidate was declined'));

/** The contractor leads and ISPG hear each answer. */
export async function tellAnswered(work: Work, engagement: Engagement, message: Message): Promise<void> {
  const readers = [
    ...(await peopleOfSide(work, engagement, 'contractor')),
    ...(await peopleOfSide(work, engagement, 'ispg')),
  ].filter((id) => id !== work.person.id);
  await tellPeople(work, readers, {
    key: `candidate-answer:${engagement.id}:${engagement.version}`,
    kind: 'notice',
    message,
  });
}

/** Now the Service ISSO hears of it as well. */
export async function tellIdentified(work: Work, engagement: Engagement): Promise<void> {
  const { serviceIssoId } = engagement.course;
  const people = await loadPeople(work, [serviceIssoId]);
  await tellAnswered(work, engagement, identifiedNews(engagement, people));
  if (serviceIssoId === null) return;
  await tellPerson(work, serviceIssoId, {
    key: `identified:${engagement.id}:${engagement.version}`,
    kind: 'notice',
    message: youAreIdentified(engagement),
  });
}
