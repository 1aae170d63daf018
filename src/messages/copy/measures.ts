/** The measures of the programme in words (domain reference 8.3). Nothing in them names a person, and few people are not counted. */
import type { ProgrammeMeasures, ReasonCount, Share, Spread, TimedStep } from '../../domain/measures.ts';
import type { SatisfactionFigures } from '../../domain/satisfaction.ts';
import { type LocalDate, sayLocalDate } from '../../domain/time.ts';
import { type Line, line, strong, theirs } from '../inline.ts';
import { bullets, card, type Message, note, paragraph, say } from '../message.ts';
import { reasonWords } from './reasons.ts';

/** One measure: what it is called, its figures in plain words, and what exactly is counted. */
interface MeasureRow {
  readonly label: string;
  readonly value: string;
  readonly definition: string;
}

const TIMES: Readonly<Record<TimedStep, readonly [label: string, definition: string]>> = {
  kickoff: ['Time to kickoff', 'From filed to kickoff held, for kickoffs recorded in the time.'],
  form: ['Time to form', 'From filed to the Request Form first locked, for those first locked in the time.'],
  match: [
    'Time to match',
    'From filed to a Service ISSO first identified, for those first identified in the time.',
  ],
  active: ['Time to active', 'From filed to the first day of work, for work that first began in the time.'],
};
const BUSINESS_DAYS = 'In business days; the same day is 0.';

/** Every measure in plain words, in the order of the domain reference; fewer people than `smallest` are not told. */
export function measureRows(
  measures: ProgrammeMeasures,
  satisfaction: SatisfactionFigures | null,
  smallest: number,
): readonly MeasureRow[] {
  const { times, onTime, answered, training, declined, withdrawn, property, coverage } = measures;
  return [
    ...adoptionRows(measures, smallest),
    ...(['kickoff', 'form', 'match', 'active'] as const).map((step) =>
      row(TIMES[step][0], spread(times[step]), `${TIMES[step][1]} ${BUSINESS_DAYS}`),
    ),
    row(
      'Onboarding on time',
      share(onTime, 'within 60 days'),
      'Onboardings that ended their 60 days in the time or became active in time in it. Each counts once, by its day 0 as set last.',
    ),
    ...(satisfaction ? [satisfactionRow(satisfaction, smallest)] : []),
    row(
      'Survey answers',
      shareOfPeople(answered, 'answered', smallest),
      'Surveys asked in the time, and how many were answered by its last day.',
    ),
    row(
      'Role-based training',
      shareOfPeople(training, 'in date', smallest),
      'Service ISSOs at work on the last day whose role-based training is not overdue.',
    ),
    row('Declined', reasons(declined), 'Requests declined in the time, by reason.'),
    row('Withdrawn', reasons(withdrawn), 'Requests withdrawn in the time, by reason.'),
    row(
      'Property back',
      share(property, 'returned or transferred in time'),
      'Property that was due back in the time. It is due within 10 business days of the last day of work.',
    ),
    row(
      'Coverage',
      share(coverage, 'systems without a trained ISSO now have one'),
      'Systems that had no trained ISSO when they asked, and how many have a Service ISSO at work on the last day.',
    ),
  ];
}

/** The same as lines of a list, for chat and digests: `Time to kickoff: …`. */
export const measureLines = (
  measures: ProgrammeMeasures,
  satisfaction: SatisfactionFigures | null,
  smallest: number,
): readonly Line[] =>
  measureRows(measures, satisfaction, smallest).map(
    ({ label, value }) => line`${strong(`${label}:`)} ${value}`,
  );

/** What is measured, in words: `2027 Q1, January 1, 2027 to March 31, 2027, OIT`. */
function measureScopeWords(
  { scope }: Pick<ProgrammeMeasures, 'scope'>,
  period: string | null,
  offering: string | null,
): string {
  const days = `${dayWords(scope.from)} to ${dayWords(scope.until)}`;
  const parts = [
    period === null ? days : `${period} (${days})`,
    ...(scope.component === null ? ['all components'] : [componentWords(scope.component)]),
    ...(offering === null ? [] : [offering]),
  ];
  return parts.join(', ');
}

