import { beforeEach, describe, expect, it } from 'vitest';
import type { Disposal, LegalHold } from '../../src/domain/legal-hold.ts';
import type { Store, Tx } from '../../src/ports.ts';
import { openTestStore } from '../support/open-store.ts';

let store: Store;
beforeEach(async () => {
  store = await openTestStore();
}, 60_000);
const within = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => store.transaction(work);
const AT = new Date('2026-12-01T15:00:00Z');

const aHold = (parts: Partial<LegalHold> = {}): LegalHold => ({
  id: 'h1',
  kind: 'class',
  subject: 'transitory',
  reason: 'A question of the Inspector General',
  placedById: 'officer',
  placedAt: AT,
  releasedById: null,
  releasedAt: null,
  ...parts,
});

const aDisposal = (parts: Partial<Disposal> = {}): Disposal => ({
  id: 'd1',
  recordClass: 'transitory',
  before: new Date('2026-06-01T00:00:00Z'),
  byId: 'officer',
  at: AT,
  counts: { delivery: 12, inbox_event: 3 },
  held: 2,
  manifestHash: 'ab'.repeat(32),
  ...parts,
});

describe('a legal hold', () => {
  it('stands until it is released, once, and stays on the list', async () => {
    await within((tx) => tx.legalHolds.insert(aHold()));
    await within((tx) => tx.legalHolds.insert(aHold({ id: 'h2', placedAt: new Date(AT.getTime() + 1) })));
    const later = new Date('2027-01-01T00:00:00Z');
    expect(await within((tx) => tx.legalHolds.release('h1', 'other', later))).toBe(true);
    expect(await within((tx) => tx.legalHolds.release('h1', 'third', later))).toBe(false);
    expect(await within((tx) => tx.legalHolds.release('h9', 'third', later))).toBe(false);
    const listed = await within((tx) => tx.legalHolds.list());
    expect(listed).toEqual([
      aHold({ releasedById: 'other', releasedAt: later }),
      aHold({ id: 'h2', placedAt: new Date(AT.getTime() + 1) }),
    ]);
  });

  it('may have a reason with characters that no database takes', async () => {
    await within((tx) => tx.legalHolds.insert(aHold({ reason: 'a\0b' })));
    expect((await within((tx) => tx.legalHolds.list()))[0]?.reason).toBe('ab');
  });
});

describe('the log of what was disposed of', () => {
  it('lists the newest first, at most so many', async () => {
    const newer = aDisposal({ id: 'd2', at: new Date(AT.getTime() + 1_000) });
    await within(async (tx) => {
      await tx.disposals.insert(aDisposal());
      await tx.disposals.insert(newer);
    });
    expect(await within((tx) => tx.disposals.list(10))).toEqual([newer, aDisposal()]);
    expect(await within((tx) => tx.disposals.list(1))).toEqual([newer]);
  });
});
