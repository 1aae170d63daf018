import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { DataDirectoryInUse, lockDataDirectory } from '../../src/store/data-directory-lock.ts';

const childFile = fileURLToPath(new URL('./lock-child.ts', import.meta.url));
/** Far below a wait for somebody to let go; a busy machine may need a part of it. */
const soonMs = 10_000;
const reportSchema = z.object({ outcomes: z.array(z.string()), tookMs: z.number() });
type Report = z.infer<typeof reportSchema>;

interface Starter {
  readonly child: ChildProcess;
  /** Lets it try, and answers what came of it. */
  go(): Promise<Report>;
}

let dataDir: string;
let children: ChildProcess[] = [];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'isso-lock-'));
});
afterEach(async () => {
  await Promise.all(children.map(kill));
  children = [];
  await rm(dataDir, { recursive: true, force: true });
});

/** A process that is about to try for the directory, as often at once as `attempts` says. */
async function starter(attempts = 1): Promise<Starter> {
  const child = spawn(process.execPath, ['--import', 'tsx', childFile, dataDir, String(attempts)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  expect((await lines.next()).value).toBe('ready');
  const go = async (): Promise<Report> => {
    child.stdin.write('go\n');
    return reportSchema.parse(JSON.parse(String((await lines.next()).value)));
  };
  return { child, go };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

async function holder(): Promise<ChildProcess> {
  const one = await starter();
  expect((await one.go()).outcomes).toEqual(['held']);
  return one.child;
}

describe('the data directory belongs to one process', { timeout: 120_000 }, () => {
  test('a second process is refused in words, quickly, a hundred times of a hundred', async () => {
    const first = await holder();
    const second = await starter(100);
    const { outcomes, tookMs } = await second.go();
    expect(new Set(outcomes)).toEqual(new Set([`refused: ${first.pid}`]));
    expect(tookMs).toBeLessThan(soonMs);
    await expect(lockDataDirectory(dataDir)).rejects.toThrow(
      new RegExp(`in use by process ${first.pid}.*Stop the other process.*DATABASE_URL.*database-url`),
    );
  });

  test('of many that start at the same moment exactly one gets it', async () => {
    const starters = await Promise.all(Array.from({ length: 8 }, () => starter(40)));
    const reports = await Promise.all(starters.map(({ go }) => go()));
    expectOneHolder(reports);
  });

  test('a killed holder gives it free, and of those who rush in exactly one gets it, time after time', async () => {
    for (let round = 0; round < 4; round += 1) {
      const starters = await Promise.all(Array.from({ length: 4 }, () => starter(25)));
      expectOneHolder(await Promise.all(starters.map(({ go }) => go())));
      await Promise.all(children.map(kill));
    }
  });

  test('a dead holder whose process id means somebody else now does not count', async () => {
    await kill(await holder());
    const [name = ''] = await readdir(join(dataDir, 'lock'));
    await writeFile(join(dataDir, 'lock', name, 'holder.json'), JSON.stringify({ pid: process.pid }));
    const lock = await lockDataDirectory(dataDir);
    await expect(lockDataDirectory(dataDir)).rejects.toThrow(DataDirectoryInUse);
    await lock.release();
  });

  test.skipIf(process.platform === 'win32')('a holder that is stopped for a while still holds', async () => {
    const first = await holder();
    first.kill('SIGSTOP');
    const startedAt = performance.now();
    await expect(lockDataDirectory(dataDir)).rejects.toThrow(DataDirectoryInUse);
    expect(performance.now() - startedAt).toBeLessThan(soonMs);
  });

  test('it can be taken, given back and taken again, and leaves no heap behind', async () => {
    for (let round = 0; round < 40; round += 1) {
      const lock = await lockDataDirectory(dataDir);
      await expect(lockDataDirectory(dataDir)).rejects.toThrow(DataDirectoryInUse);
      await lock.release();
    }
    expect((await readdir(join(dataDir, 'lock'))).length).toBeLessThan(20);
  });

  test('a hundred tries at once within one process leave one holder and no traces of the others', async () => {
    const tries = await Promise.allSettled(Array.from({ length: 100 }, () => lockDataDirectory(dataDir)));
    const [held, ...more] = tries.filter((outcome) => outcome.status === 'fulfilled');
    expect(more).toEqual([]);
    expect(await readdir(join(dataDir, 'lock'))).toEqual(['holder-000000001']);
    await held?.value.release();
  });

  test.runIf(process.platform === 'linux')('a path too long for a socket is no hindrance', async () => {
    const long = join(dataDir, ...Array.from({ length: 8 }, () => 'a-rather-long-folder-name'));
    await mkdir(long, { recursive: true });
    const lock = await lockDataDirectory(long);
    await expect(lockDataDirectory(long)).rejects.toThrow(DataDirectoryInUse);
    await lock.release();
    await (await lockDataDirectory(long)).release();
  });
});

function expectOneHolder(reports: readonly Report[]): void {
  const outcomes = reports.flatMap((report) => report.outcomes);
  expect(outcomes.filter((outcome) => outcome === 'held')).toHaveLength(1);
  expect(outcomes.filter((outcome) => outcome.startsWith('broken'))).toEqual([]);
}
