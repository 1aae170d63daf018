/** What is said about exports: what there is, that a file comes, why none does; and how its columns are called. */

import { SURVEY_LINES } from '../../domain/survey.ts';
import { type Button, button } from '../button.ts';
import { type Line, line, strong } from '../inline.ts';
import { type Block, card, fact, facts, type Message, note, paragraph, say } from '../message.ts';
import { LINE_LABELS } from './survey.ts';

/** What each export is called, and what its rows hold. */
export const EXPORT_NAMES = {
  engagements: {
    name: 'Engagements',
    holds: 'One row for each engagement: number, system, component, state, people and dates.',
  },
  cards: {
    name: 'Information Cards',
    holds:
      'One row for each line of each Information Card: its status and dates. Without references, and without what personnel security does.',
  },
  deliveries: {
    name: 'Deliveries',
    holds: 'One row for each message: to whom, when, and what became of it. Without its words.',
  },
  audit: {
    name: 'Audit record',
    holds: 'One row for each entry of the audit record that you may read.',
  },
  satisfaction: {
    name: 'Satisfaction',
    holds: 'Averages of whole groups of answers, in all, by component and by quarter. Never one answer.',
  },
} as const;
type Key = keyof typeof EXPORT_NAMES;

/** Columns of each export: the key in JSON, and the head in a table. */
export const EXPORT_COLUMNS: Readonly<Record<Key, readonly (readonly [key: string, head: string])[]>> = {
  engagements: [
    ['number', 'Number'],
    ['offering', 'Offering'],
    ['system', 'System'],
    ['component', 'Component'],
    ['state', 'State code'],
    ['state_label', 'State'],
    ['created_at', 'Created (UTC)'],
    ['filed_at', 'Filed (UTC)'],
    ['state_since', 'State since (UTC)'],
    ['business_owner', 'Business Owner'],
    ['cyber_risk_advisor', 'Cyber Risk Advisor'],
    ['triaged_by', 'Accepted by'],
    ['service_isso', 'Service ISSO'],
    ['kickoff_on', 'Kickoff held on'],
    ['day_0', 'Day 0'],
    ['at_work_since', 'At work since'],
    ['ends_on', 'Ends on'],
    ['reason', 'Reason code of the end'],
  ],
  cards: [
    ['number', 'Number'],
    ['system', 'System'],
    ['component', 'Component'],
    ['state', 'State'],
    ['service_isso', 'Service ISSO'],
    ['day_0', 'Day 0'],
    ['line', 'Line'],
    ['status', 'Status'],
    ['with', 'With'],
    ['requested_on', 'Requested on'],
    ['done_on', 'Done on'],
    ['moved_to', 'Moved to'],
  ],
  deliveries: [
    ['sequence', 'Sequence'],
    ['kind', 'Kind'],
    ['urgency', 'Urgency'],
    ['topic', 'Topic'],
    ['to', 'To'],
    ['recipient', 'Recipient'],
    ['number', 'Number'],
    ['due_at', 'Due (UTC)'],
    ['state', 'State'],
    ['reason', 'Reason'],
    ['attempts', 'Attempts'],
    ['may_repeat', 'May have come twice'],
    ['platform', 'Platform'],
    ['sent_at', 'Sent (UTC)'],
  ],
  audit: [
    ['position', 'Position'],
    ['at', 'At (UTC)'],
    ['actor', 'Who'],
    ['acted_for', 'For whom'],
    ['role', 'Role'],
    ['verb', 'Verb'],
    ['number', 'Number'],
    ['from', 'From'],
    ['to', 'To'],
    ['reason', 'Reason code'],
    ['platform', 'Platform'],
    ['facts', 'Facts'],
    ['hash', 'Hash'],
  ],
  satisfaction: [
    ['of', 'Of'],
    ['name', 'Name'],
    ['answers', 'Answers'],
    ...SURVEY_LINES.map((each) => [each, LINE_LABELS[each]] as const),
  ],
};

