/** What is said about classes of records: what there is, how long it is kept, and the archive that is sent. */
import type { RecordClass } from '../../domain/record-class.ts';
import type { RecordsManifest } from '../../domain/records-manifest.ts';
import type { Retention } from '../../domain/retention.ts';
import { type Button, button } from '../button.ts';
import { type Line, line, strong, time } from '../inline.ts';
import { bullets, card, fact, facts, type Message, note, paragraph, say } from '../message.ts';
import { fileNotes, rowsWords } from './exports.ts';

/** How long, in words: "6 years", "for good (the chain would break)". */
export function retentionWords(retention: Retention): string {
  if (retention.kind === 'kept') return `for good (${retention.because})`;
  const { kind, count } = retention;
  return `${count} ${count === 1 ? kind.slice(0, -1) : kind}`;
}

/** How sure something is: found published, or ours until the records officer confirms it. */
export const MARK_WORDS = { source: 'published', assumed: 'assumed' } as const;

export const dispositionButton = (): Button =>
  button('disposition', 'What is due', { verb: 'disposition.show', subject: 'all' }, 'disposition');
export const holdsButton = (): Button =>
  button('holds', 'Legal holds', { verb: 'holds.show', subject: 'all' }, 'holds');

/** Classes of which the bot keeps records, each with its schedule. */
export const recordsMessage = (classes: readonly RecordClass[], mayHold: boolean): Message =>
  card(
    'Records',
    [
      paragraph(
        'Every record that the bot keeps belongs to exactly one class. The time for which it is kept begins when the record ends, and not before its engagement ends.',
      ),
      facts(classes.map((each) => fact(each.name, classLine(each)))),
      note(
        'Type `export records transitory` for the records of a class as an archive, `export records transitory due` for what is due for disposition.',
      ),
      ...(mayHold
        ? [
            note(
              'Type `hold ISSO-2026-0001 because` with your reason, or a class or a person in place of the number, to keep records.',
            ),
          ]
        : []),
    ],
    [dispositionButton(), holdsButton()],
  );

const classLine = ({ key, schedule, scheduleMark, retention, retentionMark, covers }: RecordClass): Line =>
  line`${covers} Schedule: ${schedule} (${MARK_WORDS[scheduleMark]}). Kept: ${retentionWords(retention)} (${MARK_WORDS[retentionMark]}). Its word is \`${key}\`.`;

/** There is no class so called. */
export const noSuchClass = (classes: readonly RecordClass[]): Message => ({
  buttons: [],
  blocks: [
    paragraph('There is no such class of records. These are the words for the classes:'),
    bullets(classes.map(({ key, name }) => line`\`${key}\`: ${name}`)),
  ],
});

/** The bot has no rows of the class. */
export const nothingKept = ({ name, covers }: RecordClass): Message =>
  say(
    line`There are no records of the class ${strong(name)}, so there is nothing to export or to hold. ${covers}`,
  );

/** Of the class nothing is due, so that no archive is made. */
export const nothingDue = ({ name }: RecordClass): Message =>
  say(line`Nothing of ${strong(name)} is due, so I send no archive. Type \`disposition\` to see what is.`);

/** Nothing of the class is ever due. */
export const keptForGood = ({ name, retention }: RecordClass): Message =>
  say(
    line`Nothing was changed: ${strong(name)} is kept ${retentionWords(retention)}. Nothing of it is ever due.`,
  );

/** The counts did not agree, because somebody wrote at the same moment. */
export const recordsChanged = (): Message =>
  say('Nothing was made: records changed while I read them. Please type it again.');

/** The archive is larger than a message carries. */
export const recordsTooLarge = ({ key }: RecordClass, wish: 'all' | 'due'): Message =>
  say(
    `The archive is too large for a message, so nothing was sent. The administrator writes it into a folder: \`npm run records -- export --class ${key}${wish === 'due' ? ' --due' : ''} --out DIR\`.`,
  );

/** Said at once to whoever asked. */
export const recordsCome = ({ name }: RecordClass, rows: number, byMail: boolean): Message =>
  say(
    line`${strong(name)}, ${rowsWords(rows)}: I send you the archive ${byMail ? 'by mail' : 'in a direct message'} now.`,
  );

/** What goes with the archive. */
export const recordsZipMessage = (
  { key, name }: RecordClass,
  manifest: RecordsManifest,
  file: { readonly name: string; readonly hash: string; readonly mayDispose: boolean },
): Message =>
  card(`Records: ${name}`, [
    paragraph(
      line`${strong(file.name)} has ${rowsWords(manifest.rows)} in ${filesWords(manifest.files.length)}, and manifest.json, which says what they are.`,
    ),
    facts(manifest.files.map(({ file: of, rows }) => fact(of, rowsWords(rows)))),
    ...(manifest.before === null
      ? []
      : [
          paragraph(
            line`These rows ended before ${time(new Date(manifest.before), 'date')}, and no hold keeps them.`,
          ),
        ]),
    ...(file.mayDispose
      ? [
          paragraph(
            line`Put the archive where it is kept. To delete exactly these rows from the bot, type \`dispose ${key} ${file.hash.slice(0, 12)}\`.`,
          ),
        ]
      : []),
    note('The hash below is that of manifest.json, which holds the hash of every file.'),
    ...fileNotes(file.hash),
  ]);

const filesWords = (count: number): string => (count === 1 ? '1 file' : `${count} files`);
