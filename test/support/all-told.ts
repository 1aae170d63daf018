/** All that a program has told anybody, and what was known when it did, as they stand in its database. */
import pg from 'pg';
import { readDeliveries } from '../../scripts/simulate/rows.ts';
import type { CardParty } from '../../src/domain/card-template.ts';
import { plainText } from '../../src/messages/plain-text.ts';
import type { Delivery } from '../../src/ports.ts';

/** A delivery with its words as its reader sees them. */
export interface ToldRow extends Delivery {
  /** A person's id, or `#ispg`. */
  readonly reader: string;
  readonly timeZone: string;
  readonly text: string;
}

/** A message that stands in the console. */
interface Post {
  readonly conversation: string;
  readonly key: string;
  readonly at: Date;
  readonly text: string;
}

/** One state of a line, by its key. */
export interface KeyedState {
  readonly key: string;
  readonly state: { readonly is: string; readonly party?: CardParty };
}

/** One version of something that is kept. */
interface Version<T> {
  readonly at: Date;
  readonly formVersion: number;
  readonly answers: T;
}

export interface AllTold {
  /** In order of writing. */
  readonly rows: readonly ToldRow[];
  readonly posts: readonly Post[];
  readonly zones: ReadonlyMap<string, string>;
  readonly leaves: readonly { readonly person: string; readonly from: string; readonly to: string }[];
  /** When each meeting begins, by its id. */
  readonly meetings: ReadonlyMap<string, Date>;
  /** Versions of the one Information Card, of the one training record and of the one preparation list, oldest first. */
  readonly cards: readonly Version<{ readonly items: readonly KeyedState[] }>[];
  readonly training: readonly Version<{ readonly courses: readonly KeyedState[] }>[];
  readonly preparation: readonly Version<Readonly<Record<string, string>>>[];
  /** What people did with the appointment letter, oldest first. */
  readonly letter: readonly { readonly verb: string; readonly at: Date }[];
  /** When somebody's words and presses were worked on. */
  readonly heard: readonly Date[];
}

const CHANNEL_ZONE = 'America/New_York';

/** Reads it all from the database at `url`. */
export async function readAllTold(url: string): Promise<AllTold> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  // The columns asked for are the shape named.
  const all = async <Row>(sql: string): Promise<Row[]> => (await client.query(sql)).rows as Row[];
  const papers = <T>(kind: string): Promise<Version<T>[]> =>
    all(
      `SELECT at, form_version AS "formVersion", answers FROM paper WHERE kind = '${kind}' ORDER BY subject, version`,
    );
  try {
    const people = await all<{ id: string; zone: string }>('SELECT id, time_zone AS zone FROM person');
    const zones = new Map(people.map(({ id, zone }) => [id, zone]));
    const meetings = await all<{ id: string; at: Date | null }>(
      'SELECT id, booked_starts_at AS at FROM meeting',
    );
    return {
      rows: (await readDeliveries(all)).map((row) => told(row, zones)),
      posts: await all(
        'SELECT conversation, delivery_key AS key, at, text FROM console_post WHERE delivery_key IS NOT NULL ORDER BY sequence',
      ),
      zones,
      leaves: await all('SELECT person_id AS person, from_on AS "from", to_on AS "to" FROM leave'),
      meetings: new Map(meetings.flatMap(({ id, at }) => (at === null ? [] : [[id, at]]))),
      cards: await papers('information-card'),
      training: await papers('training'),
      preparation: await papers('preparation'),
      letter: await all("SELECT verb, at FROM audit_entry WHERE verb LIKE 'letter.%' ORDER BY sequence"),
      heard: (await all<{ at: Date | null }>('SELECT done_at AS at FROM inbox_event')).flatMap(
        ({ at }) => at ?? [],
      ),
    };
  } finally {
    await client.end();
  }
}

function told(row: Delivery, zones: ReadonlyMap<string, string>): ToldRow {
  const reader = row.to.kind === 'channel' ? `#${row.to.channel}` : row.to.personId;
  const timeZone = zones.get(reader) ?? CHANNEL_ZONE;
  return { ...row, reader, timeZone, text: plainText(row.message, { timeZone }) };
}

/** The version that held at that instant. */
export const heldAt = <T>(versions: readonly Version<T>[], at: Date): Version<T> | undefined =>
  versions.findLast((version) => version.at <= at);

/** Day and time on the clock of that zone: `2026-12-09`, `08:00`. */
export function onTheClock(at: Date, timeZone: string): { readonly day: string; readonly time: string } {
  // Swedish writes dates as ISO does.
  const [day = '', time = ''] = at.toLocaleString('sv-SE', { timeZone }).split(' ');
  return { day, time: time.slice(0, 5) };
}
