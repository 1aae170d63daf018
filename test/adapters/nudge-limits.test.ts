/** The largest nudges, alone and within a day, on Slack and on Teams: nothing that people act with is left out, and nothing is too large. */
import { describe, expect, it } from 'vitest';
import { renderMessage as onSlack } from '../../adapters/slack/render-message.ts';
import { renderMessage as onTeams } from '../../adapters/teams/render-message.ts';
import { FEDERAL_CALENDAR } from '../../src/domain/calendar.ts';
import type { ItemLine } from '../../src/domain/nudge.ts';
import { MOST_LISTED, newList } from '../../src/domain/nudge-list.ts';
import type { Button } from '../../src/messages/button.ts';
import { button } from '../../src/messages/button.ts';
import { bundled, snoozable } from '../../src/messages/copy/bundle.ts';
import { nudgeMessage } from '../../src/messages/copy/nudge.ts';
import { card, type Message, paragraph } from '../../src/messages/message.ts';
import { CARD_TEMPLATE } from '../../src/offerings/card-template.ts';
import { buttonsOf as slackButtons, wordsOf } from '../support/slack/person.ts';
import { expectPart } from '../support/slack-block-kit.ts';
import { buttonsOf as teamsButtons, textOf } from '../support/teams/cards.ts';
import { expectCard } from '../support/teams/drawn-cards.ts';

const READER = { timeZone: 'America/New_York' };
const PERSON = '0b9e2f1c-1111-4222-8333-444455556666';

/** A contract lead's line of an engagement of its own, each with long names. */
function aLine(place: number, blocked: string | null): ItemLine {
  const template = CARD_TEMPLATE.items[place % CARD_TEMPLATE.items.length];
  const name = template?.names.at(-1)?.name ?? '';
  return {
    about: {
      kind: 'item',
      number: `ISSO-2026-${1000 + place}`,
      engagementId: `e${place}`,
      personId: PERSON,
      key: template?.key ?? '',
    },
    name,
    part: null,
    dueOn: '2026-12-10',
    saidFrom: '2026-12-01',
    snoozedUntil: null,
    waitsFor: blocked === null ? 'badging_office' : null,
    systemName: 'Medicare Claims Processing and Payment Integrity Hub',
    party: 'contractor',
    blocked,
    done: 'with-reference',
    reopened: 0,
  };
}
const nudge = (count: number, blocked: string | null): Message =>
  nudgeMessage(
    newList(
      'nudges',
      Array.from({ length: count }, (_, place) => aLine(place, blocked)),
    ),
    { today: '2027-01-20', calendar: FEDERAL_CALENDAR, self: 'lead', hasSeveral: true },
  );
const question = (place: number): Message =>
  card(
    `Was it held? Weekly check-in ${place}`,
    [paragraph('The time of the meeting on Thursday, January 14, 2027 has passed. Who was there?')],
    ['Record the meeting', 'It was not held', 'Offer another time'].map((label, way) =>
      button(
        `ask-${way}`,
        label,
        { verb: 'meeting.record', subject: 'ISSO-2026-0042/weekly/2027-01-14' },
        'held weekly 1/14/2027',
      ),
    ),
  );
const aDay = (message: Message): Message =>
  snoozable(
    bundled(
      [question(1), message, question(2)].map((each) => ({ message: each, lateFor: null })),
      'daily',
    ),
    `nudges:${PERSON}:2027-01-20`,
  );

/** How often each label stands among the buttons of a message, rows and all. */
const allButtons = ({ blocks, buttons }: Message): readonly string[] =>
  [
    ...blocks.flatMap((block) =>
      block.kind === 'facts' ? block.rows.flatMap((row) => row.button ?? []) : [],
    ),
    ...buttons,
  ].map(({ label }: Button) => label);

describe.each([
  { what: 'of six lines', made: nudge(6, null) },
  { what: 'of as many lines as are listed, and more', made: nudge(MOST_LISTED + 5, null) },
  {
    what: 'of lines that are blocked for reasons of many words',
    made: nudge(MOST_LISTED, 'Why. '.repeat(80)),
  },
])('a nudge $what', ({ made }) => {
  it.each([
    { where: 'alone', message: made },
    { where: 'within a day of three parts', message: aDay(made) },
  ])('$where keeps every button on Slack, in the message itself', ({ message }) => {
    const { text, blocks, thread } = onSlack(message, READER);
    expectPart({ text, blocks });
    for (const part of thread) expectPart(part);
    expect(slackButtons(blocks).map(({ label }) => label)).toEqual(allButtons(message));
    // The text for notifications has as much as there is room for.
    expect(text.length).toBeGreaterThan(300);
    const words = [blocks, ...thread.map((part) => part.blocks)].map((each) => wordsOf(each)).join('\n');
    for (const row of [1, 6]) expect(words).toContain(`Line ${row}: `);
    expect(words).toContain('Or type it with the number');
  });

  it.each([
    { where: 'alone', message: made },
    { where: 'within a day of three parts', message: aDay(made) },
  ])('$where keeps every line and button in the card of Teams', ({ message }) => {
    const [drawn] =
      onTeams(message, { ...READER, timesBeside: false, token: 't'.repeat(32) }).attachments ?? [];
    expectCard(drawn?.content);
    const shown = drawn ? { ...drawn.content } : null;
    expect(teamsButtons(shown).map(({ label }) => label)).toEqual(allButtons(message));
    expect(textOf(shown)).not.toMatch(/… and \d+ more/u);
  });
});
