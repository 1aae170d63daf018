/** Everybody in onboarding, from their Information Cards as they were kept last: read together, not one by one. */

import { itemOf } from '../domain/card.ts';
import { forecastOf, standingOf } from '../domain/card-forecast.ts';
import { planOf, type WorkingDays } from '../domain/card-plan.ts';
import { holderOf, itemsOpenNow, percentDone } from '../domain/card-progress.ts';
import { itemIn, nameOn } from '../domain/card-template.ts';
import type { DigestEngagement } from '../domain/digest.ts';
import type { PersonId } from '../domain/ids.ts';
import { subjectOf } from '../domain/paper.ts';
import { daysBetween } from '../domain/time.ts';
import type { OnboardingLine } from '../messages/copy/digest-onboarding.ts';
import { nameOf } from '../messages/copy/people.ts';
import { STANDING_RULES } from '../offerings/programme-timers.ts';
import type { OpenNow, Reading } from './digest-facts.ts';
import { cardIn, type KeptCard, templateAt } from './information-card.ts';
import { workingDaysOf } from './own-calendar.ts';
import { loadPeople } from './tell.ts';
import { programmeToday } from './work.ts';

interface InOnboarding {
  readonly engagement: DigestEngagement;
  readonly personId: PersonId;
}
type Card = Pick<KeptCard, 'card' | 'template'> & InOnboarding;

/** One line for each engagement in onboarding whose card is kept. */
export async function onboardingLines(
  work: Reading,
  { open }: Pick<OpenNow, 'open'>,
): Promise<readonly OnboardingLine[]> {
  const wanted = open.flatMap(({ engagement }): readonly InOnboarding[] => {
    const personId = engagement.course.serviceIssoId;
    return engagement.state === 'ONBOARDING' && personId !== null ? [{ engagement, personId }] : [];
  });
  if (wanted.length === 0) return [];
  const cards = await cardsOf(work, wanted);
  const ids = cards.map(({ personId }) => personId);
  const people = await loadPeople(work, ids);
  const days = await daysOf(work, cards);
  return cards.map((each) => ({
    ...lineOf(each, days(each.personId), programmeToday(work)),
    issoName: nameOf(people, each.personId),
  }));
}

async function cardsOf(work: Reading, wanted: readonly InOnboarding[]): Promise<readonly Card[]> {
  const bySubject = new Map(
    wanted.map((each) => [subjectOf(each.engagement.id, each.personId), each] as const),
  );
  const papers = await work.tx.papers.latestOf('information-card', [...bySubject.keys()]);
  return papers.flatMap((paper) => {
    const of = bySubject.get(paper.subject);
    if (!of) return [];
    const card = cardIn(paper);
    return [{ ...of, card, template: templateAt(work, of.engagement, card.templateVersion) }];
  });
}

/** The programme's calendar, and each Service ISSO's own with their leave. */
function daysOf(work: Reading, cards: readonly Card[]): Promise<(id: PersonId) => WorkingDays> {
  const ids = [...new Set(cards.map(({ personId }) => personId))];
  return workingDaysOf(work, ids, cards.map(({ card }) => card.dayZeroOn).toSorted()[0] ?? '');
}

function lineOf(
  { engagement, card, template }: Card,
  days: WorkingDays,
  today: string,
): Omit<OnboardingLine, 'issoName'> {
  const plan = planOf(template, card, days);
  const forecast = forecastOf(template, card, days, today);
  const { number, systemName } = engagement;
  return {
    number,
    systemName,
    standing: standingOf(template, card, { plan, forecast, days }, STANDING_RULES, today).is,
    day: daysBetween(card.dayZeroOn, today),
    percent: percentDone(card),
    readyOn: forecast.readyOn,
    waitsFor: waitsFor(
      { card, template },
      itemsOpenNow(template, card, plan, today),
      forecast.criticalPath,
      today,
    ),
  };
}

/** The line that decides the day, of those that can be worked on now. */
function waitsFor(
  { card, template }: Pick<Card, 'card' | 'template'>,
  workable: readonly { readonly key: string }[],
  decisive: readonly string[],
  today: string,
): OnboardingLine['waitsFor'] {
  const first = workable.find(({ key }) => decisive.includes(key)) ?? workable[0];
  const of = first && itemIn(template, first.key);
  const item = first && itemOf(card, first.key);
  if (!of || !item) return null;
  return { line: nameOn(of, today), party: holderOf(of, item), isBlocked: item.state.is === 'blocked' };
}
