/** The weekly status report as a document and as rows: all of it, whatever its length. */
import { ONBOARDING_GOAL_DAYS } from '../../domain/onboarding.ts';
import { ENDS_AHEAD_DAYS, type StatusReport } from '../../domain/status-report.ts';
import { type DocumentPart, type DocumentSection, type TextDocument, table, words } from '../document.ts';
import { STATE_LABELS } from './engagement-words.ts';
import {
  blockedWords,
  blockerWords,
  dayWords,
  endWords,
  heldWords,
  personWords,
  recordWords,
  type SaidWords,
  STANDING_WORDS,
  TRAINING_WORDS,
  trainingWords,
} from './status-report-words.ts';

/** What a file of a report says: its numbers and words, and how it stands. */
export interface ReportPaper {
  readonly title: string;
  /** The instant of its numbers. */
  readonly at: Date;
  /** How it stands: due, submitted, late, acknowledged. */
  readonly status: readonly string[];
  readonly numbers: StatusReport;
  readonly said: SaidWords;
}

const NONE = 'None.';
/** What stands in a cell where there is nothing to say. */
const NOTHING = 'none';

export function reportDocument({ title, at, status, numbers, said }: ReportPaper): TextDocument {
  return {
    title,
    at,
    intro: status,
    sections: [
      section('Engagements', statesTable(numbers)),
      section('Onboarding', onboardingTable(numbers)),
      section('Role-based training', trainingTable(numbers)),
      section(
        `Ends and extensions in the next ${ENDS_AHEAD_DAYS} days`,
        numbers.ends.length === 0
          ? words(NONE)
          : table(
              'Ends and extensions',
              ['Record', 'What'],
              numbers.ends.map((row) => [row.number, endWords(row)]),
            ),
      ),
      section(
        'Property still out',
        numbers.property.length === 0
          ? words(NONE)
          : table(
              'Property by person',
              ['Record', 'Person', 'Still out'],
              numbers.property.map((row) => [row.number, personWords(row), row.items.join(', ')]),
            ),
      ),
      section(
        'Open blockers',
        numbers.blockers.length === 0
          ? words(NONE)
          : table(
              'Blockers raised by the contractor',
              ['Record', 'About', 'State'],
              numbers.blockers.map((row) => [row.name, row.number ?? NOTHING, blockerWords(row)]),
            ),
      ),
      { heading: 'Risks', parts: paragraphs(said.risks) },
      { heading: 'Help wanted from the Government Task Lead', parts: paragraphs(said.help) },
      { heading: 'Remarks', parts: paragraphs(said.remarks) },
    ],
  };
}

const section = (heading: string, part: DocumentPart): DocumentSection => ({ heading, parts: [part] });
const paragraphs = (lines: readonly string[]): readonly DocumentPart[] =>
  lines.length === 0 ? [words(NONE)] : lines.map(words);

const statesTable = ({ states }: StatusReport): DocumentPart =>
  states.length === 0
    ? words(NONE)
    : table(
        'Engagements by state',
        ['State', 'Engagements', 'Records'],
        states.map(({ state, records }) => [
          STATE_LABELS[state],
          String(records.length),
          recordWords(records),
        ]),
      );

const onboardingTable = ({ onboarding }: StatusReport): DocumentPart =>
  onboarding.length === 0
    ? words('Nobody is in onboarding.')
    : table(
        'People in onboarding',
        [
          'Record',
          'Person',
          'Day',
          'Done',
          'Standing',
          'Forecast ready',
          'Next item',
          'Blocked',
          'Days with a line in hand',
        ],
        onboarding.map((row) => [
          row.number,
          personWords(row),
          `${row.daysUsed} of ${ONBOARDING_GOAL_DAYS}`,
          `${row.percent}%`,
          STANDING_WORDS[row.standing],
          dayWords(row.readyOn),
          row.next ?? NOTHING,
          blockedWords(row),
          heldWords(row),
        ]),
      );

const trainingTable = ({ training }: StatusReport): DocumentPart =>
  training.length === 0
    ? words('Nobody is assigned.')
    : table(
        'Role-based training by person',
        ['Records', 'Person', 'State', 'Dates'],
        training.map((row) => [
          recordWords(row.records),
          personWords(row),
          TRAINING_WORDS[row.state],
          trainingWords(row),
        ]),
      );

const HEADS = ['Section', 'Records', 'Person', 'Measure', 'Value'] as const;
type Row = readonly [section: string, records: string, person: string, measure: string, value: string];

/** One measure a row, with the records behind it; the first row names the columns. */
export function reportRows({ title, status, numbers, said }: ReportPaper): readonly (readonly string[])[] {
  const rows: readonly Row[] = [
    ['Report', '', '', 'Title', title],
    ...status.map((line): Row => ['Report', '', '', 'Status', line]),
    ...numbers.states.map(
      ({ state, records }): Row => [
        'Engagements',
        recordWords(records),
        '',
        STATE_LABELS[state],
        String(records.length),
      ],
    ),
    ...onboardingRows(numbers),
    ...numbers.training.flatMap((row): readonly Row[] => {
      const measure = (name: string, value: string): Row => [
        'Training',
        recordWords(row.records),
        personWords(row),
        name,
        value,
      ];
      return [
        measure('State', TRAINING_WORDS[row.state]),
        measure('Done on', row.doneOn ?? ''),
        measure('Due on', row.dueOn ?? ''),
      ];
    }),
    ...numbers.ends.map((row): Row => ['Ends and extensions', row.number, '', 'What', endWords(row)]),
    ...numbers.property.map(
      (row): Row => ['Property still out', row.number, personWords(row), 'Still out', row.items.join(', ')],
    ),
    ...numbers.blockers.map(
      (row): Row => ['Open blockers', row.name, '', row.number ?? '', blockerWords(row)],
    ),
    ...said.risks.map((line): Row => ['Risks', '', '', 'Words', line]),
    ...said.help.map((line): Row => ['Help wanted', '', '', 'Words', line]),
    ...said.remarks.map((line): Row => ['Remarks', '', '', 'Words', line]),
  ];
  return [HEADS, ...rows];
}

const onboardingRows = ({ onboarding }: StatusReport): readonly Row[] =>
  onboarding.flatMap((row) => {
    const measure = (name: string, value: string): Row => [
      'Onboarding',
      row.number,
      personWords(row),
      name,
      value,
    ];
    return [
      measure(`Days used of ${ONBOARDING_GOAL_DAYS}`, String(row.daysUsed)),
      measure('Percent done', String(row.percent)),
      measure('Standing', STANDING_WORDS[row.standing]),
      measure('Forecast ready on', row.readyOn),
      measure('Next item', row.next ?? NOTHING),
      measure('Blocked', blockedWords(row)),
      measure('Days with a line in hand', heldWords(row)),
    ];
  });
