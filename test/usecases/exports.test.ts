import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { strFromU8, unzipSync } from 'fflate';
import readXlsx from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forbiddenInReport } from '../../src/domain/report-guard.ts';
import type { Survey } from '../../src/domain/survey.ts';
import { createDrawing } from '../../src/drawing.ts';
import {
  EXPORT_FORMATS,
  EXPORT_KEYS,
  type ExportFile,
  type ExportKey,
  makeExport,
} from '../../src/usecases/exports.ts';
import type { Bot } from '../support/bot.ts';
import { startBot } from '../support/bot.ts';
import { identified, sayItems, TO_WORK } from '../support/onboarding.ts';
import { openTestStore } from '../support/open-store.ts';
import { anEngagementEnded, countOf as count, putRow } from '../support/records.ts';

const { papermaker, stop } = createDrawing();
afterAll(stop);
const NOW = new Date('2026-12-07T15:00:00Z');

let bot: Bot;
beforeAll(async () => {
  bot = await startBot(await openTestStore(), { papermaker });
  const number = await identified(bot);
  bot.clock.set(NOW);
  await bot.say('lead', `start onboarding ${number} start: 12/7/2026; hours per week: 20; end: 12/31/2027`);
  await sayItems(bot, number, TO_WORK.slice(0, 6));
  // An answer of each of three people about each of three systems stands in the averages together.
  const owners = ['bo', 'bo2', 'gtl'];
  for (const [index, owner] of owners.entries()) {
    const id = crypto.randomUUID();
    await putRow(
      'engagement',
      anEngagementEnded(id, `ISSO-2025-000${index + 1}`, null, { business_owner_id: owner }),
    );
    await bot.store.transaction((tx) => tx.surveys.insert(aCountedSurvey(id, owner)));
  }
}, 120_000);

const LEFT_OUT_TWICE = ['(left out)', '(left out)'];
const SCORES = { expertise: 4, responsiveness: 5, communication: 3, fit: 4, overall: 4 };
const aCountedSurvey = (engagementId: string, personId: string): Survey => ({
  id: crypto.randomUUID(),
  engagementId,
  personId,
  occasion: 'day-30',
  askedAt: new Date('2026-11-02T15:00:00Z'),
  version: 1,
  answers: {
    scores: SCORES,
    comment: 'Ines is a great help.',
    renew: 'yes',
    counted: { ...SCORES, on: '2026-11-03', component: null },
  },
  answeredAt: new Date('2026-11-03T15:00:00Z'),
});

const bytesOf = ({ content, encoding = undefined }: ExportFile): Buffer =>
  Buffer.from(content, encoding ?? 'utf8');

async function made(who: string, key: string, format: string): Promise<ExportFile> {
  const result = await attempt(who, key, format);
  if (!result.ok) throw new Error(`refused: ${result.refusal.code}`);
  return result.value;
}

const attempt = (who: string, key: string, format: string) =>
  bot.store.transaction(async (tx) => {
    const person = await tx.people.get(who);
    if (!person) throw new Error(`nobody is ${who}`);
    return makeExport({ tx, programme: bot.programme, now: NOW, papermaker }, person, key, format);
  });

/** The cells of a file as texts, without the row of heads. */
async function rowsIn(file: ExportFile): Promise<readonly (readonly string[])[]> {
  if (file.name.endsWith('.csv')) return parse(bytesOf(file), { bom: true }).slice(1) as string[][];
  if (file.name.endsWith('.json'))
    return JSON.parse(file.content).rows.map((row: object) =>
      Object.values(row).map((cell) => String(cell ?? '')),
    );
  const [sheet] = await readXlsx(bytesOf(file), { trim: false });
  return (sheet?.data ?? []).slice(1).map((row) => row.map((cell) => String(cell ?? '')));
}

