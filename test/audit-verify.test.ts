/** The check of the audit record in a process of its own, as an auditor starts it. */
import { cp, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AuditEntry, Store } from '../src/ports.ts';
import { openStore } from '../src/store/index.ts';
import { type Found, runCommand } from './support/command.ts';
import { copyTemplate } from './support/open-store.ts';

let folder: string;
let dataDir: string;
let bot: Store | null;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isso-audit-'));
  dataDir = join(folder, 'data');
  await copyTemplate(dataDir);
  bot = await openStore({ database: { kind: 'embedded', dataDir } });
});
afterEach(async () => {
  await bot?.close();
  await rm(folder, { recursive: true, force: true });
});

function verify(...words: readonly string[]): Promise<Found> {
  return verifyWith({ DATA_DIR: dataDir }, ...words);
}

const verifyWith = (
  settings: Readonly<Record<string, string>>,
  ...words: readonly string[]
): Promise<Found> => runCommand('audit-verify', settings, words);

const entry = (verb: string): AuditEntry => ({
  at: new Date('2026-12-01T15:00:00.000Z'),
  actorId: 'bo',
  forId: null,
  role: 'requester',
  verb,
  engagementId: 'e1',
  from: null,
  to: null,
  reason: null,
  platform: 'console',
  // In the words stands a character that ends a line elsewhere.
  facts: { number: 'ISSO-2026-0001', word: 'one\u2028two' },
});
const append = async (count: number): Promise<void> => {
  await bot?.transaction(async (tx) => {
    for (let each = 1; each <= count; each += 1) await tx.audit.append(entry(`step ${each}`));
  });
};
const sql = async (...statements: readonly string[]): Promise<void> => {
  const connectionString = (await readFile(join(dataDir, 'database-url'), 'utf8')).trim();
  const client = new pg.Client({ connectionString });
  await client.connect();
  for (const each of statements) await client.query(each);
  await client.end();
};

describe('of a database', () => {
  it('that a running bot has open, it reads while the bot goes on', async () => {
    await append(2_500);
    const head = await bot?.transaction((tx) => tx.audit.head());
    const { code, out } = await verify('--head', head?.hash.toUpperCase() ?? '', '--position', '2500');
    expect(out).toContain(
      `The record holds: 2500 entries, each of which follows from the one before. Its head is ${head?.hash}.`,
    );
    expect(out).toContain('The head you noted is in it, at position 2500.');
    expect(code).toBe(0);
    // Looking adds nothing.
    expect(await bot?.transaction((tx) => tx.audit.head())).toEqual(head);
  });

  it('of a bot that is stopped, it opens that itself', async () => {
    await append(3);
    await bot?.close();
    bot = null;
    expect(await verify()).toMatchObject({ code: 0, out: expect.stringContaining('3 entries') });
  });

  it('names the first entry that was changed behind the triggers’ back', async () => {
    await append(6);
    await sql(
      'ALTER TABLE audit_entry DISABLE TRIGGER USER',
      "UPDATE audit_entry SET actor_id = 'isso' WHERE position IN (4, 6)",
      'ALTER TABLE audit_entry ENABLE TRIGGER USER',
    );
    const { code, out } = await verify();
    expect(out).toContain('The record is broken at position 4. The entry does not fit its hash');
    expect(code).toBe(1);
  });

  it('finds by a head noted elsewhere what was cut off together with its head', async () => {
    await append(4);
    const noted = await bot?.transaction((tx) => tx.audit.head());
    await sql(
      'ALTER TABLE audit_entry DISABLE TRIGGER USER',
      'ALTER TABLE audit_head DISABLE TRIGGER USER',
      'DELETE FROM audit_entry WHERE position > 2',
      'UPDATE audit_head SET position = 2, hash = (SELECT hash FROM audit_entry WHERE position = 2)',
    );
    expect((await verify()).code).toBe(0);
    const byHash = await verify('--head', noted?.hash ?? '');
    expect(byHash).toMatchObject({ code: 1, out: expect.stringContaining('is not in the record') });
    const byPlace = await verify('--head', noted?.hash ?? '', '--position', '4');
    expect(byPlace).toMatchObject({ code: 1, out: expect.stringContaining('its end was cut off') });
    const other = await verify('--head', noted?.hash ?? '', '--position', '1');
    expect(other).toMatchObject({ code: 1, out: expect.stringContaining('broken at position 1.') });
  });

  it('that is not there, not reached or older, it says so and ends with 2', async () => {
    const none = await verifyWith({ DATA_DIR: join(folder, 'nothing') });
    expect(none).toMatchObject({ code: 2, out: expect.stringContaining('There is no database') });
    const away = await verifyWith({
      DATABASE_URL: 'postgresql://u:secret-word@127.0.0.1:1/x',
      CONSOLE: 'off',
    });
    expect(away).toMatchObject({ code: 2, out: expect.stringContaining("The database can't be reached.") });
    expect(away.out).not.toContain('secret-word');
    await sql('ALTER TABLE audit_entry DROP COLUMN position');
    expect(await verify()).toMatchObject({ code: 2, out: expect.stringContaining('older version') });
  });
});

