import type { InputBlock, InputBlockElement, KnownBlock, PlainTextOption } from '@slack/types';
import type { Field, Option } from '../../src/domain/field.ts';
import { readLocalDate } from '../../src/domain/time.ts';
import { choicesLeftOut, questionsLeftOut } from '../../src/messages/copy/slack.ts';
import { inert } from '../../src/messages/harmless.ts';
import { type Line, strong, text, theirs } from '../../src/messages/inline.ts';
import { plain, shortened, wellFormed } from './escape.ts';
import { SLACK } from './limits.ts';
import { costOf, freeName, type Room, type TakenNames } from './message-blocks.ts';
import { richList, richSection, richText } from './rich-text.ts';

/** Where inputs stand. A modal tells of each change, so that what is half filled can be kept. */
export type Where = 'message' | 'view';

/** How much of a field is drawn. */
interface FieldRoom {
  readonly options: number;
  /** Characters of a label, a hint, a problem and the full text of an option. */
  readonly words: number;
}

/** Taken in turn until all fields fit; what is left out is said. */
const ROOMS: readonly [FieldRoom, ...FieldRoom[]] = [
  { options: SLACK.menuOptions * SLACK.menuGroups, words: 2_000 },
  { options: SLACK.menuOptions, words: 2_000 },
  { options: 50, words: 600 },
  { options: 20, words: 200 },
  { options: SLACK.shownOptions, words: 80 },
  { options: 5, words: 40 },
];

/** Nothing in a field depends on who reads it: its words hold no instants. */
const READER = { timeZone: 'UTC' };

/**
 * One field as Slack's input, with what is wrong with it and what is too long for an input above it. The element's
 * action_id says which field it is and how to read it (`read-values.ts`): `value:` or, for a single box to tick, `tick:`.
 * A present value is filled in where the element can hold it. `taken` are the names given above it.
 */
export function fieldBlocks(
  field: Field,
  where: Where,
  taken: TakenNames = new Set(),
  room: FieldRoom = ROOMS[0],
): KnownBlock[] {
  if (field.id.length > SLACK.id - 20) return [paragraph([text(questionsLeftOut(1))])];
  const options = drawnOptions(field);
  const offered = options.slice(0, room.options);
  const isLong = offered.some((option) => inert(option.label).length > SLACK.optionText);
  const blocks: KnownBlock[] = [];
  if (field.error) blocks.push(paragraph([strong('Problem:'), text(` ${cut(field.error, room)}`)]));
  if (field.label.length > SLACK.label) blocks.push(paragraph([text(cut(field.label, room))]));
  if (isLong) {
    const texts = offered.map((option) => [theirs(cut(option.label, room))]);
    blocks.push(richText(richList(texts, true, 0, READER)));
  }
  blocks.push(inputBlock(field, where, taken, room, offered, isLong));
  const left = new Set(field.options?.map(({ id }) => id)).size - offered.length;
  if (left > 0) blocks.push(paragraph([text(choicesLeftOut(left))]));
  return blocks;
}

/** The fields that fit into `room`, drawn as fully as it lets them; those that don't are counted in words. */
export function fittingFields(
  fields: readonly Field[],
  where: Where,
  room: Room,
  taken: TakenNames,
): KnownBlock[] {
  let blocks: KnownBlock[] = [];
  for (let count = fields.length; count >= 0; count -= 1) {
    // All are drawn with ever less room before one is left out.
    for (const fieldRoom of count === fields.length ? ROOMS : ROOMS.slice(-1)) {
      const names = new Set(taken);
      blocks = fields.slice(0, count).flatMap((field) => fieldBlocks(field, where, names, fieldRoom));
      if (count < fields.length) blocks.push(paragraph([text(questionsLeftOut(fields.length - count))]));
      if (blocks.length > room.blocks || costOf(blocks) > room.characters) continue;
      for (const name of names) taken.add(name);
      return blocks;
    }
  }
  return blocks;
}

function inputBlock(
  field: Field,
  where: Where,
  taken: TakenNames,
  room: FieldRoom,
  options: readonly Option[],
  isLong: boolean,
): InputBlock {
  const element = inputElement(field, options, isLong);
  const hasText = element.type === 'plain_text_input' || element.type === 'number_input';
  const heard = where === 'view' && hasText ? ({ dispatch_action_config: ON_EACH_CHARACTER } as const) : {};
  return {
    type: 'input',
    block_id: freeName(`field:${field.id}`, taken),
    label: plain(field.label, Math.min(room.words, field.label.length > SLACK.label ? 150 : SLACK.label)),
    ...(field.hint ? { hint: plain(field.hint, Math.min(room.words, SLACK.hint)) } : {}),
    optional: !field.required,
    element: { ...element, ...heard, action_id: actionId(field) },
    ...(where === 'view' ? { dispatch_action: true } : {}),
  };
}

const ON_EACH_CHARACTER: { readonly trigger_actions_on: ['on_character_entered'] } = {
  trigger_actions_on: ['on_character_entered'],
};

/** The name under which `read-values.ts` finds the field's value. */
const actionId = ({ kind, id }: Field): string => `${kind === 'attestation' ? 'tick' : 'value'}:${id}`;

