/** Which statements only read, and which change facts: all that is stored but what only goes out, is recorded, or says when a cadence is next due. */

/** Tables whose rows no instant is reckoned from, other than by the jobs that write them. */
const NO_FACTS: ReadonlySet<string> = new Set([
  'delivery',
  'daily_message',
  'audit_entry',
  'audit_head',
  'cadence',
  'digest_mark',
]);
/** What follows a writing word is its table; `FOR UPDATE` and `DO UPDATE` name none. */
const WRITES =
  /(?<!\b(?:do|for)\s)\b(?:insert into|update|delete from)\s(?:"public"\.)?"?(?<table>\w{1,63})/giu;

/** Whether the statement writes to a table of facts; every table is one unless it stands above. */
export function changesFacts(sql: string): boolean {
  for (const { groups } of sql.matchAll(WRITES)) if (!NO_FACTS.has(groups?.table ?? '')) return true;
  return false;
}

/** What a trigger of the table writes to. */
const ALONG: Readonly<Record<string, readonly string[]>> = { audit_entry: ['audit_head'] };

/** The tables that the statement writes rows to; none for one that deletes, since rows of others may go with these. */
export function tablesWritten(sql: string): readonly string[] {
  const found = [...sql.matchAll(WRITES)];
  if (found.some(([words]) => /^delete/iu.test(words))) return [];
  return found.flatMap(({ groups }) =>
    groups?.table === undefined ? [] : [groups.table, ...(ALONG[groups.table] ?? [])],
  );
}

const LOCKS = /\bfor\s+(?:no\s+key\s+|key\s+)?(?:update|share)\b|\bpg_(?:try_)?advisory/iu;

/** Whether the statement takes a lock for its own sake, for which it may wait until others have committed. */
export const locks = (sql: string): boolean => LOCKS.test(sql);

const READS = /^\s*(?:select|with)\b/iu;
/** What makes more of a statement that begins so: it writes, locks or moves something on. */
const DOES_MORE =
  /\b(?:insert|update|delete|merge|into|share|nextval|setval|set_config|pg_notify)\b|\bpg_(?:try_)?advisory/iu;

/** Whether all the statement does is to read. False also of one that only looks as if it did more. */
export const onlyReads = (sql: string): boolean => READS.test(sql) && !DOES_MORE.test(sql);
