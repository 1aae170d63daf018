/** The burn-down in words: how many lines are open beside plan and forecast, for a text and for whoever can't see the picture. */
import type { BurnDown, BurnDownDay } from '../../domain/burn-down.ts';
import { ONBOARDING_GOAL_DAYS } from '../../domain/onboarding.ts';

/** What the three lines of the picture are called, everywhere the same. */
export const BURN_DOWN_NAMES = { planned: 'Plan', open: 'Open', forecast: 'Forecast' } as const;

/** Days that are told one by one; more are read by nobody. */
const MOST_TOLD = 12;

/** Whose burn-down it is: one person's in an engagement, or several people's together. */
export type BurnDownOf =
  | { readonly kind: 'one'; readonly number: string; readonly name: string }
  | { readonly kind: 'all'; readonly people: number };

/** Over the picture, and first in its alternative text. */
export function burnDownTitle(of: BurnDownOf): string {
  if (of.kind === 'one') return `Burn-down: ${of.name}, ${of.number}`;
  return `Burn-down of the programme: ${of.people} ${of.people === 1 ? 'person' : 'people'} in onboarding`;
}

/** The last day on which it is known how many lines were open; undefined for none. */
export const lastKnown = ({ days }: BurnDown): BurnDownDay | undefined =>
  days.findLast(({ open }) => open !== null);

/** The days that are told: whole weeks, so far apart that there are few, with today and the last. */
export function toldDays(burnDown: BurnDown): readonly BurnDownDay[] {
  const last = burnDown.days.length - 1;
  const apart = 7 * Math.max(1, Math.ceil(last / 7 / (MOST_TOLD - 2)));
  const today = lastKnown(burnDown)?.day;
  return burnDown.days.filter(({ day }, index) => day % apart === 0 || day === today || index === last);
}

/** `Day 23: 12 of 22 lines open, 10 by plan.` */
export function openNow(burnDown: BurnDown): string {
  const today = lastKnown(burnDown);
  const needed = `${burnDown.needed} ${burnDown.needed === 1 ? 'line' : 'lines'}`;
  return today
    ? `Day ${today.day}: ${today.open} of ${needed} open, ${today.planned} by plan.`
    : `${needed} in all.`;
}

/** Under the title: where one person stands; of several, who are on days of their own, by what their days count. */
export const burnDownSubtitle = (of: BurnDownOf, burnDown: BurnDown): string =>
  of.kind === 'one' ? openNow(burnDown) : 'Days count from the day 0 of each.';

/** When nothing should be open any more. */
export function forecastEnd({ days }: BurnDown): string {
  const end = days.find(({ forecast }) => forecast === 0);
  const goal = `the goal is day ${ONBOARDING_GOAL_DAYS}`;
  if (end) return `Forecast: none open from day ${end.day}; ${goal}.`;
  const last = days.at(-1);
  return `Forecast: ${last?.forecast ?? 0} open on day ${last?.day ?? 0}; ${goal}.`;
}

/** `day 21: 12 open, 10 planned`; of a day ahead what the forecast says in place of what is open. */
export function toldDay({ day, planned, open, forecast }: BurnDownDay): string {
  const known = open === null ? (forecast === null ? [] : [`${forecast} forecast`]) : [`${open} open`];
  return `day ${day}: ${[...known, `${planned} planned`].join(', ')}`;
}

/** What the picture shows, for whoever can't see it: the same numbers. */
export const burnDownAltText = (of: BurnDownOf, burnDown: BurnDown): string =>
  `${burnDownTitle(of)}. ${burnDownSubtitle(of, burnDown)} ${forecastEnd(burnDown)} ${toldDays(burnDown).map(toldDay).join('; ')}.`;
