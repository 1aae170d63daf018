/**
 * What Slack refuses of blocks and views, written by hand from its reference pages: independent of the limits the bot keeps.
 * Each rule answers what is wrong, in words; no words mean that Slack would take it.
 */

type Json = Readonly<Record<string, unknown>>;
const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export type Surface = 'message' | 'modal' | 'home';

const BLOCKS: Readonly<Record<Surface, readonly string[]>> = {
  message: ['actions', 'context', 'divider', 'header', 'image', 'input', 'rich_text', 'section'],
  modal: ['actions', 'context', 'divider', 'header', 'image', 'input', 'rich_text', 'section'],
  home: ['actions', 'context', 'divider', 'header', 'image', 'input', 'rich_text', 'section'],
};
const INPUTS = [
  'plain_text_input',
  'radio_buttons',
  'checkboxes',
  'static_select',
  'multi_static_select',
  'datepicker',
  'number_input',
];

/** Everything that is wrong with these blocks on that surface. */
export function blockProblems(blocks: unknown, surface: Surface): string[] {
  if (!Array.isArray(blocks)) return ['blocks is no list'];
  const problems: string[] = [];
  const most = surface === 'message' ? 50 : 100;
  if (blocks.length > most) problems.push(`${blocks.length} blocks, at most ${most}`);
  const blockIds = new Set<unknown>();
  const actionIds = new Set<unknown>();
  for (const [place, block] of blocks.entries()) {
    if (!isJson(block)) {
      problems.push(`block ${place} is no object`);
      continue;
    }
    const say = (problem: string): void =>
      void problems.push(`block ${place} (${String(block.type)}): ${problem}`);
    if (!BLOCKS[surface].includes(String(block.type))) say('is no block of this surface');
    if (block.block_id !== undefined) {
      if (typeof block.block_id !== 'string' || block.block_id.length > 255) say('block_id is too long');
      if (blockIds.has(block.block_id)) say('block_id is there twice');
      blockIds.add(block.block_id);
    }
    oneBlock(block, say, (id) => {
      if (typeof id !== 'string' || id === '' || id.length > 255) say('action_id is missing or too long');
      if (actionIds.has(id)) say(`action_id ${String(id)} is there twice`);
      actionIds.add(id);
    });
  }
  return problems;
}

type Say = (problem: string) => void;

function oneBlock(block: Json, say: Say, action: (id: unknown) => void): void {
  switch (block.type) {
    case 'header':
      textRule(block.text, ['plain_text'], 150, say);
      return;
    case 'section': {
      const fields = listOf(block.fields);
      if (block.text === undefined && fields.length === 0) say('has neither text nor fields');
      if (block.text !== undefined) textRule(block.text, ['plain_text', 'mrkdwn'], 3_000, say);
      if (fields.length > 10) say('more than 10 fields');
      for (const field of fields) textRule(field, ['plain_text', 'mrkdwn'], 2_000, say);
      if (block.accessory !== undefined) element(block.accessory, say, action);
      return;
    }
    case 'context': {
      const elements = listOf(block.elements);
      if (elements.length === 0 || elements.length > 10) say('1 to 10 elements');
      for (const each of elements) textRule(each, ['plain_text', 'mrkdwn'], 3_000, say);
      return;
    }
    case 'actions': {
      const elements = listOf(block.elements);
      if (elements.length === 0 || elements.length > 25) say('1 to 25 elements');
      for (const each of elements) element(each, say, action);
      return;
    }
    case 'input': {
      textRule(block.label, ['plain_text'], 2_000, say);
      if (block.hint !== undefined) textRule(block.hint, ['plain_text'], 2_000, say);
      if (!isJson(block.element) || !INPUTS.includes(String(block.element.type))) say('element is no input');
      element(block.element, say, action);
      return;
    }
    case 'rich_text': {
      const elements = listOf(block.elements);
      if (elements.length === 0) say('has no elements');
      for (const each of elements) richText(each, say);
      return;
    }
    default:
      return;
  }
}

function textRule(text: unknown, types: readonly string[], most: number, say: Say): void {
  if (!isJson(text) || typeof text.text !== 'string' || !types.includes(String(text.type))) {
    say(`text is no ${types.join(' or ')}`);
    return;
  }
  if (text.text.length === 0 || text.text.length > most)
    say(`text of ${text.text.length} characters, 1 to ${most}`);
  if (text.type === 'mrkdwn' && text.emoji !== undefined) say('mrkdwn has no emoji');
}

