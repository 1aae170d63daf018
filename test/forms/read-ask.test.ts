/** Questions about the state of the programme: what each asks for, what is none, and that the page about them lists every word. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AskQuestion } from '../../src/domain/ask.ts';
import {
  ASKED_BY,
  HAPPENED,
  LINE_WORDS,
  MISSING,
  MOVE_WORDS,
  NOUNS,
  OPEN_WORDS,
  PARTY_WORDS,
  SIDE_WORDS,
  STATE_WORDS,
  STEP_WORDS,
} from '../../src/forms/ask-words.ts';
import { type AskKnown, readAsk } from '../../src/forms/read-ask.ts';
import { ASK_EXAMPLES } from '../../src/messages/copy/ask.ts';
import { PROGRAMME_QUESTIONS } from '../../src/offerings/programme-questions.ts';
import { quickest } from './quickest.ts';

const KNOWN: AskKnown = {
  components: new Map([
    ['OIT', ['oit', 'office of information technology']],
    ['CMS', ['cms', 'cms wide']],
    ['OTHER', ['other', 'another component']],
    ['CCSQ', ['ccsq', 'center for clinical standards and quality']],
  ]),
  offerings: new Map([
    ['issoaas', ['issoaas', 'isso as a service']],
    ['issoaas_surge', ['issoaas surge', 'isso surge support', 'surge']],
  ]),
  today: '2027-02-10',
};
const read = (typed: string): AskQuestion | null => readAsk(typed, KNOWN);
const ALL = { component: null, offering: null };

describe('a question', () => {
  test.each<readonly [string, object]>([
    [
      'how many engagements are waiting on clearances?',
      { ask: 'waiting', topic: { kind: 'line', of: 'clearance' } },
    ],
    ['Who is waiting on PIV cards', { ask: 'waiting', topic: { kind: 'line', of: 'piv' } }],
    [
      'which engagements wait for a Service ISSO',
      { ask: 'waiting', topic: { kind: 'move', of: 'candidate' } },
    ],
    [
      'which engagements wait for the Service ISSO',
      { ask: 'waiting', topic: { kind: 'side', of: 'service_isso' } },
    ],
    ['what waits for us?', { ask: 'waiting', topic: { kind: 'side', of: 'ispg' } }],
    [
      'what is stuck at the badging office',
      { ask: 'waiting', topic: { kind: 'party', of: 'badging_office' } },
    ],
    [
      'what waits for Beatriz Okafor?',
      { ask: 'waiting', topic: { kind: 'person', typed: 'beatriz okafor' } },
    ],
    ["what's overdue", { ask: 'late', isLate: true, isAtRisk: false }],
    ['what is at risk', { ask: 'late', isLate: false, isAtRisk: true }],
    ['which engagements are late or at risk', { ask: 'late', isLate: true, isAtRisk: true }],
    ['who joins in March', { ask: 'joins', period: { from: '2027-03-01', until: '2027-03-31' } }],
    ['who starts in January', { ask: 'joins', period: { from: '2028-01-01' } }],
    ['what ends this quarter', { ask: 'ends', period: { until: '2027-03-31' } }],
    [
      'which engagements are ending soon',
      { ask: 'ends', period: { from: '2027-02-10', until: '2027-05-11' } },
    ],
    ['how many requests this quarter', { ask: 'happened', what: 'filed', period: { from: '2027-01-01' } }],
    ['how many requests this week', { ask: 'happened', period: { from: '2027-02-08', until: '2027-02-14' } }],
    ['how many requests were filed', { ask: 'happened', what: 'filed', period: { name: 'February 2027' } }],
    [
      'what was declined and why',
      { ask: 'happened', what: 'declined', period: { name: 'the last 90 days' } },
    ],
    ['how many engagements ended last year', { ask: 'happened', what: 'closed', period: { name: '2026' } }],
    ['which are in matching engagements', { ask: 'in-state', states: ['MATCHING'] }],
    ['how many engagements are onboarding or paused?', { ask: 'in-state', states: ['ONBOARDING', 'PAUSED'] }],
    ['which are in matching', { ask: 'in-state', states: ['MATCHING'] }],
    ['how many people are onboarding', { ask: 'in-state', states: ['ONBOARDING'] }],
    ['list everything that is overdue', { ask: 'late', isLate: true, isAtRisk: false }],
    ['how many requests did we get in January', { ask: 'happened', period: { name: 'January 2027' } }],
    ['what ends in the next 30 days', { ask: 'ends', period: { from: '2027-02-10', until: '2027-03-12' } }],
    ['which engagements have no CRA', { ask: 'missing', what: 'cra' }],
    [
      'how long does the kickoff take',
      { ask: 'how-long', step: 'kickoff', period: { name: 'the last 90 days' } },
    ],
  ])('%s', (typed, wanted) => {
    expect(read(typed)).toMatchObject({ ...ALL, ...wanted });
  });

  test('may name a component and an offering, in any order', () => {
    const wanted = { ask: 'late', component: 'OIT', offering: 'issoaas_surge' };
    expect(read('which surge engagements are late in OIT')).toMatchObject(wanted);
    expect(read('in the Office of Information Technology, what is late in surge?')).toMatchObject(wanted);
    expect(read('what is late in CMS')).toMatchObject({ component: 'CMS' });
  });

  test.each([
    '',
    'late',
    'hello there',
    'what is onboarding',
    'how does it end',
    'what are we waiting for?',
    'Who am I waiting for?',
    'what am I waiting for',
    'which engagements are purple',
    'what is late in Atlantis',
    'who joins the kickoff',
    'how long does triage take',
    'decline ISSO-2027-0001 no_capacity',
    'We wait for the fingerprints of our new colleague.',
    'what waits for one two three four five six',
    `what is late ${'really '.repeat(40)}`,
  ])('is none: %s', (typed) => {
    expect(read(typed)).toBeNull();
  });

  test('that the page of the programme answers stays one for that page', () => {
    const both = PROGRAMME_QUESTIONS.flatMap(({ question, wordings }) => [question, ...wordings]).filter(
      read,
    );
    // Here the measured time is said before what the page says.
    expect(both).toEqual(['How long does onboarding take?']);
  });

  test('is understood by each of its words, for each thing that can be waited for', () => {
    const topics = [
      ...entries('line', LINE_WORDS),
      ...entries('move', MOVE_WORDS),
      ...entries('side', SIDE_WORDS),
      ...entries('party', PARTY_WORDS),
    ];
    for (const [topic, word] of topics)
      for (const way of ASKED_BY.waiting)
        expect(read(`which engagements are ${way} ${word}`), `${way} ${word}`).toMatchObject({
          ask: 'waiting',
          topic,
        });
    for (const [state, words] of Object.entries(STATE_WORDS))
      for (const word of words)
        expect(read(`which engagements are ${word}?`), word).toMatchObject({
          ask: 'in-state',
          states: [state],
        });
    for (const [what, words] of Object.entries(HAPPENED))
      for (const word of words)
        expect(read(`how many ${word} this year`), word).toMatchObject({ ask: 'happened', what });
    for (const [what, words] of Object.entries(MISSING))
      for (const word of words)
        expect(read(`which engagements are ${word}`), word).toMatchObject({ ask: 'missing', what });
    for (const [step, words] of Object.entries(STEP_WORDS))
      for (const word of words)
        expect(read(`how long does ${word} take`), word).toMatchObject({ ask: 'how-long', step });
  });

  test('is read in a time that grows no faster than its length, whatever stands there', () => {
    for (const unit of ['what waits for ', 'in ', ' ', '/', 'which engagements late ', "'", '\u0301', 'a-'])
      expect(quickest(() => read(unit.repeat(50_000 / unit.length)))).toBeLessThan(200);
    fc.assert(fc.property(fc.string({ maxLength: 160 }), (typed) => void read(typed)));
  });
});

const entries = (kind: string, table: Readonly<Record<string, readonly string[]>>) =>
  Object.entries(table).flatMap(([of, words]) => words.map((word) => [{ kind, of }, word] as const));

describe('the page about questions', () => {
  const page = readFileSync(new URL('../../docs/ask.md', import.meta.url), 'utf8');
  const quoted = new Set([...page.matchAll(/`([^`\n]+)`/gu)].map(([, words]) => words));
  test('lists every word that is known', () => {
    const tables = [
      ASKED_BY,
      HAPPENED,
      MISSING,
      LINE_WORDS,
      MOVE_WORDS,
      SIDE_WORDS,
      PARTY_WORDS,
      STATE_WORDS,
      STEP_WORDS,
    ];
    const words = [...tables.flatMap((table) => Object.values(table).flat()), ...OPEN_WORDS, ...NOUNS];
    expect(words.filter((word) => !quoted.has(word))).toEqual([]);
  });
  test('lists no word that is not known, and only questions that can be asked', () => {
    const known = [
      ...Object.values({ ...ASKED_BY, ...HAPPENED }).flat(),
      ...[MISSING, LINE_WORDS, MOVE_WORDS, SIDE_WORDS, PARTY_WORDS, STATE_WORDS, STEP_WORDS].flatMap(
        (table) => Object.values(table).flat(),
      ),
      ...OPEN_WORDS,
      ...NOUNS,
    ];
    const rows = page
      .split('\n')
      .filter((row) => row.startsWith('| ') && !/^\| (?:Component|Offering|Time) /u.test(row));
    const inTables = rows.flatMap((row) => [...row.matchAll(/`([^`]+)`/gu)].map(([, words = '']) => words));
    expect(inTables.filter((word) => !known.includes(word))).toEqual([]);
    const asked = [...quoted].filter((words) => words?.endsWith('?'));
    expect(asked.length).toBeGreaterThan(10);
    expect(asked.filter((words) => read(words ?? '') === null)).toEqual([]);
  });
  test('has every question that the bot offers as an example', () => {
    const examples = Object.values(ASK_EXAMPLES).flat();
    expect(examples.filter((each) => !quoted.has(each) || read(each) === null)).toEqual([]);
    for (const [kind, each] of Object.entries(ASK_EXAMPLES)) expect(read(each[0] ?? '')?.ask).toBe(kind);
  });
});
