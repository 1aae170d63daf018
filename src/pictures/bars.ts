/** Bars from left to right, one below the other: of one part or of several, each part with its number where there is room for it. */
import type { BarSeriesOption, EChartsOption } from 'echarts';
import { words } from './chart.ts';
import { BAR, type FillLook, FRAME, HEIGHT, PAPER, WIDTH } from './look.ts';

export interface Bars {
  /** What the bars are made of, from left to right; without a name they need no explanation. */
  readonly parts: readonly { readonly name: string | null; readonly look: FillLook }[];
  /** From top to bottom; as many counts as there are parts, and the words behind the bar. */
  readonly rows: readonly BarRow[];
  /** Points for the names in front of the bars, and for the words behind them. */
  readonly nameWidth: number;
  readonly endWidth: number;
  /** What the numbers below the bars count; null: the words behind them say it all. */
  readonly axis: string | null;
}

interface BarRow {
  readonly name: string;
  readonly counts: readonly number[];
  readonly end: string;
}

/** Above the bars: the title, what is counted, and what the patterns mean. */
const HEAD = 60;
const HEAD_WITH_LEGEND = 82;
const FOOT = 14;
const FOOT_WITH_AXIS = 42;
const THICKEST = 24;
/** Points between bars. */
const BETWEEN = 3;
/** From here on rows are as high as words of the ordinary size need. */
const ROOMY = 17;

/** The chart of these bars, without a title. */
export function barsOf(bars: Bars): EChartsOption {
  const { parts, rows, axis } = bars;
  const hasLegend = parts.some(({ name }) => name !== null);
  const top = hasLegend ? HEAD_WITH_LEGEND : HEAD;
  const bottom = axis === null ? FOOT : FOOT_WITH_AXIS;
  const height = (HEIGHT - top - bottom) / Math.max(1, rows.length);
  const size = height < ROOMY ? 11 : 12;
  const most = Math.max(1, ...rows.map(({ counts }) => sum(counts)));
  const interval = roundInterval(most);
  return {
    ...(hasLegend ? { legend: legendOf() } : {}),
    grid: { left: bars.nameWidth, right: bars.endWidth, top, bottom },
    xAxis: {
      type: 'value',
      show: axis !== null,
      min: 0,
      max: most,
      interval,
      name: axis ?? '',
      nameLocation: 'middle',
      nameGap: 24,
      nameTextStyle: words(12),
      // What is no round number has none below it: it might stand in the way of the one before.
      axisLabel: { ...words(11), showMaxLabel: most % interval === 0 },
      axisLine: { show: true, lineStyle: { color: FRAME } },
      axisTick: { show: true, lineStyle: { color: FRAME } },
      splitLine: { show: false },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: rows.map(({ name }) => name),
      axisLabel: { ...words(size), interval: 0, margin: 8 },
      axisLine: { show: true, lineStyle: { color: FRAME } },
      axisTick: { show: false },
    },
    series: [
      ...parts.flatMap((_, at) => partOf(at, bars, { height, perCount: plotWidth(bars) / most })),
      endOf(rows, size),
    ],
  };
}

/** Numbers along the axis at most, besides 0. */
const MOST_NUMBERS = 6;

/** How far apart round numbers stand, so that there are few of them: 1, 2, 5, 10, 20 and so on. */
function roundInterval(longest: number): number {
  const power = 10 ** Math.floor(Math.log10(longest / MOST_NUMBERS));
  const interval = [1, 2, 5, 10].map((each) => each * power).find((each) => longest / each <= MOST_NUMBERS);
  return Math.max(1, interval ?? longest);
}

const sum = (counts: readonly number[]): number => counts.reduce((total, each) => total + each, 0);

const plotWidth = ({ nameWidth, endWidth }: Bars): number => WIDTH - nameWidth - endWidth;

