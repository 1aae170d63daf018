import { spawnSync } from 'node:child_process';
import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { findPostgres, type PrivatePostgres } from '../../scripts/private-postgres.ts';
import { cutWhileSending } from './cut-while-sending.ts';
import { addressIn, newDataDir, newFolder, newServerDatabase, ownServer, query } from './databases.ts';
import { ms } from './figures.ts';
import { owners, rosterOf } from './measured-programme.ts';
import { endure, type Fault, type Trial } from './outage.ts';
import { expectRefusal, startProgramme } from './programme.ts';
import { random } from './random.ts';
import type { Row } from './row.ts';
import { mountSmallDisk, type SmallDisk } from './small-disk.ts';
import { openForms } from './talk.ts';

const speakers = owners(4);
const rosterSize = 10;
const recoveryGoalMs = 5_000;
/** A person is told within three seconds that nothing was saved; the rest is the machine's. */
const refusalGoalMs = 4_000;
const embeddedDiskMb = 160;
const tableDiskMb = 24;

export const r9: Row = {
  id: 'R9',
  title: 'Disk full, read-only, database gone under load',
  goal: 'no ack without a row, no crash loop, recovers in < 5 s, nothing sent lost or doubled',
  async run({ quick, seed, log }) {
    const cut = await cutWhileSending(quick, random(seed));
    log(
      `${cut.cuts} connections cut while ${cut.messages} messages were sent: ${cut.words} · ${cut.isGood ? 'ok' : 'short'}`,
    );
    const trials = [...(await onServer(quick, log)), ...(await onEmbedded(quick, log))];
    const lost = trials.reduce((sum, trial) => sum + trial.lost, 0);
    const acked = trials.reduce((sum, trial) => sum + trial.acked.length, 0);
    const short = trials.filter(({ isGood }) => !isGood);
    for (const trial of trials) {
      const recovery = trial.recoveredMs === null ? trial.note : `recovered after ${ms(trial.recoveredMs)}`;
      log(
        `${trial.name}: ${trial.acked.length} acknowledged, ${trial.lost} without a row, ${trial.refused} told "not saved" (slowest ${ms(trial.slowestRefusalMs)}), ` +
          `${recovery}${trial.faults.length > 0 ? `, ${trial.faults.length} other answers: ${trial.faults[0]}` : ''} · ${trial.isGood ? 'ok' : 'short'}`,
      );
    }
    const slowest = Math.max(0, ...trials.map(({ recoveredMs }) => recoveredMs ?? 0));
    return {
      figure: `${trials.length} faults: ${lost} of ${acked} acks without a row, ${short.length} short, slowest recovery ${ms(slowest)}; ${cut.cuts} connections cut while sending: ${cut.isGood ? 'nothing lost or doubled' : 'SHORT'}`,
      ok: cut.isGood && trials.length > 0 && lost === 0 && short.length === 0,
    };
  },
};

interface Judged extends Trial {
  readonly lost: number;
  readonly isGood: boolean;
  readonly note: string;
}

async function onServer(quick: boolean, log: (remark: string) => void): Promise<Judged[]> {
  const programs = findPostgres();
  if (typeof programs === 'string') {
    log(`on a PostgreSQL server not run: ${programs}`);
    return [];
  }
  const server = await ownServer(programs);
  const url = await newServerDatabase(server);
  const programme = await startProgramme({
    env: { DATABASE_URL: url, ROSTER_FILE: await rosterOf(rosterSize), LOG_LEVEL: 'error' },
  });
  await openForms(programme.url, speakers);
  const full = await fullTableDisk(server, url, programs.account);
  if (full === null) log('disk full on a server not run: mounting a small disk is not permitted');
  const faults: readonly (readonly [Fault, number])[] = [
    [stopped(server), quick ? 4_000 : 60_000],
    [hanging(server), quick ? 4_000 : 60_000],
    [readOnly(server), quick ? 2_000 : 20_000],
    ...(full ? ([[full, quick ? 2_000 : 20_000]] as const) : []),
  ];
  const judged: Judged[] = [];
  for (const [fault, lastsMs] of faults) {
    const trial = await endure(programme, speakers, fault, lastsMs);
    const lost = await without(url, trial.acked);
    const recovered = trial.recoveredMs !== null && trial.recoveredMs < recoveryGoalMs;
    const isGood =
      lost === 0 &&
      trial.survived &&
      recovered &&
      trial.refused > 0 &&
      trial.faults.length === 0 &&
      trial.slowestRefusalMs < refusalGoalMs;
    judged.push({ ...trial, lost, isGood, note: trial.survived ? 'did not recover' : 'the process ENDED' });
    if (!trial.survived) break;
  }
  if (judged.some(({ faults: others }) => others.length > 0))
    log(`behind the other answers: ${causes(programme.output())}`);
  await programme.stop();
  await server.stop();
  return judged;
}

const stopped = (server: PrivatePostgres): Fault => ({
  name: 'server stopped',
  break: () => server.stop('SIGQUIT'),
  mend: () => server.start(),
});
const hanging = (server: PrivatePostgres): Fault => ({
  name: 'server hangs',
  break: async () => server.suspend(),
  mend: async () => server.resume(),
});
const readOnly = (server: PrivatePostgres): Fault => {
  const set = async (mode: 'on' | 'off'): Promise<void> => {
    await query(server.url, `ALTER SYSTEM SET default_transaction_read_only = ${mode}`);
    await query(server.url, 'SELECT pg_reload_conf()');
  };
  return { name: 'server read-only', break: () => set('on'), mend: () => set('off') };
};

