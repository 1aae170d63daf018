import type { Field } from '../domain/field.ts';
import type { Drawing } from './card-look.ts';
import { answerCut } from './copy/teams.ts';
import { inert, literal } from './harmless.ts';
import { andMore, type CardRoom, CHOICES_SHOWN, cut, firstOf } from './limits.ts';

/** One element of an Adaptive Card, as JSON. */
export type CardElement = Readonly<Record<string, unknown>>;

/** The elements that ask for one field: what went wrong, the input with its own label and error text, the hint. */
export function fieldElements(field: Field, { room, look }: FieldDrawing): CardElement[] {
  const { shown, left } = shownOptions(field, room);
  const choices = shown.map(({ title, value }) => ({
    title: look.unmarked(inert(cut(title, room.characters))),
    value,
  }));
  const elements: CardElement[] = [];
  if (field.error)
    elements.push(words(`Problem: ${field.error}`, room, { color: 'attention', weight: 'bolder' }));
  elements.push({
    id: field.id,
    label: literal(cut(field.label, room.characters)),
    isRequired: field.required,
    errorMessage: look.unmarked(inert(cut(field.error ?? mend(field), room.characters))),
    ...inputOf(field, choices, room),
  });
  if (field.hint) elements.push(words(field.hint, room, { isSubtle: true, size: 'small' }));
  if (left > 0)
    elements.push(words(`${andMore(left)}: type the one you want instead.`, room, { isSubtle: true }));
  const missing = missingOf(field, room);
  if (missing > 0) elements.push(words(answerCut(missing), room, { weight: 'bolder' }));
  return elements;
}

type FieldDrawing = Pick<Drawing, 'room' | 'look'>;

/** A line of text in one style; text runs know no markup. */
function words(text: string, room: CardRoom, style: Readonly<Record<string, unknown>>): CardElement {
  const inlines = [{ type: 'TextRun', text: literal(cut(text, room.characters)), ...style }];
  return { type: 'RichTextBlock', inlines, spacing: 'small' };
}

type Choice = { readonly title: string; readonly value: string };

function optionsOf(field: Field): Choice[] {
  if (field.kind === 'yes-no') {
    return [
      { title: 'Yes', value: 'yes' },
      { title: 'No', value: 'no' },
    ];
  }
  return (field.options ?? []).map((option) => ({ title: option.label, value: option.id }));
}

/** The first options, and where answers are kept those that are chosen, however far down they stand. */
function shownOptions(field: Field, room: CardRoom): ReturnType<typeof firstOf<Choice>> {
  const options = optionsOf(field);
  const first = firstOf(options, room.options);
  if (room.values === undefined) return first;
  const chosen = new Set(chosenOf(field));
  const further = options.slice(room.options).filter(({ value }) => chosen.has(value));
  return { shown: [...first.shown, ...further], left: first.left - further.length };
}

/** Ids of options that are chosen. */
function chosenOf(field: Field): readonly string[] {
  const text = textOf(field) ?? '';
  const chosen = field.kind === 'choices' ? text.split(',') : [text];
  return optionsOf(field).flatMap(({ value }) => (chosen.includes(value) ? [value] : []));
}

function inputOf(field: Field, choices: readonly Choice[], room: CardRoom): CardElement {
  const value = cardValue(field, room);
  switch (field.kind) {
    case 'text':
    case 'person':
    case 'long-text':
      return {
        type: 'Input.Text',
        isMultiline: field.kind === 'long-text',
        ...(field.maxLength ? { maxLength: field.maxLength } : {}),
        ...value,
      };
    case 'choice':
    case 'choices':
    case 'yes-no':
      return {
        type: 'Input.ChoiceSet',
        style: choices.length <= CHOICES_SHOWN || field.kind === 'choices' ? 'expanded' : 'compact',
        isMultiSelect: field.kind === 'choices',
        wrap: true,
        choices,
        ...value,
      };
    case 'date':
      return { type: 'Input.Date', ...(/^\d{4}-\d{2}-\d{2}$/u.test(value.value ?? '') ? value : {}) };
    case 'number':
      return {
        type: 'Input.Number',
        ...(Number.isFinite(field.min) ? { min: field.min } : {}),
        ...(Number.isFinite(field.max) ? { max: field.max } : {}),
        ...(Number.isFinite(Number(value.value ?? Number.NaN)) ? { value: Number(value.value) } : {}),
      };
    case 'attestation':
      return {
        type: 'Input.Toggle',
        title: 'Yes, this is true',
        valueOn: 'true',
        valueOff: 'false',
        wrap: true,
        ...(value.value === undefined ? {} : { value: String(value.value === 'true') }),
      };
    default:
      return field.kind satisfies never;
  }
}

/** Adaptive Cards carry values as text; several choices are joined by commas, yes and no are our own option ids. */
function textOf({ kind, value }: Field): string | null {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value === 'object') return value.join(',');
  if (kind === 'yes-no' && typeof value === 'boolean') return value ? 'yes' : 'no';
  return String(value);
}

function cardValue(field: Field, room: CardRoom): { readonly value?: string } {
  const text = textOf(field);
  if (text === null) return {};
  if (room.values === undefined) return { value: cut(text, room.characters) };
  if (isChosen(field)) return { value: chosenOf(field).join(',') };
  // Nothing is added: what stands in an input is sent as an answer.
  const kept =
    text.length <= room.values ? text : text.slice(0, room.values).replace(/[\uD800-\uDBFF]$/u, '');
  return { value: kept };
}

/** How many characters of the answer don't stand in its input. */
const missingOf = (field: Field, room: CardRoom): number =>
  room.values === undefined || isChosen(field)
    ? 0
    : (textOf(field)?.length ?? 0) - (cardValue(field, room).value?.length ?? 0);

const isChosen = ({ kind }: Field): boolean => kind === 'choice' || kind === 'choices' || kind === 'yes-no';

/** What to do when the field is empty or wrong, said before anybody makes the mistake. */
function mend(field: Field): string {
  switch (field.kind) {
    case 'text':
    case 'long-text':
      return field.maxLength ? `Type an answer of at most ${field.maxLength} characters.` : 'Type an answer.';
    case 'choice':
    case 'choices':
      return field.kind === 'choice' ? 'Choose one.' : 'Choose at least one.';
    case 'yes-no':
      return 'Choose Yes or No.';
    case 'date':
      return 'Give a date.';
    case 'number':
      return numberMend(field);
    case 'person':
      return 'Type a name or an e-mail address.';
    case 'attestation':
      return 'Tick the box to confirm.';
    default:
      return field.kind satisfies never;
  }
}

function numberMend(field: Field): string {
  const from = field.min === undefined ? '' : ` from ${field.min}`;
  const to = field.max === undefined ? '' : ` up to ${field.max}`;
  return `Give a number${from}${to}.`;
}
