/** The export of records in a process of its own, as the administrator starts it. */
import { appendFile, cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../src/ports.ts';
import { openStore } from '../src/store/index.ts';
import { putRequest } from './support/bot.ts';
import { type Found, runCommand } from './support/command.ts';
import { copyTemplate } from './support/open-store.ts';

let folder: string;
let dataDir: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isso-records-'));
  dataDir = join(folder, 'data');
  await copyTemplate(dataDir);
  await within(async (store) => {
    for (const system of ['Claims Hub', 'Grants Desk'])
      await putRequest(store, new Date('2024-12-02T15:00:00Z'), system, 'bo');
  });
}, 60_000);
afterEach(() => rm(folder, { recursive: true, force: true }));

async function within<T>(work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore({ database: { kind: 'embedded', dataDir } });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

const records = (...words: readonly string[]): Promise<Found> =>
  runCommand('records', { DATA_DIR: dataDir }, words);

describe('npm run records', () => {
  it('writes a class into a new folder, notes it in the record, and finds that it holds', async () => {
    const out = join(folder, 'contract');
    const made = await records('export', '--class', 'contract', '--out', out);
    expect(made).toMatchObject({ code: 0, out: expect.stringContaining('2 rows in') });
    const lines = (await readFile(join(out, 'engagement.jsonl'), 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).system_name).toSorted()).toEqual([
      'Claims Hub',
      'Grants Desk',
    ]);
    expect((await stat(join(out, 'engagement.jsonl'))).mode & 0o077).toBe(0);
    const [, hash] = /manifest is ([0-9a-f]{64})/u.exec(made.out) ?? [];
    expect(await records('--verify', out)).toMatchObject({
      code: 0,
      out: expect.stringContaining(String(hash)),
    });
    const entry = await within((store) => store.transaction((tx) => tx.audit.lastOf('records.export')));
    expect(entry).toMatchObject({
      actorId: null,
      platform: 'bot',
      facts: { class: 'contract', manifest: hash },
    });
  }, 120_000);

  it('names the file that was changed, cut, added or taken away', async () => {
    const out = join(folder, 'whole');
    await records('export', '--class', 'contract', '--out', out);
    const broken = async (name: string, harm: (at: string) => Promise<void>): Promise<Found> => {
      const at = join(folder, name);
      await cp(out, at, { recursive: true });
      await harm(at);
      return records('--verify', at);
    };
    expect(await broken('added', (at) => appendFile(join(at, 'engagement.jsonl'), '{}\n'))).toMatchObject({
      code: 1,
      out: expect.stringContaining('engagement.jsonl was changed'),
    });
    expect(await broken('gone', (at) => rm(join(at, 'paper.jsonl')))).toMatchObject({
      code: 1,
      out: expect.stringContaining('paper.jsonl is missing'),
    });
    expect(await broken('more', (at) => writeFile(join(at, 'more.jsonl'), ''))).toMatchObject({
      code: 1,
      out: expect.stringContaining('knows nothing of the file more.jsonl'),
    });
    const manifest = JSON.parse(await readFile(join(out, 'manifest.json'), 'utf8'));
    const lie = async (at: string): Promise<void> =>
      writeFile(join(at, 'manifest.json'), JSON.stringify({ ...manifest, rows: 3 }));
    expect(await broken('lied', lie)).toMatchObject({
      code: 1,
      out: expect.stringContaining('other counts'),
    });
    expect(await broken('none', (at) => rm(join(at, 'manifest.json')))).toMatchObject({ code: 1 });
  }, 120_000);

  it('does nothing for words it cannot read, a folder that is there, or a class there is none of', async () => {
    expect(await records('export', '--class', 'contract', '--out', dataDir)).toMatchObject({
      code: 2,
      out: expect.stringContaining('already'),
    });
    expect(await records('export', '--class', 'everything', '--out', join(folder, 'x'))).toMatchObject({
      code: 2,
    });
    expect(await records('export', '--class', 'hipaa', '--out', join(folder, 'x'))).toMatchObject({
      code: 2,
    });
    expect(await records('export', '--class', 'audit', '--due', '--out', join(folder, 'x'))).toMatchObject({
      code: 2,
      out: expect.stringContaining('ever due'),
    });
    const backwards = ['--from', '2024-12-01', '--until', '2024-11-01', '--out', join(folder, 'x')] as const;
    expect(await records('export', '--class', 'contract', ...backwards)).toMatchObject({
      code: 2,
      out: expect.stringContaining('has no day in it'),
    });
    expect(await records('--verify', join(folder, 'nowhere'))).toMatchObject({ code: 2 });
    expect(await records('--purge')).toMatchObject({
      code: 2,
      out: expect.stringContaining('npm run records'),
    });
    expect(await records()).toMatchObject({ code: 0, out: expect.stringContaining('transitory: Reminders') });
    expect(await readdir(folder)).toEqual(['data']);
  }, 120_000);
});
