/** The console's own memory: what stands in its conversations, and how far its clock was moved. */

import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { storableText } from '../domain/storable-text.ts';
import type { ConsoleLedger, ConsolePost, NewConsolePost } from '../ports.ts';
import type { Database } from './client.ts';
import { Prisma } from './generated/client.ts';
import { storableJson } from './json.ts';
import { type Statements, singly } from './statements.ts';
import { consoleActionsSchema } from './stored-shapes.ts';

const columns = Prisma.raw(
  `id, sequence, conversation AS "to", author AS "from", at, text, card, actions, delivery_key AS "deliveryKey",
   edited_at AS "editedAt"`,
);
const postsSchema = z.array(
  z.object({
    id: z.string(),
    sequence: z.number(),
    to: z.string(),
    from: z.string(),
    at: z.date(),
    text: z.string(),
    card: z.unknown(),
    actions: consoleActionsSchema,
    deliveryKey: z.string().nullable(),
    editedAt: z.date().nullable(),
  }),
);
const marksSchema = z.array(z.object({ conversation: z.string(), sequence: z.number() }));
const offsetsSchema = z.array(z.object({ offset: z.number() }));

export function consoleLedger(database: Database): ConsoleLedger {
  const { rows, changed } = singly(database);
  const posts = async (statement: Prisma.Sql): Promise<ConsolePost[]> =>
    postsSchema.parse(await rows(statement));
  const bySequence = async (statement: Prisma.Sql): Promise<ReadonlyMap<string, number>> =>
    new Map(
      marksSchema.parse(await rows(statement)).map((mark) => [mark.conversation, mark.sequence] as const),
    );
  const byDeliveryKey = async (key: string): Promise<ConsolePost | null> =>
    (await posts(Prisma.sql`SELECT ${columns} FROM console_post WHERE delivery_key = ${key}`))[0] ?? null;
  return {
    add: (post) => add(posts, byDeliveryKey, post),
    edit: async (id, { text, card, actions }, at) =>
      (
        await posts(Prisma.sql`
          UPDATE console_post SET text = ${storableText(text)}, card = ${cardOf(card)}::jsonb,
                                  actions = ${storableJson(actions)}::jsonb, edited_at = ${at.toISOString()}::timestamptz
           WHERE id = ${id} RETURNING ${columns}`)
      )[0] ?? null,
    get: async (id) =>
      (await posts(Prisma.sql`SELECT ${columns} FROM console_post WHERE id = ${id}`))[0] ?? null,
    byDeliveryKey,
    list: (to, sinceSequence) =>
      posts(Prisma.sql`
        SELECT ${columns} FROM console_post WHERE conversation = ${to} AND sequence > ${sinceSequence} ORDER BY sequence`),
    readMarks: (personId) =>
      bySequence(
        Prisma.sql`SELECT conversation, sequence FROM console_read_mark WHERE person_id = ${personId}`,
      ),
    markRead: async (personId, to, sequence) => {
      await changed(Prisma.sql`
        INSERT INTO console_read_mark (person_id, conversation, sequence) VALUES (${personId}, ${to}, ${sequence})
        ON CONFLICT (person_id, conversation) DO UPDATE
          SET sequence = greatest(console_read_mark.sequence, excluded.sequence)`);
    },
    latest: () =>
      bySequence(
        Prisma.sql`SELECT conversation, max(sequence) AS sequence FROM console_post GROUP BY conversation`,
      ),
    ...clockIn({ rows, changed }),
  };
}

function clockIn({ rows, changed }: Statements): Pick<ConsoleLedger, 'clockOffsetMs' | 'saveClockOffsetMs'> {
  return {
    clockOffsetMs: async () => {
      const found = await rows(
        Prisma.sql`SELECT offset_ms::double precision AS offset FROM console_clock WHERE id = 1`,
      );
      return offsetsSchema.parse(found)[0]?.offset ?? null;
    },
    saveClockOffsetMs: async (offsetMs) => {
      await changed(Prisma.sql`
        INSERT INTO console_clock (id, offset_ms) VALUES (1, ${offsetMs})
        ON CONFLICT (id) DO UPDATE SET offset_ms = excluded.offset_ms`);
    },
  };
}

/** A key that was posted before answers the earlier post. */
async function add(
  posts: (statement: Prisma.Sql) => Promise<ConsolePost[]>,
  byDeliveryKey: (key: string) => Promise<ConsolePost | null>,
  { to, from, at, text, card, actions, deliveryKey }: NewConsolePost,
): Promise<ConsolePost> {
  const [added] = await posts(Prisma.sql`
    INSERT INTO console_post (id, conversation, author, at, text, card, actions, delivery_key)
    VALUES (${randomUUID()}, ${to}, ${from}, ${at.toISOString()}::timestamptz, ${storableText(text)}, ${cardOf(card)}::jsonb,
            ${storableJson(actions)}::jsonb, ${deliveryKey})
    ON CONFLICT DO NOTHING RETURNING ${columns}`);
  const post = added ?? (deliveryKey === null ? null : await byDeliveryKey(deliveryKey));
  if (!post) throw new Error('A post was neither added nor there before.');
  return post;
}

/** Nothing is kept as nothing, not as JSON's null. */
const cardOf = (card: unknown): string | null =>
  card === null || card === undefined ? null : storableJson(card);
