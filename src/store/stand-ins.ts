/** Who acts for whom. */
import { z } from 'zod';
import type { PersonId } from '../domain/ids.ts';
import { ROLES } from '../domain/person.ts';
import { STAND_IN_KINDS, type StandIn } from '../domain/stand-in.ts';
import type { Acting, Tx } from '../ports.ts';
import { Prisma } from './generated/client.ts';
import type { Session } from './transaction.ts';

const kindSchema = z.enum(STAND_IN_KINDS);
const rolesSchema = z.array(z.enum(ROLES));
type StandInRow = Prisma.StandInGetPayload<object>;

const columns = Prisma.raw(
  `id, kind, person_id AS "personId", for_id AS "forId", from_on AS "fromOn", to_on AS "toOn",
   named_by AS "namedBy", named_at AS "namedAt", ended_at AS "endedAt"`,
);

export function standInsIn(db: Session): Tx['standIns'] {
  const read = async (where: Prisma.Sql): Promise<StandIn[]> =>
    (
      await db.rows<StandInRow>(
        Prisma.sql`SELECT ${columns} FROM stand_in WHERE ended_at IS NULL AND ${where} ORDER BY from_on, id`,
      )
    ).map(toStandIn);
  return {
    acting: (ids, on) => acting(db, ids, on),
    insert: async ({ named, ...standIn }) => {
      await (await db.models()).standIn.create({
        data: { ...standIn, namedBy: named.byId, namedAt: named.at },
      });
    },
    end: async (id, at) =>
      (await db.changed(
        Prisma.sql`UPDATE stand_in SET ended_at = ${at} WHERE id = ${id} AND ended_at IS NULL`,
      )) === 1,
    get: async (id) => (await read(Prisma.sql`id = ${id}`))[0] ?? null,
    ofPerson: (id, since) =>
      read(Prisma.sql`(person_id = ${id} OR for_id = ${id}) AND (to_on IS NULL OR to_on >= ${since})`),
    ofDay: (on) =>
      read(Prisma.sql`kind = 'stand-in' AND from_on <= ${on} AND (to_on IS NULL OR to_on >= ${on})`),
  };
}

interface ActingRow {
  readonly id: PersonId;
  readonly roles: string[];
  readonly components: string[];
  readonly lastSpokeOn: string | null;
  readonly kind: string | null;
  readonly forId: PersonId | null;
  readonly forRoles: string[] | null;
  readonly forComponents: string[] | null;
}

/** By key and index: asked for with everything that anybody says. */
async function acting(
  db: Session,
  ids: readonly PersonId[],
  on: string,
): Promise<ReadonlyMap<PersonId, Acting>> {
  const rows = await db.rows<ActingRow & Record<string, unknown>>(Prisma.sql`
    SELECT p.id, p.roles, p.components, p.last_spoke_on AS "lastSpokeOn", s.kind, s.for_id AS "forId",
           f.roles AS "forRoles", f.components AS "forComponents"
      FROM person p
      LEFT JOIN stand_in s ON s.person_id = p.id AND s.ended_at IS NULL AND s.from_on <= ${on}
                          AND (s.to_on IS NULL OR s.to_on >= ${on})
      LEFT JOIN person f ON f.id = s.for_id
     WHERE p.id = ANY(${[...ids]})
     ORDER BY p.id, s.from_on, s.id`);
  const found = new Map<PersonId, Acting>();
  for (const row of rows) {
    const before = found.get(row.id) ?? {
      roles: rolesSchema.parse(row.roles),
      components: row.components,
      lastSpokeOn: row.lastSpokeOn,
      standsInFor: [],
      delegateOf: [],
    };
    found.set(row.id, withOne(before, row));
  }
  return found;
}

function withOne(before: Acting, { kind, forId, forRoles, forComponents }: ActingRow): Acting {
  if (kind === null || forId === null || forRoles === null) return before;
  if (kindSchema.parse(kind) === 'delegate') return { ...before, delegateOf: [...before.delegateOf, forId] };
  const absent = { id: forId, roles: rolesSchema.parse(forRoles), components: forComponents ?? [] };
  return { ...before, standsInFor: [...before.standsInFor, absent] };
}

const toStandIn = ({ namedBy, namedAt, kind, ...row }: StandInRow): StandIn => ({
  ...row,
  kind: kindSchema.parse(kind),
  named: { byId: namedBy, at: namedAt },
});
