/** What all pictures have in common: how the chart library and the drawer of SVG are used, paper, frame, title and words. */
import { createRequire } from 'node:module';
import { Resvg } from '@resvg/resvg-js';
import { type EChartsOption, init } from 'echarts';
import { FONT, FRAME, HEIGHT, INK, PAPER, WIDTH } from './look.ts';
import { png } from './png.ts';

const FONT_FILE = createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf');

/** How SVG is drawn: with the font of the pictures alone. */
export const SVG_FONT = { fontFiles: [FONT_FILE], loadSystemFonts: false, defaultFontFamily: FONT };

/** SVG of 640 by 360 points, as the chart library draws it. */
export function svgOf(option: EChartsOption): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: HEIGHT });
  try {
    chart.setOption(option);
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}

/** The SVG as a PNG. */
export const pngOf = (svg: string): Uint8Array => png(new Resvg(svg, { font: SVG_FONT }).render());

/** How words look. */
export const words = (fontSize: number) => ({
  fontFamily: FONT,
  fontSize,
  fontWeight: 'normal' as const,
  color: INK,
});

/** A picture on its own paper, with a frame, and over it the title and what is counted. */
export const framed = (title: string, subtitle: string) => ({
  animation: false,
  backgroundColor: PAPER,
  textStyle: words(12),
  title: {
    text: title,
    subtext: subtitle,
    left: 14,
    top: 8,
    itemGap: 6,
    textStyle: { ...words(15), width: WIDTH - 28, overflow: 'truncate' as const },
    subtextStyle: { ...words(12), width: WIDTH - 28, overflow: 'truncate' as const },
  },
  graphic: [
    {
      type: 'rect' as const,
      silent: true,
      shape: { x: 0.5, y: 0.5, width: WIDTH - 1, height: HEIGHT - 1 },
      style: { fill: 'none', stroke: FRAME, lineWidth: 1 },
    },
  ],
});
