/** The append-only record of who did what. */
import { z } from 'zod';
import { ROLES } from '../domain/person.ts';
import type { Tx } from '../ports.ts';
import type { Prisma } from './generated/client.ts';
import { storableText, storableValue } from './json.ts';
import { factsSchema } from './stored-shapes.ts';

const roleSchema = z.enum([...ROLES, 'requester', 'bot']);
const platformSchema = z.enum(['console', 'slack', 'teams', 'bot']);

export function auditIn(db: Prisma.TransactionClient): Tx['audit'] {
  return {
    append: async (entry) => {
      await db.auditEntry.create({
        data: {
          at: entry.at,
          actorId: entry.actorId,
          forId: entry.forId,
          role: entry.role,
          verb: entry.verb,
          engagementId: entry.engagementId,
          from: entry.from,
          to: entry.to,
          reason: entry.reason === null ? null : storableText(entry.reason),
          platform: entry.platform,
          facts: storableValue(entry.facts),
        },
      });
    },
    ofEngagement: async (id) => {
      const rows = await db.auditEntry.findMany({
        where: { engagementId: id },
        orderBy: { sequence: 'asc' },
      });
      return rows.map(({ sequence: _sequence, ...row }) => ({
        ...row,
        role: roleSchema.nullable().parse(row.role),
        platform: platformSchema.parse(row.platform),
        facts: factsSchema.parse(row.facts),
      }));
    },
  };
}
