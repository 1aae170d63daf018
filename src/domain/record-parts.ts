/** Which rows a class of records consists of: tables, and of messages and papers their kinds. Pure. */
import { DELIVERY_CLASSES, PAPER_CLASSES, type RecordClassKey, TABLE_CLASSES } from './record-class.ts';

/** Tables whose rows can be read out as records. What is left is the program's own. */
export const RECORD_TABLES = [
  // What belongs to something stands before it: in this order rows are read out and disposed of.
  'delivery',
  'inbox_event',
  'conversation',
  'leave',
  'daily_message',
  'console_post',
  'role_grant',
  'stand_in',
  'check_in',
  'survey',
  'blocker',
  'mail_request',
  'milestone',
  'paper',
  'meeting',
  'engagement',
  'platform_user',
  'person',
  'audit_entry',
  'audit_head',
  'legal_hold',
  'disposal',
] as const;
export type RecordTable = (typeof RECORD_TABLES)[number];

/** The rows of one table that are of one class. */
export interface RecordPart {
  readonly table: RecordTable;
  readonly class: RecordClassKey;
  /** Kinds of messages or papers; null: all rows of the table. */
  readonly kinds: readonly string[] | null;
}

const kindsOf = (classes: Readonly<Record<string, RecordClassKey>>, key: RecordClassKey): readonly string[] =>
  Object.entries(classes).flatMap(([kind, of]) => (of === key ? [kind] : []));

/** The parts of that class, in the order in which they are read out. Empty where the bot keeps nothing of it that is a record. */
export function recordParts(key: RecordClassKey): readonly RecordPart[] {
  return RECORD_TABLES.flatMap((table): RecordPart[] => {
    if (table === 'delivery' || table === 'paper') {
      const kinds = kindsOf(table === 'delivery' ? DELIVERY_CLASSES : PAPER_CLASSES, key);
      return kinds.length > 0 ? [{ table, class: key, kinds }] : [];
    }
    return TABLE_CLASSES[table] === key ? [{ table, class: key, kinds: null }] : [];
  });
}
