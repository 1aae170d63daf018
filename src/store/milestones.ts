/** Dates that meetings and prompts count from. */
import { z } from 'zod';
import { MILESTONES, type Milestone } from '../domain/milestone.ts';
import type { Tx } from '../ports.ts';
import { Prisma } from './generated/client.ts';
import type { Session } from './transaction.ts';

const nameSchema = z.enum(MILESTONES);
type MilestoneRow = Prisma.MilestoneGetPayload<object>;
const toMilestone = (row: MilestoneRow): Milestone => ({
  ...row,
  name: nameSchema.parse(row.name),
});

/** What `toMilestone` reads. */
const columns = Prisma.raw(`engagement_id AS "engagementId", name, person_id AS "personId", on_day AS "on"`);

export function milestonesIn(db: Session): Tx['milestones'] {
  const where = async (condition: Prisma.Sql): Promise<Milestone[]> =>
    (await db.rows<MilestoneRow>(Prisma.sql`SELECT ${columns} FROM milestone WHERE ${condition}`)).map(
      toMilestone,
    );
  return {
    set: async ({ engagementId, name, personId, on }) => {
      await (await db.models()).milestone.upsert({
        where: { engagementId_name_personId: { engagementId, name, personId } },
        create: { engagementId, name, personId, on },
        update: { on },
      });
    },
    ofEngagement: (engagementId) => where(Prisma.sql`engagement_id = ${engagementId} ORDER BY on_day, name`),
    named: (names) =>
      where(Prisma.sql`name = ANY(${[...names]}::text[]) ORDER BY on_day, engagement_id, person_id`),
  };
}
