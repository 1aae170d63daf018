/** What a bare app does in its database for each message or press: as many statements as the bot's own in one transaction. */
import pg from 'pg';
import { openDatabase } from '../../src/store/client.ts';
import { readMigrations } from '../../src/store/migrate.ts';
import { unexpected } from './databases.ts';

/** `place`: an address or a data directory. Answers what is to be done each time. */
export async function bareWork(place: string, count: number): Promise<() => Promise<void>> {
  const isServer = place.startsWith('postgresql:');
  const { url } = await openDatabase(
    isServer ? { kind: 'server', url: place } : { kind: 'embedded', dataDir: place },
    await readMigrations(),
    unexpected,
  );
  const pool = new pg.Pool({ connectionString: url, max: isServer ? 10 : 2 });
  let keys = 0;
  return async () => {
    const client = await pool.connect();
    try {
      keys += 1;
      const key = `bare-${keys}`;
      await client.query('BEGIN');
      await client.query(
        "INSERT INTO inbox_event (key, event, received_at, attempt) VALUES ($1, '{}', now(), gen_random_uuid())",
        [key],
      );
      for (let more = 0; more < count - 4; more += 1)
        await client.query('SELECT * FROM person WHERE id = $1', ['nobody']);
      await client.query("UPDATE inbox_event SET done_at = now(), answers = '[]' WHERE key = $1", [key]);
      await client.query('COMMIT');
    } finally {
      client.release();
    }
  };
}
