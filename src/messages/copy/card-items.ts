/** The lines of an Information Card in words: how each stands, what was said of one, why one did not change (domain reference 4.3). */
import type { Card, CardItem, CardRefusal, ItemStatus } from '../../domain/card.ts';
import { isSettled, itemOf, openNeeds } from '../../domain/card.ts';
import { dueOn, percentDone } from '../../domain/card-progress.ts';
import { type CardTemplate, type ItemTemplate, itemIn, nameOn } from '../../domain/card-template.ts';
import type { Option } from '../../domain/field.ts';
import { type LocalDate, sayShortDate } from '../../domain/time.ts';
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

/** How a line stands: "Done on Tue, Dec 8, 2026 (reference TICKET-1)", "Waits for ISPG (due by Fri, Jan 8). First: EUA ID issued." */
export function itemWords(
  of: ItemTemplate,
  item: CardItem,
  { template, card }: CardWith,
  reader: { readonly today: LocalDate; readonly seesReferences: boolean },
): Line {
  const stands = stateWords(item, reader.seesReferences);
  if (isSettled(item)) return line`${stands}.`;
  const first = openNeeds(of, card).map((key) => nameOf(template, key, reader.today));
  const due = dueOn(of, card);
  const when = due < reader.today ? `was due by ${sayShortDate(due)}` : `due by ${sayShortDate(due)}`;
  const needs = first.length > 0 ? ` First: ${first.join(', ')}.` : '';
  return line`${stands} (${when}).${needs}${item.nextAction === null ? '' : line` Next: ${theirs(item.nextAction)}`}`;
}

function stateWords({ state, doneOn, requestedOn }: CardItem, seesReferences: boolean): Line {
  switch (state.is) {
    case 'waiting_on':
      return line`Waits for ${PARTY_NAMES[state.party]}`;
    case 'done': {
      const shown = seesReferences && state.reference !== null;
      return line`Done${doneOn === null ? '' : ` on ${sayShortDate(doneOn)}, ${doneOn.slice(0, 4)}`}${shown ? line` (reference ${theirs(state.reference ?? '')})` : ''}`;
    }
    case 'blocked':
      return line`${strong('Blocked')}: ${theirs(state.reason)}`;
    case 'not_needed':
      return line`Not needed: ${theirs(state.why)}`;
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
export function itemSaved(number: string, key: string, of: CardWith, today: LocalDate): Message {
  const item = itemOf(of.card, key);
  const template = itemIn(of.template, key);
  if (!item || !template) throw new Error(`no line ${key}`);
  const words = itemWords(template, item, of, { today, seesReferences: true });
  return say(
    line`Saved for ${strong(number)}: ${nameOn(template, today)}. ${words} The card is ${String(percentDone(of.card))}% complete.`,
  );
}

const FOLLOWS: Readonly<Record<Extract<CardRefusal, { code: 'follows' }>['fact'], string>> = {
  letter: 'it is done when all three have signed; the first signature is noted with `sign letter`',
  preparation: 'it follows from the preparation list',
  'initial-meeting': 'it follows from the meeting, when that is recorded',
  training: 'it follows from the day on which the training was done',
  'start-of-work': 'it follows when the Government Task Lead confirms the start of work',
};

/** Why a line did not change, and what would do. */
export function itemRefused(
  number: string,
  key: string,
  refusal: CardRefusal,
  of: CardWith,
  today: LocalDate,
): Message {
  const name = nameOf(of.template, key, today);
  return say(
    line`Nothing was changed on the card of ${strong(number)}: ${whyNot(name, number, key, refusal, of, today)}`,
  );
}

function whyNot(
  name: string,
  number: string,
  key: string,
  refusal: CardRefusal,
  of: CardWith,
  today: LocalDate,
): string {
  switch (refusal.code) {
    case 'no-such-item':
      return 'there is no such line.';
    case 'illegal-move':
      return refusal.allowed.length === 1
        ? `"${name}" is ${STATUS_NAMES[refusal.from].toLowerCase()}. To open it again, say why: \`item ${number} ${key} reopen it lapsed\`.`
        : `"${name}" is ${STATUS_NAMES[refusal.from].toLowerCase()}, and from there it becomes ${refusal.allowed.map((each) => STATUS_NAMES[each].toLowerCase()).join(', ')}.`;
    case 'needs-first': {
      const first = refusal.keys.map((each) => `"${nameOf(of.template, each, today)}"`).join(' and ');
      return `${first} must be done first. Say so with \`item ${number} ${refusal.keys[0] ?? ''} done ref TICKET-1\`, or drop it with \`not needed\` and the reason.`;
    }
    case 'reference-needed':
      return `"${name}" counts as done with a reference. Type \`item ${number} ${key} done ref TICKET-1\`; the number only, never a document.`;
    case 'still-to-come':
      return 'that day is still to come. Say it once it has happened.';
    case 'follows':
      return `${FOLLOWS[refusal.fact]}.`;
    default:
      return refusal satisfies never;
  }
}

const EXAMPLES = (number: string): readonly string[] => [
  `\`item ${number} fingerprinting done ref TICKET-1\``,
  `\`item ${number} piv card waiting on badging office\``,
  `\`item ${number} laptop blocked The stock is empty until May.\``,
  `\`item ${number} other access not needed Nothing else was named.\``,
  `\`item ${number} eua requested on 1/20/2027\``,
];

/** How to say something of a line, and what the lines are called. */
export function itemHelp(number: string, why: string, { template }: CardWith, today: LocalDate): Message {
  return {
    blocks: [
      paragraph(why),
      bullets(EXAMPLES(number)),
      note(
        `The lines: ${template.items.map((item, index) => `${index + 1} ${nameOn(item, today)}`).join('; ')}. A number, a short word such as "piv", or the name will do.`,
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

/** Only their own lines. */
export const notYourItem = (name: string): Message =>
  say(
    line`Nothing was changed: "${name}" is kept by the contractor. You say what happens to the lines that you do yourself; tell your lead about this one.`,
  );

/** What must never stand on a card. */
export const FORBIDDEN_TAIL =
  'A card says only that something is done, waits or is blocked, with a day and the number of a ticket.';
export const forbidden = (kinds: readonly string[]): string =>
  `That looks like ${kinds.join(' and ')}, which is never kept on a card, so nothing was saved. ${FORBIDDEN_TAIL}`;

export const BAD_REFERENCE =
  'A reference is the number of a ticket or certificate: up to 60 letters, figures, dots, slashes and hyphens, without spaces.';
export const PARTY_MISSING = 'Please pick for whom it waits.';
export const WORDS_MISSING = 'Please say why in a few words.';

/** The card of an earlier day. */
export const GIVE_AS_OF = 'Please give the day behind "as of", such as `as of 1/15/2027`.';

/** No card at this step. */
export const noCardNow = (number: string): Message =>
  say(
    line`Nothing was changed: the Information Card of ${strong(number)} is kept from the start of onboarding until off-boarding begins. Type \`show ${number}\` to see where it stands.`,
  );

/** Stays as it is, and the states the line may come into. */
export const stateOptions = (allowed: readonly ItemStatus[]): readonly Option[] => [
  { id: 'stay', label: 'Stays as it is' },
  ...allowed.map((id) => ({ id, label: STATUS_NAMES[id] })),
];

/** To the GTL, who removes blockers. */
export const itemBlocked = (number: string, systemName: string, name: string, reason: string): Message =>
  say(
    line`${strong(number)} (${theirs(systemName)}): "${name}" is blocked. ${theirs(reason)} Type \`card ${number}\` to see the card.`,
  );
