import fc from 'fast-check';
import { expect } from 'vitest';
import type { Field, FieldKind, RawValue } from '../../src/domain/field.ts';
import type { Button } from '../../src/messages/button.ts';
import type { Inline, Line } from '../../src/messages/inline.ts';
import type { Block, DialogPage, Message } from '../../src/messages/message.ts';

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };
export type JsonObject = { readonly [key: string]: Json | undefined };

const isList = (json: Json): json is readonly Json[] => Array.isArray(json);
/** Every object inside, with the whole. */
export function objectsIn(value: unknown): JsonObject[] {
  const parts = (json: Json): JsonObject[] => {
    if (typeof json !== 'object' || json === null) return [];
    if (isList(json)) return json.flatMap(parts);
    return [json, ...Object.values(json).flatMap((one) => (one === undefined ? [] : parts(one)))];
  };
  return parts(JSON.parse(JSON.stringify(value)));
}
export const ofType = (value: unknown, type: string): JsonObject[] =>
  objectsIn(value).filter((one) => one.type === type);

const list = (value: Json | undefined): readonly Json[] => (value && isList(value) ? value : []);
const object = (value: Json | undefined): JsonObject => {
  expect(typeof value === 'object' && value !== null && !isList(value)).toBe(true);
  return value as JsonObject;
};

// ---------------------------------------------------------------------------------- what Slack would refuse

/** Slack's limits, written by hand: docs.slack.dev/reference/block-kit. */
function expectPlain(value: Json | undefined, most: number): void {
  const words = object(value);
  expect(words).toMatchObject({ type: 'plain_text', emoji: false });
  expectText(words.text, most);
  expect(words.text).not.toMatch(/[<>]/u);
}

function expectText(value: Json | undefined, most: number): void {
  expect(typeof value).toBe('string');
  const words = String(value);
  expect(words.trim()).not.toBe('');
  expect(words.length).toBeLessThanOrEqual(most);
  expectWellFormed(words);
}

const expectWellFormed = (words: string): void => expect(words).not.toMatch(/\p{Surrogate}/u);

/** A date of ours or a link of ours; nothing else may stand between `<` and `>`. */
const TOKEN = /<!date\^-?\d+\^[^|<>^]+\|[^|<>&]+>|<(?:https?:\/\/|mailto:)[^|<>\s]+\|[^|<>]+>/gu;

function expectMarkup(value: Json | undefined, most: number): void {
  const words = object(value);
  expect(words).toMatchObject({ type: 'mrkdwn', verbatim: true });
  expectText(words.text, most);
  expect(String(words.text).replace(TOKEN, '')).not.toMatch(/[<>]/u);
}

function expectName(value: Json | undefined, names: Set<string>): void {
  expectText(value, 255);
  expect(names.has(String(value)), `twice: ${value}`).toBe(false);
  names.add(String(value));
}

function expectButton(value: Json | undefined, actionIds: Set<string>): void {
  const drawn = object(value);
  expect(drawn.type).toBe('button');
  expectName(drawn.action_id, actionIds);
  expect(drawn.action_id).toMatch(/^(?:press|open):/u);
  expectPlain(drawn.text, 75);
  expectText(drawn.value, 2_000);
  if (drawn.style !== undefined) expect(['primary', 'danger']).toContain(drawn.style);
  if (drawn.accessibility_label !== undefined) expectText(drawn.accessibility_label, 75);
}

function expectOptions(value: Json | undefined, most: number): JsonObject[] {
  const options = list(value).map(object);
  expect(options.length).toBeGreaterThanOrEqual(1);
  expect(options.length).toBeLessThanOrEqual(most);
  for (const option of options) {
    expectPlain(option.text, 75);
    expectText(option.value, 75);
  }
  return options;
}

