import { expect, test } from 'vitest';
import type { Store } from '../../src/ports.ts';
import type { Database } from '../../src/store/client.ts';
import { storeOn } from '../../src/store/index.ts';
import { at } from './samples.ts';

/** Sessions that are over before their time: for every process, and no longer than it matters. */
export function endedSessionsContract(store: () => Store, under: () => Promise<Database>): void {
  const kept = async (): Promise<readonly { hash: string; until: Date }[]> => {
    const { pool } = await under();
    return (await pool.query(`SELECT hash, until FROM ended_session ORDER BY hash`)).rows;
  };

  test('a session that was ended is ended for whoever asks of the same database, and no other is', async () => {
    await store().endedSessions.add('one', at(480), at(0));
    const another = storeOn(await under());
    for (const each of [store(), another]) {
      expect(await each.endedSessions.has('one')).toBe(true);
      expect(await each.endedSessions.has('two')).toBe(false);
      expect(await each.endedSessions.has('')).toBe(false);
    }
  });

  test('what is past its time goes when another is ended, and what is not stays', async () => {
    await store().endedSessions.add('past', at(60), at(0));
    await store().endedSessions.add('current', at(120), at(1));
    expect((await kept()).map(({ hash }) => hash)).toEqual(['current', 'past']);
    await store().endedSessions.add('new', at(540), at(60));
    expect(await kept()).toEqual([
      { hash: 'current', until: at(120) },
      { hash: 'new', until: at(540) },
    ]);
    expect(await store().endedSessions.has('past')).toBe(false);
  });

  test('a session that is ended twice is ended once, until the later of both, also when it is past its time', async () => {
    await store().endedSessions.add('one', at(60), at(0));
    await store().endedSessions.add('one', at(30), at(0));
    expect(await kept()).toEqual([{ hash: 'one', until: at(60) }]);
    await store().endedSessions.add('one', at(90), at(70));
    expect(await kept()).toEqual([{ hash: 'one', until: at(90) }]);
  });

  test('many that are ended at the same moment are all ended, while what is past its time goes', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `s${index}`);
    await Promise.all(names.map((name) => store().endedSessions.add(`past-${name}`, at(1), at(0))));
    await Promise.all([...names, ...names].map((name) => store().endedSessions.add(name, at(480), at(2))));
    expect((await kept()).map(({ hash }) => hash)).toEqual(names.toSorted());
  });
}
