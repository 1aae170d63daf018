/** How pictures look. They bring their own paper, so that they read the same in a light and in a dark conversation. */

export const WIDTH = 640;
export const HEIGHT = 360;
/** The family in the font file that pictures are drawn with; fonts of the machine are left alone. */
export const FONT = 'DejaVu Sans';

export const PAPER = '#ffffff';
/** Words. */
export const INK = '#1f2328';
/** Axes, frame and marks. */
export const FRAME = '#57606a';
/** Behind everything, for the eye only: nothing is read from it. */
export const GRID = '#d8dee4';

export interface CurveLook {
  readonly color: string;
  readonly dash: 'solid' | 'dashed' | 'dotted';
  readonly marker: 'rect' | 'circle' | 'triangle';
  readonly width: number;
}

/** Told apart by dash, marker and name; colour only helps. */
export const CURVES = {
  planned: { color: '#57606a', dash: 'dashed', marker: 'rect', width: 2 },
  open: { color: '#0550ae', dash: 'solid', marker: 'circle', width: 3 },
  forecast: { color: '#9a3412', dash: 'dotted', marker: 'triangle', width: 3 },
} as const satisfies Record<string, CurveLook>;

/** How a part of a bar is filled: paper, a pattern on paper, or all of it. The edge has the colour of the pattern. */
export interface FillLook {
  readonly color: string;
  readonly pattern: 'none' | 'dots' | 'stripes' | 'checks' | 'full';
}

/** The older, the darker: told apart by pattern and place; colour only helps. As many as there are ages. */
export const AGES = [
  { color: '#0550ae', pattern: 'none' },
  { color: '#0550ae', pattern: 'dots' },
  { color: '#0550ae', pattern: 'stripes' },
  { color: '#0550ae', pattern: 'checks' },
  { color: '#9a3412', pattern: 'full' },
] as const satisfies readonly FillLook[];

/** A bar that stands alone, and what is missing of a whole. */
export const BAR = { color: '#0550ae', pattern: 'full' } as const satisfies FillLook;
export const MISSING = { color: '#0550ae', pattern: 'none' } as const satisfies FillLook;
