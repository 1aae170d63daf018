/** The burn-down of everybody in onboarding, from cards as they are kept: a few statements, however many they are. */
import { type BurnDown, burnDownOf, burnDownOfAll } from '../domain/burn-down.ts';
import { forecastOf } from '../domain/card-forecast.ts';
import { planOf } from '../domain/card-plan.ts';
import type { MeasureScope } from '../domain/measures.ts';
import { subjectOf } from '../domain/paper.ts';
import { cardIn, templateAt } from './information-card.ts';
import { workingDaysOf } from './own-calendar.ts';
import { programmeToday, type Work } from './work.ts';

/** Onboardings that are counted as one; far more than go on at a time. */
const MOST_TOGETHER = 500;

/** How many people are in onboarding in these engagements, and their lines as one. A card that is not kept yet is left out. */
export async function programmeBurnDownFacts(
  work: Pick<Work, 'tx' | 'programme' | 'now'>,
  { component, offering }: Pick<MeasureScope, 'component' | 'offering'>,
): Promise<{ readonly people: number; readonly facts: BurnDown }> {
  const { tx } = work;
  const today = programmeToday(work);
  const found = await tx.engagements.inStates(['ONBOARDING'], MOST_TOGETHER);
  const kept = found.flatMap((engagement) => {
    const { serviceIssoId: personId } = engagement.course;
    const isMeant =
      (component === null || engagement.component === component) &&
      (offering === null || engagement.offering === offering);
    return isMeant && personId !== null
      ? [{ engagement, personId, subject: subjectOf(engagement.id, personId) }]
      : [];
  });
  if (kept.length === 0) return { people: 0, facts: burnDownOfAll([]) };
  const papers = await tx.papers.latestOf(
    'information-card',
    kept.map(({ subject }) => subject),
  );
  const cards = new Map(papers.map((paper) => [paper.subject, cardIn(paper)]));
  const ids = [...new Set(kept.map(({ personId }) => personId))];
  const firstOn = [...cards.values()].map(({ dayZeroOn }) => dayZeroOn).toSorted()[0] ?? today;
  const daysOf = await workingDaysOf(work, ids, firstOn);
  const each = kept.flatMap(({ engagement, personId, subject }) => {
    const card = cards.get(subject);
    if (!card) return [];
    const template = templateAt(work, engagement, card.templateVersion);
    const days = daysOf(personId);
    const plan = planOf(template, card, days);
    return [burnDownOf(template, card, { plan, forecast: forecastOf(template, card, days, today) }, today)];
  });
  return { people: each.length, facts: burnDownOfAll(each) };
}
