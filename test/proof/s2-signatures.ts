import { addressIn, changedSince, fingerprints, newDataDir, query } from './databases.ts';
import { newSlack, slackEnv, wireTo } from './on-slack.ts';
import { startProgramme } from './programme.ts';
import type { Row } from './row.ts';
import { asSent, payloads, type Sent, signed } from './slack-payloads.ts';

export const s2: Row = {
  id: 'S2',
  title: 'Signatures of Slack: old, early, doubled, of another body or secret, replayed',
  goal: 'none accepted; a replay is answered without effect',
  async run({ log }) {
    const dataDir = await newDataDir();
    const slack = await newSlack();
    const app = await startProgramme({ env: { DATA_DIR: dataDir, ...slackEnv(slack) } });
    const database = await addressIn(dataDir);
    const { signingSecret, now } = wireTo(slack, app.url);
    const send = async ({ body, headers }: Sent): Promise<number> => {
      const response = await fetch(`${app.url}/slack/events`, { method: 'POST', headers, body });
      await response.text();
      return response.status;
    };
    const before = await fingerprints(database);
    const accepted: string[] = [];
    let tried = 0;
    for (const payload of payloads) {
      const { text, type } = asSent(payload);
      for (const [name, one] of Object.entries(forgeries(text, type, signingSecret, now()))) {
        tried += 1;
        const status = await send(one);
        if (status !== 401) accepted.push(`${name}: ${status}`);
      }
    }
    const changed = await changedSince(database, before);
    const replayed = await replays(send, () => countOf(database), signingSecret, now());
    for (const one of accepted.slice(0, 10)) log(one);
    await app.stop();
    return {
      figure: `${tried} forgeries, ${accepted.length} accepted, ${changed.length} tables changed; ${replayed.sent} replays, ${replayed.more} events more than told`,
      ok: accepted.length === 0 && changed.length === 0 && replayed.more === 0 && replayed.refused === 0,
    };
  },
};

/** Everything that is not a request of Slack's, made just now. */
function forgeries(
  text: string,
  type: string,
  secret: string,
  nowMs: number,
): Readonly<Record<string, Sent>> {
  const good = signed(text, type, secret, nowMs);
  const { 'x-slack-signature': signature = '', 'x-slack-request-timestamp': stamp = '' } = good.headers;
  const withHeaders = (headers: Readonly<Record<string, string>>): Sent => ({
    ...good,
    headers: { ...good.headers, ...headers },
  });
  return {
    'five minutes and a second old': signed(text, type, secret, nowMs - 301_000),
    'a day ahead': signed(text, type, secret, nowMs + 86_400_000),
    'more than a minute ahead': signed(text, type, secret, nowMs + 63_000),
    'another secret': signed(text, type, 'another', nowMs),
    'no signature': withHeaders({ 'x-slack-signature': '' }),
    'no time': withHeaders({ 'x-slack-request-timestamp': '' }),
    'the time twice': withHeaders({ 'x-slack-request-timestamp': `${stamp}, ${stamp}` }),
    'the signature twice': withHeaders({ 'x-slack-signature': `${signature}, ${signature}` }),
    'another version': withHeaders({ 'x-slack-signature': signature.replace('v0', 'v1') }),
    'another body': { ...good, body: Buffer.concat([good.body, Buffer.from(' ')]) },
    'a body encoded anew': { ...good, body: Buffer.from(encodeURIComponent(text)) },
    'a check of the certificate': {
      body: Buffer.from('ssl_check=1&token=x'),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    },
  };
}

const countOf = async (database: string): Promise<number> =>
  Number((await query(database, 'SELECT count(*) AS n FROM inbox_event'))[0]?.n);

/** Each payload five times, byte for byte the same: how many more events there are than after the first time. */
async function replays(
  send: (sent: Sent) => Promise<number>,
  count: () => Promise<number>,
  secret: string,
  nowMs: number,
): Promise<{ readonly sent: number; readonly more: number; readonly refused: number }> {
  const all = payloads.map((payload) => {
    const { text, type } = asSent(payload);
    return signed(text, type, secret, nowMs);
  });
  let refused = 0;
  const once = async (): Promise<void> => {
    for (const one of all) if ((await send(one)) !== 200) refused += 1;
  };
  await once();
  const first = await count();
  for (let again = 0; again < 4; again += 1) await once();
  return { sent: 4 * all.length, more: (await count()) - first, refused };
}
