import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  CHAIN_START,
  type ChainedRow,
  canonicalText,
  verifyChain,
  verifyHead,
} from '../../src/domain/audit.ts';
import type { AuditEntry, Store } from '../../src/ports.ts';
import type { Database } from '../../src/store/client.ts';
import { at } from './samples.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export const anEntry = (facts: Partial<AuditEntry> = {}): AuditEntry => ({
  at: at(1),
  actorId: 'bo',
  forId: null,
  role: 'requester',
  verb: 'request.file',
  engagementId: 'e1',
  from: null,
  to: 'REQUESTED',
  reason: null,
  platform: 'slack',
  facts: { number: 'ISSO-2026-0001' },
  ...facts,
});

/** The record is one chain without a gap, whoever writes at once, and the database lets nobody change it. */
export function auditChainContract(store: () => Store, under: () => Promise<Database>): void {
  const sql = async (text: string): Promise<Record<string, unknown>[]> => {
    const { pool } = await under();
    return (await pool.query<Record<string, unknown>>(text)).rows;
  };
  const append = (...entries: readonly AuditEntry[]): Promise<void> =>
    store().transaction(async (tx) => {
      for (const entry of entries) await tx.audit.append(entry);
    });
  const rows = (): Promise<ChainedRow[]> => store().transaction((tx) => tx.audit.page(null, 1_000));
  /** What does not hold of the chain as it stands; null when all does. */
  const broken = async () => {
    const followed = verifyChain(CHAIN_START, await rows(), sha256);
    if (!followed.ok) return followed.refusal;
    return verifyHead(followed.value, await store().transaction((tx) => tx.audit.head()));
  };
  /** As somebody does who owns the tables. */
  const tamper = async (...statements: readonly string[]): Promise<void> => {
    const tables = ['audit_entry', 'audit_head'];
    for (const table of tables) await sql(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
    for (const each of statements) await sql(each);
    for (const table of tables) await sql(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
  };

  test('an empty record is a chain that holds', async () => {
    expect(await store().transaction((tx) => tx.audit.head())).toEqual(CHAIN_START);
    expect(await broken()).toBeNull();
  });

  test('twenty transactions at once that append three entries each make one chain without a gap', async () => {
    const ids = Array.from({ length: 20 }, (_, index) => `e${index}`);
    const three = (id: string) =>
      ['one', 'two', 'three'].map((verb) => anEntry({ engagementId: id, actorId: id, verb }));
    await Promise.all(
      ids.map((id) =>
        store().transaction(async (tx) => {
          for (const entry of three(id)) {
            await tx.audit.append(entry);
            await tx.people.list();
          }
        }),
      ),
    );
    const chained = await rows();
    expect(chained.map(({ position }) => position)).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
    expect(await broken()).toBeNull();
    // Each transaction's stand together and in order.
    for (let place = 0; place < 60; place += 3) {
      const together = chained.slice(place, place + 3);
      expect(new Set(together.map(({ engagementId }) => engagementId)).size).toBe(1);
      expect(together.map(({ verb }) => verb)).toEqual(['one', 'two', 'three']);
    }
  });

  test('the database and this program make the same text of a row, whatever is in it', async () => {
    await append(
      anEntry({
        at: new Date('2026-12-31T23:59:59.007Z'),
        actorId: 'a "quote" \\ and a\ttab\nline\u0001\u001f\u007f\u2028é😀',
        reason: null,
        role: null,
        facts: {
          é: '1',
          '😀': '2',
          '\uffee': '3',
          z: 'a,b:"c"',
          Z: '\u0007',
          aa: '',
          a: '4',
          '': 'none',
          10: 'x',
          9: 'y',
        },
      }),
      anEntry({ actorId: null, engagementId: null, to: null, facts: {} }),
    );
    const texts = await sql(
      'SELECT audit_entry_text(audit_entry) AS text FROM audit_entry ORDER BY position',
    );
    expect(texts.map(({ text }) => text)).toEqual((await rows()).map(canonicalText));
    expect(await broken()).toBeNull();
  });

  test('place and hash are the database’s, whatever is given for them', async () => {
    await append(anEntry());
    await sql(`INSERT INTO audit_entry (at, verb, platform, facts, position, hash)
               VALUES (now(), 'forged', 'bot', '{}', 77, 'aa'), (now(), 'forged', 'bot', '{}', 1, 'bb')`);
    expect((await rows()).map(({ position }) => position)).toEqual([1, 2, 3]);
    expect(await broken()).toBeNull();
  });

  test('a row whose facts are no texts is refused', async () => {
    const insert = `INSERT INTO audit_entry (at, verb, platform, facts) VALUES (now(), 'odd', 'bot', '{"a": 1}')`;
    await expect(sql(insert)).rejects.toThrow('a text under a name');
  });

  test.each([
    ['a change of a row', "UPDATE audit_entry SET verb = 'other'", 'UPDATE is refused'],
    ['a change of its hash', "UPDATE audit_entry SET hash = 'other'", 'UPDATE is refused'],
    ['taking a row out', 'DELETE FROM audit_entry WHERE position = 1', 'DELETE is refused'],
    ['emptying', 'TRUNCATE audit_entry', 'TRUNCATE is refused'],
    ['a move of the head', 'UPDATE audit_head SET position = position + 1', 'UPDATE is refused'],
    ['another hash of the head', "UPDATE audit_head SET hash = 'other'", 'UPDATE is refused'],
    ['taking the head away', 'DELETE FROM audit_head', 'DELETE is refused'],
    ['emptying the head', 'TRUNCATE audit_head', 'TRUNCATE is refused'],
    ['a second head', "INSERT INTO audit_head VALUES (2, 0, '')", 'INSERT is refused'],
  ])('%s is refused in plain words', async (_what, statement, words) => {
    await append(anEntry(), anEntry());
    const before = await rows();
    await expect(sql(statement)).rejects.toThrow(words);
    expect(await rows()).toEqual(before);
    expect(await broken()).toBeNull();
  });

  test.each([
    ['a changed word', ["UPDATE audit_entry SET to_state = 'X' WHERE position = 3"], 'changed', 3],
    ['a changed fact', [`UPDATE audit_entry SET facts = '{"number": 1}' WHERE position = 2`], 'changed', 2],
    ['facts that are none', ["UPDATE audit_entry SET facts = '7' WHERE position = 2"], 'changed', 2],
    [
      'an instant moved by a millisecond',
      ["UPDATE audit_entry SET at = at + interval '1 ms' WHERE position = 4"],
      'changed',
      4,
    ],
    ['an actor taken away', ['UPDATE audit_entry SET actor_id = NULL WHERE position = 1'], 'changed', 1],
    ['a changed hash', ["UPDATE audit_entry SET hash = repeat('a', 64) WHERE position = 3"], 'changed', 3],
    ['a row taken out', ['DELETE FROM audit_entry WHERE position = 2'], 'missing', 2],
    ['the last row taken out', ['DELETE FROM audit_entry WHERE position = 5'], 'cut', 5],
    [
      'a head put back',
      ['UPDATE audit_head SET position = 4, hash = (SELECT hash FROM audit_entry WHERE position = 4)'],
      'beyond-head',
      5,
    ],
    ['another head', ["UPDATE audit_head SET hash = repeat('a', 64)"], 'head-differs', 5],
    ['no head', ['DELETE FROM audit_head'], 'no-head', 6],
    [
      'a row before the first',
      [
        "INSERT INTO audit_entry (at, verb, platform, facts, position, hash) VALUES (now(), 'x', 'bot', '{}', -4, '')",
      ],
      'repeated',
      -4,
    ],
    [
      'a row far beyond',
      [
        "INSERT INTO audit_entry (at, verb, platform, facts, position, hash) VALUES (now(), 'x', 'bot', '{}', 9007199254740995, '')",
      ],
      'missing',
      6,
    ],
    [
      'rows whose places were exchanged',
      [
        'UPDATE audit_entry SET position = 99 WHERE position = 2',
        'UPDATE audit_entry SET position = 2 WHERE position = 4',
        'UPDATE audit_entry SET position = 4 WHERE position = 99',
      ],
      'changed',
      2,
    ],
  ] as const)(
    '%s behind the triggers’ back is found and named',
    async (_what, statements, kind, position) => {
      await append(...Array.from({ length: 5 }, () => anEntry()));
      expect(await broken()).toBeNull();
      await tamper(...statements);
      expect(await broken()).toMatchObject({ kind, position });
    },
  );

  test('nothing can be added where the head was taken away', async () => {
    await append(anEntry());
    await tamper('DELETE FROM audit_head');
    await expect(append(anEntry())).rejects.toThrow('The head of the audit record is missing');
  });

  test('a transaction sees what it has appended before it is chained', async () => {
    await append(
      anEntry({ verb: 'earlier' }),
      anEntry({ verb: 'of another', engagementId: 'e2', actorId: 'x' }),
    );
    await store().transaction(async (tx) => {
      const odd = anEntry({ verb: 'now', reason: 'funding_lost', facts: { a: 'x\0y' } });
      await tx.audit.append(odd);
      const kept = { ...odd, facts: { a: 'xy' } };
      expect(await tx.audit.ofEngagement('e1')).toEqual([anEntry({ verb: 'earlier' }), kept]);
      expect(await tx.audit.ofActor('bo', 10)).toEqual([kept, anEntry({ verb: 'earlier' })]);
      expect(await tx.audit.ofActor('bo', 1)).toEqual([kept]);
      expect(await tx.audit.lastOf('now')).toEqual(kept);
      expect((await tx.audit.lastOf('earlier'))?.verb).toBe('earlier');
      expect(await tx.audit.lastOf('never')).toBeNull();
      expect((await tx.audit.head())?.position).toBe(2);
    });
    await store().transaction(async (tx) => {
      const kept = anEntry({ verb: 'now', reason: 'funding_lost', facts: { a: 'xy' } });
      expect(await tx.audit.ofActor('bo', 10)).toEqual([kept, anEntry({ verb: 'earlier' })]);
      expect((await tx.audit.head())?.position).toBe(3);
      expect((await tx.audit.page(1, 1)).map(({ position }) => position)).toEqual([2]);
    });
  });

  test('a transaction that fails, or begins again, leaves nothing of its first try in the chain', async () => {
    let tries = 0;
    await store().transaction(async (tx) => {
      tries += 1;
      await tx.audit.append(anEntry({ verb: `try ${tries}` }));
      if (tries === 1) throw Object.assign(new Error('deadlock detected'), { code: '40P01' });
    });
    const failed = store().transaction(async (tx) => {
      await tx.audit.append(anEntry({ verb: 'failed' }));
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect((await rows()).map(({ verb }) => verb)).toEqual(['try 2']);
    expect(await broken()).toBeNull();
  });

  test.each(['The money went elsewhere.', '', 'a'.repeat(65), 'two words', 'a\0b'])(
    'a reason that is no code is refused before anything is kept: %j',
    async (reason) => {
      await expect(append(anEntry({ reason }))).rejects.toThrow('The reason of request.file is no code.');
      expect(await rows()).toEqual([]);
    },
  );

  test('who keeps a transaction beyond its end can add nothing', async () => {
    const late = await store().transaction(async (tx) => tx.audit);
    await expect(late.append(anEntry())).rejects.toThrow('over');
  });
}
