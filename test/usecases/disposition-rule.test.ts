import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  DELIVERY_CLASSES,
  PAPER_CLASSES,
  RECORD_CLASSES,
  recordClassOf,
} from '../../src/domain/record-class.ts';
import { cutOffOf } from '../../src/domain/retention.ts';
import { DAY_MS } from '../../src/domain/time.ts';
import { createDrawing } from '../../src/drawing.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { openTestStore } from '../support/open-store.ts';
import { anEngagementEnded, aSentDelivery, onTables, openArchive, putRow } from '../support/records.ts';

const { papermaker, stop } = createDrawing();
afterAll(stop);
const NOW = new Date('2034-12-01T15:00:00Z');
let bot: Bot;
beforeAll(async () => {
  bot = await startBot(await openTestStore(), { now: NOW, papermaker });
}, 60_000);

const CLASSES = ['transitory', 'service-request', 'contract'] as const;
const PEOPLE = ['bo', 'isso', 'guardian'] as const;

interface World {
  /** Days since each ended; null: open. */
  readonly engagements: readonly (number | null)[];
  readonly deliveries: readonly {
    readonly kind: keyof typeof DELIVERY_CLASSES;
    readonly age: number | null;
    readonly about: number;
    readonly mentions: number;
    readonly to: (typeof PEOPLE)[number];
  }[];
  readonly papers: readonly {
    readonly kind: 'request-form' | 'status-report' | 'preparation';
    readonly age: number;
    readonly of: number;
    readonly by: (typeof PEOPLE)[number];
  }[];
  readonly holds: readonly { readonly on: string; readonly isReleased: boolean }[];
}

const ages = fc.oneof(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1_500, max: 3_000 }));
const index = fc.integer({ min: -2, max: 3 });
const person = fc.constantFrom(...PEOPLE);
const worlds: fc.Arbitrary<World> = fc.record({
  engagements: fc.array(fc.option(ages), { minLength: 4, maxLength: 4 }),
  deliveries: fc.array(
    fc.record({
      kind: fc.constantFrom('reminder', 'notice', 'card', 'digest'),
      age: fc.option(ages, { freq: 8 }),
      about: index,
      mentions: index,
      to: person,
    }),
    { minLength: 8, maxLength: 14 },
  ),
  papers: fc.array(
    fc.record({
      kind: fc.constantFrom('request-form', 'status-report', 'preparation'),
      age: ages,
      of: fc.integer({ min: 0, max: 3 }),
      by: person,
    }),
    { maxLength: 6 },
  ),
  holds: fc.array(
    fc.record({
      on: fc.constantFrom('transitory', 'contract', 'guardian', 'isso', 'e0', 'e1', 'e2'),
      isReleased: fc.boolean(),
    }),
    { maxLength: 3 },
  ),
});

const at = (age: number): Date => new Date(NOW.getTime() - age * DAY_MS);
const numberOf = (each: number): string => `ISSO-2025-000${each}`;

async function put(world: World): Promise<void> {
  for (const table of ['delivery', 'paper', 'engagement', 'legal_hold', 'disposal'])
    await onTables(`DELETE FROM ${table}`);
  for (const [each, age] of world.engagements.entries())
    await putRow('engagement', anEngagementEnded(`e${each}`, numberOf(each), age === null ? null : at(age)));
  for (const [each, { kind, age, about, mentions, to }] of world.deliveries.entries())
    await putRow(
      'delivery',
      aSentDelivery(`d${each}`, age === null ? null : at(age), {
        kind,
        recipient_id: to,
        about: about < 0 ? null : `engagement:e${about}`,
        message: JSON.stringify({ blocks: mentions < 0 ? [] : [numberOf(mentions)], buttons: [] }),
      }),
    );
  for (const [each, { kind, age, of, by }] of world.papers.entries())
    await putRow('paper', {
      kind,
      subject: kind === 'status-report' ? `2025-01-${10 + each}` : `e${of}`,
      version: each + 1,
      form_version: 1,
      answers: '{}',
      by_id: by,
      at: at(age),
    });
  for (const [each, { on, isReleased }] of world.holds.entries())
    await putRow('legal_hold', {
      id: `h${each}`,
      kind: /^e\d/u.test(on) ? 'engagement' : recordClassOf(on) ? 'class' : 'person',
      subject: on,
      reason: 'A case',
      placed_by_id: 'records',
      placed_at: at(each),
      released_at: isReleased ? at(0) : null,
    });
}