const legendOf = () => ({
  left: 12,
  top: 54,
  icon: 'rect',
  itemWidth: 30,
  itemHeight: 14,
  itemGap: 16,
  selectedMode: false as const,
  textStyle: words(12),
});

interface Sizes {
  /** Points of a row, and for each that is counted. */
  readonly height: number;
  readonly perCount: number;
}

const NUMBER_SIZE = 11;
/** Points that a number in a part takes: each digit, and around it. */
const DIGIT = 7;
const AROUND = 12;

/** Paper between parts, in points; of a part that is narrower than three of it, a third. */
const GAP = 2;

/** One part of all bars, and the paper behind it: together as long as what is counted. */
function partOf(at: number, { parts, rows }: Bars, { height, perCount }: Sizes): BarSeriesOption[] {
  const { name = null, look = BAR } = parts[at] ?? {};
  const counts = rows.map((row) => row.counts[at] ?? 0);
  const gapOf = (count: number): number => (parts.length === 1 ? 0 : Math.min(GAP / perCount, count / 3));
  const size = Math.min(NUMBER_SIZE, height - BETWEEN - 1);
  const bar = {
    type: 'bar',
    stack: 'all',
    silent: true,
    barWidth: Math.min(THICKEST, height - BETWEEN),
  } as const;
  return [
    {
      ...bar,
      ...(name === null ? {} : { name }),
      itemStyle: fillOf(look),
      data: counts.map((count) => {
        // Nothing has no edge either.
        if (count === 0) return { value: '-' };
        const isNumbered = parts.length > 1 && count * perCount >= String(count).length * DIGIT + AROUND;
        return { value: count - gapOf(count), label: isNumbered ? numberOf(count, size) : NO_LABEL };
      }),
    },
    { ...bar, itemStyle: { color: PAPER }, data: counts.map((count) => (count === 0 ? '-' : gapOf(count))) },
  ];
}

const NO_LABEL = { show: false };

/** On paper of its own, so that no pattern runs through it. */
const numberOf = (count: number, size: number) => ({
  show: true,
  formatter: String(count),
  position: 'inside' as const,
  ...words(size),
  lineHeight: size,
  backgroundColor: PAPER,
  padding: [0, 3] as [number, number],
});

function fillOf({ color, pattern }: FillLook): NonNullable<BarSeriesOption['itemStyle']> {
  const edge = { borderColor: color, borderWidth: 1 };
  switch (pattern) {
    case 'none':
      return { ...edge, color: PAPER };
    case 'full':
      return { ...edge, color };
    case 'dots':
      return {
        ...edge,
        color: PAPER,
        decal: {
          ...inked(color),
          symbol: 'circle',
          symbolSize: 0.7,
          dashArrayX: [
            [0, 5],
            [2.5, 2.5],
          ],
          dashArrayY: [3, 0],
        },
      };
    case 'stripes':
      return {
        ...edge,
        color: PAPER,
        decal: {
          ...inked(color),
          symbol: 'rect',
          rotation: -Math.PI / 4,
          dashArrayX: [1, 0],
          dashArrayY: [1.6, 4],
        },
      };
    case 'checks':
      return {
        ...edge,
        color: PAPER,
        decal: {
          ...inked(color),
          symbol: 'rect',
          symbolSize: 1,
          dashArrayX: [
            [3, 3],
            [0, 3, 3, 0],
          ],
          dashArrayY: [3, 0],
        },
      };
    default:
      return pattern satisfies never;
  }
}

const inked = (color: string) => ({ color, backgroundColor: PAPER });

/** The words behind each bar, which begin where it ends. */
const endOf = (rows: readonly BarRow[], size: number): BarSeriesOption => ({
  type: 'bar',
  stack: 'all',
  silent: true,
  itemStyle: { color: PAPER },
  data: rows.map(({ end }) => ({
    value: 0,
    label: { show: true, position: 'right', distance: 6, formatter: () => end, ...words(size) },
  })),
});
