import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readBackup } from '../../src/backup-file.ts';
import type { BackupManifest } from '../../src/store/backup-format.ts';
import { contentsOf } from '../support/table-contents.ts';
import { addressIn, newDataDir, newFolder, newServerDatabase, query, sharedServer } from './databases.ts';
import { rosterOf } from './measured-programme.ts';
import { openAt } from './open-stores.ts';
import { startProgramme } from './programme.ts';
import { type Random, random } from './random.ts';
import type { Row } from './row.ts';
import { settled } from './settled.ts';
import { startTalking } from './steady-talk.ts';

const SPEAKERS = 4;

export const r13: Row = {
  id: 'R13',
  title: 'Backups taken while people speak, each restored into a new database',
  goal: 'all of one instant: nothing acknowledged before is missing, nothing half, the record holds to its head',
  async run({ quick, seed, log }) {
    const chance = random(seed);
    const times = quick ? 1 : 20;
    const found: Found[] = [await tried('embedded', times, chance)];
    const server = await sharedServer();
    if (typeof server === 'string') log(`on a PostgreSQL server not run: ${server}`);
    else found.push(await tried('server', times, chance));
    const faults = found.flatMap(({ place, faults: words }) => words.map((each) => `${place}: ${each}`));
    for (const words of faults.slice(0, 10)) log(words);
    const sum = (count: (each: Found) => number): number => found.reduce((all, each) => all + count(each), 0);
    for (const { place, backups, heads, slowestMs } of found)
      log(
        `${place}: ${backups} backups, the record at ${heads.join(', ')}; the slowest answer meanwhile ${Math.round(slowestMs)} ms`,
      );
    return {
      figure: `${sum(({ backups }) => backups)} backups while people spoke and at rest, ${sum(({ acked }) => acked)} messages acknowledged, ${sum(({ requests }) => requests)} requests: ${faults.length} not as they should be`,
      ok: faults.length === 0 && sum(({ acked }) => acked) > 0 && sum(({ requests }) => requests) > 0,
    };
  },
};

type PlaceName = 'embedded' | 'server';

interface Found {
  readonly place: PlaceName;
  backups: number;
  acked: number;
  requests: number;
  slowestMs: number;
  readonly heads: number[];
  readonly faults: string[];
}

/** Where a backup comes from or goes to. */
interface Database {
  readonly env: Readonly<Record<string, string>>;
  /** Its address while somebody has it open. */
  url(): Promise<string>;
}

/** Speaks to the program on a database of `place`, takes backups meanwhile, and one at rest; looks into each by itself. */
async function tried(place: PlaceName, times: number, chance: Random): Promise<Found> {
  const found: Found = { place, backups: 0, acked: 0, requests: 0, slowestMs: 0, heads: [], faults: [] };
  const source = await newDatabase(place);
  const programme = await startProgramme({
    env: { ...source.env, ROSTER_FILE: await rosterOf(SPEAKERS), LOG_LEVEL: 'error' },
  });
  const talk = startTalking(programme.url, SPEAKERS, chance);
  await talk.filed();
  for (let time = 0; time < times; time += 1) {
    await talk.heard(8 + chance.below(30));
    const before = talk.acked();
    const taken = await command('backup', source.env, '--to');
    // Into one of the other kind, and of the same in turn.
    const to = (place === 'server') === (time % 2 === 0) ? 'embedded' : 'server';
    const manifest = await restored(found, taken, await newDatabase(to), before);
    if (manifest) await isInChain(found, await source.url(), manifest);
  }
  const { acked, numbers, slowestMs } = await talk.end();
  Object.assign(found, { acked: acked.length, requests: numbers.length, slowestMs });
  await settled(await source.url());
  await programme.stop();
  await atRest(found, source, acked);
  return found;
}

/** On a server where there is one. */
async function newDatabase(place: PlaceName): Promise<Database> {
  const server = await sharedServer();
  if (place === 'server' && typeof server !== 'string') {
    const url = await newServerDatabase(server);
    return { env: { DATABASE_URL: url }, url: async () => url };
  }
  const dataDir = await newDataDir();
  return { env: { DATA_DIR: dataDir }, url: () => addressIn(dataDir) };
}

interface Ran {
  readonly file: string;
  readonly code: number;
  readonly output: string;
}