function inputElement(field: Field, options: readonly Option[], isLong: boolean): InputBlockElement {
  switch (field.kind) {
    case 'text':
    case 'person':
    case 'long-text':
      return textElement(field);
    case 'choice':
    case 'yes-no':
      return options.length === 0 ? textElement(field) : choiceElement(field, options, isLong);
    case 'choices':
      return options.length === 0 ? textElement(field) : choicesElement(field, options, isLong);
    case 'date': {
      const date = typeof field.value === 'string' ? readLocalDate(field.value) : null;
      return { type: 'datepicker', ...(date ? { initial_date: date } : {}) };
    }
    case 'number':
      return numberElement(field);
    case 'attestation': {
      const ticked = { text: plain('Yes, this is true', SLACK.optionText), value: 'true' };
      const isTicked = field.value === true || field.value === 'true';
      return { type: 'checkboxes', options: [ticked], ...(isTicked ? { initial_options: [ticked] } : {}) };
    }
    default:
      return field.kind satisfies never;
  }
}

function textElement({ kind, value, minLength = 0, maxLength = SLACK.textInput }: Field): InputBlockElement {
  const most = Math.max(1, Math.min(maxLength, SLACK.textInput));
  const given = typeof value === 'string' || typeof value === 'number' ? wellFormed(String(value)) : '';
  // Not shortened with an ellipsis: what stands in an input is sent as an answer.
  const initial = given.slice(0, most).replace(/[\uD800-\uDBFF]$/u, '');
  return {
    type: 'plain_text_input',
    multiline: kind === 'long-text',
    max_length: most,
    ...(minLength > 0 && minLength <= most ? { min_length: minLength } : {}),
    ...(initial === '' ? {} : { initial_value: initial }),
  };
}

function numberElement({ value, min, max }: Field): InputBlockElement {
  const [least, most] = [whole(min, Math.ceil), whole(max, Math.floor)];
  const isRange = least === null || most === null || least <= most;
  const initial = whole(typeof value === 'string' && value.trim() === '' ? undefined : Number(value ?? NaN));
  const isWithin =
    initial !== null && (!isRange || (initial >= (least ?? initial) && initial <= (most ?? initial)));
  return {
    type: 'number_input',
    is_decimal_allowed: false,
    ...(isRange && least !== null ? { min_value: String(least) } : {}),
    ...(isRange && most !== null ? { max_value: String(most) } : {}),
    ...(isWithin ? { initial_value: String(initial) } : {}),
  };
}

/** A number without decimals that is written with digits alone; null where `given` is none. */
function whole(
  given: number | undefined,
  round: (value: number) => number = (value) => value,
): number | null {
  const rounded = given === undefined ? Number.NaN : round(given) + 0;
  return Number.isSafeInteger(rounded) ? rounded : null;
}

function choiceElement(field: Field, options: readonly Option[], isLong: boolean): InputBlockElement {
  const drawn = options.map((option, index) => optionOf(option, index, isLong));
  const given = field.value === true ? 'yes' : field.value === false ? 'no' : field.value;
  const chosen = drawn.find((option) => option.value === given);
  const initial = chosen ? { initial_option: chosen } : {};
  if (drawn.length <= SLACK.shownOptions) return { type: 'radio_buttons', options: drawn, ...initial };
  return {
    type: 'static_select',
    placeholder: plain('Choose one', SLACK.placeholder),
    ...menu(drawn),
    ...initial,
  };
}

function choicesElement(field: Field, options: readonly Option[], isLong: boolean): InputBlockElement {
  const drawn = options.map((option, index) => optionOf(option, index, isLong));
  const given: readonly unknown[] = Array.isArray(field.value) ? field.value : [field.value];
  const chosen = drawn.filter((option) => given.includes(option.value));
  // Slack refuses an empty list of them.
  const initial = chosen.length > 0 ? { initial_options: chosen } : {};
  if (drawn.length <= SLACK.shownOptions) return { type: 'checkboxes', options: drawn, ...initial };
  const isLimited = field.max !== undefined && field.max >= Math.max(1, chosen.length);
  return {
    type: 'multi_static_select',
    placeholder: plain('Choose what applies', SLACK.placeholder),
    ...menu(drawn),
    ...initial,
    ...(isLimited ? { max_selected_items: Math.floor(field.max ?? 1) } : {}),
  };
}

/** A menu's options, in groups when they are too many for one. */
function menu(options: PlainTextOption[]) {
  if (options.length <= SLACK.menuOptions) return { options };
  const groups = [];
  for (let first = 0; first < options.length; first += SLACK.menuOptions) {
    const group = options.slice(first, first + SLACK.menuOptions);
    const label = plain(`${first + 1} to ${first + group.length}`, SLACK.optionText);
    groups.push({ label, options: group });
  }
  return { option_groups: groups };
}

const optionOf = ({ id, label }: Option, index: number, isLong: boolean): PlainTextOption => ({
  text: plain(isLong ? `${index + 1}. ${label}` : label, SLACK.optionText),
  value: id,
});

/** Options that Slack can tell apart and send back: ids that are neither blank, nor too long, nor there twice. */
function drawnOptions({ kind, options = [] }: Field): readonly Option[] {
  if (kind === 'yes-no')
    return [
      { id: 'yes', label: 'Yes' },
      { id: 'no', label: 'No' },
    ];
  if (kind !== 'choice' && kind !== 'choices') return [];
  const byId = new Map<string, Option>();
  for (const option of options) {
    const isAble =
      option.id.trim() !== '' && option.id.length <= SLACK.optionValue && wellFormed(option.id) === option.id;
    if (isAble && !byId.has(option.id)) byId.set(option.id, option);
  }
  return [...byId.values()];
}

const paragraph = (line: Line): KnownBlock => richText(richSection(line, READER));
const cut = (words: string, room: FieldRoom): string => shortened(words, room.words);
