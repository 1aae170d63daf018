/** Sheets as an Excel workbook: the same rows give the same bytes, and every text is a text. */
import writeExcelFile from 'write-excel-file/node';
import type { Sheet } from '../ports.ts';
import { withPinnedDates } from './zip-dates.ts';

/** More characters than this a cell can't hold (Excel specifications and limits). */
const LONGEST_CELL = 32_767;
/** Width of a column in characters, at least and at most. */
const [NARROWEST, WIDEST] = [8, 60];
/** Rows by which a column's width is measured. */
const MEASURED_ROWS = 200;

type Cell = Sheet['rows'][number][number];

/** The file's bytes. The first row of each sheet stays in sight and is bold. A text stays a text, whatever it begins with. */
export async function makeXlsx(sheets: readonly Sheet[]): Promise<Buffer> {
  const drawn = sheets.map(({ name, rows }) => ({
    sheet: name,
    data: rows.map((row, index) => row.map((cell) => (index === 0 ? headCell(cell) : textCell(cell)))),
    columns: columnsOf(rows),
    stickyRowsCount: 1,
  }));
  return withPinnedDates(await writeExcelFile(drawn).toBuffer());
}

/** Numbers count as numbers; anything else is a text by its type, so that no program takes it for a formula. */
function textCell(cell: Cell) {
  if (cell === null) return null;
  return typeof cell === 'number' ? { value: cell, type: Number } : { value: fitting(cell), type: String };
}

const headCell = (cell: Cell) =>
  ({ value: fitting(String(cell ?? '')), type: String, fontWeight: 'bold' }) as const;

const fitting = (text: string): string =>
  text.length <= LONGEST_CELL ? text : `${text.slice(0, LONGEST_CELL - 1)}\u2026`;

const columnsOf = (rows: Sheet['rows']) =>
  (rows[0] ?? []).map((_head, column) => ({
    width: rows
      .slice(0, MEASURED_ROWS)
      .reduce(
        (widest, row) => Math.min(WIDEST, Math.max(widest, String(row[column] ?? '').length + 2)),
        NARROWEST,
      ),
  }));
