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

const toPaper = (row: PaperRow): Paper => ({
  ...row,
  kind: kindSchema.parse(row.kind),
  answers: answersSchema.parse(row.answers),
});

/** Rows of one statement, so that it stays of a size that is easy to take. */
const MOST_AT_ONCE = 100;

export function papersIn(db: Session): Tx['papers'] {
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
    latest: async (kind, subject) => {
      const row = await (await db.models()).paper.findFirst({
        where: { kind, subject },
        orderBy: { version: 'desc' },
      });
      return row ? toPaper(row) : null;
    },
    asOf: async (kind, subject, at) => {
      const row = await (await db.models()).paper.findFirst({
        where: { kind, subject, at: { lte: at } },
        orderBy: { version: 'desc' },
      });
      return row ? toPaper(row) : null;
    },
    versions: async (kind, subject) => {
      const rows = await (await db.models()).paper.findMany({
        where: { kind, subject },
        orderBy: { version: 'asc' },
      });
      return rows.map(toPaper);
    },
    latestOf: async (kind, subjects) => {
      const only = subjects === 'all' ? Prisma.empty : Prisma.sql`AND subject = ANY(${[...subjects]})`;
      const found = z
        .array(z.object({ subject: z.string(), version: z.number() }))
        .parse(
          await db.rows(
            Prisma.sql`SELECT subject, max(version)::int AS version FROM paper WHERE kind = ${kind} ${only} GROUP BY subject`,
          ),
        );
      if (found.length === 0) return [];
      const rows = await (await db.models()).paper.findMany({
        where: { kind, OR: found.map(({ subject, version }) => ({ subject, version })) },
        orderBy: { subject: 'asc' },
      });
      return rows.map(toPaper);
    },
  };
}
