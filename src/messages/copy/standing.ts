/** Where an onboarding stands, and why, in words (features reference part 3, no. 2). */
import type { Standing, StandingKind, StandingReason } from '../../domain/card-forecast.ts';
import type { Engagement } from '../../domain/engagement.ts';
import { type LocalDate, sayLocalDate } from '../../domain/time.ts';
import { type Inline, line, strong } from '../inline.ts';
import { bullets, card, type Fact, fact, type Message, paragraph } from '../message.ts';
import { cardButton } from './onboarding.ts';
import { showButton, title } from './request.ts';

export const STANDING_NAMES: Readonly<Record<StandingKind, string>> = {
  ready: 'Ready',
  'on-track': 'On track',
  'at-risk': 'At risk',
  late: 'Late',
};

/** Each reason as half a sentence, the worst first: "it should be ready 3 business days after the goal". */
export const reasonWords = ({ because }: Standing, nameOfLine: (key: string) => string): readonly string[] =>
  because.map((reason) => oneReason(reason, nameOfLine));

function oneReason(reason: StandingReason, nameOfLine: (key: string) => string): string {
  const days = (n: number): string => `${n} business ${n === 1 ? 'day' : 'days'}`;
  const quoted = (keys: readonly string[]): string =>
    keys.map((key) => `\u201c${nameOfLine(key)}\u201d`).join(', ');
  switch (reason.code) {
    case 'forecast-after-goal':
      return `it should be ready ${days(reason.businessDays)} after the goal`;
    case 'little-slack':
      return reason.businessDays === 0
        ? 'it should be ready on the last business day before the goal is missed'
        : `it should be ready only ${days(reason.businessDays)} before the goal`;
    case 'overdue':
      return `${quoted(reason.keys)} ${reason.keys.length === 1 ? 'is long past its day' : 'are long past their days'}`;
    case 'blocked':
      return `${quoted(reason.keys)} ${reason.keys.length === 1 ? 'is' : 'are'} blocked, and the rest waits for ${reason.keys.length === 1 ? 'it' : 'them'}`;
    default:
      return reason satisfies never;
  }
}

/** "At risk: it should be ready only 1 business day before the goal." Just "On track." where there is no reason to give. */
export function standingWords(standing: Standing, nameOfLine: (key: string) => string): string {
  const reasons = reasonWords(standing, nameOfLine);
  const is = STANDING_NAMES[standing.is];
  return reasons.length === 0 ? `${is}.` : `${is}: ${reasons.join('; ')}.`;
}

/** Names of the open lines on which the ready date depends, in order; at least one. */
export const decisiveRow = (names: readonly string[]): Fact =>
  fact(
    names.length === 1 ? 'This line decides the day' : 'These lines decide the day',
    `${names.join(', then ')}.`,
  );

export interface StandingNews {
  readonly issoName: Inline;
  readonly before: StandingKind;
  readonly standing: Standing;
  readonly readyOn: LocalDate;
  readonly goalOn: LocalDate;
}

/** To the Government Task Lead and the contractor lead, on the day on which it changes. */
export function standingChanged(
  engagement: Engagement,
  { issoName, before, standing, readyOn, goalOn }: StandingNews,
  nameOfLine: (key: string) => string,
): Message {
  const reasons = reasonWords(standing, nameOfLine);
  const ready =
    standing.is === 'ready'
      ? ''
      : ` Expected ready: ${sayLocalDate(readyOn)}; the goal is ${sayLocalDate(goalOn)}.`;
  return card(
    `${STANDING_NAMES[standing.is]}: ${engagement.number}`,
    [
      paragraph(
        line`The onboarding of ${issoName} for ${title(engagement)} is now ${strong(STANDING_NAMES[standing.is].toLowerCase())}; it was ${STANDING_NAMES[before].toLowerCase()}.${ready}`,
      ),
      ...(reasons.length > 0 ? [bullets(reasons)] : []),
    ],
    [cardButton(engagement.number), showButton(engagement)],
  );
}
