/** Dates that meetings and prompts count from. */
import { z } from 'zod';
import { MILESTONES, type Milestone } from '../domain/milestone.ts';
import type { Tx } from '../ports.ts';
import type { Prisma } from './generated/client.ts';
import type { Session } from './transaction.ts';

const nameSchema = z.enum(MILESTONES);
const toMilestone = (row: Prisma.MilestoneGetPayload<object>): Milestone => ({
  ...row,
  name: nameSchema.parse(row.name),
});

export function milestonesIn(db: Session): Tx['milestones'] {
  return {
    set: async ({ engagementId, name, personId, on }) => {
      await (await db.models()).milestone.upsert({
        where: { engagementId_name_personId: { engagementId, name, personId } },
        create: { engagementId, name, personId, on },
        update: { on },
      });
    },
    ofEngagement: async (engagementId) =>
      (
        await (
          await db.models()
        ).milestone.findMany({ where: { engagementId }, orderBy: [{ on: 'asc' }, { name: 'asc' }] })
      ).map(toMilestone),
    named: async (names) =>
      (
        await (
          await db.models()
        ).milestone.findMany({
          where: { name: { in: [...names] } },
          orderBy: [{ on: 'asc' }, { engagementId: 'asc' }, { personId: 'asc' }],
        })
      ).map(toMilestone),
  };
}