function expectInput(block: JsonObject): void {
  expectPlain(block.label, 2_000);
  if (block.hint !== undefined) expectPlain(block.hint, 2_000);
  expect(typeof block.optional).toBe('boolean');
  const element = object(block.element);
  // It needs to be the only one of its name in its own block, and is.
  expectText(element.action_id, 255);
  if (element.placeholder !== undefined) expectPlain(element.placeholder, 150);
  let options: JsonObject[] = [];
  switch (element.type) {
    case 'plain_text_input': {
      const [least, most] = [Number(element.min_length ?? 0), Number(element.max_length)];
      expect(least).toBeGreaterThanOrEqual(0);
      expect(most).toBeGreaterThanOrEqual(Math.max(1, least));
      expect(most).toBeLessThanOrEqual(3_000);
      if (element.initial_value !== undefined) {
        expect(String(element.initial_value).length).toBeGreaterThan(0);
        expect(String(element.initial_value).length).toBeLessThanOrEqual(most);
        expectWellFormed(String(element.initial_value));
      }
      break;
    }
    case 'number_input': {
      const { min_value: least, max_value: most, initial_value: initial } = element;
      for (const one of [least, most, initial]) if (one !== undefined) expect(one).toMatch(/^-?\d{1,16}$/u);
      if (least !== undefined && most !== undefined) expect(Number(least)).toBeLessThanOrEqual(Number(most));
      if (initial !== undefined && least !== undefined)
        expect(Number(initial)).toBeGreaterThanOrEqual(Number(least));
      if (initial !== undefined && most !== undefined)
        expect(Number(initial)).toBeLessThanOrEqual(Number(most));
      expect(element.is_decimal_allowed).toBe(false);
      break;
    }
    case 'datepicker':
      if (element.initial_date !== undefined) {
        const day = String(element.initial_date);
        expect(new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10)).toBe(day);
      }
      break;
    case 'radio_buttons':
    case 'checkboxes':
      options = expectOptions(element.options, 10);
      break;
    case 'static_select':
    case 'multi_static_select': {
      expect((element.options === undefined) !== (element.option_groups === undefined)).toBe(true);
      const groups = list(element.option_groups).map(object);
      expect(groups.length).toBeLessThanOrEqual(100);
      for (const group of groups) expectPlain(group.label, 75);
      options = groups.flatMap((group) => expectOptions(group.options, 100));
      if (groups.length === 0) options = expectOptions(element.options, 100);
      if (element.max_selected_items !== undefined)
        expect(Number(element.max_selected_items)).toBeGreaterThanOrEqual(
          Math.max(1, list(element.initial_options).length),
        );
      break;
    }
    default:
      throw new Error(`no such element: ${element.type}`);
  }
  expect(new Set(options.map((option) => option.value)).size).toBe(options.length);
  if (element.initial_option !== undefined) expect(options).toContainEqual(element.initial_option);
  if (element.initial_options !== undefined) {
    expect(list(element.initial_options).length).toBeGreaterThan(0);
    for (const chosen of list(element.initial_options)) expect(options).toContainEqual(chosen);
  }
}

function expectRichText(block: JsonObject): void {
  const sections = list(block.elements).flatMap((element) => {
    const one = object(element);
    if (one.type === 'rich_text_section') return [one];
    expect(one.type).toBe('rich_text_list');
    expect(['bullet', 'ordered']).toContain(one.style);
    return list(one.elements).map(object);
  });
  expect(sections.length).toBeGreaterThan(0);
  for (const section of sections) {
    expect(section.type).toBe('rich_text_section');
    expect(list(section.elements).length).toBeGreaterThan(0);
    for (const element of list(section.elements).map(object)) {
      if (element.type === 'text' || element.type === 'link') {
        expect(String(element.text).length).toBeGreaterThan(0);
        expectWellFormed(String(element.text));
      }
      if (element.type === 'link') expect(element.url).toMatch(/^(?:https?:\/\/|mailto:)\S{1,3000}$/iu);
      else if (element.type === 'date') {
        expect(Number.isInteger(element.timestamp)).toBe(true);
        expect(element.format).toMatch(/\{(?:date_long|time)\}/u);
        expect(element.fallback).toMatch(/\w/u);
      } else expect(element.type).toBe('text');
    }
  }
}

