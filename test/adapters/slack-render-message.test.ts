import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mrkdwn } from '../../adapters/slack/escape.ts';
import { SLACK } from '../../adapters/slack/limits.ts';
import { renderHome } from '../../adapters/slack/render-home.ts';
import { renderMessage, type SlackMessage } from '../../adapters/slack/render-message.ts';
import { button } from '../../src/messages/button.ts';
import { type Inline, line, link, strong, text, theirs, time } from '../../src/messages/inline.ts';
import {
  bullets,
  card,
  fact,
  facts,
  type Message,
  note,
  numbered,
  paragraph,
  say,
} from '../../src/messages/message.ts';
import {
  anyMessage,
  expectBlocks,
  expectPart,
  hostile,
  objectsIn,
  ofType,
  wordsShown,
} from '../support/slack-block-kit.ts';

const READER = { timeZone: 'America/New_York' };
const AT = new Date('2026-12-01T18:00:00Z');
const press = { verb: 'accept', subject: 'ISSO-2026-0042', version: 3 };
const accept = button('accept', 'Accept', press, 'accept ISSO-2026-0042', { look: 'primary' });
const parts = (message: SlackMessage) => [message, ...message.thread];
const drawn = (...blocks: Message['blocks']) => renderMessage({ blocks, buttons: [] }, READER).blocks;
const runs = (message: SlackMessage): string =>
  parts(message)
    .flatMap((part) => ofType(part.blocks, 'text'))
    .map((run) => run.text)
    .join('');

