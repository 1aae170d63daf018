/** The weekly status report in chat: the report itself and its buttons (domain reference 6.3). */
import { ONBOARDING_GOAL_DAYS } from '../../domain/onboarding.ts';
import type { People } from '../../domain/person.ts';
import { ENDS_AHEAD_DAYS, type StatusReport } from '../../domain/status-report.ts';
import { isOpenReport, type KeptReport } from '../../domain/status-report-kept.ts';
import type { ReportWeek } from '../../domain/status-report-week.ts';
import { type LocalDate, localDate, sayDateTime, sayLocalDate } from '../../domain/time.ts';
import { type Button, button } from '../button.ts';
import { type Line, line, strong, theirs } from '../inline.ts';
import { firstOf } from '../limits.ts';
import { type Block, bullets, card, fact, facts, type Message, note, paragraph } from '../message.ts';
import { STATE_LABELS } from './engagement-words.ts';
import {
  blockedWords,
  blockerWords,
  endWords,
  heldWords,
  personWords,
  progressWords,
  recordWords,
  type SaidWords,
  trainingWords,
} from './status-report-words.ts';

/** A report as its reader sees it. */
export interface ReportView {
  readonly week: ReportWeek;
  readonly kept: KeptReport;
  /** 0: not begun yet. */
  readonly version: number;
  readonly numbers: StatusReport;
  readonly said: SaidWords;
  /** The instant of the numbers. */
  readonly asOf: Date;
  /** Whoever wrote, acknowledged or returned it. */
  readonly people: People;
  readonly zone: string;
  readonly now: Date;
}

export interface ReportPowers {
  readonly mayWrite: boolean;
  readonly maySettle: boolean;
}

/** "12/4/2026": the day that names the report, as people type it. */
export function typedDay(on: LocalDate): string {
  const [year = '', month = '', day = ''] = on.split('-');
  return `${Number(month)}/${Number(day)}/${year}`;
}

export const reportTitle = ({ friday }: Pick<ReportWeek, 'friday'>): string =>
  `Weekly status report, week of ${sayLocalDate(friday)}`;

/** The day of the numbers where it lies behind the day on which the report was due, such as "Monday, December 14, 2026"; else null. */
export function lateNumbers({ dueOn }: ReportWeek, asOf: Date, zone: string): string | null {
  const on = localDate(asOf, zone);
  return on > dueOn ? sayLocalDate(on) : null;
}

/** The title of the report itself: one whose numbers are not those of its week says so. */
export function reportHead({ week, asOf, zone }: Pick<ReportView, 'week' | 'asOf' | 'zone'>): string {
  const late = lateNumbers(week, asOf, zone);
  return late === null ? reportTitle(week) : `${reportTitle(week)}: numbers as of ${late}`;
}

const nameIn = (people: People, id: string): string => people.get(id)?.name ?? 'somebody';

/** How it stands, one fact a line: due or late, who submitted it, who took note of it. */
export function statusLines({ week, kept, people, zone, now, asOf }: ReportView): readonly string[] {
  const moved = week.movedBecause === null ? '' : ` (${week.movedBecause} moved it)`;
  const { firstSubmittedAt, submitted, acknowledged, returned, state } = kept;
  const isLate = (firstSubmittedAt ?? now) > week.lateAt;
  const due = `${sayDateTime(week.dueAt, zone)}${moved}`;
  const lines = [`Numbers as of ${sayDateTime(asOf, zone)}.`, `Due ${due}.`];
  if (submitted)
    lines.push(
      `Submitted by ${nameIn(people, submitted.by.byId)} on ${sayDateTime(submitted.by.at, zone)}${isLate ? '; it came late' : ''}.`,
    );
  else lines.push(isLate ? 'Draft, and late: it is not submitted yet.' : 'Draft, not submitted yet.');
  if (state === 'acknowledged' && acknowledged)
    lines.push(
      `Acknowledged by ${nameIn(people, acknowledged.byId)} on ${sayDateTime(acknowledged.at, zone)}.`,
    );
  if (state === 'returned' && returned)
    lines.push(
      `Returned by ${nameIn(people, returned.byId)} on ${sayDateTime(returned.at, zone)}: ${returned.because}`,
    );
  return lines;
}

/** Lines of one section that a message shows; all are in the files. */
const MOST_LINES = 10;
/** Records of one number that a message names. */
const MOST_RECORDS = 12;

