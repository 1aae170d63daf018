/** Checks that the audit record holds: in a database, or in a file that was exported from one. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import {
  CHAIN_START,
  type ChainBreak,
  type ChainEnd,
  type ChainedRow,
  verifyChain,
  verifyHead,
} from '../domain/audit.ts';
import type { Store } from '../ports.ts';

const PAGE_ROWS = 1_000;

/** A head that was kept elsewhere, such as in a channel; `position` is null where only the hash was kept. */
export interface NotedHead {
  readonly hash: string;
  readonly position: number | null;
}

/**
 * What became of a check. `whole`: the chain holds to `end`, and the noted head, if any, is in it. `broken`: here it does not.
 * `bad-line`: the line of the file, from 1 on, is not as an export writes it. `not-noted`: it holds, but what was noted is not in it.
 */
export type AuditVerdict =
  | { readonly kind: 'whole'; readonly end: ChainEnd; readonly noted: ChainEnd | null }
  | { readonly kind: 'broken'; readonly broken: ChainBreak }
  | { readonly kind: 'bad-line'; readonly line: number }
  | { readonly kind: 'not-noted'; readonly end: ChainEnd; readonly noted: NotedHead };

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const endSchema = z.strictObject({ position: z.number(), hash: z.string() });
const text = z.string().nullable();
const rowSchema = z.strictObject({
  position: z.number(),
  at: z.string(),
  actorId: text,
  forId: text,
  role: text,
  verb: z.string(),
  engagementId: text,
  from: text,
  to: text,
  reason: text,
  platform: z.string(),
  facts: z.unknown(),
  hash: z.string(),
});
const lineSchema = z.union([z.strictObject({ head: endSchema.nullable() }), rowSchema]);

/** Reads the record to its end, page by page, also while others write. */
export async function verifyAudit(store: Store, noted: NotedHead | null): Promise<AuditVerdict> {
  return (await walk(store, noted, async () => undefined)).verdict;
}

/**
 * Writes the record as lines of JSON, the head last, and checks it on the way; a broken one is written all the same. That it
 * was exported is its last entry: without that entry nothing is written.
 */
export async function exportAudit(
  store: Store,
  now: Date,
  noted: NotedHead | null,
  write: (lines: string) => Promise<void>,
): Promise<AuditVerdict> {
  await store.transaction((tx) =>
    tx.audit.append({
      at: now,
      actorId: null,
      forId: null,
      role: null,
      verb: 'audit.export',
      engagementId: null,
      from: null,
      to: null,
      reason: null,
      platform: 'bot',
      facts: {},
    }),
  );
  const { verdict, head } = await walk(store, noted, async (rows) => write(rows.map(lineOf).join('')));
  await write(`${JSON.stringify({ head })}\n`);
  return verdict;
}

/** Checks the lines of an exported file. */
export async function verifyLines(
  lines: AsyncIterable<string>,
  noted: NotedHead | null,
): Promise<AuditVerdict> {
  const check = createCheck(noted);
  let number = 0;
  let head: ChainEnd | null | undefined;
  for await (const line of lines) {
    number += 1;
    const read = readLine(line);
    // Nothing follows the head.
    if (read === null || head !== undefined) return { kind: 'bad-line', line: number };
    if ('head' in read) head = read.head;
    else if (check.take([read]) !== null) break;
  }
  return check.verdict(head ?? null);
}

/** The line as read; null for one that was written otherwise, such as with a name that comes twice. */
function readLine(line: string): z.infer<typeof lineSchema> | null {
  try {
    const value: unknown = JSON.parse(line);
    const read = lineSchema.safeParse(value);
    return read.success && JSON.stringify(value) === line ? read.data : null;
  } catch {
    return null;
  }
}

function lineOf(row: ChainedRow): string {
  const { position, at, actorId, forId, role, verb, engagementId, from, to, reason, platform, facts, hash } =
    row;
  const who = { position, at, actorId, forId, role, verb, engagementId };
  return `${JSON.stringify({ ...who, from, to, reason, platform, facts, hash })}\n`;
}

