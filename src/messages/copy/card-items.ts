/** The lines of an Information Card in words: how each stands, what was said of one, why one did not change (domain reference 4.3). */
import type { Card, CardItem, ItemStatus } from '../../domain/card.ts';
import { isSettled, itemOf, openNeeds } from '../../domain/card.ts';
import type { ForecastItem } from '../../domain/card-forecast.ts';
import type { CardPlan } from '../../domain/card-plan.ts';
import { holderOf, percentDone } from '../../domain/card-progress.ts';
import { type CardTemplate, type ItemTemplate, itemIn, nameOn } from '../../domain/card-template.ts';
import type { Engagement } from '../../domain/engagement.ts';
import type { Option } from '../../domain/field.ts';
import { DAY_MS, type LocalDate, sayShortDate } from '../../domain/time.ts';
import { type Line, line, strong, theirs } from '../inline.ts';
import { bullets, type Message, note, paragraph, say } from '../message.ts';
import { PARTY_NAMES } from './gate-words.ts';

export const STATUS_NAMES: Readonly<Record<ItemStatus, string>> = {
  not_started: 'Not started',
  waiting_on: 'Waits for somebody',
  requested: 'Requested',
  in_progress: 'In progress',
  submitted: 'Submitted',
  done: 'Done',
  blocked: 'Blocked',
  not_needed: 'Not needed',
};

/** One card with its template, as the words about it need it. */
export interface CardWith {
  readonly template: CardTemplate;
  readonly card: Card;
}

/** With its plan, which says by when each line is due. */
export interface PlannedCard extends CardWith {
  readonly plan: CardPlan;
}

/** What is worked out for one line; left out where only how it stands is said. */
export interface LineOutlook {
  /** Null: nothing is forecast. */
  readonly forecast: ForecastItem | null;
  /** For how long whoever has it had it, in milliseconds; 0 where nobody could work on it yet. */
  readonly heldMs: number;
}

/**
 * How a line stands: "Done on Tue, Dec 8, 2026 (reference TICKET-1).", "Waits for ISPG (due by Fri, Jan 8; forecast Tue, Jan 12; 2 business
 * days to spare). With ISPG for 6 days. First: EUA ID issued."
 */
export function itemWords(
  of: ItemTemplate,
  item: CardItem,
  { template, card, plan }: PlannedCard,
  reader: { readonly today: LocalDate; readonly seesReferences: boolean },
  outlook: LineOutlook = { forecast: null, heldMs: 0 },
): Line {
  const stands = stateWords(item, reader.seesReferences);
  if (isSettled(item)) return line`${stands}.`;
  const due = plan.items.get(of.key)?.dueOn;
  const days = [
    ...(due === undefined ? [] : [`${due < reader.today ? 'was due' : 'due'} by ${sayShortDate(due)}`]),
    ...forecastWords(outlook.forecast),
  ];
  const when = days.length === 0 ? '' : ` (${days.join('; ')})`;
  const held =
    outlook.heldMs === 0 ? '' : ` With ${PARTY_NAMES[holderOf(of, item)]} for ${heldWords(outlook.heldMs)}.`;
  const first = openNeeds(of, card).map((key) => nameOf(template, key, reader.today));
  const needs = first.length > 0 ? ` First: ${first.join(', ')}.` : '';
  return line`${stands}${when}.${held}${needs}${item.nextAction === null ? '' : line` Next: ${theirs(item.nextAction)}`}`;
}

/** More to spare is nothing to say. */
const MOST_SLACK = 5;

function forecastWords(forecast: ForecastItem | null): readonly string[] {
  if (forecast === null || forecast.slack === null) return [];
  const { finishOn, slack } = forecast;
  const days = (n: number): string => `${n} business ${n === 1 ? 'day' : 'days'}`;
  return [
    `forecast ${sayShortDate(finishOn)}`,
    ...(slack < 0 ? [`${days(-slack)} too late for the goal`] : []),
    ...(slack >= 0 && slack <= MOST_SLACK ? [`${slack === 0 ? 'no day' : days(slack)} to spare`] : []),
  ];
}

/** "6 days", "less than a day". */
export function heldWords(ms: number): string {
  const days = Math.floor(ms / DAY_MS);
  if (days === 0) return 'less than a day';
  return daysWords(days);
}

