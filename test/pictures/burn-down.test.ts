import { crc32, inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { BurnDown } from '../../src/domain/burn-down.ts';
import type { BurnDownOf } from '../../src/messages/copy/burn-down.ts';
import { burnDownPng, burnDownSvg } from '../../src/pictures/burn-down.ts';
import { labelOf } from '../../src/pictures/curve-labels.ts';
import { CURVES, FRAME, HEIGHT, INK, PAPER, WIDTH } from '../../src/pictures/look.ts';
import { png } from '../../src/pictures/png.ts';
import { aBurnDown } from '../support/a-burn-down.ts';
import { contrast } from '../support/seen-picture.ts';

const INES: BurnDownOf = { kind: 'one', number: 'ISSO-2026-0042', name: 'Ines Sorensen' };

/** The picture read back: size, and the colour of each point. */
function read(file: Uint8Array) {
  const bytes = Buffer.from(file);
  expect(bytes.subarray(1, 4).toString('ascii')).toBe('PNG');
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const body = bytes.subarray(at + 4, at + 8 + length);
    expect(bytes.readUInt32BE(at + 8 + length)).toBe(crc32(body));
    chunks.set(body.subarray(0, 4).toString('ascii'), body.subarray(4));
    at += length + 12;
  }
  expect([...chunks.keys()]).toEqual(['IHDR', 'PLTE', 'IDAT', 'IEND']);
  const width = chunks.get('IHDR')?.readUInt32BE(0) ?? 0;
  const height = chunks.get('IHDR')?.readUInt32BE(4) ?? 0;
  const palette = chunks.get('PLTE') ?? Buffer.alloc(0);
  const rows = inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0));
  expect(rows).toHaveLength((width + 1) * height);
  const colourAt = (x: number, y: number): string => {
    const place = (rows[y * (width + 1) + 1 + x] ?? 0) * 3;
    return `#${palette.subarray(place, place + 3).toString('hex')}`;
  };
  return { width, height, colours: palette.length / 3, colourAt };
}

/** How many points the curve of that colour goes through, and how many markers stand on it. */
function curveIn(svg: string, colour: string) {
  const drawn = [...svg.matchAll(/<path d="([^"]+)"[^>]*>/gu)].map(([whole, d = '']) => ({ whole, d }));
  const curves = drawn.filter(
    ({ whole, d }) => whole.includes(`stroke="${colour}"`) && whole.includes('fill="none"') && d.length > 60,
  );
  return {
    points: Math.max(0, ...curves.map(({ d }) => [...d.matchAll(/[ML]/gu)].length)),
    dash: /stroke-dasharray="([^"]+)"/u.exec(curves[0]?.whole ?? '')?.[1] ?? 'solid',
    markers: drawn.filter(({ whole }) => whole.includes(`fill="${colour}"`) && !whole.includes('matrix(0,'))
      .length,
  };
}

