/** What one record contributes to the weekly status report (domain reference 6.3). Pure. */
import { type Blocker, blockerName, holderOf } from './blocker.ts';
import type { Card } from './card.ts';
import { itemOf } from './card.ts';
import type { DaysInHand } from './card-days.ts';
import type { Forecast, Standing } from './card-forecast.ts';
import type { CardPlan } from './card-plan.ts';
import { itemsOpenNow, percentDone } from './card-progress.ts';
import { type CardTemplate, itemIn, nameOn } from './card-template.ts';
import type { Engagement } from './engagement.ts';
import type { RequestNumber } from './ids.ts';
import type { BlockerFacts, EngagementLine, Named, OnboardingFacts } from './status-report.ts';
import type { LocalDate } from './time.ts';

/** An engagement with its last day: of the work when it is ending, else of the term. */
export const countedEngagement = ({ number, state, course }: Engagement): EngagementLine => ({
  number,
  state,
  endOn: course.offBoarding?.endOn ?? course.term?.endOn ?? null,
});

/** A card in onboarding, as it stood on `today`. */
interface CountedCard {
  readonly of: Named & { readonly number: RequestNumber };
  readonly card: Card;
  readonly template: CardTemplate;
  readonly plan: CardPlan;
  readonly forecast: Forecast;
  readonly standing: Standing;
  readonly daysInHand: DaysInHand;
  readonly today: LocalDate;
}

/** The words about a blocked line are for those who see the card: only that it is blocked is told. */
export function countedCard(counted: CountedCard): OnboardingFacts {
  const { of, card, template, plan, forecast, standing, daysInHand, today } = counted;
  const isBlocked = (key: string): boolean => itemOf(card, key)?.state.is === 'blocked';
  const nameOf = (key: string): string => {
    const item = itemIn(template, key);
    return item ? nameOn(item, today) : key;
  };
  const isDecisive = (key: string): boolean => forecast.criticalPath.includes(key);
  const workable = itemsOpenNow(template, card, plan, today)
    .map(({ key }) => key)
    .toSorted((a, b) => Number(isDecisive(b)) - Number(isDecisive(a)));
  return {
    ...of,
    dayZeroOn: card.dayZeroOn,
    percent: percentDone(card),
    nextItems: [
      ...workable.filter((key) => !isBlocked(key)).map(nameOf),
      // Where nothing else is left, it is next all the same.
      ...workable.filter(isBlocked).map((key) => `${nameOf(key)} (blocked)`),
    ],
    blockedItems: template.items
      .map(({ key }) => key)
      .filter(isBlocked)
      .map(nameOf),
    readyOn: forecast.readyOn,
    standing: standing.is,
    daysInHand,
  };
}

/** An open blocker, by the number of its engagement; `raisedOn` is the programme's day. */
export const countedBlocker = (
  blocker: Blocker,
  number: RequestNumber | null,
  raisedOn: LocalDate,
): BlockerFacts => ({
  name: blockerName(blocker),
  number,
  raisedOn,
  waitsFor: blocker.state === 'answered' ? null : (holderOf(blocker)?.who ?? null),
});