/** Follows the rows to the last, then to the head as it is then: whatever was added meanwhile stands behind that one. */
async function walk(
  store: Store,
  noted: NotedHead | null,
  onRows: (rows: readonly ChainedRow[]) => Promise<void>,
): Promise<{ readonly verdict: AuditVerdict; readonly head: ChainEnd | null }> {
  const check = createCheck(noted);
  let after: number | null = null;
  const next = async (limit: number): Promise<boolean> => {
    const from: number | null = after;
    const rows = await store.transaction((tx) => tx.audit.page(from, limit));
    const last = rows.at(-1);
    // A place too large to be told from the one before it ends the walk.
    if (!last || last.position <= (after ?? Number.NEGATIVE_INFINITY)) return false;
    check.take(rows);
    await onRows(rows);
    after = last.position;
    return true;
  };
  while (await next(PAGE_ROWS)) {}
  const head = await store.transaction((tx) => tx.audit.head());
  while (head && head.position > (after ?? 0)) {
    if (!(await next(Math.min(PAGE_ROWS, head.position - (after ?? 0))))) break;
  }
  return { verdict: check.verdict(head), head };
}

/** A check under way: rows in order, then the head. */
function createCheck(noted: NotedHead | null) {
  let end = CHAIN_START;
  let broken: ChainBreak | null = null;
  let found: ChainEnd | null = null;
  const isNoted = ({ position, hash }: ChainEnd): boolean =>
    noted !== null && hash === noted.hash && (noted.position === null || position === noted.position);
  if (isNoted(CHAIN_START)) found = CHAIN_START;
  return {
    /** What does not fit, once something does not. */
    take(rows: readonly ChainedRow[]): ChainBreak | null {
      if (broken) return broken;
      const followed = verifyChain(end, rows, sha256);
      if (!followed.ok) {
        broken = followed.refusal;
        return broken;
      }
      end = followed.value;
      const here = rows.find(isNoted);
      if (here) found = { position: here.position, hash: here.hash };
      return null;
    },
    verdict(head: ChainEnd | null): AuditVerdict {
      broken ??= verifyHead(end, head);
      if (broken) return { kind: 'broken', broken };
      if (noted && !found) return { kind: 'not-noted', end, noted };
      return { kind: 'whole', end, noted: found };
    },
  };
}

/** The verdict in one sentence or two. */
export function verdictWords(verdict: AuditVerdict): string {
  switch (verdict.kind) {
    case 'whole':
      return [
        `The record holds: ${verdict.end.position} entries, each of which follows from the one before. Its head is ${verdict.end.hash}.`,
        ...(verdict.noted ? [`The head you noted is in it, at position ${verdict.noted.position}.`] : []),
      ].join(' ');
    case 'broken':
      return `The record is broken at position ${verdict.broken.position}. ${breakWords(verdict.broken)}`;
    case 'bad-line':
      return `The file is broken at line ${verdict.line}: it is not as an export writes it.`;
    case 'not-noted':
      return notNotedWords(verdict.noted, verdict.end);
    default:
      return verdict satisfies never;
  }
}

function notNotedWords({ position }: NotedHead, end: ChainEnd): string {
  if (position === null)
    return 'The head you noted is not in the record: entries were cut off or written anew since.';
  if (position > end.position)
    return `The record ends at position ${end.position}, and the head you noted stands at ${position}: its end was cut off.`;
  return `The record is broken at position ${position}. That entry has another hash than you noted: it, or one before it, was written anew.`;
}

function breakWords(broken: ChainBreak): string {
  const { kind, position } = broken;
  switch (kind) {
    case 'missing':
      return `${spanWords(position, broken.next - 1)} missing.`;
    case 'cut':
      return `${spanWords(position, broken.headPosition)} missing, although the head names ${broken.headPosition}: the end was cut off.`;
    case 'repeated':
      return 'An entry has this position that does not belong there: the position is taken, or there is none like it.';
    case 'changed':
      return position === 1
        ? 'The first entry does not fit its hash: it was changed after it was written.'
        : 'The entry does not fit its hash: it was changed after it was written, or the one before it was, and was given a new hash.';
    case 'beyond-head':
      return `The head ends the record at ${position - 1}, and more entries stand behind it.`;
    case 'head-differs':
      return 'The head names another hash than this last entry has.';
    case 'no-head':
      return position === 1
        ? 'There is no head, and no entry.'
        : `The head is missing, so nothing says that entry ${position - 1} is the last.`;
    default:
      return kind satisfies never;
  }
}

const spanWords = (first: number, last: number): string =>
  first === last ? `Entry ${first} is` : `The entries ${first} to ${last} are`;