describe('the picture of a burn-down', () => {
  it('is a PNG of its size on paper of its own, small enough for a message', () => {
    const file = burnDownPng(INES, aBurnDown());
    const picture = read(file);
    expect(picture).toMatchObject({ width: WIDTH, height: HEIGHT });
    expect(picture.colourAt(5, 5)).toBe(PAPER);
    expect(picture.colours).toBeLessThanOrEqual(256);
    expect(file.length).toBeLessThanOrEqual(18_000);
  });

  it('has the same bytes for the same facts, and others for others', () => {
    const file = Buffer.from(burnDownPng(INES, aBurnDown()));
    expect(file.equals(burnDownPng(INES, aBurnDown()))).toBe(true);
    expect(file.equals(burnDownPng(INES, aBurnDown({ today: 24 })))).toBe(false);
  });

  it('goes through every day that has a value, with a marker each week', () => {
    const svg = burnDownSvg(INES, aBurnDown());
    const { planned, open, forecast } = CURVES;
    // One marker more stands in the legend.
    expect(curveIn(svg, open.color)).toMatchObject({ points: 24, markers: 4 + 1 });
    expect(curveIn(svg, forecast.color)).toMatchObject({ points: 41, markers: 6 + 1 });
    expect(curveIn(svg, planned.color)).toMatchObject({ points: 64, markers: 10 + 1 });
  });

  it('tells the curves apart without colour: by dash, marker and name', () => {
    const svg = burnDownSvg(INES, aBurnDown());
    const dashes = Object.values(CURVES).map(({ color }) => curveIn(svg, color).dash);
    expect(new Set(dashes).size).toBe(3);
    expect(new Set(Object.values(CURVES).map(({ marker }) => marker)).size).toBe(3);
    // In the legend and beside the curve.
    for (const name of ['Plan', 'Open', 'Forecast'])
      expect([name, [...svg.matchAll(new RegExp(`>${name}</text>`, 'gu'))].length]).toEqual([name, 2]);
  });

  it('says in words whose it is, where it stands, today and the goal', () => {
    const svg = burnDownSvg(INES, aBurnDown());
    for (const words of [
      'Burn-down: Ines Sorensen, ISSO-2026-0042',
      'Day 23: 17 of 22 lines open, 14 by plan.',
      'Today: day 23',
      'Goal: day 60',
      'Days after day 0',
      'Open lines',
    ])
      expect(svg).toContain(`>${words}</text>`);
  });

  it('lets no name become markup', () => {
    const svg = burnDownSvg({ ...INES, name: '</text><script>x</script> & "co"' }, aBurnDown());
    expect(svg).not.toContain('<script');
    expect(() => burnDownPng({ ...INES, name: '</text>' }, aBurnDown())).not.toThrow();
  });

  it.each<[string, BurnDown]>([
    ['before the first day', aBurnDown({ today: -1 })],
    ['on the first day', aBurnDown({ today: 0 })],
    ['of one day', aBurnDown({ length: 1, today: 0 })],
    ['of nothing to do', aBurnDown({ needed: 0 })],
    ['of a year', aBurnDown({ length: 366, today: 300 })],
    ['that has ended', aBurnDown({ today: 400 })],
  ])('is drawn %s', (_name, burnDown) => {
    expect(read(burnDownPng(INES, burnDown)).width).toBe(WIDTH);
  });
});

describe('the look of pictures', () => {
  it('has words of 4.5 to 1 and lines of 3 to 1 against the paper', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
    expect(contrast(INK, PAPER)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(FRAME, PAPER)).toBeGreaterThanOrEqual(3);
    // Curves bear their names in their own colour.
    for (const { color } of Object.values(CURVES)) expect(contrast(color, PAPER)).toBeGreaterThanOrEqual(4.5);
  });
});

describe('the name of a curve', () => {
  const anywhere = () => true;

  it('stands where the curve is furthest from the others, on the free side', () => {
    expect(labelOf([5, 5, 5], [[4, 1, 4]], anywhere)).toEqual({ at: 1, side: 'top' });
    expect(labelOf([5, 5, 5], [[6, 6, 9]], anywhere)).toEqual({ at: 2, side: 'bottom' });
    expect(labelOf([5, null, 5], [[9, 9, null]], anywhere)).toEqual({ at: 2, side: 'top' });
  });

  it('stands nowhere where there is no room', () => {
    expect(labelOf([5, 5], [], () => false)).toBeNull();
    expect(labelOf([null, null], [[1, 1]], anywhere)).toBeNull();
    expect(labelOf([5, 6], [], (at) => at === 1)).toEqual({ at: 1, side: 'top' });
  });
});

describe('a PNG of few colours', () => {
  it('keeps every point: white stays white, shades fall to their neighbours', () => {
    const pixels = Uint8Array.from([255, 255, 255, 255, 0, 0, 0, 255, 250, 2, 130, 255, 5, 80, 174, 255]);
    const { width, height, colourAt } = read(png({ width: 2, height: 2, pixels }));
    expect([width, height]).toEqual([2, 2]);
    expect([colourAt(0, 0), colourAt(1, 0), colourAt(0, 1)]).toEqual(['#ffffff', '#000000', '#f70084']);
  });

  it('takes fewer shades when there are too many', () => {
    const side = 64;
    const pixels = new Uint8Array(side * side * 4);
    for (let at = 0; at < side * side; at += 1)
      pixels.set([at % 256, (at * 7) % 256, (at * 13) % 256, 255], at * 4);
    expect(read(png({ width: side, height: side, pixels })).colours).toBeLessThanOrEqual(256);
  });
});
