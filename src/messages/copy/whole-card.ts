/** The Information Card with all its lines, to somebody who sees them (domain reference 1.3, 4.3, 4.4). */
import { may } from '../../domain/access.ts';
import { isSettled, itemOf } from '../../domain/card.ts';
import type { ItemClock } from '../../domain/card-clocks.ts';
import type { DaysInHand } from '../../domain/card-days.ts';
import type { Forecast } from '../../domain/card-forecast.ts';
import type { CardPlan } from '../../domain/card-plan.ts';
import { holderOf } from '../../domain/card-progress.ts';
import { type ItemTemplate, nameOn } from '../../domain/card-template.ts';
import type { Person } from '../../domain/person.ts';
import { type LocalDate, sayLocalDate } from '../../domain/time.ts';
import type { TrainingClocks } from '../../domain/training-clocks.ts';
import { type Button, button } from '../button.ts';
import { line } from '../inline.ts';
import { type Block, card, type Fact, fact, facts, type Message, note, paragraph } from '../message.ts';
import { daysWords, itemWords, nameOf } from './card-items.ts';
import { PARTY_NAMES } from './gate-words.ts';
import { type CardShown, type KeptShown, onboardingWords, progressRows } from './information-card.ts';
import { moveButton, moveButtons, openMoves } from './moves.ts';
import { burnDownOfButton, dayOfButton, waitingForOfButton } from './my-day-buttons.ts';
import { showButton, title } from './request.ts';
import { decisiveRow, reasonWords } from './standing.ts';
import { trainingClockFacts } from './training-clocks.ts';

/** A card with all its lines. */
export interface WholeCard {
  readonly shown: CardShown;
  readonly kept: KeptShown;
  readonly plan: CardPlan;
  readonly forecast: Forecast;
  /** For how long each party had each line. */
  readonly clocks: readonly ItemClock[];
  readonly daysInHand: DaysInHand;
  readonly training: TrainingClocks;
  /** When role-based training is due next; null where nothing says so. */
  readonly trainingDueOn: LocalDate | null;
  readonly today: LocalDate;
  /** The day whose card it is; null for now. */
  readonly asOf: LocalDate | null;
  readonly seesReferences: boolean;
  /** Keys of open lines that are begun, or can be by now. */
  readonly canStart: ReadonlySet<string>;
  /** Keys of lines of which the reader may say something now, and whether that is how they stand. */
  readonly changeable: ReadonlyMap<string, boolean>;
  /** What does not hold before work can start; empty for nothing, or when it is not the time. */
  readonly gate: string;
  /** There is a newer template than the card's. */
  readonly hasNewerLines: boolean;
  readonly reader: Person;
}

/** More buttons on one card are hard to read; every line can be typed. */
const MOST_CHANGED = 8;

/** What is open first, what is settled last. */
export function wholeCard(whole: WholeCard): Message {
  const { shown, asOf } = whole;
  const { engagement } = shown;
  return card(
    `Information Card: ${engagement.number}`,
    [
      paragraph(line`${title(engagement)}: ${shown.issoName}`),
      ...(asOf === null ? [] : [note(`As it was kept on ${sayLocalDate(asOf)}.`)]),
      facts([...summaryRows(whole)]),
      ...lineBlocks(whole),
      ...(whole.gate === '' ? [] : [paragraph(`Still open before work can start: ${whole.gate}`)]),
      ...notesOf(whole),
    ],
    asOf === null ? buttonsOf(whole) : [],
  );
}

function buttonsOf({ shown: { engagement }, reader }: WholeCard): readonly Button[] {
  const dayZero = openMoves(engagement, reader).filter(({ verb }) => verb === 'card.move-day-zero');
  return [
    ...moveButtons(engagement, reader),
    ...dayZero.map((move) => moveButton(engagement, move)),
    ...(engagement.state === 'ONBOARDING'
      ? [dayOfButton, burnDownOfButton, waitingForOfButton].map((of) => of(engagement.number))
      : []),
    showButton(engagement),
  ];
}

