import { once } from 'node:events';
import { createServer } from 'node:net';
import { addressIn, newDataDir, newServerDatabase, query, sharedServer } from './databases.ts';
import { carryOn, file, recordKickoff } from './filing.ts';
import { expectRefusal, type Programme, startProgramme } from './programme.ts';
import { random } from './random.ts';
import type { Row } from './row.ts';
import { ask, post, say } from './talk.ts';

/** Secrets and words that are told apart wherever they turn up. */
interface Canaries {
  readonly ssn: readonly string[];
  readonly token: string;
  readonly email: string;
  readonly words: string;
  readonly password: string;
}

function canaries(seed: number): Canaries {
  const chance = random(seed);
  const digits = (count: number): string => Array.from({ length: count }, () => 1 + chance.below(8)).join('');
  const [area, group, serial] = [`5${digits(2)}`, digits(2), digits(4)];
  return {
    ssn: [
      `${area}-${group}-${serial}`,
      `${area} ${group} ${serial}`,
      `${area}.${group}.${serial}`,
      `SSN ${area}${group}${serial}`,
      `${area}\u2010${group}\u2010${serial}`,
      `${area}\u200b-${group}-\u200b${serial}`,
      [...`${area}-${group}-${serial}`]
        .map((one) => (one === '-' ? '－' : String.fromCodePoint((one.codePointAt(0) ?? 0) + 0xfee0)))
        .join(''),
    ],
    token: `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjYW5hcnk${digits(6)}In0.c2lnbmF0dXJl${digits(8)}`,
    email: `canary${digits(6)}@secret.example`,
    words: `canarywords${digits(8)}`,
    password: `canarypassword${digits(8)}`,
  };
}

export const s8: Row = {
  id: 'S8',
  title: 'Canary tokens through every path at LOG_LEVEL=debug',
  goal: '0 in log, error responses, audit; no SSN anywhere',
  async run({ quick, seed, log }) {
    const canary = canaries(seed);
    const server = await sharedServer();
    const dataDir = await newDataDir();
    const databaseUrl = typeof server === 'string' ? null : await newServerDatabase(server);
    if (typeof server === 'string') log(`without a PostgreSQL server: ${server}`);
    const secretUrl = databaseUrl?.replace('postgres@', `postgres:${canary.password}@`);
    const app = await startProgramme({
      env: {
        LOG_LEVEL: 'debug',
        CONSOLE_START_AT: '2026-12-01T10:00:00-05:00',
        ...(secretUrl ? { DATABASE_URL: secretUrl } : { DATA_DIR: dataDir }),
      },
    });
    const found: string[] = [];
    const inResponses = await walk(app, canary, quick);
    found.push(...inResponses.map((what) => `error response: ${what}`));
    const url = databaseUrl ?? (await addressIn(dataDir));
    found.push(...(await inTables(url, canary)));
    if (databaseUrl) await breakStore(databaseUrl, app);
    await app.stop();
    found.push(...leaks(app.output(), canary).map((what) => `log: ${what}`));
    found.push(...(await badStarts(canary)).map((what) => `refused start: ${what}`));
    for (const what of found.slice(0, 20)) log(what);
    return { figure: `${found.length} found`, ok: found.length === 0 };
  },
};

const needles = ({ ssn, token, email, words, password }: Canaries): readonly string[] => {
  const plain = (ssn[0] ?? '').replaceAll('-', '');
  return [...ssn.map((each) => each.replace(/^SSN /u, '')), plain, token, email, words, password];
};
const leaks = (text: string, canary: Canaries): readonly string[] =>
  needles(canary)
    .filter((needle) => text.includes(needle))
    .map((needle) => `${needle} in …${around(text, needle)}…`);
const around = (text: string, needle: string): string => {
  const at = text.indexOf(needle);
  return JSON.stringify(text.slice(Math.max(0, at - 80), at + needle.length + 30));
};