/** "1 day", "6 days" */
export const daysWords = (days: number): string => `${days} ${days === 1 ? 'day' : 'days'}`;

/** Somebody's words inside a sentence of ours, which ends by itself. */
const withoutStop = (words: string): string => words.replace(/\.$/u, '');

/** How a line stands, without its days. */
export function stateWords({ state, doneOn, requestedOn }: CardItem, seesReferences: boolean): Line {
  switch (state.is) {
    case 'waiting_on':
      return line`Waits for ${PARTY_NAMES[state.party]}`;
    case 'done': {
      const shown = seesReferences && state.reference !== null;
      return line`Done${doneOn === null ? '' : ` on ${sayShortDate(doneOn)}, ${doneOn.slice(0, 4)}`}${shown ? line` (reference ${theirs(state.reference ?? '')})` : ''}`;
    }
    case 'blocked':
      return line`${strong('Blocked')}: ${theirs(withoutStop(state.reason))}`;
    case 'not_needed':
      return line`Not needed: ${theirs(withoutStop(state.why))}`;
    case 'requested':
      return line`Requested${requestedOn === null ? '' : ` on ${sayShortDate(requestedOn)}`}`;
    case 'not_started':
    case 'in_progress':
    case 'submitted':
      return line`${STATUS_NAMES[state.is]}`;
    default:
      return state satisfies never;
  }
}

/** What the line of that key is called on that day. */
export const nameOf = (template: CardTemplate, key: string, on: LocalDate): string => {
  const item = itemIn(template, key);
  return item ? nameOn(item, on) : key;
};

/** To whoever said what happens to a line. */
export function itemSaved(
  number: string,
  key: string,
  of: PlannedCard,
  today: LocalDate,
  also: readonly string[] = [],
): Message {
  const item = itemOf(of.card, key);
  const template = itemIn(of.template, key);
  if (!item || !template) throw new Error(`no line ${key}`);
  const words = itemWords(template, item, of, { today, seesReferences: true });
  const isLetGo = item.state.is === 'not_needed' && template.gates.length > 0;
  return say(
    line`Saved for ${strong(number)}: ${nameOn(template, today)}. ${words} The card is ${String(percentDone(of.card))}% complete.`,
    // What stands for it is missing all the same (domain reference 2.4).
    ...(isLetGo
      ? ['Work starts without it only with the reason that you give when you confirm the start of work.']
      : []),
    ...(also.length > 0 ? [line`It stands so on the card of ${strong(also.join(', '))} as well.`] : []),
  );
}

/** All lines with their numbers on the card. */
export const lineNames = (template: CardTemplate, today: LocalDate): string =>
  template.items.map((item, index) => `${index + 1} ${nameOn(item, today)}`).join('; ');

const MOST_NEAR = 3;

/** The lines whose names have most in common with what was typed, at most three, with their numbers on the card. */
function nearestNames(template: CardTemplate, today: LocalDate, typed: string): readonly string[] {
  const pairs = pairsOf(typed);
  return template.items
    .map((item, index) => ({
      name: `${index + 1} ${nameOn(item, today)}`,
      likeness: Math.max(
        ...[item.key, nameOn(item, today), ...item.alsoCalled].map((each) => likeness(pairs, pairsOf(each))),
      ),
    }))
    .filter((each) => each.likeness >= LEAST_LIKENESS)
    .toSorted((a, b) => b.likeness - a.likeness)
    .slice(0, MOST_NEAR)
    .map(({ name }) => name);
}

/** Of the pairs of letters of the shorter one, the part that both have. */
const LEAST_LIKENESS = 0.5;
const likeness = (one: ReadonlySet<string>, other: ReadonlySet<string>): number => {
  const least = Math.min(one.size, other.size);
  return least === 0 ? 0 : [...one].filter((pair) => other.has(pair)).length / least;
};

/** Neighbours among the letters and digits of the first words. */
function pairsOf(words: string): ReadonlySet<string> {
  const letters = words
    .slice(0, 40)
    .toLowerCase()
    .replace(/[^a-z0-9]/gu, '');
  return new Set(
    Array.from({ length: Math.max(0, letters.length - 1) }, (_, at) => letters.slice(at, at + 2)),
  );
}

