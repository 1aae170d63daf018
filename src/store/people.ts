/** People and who they are on the platforms. */
import { z } from 'zod';
import type { PersonId } from '../domain/ids.ts';
import { type Person, ROLES } from '../domain/person.ts';
import type { Address, Platform, PlatformLink, Tx } from '../ports.ts';
import { Prisma } from './generated/client.ts';
import { mergePeople } from './merge-people.ts';
import type { Session } from './transaction.ts';

const rolesSchema = z.array(z.enum(ROLES));
const platformSchema = z.enum(['console', 'slack', 'teams']);
const columns = Prisma.raw(
  `p.id, p.name, p.email, p.roles, p.components, p.time_zone AS "timeZone", p.calendar_token AS "calendarToken"`,
);
/** People in one statement; a statement takes 65,535 values. */
const mostAtOnce = 500;
type PersonRow = Prisma.PersonGetPayload<object>;

export function peopleIn(db: Session): Tx['people'] {
  const all = async (rest: Prisma.Sql): Promise<Person[]> =>
    (await db.rows<PersonRow>(Prisma.sql`SELECT ${columns} FROM person p ${rest}`)).map(toPerson);
  const where = async (condition: Prisma.Sql): Promise<Person | null> =>
    (await all(Prisma.sql`WHERE ${condition}`))[0] ?? null;
  return {
    get: (id) => where(Prisma.sql`p.id = ${id}`),
    some: async (ids) => (ids.length === 0 ? [] : all(Prisma.sql`WHERE p.id = ANY(${[...ids]}::text[])`)),
    list: () => all(Prisma.sql`ORDER BY p.id`),
    withRole: (role) => all(Prisma.sql`WHERE p.roles @> ${[role]}::text[] ORDER BY p.id`),
    withAnyRole: (roles) => all(Prisma.sql`WHERE p.roles && ${[...roles]}::text[] ORDER BY p.id`),
    byEmail: (email) =>
      where(Prisma.sql`lower(p.email) = lower(${email}) ORDER BY cardinality(p.roles) = 0, p.id LIMIT 1`),
    byPlatformUser: (platform, userId) =>
      where(
        Prisma.sql`p.id = (SELECT person_id FROM platform_user WHERE platform = ${platform} AND user_id = ${userId})`,
      ),
    save: (people) => savePeople(db, people),
    linkPlatformUser: (platform, userId, personId) => link(db, platform, userId, personId),
    linkFoundUser: (platform, userId, personId) => linkFound(db, platform, userId, personId),
    link: (platform, userId) => findLink(db, platform, userId),
    changeLink: async (platform, userId, change) => {
      await (await db.models()).platformUser.updateMany({ where: { platform, userId }, data: change });
    },
    verified: async () =>
      (
        await db.rows<{ id: string }>(Prisma.sql`
        SELECT DISTINCT person_id AS id FROM platform_user WHERE verified_at IS NOT NULL ORDER BY 1`)
      ).map(({ id }) => id),
    merge: (from, into) => mergePeople(db, from, into),
    homes: (id) => addresses(db, id, Prisma.sql`AND u.home_opened_at IS NOT NULL`),
    withoutLink: (platform, after, limit) =>
      all(Prisma.sql`
        WHERE p.id > ${after} AND p.email IS NOT NULL AND cardinality(p.roles) > 0
          AND NOT EXISTS (SELECT FROM platform_user u WHERE u.person_id = p.id AND u.platform = ${platform})
        ORDER BY p.id LIMIT ${limit}`),
    addresses: (id) => addresses(db, id),
    byCalendarToken: (token) => where(Prisma.sql`p.calendar_token = ${token}`),
    noteSpoke: async (id, on) => {
      await db.changed(Prisma.sql`UPDATE person SET last_spoke_on = ${on} WHERE id = ${id}`);
    },
    lastSpoke: async () =>
      new Map(
        (
          await db.rows<{ id: string; on: string }>(Prisma.sql`
          SELECT id, last_spoke_on AS "on" FROM person
           WHERE cardinality(roles) > 0 AND last_spoke_on IS NOT NULL`)
        ).map(({ id, on }) => [id, on]),
      ),
  };
}

