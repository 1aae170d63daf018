import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readValues } from '../../adapters/slack/read-values.ts';
import { fieldBlocks } from '../../adapters/slack/render-fields.ts';
import {
  loadingView,
  renderForm,
  viewErrors,
  viewOrigin,
  wordsView,
} from '../../adapters/slack/render-form.ts';
import type { Field, RawValue } from '../../src/domain/field.ts';
import { button } from '../../src/messages/button.ts';
import { line } from '../../src/messages/inline.ts';
import { card, type DialogPage, say } from '../../src/messages/message.ts';
import {
  anyDialog,
  anyField,
  anyMessage,
  expectBlocks,
  type JsonObject,
  objectsIn,
  ofType,
  wordsShown,
} from '../support/slack-block-kit.ts';

const READER = { timeZone: 'America/New_York' };
const press = { verb: 'accept', subject: 'ISSO-2026-0042', version: 3 };
const origin = { on: '1720000000.000100', channel: 'ispg' as const };
const OPTIONS = [
  { id: 'low', label: 'Low' },
  { id: 'high', label: 'High' },
];
const field = (kind: Field['kind'], more: Partial<Field> = {}): Field => ({
  id: 'f',
  label: 'Question',
  kind,
  required: true,
  ...more,
});
const manyOptions = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `o${index}`, label: `Option ${index}` }));
const page = (fields: readonly Field[], more: Partial<DialogPage> = {}): DialogPage => ({
  title: 'Decline',
  intro: [line`They read this.`],
  fields,
  sendLabel: 'Send',
  press,
  ...more,
});
const elementOf = (one: Field): JsonObject => {
  const [input] = ofType(fieldBlocks(one, 'message'), 'input');
  return input?.element as JsonObject;
};

/** The state that Slack sends when nobody has changed what was filled in beforehand. */
function stateOf(blocks: unknown): { readonly values: Record<string, unknown> } {
  const values: Record<string, unknown> = {};
  for (const block of ofType(blocks, 'input')) {
    const element = block.element as JsonObject;
    values[String(block.block_id)] = {
      [String(element.action_id)]: {
        type: element.type,
        value: element.initial_value ?? null,
        selected_option: element.initial_option ?? null,
        selected_options: element.initial_options ?? [],
        selected_date: element.initial_date ?? null,
      },
    };
  }
  return { values };
}
const roundTrip = (one: Field): RawValue | undefined => readValues(stateOf(fieldBlocks(one, 'view')))[one.id];

