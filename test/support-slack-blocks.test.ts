import { describe, expect, it } from 'vitest';
import { blockProblems, viewProblems } from './support/slack/block-kit-rules.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });
const option = (value: string, text = value) => ({ text: plain(text), value });
const numbered = (count: number) => Array.from({ length: count }, (_, index) => option(`o${index}`));
const button = (facts: object = {}) => ({ type: 'button', action_id: 'a', text: plain('Press'), ...facts });
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const input = (element: object, facts: object = {}) => ({
  type: 'input',
  label: plain('Label'),
  element: { action_id: 'a', ...element },
  ...facts,
});
const rich = (...elements: object[]) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements }],
});
const list = (facts: object) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_list', elements: [{ type: 'rich_text_section', elements: [] }], ...facts }],
});
const many = (count: number, make: (index: number) => object) =>
  Array.from({ length: count }, (_, index) => make(index));

/** A rule, blocks that keep it as narrowly as can be, and blocks that break it. */
type Pair = readonly [rule: string, good: readonly unknown[], bad: readonly unknown[]];

const RULES: readonly Pair[] = [
  ['at most 50 blocks', many(50, () => section('x')), many(51, () => section('x'))],
  ['only blocks that there are', [{ type: 'divider' }], [{ type: 'video' }]],
  [
    'no block id twice',
    [
      { type: 'divider', block_id: 'a' },
      { type: 'divider', block_id: 'b' },
    ],
    [
      { type: 'divider', block_id: 'a' },
      { type: 'divider', block_id: 'a' },
    ],
  ],
  [
    'block ids of 255 characters',
    [{ type: 'divider', block_id: 'x'.repeat(255) }],
    [{ type: 'divider', block_id: 'x'.repeat(256) }],
  ],
  [
    'no action id twice',
    [actions(button(), button({ action_id: 'b' }))],
    [actions(button(), button({ action_id: 'a' }))],
  ],
  [
    'action ids of 255 characters',
    [actions(button({ action_id: 'x'.repeat(255) }))],
    [actions(button({ action_id: 'x'.repeat(256) }))],
  ],
  [
    'headers of 150 characters',
    [{ type: 'header', text: plain('x'.repeat(150)) }],
    [{ type: 'header', text: plain('x'.repeat(151)) }],
  ],
  [
    'headers in plain text',
    [{ type: 'header', text: plain('x') }],
    [{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }],
  ],
  ['sections of 3,000 characters', [section('x'.repeat(3_000))], [section('x'.repeat(3_001))]],
  ['no empty text', [section('x')], [section('')]],
  ['sections that say something', [section('x')], [{ type: 'section' }]],
  [
    'ten fields of a section',
    [{ type: 'section', fields: many(10, () => plain('x')) }],
    [{ type: 'section', fields: many(11, () => plain('x')) }],
  ],
  [
    'fields of 2,000 characters',
    [{ type: 'section', fields: [plain('x'.repeat(2_000))] }],
    [{ type: 'section', fields: [plain('x'.repeat(2_001))] }],
  ],
  [
    'ten elements of a context',
    [{ type: 'context', elements: many(10, () => plain('x')) }],
    [{ type: 'context', elements: many(11, () => plain('x')) }],
  ],
  [
    '25 elements of a row',
    [actions(...many(25, (index) => button({ action_id: `a${index}` })))],
    [actions(...many(26, (index) => button({ action_id: `a${index}` })))],
  ],
  ['rows with something in them', [actions(button())], [actions()]],
  [
    'button labels of 75 characters',
    [actions(button({ text: plain('x'.repeat(75)) }))],
    [actions(button({ text: plain('x'.repeat(76)) }))],
  ],
  [
    'button values of 2,000 characters',
    [actions(button({ value: 'x'.repeat(2_000) }))],
    [actions(button({ value: 'x'.repeat(2_001) }))],
  ],
  ['two styles of buttons', [actions(button({ style: 'danger' }))], [actions(button({ style: 'warning' }))]],
  [
    'labels for screen readers of 75 characters',
    [actions(button({ accessibility_label: 'x'.repeat(75) }))],
    [actions(button({ accessibility_label: 'x'.repeat(76) }))],
  ],
  ['inputs that are inputs', [input({ type: 'plain_text_input' })], [input(button())]],
  [
    'labels of 2,000 characters',
    [input({ type: 'plain_text_input' }, { label: plain('x'.repeat(2_000)) })],
    [input({ type: 'plain_text_input' }, { label: plain('x'.repeat(2_001)) })],
  ],
  [
    'hints of 2,000 characters',
    [input({ type: 'plain_text_input' }, { hint: plain('x'.repeat(2_000)) })],
    [input({ type: 'plain_text_input' }, { hint: plain('x'.repeat(2_001)) })],
  ],
  [
    'texts of 3,000 characters',
    [input({ type: 'plain_text_input', max_length: 3_000 })],
    [input({ type: 'plain_text_input', max_length: 3_001 })],
  ],
  [
    'what stands in a text within its length',
    [input({ type: 'plain_text_input', max_length: 3, initial_value: 'abc' })],
    [input({ type: 'plain_text_input', max_length: 3, initial_value: 'abcd' })],
  ],
  [
    'ten radio buttons',
    [input({ type: 'radio_buttons', options: numbered(10) })],
    [input({ type: 'radio_buttons', options: numbered(11) })],
  ],
  [
    'ten checkboxes',
    [input({ type: 'checkboxes', options: numbered(10) })],
    [input({ type: 'checkboxes', options: numbered(11) })],
  ],
  [
    '100 options of a menu',
    [input({ type: 'static_select', options: numbered(100) })],
    [input({ type: 'static_select', options: numbered(101) })],
  ],
  [
    '100 groups of a menu',
    [
      input({
        type: 'static_select',
        option_groups: many(100, () => ({ label: plain('x'), options: numbered(1) })),
      }),
    ],
    [
      input({
        type: 'static_select',
        option_groups: many(101, () => ({ label: plain('x'), options: numbered(1) })),
      }),
    ],
  ],
  [
    'options of 75 characters',
    [input({ type: 'radio_buttons', options: [option('a', 'x'.repeat(75))] })],
    [input({ type: 'radio_buttons', options: [option('a', 'x'.repeat(76))] })],
  ],
  [
    'options of different values',
    [input({ type: 'radio_buttons', options: [option('a'), option('b')] })],
    [input({ type: 'radio_buttons', options: [option('a'), option('a')] })],
  ],
  [
    'something chosen beforehand, or nothing at all',
    [input({ type: 'checkboxes', options: numbered(2), initial_options: [option('o1')] })],
    [input({ type: 'checkboxes', options: numbered(2), initial_options: [] })],
  ],
  [
    'nothing chosen beforehand that is no option',
    [input({ type: 'radio_buttons', options: numbered(2), initial_option: option('o1') })],
    [input({ type: 'radio_buttons', options: numbered(2), initial_option: option('o9') })],
  ],
  [
    'days that are days',
    [input({ type: 'datepicker', initial_date: '2026-12-01' })],
    [input({ type: 'datepicker', initial_date: 'soon' })],
  ],
  [
    'numbers that say whether they are whole',
    [input({ type: 'number_input', is_decimal_allowed: false })],
    [input({ type: 'number_input' })],
  ],
  ['rich text with words in it', [rich({ type: 'text', text: 'x' })], [rich({ type: 'text', text: '' })]],
  [
    'links to pages and mailboxes',
    [rich({ type: 'link', url: 'mailto:a@b.gov' })],
    [rich({ type: 'link', url: 'javascript:x' })],
  ],
  [
    'dates with a time',
    [rich({ type: 'date', timestamp: 1, format: '{date}' })],
    [rich({ type: 'date', format: '{date}' })],
  ],
  [
    'no mention in rich text',
    [rich({ type: 'text', text: '<!here>' })],
    [rich({ type: 'broadcast', range: 'here' })],
  ],
  ['lists of a style', [list({ style: 'ordered' })], [list({ style: 'roman' })]],
];

