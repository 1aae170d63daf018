/** The pictures of the programme in words: their titles, the same numbers as a table, and for whoever can't see them. */
import { isEmpty, shownPart } from '../../domain/picture-shown.ts';
import type { PictureKind, ProgrammePicture } from '../../domain/programme-pictures.ts';
import {
  burnDownAltText,
  burnDownSubtitle,
  burnDownTitle,
  forecastEnd,
  toldDay,
  toldDays,
} from './burn-down.ts';
import {
  AGE_NAMES,
  FUNNEL_NAMES,
  NOTHING_TO_SHOW,
  sayAverage,
  sayDay,
  sayMonth,
  sayPresent,
  sayShare,
  sayStep,
  stateName,
} from './picture-words.ts';

const TITLES: Readonly<Record<Exclude<PictureKind, 'burn-down'>, string>> = {
  funnel: 'Funnel: how far requests came',
  ageing: 'Ageing: how long engagements have been in their state',
  satisfaction: 'Satisfaction of Business Owners by quarter',
  attendance: 'Attendance at meetings by month',
};

/** Over the picture, and first in its alternative text. */
export function pictureTitle(picture: ProgrammePicture): string {
  const title =
    picture.kind === 'burn-down'
      ? burnDownTitle({ kind: 'all', people: picture.people })
      : TITLES[picture.kind];
  const component = picture.component ?? null;
  return component === null ? title : `${title}, ${component === 'OTHER' ? 'other components' : component}`;
}

/** Under the title: of which offering, what is counted, and how much of it is left out. */
export const pictureSubtitle = (picture: ProgrammePicture): string =>
  picture.offering ? `${picture.offering}. ${countedIn(picture)}` : countedIn(picture);

function countedIn(picture: ProgrammePicture): string {
  const { left } = shownPart(picture);
  switch (picture.kind) {
    case 'funnel':
      return `Requests filed from ${sayDay(picture.facts.from)} to ${sayDay(picture.facts.until)}.`;
    case 'burn-down':
      return burnDownSubtitle({ kind: 'all', people: picture.people }, picture.facts);
    case 'ageing':
      return `In business days, as of ${sayDay(picture.facts.on)}.`;
    case 'satisfaction':
      return `Averages of groups of answers, from 1 (lowest) to 5 (highest).${leftOut(left, 'quarter')}`;
    case 'attendance':
      return `How many of those invited were present.${leftOut(left, 'month')}`;
    default:
      return picture satisfies never;
  }
}

const leftOut = (left: number, what: string): string =>
  left === 0 ? '' : ` ${left} older ${left === 1 ? `${what} is` : `${what}s are`} left out.`;

/** What the picture shows, for whoever can't see it: the same numbers, in at most 1,000 characters. */
export function pictureAltText(picture: ProgrammePicture): string {
  if (picture.kind !== 'burn-down' || isEmpty(picture))
    return [`${pictureTitle(picture)}.`, pictureSubtitle(picture), ...pictureLines(picture)].join(' ');
  const of = { kind: 'all', people: picture.people } as const;
  return burnDownAltText(of, picture.facts).replace(burnDownTitle(of), () => pictureTitle(picture));
}

/** A sentence for each row of the picture, after what must be known to read them; where there is none, one that says so. */
export function pictureLines(picture: ProgrammePicture): readonly string[] {
  if (isEmpty(picture)) return [NOTHING_TO_SHOW[picture.kind]];
  const { picture: shown } = shownPart(picture);
  switch (shown.kind) {
    case 'funnel':
      return shown.facts.steps.map(({ step }, at) => `${FUNNEL_NAMES[step]}: ${sayStep(shown.facts, at)}.`);
    case 'burn-down':
      return [forecastEnd(shown.facts), ...toldDays(shown.facts).map((day) => `${toldDay(day)}.`)];
    case 'ageing':
      return [
        `Counts for ${AGE_NAMES.join(', ').toLowerCase()} days.`,
        ...shown.facts.rows.map(({ state, counts }) => `${stateName(state)}: ${counts.join(', ')}.`),
      ];
    case 'satisfaction':
      return shown.facts.quarters.map((each) => `${each.quarter}: ${sayAverage(each)}.`);
    case 'attendance':
      return shown.facts.months.map((each) => `${sayMonth(each.month)}: ${sayPresent(each)}.`);
    default:
      return shown satisfies never;
  }
}

/** The same numbers as a table: what stands over the columns, and the rows, each beginning with what it is of. */
export interface PictureTable {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The numbers of the picture, as a table; no rows where there is nothing to show. */
export function pictureRows(picture: ProgrammePicture): PictureTable {
  const { picture: shown } = shownPart(picture);
  const heads = HEADS[shown.kind];
  return { heads, rows: isEmpty(shown) ? [] : rowsOf(shown) };
}

const HEADS: Readonly<Record<PictureKind, readonly string[]>> = {
  funnel: ['Step', 'Requests', 'Share of those filed'],
  'burn-down': ['Day', 'Open', 'Plan', 'Forecast'],
  ageing: ['State', ...AGE_NAMES.map((name) => `${name} days`), 'All'],
  satisfaction: ['Quarter', 'Average', 'Answers'],
  attendance: ['Month', 'Meetings', 'Invited', 'Present', 'Share present'],
};

function rowsOf(picture: ProgrammePicture): PictureTable['rows'] {
  switch (picture.kind) {
    case 'funnel': {
      const [filed] = picture.facts.steps;
      return picture.facts.steps.map(({ step, count }) =>
        cells(FUNNEL_NAMES[step], count, sayShare(count, filed?.count ?? 0) ?? NONE),
      );
    }
    case 'burn-down':
      return toldDays(picture.facts).map(({ day, open, planned, forecast }) =>
        cells(`Day ${day}`, open ?? 'Ahead', planned, forecast ?? 'Past'),
      );
    case 'ageing':
      return picture.facts.rows.map(({ state, counts }) =>
        cells(
          stateName(state),
          ...counts,
          counts.reduce((sum, count) => sum + count, 0),
        ),
      );
    case 'satisfaction':
      return picture.facts.quarters.map(({ quarter, average, answers }) =>
        cells(quarter, average?.toFixed(1) ?? NONE, answers),
      );
    case 'attendance':
      return picture.facts.months.map(({ month, meetings, invited, present }) =>
        cells(sayMonth(month), meetings, invited, present, sayShare(present, invited) ?? NONE),
      );
    default:
      return picture satisfies never;
  }
}

const NONE = 'None';
const cells = (...each: readonly (string | number)[]): readonly string[] => each.map(String);