/** Fails where Slack would refuse the blocks, or act on what stands in them. */
export function expectBlocks(value: unknown, most: number): void {
  const blocks = list(JSON.parse(JSON.stringify(value))).map(object);
  expect(blocks.length).toBeGreaterThan(0);
  expect(blocks.length).toBeLessThanOrEqual(most);
  const [blockIds, actionIds] = [new Set<string>(), new Set<string>()];
  for (const block of blocks) {
    if (block.block_id !== undefined) expectName(block.block_id, blockIds);
    switch (block.type) {
      case 'header':
        expectPlain(block.text, 150);
        break;
      case 'section':
        if (object(block.text).type === 'plain_text') expectPlain(block.text, 3_000);
        else expectMarkup(block.text, 3_000);
        if (block.accessory !== undefined) expectButton(block.accessory, actionIds);
        break;
      case 'context':
        expect(list(block.elements).length).toBeGreaterThan(0);
        expect(list(block.elements).length).toBeLessThanOrEqual(10);
        for (const element of list(block.elements)) expectMarkup(element, 3_000);
        break;
      case 'actions':
        expect(list(block.elements).length).toBeGreaterThan(0);
        expect(list(block.elements).length).toBeLessThanOrEqual(25);
        for (const element of list(block.elements)) expectButton(element, actionIds);
        break;
      case 'input':
        expectInput(block);
        break;
      case 'rich_text':
        expectRichText(block);
        break;
      default:
        throw new Error(`no such block: ${block.type}`);
    }
  }
}

/** Fails where one part of a message is larger than Slack takes, or its text could do something. */
export function expectPart(part: { readonly text: string; readonly blocks: unknown }): void {
  expectBlocks(part.blocks, 45);
  expectText(part.text, 3_000);
  expect(part.text).not.toMatch(/[<>]/u);
  expect(JSON.stringify(part.text).length + JSON.stringify(part.blocks).length).toBeLessThanOrEqual(12_000);
}

/** All words that blocks show, in order of reading; markup is read back, look-alike marks are as they were typed. */
export function wordsShown(value: unknown): string {
  return objectsIn(value)
    .filter((one) => ['text', 'link', 'mrkdwn', 'plain_text'].includes(String(one.type)))
    .map((one) => String(one.text))
    .join(' ');
}

// ---------------------------------------------------------------------------------- anything that may be said

const bits = fc.constantFrom(
  '<!channel>',
  '<!here|x>',
  '<@U123ABC>',
  '<#C1|general>',
  '<https://evil.example|bank>',
  '<!date^0^{date}|x>',
  '&lt;!channel&gt;',
  '@everyone',
  '@here',
  'https://evil.example',
  'bo@cms.gov',
  '*bold*',
  '_it_',
  'funding_lost',
  '~gone~',
  '`code`',
  '```',
  ':smile:',
  'smile:',
  ':',
  '10:30:00',
  '> quote',
  '\u202Eabc',
  '\u200B',
  '\uD800',
  '\uDC00',
  '😀',
  '\n',
  '\n\n\n',
  ' ',
  'word',
  '"',
  '\\',
);
/** What somebody may have typed. */
export const hostile = fc.oneof(
  fc.array(bits, { maxLength: 12 }).map((all) => all.join('')),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc
    .tuple(fc.constantFrom('x', '& ', '<', '"', '😀', '\n', 'ü '), fc.integer({ min: 1, max: 4_000 }))
    .map(([one, times]) => one.repeat(times)),
);
const ours = fc.constantFrom(
  'Type `accept ISSO-2026-0042` to accept. ',
  'Note:',
  'Said: ',
  ' and ',
  '',
  'a & b < c',
);
const instant = fc
  .integer({ min: 0, max: 4_000_000_000 })
  .map((seconds) => new Date(seconds * 1000).toISOString());
const inline: fc.Arbitrary<Inline> = fc.oneof(
  ours.map((text): Inline => ({ kind: 'text', text })),
  fc.constantFrom('ISSO-2026-0042', 'Filed').map((text): Inline => ({ kind: 'strong', text })),
  { weight: 3, arbitrary: hostile.map((text): Inline => ({ kind: 'theirs', text })) },
  fc
    .tuple(
      hostile,
      fc.constantFrom(
        'https://security.cms.gov/a?b=1&c=2',
        'mailto:a@b.gov',
        'javascript:x',
        'https://a|b> c',
      ),
    )
    .map(([text, url]): Inline => ({ kind: 'link', text, url })),
  fc
    .tuple(instant, fc.constantFrom('date' as const, 'time' as const, 'date-time' as const))
    .map(([at, show]): Inline => ({ kind: 'time', at, show })),
);
const line: fc.Arbitrary<Line> = fc.array(inline, { maxLength: 4 });
const button: fc.Arbitrary<Button> = fc.record({
  id: fc.oneof(fc.constantFrom('accept', 'x'.repeat(300)), hostile),
  label: fc.oneof(fc.constant('Accept'), hostile),
  press: fc.record({
    verb: fc.constant('accept'),
    subject: fc.oneof(fc.constant('ISSO-2026-0042'), hostile),
  }),
  opensDialog: fc.boolean(),
  look: fc.constantFrom('plain' as const, 'primary' as const, 'danger' as const),
  typed: fc.constantFrom('accept ISSO-2026-0042', ''),
});

