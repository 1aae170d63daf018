/** The pictures of the programme. The same facts give the same bytes. */
import type { EChartsOption } from 'echarts';
import { isEmpty, shownPart } from '../domain/picture-shown.ts';
import {
  AGE_LIMITS,
  type Ageing,
  type Attendance,
  type Funnel,
  type ProgrammePicture,
} from '../domain/programme-pictures.ts';
import {
  AGE_NAMES,
  FUNNEL_NAMES,
  NOTHING_TO_SHOW,
  PRESENCE_NAMES,
  sayMonth,
  sayPresent,
  sayStep,
  stateName,
} from '../messages/copy/picture-words.ts';
import { pictureSubtitle, pictureTitle } from '../messages/copy/pictures.ts';
import { type Bars, barsOf } from './bars.ts';
import { burnDownSvg } from './burn-down.ts';
import { framed, pngOf, svgOf, words } from './chart.ts';
import { AGES, BAR, HEIGHT, MISSING, WIDTH } from './look.ts';
import { trendOf } from './trend.ts';

/** A PNG of 640 by 360 points. */
export const programmePng = (picture: ProgrammePicture): Uint8Array => pngOf(programmeSvg(picture));

/** The same as SVG, as the chart library draws it. */
export function programmeSvg(picture: ProgrammePicture): string {
  const title = pictureTitle(picture);
  if (picture.kind === 'burn-down' && !isEmpty(picture))
    return burnDownSvg({ kind: 'all', people: picture.people }, picture.facts, title);
  const head = framed(title, pictureSubtitle(picture));
  return svgOf(isEmpty(picture) ? onlyWords(head, picture) : { ...head, ...chartOf(picture) });
}

/** In the place of an empty chart. */
const onlyWords = (head: ReturnType<typeof framed>, { kind }: ProgrammePicture): EChartsOption => ({
  ...head,
  graphic: [
    ...head.graphic,
    {
      type: 'text',
      silent: true,
      x: WIDTH / 2,
      y: HEIGHT / 2,
      style: {
        text: NOTHING_TO_SHOW[kind],
        align: 'center',
        verticalAlign: 'middle',
        fill: words(14).color,
        font: `14px ${words(14).fontFamily}`,
      },
    },
  ],
});

function chartOf(picture: ProgrammePicture): EChartsOption {
  const { picture: shown } = shownPart(picture);
  switch (shown.kind) {
    case 'funnel':
      return barsOf(funnelBars(shown.facts));
    case 'ageing':
      return barsOf(ageingBars(shown.facts));
    case 'attendance':
      return barsOf(attendanceBars(shown.facts));
    case 'satisfaction':
      return trendOf(shown.facts);
    case 'burn-down':
      // Drawn as a curve, or said in words.
      return {};
    default:
      return shown satisfies never;
  }
}

const funnelBars = (funnel: Funnel): Bars => ({
  parts: [{ name: null, look: BAR }],
  rows: funnel.steps.map(({ step, count }, at) => ({
    name: FUNNEL_NAMES[step],
    counts: [count],
    end: sayStep(funnel, at),
  })),
  nameWidth: 178,
  endWidth: 92,
  axis: null,
});

const ageingBars = ({ rows }: Ageing): Bars => ({
  parts: AGES.map((look, at) => ({ name: AGE_NAMES[at] ?? '', look })),
  rows: rows.map(({ state, counts }) => ({
    name: stateName(state),
    counts: counts.slice(0, AGE_LIMITS.length + 1),
    end: String(counts.reduce((sum, count) => sum + count, 0)),
  })),
  nameWidth: 190,
  endWidth: 44,
  axis: 'Engagements',
});

const attendanceBars = ({ months }: Attendance): Bars => ({
  parts: [
    { name: PRESENCE_NAMES.present, look: BAR },
    { name: PRESENCE_NAMES.missing, look: MISSING },
  ],
  rows: months.map((each) => ({
    name: sayMonth(each.month),
    counts: [each.present, Math.max(0, each.invited - each.present)],
    end: sayPresent(each),
  })),
  nameWidth: 132,
  endWidth: 196,
  axis: null,
});
