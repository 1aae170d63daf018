/**
 * What the bot is measured against in Slack: a bare Bolt app that verifies, does as many statements in one transaction and
 * acknowledges; nothing else. Arguments: an address or data directory, how many statements, the signing secret, the address of
 * Slack's Web API.
 */
import type { Server } from 'node:http';
import { App, HTTPReceiver } from '@slack/bolt';
import pg from 'pg';
import { openDatabase } from '../../src/store/client.ts';
import { readMigrations } from '../../src/store/migrate.ts';
import { unexpected } from './databases.ts';

const [place = '', count = '0', signingSecret = '', slackApiUrl = ''] = process.argv.slice(2);
const isServer = place.startsWith('postgresql:');
const { url } = await openDatabase(
  isServer ? { kind: 'server', url: place } : { kind: 'embedded', dataDir: place },
  await readMigrations(),
  unexpected,
);
const pool = new pg.Pool({ connectionString: url, max: isServer ? 10 : 2 });

let keys = 0;
async function statements(): Promise<void> {
  const client = await pool.connect();
  try {
    keys += 1;
    const key = `bare-${keys}`;
    await client.query('BEGIN');
    await client.query(
      "INSERT INTO inbox_event (key, event, received_at, attempt) VALUES ($1, '{}', now(), gen_random_uuid())",
      [key],
    );
    for (let more = 0; more < Number(count) - 4; more += 1)
      await client.query('SELECT * FROM person WHERE id = $1', ['nobody']);
    await client.query("UPDATE inbox_event SET done_at = now(), answers = '[]' WHERE key = $1", [key]);
    await client.query('COMMIT');
  } finally {
    client.release();
  }
}

const app = new App({
  receiver: new HTTPReceiver({ signingSecret, processBeforeResponse: true }),
  authorize: async () => ({ botToken: 'xoxb-fake-bot-token', botId: 'B0', botUserId: 'U0' }),
  clientOptions: { slackApiUrl },
});
app.action(/.*/u, async ({ ack }) => {
  await statements();
  await ack();
});
// With `processBeforeResponse` an event is acknowledged once its listeners are done.
app.message(async () => statements());
const server = (await app.start(0)) as Server;
const address = server.address();
process.send?.({ url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}` });
