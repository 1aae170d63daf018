/** A document as a Word file: headings as styles, tables with repeated header rows, title and language; the same words give the same bytes. */
import {
  AlignmentType,
  Document,
  Footer,
  HeadingLevel,
  LineRuleType,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import type { DocumentPart, DocumentTable, TextDocument } from '../messages/document.ts';
import { withPinnedDates } from './zip-dates.ts';

/** Twips, the twentieths of a point that Word counts in: letter paper on its side, because tables are wide. */
const PAGE = { width: 12_240, height: 15_840, margin: 1_080 } as const;
const ROOM = PAGE.height - 2 * PAGE.margin;
/** Half points. */
const SIZES = { title: 36, heading: 26, text: 21, cell: 18, foot: 16 } as const;
const FONT = 'Arial';
const HEAD_SHADE = 'E8E8E8';
/** Longer words of a cell give its column no more room. */
const LONGEST_CELL = 60;
/** No column is narrower than for so many characters. */
const NARROWEST = 6;

/** The file's bytes. */
export async function makeDocx(document: TextDocument): Promise<Buffer> {
  const { title } = document;
  const file = new Document({
    title,
    creator: 'ISSO As A Service',
    styles: stylesOf(),
    sections: [
      {
        properties: {
          page: {
            size: { width: PAGE.width, height: PAGE.height, orientation: PageOrientation.LANDSCAPE },
            margin: { top: PAGE.margin, bottom: PAGE.margin, left: PAGE.margin, right: PAGE.margin },
          },
        },
        footers: { default: footer(title) },
        children: [
          new Paragraph({ heading: HeadingLevel.TITLE, text: title }),
          ...document.intro.map((words) => new Paragraph(clean(words))),
          ...document.sections.flatMap(({ heading, parts }) => [
            new Paragraph({ heading: HeadingLevel.HEADING_1, text: clean(heading), keepNext: true }),
            ...parts.flatMap(drawn),
          ]),
        ],
      },
    ],
  });
  const core = { path: 'docProps/core.xml', data: coreProperties(document) };
  return withPinnedDates(await Packer.toBuffer(file, undefined, [core]));
}

function stylesOf() {
  const black = '000000';
  return {
    default: {
      document: {
        run: { font: FONT, size: SIZES.text, language: { value: 'en-US' } },
        paragraph: { spacing: { after: 120, line: 276, lineRule: LineRuleType.AUTO } },
      },
      title: { run: { font: FONT, size: SIZES.title, bold: true, color: black } },
      heading1: {
        run: { font: FONT, size: SIZES.heading, bold: true, color: black },
        paragraph: { spacing: { before: 280, after: 120 } },
      },
      caption: {
        run: { font: FONT, size: SIZES.text, italics: false, color: black },
        paragraph: { spacing: { before: 120, after: 80 } },
      },
    },
  } as const;
}

const drawn = (part: DocumentPart): readonly (Paragraph | Table)[] =>
  part.kind === 'paragraph'
    ? part.words.split('\n').map((words) => new Paragraph(clean(words)))
    : // Two tables that touch would be one in Word.
      [
        new Paragraph({ style: 'Caption', text: clean(part.label), keepNext: true }),
        tableOf(part),
        new Paragraph(''),
      ];

function tableOf(of: DocumentTable): Table {
  const widths = columnWidths(of);
  const cell = (words: string, column: number, head: 'row' | 'column' | null): TableCell =>
    new TableCell({
      width: { size: widths[column] ?? 0, type: WidthType.DXA },
      margins: { top: 40, bottom: 40, left: 80, right: 80 },
      ...(head === 'column' ? { shading: { fill: HEAD_SHADE } } : {}),
      children: words.split('\n').map(
        (line) =>
          new Paragraph({
            spacing: { after: 0 },
            children: [new TextRun({ text: clean(line), size: SIZES.cell, bold: head !== null })],
          }),
      ),
    });
  return new Table({
    width: { size: ROOM, type: WidthType.DXA },
    columnWidths: widths,
    // Readers of the screen are told by this that the first row and the first column name the others.
    tableLook: { firstRow: true, firstColumn: true, noHBand: true, noVBand: true },
    rows: [
      new TableRow({
        tableHeader: true,
        cantSplit: true,
        children: of.heads.map((head, column) => cell(head, column, 'column')),
      }),
      ...of.rows.map(
        (row) =>
          new TableRow({
            children: row.map((words, column) => cell(words, column, column === 0 ? 'row' : null)),
          }),
      ),
    ],
  });
}

/** By how much there is to say in each. */
function columnWidths({ heads, rows }: DocumentTable): number[] {
  const weights = heads.map((head, column) => {
    const longest = rows.reduce((most, row) => Math.max(most, (row[column] ?? '').length), head.length);
    return Math.max(NARROWEST, Math.min(longest, LONGEST_CELL));
  });
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => Math.floor((ROOM * weight) / all));
}

const footer = (title: string): Footer =>
  new Footer({
    children: [
      new Paragraph({
        alignment: AlignmentType.LEFT,
        children: [
          new TextRun({
            size: SIZES.foot,
            children: [`${clean(title)}. Page `, PageNumber.CURRENT, ' of ', PageNumber.TOTAL_PAGES],
          }),
        ],
      }),
    ],
  });

/** What the library would write there has the instant of the making in it. */
function coreProperties({ title, at }: TextDocument): string {
  const when = `${at.toISOString().slice(0, 19)}Z`;
  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"',
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"',
    ' xmlns:dcmitype="http://purl.org/dc/dcmitype/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">',
    `<dc:title>${escaped(title)}</dc:title><dc:creator>ISSO As A Service</dc:creator><dc:language>en-US</dc:language>`,
    '<cp:lastModifiedBy>ISSO As A Service</cp:lastModifiedBy><cp:revision>1</cp:revision>',
    `<dcterms:created xsi:type="dcterms:W3CDTF">${when}</dcterms:created>`,
    `<dcterms:modified xsi:type="dcterms:W3CDTF">${when}</dcterms:modified></cp:coreProperties>`,
  ].join('');
}

const escaped = (text: string): string =>
  clean(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

/** Without what an XML file can't hold: control characters, and halves of characters. */
const clean = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
  text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF\p{Cs}]/gu, ' ');
