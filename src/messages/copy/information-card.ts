/** What somebody reads of the Information Card of a Service ISSO: how far it is, and its dates (domain reference 1.3, 4.3). */
import type { CardSight } from '../../domain/access.ts';
import type { Card } from '../../domain/card.ts';
import type { Standing } from '../../domain/card-forecast.ts';
import { isBlocked, percentDone } from '../../domain/card-progress.ts';
import type { CardTemplate } from '../../domain/card-template.ts';
import type { Engagement } from '../../domain/engagement.ts';
import { MILESTONES } from '../../domain/milestone.ts';
import { ONBOARDING_GOAL_DAYS, type Onboarding } from '../../domain/onboarding.ts';
import { type LocalDate, sayLocalDate } from '../../domain/time.ts';
import type { Assignment } from '../../domain/training.ts';
import { type Inline, line } from '../inline.ts';
import { type Block, card, type Fact, fact, facts, type Message, note, paragraph } from '../message.ts';
import { MILESTONE_WORDS } from './milestone.ts';
import { title } from './request.ts';
import { STANDING_NAMES } from './standing.ts';

/** One card as its reader may see it. */
export interface CardShown {
  readonly engagement: Engagement;
  readonly issoName: Inline;
  readonly sight: CardSight;
  readonly days: Assignment['days'];
  readonly onboarding: Onboarding;
  /** Null while only dates are known. */
  readonly kept: KeptShown | null;
  readonly today: LocalDate;
}

/** A card as it is kept, and where the onboarding stands by it. */
export interface KeptShown {
  readonly card: Card;
  readonly template: CardTemplate;
  readonly readyOn: LocalDate;
  readonly standing: Standing;
}

/** `cards` in short; `left` counts those there is no room for. */
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
    note(
      cards.some(({ kept, sight }) => kept !== null && sight === 'dates')
        ? 'Type `card` with a number, such as `card ISSO-2026-0001`, for every line.'
        : cards.some(({ kept }) => kept !== null)
          ? 'The contractor keeps the card itself; you see how far it is.'
          : 'The contractor keeps the card itself, with its single steps. I know these dates of it.',
    ),
  ]);

function rowsOf(shown: CardShown): Fact[] {
  const { sight, days, onboarding } = shown;
  const progress = [
    fact('Onboarding', onboardingWords(onboarding, shown.kept !== null)),
    ...(shown.kept ? progressRows(shown.kept, shown.engagement) : []),
  ];
  if (sight === 'progress') return progress;
  const dates = MILESTONES.flatMap((name) => {
    const on = days[name];
    return on === undefined ? [] : [fact(MILESTONE_WORDS[name].said, sayLocalDate(on))];
  });
  return [...progress, ...dates];
}

/**
 * All that the requesting side sees of the card itself: how complete it is, where it stands, when it should be ready, whether anything
 * is blocked. Why it stands there names lines, and is for those who see them.
 */
export const progressRows = (
  { card: of, readyOn, standing }: KeptShown,
  { state }: Pick<Engagement, 'state'>,
): readonly Fact[] => [
  fact('Complete', `${percentDone(of)}%`),
  ...(state === 'ONBOARDING'
    ? [fact('Standing', STANDING_NAMES[standing.is]), fact('Expected ready', sayLocalDate(readyOn))]
    : []),
  fact('Blocked', isBlocked(of) ? 'Yes' : 'No'),
];

/** `isExpected`: when they should be ready is said beside it. */
export function onboardingWords(onboarding: Onboarding, isExpected: boolean): string {
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
        : `day ${onboarding.day} of ${ONBOARDING_GOAL_DAYS}${isExpected ? '' : `; expected to be ready by ${goal}`}`;
    }
    case 'at-work':
      return 'done; at work';
    case 'ended':
      return 'done; the work has ended';
    default:
      return onboarding satisfies never;
  }
}
