/** People and who they are on the platforms. */
import { z } from 'zod';
import type { PersonId } from '../domain/ids.ts';
import { type Person, ROLES } from '../domain/person.ts';
import type { Address, Platform, Tx } from '../ports.ts';
import type { Prisma } from './generated/client.ts';

const rolesSchema = z.array(z.enum(ROLES));
const idsSchema = z.array(z.object({ id: z.string() }));
const platformSchema = z.enum(['console', 'slack', 'teams']);
type PersonRow = Prisma.PersonGetPayload<object>;

export function peopleIn(db: Prisma.TransactionClient): Tx['people'] {
  const one = (row: PersonRow | null | undefined): Person | null => (row ? toPerson(row) : null);
  return {
    get: async (id) => one(await db.person.findUnique({ where: { id } })),
    some: async (ids) =>
      ids.length === 0 ? [] : (await db.person.findMany({ where: { id: { in: [...ids] } } })).map(toPerson),
    list: async () => (await db.person.findMany({ orderBy: { id: 'asc' } })).map(toPerson),
    withRole: async (role) =>
      (await db.person.findMany({ where: { roles: { has: role } }, orderBy: { id: 'asc' } })).map(toPerson),
    byEmail: async (email) => {
      const [found] = idsSchema.parse(
        await db.$queryRaw`SELECT id FROM person WHERE lower(email) = lower(${email}) ORDER BY id LIMIT 1`,
      );
      return found ? one(await db.person.findUnique({ where: { id: found.id } })) : null;
    },
    byPlatformUser: async (platform, userId) =>
      one(
        (
          await db.platformUser.findUnique({
            where: { platform_userId: { platform, userId } },
            include: { person: true },
          })
        )?.person,
      ),
    save: async (people) => {
      for (const person of people) await savePerson(db, person);
    },
    linkPlatformUser: (platform, userId, personId) => link(db, platform, userId, personId),
    addresses: (id) => addresses(db, id),
    byCalendarToken: async (token) => one(await db.person.findUnique({ where: { calendarToken: token } })),
  };
}

async function savePerson(db: Prisma.TransactionClient, person: Person): Promise<void> {
  const facts = {
    name: person.name,
    email: person.email,
    roles: [...person.roles],
    components: [...person.components],
    timeZone: person.timeZone,
    calendarToken: person.calendarToken,
  };
  await db.person.upsert({ where: { id: person.id }, create: { id: person.id, ...facts }, update: facts });
}

/** A link that is already the person's newest is left as it is; any other becomes the newest, and so the preferred address. */
async function link(
  db: Prisma.TransactionClient,
  platform: Platform,
  userId: string,
  personId: PersonId,
): Promise<void> {
  const newest = await db.platformUser.findFirst({ where: { personId }, orderBy: { preference: 'desc' } });
  if (newest?.platform === platform && newest.userId === userId) return;
  await db.$executeRaw`
    INSERT INTO platform_user (platform, user_id, person_id) VALUES (${platform}, ${userId}, ${personId})
    ON CONFLICT (platform, user_id) DO UPDATE
      SET person_id = excluded.person_id, preference = excluded.preference`;
}

async function addresses(db: Prisma.TransactionClient, id: PersonId): Promise<Address[]> {
  const links = await db.platformUser.findMany({
    where: { personId: id },
    orderBy: { preference: 'desc' },
    include: { person: { select: { timeZone: true } } },
  });
  return links.map((row) => ({
    platform: platformSchema.parse(row.platform),
    id: row.userId,
    timeZone: row.person.timeZone,
  }));
}

function toPerson(row: PersonRow): Person {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    roles: rolesSchema.parse(row.roles),
    components: row.components,
    timeZone: row.timeZone,
    calendarToken: row.calendarToken,
  };
}
