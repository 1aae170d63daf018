/** Two people that turn out to be one: everything of the first becomes the second's. */
import type { PersonId } from '../domain/ids.ts';
import { Prisma } from './generated/client.ts';
import type { Session } from './transaction.ts';

/** Columns that name one person and may be given another. */
const NAMED = [
  ['engagement', 'requester_id'],
  ['engagement', 'business_owner_id'],
  ['engagement', 'cra_id'],
  ['engagement', 'triaged_by_id'],
  ['meeting', 'organizer_id'],
  ['survey', 'person_id'],
  ['mail_request', 'person_id'],
  ['leave', 'person_id'],
  ['platform_user', 'person_id'],
  ['role_grant', 'granted_by'],
  ['stand_in', 'person_id'],
  ['stand_in', 'for_id'],
  ['stand_in', 'named_by'],
] as const;

/** Columns that name several. */
const NAMED_AMONG = [
  ['engagement', 'member_ids'],
  ['meeting', 'attendee_ids'],
  ['meeting', 'present_ids'],
] as const;

/** Rows of which a person has one for each of these keys: where both have one, the second's stays. */
const ONE_EACH = [
  ['contact_setting', []],
  ['daily_message', ['day']],
  ['check_in', ['meeting_id']],
  ['milestone', ['engagement_id', 'name']],
] as const;

/**
 * Makes the first person the second, within the transaction; the record of what was done keeps its names. Messages that are
 * still on their way go to the second. A form that the first has open is given up when the second has one open, too.
 */
export async function mergePeople(db: Session, from: PersonId, into: PersonId): Promise<void> {
  if (from === into) return;
  for (const [table, column] of NAMED) {
    const [rows, name] = [Prisma.raw(table), Prisma.raw(column)];
    await db.changed(Prisma.sql`UPDATE ${rows} SET ${name} = ${into} WHERE ${name} = ${from}`);
  }
  for (const [table, column] of NAMED_AMONG) {
    const [rows, name] = [Prisma.raw(table), Prisma.raw(column)];
    await db.changed(Prisma.sql`
      UPDATE ${rows}
         SET ${name} = CASE WHEN ${into} = ANY(${name}) THEN array_remove(${name}, ${from})
                            ELSE array_replace(${name}, ${from}, ${into}) END
       WHERE ${name} @> ARRAY[${from}]`);
  }
  for (const [table, keys] of ONE_EACH) await giveOneEach(db, table, keys, from, into);
  await giveGrants(db, from, into);
  await db.changed(Prisma.sql`
    UPDATE conversation SET status = 'cancelled'
     WHERE person_id = ${from} AND status IN ('open', 'paused')
       AND EXISTS (SELECT 1 FROM conversation c WHERE c.person_id = ${into} AND c.status IN ('open', 'paused'))`);
  await db.changed(Prisma.sql`UPDATE conversation SET person_id = ${into} WHERE person_id = ${from}`);
  await db.changed(Prisma.sql`
    UPDATE delivery SET recipient_id = ${into}, card = replace(card, ${from}, ${into})
     WHERE recipient_kind IN ('person', 'mailbox') AND recipient_id = ${from}`);
  await db.changed(
    Prisma.sql`UPDATE legal_hold SET subject = ${into} WHERE kind = 'person' AND subject = ${from}`,
  );
  await db.changed(Prisma.sql`DELETE FROM person WHERE id = ${from}`);
}

/** A role that both hold is held by the second's own grant. */
async function giveGrants(db: Session, from: PersonId, into: PersonId): Promise<void> {
  await db.changed(Prisma.sql`
    DELETE FROM role_grant own
     WHERE own.person_id = ${from} AND own.ended_at IS NULL
       AND EXISTS (SELECT 1 FROM role_grant other
                    WHERE other.person_id = ${into} AND other.role = own.role AND other.ended_at IS NULL)`);
  await db.changed(Prisma.sql`UPDATE role_grant SET person_id = ${into} WHERE person_id = ${from}`);
}

async function giveOneEach(
  db: Session,
  table: string,
  keys: readonly string[],
  from: PersonId,
  into: PersonId,
): Promise<void> {
  const rows = Prisma.raw(table);
  const same = Prisma.raw(['', ...keys.map((key) => ` AND other.${key} = own.${key}`)].join(''));
  await db.changed(Prisma.sql`
    DELETE FROM ${rows} own
     WHERE own.person_id = ${from}
       AND EXISTS (SELECT 1 FROM ${rows} other WHERE other.person_id = ${into}${same})`);
  await db.changed(Prisma.sql`UPDATE ${rows} SET person_id = ${into} WHERE person_id = ${from}`);
}
