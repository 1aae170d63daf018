/** Plan, forecast and standing of a kept card, with the calendars of those who work on it. */
import { type BurnDown, burnDownOf } from '../domain/burn-down.ts';
import { type CardVersion, type ItemClock, itemClocks } from '../domain/card-clocks.ts';
import { type DaysInHand, daysInHand } from '../domain/card-days.ts';
import { type Forecast, forecastOf, type Standing, standingOf } from '../domain/card-forecast.ts';
import { type CardPlan, planOf, type WorkingDays } from '../domain/card-plan.ts';
import { subjectOf } from '../domain/paper.ts';
import { STANDING_RULES } from '../offerings/programme-timers.ts';
import { cardIn, type KeptCard } from './information-card.ts';
import { workingDaysOf } from './own-calendar.ts';
import { programmeToday, type Work } from './work.ts';

export interface PlanNow {
  readonly plan: CardPlan;
  readonly forecast: Forecast;
  readonly standing: Standing;
  readonly days: WorkingDays;
}

type Planning = Pick<Work, 'tx' | 'now' | 'programme'>;

/** Today is the programme's day of `work.now`. */
export async function planNow(work: Planning, kept: KeptCard): Promise<PlanNow> {
  const { template, card, personId } = kept;
  const today = programmeToday(work);
  // With the leave that the card's person has had and will have since day 0.
  const days = (await workingDaysOf(work, [personId], card.dayZeroOn))(personId);
  const plan = planOf(template, card, days);
  const forecast = forecastOf(template, card, days, today);
  return {
    plan,
    forecast,
    standing: standingOf(template, card, { plan, forecast, days }, STANDING_RULES, today),
    days,
  };
}

/** For how long each party had each line, from all versions of the card up to `work.now`; one that is not kept yet has just begun. */
export async function clocksNow(work: Planning, kept: KeptCard): Promise<readonly ItemClock[]> {
  return itemClocks(kept.template, await versionsOf(work, kept), work.now);
}

/** On how many days of the programme's zone each party had a line in hand, from all versions of the card up to `work.now`. */
export async function daysInHandNow(work: Planning, kept: KeptCard): Promise<DaysInHand> {
  return daysInHand(kept.template, await versionsOf(work, kept), work.now, work.programme.timeZone);
}

async function versionsOf({ tx }: Planning, kept: KeptCard): Promise<readonly CardVersion[]> {
  const papers = await tx.papers.versions('information-card', subjectOf(kept.engagement.id, kept.personId));
  return papers.map((paper) => ({ at: paper.at, card: cardIn(paper) }));
}

/** How many lines were open on each day until today, beside plan and forecast. */
export async function burnDownNow(work: Planning, kept: KeptCard): Promise<BurnDown> {
  return burnDownOf(kept.template, kept.card, await planNow(work, kept), programmeToday(work));
}
