/** Statements of ours, straight to the driver: Prisma's own work for each costs several times what the statement does. */
import type pg from 'pg';
import type { Database } from './client.ts';
import type { Prisma } from './generated/client.ts';
import type { NameOf } from './statement-names.ts';

export interface Statements {
  /** The rows that a statement gives, as the driver reads them: big numbers are text. */
  rows<Row extends pg.QueryResultRow = pg.QueryResultRow>(statement: Prisma.Sql): Promise<Row[]>;
  /** How many rows a statement changed. */
  changed(statement: Prisma.Sql): Promise<number>;
}

/** How long anybody waits for a turn at the database. */
const patienceMs = 30_000;

export function statementsOn(
  run: <Row extends pg.QueryResultRow>(query: pg.QueryConfig) => Promise<pg.QueryResult<Row>>,
  nameOf: NameOf,
): Statements {
  return {
    rows: async <Row extends pg.QueryResultRow>({ text, values }: Prisma.Sql) =>
      (await run<Row>(asQuery(nameOf, text, values))).rows,
    changed: async ({ text, values }) => (await run(asQuery(nameOf, text, values))).rowCount ?? 0,
  };
}

/** Each statement for itself, on whichever connection is free. */
export const singly = ({ pool, gate, nameOf }: Database): Statements =>
  statementsOn(
    <Row extends pg.QueryResultRow>(query: pg.QueryConfig) =>
      gate.run(patienceMs, () => pool.query<Row>(query)),
    nameOf,
  );

/** A statement with its name, when it has one. */
export function asQuery(nameOf: NameOf, text: string, values: unknown[]): pg.QueryConfig {
  const name = nameOf(text);
  return name === undefined ? { text, values } : { name, text, values };
}