describe('a message in blocks', () => {
  test('a card is a header, its text, and its buttons with what pressing says', () => {
    const message = card(
      'Request filed',
      [paragraph(line`Your system is ${theirs('Claims & *more*')}, ${strong('number')} \`status 42\`.`)],
      [accept, button('no', 'Decline', press, 'decline 42', { look: 'danger', opensDialog: true })],
    );
    const value = JSON.stringify(press);
    expect(renderMessage(message, READER)).toEqual({
      text: 'Request filed\n\nYour system is Claims &amp; ∗more∗, number `status 42`.\n\nTo accept, type `accept ISSO-2026-0042`.\nTo decline, type `decline 42`.',
      blocks: [
        { type: 'header', text: { type: 'plain_text', text: 'Request filed', emoji: false } },
        {
          type: 'rich_text',
          elements: [
            {
              type: 'rich_text_section',
              elements: [
                { type: 'text', text: 'Your system is ' },
                { type: 'text', text: 'Claims & *more*' },
                { type: 'text', text: ', ' },
                { type: 'text', text: 'number', style: { bold: true } },
                { type: 'text', text: ' ' },
                { type: 'text', text: 'status 42', style: { code: true } },
                { type: 'text', text: '.' },
              ],
            },
          ],
        },
        {
          type: 'actions',
          elements: [
            {
              type: 'button',
              action_id: 'press:accept',
              text: { type: 'plain_text', text: 'Accept', emoji: false },
              value,
              style: 'primary',
            },
            {
              type: 'button',
              action_id: 'open:no',
              text: { type: 'plain_text', text: 'Decline', emoji: false },
              value,
              style: 'danger',
            },
          ],
        },
      ],
      thread: [],
    });
  });

  test('instants are dates of the reader’s own clock, with our words where Slack can’t show one', () => {
    const seconds = AT.getTime() / 1000;
    const fallback = 'Tuesday, December 1, 2026 at 1:00 PM Eastern Time';
    expect(ofType(drawn(paragraph(line`${time(AT)}`)), 'date')).toEqual([
      { type: 'date', timestamp: seconds, format: '{date_long} at {time}', fallback },
    ]);
    expect(mrkdwn(line`At ${time(AT)}.`, READER)).toBe(
      `At <!date^${seconds}^{date_long} at {time}|${fallback}>.`,
    );
    expect(mrkdwn(line`${time(AT, 'date')}, ${time(AT, 'time')}`, READER)).toBe(
      `<!date^${seconds}^{date_long}|Tuesday, December 1, 2026>, <!date^${seconds}^{time}|1:00 PM Eastern Time>`,
    );
  });

  test('lists are lists, and a numbered one goes on counting in its next block', () => {
    expect(ofType(drawn(bullets(['One', 'Two'])), 'rich_text_list')).toMatchObject([
      { style: 'bullet', elements: [{}, {}] },
    ]);
    const long = Array.from({ length: 60 }, (_, index) => `Item ${index} ${'x'.repeat(100)}`);
    const lists = parts(renderMessage({ blocks: [numbered(long)], buttons: [] }, READER)).flatMap((part) =>
      ofType(part.blocks, 'rich_text_list'),
    );
    expect(lists.length).toBeGreaterThan(1);
    let before = 0;
    for (const one of lists) {
      expect(one.offset ?? 0).toBe(before);
      before += (one.elements as unknown[]).length;
    }
    expect(before).toBe(60);
  });

  test('facts are rows with a label that stands out', () => {
    const [block] = drawn(facts([fact('System', line`${theirs('Claims')}`), fact('State', 'Filed')]));
    expect(ofType(block, 'text').map((run) => run.text)).toEqual([
      'System',
      ': ',
      'Claims',
      '\n',
      'State',
      ': ',
      'Filed',
    ]);
  });

  test('a row with a button is a section, and its button says of what to whoever can’t see the row', () => {
    const change = button('change', 'Change', press, 'change 1');
    expect(drawn(facts([fact('System', line`${theirs('_Claims_')}`, change)]))).toEqual([
      {
        type: 'section',
        text: { type: 'mrkdwn', text: '*System*: ˍClaimsˍ', verbatim: true },
        accessory: {
          type: 'button',
          action_id: 'press:change',
          text: { type: 'plain_text', text: 'Change', emoji: false },
          value: JSON.stringify(press),
          accessibility_label: 'Change: System',
        },
      },
    ]);
  });

  test('notes are small, with links of ours and nobody else’s', () => {
    const said = note(
      line`See ${link('the page', 'https://cms.gov/?a=1&b=2')}, not ${link('this', 'javascript:x')}.`,
    );
    expect(drawn(said)).toEqual([
      {
        type: 'context',
        elements: [
          {
            type: 'mrkdwn',
            text: 'See <https://cms.gov/?a=1&amp;b=2|the page>, not this.',
            verbatim: true,
          },
        ],
      },
    ]);
    expect(
      ofType(drawn(paragraph([link('a', 'javascript:alert(1)'), theirs('https://e.example')])), 'link'),
    ).toEqual([]);
  });

  test('a link that is too long for one, or has no words, is said in words with its address', () => {
    const long = `https://cms.gov/?${'a&'.repeat(400)}`;
    const said = link('the page', long);
    expect(mrkdwn([said], READER)).toBe(`the page (${long.replaceAll('&', '&amp;')})`);
    expect(wordsShown(drawn(paragraph([said])))).toBe(`the page (${long})`);
    const blank = [text('See'), link('\u200B', 'https://cms.gov/')];
    expect(ofType(drawn(paragraph(blank), note(blank)), 'link')).toEqual([]);
    expect(wordsShown(drawn(paragraph(blank), note(blank))).match(/\(https:\/\/cms\.gov\/\)/gu)).toHaveLength(
      2,
    );
  });

  test('inputs stand in the message with the button that sends them, each under its own name', () => {
    const field = { id: 'name', label: 'Name', kind: 'text' as const, required: true };
    const send = button('send', 'Send', press, 'send');
    const fields = { kind: 'fields' as const, fields: [field], send };
    const blocks = drawn(fields, { ...fields, send: accept });
    expect(blocks.map((block) => block.type)).toEqual(['input', 'actions', 'input', 'actions']);
    expect(ofType(blocks, 'input').map((block) => block.block_id)).toEqual(['field:name', 'field:name~2']);
    expect(objectsIn(blocks).some((one) => 'dispatch_action' in one)).toBe(false);
    expect(drawn(fields, fields)).toEqual(drawn(fields, fields));
  });

  test('a button that says more than Slack carries is left out, and what to type stands there', () => {
    const huge = button('big', 'Accept', { ...press, choice: 'x'.repeat(3_000) }, 'accept 42');
    const message = renderMessage(card('Hi', [facts([fact('Row', 'x', huge)])], [huge]), READER);
    expect(ofType(message.blocks, 'button')).toEqual([]);
    expect(wordsShown(message.blocks).match(/To accept, type `accept 42`/gu)).toHaveLength(2);
  });

  test('a heading that is too long for a header stands below it in full', () => {
    const heading = 'A heading with words '.repeat(20).trim();
    const message = renderMessage(card(heading, []), READER);
    expect(ofType(message.blocks, 'header')).toHaveLength(1);
    expect(runs(message)).toBe(heading);
  });

  test('a message with nothing to say says so', () => {
    const message = renderMessage({ blocks: [], buttons: [] }, READER);
    expectPart(message);
    expect(message.text).toBe('There is nothing to show.');
  });
});