describe('Slack takes', () => {
  it.each(RULES)('%s', (_rule, good, bad) => {
    expect(blockProblems(good, 'message')).toEqual([]);
    expect(blockProblems(bad, 'message')).not.toEqual([]);
  });

  it('a hundred blocks in a view and on a home page', () => {
    for (const surface of ['modal', 'home'] as const) {
      expect(
        blockProblems(
          many(100, () => section('x')),
          surface,
        ),
      ).toEqual([]);
      expect(
        blockProblems(
          many(101, () => section('x')),
          surface,
        ),
      ).not.toEqual([]);
    }
  });
});

const modal = (facts: object = {}) => ({
  type: 'modal',
  title: plain('Title'),
  blocks: [section('x')],
  ...facts,
});

const VIEWS: readonly (readonly [rule: string, good: object, bad: object])[] = [
  [
    'titles of 24 characters',
    modal({ title: plain('x'.repeat(24)) }),
    modal({ title: plain('x'.repeat(25)) }),
  ],
  ['views with a title', modal(), modal({ title: undefined })],
  [
    'send buttons of 24 characters',
    modal({ submit: plain('x'.repeat(24)) }),
    modal({ submit: plain('x'.repeat(25)) }),
  ],
  [
    'close buttons of 24 characters',
    modal({ close: plain('x'.repeat(24)) }),
    modal({ close: plain('x'.repeat(25)) }),
  ],
  [
    'inputs where they can be sent',
    modal({ blocks: [input({ type: 'plain_text_input' })], submit: plain('Send') }),
    modal({ blocks: [input({ type: 'plain_text_input' })] }),
  ],
  [
    '3,000 characters that travel with a view',
    modal({ private_metadata: 'x'.repeat(3_000) }),
    modal({ private_metadata: 'x'.repeat(3_001) }),
  ],
  [
    'names of 255 characters',
    modal({ callback_id: 'x'.repeat(255) }),
    modal({ callback_id: 'x'.repeat(256) }),
  ],
  ['modals and home pages', { type: 'home', blocks: [section('x')] }, modal({ type: 'popup' })],
  ['views whose blocks it takes', modal(), modal({ blocks: [section('')] })],
];

describe('Slack shows', () => {
  it.each(VIEWS)('%s', (_rule, good, bad) => {
    expect(viewProblems(good)).toEqual([]);
    expect(viewProblems(bad)).not.toEqual([]);
  });
});
