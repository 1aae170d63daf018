/** A paper to be read and kept: a title over sections of words and tables. Plain data, like a message; `src/reports` makes files of it. */

/** `label` names the table for whoever hears it read. Every row has as many cells as there are heads; the first cell names the row. */
export interface DocumentTable {
  readonly kind: 'table';
  readonly label: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export type DocumentPart = { readonly kind: 'paragraph'; readonly words: string } | DocumentTable;

export interface DocumentSection {
  readonly heading: string;
  readonly parts: readonly DocumentPart[];
}

export interface TextDocument {
  readonly title: string;
  /** The instant it stands for: also the one at which its file says that it was made. */
  readonly at: Date;
  /** Under the title. */
  readonly intro: readonly string[];
  readonly sections: readonly DocumentSection[];
}

export const words = (said: string): DocumentPart => ({ kind: 'paragraph', words: said });

export const table = (
  label: string,
  heads: readonly string[],
  rows: readonly (readonly string[])[],
): DocumentTable => ({ kind: 'table', label, heads, rows });

/** Every run of words in it, one a line, in reading order. */
export function linesOf({ title, intro, sections }: TextDocument): readonly string[] {
  const parts = sections.flatMap(({ heading, parts: said }) => [heading, ...said.flatMap(partLines)]);
  return [title, ...intro, ...parts];
}

const partLines = (part: DocumentPart): readonly string[] =>
  part.kind === 'paragraph' ? [part.words] : [part.label, ...part.heads, ...part.rows.flat()];
