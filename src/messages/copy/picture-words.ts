/** What the parts of the programme's pictures are called, in the picture, beside it and in its alternative text. */
import type { EngagementState } from '../../domain/engagement-states.ts';
import {
  AGE_LIMITS,
  type Attendance,
  type Funnel,
  type FunnelStep,
  type PictureKind,
  type SatisfactionTrend,
} from '../../domain/programme-pictures.ts';
import { type LocalDate, monthName } from '../../domain/time.ts';
import { STATE_LABELS } from './engagement-words.ts';

/** What the steps of the funnel are called. */
export const FUNNEL_NAMES: Readonly<Record<FunnelStep, string>> = {
  filed: 'Request filed',
  accepted: 'Accepted',
  'kickoff-held': 'Kickoff held',
  'form-complete': 'Request Form completed',
  'isso-identified': 'Service ISSO identified',
  onboarding: 'Onboarding begun',
  active: 'Service ISSO at work',
};

/** What the ages are called: `Up to 5`, `6 to 10` and so on, in business days. */
export const AGE_NAMES: readonly string[] = [
  ...AGE_LIMITS.map((limit, at) => {
    const before = AGE_LIMITS[at - 1];
    return before === undefined ? `Up to ${limit}` : `${before + 1} to ${limit}`;
  }),
  `More than ${AGE_LIMITS.at(-1)}`,
];

/** What the parts of a month's bar are called. */
export const PRESENCE_NAMES = { present: 'Present', missing: 'Invited, not present' } as const;

/** What stands along the axes of the trend. */
export const TREND_AXES = {
  quarters: 'Quarter, and how many answers it counts',
  averages: 'Average',
} as const;

/** In the place of what there is nothing of. */
export const NOTHING_TO_SHOW: Readonly<Record<PictureKind, string>> = {
  funnel: 'No request was filed in this time.',
  'burn-down': 'Nobody is in onboarding.',
  ageing: 'No engagement is open.',
  satisfaction: 'No answers yet. Averages come once enough people have answered.',
  attendance: 'No meetings were held in this time.',
};

/** A state where there is little room. */
export const stateName = (state: EngagementState): string => STATE_LABELS[state].split(',')[0] ?? state;

/** `January 2027`, from `2027-01`. */
export function sayMonth(month: string): string {
  const [year = '', number = ''] = month.split('-');
  return `${monthName(Number(number))} ${year}`;
}

/** `January 4, 2027`. */
export function sayDay(date: LocalDate): string {
  const [year = '', month = '', day = ''] = date.split('-');
  return `${monthName(Number(month))} ${Number(day)}, ${year}`;
}

/** `60%`; null where there is nothing to have a share of. */
export const sayShare = (count: number, of: number): string | null =>
  of === 0 ? null : `${Math.round((count * 100) / of)}%`;

/** `12 (60%)`, beside a step of the funnel: its count, and its share of what was filed; the first step has no share. */
export function sayStep({ steps }: Funnel, at: number): string {
  const count = steps[at]?.count ?? 0;
  const share = at === 0 ? null : sayShare(count, steps[0]?.count ?? 0);
  return share === null ? String(count) : `${count} (${share})`;
}

/** `4.2 from 12 answers`, beside a quarter. */
export function sayAverage({ average, answers }: SatisfactionTrend['quarters'][number]): string {
  const counted = `${answers} ${answers === 1 ? 'answer' : 'answers'}`;
  if (average !== null) return `${average.toFixed(1)} from ${counted}`;
  return answers === 0 ? 'no average' : `no average yet, ${counted}`;
}

/** `24 of 30 at 4 meetings`, beside a month. */
export function sayPresent({ meetings, invited, present }: Attendance['months'][number]): string {
  if (meetings === 0) return 'no meetings';
  return `${present} of ${invited} at ${meetings} ${meetings === 1 ? 'meeting' : 'meetings'}`;
}
