/** What somebody reads of the Information Card of a Service ISSO: how far it is, its dates, and its lines (domain reference 1.3, 4.3). */
import type { CardSight } from '../../domain/access.ts';
import { type Card, isSettled, itemOf } from '../../domain/card.ts';
import { expectedReadyOn, isBlocked, percentDone } from '../../domain/card-progress.ts';
import { type CardTemplate, type ItemTemplate, nameOn } from '../../domain/card-template.ts';
import type { Engagement } from '../../domain/engagement.ts';
import { MILESTONES } from '../../domain/milestone.ts';
import { ONBOARDING_GOAL_DAYS, type Onboarding } from '../../domain/onboarding.ts';
import type { Person } from '../../domain/person.ts';
import { addDays, type LocalDate, sayLocalDate } from '../../domain/time.ts';
import { type Assignment, FIRST_TRAINING_DAYS } from '../../domain/training.ts';
import { button } from '../button.ts';
import { type Inline, line } from '../inline.ts';
import { type Block, card, type Fact, fact, facts, type Message, note, paragraph } from '../message.ts';
import { itemWords } from './card-items.ts';
import { MILESTONE_WORDS } from './milestone.ts';
import { moveButtons } from './moves.ts';
import { showButton, title } from './request.ts';

/** One card as its reader may see it. */
export interface CardShown {
  readonly engagement: Engagement;
  readonly issoName: Inline;
  readonly sight: CardSight;
  readonly days: Assignment['days'];
  readonly onboarding: Onboarding;
  /** Null while only dates are known. */
  readonly kept: { readonly card: Card; readonly template: CardTemplate } | null;
  readonly today: LocalDate;
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
    ...progressRows(shown),
  ];
  if (sight === 'progress') return progress;
  const dates = MILESTONES.flatMap((name) => {
    const on = days[name];
    return on === undefined ? [] : [fact(MILESTONE_WORDS[name].said, sayLocalDate(on))];
  });
  return [...progress, ...dates];
}

/** All that the requesting side sees of the card itself: how complete it is, when it should be ready, whether anything is blocked. */
function progressRows({ kept, today, engagement }: CardShown): Fact[] {
  if (!kept) return [];
  const { card: of, template } = kept;
  return [
    fact('Complete', `${percentDone(of)}%`),
    ...(engagement.state === 'ONBOARDING'
      ? [fact('Expected ready', sayLocalDate(expectedReadyOn(template, of, today)))]
      : []),
    fact('Blocked', isBlocked(of) ? 'Yes' : 'No'),
  ];
}

/** `isExpected`: when they should be ready is said beside it. */
function onboardingWords(onboarding: Onboarding, isExpected: boolean): string {
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

/** A card with all its lines. */
export interface WholeCard {
  readonly shown: CardShown;
  readonly card: Card;
  readonly template: CardTemplate;
  readonly today: LocalDate;
  /** The day whose card it is; null for now. */
  readonly asOf: LocalDate | null;
  readonly seesReferences: boolean;
  /** Keys of open lines that are begun, or can be by now. */
  readonly canStart: ReadonlySet<string>;
  /** Keys of lines that the reader may change now. */
  readonly changeable: ReadonlySet<string>;
  /** What does not hold before work can start; empty for nothing, or when it is not the time. */
  readonly gate: string;
  readonly trainingDueOn: LocalDate | null;
  readonly reader: Person;
}

/** More buttons on one card are hard to read; every line can be typed. */
const MOST_CHANGED = 8;

/** To somebody who sees its lines: what is open first, what is settled last. */
export function wholeCard(whole: WholeCard): Message {
  const { shown, card: of, template, asOf } = whole;
  const { engagement } = shown;
  const changing = [...whole.changeable].slice(0, MOST_CHANGED);
  const rows = (items: readonly ItemTemplate[]): Fact[] => items.map((item) => rowOf(item, whole, changing));
  const open = template.items.filter(
    ({ key }) => !isSettled(itemOf(of, key) ?? { state: { is: 'not_started' } }),
  );
  const groups: readonly (readonly [string, readonly ItemTemplate[]])[] = [
    ['Open now', open.filter(({ key }) => whole.canStart.has(key))],
    ['Later', open.filter(({ key }) => !whole.canStart.has(key))],
    ['Settled', template.items.filter((item) => !open.includes(item))],
  ];
  return card(
    `Information Card: ${engagement.number}`,
    [
      paragraph(line`${title(engagement)}: ${shown.issoName}`),
      ...(asOf === null ? [] : [note(`As it was kept on ${sayLocalDate(asOf)}.`)]),
      facts([...summaryRows(whole)]),
      ...groups
        .filter(([, items]) => items.length > 0)
        .flatMap(([name, items]) => [paragraph(name), facts(rows(items))]),
      ...(whole.gate === '' ? [] : [paragraph(`Still open before work can start: ${whole.gate}`)]),
      ...(changing.length > 0
        ? [note(line`Any line can be typed: \`item ${engagement.number} fingerprinting done ref TICKET-1\``)]
        : []),
    ],
    asOf === null ? [...moveButtons(engagement, whole.reader), showButton(engagement)] : [],
  );
}

/** Two clocks: the goal of the onboarding, and the first role-based training (domain reference 4.4). */
function summaryRows({ shown, card: of, asOf, trainingDueOn }: WholeCard): readonly Fact[] {
  const { letter } = shown.engagement.course;
  const training =
    letter.ciso === null
      ? `within ${FIRST_TRAINING_DAYS} days of the appointment`
      : `${FIRST_TRAINING_DAYS} days after the appointment: ${sayLocalDate(addDays(letter.ciso, FIRST_TRAINING_DAYS))}`;
  return [
    fact('Day 0', sayLocalDate(of.dayZeroOn)),
    ...(asOf === null ? [fact('Onboarding', onboardingWords(shown.onboarding, true))] : []),
    ...progressRows({ ...shown, kept: shown.kept && { ...shown.kept, card: of } }),
    fact('First role-based training', training),
    ...(trainingDueOn === null ? [] : [fact('Training due', sayLocalDate(trainingDueOn))]),
  ];
}

function rowOf(item: ItemTemplate, whole: WholeCard, changing: readonly string[]): Fact {
  const { card: of, template, today } = whole;
  const { number } = whole.shown.engagement;
  const now = itemOf(of, item.key);
  const place = template.items.indexOf(item) + 1;
  const label = `${place}. ${nameOn(item, today)}`;
  if (!now) return fact(label, '');
  const words = itemWords(item, now, whole, whole);
  if (!changing.includes(item.key)) return fact(label, words);
  const change = button(
    `item-${item.key}`,
    'Change',
    { verb: 'card.item', subject: number, choice: item.key },
    `item ${number} ${place} done${item.needsReference ? ' ref TICKET-1' : ''}`,
    { opensDialog: true },
  );
  return fact(label, words, change);
}
