/** What somebody reads of the Information Card of a Service ISSO: the dates that are recorded, and how far onboarding is. */
import type { CardSight } from '../../domain/access.ts';
import type { Engagement } from '../../domain/engagement.ts';
import { MILESTONES } from '../../domain/milestone.ts';
import { ONBOARDING_GOAL_DAYS, type Onboarding } from '../../domain/onboarding.ts';
import { sayLocalDate } from '../../domain/time.ts';
import type { Assignment } from '../../domain/training.ts';
import { type Inline, line } from '../inline.ts';
import { type Block, card, type Fact, fact, facts, type Message, note, paragraph } from '../message.ts';
import { MILESTONE_WORDS } from './milestone.ts';
import { title } from './request.ts';

/** One card as its reader may see it. */
export interface CardShown {
  readonly engagement: Engagement;
  readonly issoName: Inline;
  readonly sight: CardSight;
  readonly days: Assignment['days'];
  readonly onboarding: Onboarding;
}

/** `cards` in full; `left` counts those there is no room for. */
export function cardBlocks(cards: readonly CardShown[], left: number): Block[] {
  return [
    ...cards.flatMap((each) => [
      paragraph(line`${title(each.engagement)}: ${each.issoName}`),
      facts(rowsOf(each)),
    ]),
    ...(left > 0 ? [note(`\u2026 and ${left} more.`)] : []),
  ];
}

/** Why there is nothing to show yet. `recordsDates`: the reader is one of those who record them. */
export const noCardWords = (recordsDates: boolean): string =>
  recordsDates
    ? 'You have no card of your own. Type `milestones` with a number, such as `milestones ISSO-2026-0001`, for the dates of a request.'
    : 'Nothing is recorded yet. A card comes to be on the day on which the onboarding of a Service ISSO begins, when the contract lead or ISPG records it.';

/** To somebody who asks for their card. */
export const cardMessage = (cards: readonly CardShown[], left: number, recordsDates: boolean): Message =>
  card('Information Card', [
    ...(cards.length > 0 ? cardBlocks(cards, left) : [paragraph(noCardWords(recordsDates))]),
    note('The contractor keeps the card itself, with its single steps. I know these dates of it.'),
  ]);

function rowsOf({ sight, days, onboarding }: CardShown): Fact[] {
  const progress = fact('Onboarding', onboardingWords(onboarding));
  if (sight === 'progress') return [progress];
  const dates = MILESTONES.flatMap((name) => {
    const on = days[name];
    return on === undefined ? [] : [fact(MILESTONE_WORDS[name].said, sayLocalDate(on))];
  });
  return [progress, ...dates];
}

function onboardingWords(onboarding: Onboarding): string {
  switch (onboarding.kind) {
    case 'not-recorded':
      return 'its first day is not recorded';
    case 'ahead':
      return `begins on ${sayLocalDate(onboarding.beginsOn)}`;
    case 'under-way': {
      const over = onboarding.day - ONBOARDING_GOAL_DAYS;
      const goal = sayLocalDate(onboarding.readyBy);
      return over > 0
        ? `day ${onboarding.day}, ${over} ${over === 1 ? 'day' : 'days'} past the goal of ${ONBOARDING_GOAL_DAYS} (${goal})`
        : `day ${onboarding.day} of ${ONBOARDING_GOAL_DAYS}; expected to be ready by ${goal}`;
    }
    case 'at-work':
      return 'done; at work';
    case 'ended':
      return 'done; the work has ended';
    default:
      return onboarding satisfies never;
  }
}
