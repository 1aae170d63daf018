/** What a Service ISSO reads of their onboarding: the day and how it stands, and whom it waits for (domain reference 4.3, 4.4). */
import { type Card, isSettled } from '../../domain/card.ts';
import type { ItemClock } from '../../domain/card-clocks.ts';
import type { DaysInHand } from '../../domain/card-days.ts';
import type { Forecast, Standing } from '../../domain/card-forecast.ts';
import type { HeldItem } from '../../domain/card-next.ts';
import type { CardPlan } from '../../domain/card-plan.ts';
import { percentDone } from '../../domain/card-progress.ts';
import type { CardParty, CardTemplate } from '../../domain/card-template.ts';
import type { Rhythm } from '../../domain/contact.ts';
import { ONBOARDING_GOAL_DAYS } from '../../domain/onboarding.ts';
import { DAY_MS, daysBetween, type LocalDate, sayLocalDate, sayShortDate } from '../../domain/time.ts';
import type { TrainingClocks } from '../../domain/training-clocks.ts';
import { type Inline, type Line, line, strong, theirs } from '../inline.ts';
import { type Block, bullets, card, fact, facts, type Message, note, paragraph, say } from '../message.ts';
import { duration, raiseButton } from './blocker.ts';
import { daysWords, heldWords, nameOf } from './card-items.ts';
import { PARTY_NAMES } from './gate-words.ts';
import {
  burnDownOfButton,
  dayButton,
  dayOfButton,
  linksButton,
  nextButton,
  ownBurnDownButton,
  waitingForButton,
  waitingForOfButton,
} from './my-day-buttons.ts';
import { cardButton } from './onboarding.ts';
import { decisiveRow, standingWords } from './standing.ts';
import { trainingClockFacts } from './training-clocks.ts';

/** One onboarding that is under way, with all that is counted from its card. */
export interface OnboardingShown {
  readonly number: string;
  readonly systemName: string;
  readonly issoName: Inline;
  /** The reader's own. */
  readonly isOwn: boolean;
  readonly card: Card;
  readonly template: CardTemplate;
  readonly plan: CardPlan;
  readonly forecast: Forecast;
  readonly standing: Standing;
  readonly training: TrainingClocks;
  readonly today: LocalDate;
}

/** `Day 23 of 60` */
export function dayWords({ card: { dayZeroOn }, today }: Pick<OnboardingShown, 'card' | 'today'>): string {
  const day = daysBetween(dayZeroOn, today);
  if (day < 0) return `Day 0 is ${sayLocalDate(dayZeroOn)}`;
  const over = day - ONBOARDING_GOAL_DAYS;
  if (over <= 0) return `Day ${day} of ${ONBOARDING_GOAL_DAYS}`;
  return `Day ${day}, ${over} ${over === 1 ? 'day' : 'days'} past the goal of ${ONBOARDING_GOAL_DAYS}`;
}

const BAR_MARKS = 10;

/** `48%, 10 of 21 lines done [####------]`: the words first, for whoever hears it read. */
export function progressWords(of: Pick<Card, 'items'>): string {
  const percent = percentDone(of);
  const needed = of.items.filter(({ state }) => state.is !== 'not_needed');
  const done = needed.filter(isSettled).length;
  const full = Math.floor((percent * BAR_MARKS) / 100);
  const bar = `[${'#'.repeat(full)}${'-'.repeat(BAR_MARKS - full)}]`;
  return `${percent}%, ${done} of ${needed.length} ${needed.length === 1 ? 'line' : 'lines'} done ${bar}`;
}

export const expectedWords = ({ forecast, plan }: Pick<OnboardingShown, 'forecast' | 'plan'>): string =>
  `${sayLocalDate(forecast.readyOn)}; the goal is ${sayLocalDate(plan.goalOn)}`;

/** `day`: one's own onboardings; `rhythm` is how often their reader is nudged. */
export function dayMessage(shown: readonly OnboardingShown[], rhythm: Rhythm): Message {
  const [first, ...more] = shown;
  const heading = first && more.length === 0 ? dayWords(first) : 'Your onboardings today';
  return card(
    heading,
    [
      ...shown.flatMap((each) => [titleOf(each, more.length > 0), facts(dayRows(each))]),
      note(`I write to you ${rhythm}. ${OTHER_RHYTHM[rhythm]}`),
    ],
    [nextButton, waitingForButton, ownBurnDownButton, linksButton, raiseButton],
  );
}

const OTHER_RHYTHM: Readonly<Record<Rhythm, string>> = {
  daily: 'Type `nudges weekly` for once a week; what is due soon comes all the same.',
  weekly: 'Type `nudges daily` for every business day.',
};

