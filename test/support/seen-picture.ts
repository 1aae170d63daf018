/** A picture as it is seen: its points, its words and where they stand, its bars; and contrast as WCAG 2.2 counts it. */
import { Resvg } from '@resvg/resvg-js';
import { SVG_FONT } from '../../src/pictures/chart.ts';

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Words of a picture, their colour, and the points that their letters take. */
export interface SeenWords extends Box {
  readonly words: string;
  readonly color: string;
}

/** Relative luminance and contrast as WCAG 2.2 counts them. */
export function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

const OPENING = /^<svg[^>]*>/u;
const WORDS = /<text\b[^>]*>[^<]*<\/text>/gu;

const unescaped = (words: string): string =>
  words.replace(/&(lt|gt|amp|quot|#39);/gu, (_, name: string) => {
    const known: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' };
    return known[name] ?? "'";
  });

/** Many pictures have words in common, and each look at a font takes its time. */
const known = new Map<string, SeenWords | null>();

/** All words of the picture, as its font draws them. */
export function wordsIn(svg: string): readonly SeenWords[] {
  const opening = OPENING.exec(svg)?.[0] ?? '';
  return [...svg.matchAll(WORDS)].flatMap(([element]) => {
    const seen = known.get(element) ?? seenIn(opening, element);
    known.set(element, seen);
    return seen ? [seen] : [];
  });
}

function seenIn(opening: string, element: string): SeenWords | null {
  const box = new Resvg(`${opening}${element}</svg>`, { font: SVG_FONT }).getBBox();
  const color = /fill="(#[0-9a-f]{6})"/u.exec(element)?.[1];
  if (!box || color === undefined) return null;
  return {
    words: unescaped(/>([^<]*)</u.exec(element)?.[1] ?? ''),
    color,
    left: box.x,
    top: box.y,
    right: box.x + box.width,
    bottom: box.y + box.height,
  };
}

/** The colours of the points inside the box, in the picture without its words. */
export function coloursBehind(svg: string, boxes: readonly Box[]): readonly (readonly string[])[] {
  const { pixels, width, height } = new Resvg(svg.replace(WORDS, ''), { font: SVG_FONT }).render();
  const colourAt = (x: number, y: number): string =>
    `#${pixels.subarray((y * width + x) * 4, (y * width + x) * 4 + 3).toString('hex')}`;
  return boxes.map(({ left, top, right, bottom }) => {
    const found = new Set<string>();
    for (let y = Math.max(0, Math.floor(top)); y < Math.min(height, Math.ceil(bottom)); y += 1)
      for (let x = Math.max(0, Math.floor(left)); x < Math.min(width, Math.ceil(right)); x += 1)
        found.add(colourAt(x, y));
    return [...found];
  });
}

/** Colours that anything but words is drawn in; what can't be seen is left out. */
export function drawnColours(svg: string): ReadonlySet<string> {
  const shapes = svg.replace(WORDS, '').matchAll(/<(?:path|rect|circle)\b[^>]*>/gu);
  const colours = [...shapes].flatMap(([shape]) => {
    const isFilled = !/fill-opacity="0"/u.test(shape);
    const isEdged = !/stroke-width="0"/u.test(shape);
    return [
      ...(isFilled ? (/ fill="(#[0-9a-f]{6}|rgb[^"]*)"/u.exec(shape)?.slice(1) ?? []) : []),
      ...(isEdged ? (/ stroke="(#[0-9a-f]{6}|rgb[^"]*)"/u.exec(shape)?.slice(1) ?? []) : []),
    ];
  });
  return new Set(colours);
}

/** The parts of bars, with their edges; a pattern lies over the part it belongs to. */
export function barsIn(svg: string): readonly Box[] {
  const drawn = svg.matchAll(
    /<path d="M(-?[\d.]+) (-?[\d.]+)l([\d.]+) 0l0 ([\d.]+)l-[\d.]+ 0Z" fill="[^"]+" stroke="[^"]+" ecmeta[^>]*type="chart"/gu,
  );
  return [...drawn].map((found) => {
    const [x = 0, y = 0, width = 0, height = 0] = found.slice(1).map(Number);
    return { left: x - 0.5, top: y - 0.5, right: x + width + 0.5, bottom: y + height + 0.5 };
  });
}
