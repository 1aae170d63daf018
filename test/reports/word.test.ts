import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import mammoth from 'mammoth';
import { describe, expect, it } from 'vitest';
import { linesOf, type TextDocument, table, words } from '../../src/messages/document.ts';
import { makeDocx } from '../../src/reports/docx.ts';

const DOCUMENT: TextDocument = {
  title: 'Marketplace Implementation Plan, edition 2 & more',
  at: new Date('2027-03-15T14:00:00Z'),
  intro: ['Edition 2 was approved.'],
  sections: [
    {
      heading: 'Service offerings',
      parts: [
        table(
          'Services of the catalogue',
          ['Service', 'Purpose'],
          Array.from({ length: 70 }, (_, index) => [`Service ${index + 1}`, 'Zoë’s <purpose>\nin two lines']),
        ),
      ],
    },
    { heading: 'Governance', parts: [words('Decided by the owner; – “as always”.')] },
  ],
};

const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const inside = async (document: TextDocument, path: string): Promise<string> => {
  const file = unzipSync(new Uint8Array(await makeDocx(document)))[path];
  if (!file) throw new Error(`${path} is not in the file`);
  return strFromU8(file);
};
const html = async (document: TextDocument): Promise<string> =>
  (await mammoth.convertToHtml({ buffer: await makeDocx(document) })).value;

describe('a document as a Word file', () => {
  it('is the same byte for byte when it is made again, and another at another instant', async () => {
    const one = sha(await makeDocx(DOCUMENT));
    expect(sha(await makeDocx(DOCUMENT))).toBe(one);
    expect(sha(await makeDocx({ ...DOCUMENT, at: new Date('2027-03-16T14:00:00Z') }))).not.toBe(one);
    const zip = await makeDocx(DOCUMENT);
    // The day of each file of the archive is that of the first that an archive knows.
    expect(zip.readUInt16LE(10)).toBe(0);
    expect(await inside(DOCUMENT, 'docProps/core.xml')).toContain('2027-03-15T14:00:00Z');
  });

  it('can be read aloud: title, language, headings as styles, rows of heads that are repeated', async () => {
    const core = await inside(DOCUMENT, 'docProps/core.xml');
    expect(core).toContain('<dc:title>Marketplace Implementation Plan, edition 2 &amp; more</dc:title>');
    expect(core).toContain('<dc:language>en-US</dc:language>');
    expect(await inside(DOCUMENT, 'word/styles.xml')).toContain('w:val="en-US"');
    const body = await inside(DOCUMENT, 'word/document.xml');
    expect(body.match(/<w:pStyle w:val="Heading1"\/>/gu)).toHaveLength(2);
    expect(body.match(/<w:pStyle w:val="Title"\/>/gu)).toHaveLength(1);
    expect(body.match(/<w:tblHeader\/>/gu)).toHaveLength(1);
    expect(body).toMatch(/<w:tblLook [^>]*w:firstRow="(?:1|true)"/u);
    expect(body).toMatch(/<w:tblLook [^>]*w:firstColumn="(?:1|true)"/u);
    const read = await html(DOCUMENT);
    expect(read.match(/<h1>/gu)).toHaveLength(2);
    expect(read.match(/<th>/gu)).toHaveLength(2);
    expect(read.match(/<tr>/gu)).toHaveLength(71);
  });

  it('holds every word as it is, whatever people typed', async () => {
    const typed = fc.string({ unit: 'binary', maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(typed, typed, typed, async (one, two, three) => {
        const document: TextDocument = {
          ...DOCUMENT,
          title: `T ${one}`,
          sections: [{ heading: `H ${two}`, parts: [table('Label', ['A'], [[three]]), words(`W ${three}`)] }],
        };
        const raw = (await mammoth.extractRawText({ buffer: await makeDocx(document) })).value;
        // What an XML file can't hold is left out, and white space is one blank.
        const folded = (text: string): string => text.replace(/[\p{C}\p{Z}\s\uFFFE\uFFFF]+/gu, '');
        for (const said of linesOf(document)) expect(folded(raw)).toContain(folded(said));
      }),
      { numRuns: 25 },
    );
  });
});