describe('inputs', () => {
  test.each<[string, Field, JsonObject]>([
    [
      'text is one line of the length that is asked for',
      field('text', { minLength: 3, maxLength: 120, value: 'Claims' }),
      { type: 'plain_text_input', multiline: false, min_length: 3, max_length: 120, initial_value: 'Claims' },
    ],
    [
      'a person is named in a line',
      field('person'),
      { type: 'plain_text_input', multiline: false, max_length: 3_000 },
    ],
    [
      'long text has lines, and no more characters than Slack takes',
      field('long-text', { maxLength: 9_000 }),
      { type: 'plain_text_input', multiline: true, max_length: 3_000 },
    ],
    [
      'a whole number stays within its limits',
      field('number', { min: 1, max: 36, value: 12 }),
      {
        type: 'number_input',
        is_decimal_allowed: false,
        min_value: '1',
        max_value: '36',
        initial_value: '12',
      },
    ],
    [
      'a day that exists is filled in',
      field('date', { value: '2026-12-01' }),
      { type: 'datepicker', initial_date: '2026-12-01' },
    ],
    ['a day that does not exist is not', field('date', { value: '2026-02-30' }), { type: 'datepicker' }],
  ])('%s', (_name, one, element) => {
    expect(elementOf(one)).toEqual({ action_id: 'value:f', ...element });
  });

  test('few choices are all shown, many are a menu, more still are in groups', () => {
    expect(elementOf(field('choice', { options: OPTIONS })).type).toBe('radio_buttons');
    expect(elementOf(field('choice', { options: manyOptions(10) })).type).toBe('radio_buttons');
    expect(elementOf(field('choice', { options: manyOptions(11) })).type).toBe('static_select');
    expect(elementOf(field('choices', { options: manyOptions(10) })).type).toBe('checkboxes');
    expect(elementOf(field('choices', { options: manyOptions(11), max: 3 }))).toMatchObject({
      type: 'multi_static_select',
      max_selected_items: 3,
    });
    const grouped = elementOf(field('choice', { options: manyOptions(250) }));
    expect(grouped.options).toBeUndefined();
    expect(
      (grouped.option_groups as JsonObject[]).map((group) => (group.options as unknown[]).length),
    ).toEqual([100, 100, 50]);
  });

  test('a box to tick is told from choices by its name', () => {
    const ticked = { text: { type: 'plain_text', text: 'Yes, this is true', emoji: false }, value: 'true' };
    expect(elementOf(field('attestation', { value: true }))).toEqual({
      type: 'checkboxes',
      action_id: 'tick:f',
      options: [ticked],
      initial_options: [ticked],
    });
    expect(elementOf(field('attestation'))).not.toHaveProperty('initial_options');
  });

  test('yes and no are two choices', () => {
    const element = elementOf(field('yes-no', { value: false }));
    expect(element).toMatchObject({ type: 'radio_buttons', initial_option: { value: 'no' } });
    expect((element.options as JsonObject[]).map((option) => option.value)).toEqual(['yes', 'no']);
  });

  test('choices with long words stand above in full, under the numbers of their short forms', () => {
    const long = { id: 'long', label: 'A choice that needs a great many words '.repeat(4).trim() };
    const blocks = fieldBlocks(field('choice', { options: [...OPTIONS, long] }), 'view');
    expect(blocks.map((block) => block.type)).toEqual(['rich_text', 'input']);
    expect(ofType(blocks[0], 'rich_text_list')).toMatchObject([{ style: 'ordered' }]);
    expect(wordsShown(blocks[0])).toContain(long.label);
    const labels = ofType(blocks[1], 'plain_text').map((one) => String(one.text));
    expect(labels).toContain('1. Low');
    expect(labels.find((label) => label.startsWith('3. A choice'))?.endsWith('…')).toBe(true);
  });

  test('what is wrong is said in words above the input', () => {
    const [problem] = fieldBlocks(field('text', { error: 'Too short.' }), 'view');
    expect(wordsShown(problem)).toBe('Problem:  Too short.');
  });

  test('a label that is too long stands above in full', () => {
    const label = 'Do you agree? '.repeat(143).trim();
    const blocks = fieldBlocks(field('attestation', { label }), 'view');
    expectBlocks(blocks, 100);
    expect(wordsShown(fieldBlocks(field('attestation', { label: 'x'.repeat(2_000) }), 'view'))).toContain(
      'x'.repeat(2_000),
    );
  });

  test('a modal tells of each change, a message of none', () => {
    expect(fieldBlocks(field('text'), 'view')).toMatchObject([
      {
        type: 'input',
        dispatch_action: true,
        element: { dispatch_action_config: { trigger_actions_on: ['on_character_entered'] } },
      },
    ]);
    expect(fieldBlocks(field('date'), 'view')).toMatchObject([{ dispatch_action: true }]);
    expect(objectsIn(fieldBlocks(field('text'), 'message')).some((one) => 'dispatch_action' in one)).toBe(
      false,
    );
  });

  test('an input is optional when its field is', () => {
    expect(fieldBlocks(field('text', { required: false }), 'view')).toMatchObject([{ optional: true }]);
    expect(fieldBlocks(field('text'), 'view')).toMatchObject([{ optional: false }]);
  });
});