/** One of the two commands, compiled, in a process of its own. */
async function command(
  name: 'backup' | 'backup-restore',
  env: Readonly<Record<string, string>>,
  word: '--to' | '--from',
  from?: string,
): Promise<Ran> {
  const path = from ?? join(await newFolder(), 'all.backup');
  const entry = fileURLToPath(new URL(`../../dist/src/${name}.js`, import.meta.url));
  const child = spawn(process.execPath, [entry, word, path], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
  const [code] = await once(child, 'close');
  return { file: path, code: Number(code), output: output.trim() };
}

/** Restores it with the command, and looks into what came of it. Null when one of the two failed. */
async function restored(
  found: Found,
  taken: Ran,
  target: Database,
  before: readonly string[],
  alsoLook: (url: string) => Promise<void> = async () => {},
): Promise<BackupManifest | null> {
  found.backups += 1;
  if (taken.code !== 0) found.faults.push(`the backup ended with ${taken.code}: ${taken.output}`);
  if (taken.code !== 0) return null;
  const { manifest } = await readBackup(taken.file);
  const back = await command('backup-restore', target.env, '--from', taken.file);
  if (back.code !== 0) found.faults.push(`the restore ended with ${back.code}: ${back.output}`);
  if (back.code !== 0) return null;
  await inside(target, async (url) => {
    for (const [words, statement] of HALVES) {
      const [row] = await query(url, statement);
      if (Number(row?.count) > 0) found.faults.push(`${row?.count} ${words}`);
    }
    const rows = await query(url, 'SELECT key FROM inbox_event');
    const there = new Set(rows.map(({ key }) => /"([\w-]+)"\]$/u.exec(String(key))?.[1]));
    const lost = before.filter((key) => !there.has(key)).length;
    if (lost > 0) found.faults.push(`${lost} messages acknowledged before the backup are not in it`);
    await alsoLook(url);
  });
  found.heads.push(manifest.auditHead?.position ?? 0);
  return manifest;
}

/** What is written in one transaction, and must not be there without its other half. */
const HALVES: readonly (readonly [string, string])[] = [
  [
    'requests without an entry of the record',
    'SELECT count(*) FROM engagement e WHERE NOT EXISTS (SELECT FROM audit_entry a WHERE a.engagement_id = e.id)',
  ],
  [
    'entries of the record about a request that is not there',
    `SELECT count(*) FROM audit_entry a WHERE a.engagement_id IS NOT NULL
        AND NOT EXISTS (SELECT FROM engagement e WHERE e.id = a.engagement_id)`,
  ],
  [
    'messages about a request that is not there',
    `SELECT count(*) FROM delivery d WHERE d.card LIKE 'triage:%'
        AND NOT EXISTS (SELECT FROM engagement e WHERE 'triage:' || e.id = d.card)`,
  ],
  [
    'requests that nobody was told of',
    `SELECT count(*) FROM engagement e WHERE NOT EXISTS (SELECT FROM delivery d WHERE d.card = 'triage:' || e.id)`,
  ],
  [
    'requests beyond the last number given, or entries beyond the head',
    `SELECT (SELECT count(*) FROM engagement) - (SELECT coalesce(sum(last), 0) FROM request_counter)
          + (SELECT count(*) FROM audit_entry) - (SELECT position FROM audit_head) AS count`,
  ],
];

/** The head of the backup stands in the record that goes on, at its place. */
async function isInChain({ faults }: Found, url: string, { auditHead }: BackupManifest): Promise<void> {
  const rows = await query(url, 'SELECT hash FROM audit_entry WHERE position = $1', [auditHead?.position]);
  if (auditHead && auditHead.position > 0 && rows[0]?.hash !== auditHead.hash)
    faults.push(`the record has another entry at ${auditHead.position}`);
}

/** With nobody there, the backup is what the database is, row by row. */
async function atRest(found: Found, source: Database, acked: readonly string[]): Promise<void> {
  const before = await inside(source, contentsOf);
  const taken = await command('backup', source.env, '--to');
  await restored(found, taken, await newDatabase('server'), acked, async (url) => {
    const after = await contentsOf(url);
    const others = Object.keys(before).filter((name) => before[name] !== after[name]);
    if (others.length > 0) found.faults.push(`at rest not the same: ${others.join(', ')}`);
  });
}

/** Opens a database that nobody has open, and closes it again. */
async function inside<T>({ env }: Database, look: (url: string) => Promise<T>): Promise<T> {
  const { DATABASE_URL: url, DATA_DIR: dataDir = '' } = env;
  if (url) return look(url);
  const opened = await openAt({ kind: 'embedded', dataDir });
  try {
    return await look(opened.url);
  } finally {
    await opened.close();
  }
}
