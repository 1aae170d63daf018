/** Mail that asks for something, until somebody has seen to it. */
import { z } from 'zod';
import { MAIL_REQUEST_STATES, type MailOutcome, type MailRequest } from '../domain/mail-request.ts';
import { storableText } from '../domain/storable-text.ts';
import type { Tx } from '../ports.ts';
import { Prisma } from './generated/client.ts';
import { storableValue } from './json.ts';
import type { Session } from './transaction.ts';

const stateSchema = z.enum(MAIL_REQUEST_STATES);
const outcomeSchema: z.ZodType<MailOutcome> = z.object({
  byId: z.string(),
  at: z.iso.datetime().transform((text) => new Date(text)),
  reason: z.string().nullable(),
  note: z.string().nullable(),
});

export function mailRequestsIn(db: Session): Tx['mailRequests'] {
  const byNumber = async (number: number): Promise<MailRequest | null> => {
    const row = await (await db.models()).mailRequest.findUnique({ where: { number } });
    return row ? toMailRequest(row) : null;
  };
  return {
    insert: async (mail) => {
      const [made] = await (await db.models()).mailRequest.createManyAndReturn({
        data: [toRow(mail)],
        skipDuplicates: true,
      });
      return made ? toMailRequest(made) : null;
    },
    forChange: async (number) => {
      await db.rows(Prisma.sql`SELECT id FROM mail_request WHERE number = ${number} FOR UPDATE`);
      return byNumber(number);
    },
    update: async (mail) => {
      const { count } = await (await db.models()).mailRequest.updateMany({
        where: { id: mail.id, version: mail.version - 1 },
        data: toRow(mail),
      });
      return count === 1;
    },
    open: async (limit) =>
      (
        await (
          await db.models()
        ).mailRequest.findMany({
          where: { state: 'open' },
          orderBy: [{ receivedAt: 'asc' }, { number: 'asc' }],
          take: limit,
        })
      ).map(toMailRequest),
  };
}

const toRow = (mail: Omit<MailRequest, 'number'>): Prisma.MailRequestCreateManyInput => ({
  id: mail.id,
  messageId: storableText(mail.messageId),
  personId: mail.personId,
  fromAddress: storableText(mail.fromAddress),
  subject: storableText(mail.subject),
  words: storableText(mail.words),
  attachments: mail.attachments,
  receivedAt: mail.receivedAt,
  version: mail.version,
  state: mail.state,
  outcome: mail.outcome ? storableValue(mail.outcome) : Prisma.DbNull,
});

const toMailRequest = (row: Prisma.MailRequestGetPayload<object>): MailRequest => ({
  ...row,
  state: stateSchema.parse(row.state),
  outcome: row.outcome === null ? null : outcomeSchema.parse(row.outcome),
});
