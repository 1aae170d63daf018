import { beforeEach, describe, expect, it } from 'vitest';
import type { DigestMark } from '../../src/domain/digest-mark.ts';
import type { DeliveryKey } from '../../src/domain/ids.ts';
import type { Store, Tx } from '../../src/ports.ts';
import { openTestStore } from '../support/open-store.ts';

let store: Store;
beforeEach(async () => {
  store = await openTestStore();
}, 60_000);
const within = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => store.transaction(work);

const aMark = (parts: Partial<DigestMark> = {}): DigestMark => ({
  digest: 'digest:ispg',
  day: '2026-12-01',
  deliveryKey: 'digest:ispg:2026-12-01' as DeliveryKey,
  position: 17,
  at: new Date('2026-12-01T14:00:00Z'),
  named: ['notice:1' as DeliveryKey],
  ...parts,
});

describe('how far a digest has told', () => {
  it('reads back as written, and a later word of the same day takes its place', async () => {
    await within((tx) => tx.digestMarks.set(aMark()));
    expect(await within((tx) => tx.digestMarks.get('digest:ispg', '2026-12-01'))).toEqual(aMark());
    const later = aMark({ position: 21, named: [] });
    await within((tx) => tx.digestMarks.set(later));
    expect(await within((tx) => tx.digestMarks.get('digest:ispg', '2026-12-01'))).toEqual(later);
    expect(await within((tx) => tx.digestMarks.get('digest:ispg', '2026-12-02'))).toBeNull();
  });

  it('is looked for before a day, each digest by itself', async () => {
    const days = ['2026-11-30', '2026-12-01', '2026-12-02'] as const;
    await within(async (tx) => {
      for (const day of days) await tx.digestMarks.set(aMark({ day }));
      await tx.digestMarks.set(aMark({ digest: 'digest:weekly', day: '2026-12-01' }));
    });
    const newestBefore = (digest: string, day: (typeof days)[number]) =>
      within((tx) => tx.digestMarks.before(digest, day));
    expect((await newestBefore('digest:ispg', '2026-12-02'))?.day).toBe('2026-12-01');
    expect(await newestBefore('digest:ispg', '2026-11-30')).toBeNull();
    expect(await newestBefore('digest:weekly', '2026-12-01')).toBeNull();
    expect((await newestBefore('digest:weekly', '2026-12-02'))?.day).toBe('2026-12-01');
    const ofDay = await within((tx) => tx.digestMarks.ofDay('2026-12-01'));
    expect(ofDay.map(({ digest }) => digest)).toEqual(['digest:ispg', 'digest:weekly']);
  });
});
