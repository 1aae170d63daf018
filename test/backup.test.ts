/** Backup and restore in processes of their own, as the administrator starts them. */
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BackupDamaged, readBackup } from '../src/backup-file.ts';
import type { Store } from '../src/ports.ts';
import { openEmbedded } from '../src/store/embedded.ts';
import { openStore } from '../src/store/index.ts';
import { migrate, readMigrations } from '../src/store/migrate.ts';
import { putRequest } from './support/bot.ts';
import { type Found, runCommand } from './support/command.ts';
import { copyTemplate } from './support/open-store.ts';

let folder: string;
let dataDir: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isso-backup-'));
  dataDir = join(folder, 'data');
  file = join(folder, 'all.backup');
  await copyTemplate(dataDir);
}, 60_000);
afterEach(() => rm(folder, { recursive: true, force: true }));

async function within<T>(where: string, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore({ database: { kind: 'embedded', dataDir: where } });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

const SYSTEM = 'Claims Hub';
const NOON = new Date('2026-12-01T17:00:00Z');
const putOne = (): Promise<unknown> => within(dataDir, (store) => putRequest(store, NOON, SYSTEM, 'bo'));
const systemsIn = (where: string): Promise<readonly string[]> =>
  within(where, (store) =>
    store.transaction(async (tx) =>
      (await tx.engagements.find({ limit: 9 })).map(({ systemName }) => systemName),
    ),
  );

const run = (
  command: 'backup' | 'backup-restore',
  where: string,
  ...words: readonly string[]
): Promise<Found> => runCommand(command, { DATA_DIR: where }, words);
const backUp = (): Promise<Found> => run('backup', dataDir, '--to', file);
const restore = (where: string, from = file): Promise<Found> => run('backup-restore', where, '--from', from);

describe('npm run backup and npm run restore', () => {
  it('take everything into a file and out again, and say nothing of what is in it', async () => {
    await putOne();
    const made = await backUp();
    expect(made).toMatchObject({ code: 0, out: expect.stringContaining('rows in') });
    expect((await stat(file)).mode & 0o077).toBe(0);
    const [, hash] = /manifest is ([0-9a-f]{64})/u.exec(made.out) ?? [];
    expect(await run('backup', dataDir, '--verify', file)).toMatchObject({
      code: 0,
      out: expect.stringContaining(String(hash)),
    });

    const other = join(folder, 'other');
    const done = await restore(other);
    expect(done).toMatchObject({ code: 0, out: expect.stringContaining('The record holds') });
    expect(made.out + done.out).not.toContain(SYSTEM);
    expect(await systemsIn(other)).toEqual([SYSTEM]);
    expect(await restore(other)).toMatchObject({ code: 2, out: expect.stringContaining('holds data') });
    expect(await backUp()).toMatchObject({ code: 2, out: expect.stringContaining('already') });
    expect((await readdir(folder)).toSorted()).toEqual(['all.backup', 'data', 'other']);
  }, 180_000);

  it('take it of a running bot, and put nothing below one', async () => {
    await within(dataDir, async (store) => {
      await putRequest(store, NOON, SYSTEM, 'bo');
      expect(await backUp()).toMatchObject({ code: 0 });
      expect(await restore(dataDir)).toMatchObject({
        code: 2,
        out: expect.stringContaining('stop it first'),
      });
    });
    expect(await systemsIn(dataDir)).toEqual([SYSTEM]);
  }, 180_000);

  it('refuse a file that is damaged, before anything is touched', async () => {
    await putOne();
    await backUp();
    const whole = await readFile(file);
    const lines = gunzipSync(whole).toString('utf8').split('\n');
    const withLines = (changed: readonly string[]): Buffer => gzipSync(changed.join('\n'));
    const row = lines.findIndex((line) => line.includes(SYSTEM));
    const manifest = lines.at(-2) ?? '';
    const damaged: Record<string, Buffer> = {
      cut: whole.subarray(0, whole.length - 20),
      flipped: Buffer.from(whole.map((byte, place) => (place === 500 ? byte ^ 1 : byte))),
      changed: withLines(lines.map((line) => line.replace(SYSTEM, 'Grants Desk'))),
      fewer: withLines(lines.filter((_, place) => place !== row)),
      twice: withLines([...lines.slice(0, row), lines[row] ?? '', ...lines.slice(row)]),
      endless: withLines(lines.slice(0, -2)),
      later: withLines([...lines.slice(0, -1), '[]', '']),
      newer: withLines([(lines[0] ?? '').replace('"version":1', '"version":2'), ...lines.slice(1)]),
      counted: withLines([
        ...lines.slice(0, -2),
        manifest.replace(/"rows":\d+,"sequences"/u, '"rows":1,"sequences"'),
        '',
      ]),
      else: gzipSync('hello\n'),
      plain: Buffer.from('hello\n'),
      empty: Buffer.alloc(0),
    };
    const place = join(folder, 'harmed.backup');
    for (const [name, bytes] of Object.entries(damaged)) {
      await writeFile(place, bytes);
      await expect(readBackup(place), name).rejects.toBeInstanceOf(BackupDamaged);
    }
    expect(await run('backup', dataDir, '--verify', place)).toMatchObject({
      code: 1,
      out: expect.stringContaining('The backup does not hold'),
    });
    expect(await restore(join(folder, 'other'), place)).toMatchObject({
      code: 1,
      out: expect.stringContaining('Nothing was restored'),
    });
    expect(await readdir(folder)).not.toContain('other');
  }, 180_000);

  it('bring the tables of an older backup up to date, and refuse a newer one', async () => {
    const known = await readMigrations();
    const older = join(folder, 'older');
    const onLost = (error: Error): never => {
      throw error;
    };
    const embedded = await openEmbedded({ dataDir: older, onLost });
    await migrate(embedded.url, known.slice(0, -1));
    await embedded.close();
    expect(await run('backup', older, '--to', file)).toMatchObject({ code: 0 });
    const other = join(folder, 'other');
    expect(await restore(other)).toMatchObject({
      code: 0,
      out: expect.stringContaining('brought up to date by 1 migration'),
    });
    expect(await systemsIn(other)).toEqual([]);
    expect(await restore(dataDir)).toMatchObject({
      code: 2,
      out: expect.stringContaining('without any tables'),
    });

    const lines = gunzipSync(await readFile(file)).toString('utf8');
    const newer = lines.replace('"migrations":[', '"migrations":["99990101000000_later",');
    await writeFile(file, gzipSync(newer));
    expect(await restore(join(folder, 'third'))).toMatchObject({
      code: 2,
      out: expect.stringContaining('99990101000000_later'),
    });
  }, 240_000);

  it('do nothing for words they cannot read, and where there is no database or file', async () => {
    expect(await run('backup', dataDir)).toMatchObject({ code: 2, out: expect.stringContaining('--to') });
    expect(await run('backup', dataDir, '--to', file, '--verify', file)).toMatchObject({ code: 2 });
    expect(await run('backup', dataDir, '--purge')).toMatchObject({ code: 2 });
    expect(await run('backup', dataDir, '--help')).toMatchObject({ code: 0 });
    expect(await run('backup-restore', dataDir)).toMatchObject({
      code: 2,
      out: expect.stringContaining('--from'),
    });
    expect(await run('backup-restore', dataDir, '--help')).toMatchObject({ code: 0 });
    expect(await run('backup', join(folder, 'none'), '--to', file)).toMatchObject({
      code: 2,
      out: expect.stringContaining('npm start makes one'),
    });
    expect(await run('backup', dataDir, '--to', join(folder, 'no', 'folder'))).toMatchObject({
      code: 2,
      out: expect.stringContaining("can't be written (ENOENT)"),
    });
    expect(await restore(join(folder, 'none'), file)).toMatchObject({
      code: 2,
      out: expect.stringContaining("can't be read (ENOENT)"),
    });
    expect(await readdir(folder)).toEqual(['data']);
  }, 180_000);
});