/** The rule in its own words: names of the rows that must stay after the class was disposed of. */
function staying(world: World, of: string): readonly string[] {
  const found = recordClassOf(of);
  const cut = found && cutOffOf(found.retention, NOW, 'America/New_York');
  if (!cut) throw new Error(`${of} is kept for good`);
  const isOld = (age: number | null): boolean => age !== null && at(age) < cut;
  const isHeld = (...names: readonly string[]): boolean =>
    world.holds.some(({ on, isReleased }) => !isReleased && names.includes(on));
  const deliveries = world.deliveries.filter(({ kind, age, about, mentions, to }) => {
    const isOfClass = DELIVERY_CLASSES[kind] === of;
    const isOver = isOld(age) && (about < 0 || isOld(world.engagements[about] ?? null));
    return !(isOfClass && isOver && !isHeld(of, to, `e${about}`, `e${mentions}`));
  });
  const papers = world.papers.filter(({ kind, age, of: about, by }) => {
    const isOver = isOld(age) && (kind === 'status-report' || isOld(world.engagements[about] ?? null));
    return !(
      PAPER_CLASSES[kind] === of &&
      isOver &&
      !isHeld(of, by, ...(kind === 'status-report' ? [] : [`e${about}`]))
    );
  });
  // An engagement stays while any paper of it is there as it is looked at.
  const engagements = world.engagements.flatMap((age, each) => {
    const hasPapers = world.papers.some(({ kind, of: about }) => kind !== 'status-report' && about === each);
    return of === 'contract' && isOld(age) && !hasPapers && !isHeld(of, 'bo', `e${each}`) ? [] : [`e${each}`];
  });
  return [
    ...deliveries.map((each) => `d${world.deliveries.indexOf(each)}`),
    ...papers.map((each) => `p${world.papers.indexOf(each) + 1}`),
    ...engagements,
  ].toSorted();
}

const standing = async (): Promise<readonly string[]> =>
  (
    await onTables(
      `SELECT key FROM delivery WHERE key LIKE 'd_' OR key LIKE 'd__' UNION ALL SELECT 'p' || version FROM paper UNION ALL SELECT id FROM engagement`,
    )
  )
    .map(({ key }) => String(key))
    .toSorted();

/** Exports what is due and disposes of it, as the records officer does; answers how many rows went. */
async function dispose(of: string): Promise<number> {
  const answer = (await bot.say('records', `export records ${of} due`)).said.join();
  if (answer.includes('I send no archive')) return 0;
  const [sent] = await onTables(
    `SELECT attachment FROM delivery WHERE key LIKE 'records:%' ORDER BY sequence DESC LIMIT 1`,
  );
  const { manifest, hash } = openArchive(sent?.attachment as { content: string });
  const { said } = await bot.say('records', `dispose ${of} ${hash.slice(0, 12)} for good`);
  expect(said.join()).toContain(`${manifest.rows} ${manifest.rows === 1 ? 'row' : 'rows'} deleted`);
  return manifest.rows;
}

describe('the disposing of records', () => {
  it('never takes what is held, younger, or of an open engagement, and takes all the rest', async () => {
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(worlds, fc.constantFrom(...CLASSES), async (world, of) => {
        await put(world);
        const before = (await standing()).length;
        const rows = await dispose(of);
        const left = await standing();
        expect(left).toEqual(staying(world, of));
        expect(before - left.length).toBe(rows);
        taken += rows;
      }),
      { numRuns: 25 },
    );
    expect(taken).toBeGreaterThan(10);
    expect(RECORD_CLASSES.length).toBeGreaterThan(CLASSES.length);
  }, 300_000);
});