describe('a message that is too long for one', () => {
  const inThread = 'This is too long for one message. It goes on in the thread.';

  test('one endless paragraph goes on in the thread, with every character in its place', () => {
    const endless = 'ab😀'.repeat(25_000);
    const message = renderMessage(card('Filed', [paragraph([theirs(endless)])], [accept]), READER);
    parts(message).forEach(expectPart);
    expect(message.thread.length).toBeGreaterThan(5);
    expect(runs(message)).toBe(endless);
    expect(ofType(message.blocks, 'button')).toHaveLength(1);
    expect(wordsShown(message.blocks.at(-1))).toContain(inThread);
  });

  test('what fits stays in one message', () => {
    const blocks = Array.from({ length: 40 }, (_, index) => note(`Line ${index} with a few words.`));
    const message = renderMessage(card('Digest', blocks, [accept]), READER);
    expectPart(message);
    expect(message.thread).toEqual([]);
    expect(message.blocks).toHaveLength(42);
  });

  test('words are parted at blanks', () => {
    const words = Array.from({ length: 3_000 }, (_, index) => `word${index}`);
    const message = renderMessage(say([theirs(words.join(' '))]), READER);
    const pieces = parts(message).flatMap((part) => ofType(part.blocks, 'text'));
    expect(pieces.length).toBeGreaterThan(3);
    expect(pieces.flatMap((run) => String(run.text).trim().split(' '))).toEqual(words);
  });

  test('nothing is lost and the order stays, whatever it is made of', () => {
    const kinds = fc.array(
      fc.tuple(
        fc.constantFrom('paragraph', 'note', 'list', 'facts', 'rows'),
        fc.integer({ min: 1, max: 150 }),
      ),
      { minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(kinds, (shape) => {
        let count = 0;
        const some = (words: number) =>
          Array.from({ length: words }, () => {
            count += 1;
            return `w${count}w`;
          });
        const blocks = shape.map(([kind, words]) => {
          const all = some(words);
          const lines = all.map((word): Inline[] => [theirs(`${word} ${'y'.repeat(20)}`)]);
          if (kind === 'paragraph') return paragraph([theirs(all.join(' '))]);
          if (kind === 'note') return note([theirs(all.join(' '))]);
          if (kind === 'list') return numbered(lines);
          return facts(
            lines.map((one, index) =>
              fact('Row', one, kind === 'rows' ? { ...accept, id: `${all[index]}` } : undefined),
            ),
          );
        });
        const message = renderMessage(card('Digest', blocks, [accept]), READER);
        parts(message).forEach(expectPart);
        const found = parts(message)
          .flatMap((part) => [...wordsShown(part.blocks).matchAll(/w(\d+)w/gu)])
          .map(([, number]) => Number(number));
        expect(found).toEqual(found.map((_, index) => index + 1));
        // All of it, unless even the thread is full; then that is said.
        if (message.thread.length < SLACK.threadParts) expect(found).toHaveLength(count);
        expect(ofType(message.blocks, 'actions')).toHaveLength(1);
        if (message.thread.length > 0) expect(wordsShown(message.blocks.at(-1))).toContain(inThread);
      }),
      { numRuns: 40 },
    );
  });

  test('what even the thread has no room for is counted', () => {
    const message = renderMessage(say([theirs('word '.repeat(150_000))]), READER);
    parts(message).forEach(expectPart);
    expect(message.thread).toHaveLength(SLACK.threadParts);
    expect(wordsShown(message.thread.at(-1)?.blocks)).toMatch(
      /There is no room for [\d,]+ more characters\./u,
    );
  });

  test('the text stops at a word and says where the rest is', () => {
    const { text: said } = renderMessage(say([theirs('word & '.repeat(2_000))]), READER);
    expect(said.length).toBeLessThanOrEqual(3_000);
    expect(said).toMatch(/(?:word|&amp;)\n… The message has the rest\.$/u);
  });

  test('what people act with stays in the first message', () => {
    const field = { id: 'why', label: 'Why', kind: 'long-text' as const, required: true };
    const message = renderMessage(
      card(
        'Decide',
        [
          paragraph([theirs('word '.repeat(6_000))]),
          { kind: 'fields', fields: [field], send: button('send', 'Send', press, 'send') },
        ],
        [accept],
      ),
      READER,
    );
    parts(message).forEach(expectPart);
    expect(ofType(message.blocks, 'input')).toHaveLength(1);
    expect(ofType(message.blocks, 'button').map((one) => one.action_id)).toEqual([
      'press:send',
      'press:accept',
    ]);
    expect(message.thread.flatMap((part) => ofType(part.blocks, 'button'))).toEqual([]);
  });

  test('inputs with more choices than a message holds show some and say how many are missing', () => {
    const options = Array.from({ length: 100 }, (_, index) => ({
      id: `o${index}`,
      label: 'Choice '.repeat(10),
    }));
    const field = { id: 'f', label: 'Which', kind: 'choice' as const, required: true, options };
    const message = renderMessage(card('Pick', [{ kind: 'fields', fields: [field], send: accept }]), READER);
    expectPart(message);
    expect(ofType(message.blocks, 'input')).toHaveLength(1);
    expect(wordsShown(message.blocks)).toMatch(/There is no room for \d+ more choices/u);
  });

  test('more buttons than a message holds go on in the thread', () => {
    const many = Array.from({ length: 300 }, (_, index) =>
      button(`b${index}`, `Slot ${index}`, press, `${index}`),
    );
    const message = renderMessage(card('Pick', [], many), READER);
    parts(message).forEach(expectPart);
    const ids = parts(message).flatMap((part) => ofType(part.blocks, 'button').map((one) => one.action_id));
    expect(ids).toEqual(many.map(({ id }) => `press:${id}`));
  });
});

describe('whatever is said', () => {
  test('every part keeps Slack’s limits, and nothing in it acts', () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        const said = renderMessage(message, READER);
        parts(said).forEach(expectPart);
        expect(said.thread.length).toBeLessThanOrEqual(SLACK.threadParts);
        expect(renderMessage(message, READER)).toEqual(said);
      }),
      { numRuns: 300 },
    );
  });

  test('a Home page keeps Slack’s limits and says what has no room', () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        const home = renderHome(message, READER);
        expect(home).toMatchObject({ type: 'home', callback_id: 'home' });
        expectBlocks(home.blocks, 100);
        expect(Buffer.byteLength(JSON.stringify(home))).toBeLessThanOrEqual(250_000);
      }),
      { numRuns: 200 },
    );
    const endless = card(
      'Home',
      Array.from({ length: 200 }, () => note('Words.')),
      [accept],
    );
    const home = renderHome(endless, READER);
    expectBlocks(home.blocks, 100);
    expect(ofType(home.blocks, 'button')).toHaveLength(1);
    expect(wordsShown(home.blocks)).toContain('There is no room for');
  });
});