describe('an export', () => {
  it.each([...EXPORT_KEYS])('of %s has the same rows in all formats', async (key) => {
    const files = [];
    for (const format of EXPORT_FORMATS) files.push(await made('auditor', key, format));
    const [csv = [], xlsx = [], json = []] = await Promise.all(files.map(rowsIn));
    // Each export of the record is itself in the next.
    const added = key === 'audit' ? 1 : 0;
    expect(files.map(({ rows }) => rows)).toEqual([csv.length, csv.length + added, csv.length + 2 * added]);
    expect(xlsx.slice(0, csv.length)).toEqual(csv);
    expect(json.slice(0, csv.length)).toEqual(csv);
    expect(json.length).toBe(files[2]?.rows);
  });

  it('has as many rows as there are engagements, messages and entries', async () => {
    expect((await made('ispg', 'engagements', 'csv')).rows).toBe(await count('engagement'));
    expect((await made('ispg', 'deliveries', 'csv')).rows).toBe(await count('delivery'));
    expect(await count('engagement')).toBe(4);
    expect((await made('ispg', 'satisfaction', 'csv')).rows).toBeGreaterThan(1);
    expect((await made('auditor', 'audit', 'csv')).rows).toBe((await count('audit_entry')) - 1);
  });

  it.each([...EXPORT_KEYS])('of %s is refused, whoever may not make one', async (key) => {
    const before = await count('audit_entry');
    for (const who of ['bo', 'cra', 'lead', 'isso', 'records', 'admin'])
      expect(await attempt(who, key, 'csv')).toEqual({ ok: false, refusal: { code: 'not-yours' } });
    expect(await count('audit_entry')).toBe(before);
  });

  it('is refused for keys and formats there are none of, and where no files are made', async () => {
    expect(await attempt('ispg', 'people', 'csv')).toMatchObject({ refusal: { code: 'no-such-export' } });
    expect(await attempt('ispg', 'engagements', 'pdf')).toMatchObject({
      refusal: { code: 'no-such-export' },
    });
    const without = await bot.store.transaction(async (tx) => {
      const person = await tx.people.get('ispg');
      return person && makeExport({ tx, programme: bot.programme, now: NOW }, person, 'engagements', 'csv');
    });
    expect(without).toMatchObject({ refusal: { code: 'no-files' } });
  });

  it('stands in the record with key, format, rows and the hash of its bytes', async () => {
    const file = await made('gtl', 'engagements', 'xlsx');
    const entry = await bot.store.transaction((tx) => tx.audit.lastOf('export.make'));
    expect(entry).toMatchObject({ actorId: 'gtl', role: 'gtl', at: NOW, platform: 'bot' });
    expect(entry?.facts).toEqual({
      key: 'engagements',
      format: 'xlsx',
      rows: String(file.rows),
      sha256: createHash('sha256').update(bytesOf(file)).digest('hex'),
    });
  });

  it('made twice of the same rows is the same byte for byte', async () => {
    for (const format of EXPORT_FORMATS)
      expect((await made('cor', 'cards', format)).sha256).toBe((await made('cor', 'cards', format)).sha256);
  });
});

describe('the export of Information Cards', () => {
  it('holds no identifier, no words of anybody and nothing that personnel security does', async () => {
    const file = await made('auditor', 'cards', 'csv');
    const rows = await rowsIn(file);
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.flat()).toContain('Done');
    expect(rows.flatMap((row) => row.flatMap(forbiddenInReport))).toEqual([]);
    expect(file.content).not.toMatch(/clearance|prescreen|investigation|personnel security/iu);
    const references = await count(
      `paper p, jsonb_array_elements(p.answers->'items') item WHERE p.kind = 'information-card' AND item->'state'->>'reference' IS NOT NULL`,
    );
    expect(references).toBeGreaterThan(0);
    expect(file.content).not.toMatch(/REQ-1|FP-1/u);
  });
});

