import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CHAIN_START,
  type ChainBreak,
  type ChainEnd,
  type ChainedRow,
  canonicalText,
  hashAfter,
  verifyChain,
  verifyHead,
} from '../../src/domain/audit.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const word = fc.string({ unit: 'grapheme', maxLength: 12 });
const maybe = fc.option(word);
const unchained = fc.record({
  at: fc
    .date({
      min: new Date('2026-01-01T00:00:00Z'),
      max: new Date('2030-01-01T00:00:00Z'),
      noInvalidDate: true,
    })
    .map((at) => at.toISOString()),
  actorId: maybe,
  forId: maybe,
  role: maybe,
  verb: word,
  engagementId: maybe,
  from: maybe,
  to: maybe,
  reason: maybe,
  platform: word,
  facts: fc.dictionary(word, word, { maxKeys: 4 }),
});
type Unchained = Omit<ChainedRow, 'position' | 'hash'>;

/** The rows as the database chains them. */
function chained(entries: readonly Unchained[]): ChainedRow[] {
  let { position, hash } = CHAIN_START;
  return entries.map((entry) => {
    position += 1;
    const row = { ...entry, position };
    hash = hashAfter(hash, row, sha256) ?? '';
    return { ...row, hash };
  });
}

const chains = fc.array(unchained, { minLength: 1, maxLength: 12 }).map(chained);
/** A chain and a place in it. */
const chainAndPlace = chains.chain((rows) => fc.tuple(fc.constant(rows), fc.nat(rows.length - 1)));

const headOf = (rows: readonly ChainedRow[]): ChainEnd => {
  const { position, hash } = rows.at(-1) ?? CHAIN_START;
  return { position, hash };
};

/** What does not hold, read in pages of so many rows. */
function check(
  rows: readonly ChainedRow[],
  head: ChainEnd | null,
  pageSize = rows.length + 1,
): ChainBreak | null {
  let end = CHAIN_START;
  for (let from = 0; from < rows.length; from += pageSize) {
    const followed = verifyChain(end, rows.slice(from, from + pageSize), sha256);
    if (!followed.ok) return followed.refusal;
    end = followed.value;
  }
  return verifyHead(end, head);
}

describe('a chain nobody touched', () => {
  it('holds, in pages of whatever length', () => {
    fc.assert(
      fc.property(chains, fc.integer({ min: 1, max: 13 }), (rows, pageSize) => {
        expect(check(rows, headOf(rows), pageSize)).toBeNull();
      }),
    );
  });

  it('holds when it is empty', () => {
    expect(check([], CHAIN_START)).toBeNull();
  });

  it('has the text and the hash that were worked out by hand', () => {
    const row = {
      position: 1,
      at: '2026-12-01T15:00:00.000Z',
      actorId: 'bo',
      forId: null,
      role: 'requester',
      verb: 'request.file',
      engagementId: 'e1',
      from: null,
      to: 'REQUESTED',
      reason: null,
      platform: 'slack',
      facts: { '😀': 'last', '\uffee': 'b', number: 'ISSO-2026-0001', é: '"\\\n' },
    };
    const text =
      '[1,"2026-12-01T15:00:00.000Z","bo",null,"requester","request.file","e1",null,"REQUESTED",null,"slack",' +
      '{"number":"ISSO-2026-0001","é":"\\"\\\\\\n","\uffee":"b","😀":"last"}]';
    expect(canonicalText(row)).toBe(text);
    expect(hashAfter(CHAIN_START.hash, row, sha256)).toBe(sha256(`${'0'.repeat(64)}\n${text}`));
  });
});

describe('what was done to one row is found there', () => {
  it('a change of any field', () => {
    const fields = fc.constantFrom(
      ...([
        'at',
        'actorId',
        'forId',
        'role',
        'verb',
        'engagementId',
        'from',
        'to',
        'reason',
        'platform',
      ] as const),
    );
    fc.assert(
      fc.property(chainAndPlace, fields, maybe, ([rows, place], field, value) => {
        fc.pre(rows[place]?.[field] !== value);
        const forged = rows.map((row, index) => (index === place ? { ...row, [field]: value } : row));
        expect(check(forged, headOf(rows))).toEqual({ kind: 'changed', position: place + 1 });
      }),
    );
  });

  it('a value that goes from one field into the next', () => {
    fc.assert(
      fc.property(chainAndPlace, ([rows, place]) => {
        const { from, to } = rows[place] ?? {};
        fc.pre(from !== to);
        const forged = rows.map((row, index) =>
          index === place ? { ...row, from: row.to, to: row.from } : row,
        );
        expect(check(forged, headOf(rows))).toEqual({ kind: 'changed', position: place + 1 });
      }),
    );
  });

  it('a change of its hash', () => {
    fc.assert(
      fc.property(chainAndPlace, word, ([rows, place], hash) => {
        const forged = rows.map((row, index) => (index === place ? { ...row, hash } : row));
        expect(check(forged, headOf(rows))).toEqual({ kind: 'changed', position: place + 1 });
      }),
    );
  });

  it('a fact changed, taken out, put in, or made no text', () => {
    fc.assert(
      fc.property(
        chainAndPlace,
        fc.dictionary(word, fc.oneof(word, fc.integer(), fc.constant(null))),
        ([rows, place], facts) => {
          const before = canonicalText({ ...(rows[place] as ChainedRow) });
          const forged = rows.map((row, index) => (index === place ? { ...row, facts } : row));
          fc.pre(canonicalText(forged[place] as ChainedRow) !== before);
          expect(check(forged, headOf(rows))).toEqual({ kind: 'changed', position: place + 1 });
        },
      ),
    );
  });

  it.each([[null], [7], ['{}'], [[]], [{ a: {} }], [{ a: null }]])('facts that are %j', (facts) => {
    const rows = chained([aRow, { ...aRow, facts: {} }]);
    const forged = rows.map((row) => (row.position === 2 ? { ...row, facts } : row));
    expect(check(forged, headOf(rows))).toEqual({ kind: 'changed', position: 2 });
  });
});