describe('other people’s words do nothing', () => {
  /** What Slack would read as emphasis, code, a picture, a token or a mention. */
  const MARKS =
    /[*~`<>]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|:[\p{L}\p{N}_+'-]{1,100}:|(?<![\p{L}\p{N}._%+-])@|:\/\//u;

  test('in Slack’s markup, alone and where they meet ours', () => {
    fc.assert(
      fc.property(hostile, hostile, (one, other) => {
        expect(mrkdwn([text('Said:'), theirs(one), theirs(other), text(': ')], READER)).not.toMatch(MARKS);
      }),
      { numRuns: 2_000 },
    );
  });
  test('in the text beside the blocks', () => {
    fc.assert(
      fc.property(hostile, hostile, (one, other) => {
        const message = card('Said', [
          paragraph([text('Said:'), theirs(one), theirs(other)]),
          facts([fact('System', [theirs(one)])]),
          bullets([[theirs(other)]]),
        ]);
        expect(renderMessage(message, READER).text).not.toMatch(MARKS);
      }),
      { numRuns: 1_000 },
    );
  });
  test('in blocks they are text and nothing else', () => {
    fc.assert(
      fc.property(hostile, (words) => {
        const message = renderMessage(say([theirs(words)]), READER);
        const types = new Set(objectsIn(message.blocks).map((one) => one.type));
        for (const type of types)
          expect(['rich_text', 'rich_text_section', 'text', 'context', 'mrkdwn']).toContain(type);
        for (const run of ofType(message.blocks, 'text')) expect(run.style).toBeUndefined();
      }),
      { numRuns: 1_000 },
    );
  });
  test('they stay readable', () => {
    expect(mrkdwn([theirs('*Hi* <@U1> :smile: funding_lost bo@cms.gov 10:30 R&D `x`')], READER)).toBe(
      '∗Hi∗ ‹＠U1› ∶smile: funding_lost bo@cms.gov 10:30 R&amp;D ˋxˋ',
    );
  });
});
