import { describe, expect, it } from 'vitest';
import { adaptiveCard } from '../../src/messages/adaptive-card.ts';
import { button } from '../../src/messages/button.ts';
import { bundled } from '../../src/messages/copy/bundle.ts';
import { line } from '../../src/messages/inline.ts';
import { bullets, card, paragraph, say } from '../../src/messages/message.ts';
import { plainText } from '../../src/messages/plain-text.ts';

const READER = { timeZone: 'America/New_York' };
const asked = (day: string) =>
  card(
    'Was it held? Check-in',
    [paragraph(`The time of the check-in, ${day}, has passed.`)],
    [button('record', 'Record the meeting', { verb: 'meeting.record', subject: day }, `held weekly ${day}`)],
  );

describe('several messages as one', () => {
  const parts = [asked('Dec 1'), say('A word.'), asked('Dec 8'), { ...say(), blocks: [bullets(['One'])] }];
  const made = bundled(
    parts.map((message) => ({ message, lateFor: null })),
    'daily',
  );

  it('have a number each, before the heading or the first words', () => {
    expect(plainText(made, READER)).toMatch(
      /^Your day: 4 things\n\n1\. Was it held\? Check-in\n\n[\s\S]*\n\n2\. A word\.\n\n3\. Was it held\? Check-in\n\n[\s\S]*\n\n4\.\n\n- One/u,
    );
  });

  it('have buttons that say which of them they belong to, and do what they did', () => {
    expect(made.buttons.map(({ id, label, press }) => [id, label, press.subject])).toEqual([
      ['part-1-record', '1: Record the meeting', 'Dec 1'],
      ['part-3-record', '3: Record the meeting', 'Dec 8'],
    ]);
    expect(plainText(made, READER)).toContain('For “3: Record the meeting”, type `held weekly Dec 8`.');
  });
});

describe('what to type', () => {
  it('stands in a run of its own on a card, also where the words are put together', () => {
    const typed = 'weekly Dec 8';
    const drawn = JSON.stringify(
      adaptiveCard(say(line`A meeting (\`${typed}\`), ${line`or \`help\``}.`), READER).body,
    );
    expect(drawn).toContain('{"type":"TextRun","text":"weekly Dec 8","fontType":"monospace"}');
    expect(drawn).toContain('{"type":"TextRun","text":"help","fontType":"monospace"}');
    expect(drawn).not.toContain('`');
  });
});