const EXAMPLES = (number: string): readonly string[] => [
  `\`item ${number} fingerprinting done ref TICKET-1\``,
  `\`item ${number} piv card waiting on badging office\``,
  `\`item ${number} laptop blocked The stock is empty until May.\``,
  `\`item ${number} other access not needed Nothing else was named.\``,
  `\`item ${number} eua requested on 1/20/2027\``,
  `\`item ${number} piv move to 1/20/2027 because the badging office is closed\``,
];

/** How to say something of a line, and what the lines are called. */
export function itemHelp(
  number: string,
  why: string,
  { template }: CardWith,
  today: LocalDate,
  typed: string,
): Message {
  const near = nearestNames(template, today, typed);
  return {
    blocks: [
      paragraph(why),
      bullets(EXAMPLES(number)),
      note(
        `${near.length > 0 ? `Did you mean ${near.join(', ')}? ` : ''}\`card ${number}\` shows all lines with their numbers. A number, a short word such as "piv", or the name will do.`,
      ),
    ],
    buttons: [],
  };
}

export const NO_ITEM = 'Nothing was changed: please name the line first, then how it stands.';
export const noState = (name: string): string =>
  `Nothing was changed: please say how "${name}" stands, for example:`;
export const NO_PARTY =
  'Nothing was changed: please say for whom it waits, such as "cor", "access staff" or "business owner".';
export const NO_DAY =
  'Nothing was changed: please give the day, such as "on 1/20/2027", and the reference behind "ref".';
export const NO_WORDS = 'Nothing was changed: please say why, or what is next, in a few words.';

/** To the person whose card it is, and to the contract leads. */
export const itemDropped = (engagement: Engagement, name: string, why: string): Message =>
  say(
    line`${strong(engagement.number)} (${theirs(engagement.systemName)}): "${name}" is not needed any more.`,
    line`Why: ${theirs(why)}`,
    line`Type \`card ${engagement.number}\` to see the card.`,
  );

/** What must never stand on a card. */
export const FORBIDDEN_TAIL =
  'A card says only that something is done, waits or is blocked, with a day and the number of a ticket.';
export const forbidden = (kinds: readonly string[]): string =>
  `That looks like ${kinds.join(' and ')}, which is never kept on a card, so nothing was saved. ${FORBIDDEN_TAIL}`;

export const BAD_REFERENCE =
  'A reference is the number of a ticket or certificate: up to 60 letters, figures, dots, slashes and hyphens, without spaces.';
export const PARTY_MISSING = 'Please pick for whom it waits.';
export const DAY_MISSING = 'Please give the day by which it is to be finished.';
export const WORDS_MISSING = 'Please say why in a few words.';

/** The card of an earlier day. */
export const GIVE_AS_OF = 'Please give the day behind "as of", such as `as of 1/15/2027`.';

export const STAYS: Option = { id: 'stay', label: 'Stays as it is' };
/** The states the line may come into. */
export const stateOptions = (allowed: readonly ItemStatus[]): readonly Option[] =>
  allowed.map((id) => ({ id, label: STATUS_NAMES[id] }));
export const MOVE: Option = { id: 'move', label: 'To be finished by another day' };
export const MOVE_BACK: Option = { id: 'move_back', label: 'By the day of the plan again' };

/** To the GTL, who removes blockers. */
export function itemsBlocked(
  { number, systemName }: Pick<Engagement, 'number' | 'systemName'>,
  blocked: readonly { readonly name: string; readonly reason: string }[],
): Message {
  const [only, ...others] = blocked;
  const head = line`${strong(number)} (${theirs(systemName)}):`;
  const tail = `Type \`card ${number}\` to see the card.`;
  if (only && others.length === 0)
    return say(line`${head} "${only.name}" is blocked. ${theirs(only.reason)} ${tail}`);
  return {
    blocks: [
      paragraph(line`${head} ${String(blocked.length)} lines are blocked.`),
      bullets(blocked.map(({ name, reason }) => line`${name}: ${theirs(reason)}`)),
      note(tail),
    ],
    buttons: [],
  };
}
