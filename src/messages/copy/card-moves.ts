/** What is said when days of an onboarding are set by hand: of one line, and day 0 itself (domain reference 4.3, 4.4). */
import type { CardTemplate } from '../../domain/card-template.ts';
import type { Engagement, EngagementRefusal } from '../../domain/engagement.ts';
import { ONBOARDING_GOAL_DAYS } from '../../domain/onboarding.ts';
import { addDays, type LocalDate, sayLocalDate, sayShortDate } from '../../domain/time.ts';
import { type Inline, line, strong, theirs } from '../inline.ts';
import { bullets, card, type Message, note, paragraph, say } from '../message.ts';
import { nameOf } from './card-items.ts';
import { cardButton } from './onboarding.ts';
import { title } from './request.ts';

/** A line that is to be finished on another day than before. */
export interface MovedLine {
  readonly key: string;
  readonly from: LocalDate;
  readonly to: LocalDate;
}

/** More of them make a list nobody reads; the card has all. */
const MOST_MOVED = 8;

/** What somebody wanted of the day of a line, and what came of it. */
export interface MoveOutcome {
  readonly key: string;
  /** Null: the day of the plan again. */
  readonly wantedOn: LocalDate | null;
  readonly dueOn: LocalDate;
  /** All lines that are due on another day than before; the line itself may be among them. */
  readonly moved: readonly MovedLine[];
  readonly readyOn: LocalDate;
  readonly goalOn: LocalDate;
}

const readyWords = ({ readyOn, goalOn }: Pick<MoveOutcome, 'readyOn' | 'goalOn'>): string =>
  `Expected ready: ${sayLocalDate(readyOn)}.${
    readyOn > goalOn ? ` That misses the goal, ${sayLocalDate(goalOn)}.` : ''
  }`;

/** To whoever set the day of a line: when it is due, and what moved with it. */
export function itemMoved(
  number: string,
  outcome: MoveOutcome,
  { template, today }: { readonly template: CardTemplate; readonly today: LocalDate },
): Message {
  const { key, wantedOn, dueOn, moved } = outcome;
  const own = moved.find((each) => each.key === key);
  const others = moved.filter((each) => each !== own);
  const name = (of: string): string => nameOf(template, of, today);
  const left = others.length - MOST_MOVED;
  const more = left > 0 ? `And ${left} more; type \`card ${number}\`. ` : '';
  const before = own ? `instead of ${sayShortDate(own.from)}` : 'as before';
  return {
    blocks: [
      paragraph(
        line`Saved for ${strong(number)}: ${name(key)} is due by ${sayShortDate(dueOn)} ${before}.${whyOther(wantedOn, dueOn)}`,
      ),
      ...(others.length === 0
        ? []
        : [
            paragraph('What follows moves with it:'),
            bullets(
              others
                .slice(0, MOST_MOVED)
                .map((other) => `${name(other.key)}: due by ${sayShortDate(other.to)}`),
            ),
          ]),
      note(`${others.length === 0 ? 'No other line moves. ' : more}${readyWords(outcome)}`),
    ],
    buttons: [],
  };
}

/** To the Government Task Lead, who did not do it: the day of an overdue line was set, or the goal is missed with it. */
export const itemMovedNews = (
  engagement: Engagement,
  { name, wasDueOn, why, ...outcome }: MovedNews,
): Message =>
  card(
    `Moved: ${name}, ${engagement.number}`,
    [
      paragraph(title(engagement)),
      paragraph(
        `${name} was due by ${sayShortDate(wasDueOn)}; it is due by ${sayShortDate(outcome.dueOn)} now.`,
      ),
      ...(why === null ? [] : [paragraph(line`Why: ${theirs(why)}`)]),
      note(readyWords(outcome)),
    ],
    [cardButton(engagement.number)],
  );

export interface MovedNews extends Pick<MoveOutcome, 'dueOn' | 'readyOn' | 'goalOn'> {
  readonly name: string;
  readonly wasDueOn: LocalDate;
  readonly why: string | null;
}

/** Why it is not the day that was wanted. */
function whyOther(wantedOn: LocalDate | null, dueOn: LocalDate): string {
  if (wantedOn === null || wantedOn === dueOn) return '';
  return dueOn > wantedOn
    ? ` What it needs first is not planned to be there by ${sayShortDate(wantedOn)}.`
    : ` ${sayShortDate(wantedOn)} is no business day.`;
}

/** What is to be said of a moved day 0. */
export interface DayZeroMoved {
  readonly issoName: Inline;
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly readyOn: LocalDate;
  /** Null: not for this reader. */
  readonly reason: string | null;
}

const goal = (dayZeroOn: LocalDate): string => sayLocalDate(addDays(dayZeroOn, ONBOARDING_GOAL_DAYS));

const movedWords = ({ issoName, from, to, readyOn }: DayZeroMoved) => [
  paragraph(
    line`Day 0 of ${issoName} is ${sayLocalDate(to)} now; it was ${sayLocalDate(from)}. The goal of ${String(ONBOARDING_GOAL_DAYS)} days moves from ${goal(from)} to ${goal(to)}.`,
  ),
  paragraph(
    `Expected ready: ${sayLocalDate(readyOn)}. What is done stays done; every open line has its new day.`,
  ),
];

/** To whoever moved it. */
export const dayZeroMoved = ({ number }: Engagement, moved: DayZeroMoved): Message =>
  card(
    `Day 0 moved: ${number}`,
    [
      ...movedWords(moved),
      note('The Service ISSO, the Business Owner, the contractor and the Government Task Lead are told.'),
    ],
    [cardButton(number)],
  );

/** To those who plan by it. */
export const dayZeroNews = (engagement: Engagement, moved: DayZeroMoved): Message =>
  card(
    `Day 0 moved: ${engagement.number}`,
    [
      paragraph(title(engagement)),
      ...movedWords(moved),
      ...(moved.reason === null ? [] : [paragraph(line`Why: ${theirs(moved.reason)}`)]),
    ],
    [cardButton(engagement.number)],
  );

/** Between which days it can be moved. */
export const dayZeroOutOfReach = (
  number: string,
  { because, limitOn }: Extract<EngagementRefusal, { code: 'bad-day' }>,
): Message =>
  say(
    because === 'too-far'
      ? line`Nothing was changed: day 0 of ${strong(number)} can be ${sayLocalDate(limitOn)} at the latest. The letter must not be signed before it, and it must come before the agreed end. Lines that are done keep their days, also before day 0.`
      : line`Nothing was changed: day 0 of ${strong(number)} can be ${sayLocalDate(addDays(limitOn, 1))} at the earliest. It is not put further back than today, nor before the candidate can start.`,
  );

/** It is that day already. */
export const sameDayZero = (number: string, on: LocalDate): Message =>
  say(
    line`Nothing was changed: day 0 of ${strong(number)} is ${sayLocalDate(on)} already. Give another day, such as \`move day 0 ${number} to 12/14/2026 because the contract starts later\`.`,
  );
