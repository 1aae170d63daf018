import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isEmpty, shownPart } from '../../src/domain/picture-shown.ts';
import type { ProgrammePicture } from '../../src/domain/programme-pictures.ts';
import { toldDays } from '../../src/messages/copy/burn-down.ts';
import { AGE_NAMES, NOTHING_TO_SHOW } from '../../src/messages/copy/picture-words.ts';
import { pictureAltText, pictureLines, pictureRows, pictureTitle } from '../../src/messages/copy/pictures.ts';
import { pictureMessage } from '../../src/messages/copy/pictures-message.ts';
import { plainText } from '../../src/messages/plain-text.ts';
import {
  aBurnDownOfAll,
  aFunnel,
  anAgeing,
  anAttendance,
  anyPicture,
  aTrend,
  EMPTY,
  EXTREME,
  USUAL,
} from '../support/programme-pictures.ts';

/** Every number of the facts that the picture shows, as it must be said. */
function numbersOf(picture: ProgrammePicture): readonly string[] {
  if (isEmpty(picture)) return [];
  const { picture: shown } = shownPart(picture);
  switch (shown.kind) {
    case 'funnel':
      return shown.facts.steps.map(({ count }) => String(count));
    case 'burn-down':
      return toldDays(shown.facts).flatMap(({ day, open, planned, forecast }) =>
        [day, planned, open ?? forecast].flatMap((each) => (each === null ? [] : [String(each)])),
      );
    case 'ageing':
      return shown.facts.rows.flatMap(({ counts }) => counts.map(String));
    case 'satisfaction':
      return shown.facts.quarters.flatMap(({ quarter, average, answers }) => [
        ...quarter.split(' Q'),
        ...(average === null ? [] : average.toFixed(1).split('.')),
        ...(answers === 0 ? [] : [String(answers)]),
      ]);
    case 'attendance':
      return shown.facts.months.flatMap(({ meetings, invited, present }) =>
        meetings === 0 ? [] : [meetings, invited, present].map(String),
      );
    default:
      return shown satisfies never;
  }
}

/** How often each number stands in a text. */
function countsOf(numbers: Iterable<string>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const each of numbers) counts.set(each, (counts.get(each) ?? 0) + 1);
  return counts;
}

function expectAllSaid(picture: ProgrammePicture, words: string): void {
  const said = countsOf(words.match(/\d+/gu) ?? []);
  for (const [number, times] of countsOf(numbersOf(picture)))
    expect([number, (said.get(number) ?? 0) >= times, words]).toEqual([number, true, words]);
}

