/**
 * Roles by whose word. A grant in force has no end. A row that ended at the instant at which it was given, by nobody, is a word:
 * somebody's yes, which gives nothing by itself.
 */
import { z } from 'zod';
import { ROLES } from '../domain/person.ts';
import type { RoleGrant, RoleWord } from '../domain/role-grants.ts';
import type { Tx } from '../ports.ts';
import { Prisma } from './generated/client.ts';
import type { Session } from './transaction.ts';

const roleSchema = z.enum(ROLES);
type GrantRow = Prisma.RoleGrantGetPayload<object>;

const columns = Prisma.raw(
  `id, person_id AS "personId", role, granted_by AS "grantedBy", granted_at AS "grantedAt",
   ended_by AS "endedBy", ended_at AS "endedAt"`,
);

export function roleGrantsIn(db: Session): Tx['roleGrants'] {
  const read = (rest: Prisma.Sql): Promise<GrantRow[]> =>
    db.rows<GrantRow>(Prisma.sql`SELECT ${columns} FROM role_grant ${rest}`);
  return {
    held: async () => (await read(Prisma.sql`WHERE ended_at IS NULL ORDER BY granted_at, id`)).map(toGrant),
    heldBy: async (personId) =>
      (
        await read(Prisma.sql`WHERE person_id = ${personId} AND ended_at IS NULL ORDER BY granted_at, id`)
      ).map(toGrant),
    lastEnded: async () =>
      (
        await db.rows<GrantRow>(Prisma.sql`
          SELECT DISTINCT ON (person_id, role) ${columns} FROM role_grant
           WHERE ended_by IS NOT NULL ORDER BY person_id, role, ended_at DESC, id`)
      ).map(toGrant),
    insert: async (grants) => {
      await (await db.models()).roleGrant.createMany({ data: grants.map(toRow) });
    },
    end: async (ids, by) => {
      if (ids.length === 0) return 0;
      return db.changed(Prisma.sql`
        UPDATE role_grant SET ended_by = ${by.byId}, ended_at = ${by.at}
         WHERE id = ANY(${[...ids]}) AND ended_at IS NULL`);
    },
    words: async () =>
      (await read(Prisma.sql`WHERE ended_at IS NOT NULL AND ended_by IS NULL ORDER BY granted_at, id`)).map(
        toWord,
      ),
    say: async ({ id, personId, role, said }) => {
      await (await db.models()).roleGrant.create({
        data: { id, personId, role, grantedBy: said.byId, grantedAt: said.at, endedAt: said.at },
      });
    },
    unsay: (personId, role) =>
      db.changed(Prisma.sql`
        DELETE FROM role_grant
         WHERE person_id = ${personId} AND role = ${role} AND ended_at IS NOT NULL AND ended_by IS NULL`),
  };
}

const toRow = ({ id, personId, role, granted, ended }: RoleGrant): Prisma.RoleGrantCreateManyInput => ({
  id,
  personId,
  role,
  grantedBy: granted.byId,
  grantedAt: granted.at,
  endedBy: ended?.byId ?? null,
  endedAt: ended?.at ?? null,
});

const toGrant = (row: GrantRow): RoleGrant => ({
  id: row.id,
  personId: row.personId,
  role: roleSchema.parse(row.role),
  granted: { byId: row.grantedBy, at: row.grantedAt },
  ended: row.endedAt === null || row.endedBy === null ? null : { byId: row.endedBy, at: row.endedAt },
});

const toWord = (row: GrantRow): RoleWord => ({
  id: row.id,
  personId: row.personId,
  role: roleSchema.parse(row.role),
  said: { byId: row.grantedBy, at: row.grantedAt },
});
