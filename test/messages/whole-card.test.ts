import { describe, expect, it } from 'vitest';
import { renderMessage as inSlack } from '../../adapters/slack/render-message.ts';
import { type Calendar, FEDERAL_CALENDAR } from '../../src/domain/calendar.ts';
import { type Card, changeItem, type ItemChange, newCard } from '../../src/domain/card.ts';
import { itemClocks } from '../../src/domain/card-clocks.ts';
import { daysInHand } from '../../src/domain/card-days.ts';
import { forecastOf, standingOf } from '../../src/domain/card-forecast.ts';
import { planOf } from '../../src/domain/card-plan.ts';
import { stepped } from '../../src/domain/engagement.ts';
import type { Person } from '../../src/domain/person.ts';
import { addDays, EASTERN, instantOf, type LocalDate } from '../../src/domain/time.ts';
import { trainingClocks } from '../../src/domain/training-clocks.ts';
import { adaptiveCard } from '../../src/messages/adaptive-card.ts';
import { heldWords, itemWords } from '../../src/messages/copy/card-items.ts';
import { cardMessage } from '../../src/messages/copy/information-card.ts';
import { type WholeCard, wholeCard } from '../../src/messages/copy/whole-card.ts';
import { theirs } from '../../src/messages/inline.ts';
import { CARD_BUDGET_BYTES, jsonBytes } from '../../src/messages/limits.ts';
import { say } from '../../src/messages/message.ts';
import { plainText } from '../../src/messages/plain-text.ts';
import { CARD_TEMPLATE } from '../../src/offerings/card-template.ts';
import { STANDING_RULES } from '../../src/offerings/programme-timers.ts';
import { inState, later } from '../domain/engagement-steps.ts';

const DAY_0 = '2027-01-11';
const READER = { timeZone: 'America/New_York' };
const engagement = stepped(inState('ONBOARDING'), 'ONBOARDING', { dayZeroOn: DAY_0 }, later).engagement;
const lead: Person = {
  id: 'lead',
  name: 'Leila Haddad',
  email: null,
  roles: ['contractor_lead'],
  components: [],
  timeZone: 'America/New_York',
  calendarToken: 'calendar-lead',
};
const days = (): Calendar => FEDERAL_CALENDAR;
const noon = (on: LocalDate): Date => instantOf(on, '12:00', READER.timeZone);

/** The card with each change on its day. */
const lived = (...changes: readonly (readonly [LocalDate, string, ItemChange])[]) => {
  const versions: { at: Date; card: Card }[] = [{ at: noon(DAY_0), card: newCard(CARD_TEMPLATE, DAY_0) }];
  for (const [on, key, to] of changes) {
    const before = versions.at(-1)?.card ?? newCard(CARD_TEMPLATE, DAY_0);
    const by = { byId: 'lead', at: noon(on) };
    const made = changeItem(CARD_TEMPLATE, before, key, to, { today: on, by });
    if (!made.ok) throw new Error(`${key}: ${JSON.stringify(made.refusal)}`);
    versions.push({ at: noon(on), card: made.value });
  }
  return versions;
};

const shownOn = (
  today: LocalDate,
  versions: ReturnType<typeof lived>,
  over: Partial<WholeCard> = {},
): WholeCard => {
  const card = versions.at(-1)?.card ?? newCard(CARD_TEMPLATE, DAY_0);
  const plan = planOf(CARD_TEMPLATE, card, days);
  const forecast = forecastOf(CARD_TEMPLATE, card, days, today);
  const standing = standingOf(CARD_TEMPLATE, card, { plan, forecast, days }, STANDING_RULES, today);
  const kept = { card, template: CARD_TEMPLATE, readyOn: forecast.readyOn, standing };
  return {
    shown: {
      engagement,
      issoName: theirs('Ines Sorensen'),
      sight: 'dates',
      days: { 'onboarding-began': DAY_0 },
      onboarding: { kind: 'under-way', day: 28, readyBy: addDays(DAY_0, 60) },
      kept,
      today,
    },
    kept,
    plan,
    forecast,
    clocks: itemClocks(CARD_TEMPLATE, versions, noon(today)),
    daysInHand: daysInHand(CARD_TEMPLATE, versions, noon(today), EASTERN),
    training: trainingClocks({ dayZeroOn: DAY_0, appointedOn: null, doneOn: null }),
    trainingDueOn: null,
    today,
    asOf: null,
    seesReferences: true,
    canStart: new Set(['offer_accepted', 'curriculum', 'bo_prep']),
    changeable: new Map(CARD_TEMPLATE.items.map(({ key }) => [key, true])),
    gate: '',
    hasNewerLines: false,
    reader: lead,
    ...over,
  };
};
const words = (whole: WholeCard): string => plainText(wholeCard(whole), READER);
const WAITING = [
  ['2027-01-12', 'offer_accepted', { to: 'waiting_on', party: 'service_isso' }],
  ['2027-01-18', 'offer_accepted', { to: 'in_progress' }],
  ['2027-01-19', 'bo_prep', { to: 'blocked', reason: 'Two of us are on leave' }],
] as const;

