import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isEmpty } from '../../src/domain/picture-shown.ts';
import type { ProgrammePicture } from '../../src/domain/programme-pictures.ts';
import { NOTHING_TO_SHOW } from '../../src/messages/copy/picture-words.ts';
import { pictureSubtitle, pictureTitle } from '../../src/messages/copy/pictures.ts';
import { AGES, GRID, HEIGHT, PAPER, WIDTH } from '../../src/pictures/look.ts';
import { programmePng, programmeSvg } from '../../src/pictures/programme.ts';
import {
  aFunnel,
  anAgeing,
  anAttendance,
  anyPicture,
  aTrend,
  EMPTY,
  EXTREME,
  USUAL,
} from '../support/programme-pictures.ts';
import {
  type Box,
  barsIn,
  coloursBehind,
  contrast,
  drawnColours,
  type SeenWords,
  wordsIn,
} from '../support/seen-picture.ts';

const ALL = [...USUAL, ...EMPTY, ...EXTREME];
const named = (pictures: readonly ProgrammePicture[]) =>
  pictures.map((picture, at) => [`${picture.kind} ${at}`, picture] as const);

const overlap = (one: Box, other: Box): boolean =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

/** Words that stand in each other's way. */
const inTheWay = (all: readonly SeenWords[]): readonly (readonly string[])[] =>
  all.flatMap((one, at) =>
    all
      .slice(at + 1)
      .filter((other) => overlap(one, other))
      .map((other) => [one.words, other.words]),
  );

const outside = (all: readonly SeenWords[]): readonly string[] =>
  all
    .filter(({ left, top, right, bottom }) => left < 2 || top < 2 || right > WIDTH - 2 || bottom > HEIGHT - 2)
    .map(({ words }) => words);

/** Words that what lies behind them makes hard to read. */
function hardToRead(svg: string): readonly string[] {
  const all = wordsIn(svg);
  const behind = coloursBehind(svg, all);
  return all
    .filter(({ color }, at) => (behind[at] ?? []).some((each) => contrast(color, each) < 4.5))
    .map(({ words }) => words);
}

describe.each(named(ALL))('the picture %s', (_name, picture) => {
  const svg = programmeSvg(picture);
  const all = wordsIn(svg);

  it('is a PNG of its size, small enough for a message, and the same for the same facts', () => {
    const file = Buffer.from(programmePng(picture));
    expect(file.subarray(1, 4).toString('ascii')).toBe('PNG');
    expect([file.readUInt32BE(16), file.readUInt32BE(20)]).toEqual([WIDTH, HEIGHT]);
    expect(file.length).toBeLessThanOrEqual(32_000);
    expect(file.equals(programmePng(picture))).toBe(true);
  });

  it('says above what it is of, and has no words in the way of others or cut off', () => {
    expect(all.map(({ words }) => words)).toEqual(
      expect.arrayContaining([pictureTitle(picture), pictureSubtitle(picture)]),
    );
    expect(inTheWay(all)).toEqual([]);
    expect(outside(all)).toEqual([]);
    expect(all).toHaveLength([...svg.matchAll(/<text\b/gu)].length);
  });

  it('is readable without colours: words of 4.5 to 1, everything else of 3 to 1', () => {
    // The names of the burn-down's curves stand beside them, and are proved by its own test.
    if (picture.kind !== 'burn-down') expect(hardToRead(svg)).toEqual([]);
    const told = [...drawnColours(svg)].filter((colour) => colour !== PAPER && colour !== GRID);
    expect(told.length).toBeGreaterThan(0);
    for (const colour of told) expect([colour, contrast(colour, PAPER) >= 3]).toEqual([colour, true]);
    // Nothing is read from the grid, and only the burn-down has one.
    if (picture.kind !== 'burn-down') expect(drawnColours(svg)).not.toContain(GRID);
  });
});

describe('a picture without anything to show', () => {
  it.each(named(EMPTY))('says so in place of an empty chart: %s', (_name, picture) => {
    const words = wordsIn(programmeSvg(picture)).map((each) => each.words);
    expect(words.toSorted()).toEqual(
      [pictureTitle(picture), pictureSubtitle(picture), NOTHING_TO_SHOW[picture.kind]].toSorted(),
    );
  });
});

describe('any picture', () => {
  it('has no words in the way of others, cut off or hard to read', () => {
    fc.assert(
      fc.property(
        anyPicture.filter(({ kind }) => kind !== 'burn-down'),
        (picture) => {
          const svg = programmeSvg(picture);
          const all = wordsIn(svg);
          expect(inTheWay(all)).toEqual([]);
          expect(outside(all)).toEqual([]);
          expect(hardToRead(svg)).toEqual([]);
          if (isEmpty(picture)) expect(all).toHaveLength(3);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('lets no name become markup', () => {
    const svg = programmeSvg({ ...aFunnel(), component: '</text><script>x</script> & "co"' });
    expect(svg).not.toContain('<script');
  });
});

describe('the parts of bars', () => {
  it('are told apart by pattern, name and paper between them', () => {
    expect(new Set(AGES.map(({ pattern }) => pattern)).size).toBe(AGES.length);
    for (const picture of [anAgeing([[30, 30, 30, 30, 30]]), anAttendance([[4, 60, 30]])]) {
      const bars = barsIn(programmeSvg(picture));
      expect(bars.length).toBe(picture.kind === 'ageing' ? 5 : 2);
      for (const [at, bar] of bars.entries()) {
        const next = bars[at + 1];
        if (next) expect(next.left - bar.right).toBeGreaterThanOrEqual(1);
      }
    }
  });

  it('are as long as what they count', () => {
    const bars = barsIn(programmeSvg(aFunnel([40, 30, 20, 10, 4, 2, 0])));
    const [filed, ...others] = bars.map(({ left, right }) => right - left - 1);
    expect(bars).toHaveLength(6);
    for (const [at, share] of [0.75, 0.5, 0.25, 0.1, 0.05].entries())
      expect(Math.abs((others[at] ?? 0) - (filed ?? 0) * share)).toBeLessThanOrEqual(1.5);
  });

  it('bear their numbers where there is room, and what is older than all is told by its name', () => {
    const words = wordsIn(programmeSvg(anAgeing([[11, 1, 22, 0, 33]]))).map((each) => each.words);
    expect(words).toEqual(expect.arrayContaining(['11', '22', '33', '67', 'More than 40', 'Up to 5']));
  });
});

describe('the trend of satisfaction', () => {
  it('is broken where a quarter has no average, and says each average', () => {
    const svg = programmeSvg(aTrend([3.8, 4.1, null, 4.4, 3.9]));
    expect(wordsIn(svg).map(({ words }) => words)).toEqual(
      expect.arrayContaining(['3.8', '4.1', '4.4', '3.9']),
    );
    const lines = [...svg.matchAll(/<path d="([^"]+)" fill="none"[^>]*stroke="#0550ae"/gu)];
    expect(lines.map(([, d = '']) => [...d.matchAll(/M/gu)].length)).toEqual([2]);
  });
});