/** The inbox's table on a small disk that fills up. */
async function fullTableDisk(
  server: PrivatePostgres,
  url: string,
  account: { readonly uid: number; readonly gid: number } | null,
): Promise<Fault | null> {
  const folder = join(server.folder, 'small');
  await mkdir(folder, { mode: 0o700 });
  const disk = mountSmallDisk(folder, tableDiskMb);
  if (disk === null) return null;
  if (account) spawnSync('chown', [`${account.uid}:${account.gid}`, folder]);
  await query(server.url, `CREATE TABLESPACE small LOCATION '${folder}'`);
  await query(url, 'ALTER TABLE inbox_event SET TABLESPACE small');
  await query(url, 'ALTER TABLE inbox_event ALTER COLUMN event SET STORAGE EXTERNAL');
  return {
    name: 'server disk full',
    async break() {
      await disk.fill();
      // What is free inside the files is used up, so that the next row needs a new page.
      await query(
        url,
        `INSERT INTO inbox_event (key, event, received_at, attempt, done_at, said_at)
         SELECT 'fill-' || n, to_jsonb(repeat('x', 1500)), now(), gen_random_uuid(), now(), now() FROM generate_series(1, 400) n`,
      ).catch(() => {});
      for (let tries = 0; tries < 400; tries += 1) {
        const isFull = await query(
          url,
          `INSERT INTO inbox_event (key, event, received_at, attempt, done_at, said_at)
           VALUES ('last-${tries}', '{}', now(), gen_random_uuid(), now(), now())`,
        ).then(
          () => false,
          () => true,
        );
        if (isFull) break;
      }
    },
    mend: () => disk.empty(),
  };
}

/** On the embedded database the process may end, if it says so: its files are then as they were at the last acknowledged event. */
async function onEmbedded(quick: boolean, log: (remark: string) => void): Promise<Judged[]> {
  const disk = mountSmallDisk(await newFolder(), embeddedDiskMb);
  if (disk === null) {
    log('embedded not run: mounting a small disk is not permitted');
    return [];
  }
  const dataDir = join(disk.folder, 'data');
  await cp(await newDataDir(), dataDir, { recursive: true });
  const env = { DATA_DIR: dataDir, ROSTER_FILE: await rosterOf(rosterSize), LOG_LEVEL: 'error' };
  const programme = await startProgramme({ env });
  await openForms(programme.url, speakers);
  const full: Fault = { name: 'embedded disk full', break: () => disk.fill(), mend: () => disk.empty() };
  const trial = await endure(programme, speakers, full, quick ? 2_000 : 30_000);
  const saidSo = /the embedded database ended/iu.test(programme.output());
  if (trial.survived) await programme.stop();
  const again = await startProgramme({ env }).catch(() => null);
  const lost = again ? await without(await addressIn(dataDir), trial.acked) : trial.acked.length;
  await again?.stop();
  const recovered = trial.recoveredMs !== null && trial.recoveredMs < recoveryGoalMs;
  const isGood =
    lost === 0 && again !== null && (trial.survived ? recovered && trial.faults.length === 0 : saidSo);
  const ending = `the process ended${saidSo ? ', saying so' : ' WITHOUT a word'}, and ${again ? 'started again' : 'did NOT start again'}`;
  const judged = { ...trial, lost, isGood, note: trial.survived ? 'did not recover' : ending };
  return [judged, await startReadOnly(disk, env)];
}

/** The files of a running database can't be made read-only from outside; a start on them can be tried. */
async function startReadOnly(disk: SmallDisk, env: Readonly<Record<string, string>>): Promise<Judged> {
  disk.setReadOnly(true);
  const refusal = await expectRefusal({ env });
  disk.setReadOnly(false);
  const again = await startProgramme({ env }).catch(() => null);
  await again?.stop();
  const said = refusal.output
    .split('\n')
    .filter((row) => row !== '' && !row.startsWith('{'))
    .join(' ');
  const isGood =
    refusal.code === 1 && /did not start/u.test(said) && !/\s+at .*:\d+/u.test(said) && again !== null;
  return {
    name: 'embedded read-only at the start',
    acked: [],
    refused: 0,
    faults: [],
    slowestRefusalMs: 0,
    recoveredMs: null,
    survived: false,
    lost: 0,
    isGood,
    note: `ended with ${refusal.code}: ${said.slice(0, 200)}; ${again ? 'starts when mended' : 'does NOT start when mended'}`,
  };
}

/** How many of the acknowledged events have no row. */
async function without(url: string, acked: readonly string[]): Promise<number> {
  const rows = await query(url, 'SELECT key FROM inbox_event');
  const there = new Set(rows.map(({ key }) => /"([\w-]+)"\]$/u.exec(String(key))?.[1]));
  return acked.filter((key) => !there.has(key)).length;
}

/** Where in the program the failed requests came from, each place once. */
function causes(output: string): string {
  const places = output
    .split('\n')
    .filter((row) => row.includes('"http.failed"'))
    .map((row) =>
      [...row.matchAll(/at (?:async )?([\w.#<>]+) \([^)]*\/dist\/([\w/.-]+):\d+:\d+\)/gu)]
        .slice(0, 4)
        .map(([, name, file]) => `${name} (${file})`)
        .join(' < '),
    );
  return [...new Set(places)].slice(0, 4).join(' | ');
}
