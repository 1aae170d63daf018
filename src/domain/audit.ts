/**
 * The audit record as a chain: the hash of each row is made of the row and of the hash before it, so that nothing can be
 * changed, taken out, put in or cut off without a trace. The database writes the chain; this checks it.
 */
import { accepted, type Result, refused } from './result.ts';

/** SHA-256 of the text's UTF-8 bytes, in lower-case hexadecimal. */
export type Sha256 = (text: string) => string;

/** Where a chain ends: the place of its last row, from 1 on, and that row's hash. */
export interface ChainEnd {
  readonly position: number;
  readonly hash: string;
}

/** What the first row follows. */
export const CHAIN_START: ChainEnd = { position: 0, hash: '0'.repeat(64) };

/** A row as it is chained. It may have been tampered with, so nothing of it is believed beyond its shape. */
export interface ChainedRow extends ChainEnd {
  /** ISO 8601 in UTC with milliseconds: `2026-12-01T15:00:00.000Z`. */
  readonly at: string;
  readonly actorId: string | null;
  readonly forId: string | null;
  readonly role: string | null;
  readonly verb: string;
  readonly engagementId: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly reason: string | null;
  readonly platform: string;
  /** Texts by name; anything else was not written by this program. */
  readonly facts: unknown;
}

/**
 * The first place at which a chain does not hold.
 * `missing`: the rows from here to the one before `next` are not there. `repeated`: there is a row here already.
 * `changed`: the row's hash is not that of this row after the one before it: one of the two was changed.
 * `cut`: the rows from here to `headPosition`, which the head knows of, are not there. `beyond-head`: the head knows of no row
 * here. `head-differs`: the head has another hash than the row. `no-head`: there is no head; the last row is before this place.
 */
export type ChainBreak =
  | { readonly kind: 'missing'; readonly position: number; readonly next: number }
  | { readonly kind: 'repeated' | 'changed' | 'beyond-head' | 'head-differs'; readonly position: number }
  | { readonly kind: 'cut'; readonly position: number; readonly headPosition: number }
  | { readonly kind: 'no-head'; readonly position: number };

/**
 * The text of a row that its hash is made of: a JSON list of every field but its hash, without blanks, facts by the bytes of
 * their names, the same as the database's `audit_entry_text`. Null for facts that are no texts by name.
 */
export function canonicalText(row: Omit<ChainedRow, 'hash'>): string | null {
  const facts = factsText(row.facts);
  if (facts === null) return null;
  const { position, at, actorId, forId, role, verb, engagementId, from, to, reason, platform } = row;
  const fields = [position, at, actorId, forId, role, verb, engagementId, from, to, reason, platform];
  return `[${fields.map((field) => JSON.stringify(field)).join(',')},${facts}]`;
}

/** The hash of a row after the one with `previousHash`; null for one that no program of ours can have written. */
export function hashAfter(
  previousHash: string,
  row: Omit<ChainedRow, 'hash'>,
  sha256: Sha256,
): string | null {
  const text = canonicalText(row);
  return text === null ? null : sha256(`${previousHash}\n${text}`);
}

/**
 * Follows the chain from `end` through the rows that come next, in order: page by page, each with the end that the one before
 * gave. Refuses with the first row that does not fit.
 */
export function verifyChain(
  end: ChainEnd,
  rows: readonly ChainedRow[],
  sha256: Sha256,
): Result<ChainEnd, ChainBreak> {
  let { position, hash } = end;
  for (const row of rows) {
    const place = position + 1;
    if (row.position > place) return refused({ kind: 'missing', position: place, next: row.position });
    if (row.position !== place) return refused({ kind: 'repeated', position: row.position });
    if (hashAfter(hash, row, sha256) !== row.hash) return refused({ kind: 'changed', position: place });
    ({ position, hash } = row);
  }
  return accepted({ position, hash });
}

/** What does not fit between the end of a chain that was followed to its last row and what its head says; null when all does. */
export function verifyHead(end: ChainEnd, head: ChainEnd | null): ChainBreak | null {
  if (head === null) return { kind: 'no-head', position: end.position + 1 };
  if (head.position > end.position)
    return { kind: 'cut', position: end.position + 1, headPosition: head.position };
  if (head.position < end.position) return { kind: 'beyond-head', position: head.position + 1 };
  return head.hash === end.hash ? null : { kind: 'head-differs', position: end.position };
}

function factsText(facts: unknown): string | null {
  if (typeof facts !== 'object' || facts === null || Array.isArray(facts)) return null;
  const named: [string, unknown][] = Object.entries(facts);
  if (!named.every(([, value]) => typeof value === 'string')) return null;
  const parts = named
    .toSorted(([a], [b]) => compareBytes(a, b))
    .map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
  return `{${parts.join(',')}}`;
}

/** Texts in the order of their UTF-8 bytes, which is that of their code points. */
function compareBytes(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  for (let place = 0; place < Math.min(left.length, right.length); place += 1) {
    const difference = (left[place]?.codePointAt(0) ?? 0) - (right[place]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
