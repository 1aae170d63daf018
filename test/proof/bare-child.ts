/**
 * What the bot is measured against: a bare HTTP server that does the writes of one answer, and as many statements in all, in one
 * transaction on a store of the same kind; nothing else. Arguments: a data directory or an address, and how many statements.
 */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import pg from 'pg';
import { openDatabase } from '../../src/store/client.ts';
import { readMigrations } from '../../src/store/migrate.ts';
import { unexpected } from './databases.ts';

const [place = '', count = '0'] = process.argv.slice(2);
const isServer = place.startsWith('postgresql:');
const { url } = await openDatabase(
  isServer ? { kind: 'server', url: place } : { kind: 'embedded', dataDir: place },
  await readMigrations(),
  unexpected,
);
const pool = new pg.Pool({ connectionString: url, max: isServer ? 10 : 2 });
/** Six writes, BEGIN and COMMIT; the rest are reads of one row by its key. */
const reads = Math.max(0, Number(count) - 8);
const card = {
  type: 'AdaptiveCard',
  body: [{ type: 'TextBlock', text: 'How many systems need support? '.repeat(20) }],
};

interface Said {
  readonly as: string;
  readonly text: string;
}

async function answerOn(client: pg.PoolClient, { as, text }: Said): Promise<string> {
  const key = randomUUID();
  const post = `INSERT INTO console_post (id, conversation, author, at, text, card, actions)
                VALUES ($1, $2, $3, now(), $4, $5, '[]') RETURNING sequence`;
  await client.query('BEGIN');
  await client.query(
    'INSERT INTO inbox_event (key, event, received_at, attempt) VALUES ($1, $2, now(), $3)',
    [key, JSON.stringify({ as, text }), randomUUID()],
  );
  await client.query(post, [randomUUID(), as, as, text, null]);
  for (let read = 0; read < reads; read += 1) await client.query('SELECT * FROM person WHERE id = $1', [as]);
  await client.query(
    'UPDATE conversation SET state = $2, version = version + 1, updated_at = now() WHERE person_id = $1',
    [as, JSON.stringify({ answers: { text } })],
  );
  await client.query('UPDATE inbox_event SET done_at = now(), answers = $2 WHERE key = $1', [
    key,
    JSON.stringify([card]),
  ]);
  await client.query(post, [randomUUID(), as, 'bot', 'How many systems need support?', JSON.stringify(card)]);
  await client.query('UPDATE inbox_event SET said_at = now() WHERE key = $1', [key]);
  await client.query('COMMIT');
  return JSON.stringify({
    messages: [{ id: key, to: as, text: 'How many systems need support?', card, actions: [] }],
  });
}

async function answer(body: string): Promise<string> {
  const client = await pool.connect();
  try {
    return await answerOn(client, JSON.parse(body) as Said);
  } finally {
    client.release();
  }
}

async function prepare(people: number): Promise<void> {
  await pool.query(
    `INSERT INTO person (id, name, roles, components, time_zone, calendar_token)
     SELECT 'owner' || n, 'Person', '{business_owner}', '{OIT}', 'America/New_York', 'token' || n FROM generate_series(0, $1::int) n`,
    [people],
  );
  await pool.query(
    `INSERT INTO conversation (id, person_id, offering, form_version, status, version, state, started_at, updated_at)
     SELECT 'c' || n, 'owner' || n, 'isso', 1, 'open', 1, '{}', now(), now() FROM generate_series(0, $1::int) n`,
    [people],
  );
}

await prepare(99);
const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (chunk: string) => {
    body += chunk;
  });
  request.on('end', () => {
    answer(body).then(
      (text) => response.writeHead(200, { 'content-type': 'application/json' }).end(text),
      () => response.writeHead(500).end(),
    );
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}` });
});
