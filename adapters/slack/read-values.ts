import { z } from 'zod';
import type { RawValue, RawValues } from '../../src/domain/field.ts';
import { storableText } from '../../src/domain/storable-text.ts';
import { readLocalDate } from '../../src/domain/time.ts';
import { SLACK } from './limits.ts';

const option = z.looseObject({ value: z.string() });
const elementSchema = z.looseObject({
  type: z.string(),
  value: z.string().nullish(),
  selected_option: option.nullish(),
  selected_options: z.array(option).nullish(),
  selected_date: z.string().nullish(),
});
type Element = z.infer<typeof elementSchema>;

const isObject = (given: unknown): given is Readonly<Record<string, unknown>> =>
  typeof given === 'object' && given !== null && !Array.isArray(given);

/**
 * What people filled in, by field id, from the `state` of a press or a modal (`{ values: { block_id: { action_id: … } } }`).
 * It takes back what `render-fields.ts` drew: text, the chosen id, a list of ids, a day, true or false for a box to tick; null
 * for nothing. Elements of another kind or name are passed over; at most 200 values are read. The object has no prototype,
 * so that no name means more than itself.
 */
export function readValues(state: unknown): RawValues {
  const read: Record<string, RawValue> = Object.create(null);
  const blocks = isObject(state) && isObject(state.values) ? Object.values(state.values) : [];
  const elements = blocks.flatMap((block) => (isObject(block) ? Object.entries(block) : []));
  for (const [actionId, given] of elements.slice(0, SLACK.values)) {
    const [, how, id] = /^(value|tick):(.*)$/su.exec(actionId) ?? [];
    const element = elementSchema.safeParse(given);
    if (how === undefined || id === undefined || id === '__proto__' || !element.success) continue;
    const value = how === 'tick' ? ticked(element.data) : valueFrom(element.data);
    if (value !== undefined) read[storableText(id)] = value;
  }
  return read;
}

const ticked = ({ selected_options }: Element): boolean =>
  selected_options?.some(({ value }) => value === 'true') ?? false;

/** Undefined for an element that we never draw. */
function valueFrom(element: Element): RawValue | undefined {
  switch (element.type) {
    case 'plain_text_input':
    case 'number_input':
      return textOf(element.value);
    case 'radio_buttons':
    case 'static_select':
      return textOf(element.selected_option?.value);
    case 'checkboxes':
    case 'multi_static_select': {
      const ids = (element.selected_options ?? []).map(({ value }) => storableText(value));
      return ids.length === 0 ? null : ids;
    }
    case 'datepicker':
      return readLocalDate(element.selected_date ?? '');
    default:
      return undefined;
  }
}

function textOf(given: string | null | undefined): string | null {
  const text = storableText(given ?? '');
  return text === '' ? null : text;
}
