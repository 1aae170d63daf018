/** The burn-down as a picture. The same facts give the same bytes. */
import type { EChartsOption, LineSeriesOption } from 'echarts';
import type { BurnDown } from '../domain/burn-down.ts';
import { ONBOARDING_GOAL_DAYS } from '../domain/onboarding.ts';
import {
  BURN_DOWN_NAMES,
  type BurnDownOf,
  burnDownSubtitle,
  burnDownTitle,
  lastKnown,
} from '../messages/copy/burn-down.ts';
import { framed, pngOf, svgOf, words } from './chart.ts';
import { type Curve, labelOf } from './curve-labels.ts';
import { CURVES, FRAME, GRID } from './look.ts';

type Kind = keyof typeof CURVES;
const KINDS = ['planned', 'open', 'forecast'] as const satisfies readonly Kind[];

/** Markers stand a week apart. */
const WEEK = 7;
const MOST_WEEKS = 12;
/** Days to either side that a name takes. */
const NAME_DAYS = 5;

/** A PNG of 640 by 360 points. */
export const burnDownPng = (of: BurnDownOf, burnDown: BurnDown): Uint8Array =>
  pngOf(burnDownSvg(of, burnDown));

/** The same as SVG, as the chart library draws it; `title` takes the place of the ordinary one. */
export const burnDownSvg = (of: BurnDownOf, burnDown: BurnDown, title = burnDownTitle(of)): string =>
  svgOf(optionOf(of, burnDown, title));

function optionOf(of: BurnDownOf, burnDown: BurnDown, title: string): EChartsOption {
  const last = burnDown.days.at(-1)?.day ?? 0;
  const interval = WEEK * Math.max(1, Math.ceil(last / WEEK / MOST_WEEKS));
  const axis = {
    type: 'value' as const,
    min: 0,
    nameLocation: 'middle' as const,
    nameTextStyle: words(12),
    axisLabel: words(12),
    axisLine: { show: true, lineStyle: { color: FRAME } },
    axisTick: { show: true, lineStyle: { color: FRAME } },
  };
  return {
    ...framed(title, burnDownSubtitle(of, burnDown)),
    legend: { left: 12, top: 54, itemWidth: 46, itemGap: 18, selectedMode: false, textStyle: words(12) },
    grid: { left: 54, right: 22, top: 106, bottom: 48 },
    xAxis: {
      ...axis,
      max: interval * Math.max(1, Math.ceil(last / interval)),
      interval,
      name: 'Days after day 0',
      nameGap: 26,
      splitLine: { show: false },
    },
    yAxis: {
      ...axis,
      minInterval: 1,
      name: 'Open lines',
      nameGap: 34,
      splitLine: { lineStyle: { color: GRID } },
    },
    series: KINDS.map((kind) => seriesOf(kind, of, burnDown)),
  };
}

const curveOf = (kind: Kind, { days }: BurnDown): Curve => days.map((each) => each[kind]);

function seriesOf(kind: Kind, of: BurnDownOf, burnDown: BurnDown): LineSeriesOption {
  const { color, dash, marker, width } = CURVES[kind];
  const curve = curveOf(kind, burnDown);
  const others = KINDS.filter((each) => each !== kind).map((each) => curveOf(each, burnDown));
  const label = labelOf(curve, others, (at) => isFree(at, burnDown));
  const name = BURN_DOWN_NAMES[kind];
  return {
    name,
    type: 'line',
    silent: true,
    data: burnDown.days.flatMap(({ day }, index) => {
      const value = curve[index] ?? null;
      if (value === null) return [];
      const isNamed = label?.at === index;
      return [
        {
          value: [day, value],
          symbol: isNamed || day % WEEK === 0 ? marker : 'none',
          symbolSize: day % WEEK === 0 ? 8 : 0,
          ...(isNamed
            ? {
                label: {
                  show: true,
                  ...SIDES[label.side],
                  formatter: name,
                  ...words(12),
                  color,
                },
              }
            : {}),
        },
      ];
    }),
    symbol: marker,
    showAllSymbol: true,
    lineStyle: { color, width, type: dash },
    itemStyle: { color },
    ...(kind === 'open' ? { markLine: marksOf(of, burnDown) } : {}),
  };
}

/** A curve goes down from left to right: the free side above it is to the right, the one below it to the left. */
const SIDES = {
  top: { position: 'right' as const, offset: [-2, -9] },
  bottom: { position: 'left' as const, offset: [2, 9] },
};

/** Names keep away from the edges and from what is marked. */
function isFree(at: number, burnDown: BurnDown): boolean {
  const day = burnDown.days[at]?.day ?? 0;
  const taken = [0, lastKnown(burnDown)?.day ?? 0, ONBOARDING_GOAL_DAYS, burnDown.days.at(-1)?.day ?? 0];
  return taken.every((each) => Math.abs(day - each) > NAME_DAYS);
}

/** Days that the words of a mark take. */
const MARK_DAYS = 20;

/** Today and the goal; where they are near each other, one above the other. */
function marksOf(of: BurnDownOf, burnDown: BurnDown): NonNullable<LineSeriesOption['markLine']> {
  const today = lastKnown(burnDown)?.day;
  const isNear = today !== undefined && Math.abs(today - ONBOARDING_GOAL_DAYS) < MARK_DAYS;
  const mark = (name: string, day: number, label: object) => ({
    name: `${name}: day ${day}`,
    xAxis: day,
    label,
  });
  return {
    silent: true,
    symbol: 'none',
    label: { ...words(12), formatter: '{b}', position: 'end' },
    lineStyle: { color: FRAME, type: 'solid', width: 1 },
    data: [
      ...(today === undefined
        ? []
        : [
            mark(of.kind === 'one' ? 'Today' : 'Known of all', today, {
              align: today < MARK_DAYS ? 'left' : 'right',
              distance: isNear ? 19 : 5,
            }),
          ]),
      mark('Goal', ONBOARDING_GOAL_DAYS, { align: 'right' }),
    ],
  };
}