/** `day ISSO-2026-0042`, for whoever sees the card. */
export const dayOfMessage = (shown: OnboardingShown): Message =>
  card(
    `${dayWords(shown)}: ${shown.number}`,
    [titleOf(shown, false), facts(dayRows(shown))],
    [waitingForOfButton(shown.number), burnDownOfButton(shown.number), cardButton(shown.number)],
  );

const titleOf = (shown: OnboardingShown, withDay: boolean): Block =>
  paragraph(
    line`${strong(shown.number)} (${theirs(shown.systemName)})${shown.isOwn ? '' : line`: ${shown.issoName}`}${withDay ? `. ${dayWords(shown)}` : ''}`,
  );

function dayRows(shown: OnboardingShown) {
  const { template, forecast, today } = shown;
  const name = (key: string): string => nameOf(template, key, today);
  const path = forecast.criticalPath.map(name);
  return [
    fact('Progress', progressWords(shown.card)),
    fact('Standing', standingWords(shown.standing, name)),
    fact('Expected ready', expectedWords(shown)),
    ...(path.length > 0 ? [decisiveRow(path)] : []),
    ...trainingClockFacts(shown.training, today),
  ];
}

/** To somebody who is not in onboarding. */
export const noDay = (): Message =>
  say(
    'You are not in onboarding now, so there is no day of yours to show. For a Service ISSO whose lines you see, type it with the number, such as `day ISSO-2026-0042`; for what you have in hand, type `nudges`. Service ISSOs find their training with `courses`.',
  );

/** To whoever sees the card, or will: there is no plan to follow. `wasBegun`: it is over. */
export const notInOnboarding = (number: string, wasBegun: boolean): Message =>
  say(
    wasBegun
      ? line`The onboarding for ${strong(number)} is over, so there are no days to count. Type \`card ${number}\` for the Information Card, or \`show ${number}\` for where it stands.`
      : line`The onboarding for ${strong(number)} has not begun, so there are no days to count. Type \`show ${number}\` for where it stands.`,
  );

/** An onboarding with what everybody has in hand, and for how long. */
export interface WaitingShown extends OnboardingShown {
  readonly held: readonly HeldItem[];
  readonly clocks: readonly ItemClock[];
  readonly daysInHand: DaysInHand;
}

/** `waiting for`: who has which line, for how long, and how long each party had something in all. */
export function waitingForMessage(shown: readonly WaitingShown[]): Message {
  const [first] = shown;
  const isOwn = first?.isOwn ?? true;
  return card(
    isOwn ? 'Whom you wait for' : `Who has what: ${first?.number ?? ''}`,
    shown.flatMap((each) => [titleOf(each, false), ...waitingBlocks(each)]),
    isOwn || !first
      ? [nextButton, dayButton, raiseButton]
      : [dayOfButton(first.number), cardButton(first.number)],
  );
}

function waitingBlocks(shown: WaitingShown): readonly Block[] {
  const lines = shown.held.filter(({ holder }) => !shown.isOwn || holder !== 'service_isso');
  const totals = [...shown.daysInHand];
  return [
    lines.length > 0
      ? bullets(lines.map((each) => waitingLine(each, shown)))
      : paragraph(shown.isOwn ? 'Nobody has anything for you now.' : 'Nobody has a line in hand now.'),
    ...(totals.length > 0
      ? [
          note(
            `Days with a line in hand so far: ${totals.map((each) => totalWords(each, shown.isOwn)).join('; ')}.`,
          ),
        ]
      : []),
  ];
}

function waitingLine(item: HeldItem, { clocks, today, isOwn }: WaitingShown): Line {
  const { holder, followedBy } = item;
  const ms = clocks.find(({ key }) => key === item.key)?.byParty.get(holder);
  const held = ms === undefined ? '' : ` for ${lasted(ms)}`;
  const follows = followedBy === null ? '' : ` (${partyName(followedBy, isOwn)} follows it up)`;
  const due = `${item.dueOn < today ? 'was due' : 'due'} by ${sayShortDate(item.dueOn)}`;
  const blocked = item.blocked === null ? '' : line`. Blocked: ${theirs(item.blocked)}`;
  return line`${strong(capital(partyName(holder, isOwn)))}${held}: ${item.name}, ${due}${follows}${blocked}`;
}

const totalWords = ([party, days]: readonly [CardParty, number], isOwn: boolean): string =>
  `${partyName(party, isOwn)} ${daysWords(days)}`;
/** Hours count on the first day only. */
const lasted = (ms: number): string => (ms < DAY_MS ? duration(ms) : heldWords(ms));
const partyName = (party: CardParty, isOwn: boolean): string =>
  isOwn && party === 'service_isso' ? 'you' : PARTY_NAMES[party];
const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