/** All in one statement for as many as it may have values; whoever is named twice is saved as named last. */
async function savePeople(db: Session, people: readonly Person[]): Promise<void> {
  const each = [...new Map(people.map((person) => [person.id, person])).values()];
  for (let from = 0; from < each.length; from += mostAtOnce) {
    const rows = each
      .slice(from, from + mostAtOnce)
      .map(
        ({ id, name, email, roles, components, timeZone, calendarToken }) =>
          Prisma.sql`(${id}, ${name}, ${email}, ${[...roles]}::text[], ${[...components]}::text[], ${timeZone}, ${calendarToken})`,
      );
    await db.changed(Prisma.sql`
      INSERT INTO person (id, name, email, roles, components, time_zone, calendar_token) VALUES ${Prisma.join(rows)}
      ON CONFLICT (id) DO UPDATE
        SET name = excluded.name, email = excluded.email, roles = excluded.roles, components = excluded.components,
            time_zone = excluded.time_zone, calendar_token = excluded.calendar_token`);
  }
}

/** A link that is already the person's newest is left as it is; any other becomes the newest, and so the preferred address. */
async function link(db: Session, platform: Platform, userId: string, personId: PersonId): Promise<void> {
  await db.changed(Prisma.sql`
    INSERT INTO platform_user (platform, user_id, person_id)
    SELECT ${platform}, ${userId}, ${personId}
     WHERE NOT EXISTS (
       SELECT FROM (SELECT platform, user_id FROM platform_user
                     WHERE person_id = ${personId} ORDER BY preference DESC LIMIT 1) newest
        WHERE newest.platform = ${platform} AND newest.user_id = ${userId})
    ON CONFLICT (platform, user_id) DO UPDATE
      SET person_id = excluded.person_id, preference = excluded.preference`);
}

/** An account that was found, and that nobody has spoken from, comes after those they have. */
async function linkFound(db: Session, platform: Platform, userId: string, personId: PersonId): Promise<void> {
  await db.changed(Prisma.sql`
    INSERT INTO platform_user (platform, user_id, person_id, preference)
    SELECT ${platform}, ${userId}, ${personId}, coalesce(min(preference), 0) - 1
      FROM platform_user WHERE person_id = ${personId}
    ON CONFLICT (platform, user_id) DO NOTHING`);
}

async function findLink(db: Session, platform: Platform, userId: string): Promise<PlatformLink | null> {
  const [row] = await db.rows<LinkRow>(Prisma.sql`
    SELECT ${columns}, u.verified_at AS "verifiedAt", u.unlinked_at AS "unlinkedAt",
           u.home_opened_at AS "homeOpenedAt", u.locale
      FROM platform_user u JOIN person p ON p.id = u.person_id
     WHERE u.platform = ${platform} AND u.user_id = ${userId}`);
  if (!row) return null;
  const { verifiedAt, unlinkedAt, homeOpenedAt, locale } = row;
  return { person: toPerson(row), verifiedAt, unlinkedAt, homeOpenedAt, locale };
}
type LinkRow = PersonRow &
  Pick<Prisma.PlatformUserGetPayload<object>, 'verifiedAt' | 'unlinkedAt' | 'homeOpenedAt' | 'locale'>;

const addressesSchema = z.array(z.object({ platform: platformSchema, id: z.string(), timeZone: z.string() }));

const addresses = async (db: Session, id: PersonId, only: Prisma.Sql = Prisma.empty): Promise<Address[]> =>
  addressesSchema.parse(
    await db.rows(Prisma.sql`
      SELECT u.platform, u.user_id AS id, p.time_zone AS "timeZone"
        FROM platform_user u JOIN person p ON p.id = u.person_id
       WHERE u.person_id = ${id} AND u.unlinked_at IS NULL ${only}
       ORDER BY u.platform = 'console', u.preference DESC`),
  );

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