/** What an average is of. */
export const SATISFACTION_OF = { all: 'All', component: 'Component', quarter: 'Quarter' } as const;
/** In the place of words that must not leave. */
export const LEFT_OUT = '(left out)';

interface Offer {
  readonly key: Key;
  readonly name: string;
  readonly holds: string;
  readonly formats: readonly string[];
}

const exportButton = (key: Key, format: string, label: string): Button =>
  button(
    `export-${key}-${format}`,
    label,
    { verb: 'export.make', subject: key, choice: format },
    `export ${key} ${format}`,
  );

/** Every export, with the way to each. */
export const exportsMessage = (offers: readonly Offer[]): Message =>
  card(
    'Exports',
    [
      paragraph('I send you any of these as a file. That you asked for it is kept in the record.'),
      facts(offers.map((offer) => fact(offer.name, holdsLine(offer)))),
      note(
        'CSV and XLSX open in a spreadsheet, JSON is for programs. All three have the same rows. Type `export engagements xlsx`, for example.',
      ),
    ],
    offers.map(({ key, name }) => exportButton(key, 'csv', `${name} as CSV`)),
  );

const holdsLine = ({ key, holds }: Offer): Line => line`${holds} Type \`export ${key} csv\`.`;

/** Asks in which format. */
export const whichFormat = ({ key, name, holds, formats }: Offer): Message =>
  card(
    `Export: ${name}`,
    [
      paragraph(holds),
      note(
        `Choose a format, or type it: ${formats.map((format) => `\`export ${key} ${format}\``).join(', ')}.`,
      ),
    ],
    formats.map((format) => exportButton(key, format, format.toUpperCase())),
  );

/** What goes with the file. */
export const exportMessage = (
  { name }: Pick<Offer, 'name'>,
  file: { readonly name: string; readonly rows: number; readonly sha256: string },
): Message =>
  card(`Export: ${name}`, [
    paragraph(line`${strong(file.name)} has ${rowsWords(file.rows)}.`),
    ...fileNotes(file.sha256),
  ]);

/** What holds for any file that leaves. */
export const fileNotes = (sha256: string): readonly Block[] => [
  note(line`SHA-256: ${sha256}`),
  note(
    'It may name people. Keep it where CMS lets such files be kept, and delete it when you no longer need it.',
  ),
];

/** Said at once to whoever asked. */
export const exportComes = ({ name }: Pick<Offer, 'name'>, rows: number, byMail: boolean): Message =>
  say(
    line`${strong(name)}, ${rowsWords(rows)}: I send you the file ${byMail ? 'by mail' : 'in a direct message'} now.`,
  );

export const rowsWords = (count: number): string =>
  count === 1 ? '1 row' : `${count.toLocaleString('en-US')} rows`;

/** No file is made or can be sent here. */
export const noFilesHere = (): Message =>
  say(
    'I can\u2019t send you a file here, so nothing was made. Ask for it on another platform, or have the administrator set up mail.',
  );

/** `most`: rows an export holds at most. */
export const tooManyRows = (most: number): Message =>
  say(
    `Nothing was made: an export holds ${most.toLocaleString('en-US')} rows at most, and this one would have more. For the whole record, the administrator runs \`npm run audit:verify -- --export\`; for whole classes of records, \`npm run records\`.`,
  );

/** A file that is larger than messages can carry. */
export const tooLargeToSend = (most: number): Message =>
  say(
    `Nothing was sent: the file is larger than ${Math.floor(most / 1_000_000)} MB, which is the most I send in a message. Ask for CSV or XLSX on the page of exports, or have the administrator run \`npm run records\`.`,
  );

/** To whoever may make exports and named one there is none of. */
export const noSuchExport = (keys: readonly string[], formats: readonly string[]): Message =>
  say(
    `There is no such export. Type \`export\`, then one of ${keys.join(', ')}, then one of ${formats.join(', ')}.`,
  );