const aRow: Unchained = {
  at: '2026-12-01T15:00:00.000Z',
  actorId: null,
  forId: null,
  role: null,
  verb: 'x',
  engagementId: null,
  from: null,
  to: null,
  reason: null,
  platform: 'bot',
  facts: {},
};

describe('what was done to the row of rows is found at the first place that does not fit', () => {
  it('rows taken out of the middle', () => {
    fc.assert(
      fc.property(chainAndPlace, fc.integer({ min: 1, max: 4 }), ([rows, place], count) => {
        fc.pre(place + count < rows.length);
        const forged = rows.toSpliced(place, count);
        expect(check(forged, headOf(rows))).toEqual({
          kind: 'missing',
          position: place + 1,
          next: place + count + 1,
        });
      }),
    );
  });

  it('a row taken out and the rest given new places', () => {
    fc.assert(
      fc.property(chainAndPlace, ([rows, place]) => {
        fc.pre(place + 1 < rows.length);
        const forged = rows.toSpliced(place, 1).map((row, index) => ({ ...row, position: index + 1 }));
        expect(check(forged, headOf(rows))).toEqual({ kind: 'changed', position: place + 1 });
      }),
    );
  });

  it('rows cut off at the end', () => {
    fc.assert(
      fc.property(chainAndPlace, ([rows, place]) => {
        expect(check(rows.slice(0, place), headOf(rows))).toEqual({
          kind: 'cut',
          position: place + 1,
          headPosition: rows.length,
        });
      }),
    );
  });

  it('two rows exchanged, with their places and without', () => {
    fc.assert(
      fc.property(chainAndPlace, fc.nat(11), ([rows, one], other) => {
        fc.pre(other < rows.length && other !== one);
        const [first, second] = [Math.min(one, other), Math.max(one, other)];
        const exchanged = rows
          .with(first, rows[second] as ChainedRow)
          .with(second, rows[first] as ChainedRow);
        expect(check(exchanged, headOf(rows))).toEqual({
          kind: 'missing',
          position: first + 1,
          next: second + 1,
        });
        const replaced = exchanged.map((row, index) => ({ ...row, position: index + 1 }));
        expect(check(replaced, headOf(rows))).toEqual({ kind: 'changed', position: first + 1 });
      }),
    );
  });

  it('a row put in, with a place that is taken or with all behind it moved on', () => {
    fc.assert(
      fc.property(chainAndPlace, unchained, ([rows, place], entry) => {
        const forged: ChainedRow = { ...entry, position: place + 1, hash: sha256('x') };
        expect(check(rows.toSpliced(place + 1, 0, forged), headOf(rows))).toEqual({
          kind: 'repeated',
          position: place + 1,
        });
        const moved = rows.toSpliced(place, 0, forged).map((row, index) => ({ ...row, position: index + 1 }));
        expect(check(moved, headOf(rows))).toEqual({ kind: 'changed', position: place + 1 });
      }),
    );
  });

  it('a row put in with a hash that fits: at the row behind it, or beyond the head', () => {
    fc.assert(
      fc.property(chainAndPlace, unchained, ([rows, place], entry) => {
        const before = rows.slice(0, place + 1);
        const position = place + 2;
        const hash = hashAfter(before.at(-1)?.hash ?? '', { ...entry, position }, sha256) ?? '';
        const after = rows.slice(place + 1).map((row) => ({ ...row, position: row.position + 1 }));
        const found = check([...before, { ...entry, position, hash }, ...after], headOf(rows));
        expect(found).toEqual(
          after.length > 0 ? { kind: 'changed', position: position + 1 } : { kind: 'beyond-head', position },
        );
      }),
    );
  });

  it('a whole new chain from some row on: at the head, which only an earlier note of it can tell', () => {
    fc.assert(
      fc.property(chainAndPlace, ([rows, place]) => {
        const forged = chained(
          rows.map((row, index) => (index === place ? { ...row, verb: `${row.verb}!` } : row)),
        );
        expect(check(forged, headOf(rows))).toEqual({ kind: 'head-differs', position: rows.length });
        expect(forged.map(({ hash }) => hash)).not.toContain(headOf(rows).hash);
      }),
    );
  });

  it('no head', () => {
    const rows = chained([aRow]);
    expect(check(rows, null)).toEqual({ kind: 'no-head', position: 2 });
  });

  it.each([0, -3, 1.5, Number.NaN])('a place that is none: %d', (position) => {
    const [row] = chained([aRow]);
    expect(check([{ ...(row as ChainedRow), position }], CHAIN_START)).toMatchObject({
      kind: position > 1 ? 'missing' : 'repeated',
    });
  });
});
