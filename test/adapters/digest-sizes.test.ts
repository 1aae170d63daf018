/** The weekly digest itself, over 1, 60 and 600 open engagements: within what each platform takes, each engagement in its details. */
import { describe, expect, test } from 'vitest';
import { renderMessage as onSlack } from '../../adapters/slack/render-message.ts';
import { renderWhole } from '../../adapters/teams/render-below.ts';
import { FEDERAL_CALENDAR } from '../../src/domain/calendar.ts';
import { NEW_COURSE } from '../../src/domain/course.ts';
import { composeDigest, type EngagementAndMeeting } from '../../src/domain/digest.ts';
import type { EngagementState } from '../../src/domain/engagement-states.ts';
import { digestMessage } from '../../src/messages/copy/digest.ts';
import { line } from '../../src/messages/inline.ts';
import { CARD_BUDGET_BYTES, jsonBytes } from '../../src/messages/limits.ts';
import type { Message } from '../../src/messages/message.ts';
import { PROGRAMME } from '../support/bot.ts';
import { wordsOf } from '../support/slack/person.ts';
import { expectPart } from '../support/slack-block-kit.ts';
import { textOf } from '../support/teams/cards.ts';
import { expectCard } from '../support/teams/drawn-cards.ts';

const READER = { timeZone: 'America/New_York' };
const NOW = new Date('2027-03-15T14:00:00Z');
const STATES: readonly EngagementState[] = [
  'REQUESTED',
  'KICKOFF_PENDING',
  'MATCHING',
  'ONBOARDING',
  'ACTIVE',
  'OFFBOARDING',
];
const numberOf = (place: number): string => `ISSO-2027-${String(place + 1).padStart(4, '0')}`;

function anEngagement(place: number): EngagementAndMeeting {
  const at = new Date(NOW.getTime() - (place % 90) * 86_400_000);
  return {
    engagement: {
      id: `e${place}`,
      number: numberOf(place),
      offering: 'issoaas',
      component: 'OIT',
      systemName: `Medicare Claims Processing and Payment Hub ${place}`,
      state: STATES[place % STATES.length] ?? 'REQUESTED',
      requesterId: 'bo',
      businessOwnerId: 'bo',
      craId: null,
      askedBack: null,
      createdAt: at,
      submittedAt: at,
      stateSinceAt: at,
      triagedById: 'ispg',
      course: { ...NEW_COURSE, serviceIssoId: 'isso', dayZeroOn: '2026-12-01' },
    },
    meeting: null,
  };
}

function weekly(count: number): Message {
  const { businessHours, triageBusinessDays, offerReminderBusinessDays } = PROGRAMME;
  const rules = { calendar: FEDERAL_CALENDAR, businessHours, triageBusinessDays, offerReminderBusinessDays };
  const open = Array.from({ length: count }, (_, place) => anEngagement(place));
  return digestMessage(composeDigest(open, rules, NOW), new Map(), {
    of: 'weekly',
    at: NOW,
    pages: 'https://isso.example.gov',
    measures: [line`Time to kickoff: median 5 business days`],
  });
}
const numbersIn = (words: string): Set<string> => new Set(words.match(/ISSO-2027-\d{4}/gu));

describe.each([1, 60, 600])('the weekly digest of %i engagements', (count) => {
  const digest = weekly(count);
  const all = new Set(Array.from({ length: count }, (_, place) => numberOf(place)));

  test('keeps the limits of Slack', () => {
    const { thread, ...head } = onSlack(digest, READER);
    for (const { text, blocks } of [head, ...thread]) {
      expectPart({ text, blocks });
      expect(blocks.length).toBeLessThanOrEqual(45);
      expect(JSON.stringify(blocks).length + JSON.stringify(text).length).toBeLessThanOrEqual(12_000);
    }
    expect(wordsOf(head.blocks)).not.toContain('too long for one message');
    expect(numbersIn([head, ...thread].map(({ blocks }) => wordsOf(blocks)).join('\n'))).toEqual(all);
  });

  test('keeps the limits of Teams', () => {
    const drawn = renderWhole(digest, { ...READER, timesBeside: true, token: 't' }, null, 'thread');
    const cards = [drawn.head, ...drawn.parts].flatMap(({ attachments = [] }) =>
      attachments.map(({ content }) => content),
    );
    for (const card of cards) {
      expectCard(card);
      expect(jsonBytes(card)).toBeLessThanOrEqual(CARD_BUDGET_BYTES);
    }
    const shown = cards.map((card) => textOf({ ...card })).join('\n');
    expect(numbersIn(shown)).toEqual(all);
    expect(textOf({ ...cards[0] })).not.toMatch(/… and [\d,]+ more/u);
  });
});