function notesOf({
  shown: { engagement },
  asOf,
  changeable,
  hasNewerLines,
  reader,
}: WholeCard): readonly Block[] {
  const { number } = engagement;
  if (asOf !== null) return [];
  const isNewer = hasNewerLines && may(reader, 'card.adopt', engagement);
  return [
    ...(changeable.size > 0
      ? [
          note(
            [...changeable.values()].includes(true)
              ? line`Any line can be typed: \`item ${number} fingerprinting done ref TICKET-1\``
              : line`Any line can be typed: \`item ${number} piv ${MOVING}\``,
          ),
        ]
      : []),
    note(line`What changed, when and by whom: \`card ${number} history\``),
    ...(isNewer ? [note(line`There is a newer list of lines: \`card ${number} lines\``)] : []),
  ];
}

function summaryRows(whole: WholeCard): readonly Fact[] {
  const { shown, kept, asOf, training, trainingDueOn, today } = whole;
  const isRenewed = training.doneOn !== null && trainingDueOn !== null;
  return [
    fact('Day 0', sayLocalDate(kept.card.dayZeroOn)),
    ...(asOf === null ? [fact('Onboarding', onboardingWords(shown.onboarding, true))] : []),
    ...progressRows(kept, shown.engagement),
    ...(shown.engagement.state === 'ONBOARDING' ? whyRows(whole) : []),
    ...trainingClockFacts(training, today),
    ...(isRenewed ? [fact('Training due again', sayLocalDate(trainingDueOn))] : []),
    ...timeRows(whole),
  ];
}

/** Why it stands there, and which open lines decide the day. */
function whyRows({ kept: { template, standing }, forecast, today }: WholeCard): readonly Fact[] {
  const name = (key: string): string => nameOf(template, key, today);
  const reasons = reasonWords(standing, name);
  return [
    ...(reasons.length > 0 ? [fact('Why', `${capital(reasons.join('; '))}.`)] : []),
    ...(forecast.criticalPath.length > 0 ? [decisiveRow(forecast.criticalPath.map(name))] : []),
  ];
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** On how many days each party had a line in hand. */
function timeRows({ daysInHand }: WholeCard): readonly Fact[] {
  const totals = [...daysInHand];
  return totals.length === 0
    ? []
    : [
        fact(
          'Days with a line in hand',
          `${totals.map(([party, days]) => `${PARTY_NAMES[party]} ${daysWords(days)}`).join('; ')}.`,
        ),
      ];
}

function lineBlocks(whole: WholeCard): readonly Block[] {
  const { template, card: of } = whole.kept;
  const changing = [...whole.changeable.keys()].slice(0, MOST_CHANGED);
  const open = template.items.filter(({ key }) => !isSettled(itemOf(of, key) ?? NOT_STARTED));
  const groups: readonly (readonly [string, readonly ItemTemplate[]])[] = [
    ['Open now', open.filter(({ key }) => whole.canStart.has(key))],
    ['Later', open.filter(({ key }) => !whole.canStart.has(key))],
    ['Settled', template.items.filter((item) => !open.includes(item))],
  ];
  return groups
    .filter(([, items]) => items.length > 0)
    .flatMap(([name, items]) => [paragraph(name), facts(items.map((item) => rowOf(item, whole, changing)))]);
}

/** For those who say by when a line is to be finished, and not how it stands. */
const MOVING = 'move to 1/20/2027 because the office is closed';
const NOT_STARTED = { state: { is: 'not_started' } } as const;

function rowOf(item: ItemTemplate, whole: WholeCard, changing: readonly string[]): Fact {
  const { kept, plan, forecast, clocks, shown, today, seesReferences } = whole;
  const { number, state } = shown.engagement;
  const now = itemOf(kept.card, item.key);
  const place = kept.template.items.indexOf(item) + 1;
  const label = `${place}. ${nameOn(item, today)}`;
  if (!now) return fact(label, '');
  const clock = clocks.find(({ key }) => key === item.key);
  const words = itemWords(
    item,
    now,
    { ...kept, plan },
    { today, seesReferences },
    {
      // The goal is behind whoever is at work.
      forecast: (state === 'ONBOARDING' && forecast.items.get(item.key)) || null,
      heldMs: (whole.canStart.has(item.key) && clock?.byParty.get(holderOf(item, now))) || 0,
    },
  );
  if (!changing.includes(item.key)) return fact(label, words);
  const done = `done${item.needsReference ? ' ref TICKET-1' : ''}`;
  const change = button(
    `item-${item.key}`,
    'Change',
    { verb: 'card.item', subject: number, choice: item.key },
    `item ${number} ${place} ${whole.changeable.get(item.key) ? done : MOVING}`,
    { opensDialog: true },
  );
  return fact(label, words, change);
}
