/** The deliveries of a database as a list that two runs of the same story have in common. */
import type { Delivery } from '../../src/ports.ts';
import { columnsOf, type DeliveryRow, toDeliveries } from '../../src/store/delivery-row.ts';

/** A delivery in its place of the list. */
export interface Listed {
  /** Its key, with the ids that are made up anew in each run replaced by numbers. */
  readonly key: string;
  /** When it was sent; for what was not, when it was to be sent last. */
  readonly at: Date;
  readonly row: Delivery;
  /** Numbers in place of ids, as in `key`, for any text with such ids. */
  named(text: string): string;
}

const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/giu;

/** All deliveries there are. `query` runs a statement on the database. */
export async function readDeliveries(query: (sql: string) => Promise<DeliveryRow[]>): Promise<Delivery[]> {
  return toDeliveries(await query(`SELECT ${columnsOf('d')} FROM delivery d ORDER BY d.sequence`));
}

/** The deliveries by instant, those of one instant in the order in which they were written. */
export function listed(deliveries: readonly Delivery[]): Listed[] {
  const numbers = new Map<string, string>();
  const named = (text: string): string =>
    text.replace(ID, (id) => {
      const known = numbers.get(id) ?? String(numbers.size + 1);
      numbers.set(id, known);
      return known;
    });
  const bySequence = [...deliveries].sort((a, b) => (a.sequence < b.sequence ? -1 : 1));
  return bySequence
    .map((row) => ({ key: named(row.key), at: row.sentAt ?? row.dueAt, row, named }))
    .sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** What was to be sent from `from` to `to`, and what was put off by then and still waits. */
export const isBetween = ({ at, row }: Listed, from: Date, to: Date): boolean =>
  (at >= from && at <= to) || (at > to && row.state === 'pending' && row.reason !== null);
