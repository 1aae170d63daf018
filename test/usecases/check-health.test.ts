import { describe, expect, it } from 'vitest';
import { zoneTroubles } from '../../src/domain/zone-check.ts';
import {
  checkHealth,
  type DatabaseFacts,
  exitCodeOf,
  findingLine,
  type HealthFacts,
} from '../../src/usecases/check-health.ts';
import { TUESDAY } from '../support/fakes.ts';

const ago = (ms: number): Date => new Date(TUESDAY.getTime() - ms);
const MINUTE = 60_000;

const DATABASE: DatabaseFacts = {
  clock: { database: TUESDAY, system: TUESDAY },
  appNow: TUESDAY,
  migrations: { applied: ['one', 'two'], known: ['one', 'two'] },
  ticks: [{ job: 'plan', slotAt: ago(MINUTE), endedAt: TUESDAY }],
  deliveries: { byState: new Map(), due: 0, oldestDueAt: null },
  pauses: new Map(),
};
const FACTS: HealthFacts = {
  nodeVersion: 'v20.20.2',
  zoneData: '2026a',
  database: DATABASE,
  jobs: ['plan'],
  endpoints: [{ name: 'mail', host: 'mail.example.gov', port: 25, trouble: null }],
  closures: { file: 'closures.csv', trouble: null },
  dataDir: { path: '/data', trouble: null, freeBytes: 50e9 },
};
const of = (name: string, database: Partial<DatabaseFacts>, more: Partial<HealthFacts> = {}) =>
  checkHealth({ ...FACTS, database: { ...DATABASE, ...database }, ...more }).find(
    (each) => each.name === name,
  );
const clock = (ms: number) => ({ clock: { database: ago(ms), system: TUESDAY } });
const tick = (ms: number) => ({ ticks: [{ job: 'plan', slotAt: ago(ms), endedAt: null }] });
const oldest = (ms: number) => ({ deliveries: { byState: new Map(), due: 1, oldestDueAt: ago(ms) } });
const backlog = (due: number) => ({ deliveries: { byState: new Map(), due, oldestDueAt: null } });
const migrations = (applied: string[], known: string[]) => ({ migrations: { applied, known } });

describe('a bot that is well', () => {
  it('has one finding for each thing, all fine, each one line', () => {
    const findings = checkHealth(FACTS);
    expect(findings.filter(({ verdict }) => verdict !== 'ok')).toEqual([]);
    expect(exitCodeOf(findings)).toBe(0);
    expect(new Set(findings.map(({ name }) => name)).size).toBe(findings.length);
    expect(findings.map(findingLine).join('')).not.toContain('\n');
  });
});

