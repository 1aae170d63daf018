/** The message a delivery went out in, with its other parts, as it would have to be drawn anew. */
import type { DeliveryKey, PersonId } from '../domain/ids.ts';
import { REDRAW_CARD } from '../domain/redraw.ts';
import type { StandingMessage } from '../ports.ts';
import type { Query } from './delivery-check.ts';
import { carrierIn, columnsOf, type DeliveryRow, toDeliveries } from './delivery-row.ts';

/**
 * `$1` the delivery, `$2` its reader, `$3` what stands before a key in the name of its redrawings' card. The last words are those
 * of the newest redrawing that was sent or is still to be sent, also where several parts are redrawn at one time. A part that
 * is a card has no message of its own noted: it stands in that of the others.
 */
const STANDING = `
  WITH own AS (
    SELECT o.key, coalesce(o.bundle, o.key) AS leader, o.platform, o.address_id,
           coalesce(o.platform_message_id,
                    (SELECT max(b.platform_message_id) FROM delivery b
                      WHERE b.bundle = o.bundle AND b.state = 'sent'
                        AND b.recipient_kind = 'person' AND b.recipient_id = $2)) AS platform_message_id
      FROM delivery o
     WHERE o.key = $1 AND o.recipient_kind = 'person' AND o.recipient_id = $2 AND o.state = 'sent')
  SELECT ${columnsOf('part')}, own.leader, own.platform AS own_platform, own.address_id AS own_address,
         own.platform_message_id AS own_message,
         (SELECT r.message FROM delivery r
           WHERE r.card = $3 || part.key AND r.state IN ('pending', 'leased', 'sent')
           ORDER BY r.sequence DESC LIMIT 1) AS latest,
         EXISTS (SELECT 1 FROM daily_message m WHERE m.person_id = $2 AND m.key = own.leader) AS is_daily
    FROM own,
         LATERAL (
           SELECT d.* FROM delivery d WHERE d.key = own.key
           UNION ALL
           SELECT d.* FROM delivery d
            WHERE d.bundle = own.leader AND d.key <> own.key AND d.state = 'sent'
              AND d.recipient_kind = 'person' AND d.recipient_id = $2
              AND coalesce(d.platform_message_id, own.platform_message_id) = own.platform_message_id) AS part
   ORDER BY part.sequence`;

interface StandingRow extends DeliveryRow {
  readonly leader: string;
  readonly own_platform: string | null;
  readonly own_address: string | null;
  readonly own_message: string | null;
  /** Null: the words it was sent with. */
  readonly latest: unknown;
  readonly is_daily: boolean;
}

/** Null when the person did not get the delivery, or where it stands is not known. */
export async function standingMessage(
  query: Query,
  key: DeliveryKey,
  personId: PersonId,
): Promise<StandingMessage | null> {
  const rows = await query<StandingRow>(STANDING, [key, personId, REDRAW_CARD]);
  const [row] = rows;
  if (!row?.own_platform || row.own_address === null || row.own_message === null) return null;
  return {
    platform: carrierIn(row.own_platform),
    addressId: row.own_address,
    messageId: row.own_message,
    leader: row.leader,
    isDaily: row.is_daily,
    parts: toDeliveries(rows.map((part) => ({ ...part, message: part.latest ?? part.message }))),
  };
}
