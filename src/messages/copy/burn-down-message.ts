/** The burn-down as a message: the numbers in words; the picture comes beside it. */
import type { BurnDown } from '../../domain/burn-down.ts';
import type { StandingKind } from '../../domain/card-forecast.ts';
import { type LocalDate, sayLocalDate, sayShortDate } from '../../domain/time.ts';
import { line, strong, theirs } from '../inline.ts';
import { andMore, firstOf } from '../limits.ts';
import { type Block, bullets, card, fact, facts, type Message, note, paragraph, say } from '../message.ts';
import {
  type BurnDownOf,
  burnDownSubtitle,
  burnDownTitle,
  forecastEnd,
  lastKnown,
  openNow,
  toldDay,
  toldDays,
} from './burn-down.ts';
import {
  dayButton,
  dayOfButton,
  nextButton,
  waitingForButton,
  waitingForOfButton,
} from './my-day-buttons.ts';
import { cardButton } from './onboarding.ts';
import { STANDING_NAMES } from './standing.ts';

/** One person's burn-down, and how they stand. */
export interface BurnDownShown {
  readonly of: Extract<BurnDownOf, { kind: 'one' }>;
  readonly number: string;
  readonly isOwn: boolean;
  readonly burnDown: BurnDown;
  readonly standing: StandingKind;
  readonly readyOn: LocalDate;
  readonly goalOn: LocalDate;
}

/** `isDrawn`: the picture follows. */
export function burnDownMessage(shown: BurnDownShown, isDrawn: boolean): Message {
  const { of, number, burnDown, standing, readyOn, goalOn } = shown;
  return card(
    `Burn-down: ${number}`,
    [
      facts([
        fact('Person', [theirs(of.name)]),
        fact('Now', openNow(burnDown)),
        fact('Standing', STANDING_NAMES[standing]),
        fact('Expected ready', `${sayLocalDate(readyOn)}; the goal is ${sayLocalDate(goalOn)}`),
      ]),
      ...numbers(burnDown, isDrawn),
    ],
    shown.isOwn
      ? [nextButton, dayButton, waitingForButton]
      : [dayOfButton(number), waitingForOfButton(number), cardButton(number)],
  );
}

/** More people in one message are read by nobody; each has a burn-down of their own. */
const MOST_PEOPLE = 15;

/** Everybody in onboarding together, then each by themselves. */
export function programmeBurnDown(
  each: readonly BurnDownShown[],
  together: BurnDown,
  isDrawn: boolean,
): Message {
  const { shown, left } = firstOf(each, MOST_PEOPLE);
  return card(burnDownTitle({ kind: 'all', people: each.length }), [
    paragraph(openOfAll(each)),
    note(burnDownSubtitle({ kind: 'all', people: each.length }, together)),
    ...numbers(together, isDrawn),
    bullets([
      ...shown.map(
        ({ of, number, burnDown, standing, readyOn }) =>
          line`${strong(number)}, ${theirs(of.name)}: ${STANDING_NAMES[standing].toLowerCase()}. ${openNow(burnDown)} Expected ready: ${sayShortDate(readyOn)}.`,
      ),
      ...(left > 0 ? [andMore(left)] : []),
    ]),
    note('Type `burn-down` with a number, such as `burn-down ISSO-2026-0042`, for one person.'),
  ]);
}

/** As each of them stands today, which is another day of theirs. */
function openOfAll(each: readonly BurnDownShown[]): string {
  const now = each.flatMap(({ burnDown }) => lastKnown(burnDown) ?? []);
  const [open, planned, needed] = [
    now.map((day) => day.open ?? 0),
    now.map((day) => day.planned),
    each.map(({ burnDown }) => burnDown.needed),
  ].map((counts) => counts.reduce((sum, count) => sum + count, 0));
  return `Today: ${open} of ${needed} lines open, ${planned} by plan.`;
}

const numbers = (burnDown: BurnDown, isDrawn: boolean): readonly Block[] => [
  paragraph(forecastEnd(burnDown)),
  bullets(toldDays(burnDown).map(toldDay)),
  ...(isDrawn ? [note('The picture comes in a message of its own.')] : []),
];

/** Beside the picture. */
export const burnDownPicture = (of: BurnDownOf): Message => say(line`${theirs(burnDownTitle(of))}.`);

/** To somebody who may not see those of others, or when there is none to see. */
export const noBurnDown = (): Message =>
  say(
    'There is no burn-down to show you. Type `burn-down` with a number, such as `burn-down ISSO-2026-0042`, for a Service ISSO whose card you see.',
  );
