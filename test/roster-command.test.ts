/** The import of a roster in a process of its own, as an operator starts it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../src/ports.ts';
import { openStore } from '../src/store/index.ts';
import { type Found, runCommand } from './support/command.ts';
import { copyTemplate } from './support/open-store.ts';

const HEADER = 'id,name,email,roles,component,time_zone';
const BO = 'bo,Beatriz Okafor,beatriz@example.gov,business_owner,OIT,America/New_York';
const GTL = 'gtl,Grace Tan,grace@example.gov,gtl,,America/New_York';

let folder: string;
let dataDir: string;
let bot: Store | null = null;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isso-roster-'));
  dataDir = join(folder, 'data');
});
afterEach(async () => {
  await bot?.close();
  bot = null;
  await rm(folder, { recursive: true, force: true });
});

/** A bot that runs on the directory. */
async function startStore(): Promise<Store> {
  await copyTemplate(dataDir);
  bot = await openStore({ database: { kind: 'embedded', dataDir } });
  return bot;
}

async function fileOf(...lines: readonly string[]): Promise<string> {
  const path = join(folder, 'people.csv');
  await writeFile(path, [...lines, ''].join('\n'));
  return path;
}

const roster = (...words: readonly string[]): Promise<Found> =>
  runCommand('roster', { DATA_DIR: dataDir }, words);

describe('of a roster file', () => {
  it('it shows what an import would do, does it when asked, and then has nothing more to do', async () => {
    const store = await startStore();
    const people = () => store.transaction((tx) => tx.people.list());
    const dry = await roster(await fileOf(HEADER, BO, GTL));
    expect(dry.out).toContain('new       gtl: gtl');
    expect(dry.out).toContain('2 people in the file: 2 would be new, 0 would be changed, 0 would be gone.');
    expect(dry.out).toContain('Nothing was changed. Add --apply');
    expect(dry.code).toBe(0);
    expect(await people()).toEqual([]);
    const done = await roster(await fileOf(HEADER, BO, GTL), '--apply');
    expect(done.out).toContain('Imported.');
    expect(done.code).toBe(0);
    expect((await people()).map(({ id }) => id)).toEqual(['bo', 'gtl']);
    expect(await store.transaction((tx) => tx.audit.lastOf('roster.import'))).toMatchObject({
      actorId: null,
      reason: 'command-line',
      facts: { people: '2', new: '2', changed: '0', gone: '0' },
    });
    const again = await roster(await fileOf(HEADER, BO.replace('business_owner', 'cra')), '--dry-run');
    expect(again.out).toContain('changed   bo: gets cra; loses business_owner');
    expect(again.out).toContain('gone      gtl: loses gtl');
    expect(again.code).toBe(0);
    expect((await people()).map(({ roles }) => roles)).toEqual([['business_owner'], ['gtl']]);
  });

  it('with bad lines it names each with its mend and imports nothing', async () => {
    const store = await startStore();
    const file = await fileOf(
      HEADER,
      BO,
      'x,Ex,x@example.gov,boss,,Mars',
      'y,Why,y@example.gov,gtl;contractor_lead,,America/New_York',
      'z,Zed,z@example.gov,platform_admin;cor,,America/New_York',
    );
    const { code, out } = await roster(file, '--apply');
    expect(code).toBe(1);
    expect(out).toMatch(/rejected {2}line 3: roles: "boss" is not a role/u);
    expect(out).toMatch(/rejected {2}line 3: time_zone/u);
    expect(out).toMatch(/rejected {2}line 4: roles: .*don't go together/u);
    expect(out).toMatch(/rejected {2}line 5: roles: .*don't go together/u);
    expect(out).toContain('Nothing was imported');
    expect(out).not.toContain('example.gov');
    expect(await store.transaction((tx) => tx.people.list())).toEqual([]);
    expect((await roster(await fileOf('id,name,mail', 'bo,Bo,x'))).out).toContain('the header lacks email');
  });

  it('at odds with what was granted or revoked in chat, it says so', async () => {
    const store = await startStore();
    await roster(await fileOf(HEADER, BO, GTL), '--apply');
    const at = new Date('2026-12-01T15:00:00Z');
    await store.transaction(async (tx) => {
      const [gtl] = await tx.roleGrants.heldBy('gtl');
      await tx.roleGrants.end([gtl?.id ?? ''], { byId: 'admin', at });
      const granted = { byId: 'admin', at };
      await tx.roleGrants.insert([
        { id: 'g', personId: 'bo', role: 'cra', granted, ended: null },
        { id: 'h', personId: 'gtl', role: 'platform_admin', granted, ended: null },
      ]);
    });
    const { code, out } = await roster(await fileOf(HEADER, GTL.replace('gtl,,', 'cor;gtl,,')));
    expect(code).toBe(1);
    expect(out).toMatch(/gone {6}bo: loses business_owner; keeps cra, granted in chat/u);
    expect(out).toMatch(/withheld {2}gtl: gtl was revoked in chat/u);
    expect(out).toMatch(/rejected {2}gtl: .*was granted in chat/u);
  });
});

describe('without a database', () => {
  it('it shows who would be new, and refuses to import', async () => {
    const dry = await roster(await fileOf(HEADER, BO));
    expect(dry.out).toContain('new       bo: business_owner');
    expect(dry.code).toBe(0);
    const { code, out } = await roster(await fileOf(HEADER, BO), '--apply');
    expect(code).toBe(2);
    expect(out).toContain('There is no database');
  });
});

it('words it can’t read, and files that are not there, end with 2 and say what to type', async () => {
  for (const words of [[], ['a.csv', 'b.csv'], ['--sure', 'a.csv'], ['a.csv', '--apply', '--dry-run']]) {
    const { code, out } = await roster(...words);
    expect(code).toBe(2);
    expect(out).toContain('npm run roster -- people.csv');
  }
  const gone = await roster(join(folder, 'gone.csv'));
  expect(gone.code).toBe(2);
  expect(gone.out).toContain("can't be read (ENOENT)");
  expect((await roster('--help')).code).toBe(0);
});