describe('dialogs', () => {
  test('a dialog asks its questions and carries what it was opened by', () => {
    const view = renderForm(page([field('text')]), READER, origin);
    expect(view).toMatchObject({
      type: 'modal',
      callback_id: 'dialog',
      notify_on_close: true,
      title: { text: 'Decline' },
      submit: { text: 'Send' },
      close: { text: 'Close' },
    });
    expect(view.blocks.map((block) => block.type)).toEqual(['rich_text', 'input']);
    expect(viewOrigin(view.private_metadata ?? '')).toEqual({ press, origin });
  });

  test('a title that is too long is shortened and stands in full above', () => {
    const title = 'Offer other times for the kickoff of your system';
    const view = renderForm(page([field('text')], { title }), READER, origin);
    expect(view.title.text).toBe('Offer other times for…');
    expect(view.blocks[0]).toMatchObject({ type: 'header', text: { text: title } });
  });

  test('any dialog keeps Slack’s limits', () => {
    fc.assert(
      fc.property(anyDialog, (dialog) => {
        const view = renderForm(dialog, READER, origin);
        expectBlocks(view.blocks, 100);
        expect(Buffer.byteLength(JSON.stringify(view))).toBeLessThanOrEqual(250_000);
        for (const words of [view.title, view.close, view.submit])
          if (words) expect(words.text.length).toBeLessThanOrEqual(24);
        expect((view.private_metadata ?? '').length).toBeLessThanOrEqual(3_000);
        if (view.callback_id === 'dialog')
          expect(viewOrigin(view.private_metadata ?? '')).toEqual({ press: dialog.press, origin });
        else expect(wordsShown(view.blocks)).toContain("I can't show this as a dialog");
      }),
      { numRuns: 300 },
    );
  });

  test('more questions than a modal holds: as many as fit, the rest counted', () => {
    const fields = Array.from({ length: 150 }, (_, index) => field('text', { id: `q${index}` }));
    const view = renderForm(page(fields), READER, origin);
    expectBlocks(view.blocks, 100);
    const asked = ofType(view.blocks, 'input').length;
    expect(asked).toBeGreaterThan(90);
    expect(wordsShown(view.blocks)).toContain(`There is no room for ${150 - asked} more questions.`);
  });

  test('metadata of anybody’s making is no origin', () => {
    for (const forged of ['', '{}', 'null', '[]', '5', JSON.stringify({ press, ...origin, more: 1 })])
      expect(viewOrigin(forged)).toBeNull();
    expect(viewOrigin(JSON.stringify({ press: { ...press, role: 'lead' }, ...origin }))).toBeNull();
    expect(viewOrigin(JSON.stringify({ press, on: null, channel: 'general' }))).toBeNull();
    expect(viewOrigin(JSON.stringify({ press, on: null, channel: null }))).toEqual({
      press,
      origin: { on: null, channel: null },
    });
    fc.assert(
      fc.property(fc.string(), (words) => {
        expect(viewOrigin(words)).toBeNull();
      }),
    );
  });

  test('a modal may only say something, with the buttons of what it says and its inputs in words', () => {
    const send = button('send', 'Send', press, 'send 42');
    const message = card('Done', [{ kind: 'fields', fields: [field('text')], send }], [send]);
    const view = wordsView('Saved', message, READER);
    expect(view).toMatchObject({ type: 'modal', callback_id: 'said', title: { text: 'Saved' } });
    expect(view.submit).toBeUndefined();
    expect(ofType(view.blocks, 'input')).toEqual([]);
    expect(ofType(view.blocks, 'button')).toHaveLength(1);
    expect(wordsShown(view.blocks)).toContain('Question (needed)');
    expect(wordsShown(wordsView('Saved', say('Still working.'), READER).blocks)).toBe('Still working.');
    fc.assert(
      fc.property(anyMessage, (any) => {
        const drawn = wordsView('Saved', any, READER);
        expectBlocks(drawn.blocks, 100);
        expect(ofType(drawn.blocks, 'input')).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test('a modal that is on its way says so', () => {
    const view = loadingView();
    expectBlocks(view.blocks, 100);
    expect(view).toMatchObject({ callback_id: 'waiting', title: { text: 'One moment' } });
    expect(view.submit).toBeUndefined();
  });
});

describe('errors of a dialog', () => {
  const view = renderForm(
    page([field('text', { id: 'a' }), field('attestation', { id: 'b' }), field('text', { id: 'c' })]),
    READER,
    origin,
  );
  test('stand at the input of their field', () => {
    expect(viewErrors({ b: 'Tick it.', c: 'Too short.' }, view)).toEqual({
      'field:b': 'Tick it.',
      'field:c': 'Too short.',
    });
  });
  test('those of no input are said at the first', () => {
    expect(viewErrors({ a: 'One.', z: 'Two.', y: 'Three.' }, view)).toEqual({
      'field:a': 'One. Two. Three.',
    });
  });
  test('are cut where they are endless, and empty where nothing asks', () => {
    expect(viewErrors({ a: 'x'.repeat(9_000) }, view)['field:a']?.length).toBeLessThanOrEqual(2_000);
    expect(viewErrors({ a: 'One.' }, { blocks: [] })).toEqual({});
    expect(viewErrors({ a: 'One.' }, { blocks: null })).toEqual({});
    expect(viewErrors({ a: 'One.' }, { blocks: [null, 5, { type: 'input' }] })).toEqual({});
  });
});

describe('what was filled in', () => {
  test.each<[Field, RawValue]>([
    [field('text', { value: 'Claims & <more>' }), 'Claims & <more>'],
    [field('long-text', { value: 'One\nTwo' }), 'One\nTwo'],
    [field('person', { value: 'bo@cms.gov' }), 'bo@cms.gov'],
    [field('text'), null],
    [field('choice', { options: OPTIONS, value: 'high' }), 'high'],
    [field('choice', { options: manyOptions(250), value: 'o249' }), 'o249'],
    [field('choice', { options: OPTIONS, value: 'gone' }), null],
    [field('choices', { options: OPTIONS, value: ['high', 'gone', 'low'] }), ['low', 'high']],
    [field('choices', { options: manyOptions(12), value: ['o11'] }), ['o11']],
    [field('choices', { options: OPTIONS, value: [] }), null],
    [field('yes-no', { value: true }), 'yes'],
    [field('yes-no', { value: 'no' }), 'no'],
    [field('date', { value: '2026-12-01' }), '2026-12-01'],
    [field('date'), null],
    [field('number', { value: 12 }), '12'],
    [field('number', { value: '1.5' }), null],
    [field('attestation', { value: true }), true],
    [field('attestation'), false],
  ])('%j comes back as %j', (one, value) => {
    expect(roundTrip(one)).toEqual(value);
  });

  test('every choice that is drawn comes back as its id', () => {
    fc.assert(
      fc.property(anyField, (one) => {
        const [input] = ofType(fieldBlocks(one, 'view'), 'input');
        if (!input) return;
        const element = input.element as JsonObject;
        const groups = (element.option_groups ?? [{ options: element.options ?? [] }]) as JsonObject[];
        for (const chosen of groups.flatMap((group) => group.options as JsonObject[])) {
          const state = {
            values: {
              any: {
                [String(element.action_id)]: {
                  type: element.type,
                  selected_option: chosen,
                  selected_options: [chosen],
                },
              },
            },
          };
          const [value] = Object.values(readValues(state));
          const ids = (one.options ?? []).map(({ id }) => id);
          if (one.id === '__proto__' || one.id.length > 250) continue;
          if (one.kind === 'attestation') expect(value).toBe(true);
          else if (one.kind === 'yes-no') expect(['yes', 'no']).toContain(value);
          else expect(ids).toContain(Array.isArray(value) ? value[0] : value);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('fields of any kind and content come back as they were filled in', () => {
    fc.assert(
      fc.property(anyField, (one) => {
        expectBlocks(fieldBlocks(one, 'view'), 100);
        const value = roundTrip(one);
        if (one.id === '__proto__' || one.id.length > 200) return;
        if (one.kind === 'attestation') expect(value).toBe(one.value === true || one.value === 'true');
        else expect([null, 'string', 'object']).toContain(value === null ? null : typeof value);
      }),
      { numRuns: 500 },
    );
  });

  test('no name means more than itself, and nothing unknown is read', () => {
    const read = readValues({
      values: JSON.parse(
        '{"a":{"value:__proto__":{"type":"plain_text_input","value":"x"},"value:constructor":{"type":"plain_text_input","value":"y"},"value:f":{"type":"rich_text_input","value":"z"},"other":{"type":"plain_text_input","value":"z"}},"b":null,"c":5}',
      ),
    });
    expect(Object.getPrototypeOf(read)).toBeNull();
    expect({ ...read }).toEqual({ constructor: 'y' });
  });

  test('text comes without what no database keeps', () => {
    const read = readValues({
      values: { a: { 'value:f': { type: 'plain_text_input', value: 'a\u0000b\uD800c' } } },
    });
    expect(read.f).toBe('ab\uFFFDc');
  });

  test('nothing readable is nothing filled in, and no more than 200 values are read', () => {
    for (const state of [null, undefined, 5, [], {}, { values: null }, { values: [] }])
      expect(Object.keys(readValues(state))).toEqual([]);
    const many = Object.fromEntries(
      Array.from({ length: 500 }, (_, index) => [
        `b${index}`,
        { [`value:f${index}`]: { type: 'plain_text_input', value: 'x' } },
      ]),
    );
    expect(Object.keys(readValues({ values: many }))).toHaveLength(200);
    fc.assert(
      fc.property(fc.jsonValue(), (state) => {
        expect(Object.getPrototypeOf(readValues(state))).toBeNull();
      }),
    );
  });
});