/** The whole report, each section within what a message has room for. */
export function reportMessage(view: ReportView, powers: ReportPowers): Message {
  const { numbers, said, week } = view;
  const file = `report ${typedDay(week.friday)} pdf`;
  const section = (heading: string, lines: readonly Line[], none: string): readonly Block[] => {
    const { shown, left } = firstOf(lines, MOST_LINES);
    return [
      paragraph(line`${strong(heading)}`),
      shown.length === 0
        ? paragraph(none)
        : bullets([...shown, ...(left > 0 ? [line`\u2026 and ${left} more: type \`${file}\``] : [])]),
    ];
  };
  return card(
    reportHead(view),
    [
      facts([fact('Status', [theirs(statusLines(view).join(' '))])]),
      ...section('Engagements', numbers.states.map(stateLine), 'None.'),
      ...section(
        'Onboarding',
        numbers.onboarding.map((row) => {
          const next = row.next === null ? '' : ` Next: ${row.next}.`;
          return line`${strong(row.number)} ${theirs(personWords(row))}: ${progressWords(row, ONBOARDING_GOAL_DAYS)}.${next} Blocked: ${blockedWords(row)}. Days with a line in hand: ${heldWords(row)}.`;
        }),
        'Nobody is in onboarding.',
      ),
      ...section(
        'Role-based training',
        numbers.training.map(
          (row) => line`${recordWords(row.records)} ${theirs(personWords(row))}: ${trainingWords(row)}.`,
        ),
        'Nobody is assigned.',
      ),
      ...section(
        `Ends and extensions in the next ${ENDS_AHEAD_DAYS} days`,
        numbers.ends.map((row) => line`${strong(row.number)}: ${endWords(row)}.`),
        'None.',
      ),
      ...section(
        'Property still out',
        numbers.property.map(
          (row) => line`${strong(row.number)} ${theirs(personWords(row))}: ${row.items.join(', ')}.`,
        ),
        'None.',
      ),
      ...section(
        'Open blockers',
        numbers.blockers.map(
          (row) =>
            line`${strong(row.name)}${row.number === null ? '' : ` for ${row.number}`}: ${blockerWords(row)}.`,
        ),
        'None.',
      ),
      ...section('Risks', said.risks.map(wordsLine), 'None known from the cards.'),
      ...section('Help wanted', said.help.map(wordsLine), 'None asked for.'),
      ...section('Remarks', said.remarks.map(wordsLine), 'None.'),
      note(line`${showsRecord(numbers)}\`${file}\` sends the report as a file.`),
    ],
    reportButtons(view, powers),
  );
}

/** With a record that there is. */
function showsRecord({ states }: StatusReport): string {
  const first = states[0]?.records[0];
  return first === undefined ? '' : `\`show ${first}\` shows a record; `;
}

const wordsLine = (words: string): Line => [theirs(words)];

function stateLine({ state, records }: StatusReport['states'][number]): Line {
  const { shown, left } = firstOf(records, MOST_RECORDS);
  return line`${STATE_LABELS[state]}: ${records.length} (${recordWords(shown)}${left > 0 ? ` and ${left} more` : ''})`;
}

function reportButtons(
  { week, kept, version, numbers }: ReportView,
  powers: ReportPowers,
): readonly Button[] {
  const { friday } = week;
  const on = typedDay(friday);
  const press = (verb: string) => ({ verb, subject: friday, version });
  const file = (kind: 'pdf' | 'docx' | 'csv', label: string): Button =>
    button(kind, label, { verb: 'report.file', subject: friday, choice: kind }, `report ${on} ${kind}`);
  const writing =
    powers.mayWrite && isOpenReport(kept)
      ? [
          button('submit', 'Submit', press('report.submit'), `submit report ${on}`, { look: 'primary' }),
          button('edit', 'Edit the words', press('report.edit'), `edit report ${on} risks: your words`, {
            opensDialog: true,
          }),
          button(
            'remark',
            'Add a remark',
            press('report.remark'),
            `edit report ${on} remark ${numbers.states[0]?.records[0] ?? 'ISSO-2026-0001'}: your words`,
            { opensDialog: true },
          ),
        ]
      : [];
  const settling =
    powers.maySettle && kept.state === 'submitted'
      ? [
          button('acknowledge', 'Acknowledge', press('report.acknowledge'), `acknowledge report ${on}`, {
            look: 'primary',
          }),
          button('return', 'Return', press('report.return'), `return report ${on} because your words`, {
            opensDialog: true,
          }),
        ]
      : [];
  return [
    ...writing,
    ...settling,
    file('pdf', 'Send as PDF'),
    file('docx', 'Send as Word'),
    file('csv', 'Send as CSV'),
  ];
}
