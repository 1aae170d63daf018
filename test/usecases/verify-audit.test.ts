import { beforeEach, describe, expect, it } from 'vitest';
import { CHAIN_START } from '../../src/domain/audit.ts';
import type { Store } from '../../src/ports.ts';
import {
  type AuditVerdict,
  exportAudit,
  verdictWords,
  verifyAudit,
  verifyLines,
} from '../../src/usecases/verify-audit.ts';
import { anEntry } from '../store/contract-audit-chain.ts';
import { at } from '../store/samples.ts';
import { openTestStore } from '../support/open-store.ts';

let store: Store;
beforeEach(async () => {
  store = await openTestStore();
});

const append = (count: number): Promise<void> =>
  store.transaction(async (tx) => {
    for (let each = 1; each <= count; each += 1) await tx.audit.append(anEntry({ verb: `step ${each}` }));
  });

/** The lines of an export of three entries: those, the export's own, the head. */
async function exported(): Promise<string[]> {
  await append(3);
  let text = '';
  const verdict = await exportAudit(store, at(5), null, async (lines) => {
    text += lines;
  });
  expect(verdict.kind).toBe('whole');
  return text.trimEnd().split('\n');
}

async function* each(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}
const check = (lines: readonly string[], hash?: string): Promise<AuditVerdict> =>
  verifyLines(each(lines), hash === undefined ? null : { hash, position: null });

describe('an exported file', () => {
  it('has every entry in order, its own last, and then the head', async () => {
    const lines = (await exported()).map((line) => JSON.parse(line));
    expect(lines.map(({ verb }) => verb)).toEqual(['step 1', 'step 2', 'step 3', 'audit.export', undefined]);
    expect(lines[4]).toEqual({ head: await store.transaction((tx) => tx.audit.head()) });
  });

  it('that nobody touched holds, and has the heads that were noted', async () => {
    const lines = await exported();
    const { hash } = JSON.parse(lines[1] ?? '');
    expect(await check(lines, hash)).toMatchObject({ kind: 'whole', noted: { position: 2, hash } });
    expect(await check(lines, CHAIN_START.hash)).toMatchObject({ kind: 'whole', noted: CHAIN_START });
    expect(await check(lines, 'f'.repeat(64))).toMatchObject({ kind: 'not-noted' });
  });

  it.each<[string, (lines: string[]) => string[], string]>([
    [
      'a changed word',
      (lines) => lines.map((each) => each.replace('step 2', 'step 9')),
      'position 2. The entry',
    ],
    ['a line taken out', (lines) => lines.toSpliced(1, 1), 'position 2. Entry 2 is missing'],
    [
      'a line twice',
      (lines) => lines.toSpliced(1, 0, lines[0] ?? ''),
      'position 1. An entry has this position',
    ],
    ['its end cut off', (lines) => lines.slice(0, 3), 'position 4. The head is missing'],
    [
      'its last entries cut out',
      (lines) => lines.toSpliced(2, 2),
      'position 3. The entries 3 to 4 are missing',
    ],
    ['a line behind the head', (lines) => [...lines, lines[3] ?? ''], 'broken at line 6'],
    [
      'a name that comes twice',
      (lines) => lines.with(0, (lines[0] ?? '').replace('"verb":', '"verb":"x","verb":')),
      'broken at line 1',
    ],
    [
      'a field too many',
      (lines) => lines.with(0, (lines[0] ?? '').replace('{', '{"note":"",')),
      'broken at line 1',
    ],
    [
      'another head',
      (lines) => lines.with(4, JSON.stringify({ head: { position: 4, hash: '0'.repeat(64) } })),
      'position 4. The head names another hash',
    ],
  ])('%s is found', async (_what, change, words) => {
    const found = await check(change(await exported()));
    expect(found.kind).not.toBe('whole');
    expect(verdictWords(found)).toContain(words);
  });

  it('that is empty or something else is no record', async () => {
    expect(verdictWords(await check([]))).toContain('There is no head, and no entry.');
    expect(await check(['hello'])).toEqual({ kind: 'bad-line', line: 1 });
  });
});

describe('a record that is written to', () => {
  it('is checked to its end meanwhile, over many pages', async () => {
    await append(2_100);
    let isOver = false;
    const writing = (async () => {
      for (let round = 0; !isOver && round < 500; round += 1) await append(1);
    })();
    const verdict = await verifyAudit(store, null);
    isOver = true;
    await writing;
    expect(verdict.kind).toBe('whole');
    expect(verdict.kind === 'whole' && verdict.end.position).toBeGreaterThanOrEqual(2_100);
  });

  it('is not exported where the export can’t be recorded', async () => {
    await append(1);
    const broken: Store = { ...store, transaction: () => Promise.reject(new Error('read only')) };
    let isWritten = false;
    const write = async (): Promise<void> => {
      isWritten = true;
    };
    await expect(exportAudit(broken, at(5), null, write)).rejects.toThrow('read only');
    expect(isWritten).toBe(false);
  });
});