describe('of an exported file', () => {
  const exported = async (): Promise<{ file: string; lines: string[] }> => {
    await append(3);
    const file = join(folder, 'audit.jsonl');
    expect((await verify('--export', file)).code).toBe(0);
    return { file, lines: (await readFile(file, 'utf8')).trimEnd().split('\n') };
  };
  it('it needs no database, and the export is the file’s and the record’s last entry', async () => {
    const { file, lines } = await exported();
    expect(lines).toHaveLength(5);
    expect(JSON.parse(lines[3] ?? '')).toMatchObject({ position: 4, verb: 'audit.export', actorId: null });
    expect(JSON.parse(lines[4] ?? '')).toMatchObject({ head: { position: 4 } });
    expect((await bot?.transaction((tx) => tx.audit.head()))?.position).toBe(4);
    // Offline: no database, no settings.
    const offline = await verifyWith({ DATABASE_URL: 'nonsense' }, '--file', file);
    expect(offline).toMatchObject({ code: 0, out: expect.stringContaining('4 entries') });
    if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('it holds after a copy by way of Windows, which changes the ends of lines alone', async () => {
    const { file, lines } = await exported();
    await writeFile(file, lines.map((line) => `${line}\r\n`).join(''));
    expect(await verifyWith({}, '--file', file)).toMatchObject({ code: 0 });
    await writeFile(file, lines.map((line) => `${line}\r\r\n`).join(''));
    expect(await verifyWith({}, '--file', file)).toMatchObject({ code: 1 });
  });

  it('a file that is there already is left alone, and nothing is recorded', async () => {
    const { file } = await exported();
    const before = await readFile(file, 'utf8');
    const again = await verify('--export', file);
    expect(again).toMatchObject({ code: 2, out: expect.stringContaining('already') });
    expect(await readFile(file, 'utf8')).toBe(before);
    expect((await bot?.transaction((tx) => tx.audit.head()))?.position).toBe(4);
  });

  it('a broken record is exported as it is, and its file is as broken', async () => {
    await append(3);
    await sql(
      'ALTER TABLE audit_entry DISABLE TRIGGER USER',
      "UPDATE audit_entry SET verb = 'x' WHERE position = 2",
      'ALTER TABLE audit_entry ENABLE TRIGGER USER',
    );
    const file = join(folder, 'audit.jsonl');
    expect((await verify('--export', file)).code).toBe(1);
    const copy = join(folder, 'copy.jsonl');
    await cp(file, copy);
    expect(await verify('--file', copy)).toMatchObject({
      code: 1,
      out: expect.stringContaining('position 2.'),
    });
  });

  it('a file that is not there, and words that can’t be read, end with 2 and say what to do', async () => {
    const none = await verify('--file', join(folder, 'no-such-file'));
    expect(none).toMatchObject({ code: 2, out: expect.stringContaining('no-such-file can') });
    const short = await verify('--head', 'abc');
    expect(short).toMatchObject({ code: 2, out: expect.stringContaining('64 hexadecimal digits') });
    const both = await verify('--file', 'a', '--export', 'b');
    expect(both).toMatchObject({ code: 2, out: expect.stringContaining('npm run audit:verify') });
  });
});
