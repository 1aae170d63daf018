/** Exports: what the programme holds, as a file of rows. One call checks access, makes the file and notes it in the record. */
import { createHash } from 'node:crypto';
import { mayEver } from '../domain/access.ts';
import type { Person } from '../domain/person.ts';
import { accepted, type Result, refused } from '../domain/result.ts';
import { localDate } from '../domain/time.ts';
import { EXPORT_NAMES } from '../messages/copy/exports.ts';
import type { Attachment, AuditEntry, Papermaker, Tx } from '../ports.ts';
import { type ExportRows, type Row, rowsOf } from './exports-rows.ts';
import type { Programme } from './work.ts';

export const EXPORT_KEYS = ['engagements', 'cards', 'deliveries', 'audit', 'satisfaction'] as const;
export type ExportKey = (typeof EXPORT_KEYS)[number];
export const EXPORT_FORMATS = ['csv', 'xlsx', 'json'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** One export that can be made, as people read it. */
export interface ExportOffer {
  readonly key: ExportKey;
  /** Such as "Engagements". */
  readonly name: string;
  /** What its rows hold, in one sentence. */
  readonly holds: string;
  readonly formats: readonly ExportFormat[];
}

/** Every export there is, in the order in which they are listed. */
export const EXPORTS: readonly ExportOffer[] = EXPORT_KEYS.map((key) => ({
  key,
  ...EXPORT_NAMES[key],
  formats: EXPORT_FORMATS,
}));

/** More rows one file does not have: a spreadsheet with more of them is slow, and one of a million can't be opened. */
const MOST_ROWS = 200_000;

/** A file with how many rows it has, beside the one that names the columns, and the SHA-256 of its bytes in hexadecimal. */
export interface ExportFile extends Attachment {
  readonly rows: number;
  readonly sha256: string;
}

/** `not-yours`: no such right. `no-such-export`: no such key or format. `no-files`: no files are made here. */
export type ExportRefusal =
  | { readonly code: 'not-yours' | 'no-such-export' | 'no-files' }
  | { readonly code: 'too-many-rows'; readonly most: number };

export interface ExportDeps {
  readonly tx: Tx;
  readonly programme: Programme;
  readonly now: Date;
  readonly papermaker?: Papermaker | undefined;
  /** Where it was asked for; left out: on a page of the bot's own. */
  readonly platform?: AuditEntry['platform'];
}

/**
 * Makes the export `key` as a file of that format for `person`. Refused for whoever may not (domain reference 1.3), for keys and
 * formats there are none of, and for more than 200,000 rows. That it was made stands in the record: key, format, rows and SHA-256,
 * never what the rows hold.
 */
export async function makeExport(
  deps: ExportDeps,
  person: Person,
  key: string,
  format: string,
): Promise<Result<ExportFile, ExportRefusal>> {
  if (!mayEver(person, 'export.make')) return refused({ code: 'not-yours' });
  const found = EXPORTS.find((each) => each.key === key);
  const made = EXPORT_FORMATS.find((each) => each === format);
  if (!found || !made) return refused({ code: 'no-such-export' });
  if (!deps.papermaker) return refused({ code: 'no-files' });
  const drawn = await draw(deps.papermaker, rowsOf(deps, person, found.key), found, made, deps.now);
  if (drawn === null) return refused({ code: 'too-many-rows', most: MOST_ROWS });
  const name = `${found.key}-${localDate(deps.now, deps.programme.timeZone)}.${made}`;
  const bytes = Buffer.from(drawn.content, drawn.encoding ?? 'utf8');
  const file = { name, ...drawn, sha256: createHash('sha256').update(bytes).digest('hex') };
  await deps.tx.audit.append({
    at: deps.now,
    actorId: person.id,
    forId: null,
    role: person.roles[0] ?? null,
    verb: 'export.make',
    engagementId: null,
    from: null,
    to: null,
    reason: null,
    platform: deps.platform ?? 'bot',
    facts: { key: found.key, format: made, rows: String(file.rows), sha256: file.sha256 },
  });
  return accepted(file);
}

type Drawn = Omit<ExportFile, 'name' | 'sha256'>;

/** Null for more rows than a file has. Rows are kept as what they become: a text, or the cells of a sheet. */
function draw(
  papermaker: Papermaker,
  rows: ExportRows,
  { key, name }: ExportOffer,
  format: ExportFormat,
  now: Date,
): Promise<Drawn | null> {
  switch (format) {
    case 'csv':
      return drawCsv(papermaker, rows);
    case 'xlsx':
      return drawXlsx(papermaker, rows, name);
    case 'json':
      return drawJson(rows, key, now);
    default:
      return format satisfies never;
  }
}

/** Goes through the rows; answers how many there are, null for too many. */
async function taken(rows: ExportRows, take: (page: readonly Row[]) => void): Promise<number | null> {
  let count = 0;
  await rows.each(async (page) => {
    count += page.length;
    if (count <= MOST_ROWS) take(page);
  });
  return count <= MOST_ROWS ? count : null;
}

const heads = ({ columns }: ExportRows): readonly string[] => columns.map(([, head]) => head);
const textRow = (row: Row): readonly string[] => row.map((cell) => (cell === null ? '' : String(cell)));

async function drawCsv(papermaker: Papermaker, rows: ExportRows): Promise<Drawn | null> {
  const pages = [papermaker.csv([heads(rows)])];
  const count = await taken(rows, (page) => {
    // The mark that says how the file is written stands at its beginning alone.
    if (page.length > 0) pages.push(papermaker.csv(page.map(textRow)).replace(/^\uFEFF/u, ''));
  });
  return count === null ? null : { type: 'text/csv; charset=utf-8', content: pages.join(''), rows: count };
}

async function drawXlsx(papermaker: Papermaker, rows: ExportRows, name: string): Promise<Drawn | null> {
  const cells: Row[] = [heads(rows)];
  const count = await taken(rows, (page) => {
    for (const row of page) cells.push(row);
  });
  if (count === null) return null;
  return {
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    content: await papermaker.xlsx([{ name, rows: cells }]),
    encoding: 'base64',
    rows: count,
  };
}

async function drawJson(rows: ExportRows, key: ExportKey, now: Date): Promise<Drawn | null> {
  const pages: string[] = [];
  const object = (row: Row): string =>
    JSON.stringify(Object.fromEntries(rows.columns.map(([name], index) => [name, row[index] ?? null])));
  const count = await taken(rows, (page) => {
    if (page.length > 0) pages.push(page.map(object).join(',\n'));
  });
  if (count === null) return null;
  const head = `{"export":${JSON.stringify(key)},"at":${JSON.stringify(now.toISOString())},"count":${count},"rows":[\n`;
  return {
    type: 'application/json; charset=utf-8',
    content: `${head}${pages.join(',\n')}\n]}\n`,
    rows: count,
  };
}
