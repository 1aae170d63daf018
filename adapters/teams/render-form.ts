import type { Field, FieldErrors, RawValue, RawValues } from '../../src/domain/field.ts';
import { type AdaptiveCard, adaptiveCard } from '../../src/messages/adaptive-card.ts';
import { adaptiveDialog } from '../../src/messages/adaptive-dialog.ts';
import type { CardLook } from '../../src/messages/card-look.ts';
import { CANNOT_OPEN, NOTHING_TO_SHOW, PROBLEM } from '../../src/messages/copy/teams.ts';
import { inert } from '../../src/messages/harmless.ts';
import { type Line, line, strong, theirs } from '../../src/messages/inline.ts';
import { CARD_BUDGET_BYTES, jsonBytes } from '../../src/messages/limits.ts';
import { card, type DialogPage, paragraph } from '../../src/messages/message.ts';
import type { Reader } from '../../src/messages/plain-text.ts';
import type { Speaker } from '../../src/ports.ts';
import { standingOf } from './address.ts';
import {
  attached,
  type CardAttachment,
  type CarriedWith,
  dialogAction,
  isCarried,
  ROOMS,
  ROOMY,
  unmarked,
} from './card-look.ts';
import { packPage } from './carried.ts';
import { TEAMS } from './limits.ts';

/** Where a dialog was opened. It travels with the dialog and proves nothing. */
export interface DialogOrigin {
  /** The message whose button opened it, redrawn when the answer says so. */
  readonly on: string | null;
  /** As `Speaker.channel`. */
  readonly in: Speaker['channel'];
}

/** A dialog that opens, or goes on with another card. */
export interface TaskContinue {
  readonly type: 'continue';
  readonly value: {
    readonly title: string;
    readonly height: 'small' | 'medium' | 'large';
    readonly width: 'medium';
    readonly card: CardAttachment<AdaptiveCard>;
  };
}

/** Words in the place of a dialog. */
export interface TaskMessage {
  readonly type: 'message';
  readonly value: string;
}

/**
 * The dialog as Teams opens it, at most 25 KB. Its button carries what it submits, `origin`, and the page itself if there is
 * room for it, so that a refused dialog can be drawn again from what comes back. Answers are kept as they are for as long as
 * words can be left out in their place.
 */
export function renderForm(
  page: DialogPage,
  reader: Reader,
  origin: DialogOrigin,
  token: string,
): TaskContinue {
  const title = titleOf(page.title);
  const height = page.fields.length > 3 ? 'large' : 'medium';
  const content = isCarried({ id: 'submit', press: page.press })
    ? dialogCard(page, reader, { token, ...carriedOrigin(origin) })
    : adaptiveCard(card(page.title, [paragraph(CANNOT_OPEN)]), reader);
  return { type: 'continue', value: { title, height, width: 'medium', card: attached(content) } };
}

/** Words in the place of a dialog, or after it. */
export const wordsTask = (words: string): TaskMessage => ({
  type: 'message',
  value: words.trim() === '' ? NOTHING_TO_SHOW : shortened(words, TEAMS.messageText),
});

/**
 * The page as it was sent: each answer in its field, what was left empty empty, and beside it what is wrong with it. What is
 * wrong with something that the page does not ask for stands above the introduction.
 */
export function againWithErrors(page: DialogPage, values: RawValues, errors: FieldErrors): DialogPage {
  const isAsked = new Set(page.fields.map(({ id }) => id));
  const further = Object.entries(errors)
    .filter(([id, error]) => !isAsked.has(id) && error !== '')
    .map(([, error]) => line`${strong(PROBLEM)} ${theirs(error)}`);
  const fields = page.fields.map((field) => {
    const { value: _old, error: _before, ...asked } = field;
    const value = answerTo(field, values);
    const error = Object.hasOwn(errors, field.id) ? errors[field.id] : undefined;
    return { ...asked, ...(value === null ? {} : { value }), ...(error ? { error } : {}) };
  });
  return { ...page, intro: [...further, ...introOf(page)], fields };
}

/** An answer as fields know it; Teams sends texts alone. */
function answerTo({ id, kind }: Field, values: RawValues): RawValue {
  const value = (Object.hasOwn(values, id) ? values[id] : null) ?? null;
  if (value === '') return null;
  if (typeof value !== 'string') return value;
  if (kind === 'choices') return value.split(',').filter((choice) => choice !== '');
  return kind === 'attestation' ? value === 'true' : value;
}

/** The introduction without what was wrong before. */
const introOf = ({ intro }: DialogPage): readonly Line[] =>
  intro.filter(([first]) => first?.kind !== 'strong' || first.text !== PROBLEM);

/** What there is to draw the page again with. Answers and errors are left out: they come back from its inputs, or are new. */
const blank = (page: DialogPage): DialogPage => againWithErrors(page, {}, {});

function dialogCard(page: DialogPage, reader: Reader, carried: CarriedWith): AdaptiveCard {
  const packed = packPage(blank(page));
  if (packed !== null) {
    const drawn = adaptiveDialog(page, reader, lookOf({ ...carried, page: packed }, ROOMY));
    if (jsonBytes(drawn) <= CARD_BUDGET_BYTES) return drawn;
  }
  return adaptiveDialog(page, reader, lookOf(carried, ROOMS));
}

/** Only whoever opened the dialog sees it, in their own zone. */
const lookOf = (carried: CarriedWith, rooms: CardLook['rooms']): CardLook => ({
  action: (button, asks) => dialogAction(button, asks, carried),
  unmarked,
  timesBeside: false,
  shortRows: true,
  rooms,
  bytes: CARD_BUDGET_BYTES,
});

const carriedOrigin = ({ on, in: channel }: DialogOrigin): Omit<CarriedWith, 'token'> => ({
  ...(on !== null && standingOf(on) ? { on } : {}),
  ...(channel === null ? {} : { in: channel }),
});

/** Teams' own title line; the whole title is the heading of the dialog itself. */
const titleOf = (title: string): string =>
  shortened(inert(title).replace(/\s+/gu, ' ').trim(), TEAMS.dialogTitle);

const shortened = (words: string, limit: number): string =>
  words.length <= limit
    ? words
    : `${words
        .slice(0, limit - 1)
        .replace(/[\uD800-\uDBFF]$/u, '')
        .trimEnd()}…`;
