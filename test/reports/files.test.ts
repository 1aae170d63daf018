import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterAll, describe, expect, it } from 'vitest';
import { createDrawing } from '../../src/drawing.ts';
import { type TextDocument, table, words } from '../../src/messages/document.ts';

const { papermaker, stop } = createDrawing();
afterAll(stop);

const DOCUMENT: TextDocument = {
  title: 'Weekly status report, week of Friday, December 4, 2026',
  at: new Date('2026-12-04T17:00:00Z'),
  intro: ['Draft, not submitted yet.'],
  sections: [
    {
      heading: 'Onboarding',
      parts: [
        table(
          'People in onboarding',
          ['Record', 'Person', 'Done'],
          Array.from({ length: 70 }, (_, index) => [
            `ISSO-2026-${String(index + 1).padStart(4, '0')}`,
            'Zoë O’Rourke, Service ISSO',
            `${index}%`,
          ]),
        ),
      ],
    },
    { heading: 'Risks', parts: [words('None known; – “as drafted”.')] },
  ],
};
const sha = (content: string): string => createHash('sha256').update(content).digest('hex');

describe('a report as PDF', () => {
  it('is the same byte for byte when it is made again', async () => {
    const [one, other] = [await papermaker.pdf(DOCUMENT), await papermaker.pdf(DOCUMENT)];
    expect(sha(other)).toBe(sha(one));
    const later = { ...DOCUMENT, at: new Date('2026-12-05T17:00:00Z') };
    expect(sha(await papermaker.pdf(later))).not.toBe(sha(one));
  });

  it('can be read aloud: title, language, headings, tables with headers; and every word is in it', async () => {
    const data = new Uint8Array(Buffer.from(await papermaker.pdf(DOCUMENT), 'base64'));
    const pdf = await getDocument({ data, verbosity: 0 }).promise;
    const { info } = await pdf.getMetadata();
    expect(info).toMatchObject({
      Title: DOCUMENT.title,
      Language: 'en-US',
      CreationDate: 'D:20261204170000Z',
    });
    expect(await pdf.getMarkInfo()).toMatchObject({ Marked: true });
    expect(pdf.numPages).toBeGreaterThan(1);
    const pages: string[] = [];
    const roles = new Map<string, number>();
    for (let number = 1; number <= pdf.numPages; number += 1) {
      const page = await pdf.getPage(number);
      const { items } = await page.getTextContent();
      pages.push(items.map((item) => ('str' in item ? item.str : '')).join(' '));
      countRoles(await page.getStructTree(), roles);
    }
    const all = pages.join('\n');
    for (const [, row] of [1, 35, 70].entries())
      expect(all).toContain(`ISSO-2026-${String(row).padStart(4, '0')}`);
    expect(all).toContain('Zoë O’Rourke, Service ISSO');
    expect(all).toContain('None known; – “as drafted”.');
    pages.forEach((page, index) => {
      expect(page).toContain(`Page ${index + 1} of ${pdf.numPages}`);
    });
    // A row of heads, and the record of each row, are headers.
    expect(Object.fromEntries(roles)).toMatchObject({ H1: 1, H2: 2, TH: 3 + 70, TD: 140 });
  });
});

type Node = { readonly role?: string; readonly children?: readonly object[] };
/** Roles of the structure, counted from the whole page down. */
function countRoles(node: Node | null, into: Map<string, number>): void {
  if (node?.role) into.set(node.role, (into.get(node.role) ?? 0) + 1);
  for (const child of node?.children ?? []) countRoles(child, into);
}

describe('a report as CSV', () => {
  it('holds no formula, and every other cell as it is', () => {
    const cell = fc.oneof(
      fc.string(),
      fc.constantFrom('=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '\n=1', '\uFF1D1', '"quoted", and\nmore'),
    );
    const rows = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(rows, (made) => {
        const read: string[][] = parse(papermaker.csv(made), { bom: true, record_delimiter: '\r\n' });
        expect(read.map((row) => row.length)).toEqual(made.map(() => 3));
        read.forEach((row, at) => {
          row.forEach((value, column) => {
            const given = made[at]?.[column] ?? '';
            expect(value).not.toMatch(/^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/u);
            expect(value).toBe(/^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/u.test(given) ? `'${given}` : given);
          });
        });
      }),
    );
  });
});
