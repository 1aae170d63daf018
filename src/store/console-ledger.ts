/** The console's own memory: what stands in its conversations, and how far its clock was moved. */
import { randomUUID } from 'node:crypto';
import type { ConsoleLedger, ConsolePost, NewConsolePost } from '../ports.ts';
import type { Database } from './client.ts';
import { Prisma } from './generated/client.ts';
import { storableText, storableValue } from './json.ts';
import { consoleActionsSchema } from './stored-shapes.ts';

const patienceMs = 30_000;
const theClock = { id: 1 };
type PostRow = Prisma.ConsolePostGetPayload<object>;

export function consoleLedger({ prisma, gate }: Database): ConsoleLedger {
  const run = <T>(work: () => Promise<T>): Promise<T> => gate.run(patienceMs, work);
  return {
    add: (post) => run(() => add(prisma, post)),
    edit: (id, change, at) =>
      run(async () => {
        const { count } = await prisma.consolePost.updateMany({
          where: { id },
          data: { ...content(change), editedAt: at },
        });
        const row = count === 1 ? await prisma.consolePost.findUnique({ where: { id } }) : null;
        return row && toPost(row);
      }),
    get: (id) =>
      run(async () => {
        const row = await prisma.consolePost.findFirst({ where: { id } });
        return row && toPost(row);
      }),
    byDeliveryKey: (deliveryKey) =>
      run(async () => {
        const row = await prisma.consolePost.findUnique({ where: { deliveryKey } });
        return row && toPost(row);
      }),
    list: (to, sinceSequence) =>
      run(async () => {
        const rows = await prisma.consolePost.findMany({
          where: { conversation: to, sequence: { gt: sinceSequence } },
          orderBy: { sequence: 'asc' },
        });
        return rows.map(toPost);
      }),
    readMarks: (personId) =>
      run(async () => {
        const marks = await prisma.consoleReadMark.findMany({ where: { personId } });
        return new Map(marks.map((mark) => [mark.conversation, mark.sequence]));
      }),
    markRead: async (personId, to, sequence) => {
      await run(
        () => prisma.$executeRaw`
          INSERT INTO console_read_mark (person_id, conversation, sequence) VALUES (${personId}, ${to}, ${sequence})
          ON CONFLICT (person_id, conversation) DO UPDATE
            SET sequence = greatest(console_read_mark.sequence, excluded.sequence)`,
      );
    },
    latest: () =>
      run(async () => {
        const groups = await prisma.consolePost.groupBy({ by: ['conversation'], _max: { sequence: true } });
        return new Map(groups.map((group) => [group.conversation, group._max.sequence ?? 0]));
      }),
    clockOffsetMs: () =>
      run(async () => {
        const row = await prisma.consoleClock.findUnique({ where: theClock });
        return row ? Number(row.offsetMs) : null;
      }),
    saveClockOffsetMs: async (offsetMs) => {
      await run(() =>
        prisma.consoleClock.upsert({
          where: theClock,
          create: { ...theClock, offsetMs },
          update: { offsetMs },
        }),
      );
    },
  };
}

/** A key that was posted before answers the earlier post. */
async function add(prisma: Database['prisma'], post: NewConsolePost): Promise<ConsolePost> {
  const data = {
    id: randomUUID(),
    conversation: post.to,
    author: post.from,
    at: post.at,
    deliveryKey: post.deliveryKey,
    ...content(post),
  };
  await prisma.consolePost.createMany({ data, skipDuplicates: true });
  const where = post.deliveryKey === null ? { id: data.id } : { deliveryKey: post.deliveryKey };
  return toPost(await prisma.consolePost.findUniqueOrThrow({ where }));
}

function content({ text, card, actions }: Pick<NewConsolePost, 'text' | 'card' | 'actions'>) {
  return {
    text: storableText(text),
    card: card === null || card === undefined ? Prisma.DbNull : storableValue(card),
    actions: storableValue(actions),
  };
}

function toPost(row: PostRow): ConsolePost {
  return {
    id: row.id,
    sequence: row.sequence,
    to: row.conversation,
    from: row.author,
    at: row.at,
    text: row.text,
    card: row.card,
    actions: consoleActionsSchema.parse(row.actions),
    deliveryKey: row.deliveryKey,
    editedAt: row.editedAt,
  };
}