function richText(given: unknown, say: Say): void {
  if (!isJson(given)) {
    say('rich text is no object');
    return;
  }
  const elements = listOf(given.elements);
  if (given.type === 'rich_text_list') {
    if (!['bullet', 'ordered'].includes(String(given.style))) say('list without a style');
    for (const each of elements) richText(each, say);
    return;
  }
  if (!['rich_text_section', 'rich_text_preformatted', 'rich_text_quote'].includes(String(given.type))) {
    say(`no rich text: ${String(given.type)}`);
    return;
  }
  for (const each of elements) {
    if (!isJson(each)) say('rich text element is no object');
    else if (each.type === 'text' ? typeof each.text !== 'string' || each.text === '' : false)
      say('empty text');
    else if (each.type === 'link' && !/^(?:https?:|mailto:)/u.test(String(each.url)))
      say('link without an address');
    else if (each.type === 'date' && (!Number.isInteger(each.timestamp) || typeof each.format !== 'string'))
      say('date without a time or format');
    else if (!['text', 'link', 'date', 'emoji'].includes(String(each.type)))
      say(`no element: ${String(each.type)}`);
  }
}

function element(given: unknown, say: Say, action: (id: unknown) => void): void {
  if (!isJson(given)) {
    say('element is no object');
    return;
  }
  action(given.action_id);
  switch (given.type) {
    case 'button':
      textRule(given.text, ['plain_text'], 75, say);
      if (String(given.value ?? '').length > 2_000) say('value is too long');
      if (String(given.accessibility_label ?? '').length > 75) say('accessibility_label is too long');
      if (given.style !== undefined && !['primary', 'danger'].includes(String(given.style)))
        say('no such style');
      return;
    case 'plain_text_input':
      if (Number(given.max_length ?? 1) > 3_000 || Number(given.max_length ?? 1) < 1)
        say('max_length 1 to 3000');
      if (Number(given.min_length ?? 0) > 3_000) say('min_length up to 3000');
      if (String(given.initial_value ?? '').length > Number(given.max_length ?? 3_000))
        say('initial_value is too long');
      return;
    case 'radio_buttons':
    case 'checkboxes':
      options(given, 10, say);
      return;
    case 'static_select':
    case 'multi_static_select':
      if (given.option_groups !== undefined) {
        if (listOf(given.option_groups).length > 100) say('more than 100 groups');
        for (const group of listOf(given.option_groups)) if (isJson(group)) options(group, 100, say);
        return;
      }
      options(given, 100, say);
      return;
    case 'datepicker':
      if (given.initial_date !== undefined && !/^\d{4}-\d{2}-\d{2}$/u.test(String(given.initial_date)))
        say('initial_date is no day');
      return;
    case 'number_input':
      if (typeof given.is_decimal_allowed !== 'boolean') say('is_decimal_allowed is missing');
      return;
    default:
      say(`no element: ${String(given.type)}`);
  }
}

function options(given: Json, most: number, say: Say): void {
  const all = listOf(given.options);
  if (all.length === 0 || all.length > most) say(`1 to ${most} options`);
  const values = new Set<unknown>();
  for (const option of all) {
    if (!isJson(option)) {
      say('option is no object');
      return;
    }
    textRule(option.text, ['plain_text', 'mrkdwn'], 75, say);
    if (typeof option.value !== 'string' || option.value.length > 150 || values.has(option.value))
      say('option value is missing, too long or there twice');
    values.add(option.value);
  }
  if (given.initial_options !== undefined && listOf(given.initial_options).length === 0)
    say('initial_options may not be empty');
  for (const chosen of [
    ...listOf(given.initial_options),
    ...(given.initial_option ? [given.initial_option] : []),
  ])
    if (!isJson(chosen) || !values.has(chosen.value)) say('initial option is none of the options');
}

/** Everything that is wrong with a view. */
export function viewProblems(view: unknown): string[] {
  if (!isJson(view)) return ['view is no object'];
  const problems: string[] = [];
  const say: Say = (problem) => void problems.push(problem);
  if (view.type !== 'modal' && view.type !== 'home') say('view is neither modal nor home');
  if (String(view.private_metadata ?? '').length > 3_000) say('private_metadata is too long');
  if (String(view.callback_id ?? '').length > 255) say('callback_id is too long');
  if (view.type === 'modal') {
    textRule(view.title, ['plain_text'], 24, say);
    if (view.close !== undefined) textRule(view.close, ['plain_text'], 24, say);
    if (view.submit !== undefined) textRule(view.submit, ['plain_text'], 24, say);
    const asks = listOf(view.blocks).some((block) => isJson(block) && block.type === 'input');
    if (asks && view.submit === undefined) say('a modal with inputs needs a submit');
  }
  return [...problems, ...blockProblems(view.blocks, view.type === 'home' ? 'home' : 'modal')];
}