describe('what is found', () => {
  it.each([
    ['clock', clock(4_000), 'ok', 'agree'],
    ['clock', clock(-20_000), 'warn', 'time server'],
    ['clock', clock(3 * 86_400_000), 'bad', '3 days'],
    ['clock', { appNow: new Date(TUESDAY.getTime() + 172_800_000) }, 'ok', 'console has moved'],
    ['migrations', migrations(['one'], ['one', 'two']), 'warn', 'two'],
    ['migrations', migrations(['one', 'two', 'three'], ['one', 'two']), 'bad', 'three'],
    ['tick of plan', tick(3 * MINUTE), 'ok', '3 minutes'],
    ['tick of plan', tick(6 * MINUTE), 'warn', 'log'],
    ['tick of plan', tick(60 * MINUTE), 'bad', '60 minutes'],
    ['tick of plan', tick(-3 * 86_400_000), 'ok', '0 seconds'],
    ['tick of plan', { ticks: [] }, 'bad', 'never'],
    ['oldest unsent', oldest(MINUTE), 'ok', '60 seconds'],
    ['oldest unsent', oldest(10 * MINUTE), 'warn', '10 minutes'],
    ['oldest unsent', oldest(300 * MINUTE), 'bad', '5 hours'],
    [
      'oldest unsent',
      { ...oldest(10 * MINUTE), pauses: new Map([['slack', TUESDAY] as const]) },
      'warn',
      'paused',
    ],
    ['backlog', backlog(1), 'ok', '1 message is due'],
    ['backlog', backlog(5_000), 'warn', '5000'],
    ['backlog', backlog(50_000), 'bad', 'add a process'],
    ['pauses', { pauses: new Map([['slack', TUESDAY] as const]) }, 'warn', 'slack until 2026-12-01'],
    [
      'given up',
      { deliveries: { ...DATABASE.deliveries, byState: new Map([['blocked', 2] as const]) } },
      'ok',
      '2 blocked and 0 unreachable',
    ],
  ] as const)('%s: %j is %s', (name, database, verdict, words) => {
    const found = of(name, database);
    expect(found?.words).toContain(words);
    expect(found?.verdict).toBe(verdict);
  });

  it.each([
    ['node', { nodeVersion: 'v18.20.0' }, 'bad'],
    ['node', { nodeVersion: 'v20.18.9' }, 'bad'],
    ['node', { nodeVersion: 'v22.0.0' }, 'ok'],
    ['zones', { zoneData: '2023c' }, 'warn'],
    ['zones', { zoneData: 'unknown' }, 'warn'],
    ['endpoint mail', { endpoints: [{ name: 'mail', host: 'm', port: 25, trouble: 'ECONNREFUSED' }] }, 'bad'],
    ['mailbox', { mailbox: { trouble: null } }, 'ok'],
    ['mailbox', { mailbox: { trouble: 'refused' } }, 'bad'],
    ['closures', { closures: { file: null, trouble: null } }, 'ok'],
    ['closures', { closures: { file: 'c.csv', trouble: 'line 2: the date' } }, 'bad'],
    ['data folder', { dataDir: { path: '/data', trouble: 'EROFS', freeBytes: null } }, 'bad'],
    ['disk', { dataDir: { path: '/data', trouble: null, freeBytes: 5e8 } }, 'warn'],
    ['disk', { dataDir: { path: '/data', trouble: null, freeBytes: 5e7 } }, 'bad'],
  ] as const)('%s: %j is %s', (name, more, verdict) => {
    expect(of(name, {}, more)?.verdict).toBe(verdict);
  });

  it('names jobs by their ticks of the last week where nobody knows the table, and says so when there are none', () => {
    const old = { job: 'gone', slotAt: ago(8 * 86_400_000), endedAt: TUESDAY };
    const findings = checkHealth({
      ...FACTS,
      jobs: null,
      database: { ...DATABASE, ticks: [...DATABASE.ticks, old] },
    });
    expect(findings.map(({ name }) => name).filter((name) => name.startsWith('tick'))).toEqual([
      'tick of plan',
    ]);
    expect(of('ticks', { ticks: [old] }, { jobs: null })?.verdict).toBe('bad');
  });

  it('says of tables that are not made yet, or are a newer version’s, what they are and nothing else', () => {
    const { clock, appNow } = DATABASE;
    const withApplied = (applied: string[]) =>
      checkHealth({
        ...FACTS,
        database: { clock, appNow, migrations: { applied, known: ['one', 'two'] } },
      });
    const made = withApplied([]);
    expect(exitCodeOf(made)).toBe(0);
    expect(made.filter(({ verdict }) => verdict !== 'ok').map(findingLine)).toEqual([
      'warn  migrations: Not applied yet: one, two. The bot applies them when it starts; start it, or start it again.',
    ]);
    expect(made.map(({ name }) => name)).not.toContain('backlog');
    expect(exitCodeOf(withApplied(['one', 'two', 'three']))).toBe(1);
  });

  it('leaves a database that does not answer at that, and it is bad', () => {
    const findings = checkHealth({ ...FACTS, database: "The database can't be reached." });
    expect(exitCodeOf(findings)).toBe(1);
    expect(findings.map(({ name }) => name)).not.toContain('backlog');
  });
});

describe('zone data', () => {
  it('of this runtime know the US clock changes of 2026 to 2030', () => {
    expect(zoneTroubles()).toEqual([]);
  });

  it('without summer time, or with the rule of before 2007, are found out', () => {
    expect(zoneTroubles(() => -5).join()).toContain('America/New_York on Sunday, March 8, 2026');
    // Until 2006 the clocks changed in April and October.
    const old = (zone: string, at: Date): number => {
      const month = at.getUTCMonth();
      const standard = zone === 'America/Chicago' ? -6 : -5;
      return standard + (month > 3 && month < 9 ? 1 : 0);
    };
    expect(zoneTroubles(old).join()).toContain('America/Chicago');
  });
});
