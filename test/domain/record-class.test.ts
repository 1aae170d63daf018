import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PAPER_KINDS } from '../../src/domain/paper.ts';
import {
  DELIVERY_CLASSES,
  PAPER_CLASSES,
  RECORD_CLASSES,
  recordClassOf,
  TABLE_CLASSES,
} from '../../src/domain/record-class.ts';
import { RECORD_TABLES, recordParts } from '../../src/domain/record-parts.ts';
import { cutOffOf, type Retention } from '../../src/domain/retention.ts';
import { DAY_MS, localDate } from '../../src/domain/time.ts';
import { DELIVERY_KINDS } from '../../src/ports.ts';
import { openTestDatabase } from '../support/open-store.ts';

const keys: readonly string[] = RECORD_CLASSES.map(({ key }) => key);

describe('the retention class of what is kept', () => {
  it('is exactly one for every kind of outgoing message and of paper', () => {
    expect(Object.keys(DELIVERY_CLASSES).toSorted()).toEqual([...DELIVERY_KINDS].toSorted());
    expect(Object.keys(PAPER_CLASSES).toSorted()).toEqual([...PAPER_KINDS].toSorted());
    for (const key of [...Object.values(DELIVERY_CLASSES), ...Object.values(PAPER_CLASSES)])
      expect(keys).toContain(key);
  });

  it('is exactly one for every table there is, and messages and papers go by their kind', async () => {
    const { pool } = await openTestDatabase();
    const { rows } = await pool.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = current_schema()`,
    );
    const named = [...Object.keys(TABLE_CLASSES), 'delivery', 'paper'];
    expect(named.toSorted()).toEqual(rows.map(({ name }) => name).toSorted());
    for (const key of Object.values(TABLE_CLASSES)) expect(keys).toContain(key);
  }, 60_000);

  it('is read out with every table but the working data, and no row is in two classes', () => {
    const parts = RECORD_CLASSES.flatMap(({ key }) => recordParts(key));
    const rows = parts.flatMap(({ table, kinds }) => (kinds ?? ['all']).map((kind) => `${table}/${kind}`));
    expect(new Set(rows).size).toBe(rows.length);
    const working = Object.entries(TABLE_CLASSES).flatMap(([table, of]) =>
      of === 'working-data' ? [table] : [],
    );
    expect([...RECORD_TABLES, ...working].toSorted()).toEqual(
      [...Object.keys(TABLE_CLASSES), 'delivery', 'paper'].toSorted(),
    );
    expect(new Set(parts.map(({ table }) => table)).size).toBe(RECORD_TABLES.length);
  });

  it('is found by its word, however it is typed, and by nothing else', () => {
    expect(recordClassOf(' Service Request ')?.key).toBe('service-request');
    expect(recordClassOf('transitory')?.key).toBe('transitory');
    for (const typed of ['', 'all', '__proto__', 'transit']) expect(recordClassOf(typed)).toBeNull();
  });
});

describe('a row', () => {
  it('is deleted as a record in one place alone', () => {
    const folder = new URL('../../src/store/', import.meta.url);
    const deleting = readdirSync(folder)
      .filter((name) => name.endsWith('.ts'))
      .filter((name) =>
        /DELETE FROM|deleteMany|truncate/iu.test(readFileSync(new URL(name, folder), 'utf8')),
      );
    // The head of a record without entries, where a backup brings its own; what a person takes back before it counts, one of two
    // people that are the same, an event that was never accepted, a token, a session that is long over.
    const others = [
      'backup-load.ts',
      'contact.ts',
      'ended-sessions.ts',
      'inbox.ts',
      'installations.ts',
      'merge-people.ts',
      'role-grants.ts',
    ];
    expect(deleting.filter((name) => !others.includes(name) && name !== 'changes.ts')).toEqual([
      'records.ts',
    ]);
  });
});

describe('what ended long enough ago', () => {
  const zone = 'America/New_York';
  const years = (count: number): Retention => ({ kind: 'years', count });

  it('ended before the begin of the day that lies the whole retention back, where the programme is', () => {
    expect(cutOffOf(years(6), new Date('2032-12-01T15:00:00Z'), zone)).toEqual(
      new Date('2026-12-01T05:00:00Z'),
    );
    // Still November 30 in Washington.
    expect(cutOffOf(years(6), new Date('2032-12-01T03:00:00Z'), zone)).toEqual(
      new Date('2026-11-30T05:00:00Z'),
    );
    expect(cutOffOf({ kind: 'days', count: 180 }, new Date('2027-06-01T15:00:00Z'), zone)).toEqual(
      new Date('2026-12-03T05:00:00Z'),
    );
  });

  it('from February 29 on is counted to February 28 of a year without one', () => {
    expect(cutOffOf(years(1), new Date('2028-02-29T15:00:00Z'), zone)).toEqual(
      new Date('2027-02-28T05:00:00Z'),
    );
    expect(cutOffOf(years(4), new Date('2032-02-29T15:00:00Z'), zone)).toEqual(
      new Date('2028-02-29T05:00:00Z'),
    );
  });

  it('is never anything of what is kept for good', () => {
    expect(cutOffOf({ kind: 'kept', because: 'so' }, new Date('2099-01-01T00:00:00Z'), zone)).toBeNull();
  });

  it('never lies nearer than the retention, and moves on with the day', () => {
    const instants = fc.date({
      min: new Date('2026-01-01'),
      max: new Date('2060-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 10 }), (now, count) => {
        const cut = cutOffOf(years(count), now, zone)?.getTime() ?? 0;
        const later = cutOffOf(years(count), new Date(now.getTime() + DAY_MS), zone)?.getTime() ?? 0;
        expect(now.getTime() - cut).toBeGreaterThanOrEqual(count * 365 * DAY_MS - 3_600_000);
        expect(later).toBeGreaterThanOrEqual(cut);
        expect(localDate(new Date(cut), zone).slice(5)).toBe(
          localDate(now, zone).slice(5) === '02-29' && localDate(new Date(cut), zone).endsWith('28')
            ? '02-28'
            : localDate(now, zone).slice(5),
        );
      }),
    );
  });
});
