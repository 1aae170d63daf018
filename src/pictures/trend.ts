/** Averages from quarter to quarter, each with its number; where there is none the line is broken. */
import type { EChartsOption } from 'echarts';
import type { SatisfactionTrend } from '../domain/programme-pictures.ts';
import { TREND_AXES } from '../messages/copy/picture-words.ts';
import { words } from './chart.ts';
import { CURVES, FRAME, PAPER } from './look.ts';

/** The scores of a survey. */
const LOWEST = 1;
const HIGHEST = 5;

/** The chart of the trend, without a title. */
export function trendOf({ quarters }: SatisfactionTrend): EChartsOption {
  const { color, marker, width } = CURVES.open;
  const averages = quarters.map(({ average }) => average);
  const axis = {
    nameLocation: 'middle' as const,
    nameTextStyle: words(12),
    axisLine: { show: true, lineStyle: { color: FRAME } },
    axisTick: { show: true, lineStyle: { color: FRAME } },
    splitLine: { show: false },
  };
  return {
    grid: { left: 54, right: 24, top: 86, bottom: 66 },
    xAxis: {
      ...axis,
      type: 'category',
      data: quarters.map(({ quarter, answers }) => `${quarter}\n${answers}`),
      name: TREND_AXES.quarters,
      nameGap: 42,
      axisLabel: { ...words(12), interval: 0, lineHeight: 16 },
    },
    yAxis: {
      ...axis,
      type: 'value',
      min: LOWEST,
      max: HIGHEST,
      interval: 1,
      name: TREND_AXES.averages,
      nameGap: 28,
      axisLabel: words(12),
    },
    series: {
      type: 'line',
      silent: true,
      symbol: marker,
      symbolSize: 9,
      showAllSymbol: true,
      connectNulls: false,
      lineStyle: { color, width },
      itemStyle: { color },
      label: {
        show: true,
        distance: 7,
        ...words(12),
        backgroundColor: PAPER,
        padding: [1, 3],
      },
      data: quarters.map(({ average }, at) =>
        average === null
          ? '-'
          : { value: average, label: { formatter: average.toFixed(1), position: sideOf(averages, at) } },
      ),
    },
  };
}

/** Under it a number would stand in the axis. */
const TOO_LOW = 1.5;

/** Under a point from which the line only rises, over any other: there the line is not in the way. */
function sideOf(averages: readonly (number | null)[], at: number): 'top' | 'bottom' {
  const own = averages[at] ?? LOWEST;
  const beside = [averages[at - 1], averages[at + 1]].flatMap((each) => each ?? []);
  const isValley = beside.length > 0 && beside.every((each) => each > own);
  return isValley && own >= TOO_LOW ? 'bottom' : 'top';
}
