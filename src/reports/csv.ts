/** Rows as CSV: UTF-8 with a mark for programs that would take it for something else, lines that end as RFC 4180 says. */
import { stringify } from 'csv-stringify/sync';

/** A spreadsheet would take a cell that begins so for a formula; the wide signs are for those set to East Asian writing. */
const FORMULA = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/u;

/** Every cell is text: what would be a formula is read as words, by the mark in front that spreadsheets know. */
export const makeCsv = (rows: readonly (readonly string[])[]): string =>
  stringify(
    rows.map((row) => row.map((cell) => (FORMULA.test(cell) ? `'${cell}` : cell))),
    { bom: true, record_delimiter: 'windows' },
  );
