/** What is said about disposition: what is due, what was disposed of, and why something was not. */
import type { Disposal } from '../../domain/legal-hold.ts';
import type { RecordClass } from '../../domain/record-class.ts';
import type { ManifestFile } from '../../domain/records-manifest.ts';
import { button } from '../button.ts';
import { type Line, line, strong, time } from '../inline.ts';
import { bullets, card, fact, facts, type Message, note, paragraph, say } from '../message.ts';
import { rowsWords } from './exports.ts';
import { holdsButton } from './records.ts';

/** One class: what of it ended before `before`. */
export interface ClassStanding {
  readonly of: RecordClass;
  readonly before: Date;
  readonly parts: readonly {
    readonly table: string;
    readonly rows: number;
    readonly due: number;
    readonly held: number;
    readonly oldestAt: Date | null;
    readonly newestAt: Date | null;
  }[];
}

/** Why nothing was disposed of. */
export type DisposalRefusal =
  | 'hash-too-short'
  | 'no-such-export'
  | 'not-due-alone'
  | 'done-before'
  | 'changed'
  | 'nothing-due';

const sumOf = ({ parts }: ClassStanding, of: 'rows' | 'due' | 'held'): number =>
  parts.reduce((sum, part) => sum + part[of], 0);

/** The dry run: nothing changes. */
export function dispositionMessage(
  standings: readonly ClassStanding[],
  disposals: readonly Disposal[],
  mayDispose: boolean,
): Message {
  const due = standings.filter((each) => sumOf(each, 'due') > 0);
  return card(
    'Disposition: a dry run',
    [
      paragraph(
        due.length === 0
          ? 'Nothing is due. Nothing was changed.'
          : 'This is what was kept long enough. Nothing was changed.',
      ),
      facts(standings.map((each) => fact(each.of.name, standingLine(each)))),
      ...(disposals.length > 0
        ? [paragraph('Disposed of so far, newest first:'), bullets(disposals.map(disposalLine))]
        : []),
      note(
        'Open engagements, what a legal hold keeps, and the audit record never go. An engagement goes last, once nothing of it is left.',
      ),
      ...(mayDispose && due.length > 0
        ? [note('First export what is due. The archive then says how to dispose of exactly these rows.')]
        : []),
    ],
    [
      ...due.map(({ of }) =>
        button(
          `due-${of.key}`,
          `Export: ${of.name}`,
          { verb: 'records.export', subject: of.key, choice: 'due' },
          `export records ${of.key} due`,
        ),
      ),
      holdsButton(),
    ],
  );
}

function standingLine(standing: ClassStanding): Line {
  const [due, held, rows] = [sumOf(standing, 'due'), sumOf(standing, 'held'), sumOf(standing, 'rows')];
  const kept = held > 0 ? `; legal holds keep ${rowsWords(held)} more` : '';
  if (due === 0) return line`None of ${rowsWords(rows)} due${kept}.`;
  const [oldest, newest] = spanOf(standing);
  const span =
    oldest && newest
      ? line`, the oldest of ${time(oldest, 'date')}, the newest of ${time(newest, 'date')}`
      : '';
  const tables = standing.parts
    .filter((part) => part.due > 0)
    .map((part) => `${part.table} ${part.due.toLocaleString('en-US')}`)
    .join(', ');
  return line`${strong(`${due.toLocaleString('en-US')} due`)} of ${rowsWords(rows)}${span}${kept}. By table: ${tables}.`;
}

function spanOf({ parts }: ClassStanding): readonly [Date | undefined, Date | undefined] {
  const ordered = parts
    .flatMap(({ oldestAt, newestAt }) => [oldestAt, newestAt])
    .filter((at) => at !== null)
    .toSorted((a, b) => a.getTime() - b.getTime());
  return [ordered.at(0), ordered.at(-1)];
}

const disposalLine = ({ recordClass, at, counts, held, manifestHash }: Disposal): Line => {
  const rows = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const kept = held > 0 ? `, ${rowsWords(held)} kept by holds` : '';
  return line`${recordClass}, ${time(at, 'date')}: ${rowsWords(rows)}${kept}; manifest ${manifestHash.slice(0, 12)}`;
};

/** Asks once more before anything is deleted. */
export const reallyDispose = (of: RecordClass, files: readonly ManifestFile[], hash: string): Message => {
  const short = hash.slice(0, 12);
  return card(
    `Dispose of ${of.name}?`,
    [
      paragraph('These rows are deleted from the bot for good. They are exactly those of your export.'),
      facts(files.filter(({ rows }) => rows > 0).map(({ table, rows }) => fact(table, rowsWords(rows)))),
      note('Nothing was deleted yet. Make sure that the archive is where it is kept.'),
    ],
    [
      button(
        'dispose',
        'Delete these rows',
        { verb: 'records.dispose', subject: of.key, choice: hash },
        `dispose ${of.key} ${short} for good`,
        { look: 'danger' },
      ),
    ],
  );
};

/** It is done. */
export const disposed = (of: RecordClass, files: readonly ManifestFile[], held: number): Message => {
  const rows = files.reduce((sum, file) => sum + file.rows, 0);
  return say(
    line`${strong(of.name)}: ${rowsWords(rows)} deleted.${held > 0 ? ` Legal holds kept ${rowsWords(held)}.` : ''} The log of disposition and the audit record say so. The audit record itself never loses an entry.`,
    'Backups of the database may still hold these rows. Have the administrator delete old backups by their own schedule.',
  );
};

/** Why nothing was disposed of, and what to do. */
export function disposalRefused({ key, name }: RecordClass, refusal: DisposalRefusal): Message {
  const again = line`Type \`export records ${key} due\` first, then the words that the archive names.`;
  switch (refusal) {
    case 'hash-too-short':
      return say(
        line`Nothing was deleted: name at least the first 12 digits of the manifest\u2019s hash, and so many that they mean one export. ${again}`,
      );
    case 'no-such-export':
      return say(line`Nothing was deleted: there is no export of ${strong(name)} with that hash. ${again}`);
    case 'not-due-alone':
      return say(
        line`Nothing was deleted: that export holds all records of ${strong(name)}, not those that are due. ${again}`,
      );
    case 'done-before':
      return say(
        line`Nothing was deleted: what that export of ${strong(name)} holds was disposed of before. Type \`disposition\` to see what is due now.`,
      );
    case 'changed':
      return say(
        line`Nothing was deleted: what is due of ${strong(name)} is not what that export holds. A hold may have been placed or released since, or more records became due. ${again}`,
      );
    case 'nothing-due':
      return say(
        line`Nothing was deleted: nothing of ${strong(name)} is due. Type \`disposition\` to see what is.`,
      );
    default:
      return refusal satisfies never;
  }
}