/** The card that `measures` answers with. */
export function measuresCard(
  measures: ProgrammeMeasures,
  satisfaction: SatisfactionFigures | null,
  words: { readonly smallest: number; readonly period: string; readonly offering: string | null },
): Message {
  const rows = measureRows(measures, satisfaction, words.smallest);
  return {
    ...card('Measures of the programme', [
      paragraph(measureScopeWords(measures, words.period, words.offering)),
      bullets(measureLines(measures, satisfaction, words.smallest)),
      note(
        'Other times and components: type `measures last quarter`, `measures 2027 Q1`, `measures this year` or `measures OIT`.',
      ),
    ]),
    below: [bullets(rows.map(({ label, definition }) => line`${strong(`${label}:`)} ${definition}`))],
  };
}

/** What was typed behind `measures` is no component, offering or time. */
export const unknownScope = (typed: string): Message =>
  say(
    line`I don't know ${theirs(typed)} as a component, an offering or a time.`,
    'Type `measures`, then a component, a time or both. For example: `measures OIT last quarter`.',
  );

/** The time that was asked for has not begun. */
export const timeAhead = (period: string): Message =>
  say(
    line`There is nothing to measure yet: ${period} lies ahead.`,
    'Ask for a time that has begun, such as `measures this quarter`.',
  );

function adoptionRows({ adoption }: ProgrammeMeasures, smallest: number): readonly MeasureRow[] {
  const { requests, accepted, active, systems, components, repeatOwners } = adoption;
  return [
    row(
      'Requests',
      `${counted(requests, 'request')} filed, ${accepted} accepted so far`,
      'Requests filed in the time, and how many of these have been accepted at triage.',
    ),
    row(
      'At work',
      `${counted(active, 'engagement')} on ${counted(systems, 'system')} in ${counted(components, 'component')}`,
      'Engagements between the start of work and off-boarding at the end of the last day, paused ones included.',
    ),
    row(
      'Asked again',
      people(repeatOwners, 'Business Owner', smallest),
      'Business Owners who filed a request in the time and had filed another before.',
    ),
  ];
}

function satisfactionRow({ overall }: SatisfactionFigures, smallest: number): MeasureRow {
  const value = overall
    ? `${overall.averages.overall.toFixed(1)} of 5 overall, over ${overall.answers} answers so far`
    : 'not enough answers yet';
  return row(
    'Satisfaction',
    value,
    `The average of all answers that entered the averages so far, in groups of at least ${smallest} Business Owners.`,
  );
}

const row = (label: string, value: string, definition: string): MeasureRow => ({ label, value, definition });

function spread(found: Spread | null): string {
  if (found === null) return 'none in this time';
  const { count, median, p90 } = found;
  if (count === 1) return `${counted(median, 'business day')} (1 engagement)`;
  return `median ${counted(median, 'business day')}, 9 of 10 within ${p90} (${counted(count, 'engagement')})`;
}

/** `7 of 10 within 60 days (70%)`. */
const share = ({ met, of }: Share, what: string): string =>
  of === 0 ? 'none in this time' : `${met} of ${of} ${what} (${Math.round((met / of) * 100)}%)`;

/** As `share`, but nobody is made out: neither a few who are, nor a few who are not. */
function shareOfPeople({ met, of }: Share, what: string, smallest: number): string {
  if (of === 0) return 'none in this time';
  if (of < smallest) return `too few to say (fewer than ${smallest})`;
  if (met > 0 && met < smallest) return `fewer than ${smallest} of ${of} ${what}`;
  if (met < of && of - met < smallest) return `more than ${of - smallest} of ${of} ${what}`;
  return share({ met, of }, what);
}

const people = (count: number, what: string, smallest: number): string =>
  count > 0 && count < smallest ? `fewer than ${smallest} ${what}s` : counted(count, what);

const reasons = (found: readonly ReasonCount[]): string =>
  found.length === 0
    ? 'none in this time'
    : `${found.reduce((sum, { count }) => sum + count, 0)}: ${found.map(({ reason, count }) => `${reasonWords(reason)} (${count})`).join(', ')}`;

const componentWords = (component: string): string =>
  component === 'OTHER' ? 'other components' : component;

/** Without the weekday. */
const dayWords = (day: LocalDate): string => sayLocalDate(day).replace(/^[A-Z][a-z]{5,8}, /u, '');

const counted = (count: number, one: string): string => `${count} ${count === 1 ? one : `${one}s`}`;
