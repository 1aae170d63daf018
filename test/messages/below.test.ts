/** What stands below a message: said last, for reading only, and parted without loss. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { adaptiveCard } from '../../src/messages/adaptive-card.ts';
import { headOf, inOne, inParts } from '../../src/messages/below.ts';
import { button } from '../../src/messages/button.ts';
import { bundled } from '../../src/messages/copy/bundle.ts';
import {
  type Block,
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
import { plainText } from '../../src/messages/plain-text.ts';
import { readOnly } from '../../src/messages/read-only.ts';
import { messageSchema } from '../../src/store/stored-shapes.ts';

const READER = { timeZone: 'America/New_York' };
const accept = button(
  'accept',
  'Accept',
  { verb: 'accept', subject: 'ISSO-2027-0001' },
  'accept ISSO-2027-0001',
);
const WITH: Message = {
  ...card('Digest', [paragraph('One is open.')], [accept]),
  below: [paragraph('Onboarding'), facts([fact('ISSO-2027-0001', 'Waits.', accept)])],
};

describe('what stands below a message', () => {
  test('is said last in plain text', () => {
    expect(plainText(WITH, READER)).toBe(
      'Digest\n\nOne is open.\n\nTo accept, type `accept ISSO-2027-0001`.\n\nOnboarding\n\nISSO-2027-0001: Waits. (`accept ISSO-2027-0001`)',
    );
  });
  test('can’t be pressed, and says what to type instead', () => {
    const said = inOne(WITH);
    expect(said.below).toBeUndefined();
    expect(JSON.stringify(said.blocks)).not.toContain('"button"');
    expect(plainText(said, READER)).toContain('Waits. (`accept ISSO-2027-0001`)');
    expect(JSON.stringify(readOnly(WITH).below)).not.toContain('"button"');
  });
  test('stands in the same card where nobody draws it apart', () => {
    expect(JSON.stringify(adaptiveCard(WITH, READER).body)).toContain('Onboarding');
    expect(JSON.stringify(adaptiveCard(headOf(WITH), READER))).not.toContain('Onboarding');
  });
  test('is kept with the message that waits to be delivered', () => {
    expect(messageSchema.parse(JSON.parse(JSON.stringify(WITH)))).toEqual(WITH);
    expect(messageSchema.parse(say('No details.'))).toEqual(say('No details.'));
  });
  test('goes along when several messages become one, under the number of its part', () => {
    const day = bundled(
      [say('First.'), WITH].map((message) => ({ message, lateFor: null })),
      'daily',
    );
    expect(plainText({ blocks: day.below ?? [], buttons: [] }, READER)).toMatch(/^2\. Digest\n\nOnboarding/u);
    expect(bundled([{ message: say('First.'), lateFor: null }], 'daily').below).toBeUndefined();
  });
});

/** What is said, item by item, without the marks of lists. */
const saidIn = (blocks: readonly Block[]): string[] =>
  plainText({ blocks, buttons: [] }, READER)
    .split('\n')
    .filter((words) => words !== '')
    .map((words) => words.replace(/^(?:- |\d+\. )/u, ''));
const word = fc.stringMatching(/^[a-z]{1,12}$/u);
const anyBlock: fc.Arbitrary<Block> = fc.oneof(
  word.map(paragraph),
  word.map(note),
  fc.array(word, { minLength: 1, maxLength: 30 }).map(bullets),
  fc.array(word, { minLength: 1, maxLength: 30 }).map(numbered),
  fc
    .array(word, { minLength: 1, maxLength: 30 })
    .map((words) => facts(words.map((each) => fact('Row', each)))),
);
const sizeOf = (blocks: readonly Block[]): number => saidIn(blocks).join('').length;

describe('details in parts', () => {
  test('lose nothing, keep their order, and each part fits unless it is one item', () => {
    fc.assert(
      fc.property(fc.array(anyBlock, { maxLength: 8 }), fc.integer({ min: 1, max: 120 }), (blocks, most) => {
        const parts = inParts(blocks, (some) => sizeOf(some) <= most);
        expect(parts.flatMap(saidIn)).toEqual(saidIn(blocks));
        for (const part of parts) if (sizeOf(part) > most) expect(saidIn(part)).toHaveLength(1);
      }),
    );
  });
  test('are as few as can be where only items are parted', () => {
    const items = Array.from({ length: 600 }, (_, place) => `item ${place}`);
    const parts = inParts([bullets(items)], (blocks) => saidIn(blocks).length <= 45);
    expect(parts).toHaveLength(Math.ceil(600 / 45));
  });
  test('keep the words that lead into a list with the list', () => {
    const parts = inParts(
      [paragraph('Onboarding'), bullets(['a', 'b']), paragraph('Active'), bullets(['c', 'd'])],
      (blocks) => saidIn(blocks).length <= 4,
    );
    expect(parts.map(saidIn)).toEqual([
      ['Onboarding', 'a', 'b'],
      ['Active', 'c', 'd'],
    ]);
  });
  test('go on with the numbers of a numbered list', () => {
    const parts = inParts([numbered(['a', 'b', 'c'])], (blocks) => saidIn(blocks).length <= 2);
    expect(parts.map((blocks) => plainText({ blocks, buttons: [] }, READER))).toEqual(['1. a\n2. b', '3. c']);
  });
});
