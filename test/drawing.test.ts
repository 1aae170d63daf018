import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BurnDown } from '../src/domain/burn-down.ts';
import { createDrawing } from '../src/drawing.ts';
import { burnDownPng } from '../src/pictures/burn-down.ts';
import { isCompiled } from '../src/start-thread.mjs';

const OF = { kind: 'one', number: 'ISSO-2026-0042', name: 'Ines Sorensen' } as const;
const BURN_DOWN: BurnDown = {
  needed: 22,
  days: [
    { day: 0, on: '2026-12-08', planned: 22, open: 22, forecast: null },
    { day: 1, on: '2026-12-09', planned: 21, open: 20, forecast: 20 },
    { day: 2, on: '2026-12-10', planned: 20, open: null, forecast: 19 },
  ],
};
const DOCUMENT = {
  title: 'A report',
  at: new Date('2026-12-04T17:00:00Z'),
  intro: ['In short.'],
  sections: [],
};

const drawing = createDrawing();
afterAll(drawing.stop);

describe('the thread that draws', () => {
  it('gives the same bytes as drawing here, and leaves the program its turns meanwhile', async () => {
    let turns = 0;
    const turn = setInterval(() => {
      turns += 1;
    }, 1);
    const both = await Promise.all([
      drawing.pictures.burnDown(OF, BURN_DOWN),
      drawing.papermaker.pdf(DOCUMENT),
    ]);
    clearInterval(turn);
    expect(Buffer.from(both[0], 'base64').equals(Buffer.from(burnDownPng(OF, BURN_DOWN)))).toBe(true);
    expect(Buffer.from(both[1], 'base64').subarray(0, 5).toString()).toBe('%PDF-');
    expect(turns).toBeGreaterThan(10);
  });

  it('says why something could not be made, and makes the next', async () => {
    const broken = { needed: 1, days: null } as unknown as BurnDown;
    await expect(drawing.pictures.burnDown(OF, broken)).rejects.toThrow(/null/u);
    await expect(drawing.pictures.burnDown(OF, BURN_DOWN)).resolves.toMatch(/^iVBOR/u);
  });

  it('begins anew when its thread has ended, and nobody waits for ever', async () => {
    const lost = drawing.pictures.burnDown(OF, BURN_DOWN);
    await drawing.stop();
    await expect(lost).rejects.toThrow('the thread that draws has ended');
    await expect(drawing.pictures.burnDown(OF, BURN_DOWN)).resolves.toMatch(/^iVBOR/u);
  });
});

describe('a thread beside the sources', () => {
  const FILES = [
    'package-lock.json',
    'tsconfig.json',
    'tsconfig.build.json',
    'src/one.ts',
    'src/parts/deep/another.ts',
    'adapters/console/index.ts',
    'prisma/seed.ts',
    'dist/built',
  ];
  let root: string;
  const at = (path: string, second: number): void => utimesSync(join(root, path), second, second);
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'isso-compiled-'));
    for (const file of FILES) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), '');
    }
    const folders = ['src', 'src/parts', 'src/parts/deep', 'adapters', 'adapters/console', 'prisma'];
    for (const path of [...FILES, ...folders]) at(path, 1000);
    at('dist/built', 1001);
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('takes the compiled file where the compilation began after the last change of all sources', () => {
    expect(isCompiled(root)).toBe(true);
    expect(isCompiled(root, ['src/one.ts'])).toBe(true);
  });

  it.each([...FILES.filter((file) => file !== 'dist/built'), 'src', 'src/parts/deep', 'prisma'])(
    'never takes it where %s has changed since it began, or as it began',
    (changed) => {
      for (const second of [1001, 1002]) {
        at(changed, second);
        expect(isCompiled(root)).toBe(false);
      }
    },
  );

  it('looks only at the sources it is told of, and takes nothing where one is gone', () => {
    at('src/parts/deep/another.ts', 1002);
    expect(isCompiled(root, ['src/one.ts'])).toBe(true);
    expect(isCompiled(root, ['src/one.ts', 'src/parts'])).toBe(false);
    expect(isCompiled(root, ['src/no-such-file.ts'])).toBe(false);
  });

  it('takes nothing where nothing is compiled', () => {
    rmSync(join(root, 'dist'), { recursive: true });
    expect(isCompiled(root)).toBe(false);
  });
});