const KINDS: readonly FieldKind[] = [
  'text',
  'long-text',
  'choice',
  'choices',
  'yes-no',
  'date',
  'number',
  'person',
  'attestation',
];
const option = fc.record({
  id: fc.oneof(fc.stringMatching(/^[a-z_]{1,12}$/u), hostile),
  label: fc.oneof(fc.constantFrom('Low', 'A choice with many words. '.repeat(4)), hostile),
});
const value: fc.Arbitrary<RawValue> = fc.oneof(
  hostile,
  fc.constantFrom('yes', 'no', '2026-12-01', '2026-02-30', '17', ' ', ''),
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.array(fc.stringMatching(/^[a-z_]{1,12}$/u), { maxLength: 4 }),
  fc.constant(null),
);
/** One input of any kind, filled with anything. */
export const anyField: fc.Arbitrary<Field> = fc
  .record(
    {
      id: fc.oneof(fc.stringMatching(/^[a-z_]{1,20}$/u), fc.constantFrom('x'.repeat(300), '__proto__')),
      label: hostile,
      kind: fc.constantFrom(...KINDS),
      required: fc.boolean(),
      hint: hostile,
      error: hostile,
      value,
      options: fc.oneof(
        fc.array(option, { maxLength: 14 }),
        fc
          .integer({ min: 0, max: 260 })
          .map((count) =>
            Array.from({ length: count }, (_, index) => ({ id: `o${index}`, label: `Number ${index}` })),
          ),
      ),
      minLength: fc.integer({ min: 0, max: 5_000 }),
      maxLength: fc.integer({ min: 1, max: 5_000 }),
      min: fc.oneof(fc.integer(), fc.double()),
      max: fc.oneof(fc.integer(), fc.double()),
    },
    { requiredKeys: ['id', 'label', 'kind', 'required'] },
  )
  // An option that is the present value, so that it is drawn as chosen.
  .map((field) => {
    const first = field.options?.[0]?.id;
    return first !== undefined && field.required ? { ...field, value: first } : field;
  });

const block: fc.Arbitrary<Block> = fc.oneof(
  line.map((one): Block => ({ kind: 'paragraph', line: one })),
  line.map((one): Block => ({ kind: 'note', line: one })),
  fc.record({
    kind: fc.constant('list' as const),
    ordered: fc.boolean(),
    items: fc.array(line, { maxLength: 8 }),
  }),
  fc.record({
    kind: fc.constant('facts' as const),
    rows: fc.array(fc.record({ label: hostile, value: line, button }, { requiredKeys: ['label', 'value'] }), {
      maxLength: 8,
    }),
  }),
  fc.record({
    kind: fc.constant('fields' as const),
    fields: fc.array(anyField, { maxLength: 4 }),
    send: button,
  }),
);
/** Anything the bot might say. */
export const anyMessage: fc.Arbitrary<Message> = fc.record(
  {
    heading: hostile,
    blocks: fc.array(block, { maxLength: 8 }),
    buttons: fc.array(button, { maxLength: 12 }),
  },
  { requiredKeys: ['blocks', 'buttons'] },
);
/** Any dialog. */
export const anyDialog: fc.Arbitrary<DialogPage> = fc.record({
  title: hostile,
  intro: fc.array(line, { maxLength: 4 }),
  fields: fc.array(anyField, { maxLength: 10 }),
  sendLabel: hostile,
  press: fc.record({ verb: fc.constant('accept'), subject: hostile }),
});
