/** The journey of an onboarding with twenty-two lines, and how far its clock goes on when nobody says anything more. */
import { readFileSync } from 'node:fs';
import { type JourneyDriver, playJourney, startOf, withParts } from '../../scripts/simulate/journey.ts';

const journeys = new URL('../journeys/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, journeys), 'utf8');

/** The whole script. */
const script = withParts(read('onboarded-on-day-52.journey'), (part) => read(`parts/${part}.journey`));

/** Its first instant; day 0 is 2026-12-08. */
export const SIXTY_DAYS_FROM = startOf(script);
/** Day 70: past day 60, a holiday, and the days on which others hear of what is late. */
export const SIXTY_DAYS_TO = '2027-02-16T18:00:00-05:00';

/** Plays it, and lets the days after it pass. */
export async function playSixtyDays(driver: JourneyDriver): Promise<void> {
  await playJourney(script, driver);
  await driver.advance({ to: SIXTY_DAYS_TO });
}
