/** A document as a PDF: tagged for screen readers, with title, language and page numbers; the same words give the same bytes. */
import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import type { DocumentPart, DocumentTable, TextDocument } from '../messages/document.ts';

type Pdf = PDFKit.PDFDocument;
type Struct = ReturnType<Pdf['struct']>;

const { resolve } = createRequire(import.meta.url);
const fontFile = (name: string): string => resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`);
// By path: under a name of their own the library would read a file anew for every cell.
const FONTS = { plain: fontFile('DejaVuSans'), bold: fontFile('DejaVuSans-Bold') } as const;

/** Points; letter paper lies on its side, because tables are wide. */
const MARGIN = 48;
const SIZES = { title: 18, heading: 13, text: 10, cell: 8.5, foot: 8 } as const;
/** Less room than this below a heading, and it goes to the next page. */
const ROOM_FOR_SECTION = 90;

/** The file's bytes. */
export async function makePdf(document: TextDocument): Promise<Buffer> {
  const pdf = new PDFDocument({
    size: 'LETTER',
    layout: 'landscape',
    margin: MARGIN,
    pdfVersion: '1.7',
    lang: 'en-US',
    tagged: true,
    displayTitle: true,
    bufferPages: true,
    info: { Title: document.title, CreationDate: document.at, ModDate: document.at },
  });
  const whole = collected(pdf);
  const root = pdf.struct('Document');
  pdf.addStructure(root);
  write(pdf, root, 'H1', document.title, 'bold', SIZES.title);
  for (const words of document.intro) write(pdf, root, 'P', words);
  for (const { heading, parts } of document.sections) {
    if (pdf.y > pdf.page.height - MARGIN - ROOM_FOR_SECTION) pdf.addPage();
    const section = pdf.struct('Sect');
    root.add(section);
    pdf.moveDown(0.8);
    write(pdf, section, 'H2', heading, 'bold', SIZES.heading);
    for (const part of parts) writePart(pdf, section, part);
    section.end();
  }
  root.end();
  numberPages(pdf, document.title);
  pdf.end();
  return whole;
}

function collected(pdf: Pdf): Promise<Buffer> {
  const chunks: Buffer[] = [];
  return new Promise((resolve, reject) => {
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.on('end', () => resolve(Buffer.concat(chunks)));
    pdf.on('error', reject);
  });
}

function write(
  pdf: Pdf,
  into: Struct,
  tag: 'H1' | 'H2' | 'P',
  words: string,
  font: keyof typeof FONTS = 'plain',
  size: number = SIZES.text,
): void {
  pdf.font(FONTS[font]).fontSize(size).fillColor('black');
  pdf.text(words, MARGIN, pdf.y, { structParent: into, structType: tag, paragraphGap: 3 });
}

function writePart(pdf: Pdf, into: Struct, part: DocumentPart): void {
  if (part.kind === 'paragraph') write(pdf, into, 'P', part.words);
  else writeTable(pdf, into, part);
}

/** What the library takes beyond what its types tell: where a table stands in the structure, and whose header a cell is. */
type TableOptions = PDFKit.Mixins.TableOptions & { readonly structParent: Struct };
type Cell = PDFKit.Mixins.CellOptions & { readonly scope?: 'Row' | 'Column' };

function writeTable(pdf: Pdf, into: Struct, of: DocumentTable): void {
  const { label, heads, rows } = of;
  write(pdf, into, 'P', label);
  pdf.fontSize(SIZES.cell);
  const widths = columnWidths(pdf, of);
  pdf.font(FONTS.plain);
  const options: TableOptions = {
    position: { x: MARGIN, y: pdf.y },
    columnStyles: widths.map((width) => ({ width })),
    defaultStyle: { border: 0.5, borderColor: '#555555', padding: 3 },
    structParent: into,
  };
  const drawn = pdf.table(options);
  const header = (text: string, scope: 'Row' | 'Column'): Cell => ({
    text,
    type: 'TH',
    scope,
    ...(scope === 'Column' ? { backgroundColor: '#e8e8e8' } : {}),
    font: { src: scope === 'Column' ? FONTS.bold : FONTS.plain, size: SIZES.cell },
  });
  drawn.row(heads.map((head) => header(head, 'Column')));
  for (const row of rows) drawn.row(row.map((text, column) => (column === 0 ? header(text, 'Row') : text)));
  drawn.end();
  pdf.x = MARGIN;
  pdf.moveDown(0.6);
}

/** Space beside the words of a cell, both sides together, in points. */
const PADDING = 8;
/** Longer words of a cell give its column no more room. */
const LONGEST_CELL = 60;

/** Every column is as wide as its longest word; what is left goes to those with more to say. */
function columnWidths(pdf: Pdf, { heads, rows }: DocumentTable): readonly number[] {
  const least = heads.map((head, column) => {
    const headWidth = wordWidth(pdf.font(FONTS.bold), head);
    const cells = rows.map((row) => wordWidth(pdf.font(FONTS.plain), row[column] ?? ''));
    return PADDING + cells.reduce((widest, width) => Math.max(widest, width), headWidth);
  });
  const lengths = heads.map((head, column) =>
    rows.reduce((longest, row) => Math.max(longest, (row[column] ?? '').length), head.length),
  );
  const weights = lengths.map((length) => Math.min(length, LONGEST_CELL));
  const room = pdf.page.width - 2 * MARGIN;
  const left = Math.max(0, room - sum(least));
  const widths = least.map((width, column) => width + (left * (weights[column] ?? 0)) / sum(weights));
  const fits = Math.min(1, room / sum(widths));
  return widths.map((width) => Math.floor(width * fits));
}

const wordWidth = (pdf: Pdf, words: string): number =>
  words.split(' ').reduce((widest, word) => Math.max(widest, pdf.widthOfString(word)), 0);
const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

/** "Page 1 of 3", below the text of each page; read as no part of it. */
function numberPages(pdf: Pdf, title: string): void {
  const { count } = pdf.bufferedPageRange();
  for (let page = 0; page < count; page += 1) {
    pdf.switchToPage(page);
    pdf.page.margins.bottom = 0;
    pdf.markContent('Artifact', { type: 'Pagination' });
    pdf.font(FONTS.plain).fontSize(SIZES.foot).fillColor('black');
    pdf.text(`${title}. Page ${page + 1} of ${count}`, MARGIN, pdf.page.height - MARGIN + 14, {
      lineBreak: false,
    });
    pdf.endMarkedContent();
    pdf.page.margins.bottom = MARGIN;
  }
}
