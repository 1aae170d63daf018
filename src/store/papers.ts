/** Filled-in forms that are kept, version by version. */
import { z } from 'zod';
import { PAPER_KINDS, type Paper } from '../domain/paper.ts';
import type { Tx } from '../ports.ts';
import { Prisma } from './generated/client.ts';
import { storableValue } from './json.ts';
import type { Session } from './transaction.ts';

const kindSchema = z.enum(PAPER_KINDS);
const answersSchema = z.record(z.string(), z.unknown());
type PaperRow = Prisma.PaperGetPayload<object>;

/** What `toPaper` reads. */
const columns = Prisma.raw(
  `kind, subject, version, form_version AS "formVersion", answers, by_id AS "byId", at, reason`,
);

const toPaper = (row: PaperRow): Paper => ({
  ...row,
  kind: kindSchema.parse(row.kind),
  answers: answersSchema.parse(row.answers),
});

/** Rows of one statement, so that it stays of a size that is easy to take. */
const MOST_AT_ONCE = 100;

export function papersIn(db: Session): Tx['papers'] {
  const where = async (condition: Prisma.Sql): Promise<Paper[]> =>
    (await db.rows<PaperRow>(Prisma.sql`SELECT ${columns} FROM paper WHERE ${condition}`)).map(toPaper);
  const insertAll = async (papers: readonly Paper[]): Promise<number> => {
    let inserted = 0;
    for (let at = 0; at < papers.length; at += MOST_AT_ONCE) {
      const { count } = await (await db.models()).paper.createMany({
        data: papers
          .slice(at, at + MOST_AT_ONCE)
          .map((paper) => ({ ...paper, answers: storableValue(paper.answers) })),
        skipDuplicates: true,
      });
      inserted += count;
    }
    return inserted;
  };
  return {
    insert: async (paper) => (await insertAll([paper])) === 1,
    insertAll,
    latest: async (kind, subject) =>
      (await where(Prisma.sql`kind = ${kind} AND subject = ${subject} ORDER BY version DESC LIMIT 1`))[0] ??
      null,
    asOf: async (kind, subject, at) =>
      (
        await where(Prisma.sql`
          kind = ${kind} AND subject = ${subject} AND at <= ${at} ORDER BY version DESC LIMIT 1`)
      )[0] ?? null,
    versions: (kind, subject) => where(Prisma.sql`kind = ${kind} AND subject = ${subject} ORDER BY version`),
    latestOf: async (kind, subjects) => {
      if (subjects !== 'all' && subjects.length === 0) return [];
      const only =
        subjects === 'all' ? Prisma.empty : Prisma.sql`AND subject = ANY(${[...subjects]}::text[])`;
      const rows = await db.rows<PaperRow>(Prisma.sql`
        SELECT DISTINCT ON (subject) ${columns} FROM paper
         WHERE kind = ${kind} ${only} ORDER BY subject, version DESC`);
      return rows.map(toPaper);
    },
  };
}