describe('the export of the record', () => {
  it('holds for ISPG what concerns engagements and what they did themselves, for an auditor all', async () => {
    const all = await rowsIn(await made('auditor', 'audit', 'csv'));
    const own = await rowsIn(await made('ispg', 'audit', 'csv'));
    expect(own.length).toBeLessThan(all.length + 1);
    const name = 'Imani Spencer';
    expect(own.filter((row) => row[6] === '' && row[2] !== name)).toEqual([]);
    expect(own.length).toBe(
      (await count(`audit_entry WHERE engagement_id IS NOT NULL OR actor_id = 'ispg'`)) - 1,
    );
  });

  it('tells nobody but an auditor what became of a line that personnel security does', async () => {
    const ofLines = async (who: string): Promise<readonly Record<string, string>[]> =>
      JSON.parse((await made(who, 'audit', 'json')).content)
        .rows.filter(({ verb }: { verb: string }) => verb === 'card.change')
        .map(({ facts }: { facts: string }) => JSON.parse(facts));
    const [ispg, auditor] = [await ofLines('ispg'), await ofLines('auditor')];
    expect(ispg).toHaveLength(auditor.length);
    const secret = (facts: Record<string, string>): boolean => facts.item === 'security_clearance';
    expect(auditor.filter(secret).map(({ after }) => after)).toContain('done');
    for (const { after, before } of ispg.filter(secret)) expect([after, before]).toEqual(LEFT_OUT_TWICE);
    expect(ispg.filter((facts) => !secret(facts)).map(({ after }) => after)).toContain('done');
  });
});

describe('the export of satisfaction', () => {
  it('holds averages of groups and nothing that anybody wrote', async () => {
    const file = await made('ispg', 'satisfaction', 'json');
    expect(JSON.parse(file.content).rows[0]).toEqual({ of: 'All', name: null, answers: 3, ...SCORES });
    expect(file.content).not.toMatch(/great help|Okafor|Ortiz/u);
  });
});

describe('the export of deliveries', () => {
  it('says what became of each message and nothing of its words', async () => {
    const file = await made('ispg', 'deliveries', 'json');
    expect(file.rows).toBeGreaterThan(1);
    expect(file.content).toContain('"recipient":"Beatriz Okafor"');
    expect(file.content).not.toMatch(/blocks|"text"|heading/u);
  });
});

describe('what somebody typed', () => {
  const HOSTILE = [
    '=1+1',
    '+1+1',
    '-1+1',
    '@SUM(A1)',
    '\t=1+1',
    '\r=1+1',
    `=cmd|'/C calc'!A0`,
    '=HYPERLINK("https://evil.example","x")',
    'a "quoted", comma',
    '<b>&amp;</b>',
  ];

  it('is no formula in any file, and reads back as it was', async () => {
    bot = await startBot(await openTestStore(), { now: NOW });
    for (const system of HOSTILE) await bot.fileRequest(system);
    for (const format of EXPORT_FORMATS) {
      const rows = await rowsIn(await made('ispg', 'engagements', format));
      const systems = rows.map((row) => row[2] ?? '');
      const meant = HOSTILE.map((text) =>
        format === 'csv' && /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text,
      );
      expect(systems).toEqual(meant);
      if (format === 'csv') expect(systems.filter((text) => /^[=+\-@\t\r]/u.test(text))).toEqual([]);
    }
    const workbook = await made('ispg', 'engagements', 'xlsx');
    const sheets = Object.entries(unzipSync(bytesOf(workbook))).filter(([name]) => name.endsWith('.xml'));
    expect(sheets.length).toBeGreaterThan(2);
    for (const [, bytes] of sheets) expect(strFromU8(bytes)).not.toMatch(/<f[ >]/u);
  });

  it('is refused as a key, however it reads', async () => {
    for (const key of ['__proto__', 'constructor', 'toString', '../audit'])
      expect(await attempt('ispg', key as ExportKey, 'csv')).toMatchObject({
        refusal: { code: 'no-such-export' },
      });
  });
});
