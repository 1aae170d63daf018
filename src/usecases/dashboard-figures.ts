/** Measures and pictures for the dashboard, over a time, a component and an offering that are chosen there. */
import type { Option } from '../domain/field.ts';
import type { ProgrammeMeasures } from '../domain/measures.ts';
import {
  fiscalYearAround,
  lastNinetyDays,
  monthAround,
  type Period,
  quarterAround,
  yearAround,
} from '../domain/period.ts';
import { PICTURE_KINDS, type PictureKind, type ProgrammePicture } from '../domain/programme-pictures.ts';
import type { SatisfactionFigures } from '../domain/satisfaction.ts';
import type { LocalDate } from '../domain/time.ts';
import { COMPONENTS } from '../offerings/components.ts';
import type { Looking } from './dashboard.ts';
import type { Chosen } from './dashboard-list.ts';
import { measuresNow, pictureFacts, satisfactionNow } from './measures.ts';
import { programmeToday } from './work.ts';

/** Times to choose from, by what stands in the address. */
const PERIODS: Readonly<Record<string, (today: LocalDate) => Period>> = {
  'last-90-days': lastNinetyDays,
  'this-month': (today) => monthAround(today),
  'this-quarter': (today) => quarterAround(today),
  'last-quarter': (today) => quarterAround(today, -1),
  'this-year': (today) => yearAround(today),
  'last-year': (today) => yearAround(today, -1),
  'this-fiscal-year': (today) => fiscalYearAround(today),
  'last-fiscal-year': (today) => fiscalYearAround(today, -1),
};
const USUAL = 'last-90-days';

export interface FiguresChoice {
  readonly period: string;
  readonly component: string | null;
  readonly offering: string | null;
}

export interface FiguresShown {
  readonly choice: FiguresChoice;
  readonly period: Period;
  readonly measures: ProgrammeMeasures;
  readonly satisfaction: SatisfactionFigures;
  readonly pictures: readonly ProgrammePicture[];
  readonly periods: readonly Option[];
  readonly components: readonly Option[];
  readonly offerings: readonly Option[];
  /** Counts of people below it are not told. */
  readonly smallest: number;
}

/** All measures and pictures over what was chosen; what can't be read counts as not chosen. */
export async function figuresForDashboard(looking: Looking, chosen: Chosen): Promise<FiguresShown> {
  const { choice, period, scope } = scopeOf(looking, chosen);
  const pictures: ProgrammePicture[] = [];
  for (const kind of PICTURE_KINDS) pictures.push(await pictureFacts(looking, kind, scope));
  const today = programmeToday(looking);
  return {
    choice,
    period,
    measures: await measuresNow(looking, scope),
    satisfaction: await satisfactionNow(looking),
    pictures,
    periods: Object.entries(PERIODS).map(([id, at]) => ({ id, label: at(today).name })),
    components: COMPONENTS,
    offerings: offeringsOf(looking),
    smallest: looking.programme.smallestGroup,
  };
}

/** What one picture shows, over what was chosen; null for a picture there is none of. */
export async function pictureForDashboard(
  looking: Looking,
  name: string,
  chosen: Chosen,
): Promise<ProgrammePicture | null> {
  const kind: PictureKind | undefined = PICTURE_KINDS.find((each) => each === name);
  return kind ? pictureFacts(looking, kind, scopeOf(looking, chosen).scope) : null;
}

function scopeOf(looking: Looking, chosen: Chosen) {
  const among = (name: string, ids: readonly string[]): string | null =>
    ids.find((id) => id === chosen[name]) ?? null;
  const choice: FiguresChoice = {
    period: among('period', Object.keys(PERIODS)) ?? USUAL,
    component: among(
      'component',
      COMPONENTS.map(({ id }) => id),
    ),
    offering: among(
      'offering',
      offeringsOf(looking).map(({ id }) => id),
    ),
  };
  const period = (PERIODS[choice.period] ?? lastNinetyDays)(programmeToday(looking));
  const { component, offering } = choice;
  return { choice, period, scope: { from: period.from, until: period.until, component, offering } };
}

/** Those that can be asked for here: of no others there are engagements. */
const offeringsOf = ({ programme }: Looking): readonly Option[] =>
  programme.catalogue.offerings
    .filter(({ kind }) => kind === 'workflow')
    .map(({ key, name }) => ({ id: key, label: name }));