describe('the alternative text of a picture', () => {
  it('says what the picture is of, and every number in it', () => {
    expect(pictureAltText(aFunnel([20, 18, 12, 11, 7, 3, 0]))).toBe(
      'Funnel: how far requests came. Requests filed from October 1, 2026 to December 31, 2026. ' +
        'Request filed: 20. Accepted: 18 (90%). Kickoff held: 12 (60%). Request Form completed: 11 (55%). ' +
        'Service ISSO identified: 7 (35%). Onboarding begun: 3 (15%). Service ISSO at work: 0 (0%).',
    );
    expect(pictureAltText(anAgeing([[3, 0, 2, 1, 5]]))).toBe(
      'Ageing: how long engagements have been in their state. In business days, as of December 31, 2026. ' +
        'Counts for up to 5, 6 to 10, 11 to 20, 21 to 40, more than 40 days. Draft: 3, 0, 2, 1, 5.',
    );
    expect(pictureAltText(aTrend([4, null]))).toBe(
      'Satisfaction of Business Owners by quarter. Averages of groups of answers, from 1 (lowest) to 5 (highest). ' +
        '2025 Q1: 4.0 from 6 answers. 2025 Q2: no average.',
    );
    expect(
      pictureAltText(
        anAttendance([
          [4, 30, 24],
          [0, 0, 0],
          [1, 1, 1],
        ]),
      ),
    ).toBe(
      'Attendance at meetings by month. How many of those invited were present. ' +
        'January 2026: 24 of 30 at 4 meetings. February 2026: no meetings. March 2026: 1 of 1 at 1 meeting.',
    );
    expect(pictureAltText(aBurnDownOfAll())).toMatch(
      /^Burn-down of the programme: 3 people in onboarding\. Days count from the day 0 of each\. Forecast: /u,
    );
  });

  it('names the component and the offering it is of, and how much is left out', () => {
    const ofOit = { ...anAgeing(), component: 'OIT', offering: 'ISSO As A Service' };
    expect(pictureAltText(ofOit)).toMatch(
      /^Ageing: how long engagements have been in their state, OIT\. ISSO As A Service\. In business days/u,
    );
    expect(pictureTitle({ ...aBurnDownOfAll(), component: 'OTHER' })).toMatch(/, other components$/u);
    expect(pictureAltText({ ...aBurnDownOfAll(), component: 'OIT' })).toContain('in onboarding, OIT. Days');
    const years = anAttendance(Array.from({ length: 13 }, () => [1, 5, 5] as const));
    expect(pictureAltText(years)).toContain('1 older month is left out.');
    expect(pictureAltText(years)).not.toContain('January 2026');
  });

  it.each(EMPTY.map((picture) => [picture.kind, picture] as const))(
    'says that there is nothing: %s',
    (kind, picture) => {
      expect(pictureAltText(picture)).toContain(NOTHING_TO_SHOW[kind]);
      expect(pictureRows(picture).rows).toEqual([]);
    },
  );

  it.each([...USUAL, ...EXTREME].map((picture, at) => [`${picture.kind} ${at}`, picture] as const))(
    'has every number of the facts, and fits the platforms: %s',
    (_name, picture) => {
      expectAllSaid(picture, pictureAltText(picture));
      expect(pictureAltText(picture).length).toBeLessThanOrEqual(1_000);
    },
  );

  it('has every number of any facts, and fits the platforms', () => {
    fc.assert(
      fc.property(anyPicture, (picture) => {
        expectAllSaid(picture, pictureAltText(picture));
        expect(pictureAltText(picture).length).toBeLessThanOrEqual(1_000);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the table of a picture', () => {
  it('has the same numbers in as many columns as there are heads', () => {
    fc.assert(
      fc.property(anyPicture, (picture) => {
        const { heads, rows } = pictureRows(picture);
        for (const row of rows) expect(row).toHaveLength(heads.length);
        expect(new Set(heads).size).toBe(heads.length);
        expectAllSaid(picture, rows.map((row) => row.join(' ')).join(' '));
      }),
      { numRuns: 200 },
    );
  });

  it('says what its rows are of, and shares where there is something to have a share of', () => {
    expect(pictureRows(aFunnel([4, 3])).rows.slice(0, 2)).toEqual([
      ['Request filed', '4', '100%'],
      ['Accepted', '3', '75%'],
    ]);
    expect(pictureRows(anAgeing([[1, 0, 2, 0, 0]]))).toEqual({
      heads: ['State', ...AGE_NAMES.map((name) => `${name} days`), 'All'],
      rows: [['Draft', '1', '0', '2', '0', '0', '3']],
    });
    expect(
      pictureRows(
        anAttendance([
          [1, 4, 3],
          [0, 0, 0],
        ]),
      ).rows,
    ).toEqual([
      ['January 2026', '1', '4', '3', '75%'],
      ['February 2026', '0', '0', '0', 'None'],
    ]);
    expect(pictureRows(aTrend([4.25, null])).rows.at(-1)).toEqual(['2025 Q2', 'None', '0']);
    expect(pictureRows(aBurnDownOfAll()).rows[0]).toEqual(['Day 0', '66', '66', 'Past']);
  });
});

describe('the message of a picture', () => {
  it('says all of it in words, with the way to the others', () => {
    const words = plainText(pictureMessage(aFunnel(), { isDrawn: true, isLeftAside: false }), {
      timeZone: 'America/New_York',
    });
    for (const each of pictureLines(aFunnel())) expect(words).toContain(each);
    expect(words).toContain('The picture comes in a message of its own.');
    expect(words).toContain('pictures');
    expect(words).not.toContain('makes no difference');
  });
});
