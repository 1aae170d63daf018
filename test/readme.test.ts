/** What the documents say about names that the code owns: settings, commands, roles, files. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { envExample, readmeWithSettings } from '../scripts/settings-table.ts';
import { ROLES } from '../src/domain/person.ts';
import { ROSTER_COLUMNS } from '../src/usecases/read-roster.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const decisions = readdirSync(join(root, 'docs/decisions')).sort();
const documents = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'SECURITY.md',
  ...decisions.map((name) => `docs/decisions/${name}`),
];
const RENEW = 'to renew it: node --import tsx scripts/settings-table.ts';

describe('the settings', () => {
  it('stand in the README as the schema has them', () => {
    expect(read('README.md'), RENEW).toBe(readmeWithSettings(read('README.md')));
  });

  it('stand in .env.example as the schema has them, each switched off', () => {
    expect(read('.env.example'), RENEW).toBe(envExample());
    expect(read('.env.example')).not.toMatch(/^[A-Z]/mu);
  });
});

describe('the README', () => {
  it('names every column and role of the roster', () => {
    const readme = read('README.md');
    expect(readme).toContain(ROSTER_COLUMNS.join(','));
    for (const role of ROLES) expect(readme).toContain(`\`${role}\``);
  });
});

describe('every document', () => {
  it.each(documents)('%s names only commands that exist', (document) => {
    const scripts = Object.keys(JSON.parse(read('package.json')).scripts);
    const named = [...read(document).matchAll(/\bnpm run ([\w:]+)/gu)].map(([, name = '']) => name);
    expect(named.filter((name) => !scripts.includes(name))).toEqual([]);
  });

  it.each(documents)('%s leads only to files that exist', (document) => {
    const text = read(document);
    const links = [...text.matchAll(/\]\((?!https?:|mailto:|#)([^)#]+)/gu)].map(([, path = '']) =>
      join(dirname(document), path),
    );
    // The screenshot is drawn by a command of its own.
    const wanted = links.filter((path) => !path.endsWith('.png'));
    const paths = [...text.matchAll(/`((?:src|adapters|prisma|scripts|test)\/[\w./-]+)`/gu)].map(
      ([, path = '']) => path,
    );
    expect([...wanted, ...paths].filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

describe('the decision records', () => {
  it('are numbered without a gap and have the same parts', () => {
    decisions.forEach((name, index) => {
      expect(name).toMatch(new RegExp(`^${String(index + 1).padStart(4, '0')}-[a-z0-9-]+\\.md$`, 'u'));
      const record = read(`docs/decisions/${name}`);
      const parts = [...record.matchAll(/^## (.+)$/gmu)].map(([, part]) => part);
      expect(parts, name).toEqual(['Status', 'Context', 'Decision', 'Consequences']);
    });
  });
});
