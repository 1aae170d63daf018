/** The ISSO Scorecard in words: levels by area at the start and at the end, and the gain (domain reference 5.1). */
import { AREAS, type Area } from '../../domain/skills.ts';
import { type LocalDate, sayLocalDate } from '../../domain/time.ts';
import {
  type CourseNote,
  gainOf,
  noteOf,
  type Score,
  type Scorecard,
  type TrainingRecord,
} from '../../domain/training-record.ts';
import { type Line, line, strong, theirs } from '../inline.ts';
import { type Block, bullets, type Message, note, paragraph, say } from '../message.ts';

export const SCORE_NAMES: Readonly<Record<Score, string>> = {
  0: '0 – none yet',
  1: '1 – some knowledge',
  2: '2 – sound knowledge',
  3: '3 – thorough knowledge',
  4: '4 – expert knowledge',
};

/** What the areas are called, short. */
export type AreaNames = Readonly<Record<Area, string>>;

/** One line for each area; nothing while no scorecard is filled in. */
export function scorecardBlocks(record: TrainingRecord, names: AreaNames): readonly Block[] {
  const start = noteOf(record, 'scorecard_start').scores;
  const end = noteOf(record, 'scorecard_end').scores;
  if (!start && !end) return [];
  const gain = gainOf(record);
  const rows = AREAS.map((area) => `${names[area]}: ${areaWords(start, end, gain, area)}`);
  return [paragraph(line`${strong('Scorecard, levels from 0 to 4')}`), bullets(rows)];
}

function areaWords(
  start: Scorecard | null,
  end: Scorecard | null,
  gain: Readonly<Record<Area, number>> | null,
  area: Area,
): string {
  if (start && end && gain)
    return `${start[area]} at the start, ${end[area]} at the end: ${gainWords(gain[area])}`;
  return start ? `${start[area]} at the start` : `${end?.[area] ?? 0} at the end`;
}

const gainWords = (gain: number): string =>
  gain > 0 ? `a gain of ${gain}` : gain === 0 ? 'no change' : `${-gain} lower`;

/** To whoever filled one in. `before`: what was noted of it until then. */
export const scorecardSaved = (
  record: TrainingRecord,
  names: AreaNames,
  which: 'start' | 'end',
  before: Pick<CourseNote, 'scores' | 'state'>,
): Message => ({
  blocks: [
    paragraph(`Noted in the training record: the scorecard at the ${which}.${replacedWords(before)}`),
    ...scorecardBlocks(record, names),
    note('You and your lead see it; the Business Owner does not.'),
  ],
  buttons: [],
});

function replacedWords({ scores, state }: Pick<CourseNote, 'scores' | 'state'>): string {
  if (!scores) return '';
  const on = state.is === 'done' ? ` of ${sayLocalDate(state.on)}` : '';
  return ` It replaces the one${on}, with the levels ${AREAS.map((area) => scores[area]).join(' ')}, which stays in the history of the record.`;
}

/** To whoever fills in the scorecard at the end before it says anything. */
export const scorecardTooEarly = (fromOn: LocalDate): Message =>
  say(
    `Nothing was changed: the scorecard at the end shows the gain of your onboarding, so it is given from ${sayLocalDate(fromOn)} on. To mend the one at the start, type \`scorecard start\`.`,
  );

/** To somebody who asks for the scorecards of a Service ISSO. */
export const scorecardShown = (whose: string | null, record: TrainingRecord, names: AreaNames): Message => {
  const blocks = scorecardBlocks(record, names);
  const about: Line = whose === null ? line`Your scorecards:` : line`Scorecards of ${theirs(whose)}:`;
  return blocks.length === 0
    ? say(
        whose === null
          ? line`You have filled in no scorecard yet. Type \`scorecard\`.`
          : line`${theirs(whose)} has filled in no scorecard yet.`,
      )
    : { blocks: [paragraph(about), ...blocks], buttons: [] };
};

/** How the levels are typed: one for each area, in their order. */
export const scorecardHelp = (names: AreaNames): Message =>
  say(
    `Nothing was changed: please give six levels from 0 to 4, in this order: ${AREAS.map((area) => names[area]).join(', ')}. For example: \`scorecard start 2 1 2 3 2 1\`, and on day 55 \`scorecard end 3 2 3 3 3 2\`.`,
  );
