import type { Field, RawValue } from '../domain/field.ts';
import { inert, literal } from './harmless.ts';
import { andMore, type CardRoom, CHOICES_SHOWN, cut, firstOf } from './limits.ts';

/** One element of an Adaptive Card, as JSON. */
export type CardElement = Readonly<Record<string, unknown>>;

/** The elements that ask for one field: what went wrong, the input with its own label and error text, the hint. */
export function fieldElements(field: Field, room: CardRoom): CardElement[] {
  const options = optionsOf(field);
  const { shown, left } = firstOf(options, room.options);
  const elements: CardElement[] = [];
  if (field.error)
    elements.push(words(`Problem: ${field.error}`, room, { color: 'attention', weight: 'bolder' }));
  elements.push({
    id: field.id,
    label: literal(cut(field.label, room.characters)),
    isRequired: field.required,
    errorMessage: literal(cut(field.error ?? mend(field), room.characters)),
    ...inputOf(field, shown, room),
  });
  if (field.hint) elements.push(words(field.hint, room, { isSubtle: true, size: 'small' }));
  if (left > 0)
    elements.push(words(`${andMore(left)}: type the one you want instead.`, room, { isSubtle: true }));
  return elements;
}

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
  return (field.options ?? []).map((option) => ({ title: inert(option.label), value: option.id }));
}

function inputOf(field: Field, choices: readonly Choice[], room: CardRoom): CardElement {
  const value = cardValue(field.value, room);
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
        ...(field.min === undefined ? {} : { min: field.min }),
        ...(field.max === undefined ? {} : { max: field.max }),
        ...(Number.isFinite(Number(value.value ?? Number.NaN)) ? { value: Number(value.value) } : {}),
      };
    case 'attestation':
      return {
        type: 'Input.Toggle',
        title: 'Yes, this is true',
        valueOn: 'true',
        valueOff: 'false',
        wrap: true,
        ...value,
      };
    default:
      return field.kind satisfies never;
  }
}

/** Adaptive Cards carry values as text; several choices are joined by commas, yes and no are our own option ids. */
function cardValue(value: RawValue | undefined, room: CardRoom): { readonly value?: string } {
  if (value === undefined || value === null || value === '') return {};
  if (typeof value === 'object') return { value: value.join(',') };
  return { value: cut(String(value), room.characters) };
}

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
