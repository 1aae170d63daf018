import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Every TypeScript file of ours below `folder`, as paths from the project's root. */
function files(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'generated' || entry.name === 'page' ? [] : files(path);
    return path.endsWith('.ts') ? [path] : [];
  });
}

/** What a file imports: paths from the root for our own files, package names for the rest. */
function importsOf(path: string): string[] {
  const source = readFileSync(join(root, path), 'utf8');
  const shapes = [
    /^(?:import|export)\s[^;'"]*?\sfrom\s+['"]([^'"]+)['"]/gmu,
    /^import\s+['"]([^'"]+)['"]/gmu,
    /\bimport\(\s*['"]([^'"]+)['"]\s*\)/gu,
  ];
  const found = shapes.flatMap((shape) => [...source.matchAll(shape)]);
  return found.map(([, name = '']) => {
    return name.startsWith('.')
      ? relative(root, resolve(root, dirname(path), name)).replaceAll('\\', '/')
      : name;
  });
}

const allFiles = [...files('src'), ...files('adapters')];

/** A floor: which files stand on it, and what they may import beside themselves. */
interface Floor {
  readonly name: string;
  readonly holds: (path: string) => boolean;
  readonly may: readonly RegExp[];
}

const FLOORS: readonly Floor[] = [
  { name: 'domain', holds: under('src/domain/'), may: [/^src\/domain\//, /^croner$/] },
  { name: 'forms', holds: under('src/forms/'), may: [/^src\/(domain|forms)\//, /^zod$/, /^chrono-node$/] },
  { name: 'messages', holds: under('src/messages/'), may: [/^src\/(domain|messages)\//, /^ical-generator$/] },
  { name: 'offerings', holds: under('src/offerings/'), may: [/^src\/(domain|forms|messages|offerings)\//] },
  {
    name: 'ports',
    holds: (path) => path === 'src/ports.ts',
    may: [/^src\/(domain|forms|messages|offerings)\//],
  },
  {
    name: 'use cases',
    holds: (path) => path.startsWith('src/usecases/') || path === 'src/dispatch.ts',
    may: [
      /^src\/(domain|forms|messages|offerings|usecases)\//,
      /^src\/ports\.ts$/,
      /^node:crypto$/,
      /^zod$/,
      /^minisearch$/,
      /^csv-parse\/sync$/,
      /^fflate$/,
    ],
  },
  {
    name: 'store',
    holds: under('src/store/'),
    may: [
      /^src\/(domain|store|messages)\//,
      /^src\/ports\.ts$/,
      /^zod$/,
      /^pg$/,
      /^@prisma\//,
      /^@electric-sql\//,
      /^node:/,
    ],
  },
  {
    name: 'reports',
    holds: under('src/reports/'),
    may: [
      /^src\/(messages|reports)\//,
      /^src\/ports\.ts$/,
      /^pdfkit$/,
      /^csv-stringify\/sync$/,
      /^docx$/,
      /^write-excel-file\/node$/,
      /^node:(module|stream)$/,
    ],
  },
  {
    name: 'pictures',
    holds: under('src/pictures/'),
    may: [/^src\/(domain|messages|pictures)\//, /^echarts$/, /^@resvg\/resvg-js$/, /^node:(module|zlib)$/],
  },
  {
    name: 'jobs',
    holds: under('src/jobs/'),
    may: [/^src\/(jobs|usecases)\//, /^src\/(ports|clock)\.ts$/, /^node-cron$/],
  },
  {
    name: 'http',
    holds: under('src/http/'),
    may: [
      /^src\/(domain|messages|http|usecases)\//,
      /^src\/ports\.ts$/,
      /^express$/,
      /^openid-client$/,
      /^jose$/,
      /^zod$/,
      /^node:/,
    ],
  },
];

function under(folder: string): (path: string) => boolean {
  return (path) => path.startsWith(folder);
}

describe('the floors of the house', () => {
  for (const floor of FLOORS) {
    it(`${floor.name} imports only what lies below it`, () => {
      const standing = allFiles.filter(floor.holds);
      expect(standing.length).toBeGreaterThan(0);
      const climbing = standing.flatMap((path) =>
        importsOf(path)
          .filter((from) => !floor.may.some((shape) => shape.test(from)))
          .map((from) => `${path} imports ${from}`),
      );
      expect(climbing).toEqual([]);
    });
  }

  it('an adapter imports ports, messages, forms and the domain, never store, use cases or another adapter', () => {
    const platforms = readdirSync(join(root, 'adapters')).filter((name) =>
      statSync(join(root, 'adapters', name)).isDirectory(),
    );
    const climbing = platforms.flatMap((platform) =>
      files(`adapters/${platform}`).flatMap((path) =>
        importsOf(path)
          .filter((from) => from.startsWith('src/') || from.startsWith('adapters/'))
          .filter(
            (from) =>
              !new RegExp(`^(src/(domain|forms|messages)/|src/ports\\.ts$|adapters/${platform}/)`).test(from),
          )
          .map((from) => `${path} imports ${from}`),
      ),
    );
    expect(climbing).toEqual([]);
  });
});

describe('single homes', () => {
  const home = (what: RegExp, where: RegExp): string[] =>
    allFiles.filter(
      (path) => !where.test(path) && what.test(withoutComments(readFileSync(join(root, path), 'utf8'))),
    );
  const imported = (what: RegExp, where: RegExp): string[] =>
    allFiles.filter((path) => !where.test(path) && importsOf(path).some((from) => what.test(from)));

  it('settings are read in src/config.ts', () => {
    expect(home(/process\.env\b/, /^src\/config\.ts$/)).toEqual([]);
  });
  it('the present instant is read in src/clock.ts', () => {
    expect(home(/\bDate\.now\b|new Date\(\s*\)|Temporal\.Now/, /^src\/clock\.ts$/)).toEqual([]);
  });
  it('Prisma is in src/store', () => {
    expect(imported(/prisma|store\/generated/, /^src\/(store\/|app\.ts$)/)).toEqual([]);
  });
  it('node-cron is in src/jobs/runner.ts', () => {
    expect(imported(/^node-cron$/, /^src\/jobs\/runner\.ts$/)).toEqual([]);
  });
  it('@slack is in adapters/slack and botbuilder in adapters/teams', () => {
    expect(imported(/^@slack\//, /^adapters\/slack\//)).toEqual([]);
    expect(imported(/^botbuilder/, /^adapters\/teams\//)).toEqual([]);
  });
  it('a time that was given up is read for calendars only', () => {
    expect(home(/\.released\b/, /^src\/(domain|store)\/meetings?\.ts$/)).toEqual([]);
    expect(
      home(/\bcalendarTime\b/, /^src\/(domain\/meeting|usecases\/read-calendar|messages\/icalendar)\.ts$/),
    ).toEqual([]);
  });
  it('the simulator is a tool of its own: it imports nothing of the tests', () => {
    const tool = ['scripts/simulate.ts', ...files('scripts/simulate')];
    expect(tool.length).toBeGreaterThan(5);
    expect(tool.filter((path) => importsOf(path).some((from) => from.startsWith('test/')))).toEqual([]);
  });
  it('no folder or file is called utils, services, common, helpers or types', () => {
    const vague = allFiles.filter((path) =>
      /(^|\/)(utils?|services?|common|helpers?|types)(\.ts|\/)/.test(path),
    );
    expect(vague).toEqual([]);
  });
});

describe('the test itself', () => {
  it('sees imports of every shape, so that it can fail', () => {
    expect(importsOf('test/architecture.test.ts')).toContain('node:fs');
    expect(importsOf('src/dispatch.ts')).toContain('src/usecases/route-press.ts');
    expect(importsOf('src/messages/message.ts')).toContain('src/messages/button.ts');
    const missing = allFiles.flatMap((path) =>
      importsOf(path).filter(
        (from) => /^(src|adapters|prisma)\//.test(from) && !existsSync(join(root, from)),
      ),
    );
    expect(missing.filter((from) => !from.startsWith('src/store/generated/'))).toEqual([]);
  });
});

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//gu, '').replace(/(^|[^:])\/\/[^\n]*/gu, '$1');
}
