import { describe, expect, it } from 'vitest';
import { adaptiveCard } from '../../src/messages/adaptive-card.ts';
import { button } from '../../src/messages/button.ts';
import { line, strong, theirs } from '../../src/messages/inline.ts';
import { bullets, card, fact, facts, note, say } from '../../src/messages/message.ts';
import { plainText } from '../../src/messages/plain-text.ts';
import { readOnly } from '../../src/messages/read-only.ts';

const READER = { timeZone: 'America/New_York' };
const press = { verb: 'request.show', subject: 'ISSO-2026-0042' };
const show = button('show', 'Show the request', press, 'status ISSO-2026-0042');
const silent = button('more', 'More', press, '');

const MESSAGE = card(
  'Your page',
  [
    facts([
      fact('ISSO-2026-0042', line`${theirs('Claims `Hub`')}: ${strong('Request received')}`, show),
      fact('Zone', 'Eastern Time'),
      fact('Other', 'no words to type', silent),
    ]),
    bullets(['One meeting']),
    {
      kind: 'fields',
      fields: [{ id: 'name', label: 'Your name', kind: 'text', required: true }],
      send: show,
    },
    note('The end.'),
  ],
  [show, silent],
);

describe('a message on a page where nothing can be pressed', () => {
  it('has no buttons and no inputs, and says what to type in the chat', () => {
    expect(plainText(readOnly(MESSAGE), READER)).toBe(
      [
        'Your page',
        'ISSO-2026-0042: Claims `Hub`: Request received (`status ISSO-2026-0042`)\nZone: Eastern Time\nOther: no words to type',
        '- One meeting',
        'The end.',
        'What you can type in the chat',
        'Show the request: `status ISSO-2026-0042`',
      ].join('\n\n'),
    );
    const drawn = JSON.stringify(adaptiveCard(readOnly(MESSAGE), READER));
    expect(drawn).not.toMatch(/Action\.|ActionSet|Input\.|"press"/u);
  });

  it('stays as it is when there is nothing to press, and is not changed where it came from', () => {
    const words = say('Hello.');
    expect(readOnly(words)).toEqual(words);
    const before = structuredClone(MESSAGE);
    readOnly(MESSAGE);
    expect(MESSAGE).toEqual(before);
  });
});
