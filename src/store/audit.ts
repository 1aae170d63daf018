/** The append-only record of who did what. */

import { z } from 'zod';
import { ROLES } from '../domain/person.ts';
import { storableText } from '../domain/storable-text.ts';
import type { Tx } from '../ports.ts';
import { Prisma } from './generated/client.ts';
import { storableJson } from './json.ts';
import { factsSchema } from './stored-shapes.ts';
import type { Session } from './transaction.ts';

const roleSchema = z.enum([...ROLES, 'requester', 'bot']);
const platformSchema = z.enum(['console', 'slack', 'teams', 'bot']);

export function auditIn(db: Session): Tx['audit'] {
  return {
    // By hand: the client's own way of writing one row costs more than twice as much.
    append: async (entry) => {
      await db.changed(Prisma.sql`
        INSERT INTO audit_entry (at, actor_id, for_id, role, verb, engagement_id, from_state, to_state, reason, platform, facts)
        VALUES (${entry.at.toISOString()}::timestamptz, ${entry.actorId}, ${entry.forId}, ${entry.role}, ${entry.verb},
                ${entry.engagementId}, ${entry.from}, ${entry.to},
                ${entry.reason === null ? null : storableText(entry.reason)}, ${entry.platform},
                ${storableJson(entry.facts)}::jsonb)`);
    },
    ofEngagement: async (id) => {
      const rows = await (await db.models()).auditEntry.findMany({
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