/** Every way in: said, typed in each answer, pressed, submitted, mistyped, in queries and headers. Answers what error responses repeat. */
async function walk(app: Programme, canary: Canaries, quick: boolean): Promise<readonly string[]> {
  const { token, email, words } = canary;
  const refused: string[] = [];
  const note = ({ status, body }: { status: number; body: string }): void => {
    if (status >= 400) refused.push(...leaks(body, canary));
  };
  for (const [index, ssn] of canary.ssn.slice(0, quick ? 4 : 7).entries()) {
    const free = `We need help ${words} ${ssn} ${token} ${email}`;
    note(await say(app.url, 'bo', free));
    note(await say(app.url, 'bo', free, { in: 'ispg' }));
    const { number } = await file(app.url, 'bo', `Hub ${index} ${words} ${index % 2 ? ssn : ''}`, free);
    // A text with a number is sent back to be written without it.
    const other = await say(app.url, 'bo', `We need help ${words} ${token} ${email}`);
    note(other);
    for (const each of ['routine', 'half', 'continuous', 'March 1, 2027', 'submit'])
      note(await say(app.url, 'bo', each));
    const sent = await say(app.url, 'bo', 'I confirm');
    const known = number ?? /ISSO-\d{4}-\d{4,}/u.exec(sent.body)?.[0];
    if (known) await carryOn(app.url, 'bo', known, `${words} ${index === 0 ? token : ssn}`);
    note(await post(app.url, 'press', { as: 'bo', message: words, action: token, values: { a: free } }));
    note(await post(app.url, 'submit', { as: 'bo', dialog: token, values: { reason: free } }));
    note(await post(app.url, 'say', { as: email, text: free, eventKey: ssn }));
    note(await post(app.url, 'say', { as: 'bo', in: words, text: free }));
    note(await post(app.url, 'clock', { advance: words }));
    note(await post(app.url, 'clock', { to: ssn }));
    const headers = {
      authorization: `Bearer ${token}`,
      cookie: `session=${token}`,
      'content-type': 'application/json',
    };
    note(
      await ask(`${app.url}/console/api/say`, {
        method: 'POST',
        headers,
        body: `{"as":"bo","text":"${free}`,
      }),
    );
    note(await ask(`${app.url}/console/api/messages?for=${encodeURIComponent(free)}`, { headers }));
    note(await ask(`${app.url}/calendar/people/${encodeURIComponent(token)}.ics`));
    note(await ask(`${app.url}/${encodeURIComponent(free)}`));
  }
  await recordKickoff(app.url, `${words} ${canary.ssn[0]}`, ['bo', 'ispg']);
  return refused;
}

/** No number of a person in any table; of typed words nothing in the audit record. */
async function inTables(url: string, canary: Canaries): Promise<readonly string[]> {
  const found: string[] = [];
  const plain = (canary.ssn[0] ?? '').replaceAll('-', '');
  const tables = await query(url, `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`);
  let kept = 0;
  for (const { name } of tables) {
    const rows = await query(url, `SELECT t::text AS row FROM "${name}" t`);
    for (const { row } of rows) {
      const text = String(row);
      if (text.includes(canary.words)) kept += 1;
      const forbidden =
        name === 'audit_entry'
          ? needles(canary)
          : [...canary.ssn.map((each) => each.replace(/^SSN /u, '')), plain];
      found.push(
        ...forbidden
          .filter((needle) => text.includes(needle))
          .map((needle) => `table ${name}: ${needle} in …${around(text, needle)}…`),
      );
    }
  }
  // Without this the search itself could be blind.
  if (kept === 0) found.push('the words that may be kept were not found in any table: nothing was searched');
  const [filed] = await query(url, 'SELECT count(*)::int AS count FROM engagement');
  if (!filed?.count) found.push('no request was filed: the paths were not walked');
  return found;
}

/** Makes the program log faults of the database with its address at hand. */
async function breakStore(databaseUrl: string, app: Programme): Promise<void> {
  await query(databaseUrl, 'ALTER TABLE conversation RENAME TO conversation_away');
  await say(app.url, 'bo', 'I need an ISSO');
  await query(databaseUrl, 'ALTER TABLE conversation_away RENAME TO conversation');
}

/** Starts that fail with a secret in the settings: its words must not repeat it. */
async function badStarts({ password, words }: Canaries): Promise<readonly string[]> {
  const closed = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await once(closed, 'listening');
  const address = closed.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const found: string[] = [];
  for (const env of [
    { DATABASE_URL: `postgresql://bot:${password}@127.0.0.1:${port}/bot` },
    { DATABASE_URL: `mysql://bot:${password}@127.0.0.1/bot` },
    { DATABASE_URL: `postgresql://bot:${password}@[bad/${words}` },
    { SLACK_BOT_TOKEN: password, SLACK_SIGNING_SECRET: words, DATA_DIR: await newDataDir() },
  ]) {
    const { code, output } = await expectRefusal({ env: { ...env, LOG_LEVEL: 'debug' } });
    if (code === 0 || code === null) found.push(`it started with ${Object.keys(env)[0]}`);
    for (const secret of [password, words]) if (output.includes(secret)) found.push(around(output, secret));
  }
  closed.close();
  return found;
}