describe('the whole card', () => {
  it('says of each line when it is due, when it is forecast, what is to spare, who has it for how long, and what comes first', () => {
    const said = words(shownOn('2027-01-20', lived(...WAITING)));
    expect(said).toMatch(
      /1\. Person accepts; NDA and contract paperwork: In progress \(was due by Wed, Jan 13; forecast Wed, Jan 20; \d business days? to spare\)\. With the contractor for 3 days\./u,
    );
    expect(said).toMatch(
      /6\. Fingerprinting: Not started \(due by Mon, Jan 25; forecast [^;]+; [^)]+\)\. First: CMS security clearance/u,
    );
    // Nobody can work on it yet, so nobody has it.
    expect(said).not.toMatch(/6\. Fingerprinting:[^\n]*With /u);
    expect(said).toContain('20. Business Owner organization prepared: Blocked: Two of us are on leave');
  });

  it('says where it stands and why, what decides the day, both training clocks, and who had how much in hand', () => {
    const late = words(shownOn('2027-03-01', lived(...WAITING)));
    expect(late).toContain('Standing: Late');
    expect(late).toMatch(/Why: It should be ready \d+ business days after the goal; \u201c/u);
    expect(late).toMatch(
      /These lines decide the day: Person accepts; NDA and contract paperwork, then [^\n]*, then Declared ready\./u,
    );
    expect(late).toContain('Training, goal of 60 days: by Friday, March 12, 2027; 11 days left');
    expect(late).toContain('Training, policy: within 60 days of the appointment');
    expect(late).toMatch(/Days with a line in hand: [^\n]*the contractor 45 days/u);
    const early = words(shownOn(DAY_0, lived()));
    expect(early).toContain('Standing: On track');
    expect(early).not.toContain('Why:');
    expect(early).not.toContain('Days with a line');
  });

  it('says nothing of a goal to somebody who is at work', () => {
    const whole = shownOn('2027-03-01', lived(...WAITING));
    const active = stepped(engagement, 'ACTIVE', {}, later).engagement;
    const said = words({ ...whole, shown: { ...whole.shown, engagement: active } });
    expect(said).not.toMatch(/forecast|to spare|too late|decide the day|Standing|Expected ready/u);
    expect(said).toContain('was due by');
  });

  it('names newer lines to whoever may take them', () => {
    expect(words(shownOn(DAY_0, lived(), { hasNewerLines: true }))).toContain('lines`');
    const isso: Person = { ...lead, id: 'isso', roles: ['service_isso'] };
    expect(words(shownOn(DAY_0, lived(), { hasNewerLines: true, reader: isso }))).not.toContain('newer list');
  });

  it('of an earlier day offers nothing to do', () => {
    const { buttons } = wholeCard(shownOn(DAY_0, lived(), { asOf: DAY_0, changeable: new Map() }));
    expect(buttons).toEqual([]);
  });

  it.each([
    ['on the first day', DAY_0, lived()],
    ['late', '2027-03-01', lived(...WAITING)],
  ] as const)('has room for all 22 lines in every platform, %s', (_, today, versions) => {
    const message = wholeCard(shownOn(today, versions));
    const drawn = adaptiveCard(message, READER);
    expect(jsonBytes(drawn)).toBeLessThanOrEqual(CARD_BUDGET_BYTES);
    const slack = inSlack(message, READER);
    const all = JSON.stringify([slack.blocks, slack.thread]);
    for (const place of CARD_TEMPLATE.items.map((_item, index) => index + 1)) {
      expect(JSON.stringify(drawn)).toContain(`"${place}. `);
      expect(all).toMatch(new RegExp(`\\b${place}\\. `, 'u'));
    }
  });
});

describe('a line in words', () => {
  const card = newCard(CARD_TEMPLATE, DAY_0);
  const [of] = CARD_TEMPLATE.items;
  const [item] = card.items;
  const plan = planOf(CARD_TEMPLATE, card, days);
  const line = (slack: number | null, heldMs = 0): string => {
    if (!of || !item) throw new Error('no line');
    const forecast = { key: of.key, finishOn: '2027-01-13', slack };
    return plainText(
      say(
        itemWords(
          of,
          item,
          { template: CARD_TEMPLATE, card, plan },
          { today: DAY_0, seesReferences: true },
          { forecast, heldMs },
        ),
      ),
      READER,
    );
  };

  it.each([
    [6, '(due by Wed, Jan 13; forecast Wed, Jan 13)'],
    [5, '; 5 business days to spare)'],
    [1, '; 1 business day to spare)'],
    [0, '; no day to spare)'],
    [-1, '; 1 business day too late for the goal)'],
    [-4, '; 4 business days too late for the goal)'],
  ])('with a slack of %i says "%s"', (slack, said) => {
    expect(line(slack)).toContain(said);
  });

  it('says for how long in whole days', () => {
    expect([0, 86_399_999, 86_400_000, 6 * 86_400_000 + 1].map(heldWords)).toEqual([
      'less than a day',
      'less than a day',
      '1 day',
      '6 days',
    ]);
    expect(line(6, 2 * 86_400_000)).toContain('With the contractor for 2 days.');
    expect(line(6)).not.toContain('With ');
  });
});

describe('the card in short', () => {
  it('says where it stands, and nothing of why or of single lines', () => {
    const { shown } = shownOn('2027-03-01', lived(...WAITING));
    const said = plainText(cardMessage([{ ...shown, sight: 'progress' }], 0, false), READER);
    expect(said).toContain('Standing: Late');
    expect(said).toMatch(/Expected ready: \w+, \w+ \d+, 2027/u);
    expect(said).toContain('Blocked: Yes');
    expect(said).not.toMatch(/Two of us|Why|NDA|organization|Time in hand|Training/u);
  });
});
