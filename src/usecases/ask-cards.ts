/** Which onboardings wait on a line of their Information Card: from the cards as they are kept, read together. */
import { LINE_TOPICS, type WaitTopic } from '../domain/ask.ts';
import { itemOf } from '../domain/card.ts';
import { holderOf, workableItems } from '../domain/card-progress.ts';
import { nameOn } from '../domain/card-template.ts';
import type { DigestEngagement } from '../domain/digest.ts';
import { subjectOf } from '../domain/paper.ts';
import { cardRecord } from '../messages/copy/ask.ts';
import type { Line } from '../messages/inline.ts';
import { cardIn, templateAt } from './information-card.ts';
import { programmeToday, type Work } from './work.ts';

/** One record for each engagement whose card has such a line open that can be worked on now. */
export async function openCardLines(
  work: Work,
  engagements: readonly DigestEngagement[],
  topic: Extract<WaitTopic, { kind: 'line' | 'party' }>,
): Promise<readonly Line[]> {
  const bySubject = new Map(
    engagements.flatMap((engagement) => {
      const { serviceIssoId } = engagement.course;
      return engagement.state === 'ONBOARDING' && serviceIssoId !== null
        ? [[subjectOf(engagement.id, serviceIssoId), engagement] as const]
        : [];
    }),
  );
  if (bySubject.size === 0) return [];
  const papers = await work.tx.papers.latestOf('information-card', [...bySubject.keys()]);
  const cards = new Map(papers.map((paper) => [paper.subject, cardIn(paper)]));
  const keys: readonly string[] = topic.kind === 'line' ? LINE_TOPICS[topic.of] : [];
  const today = programmeToday(work);
  return [...bySubject].flatMap(([subject, engagement]) => {
    const card = cards.get(subject);
    if (!card) return [];
    const open = workableItems(templateAt(work, engagement, card.templateVersion), card).flatMap((item) => {
      const line = itemOf(card, item.key);
      if (!line) return [];
      const holder = holderOf(item, line);
      const isMeant = topic.kind === 'line' ? keys.includes(item.key) : holder === topic.of;
      return isMeant ? [{ name: nameOn(item, today), holder }] : [];
    });
    return open.length > 0 ? [cardRecord(engagement, open)] : [];
  });
}
