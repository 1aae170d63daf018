/**
 * Takes all rows away and lets numbers begin at one again, in one statement. Rows are deleted: a few of them go sooner than a table
 * gets new files, and so each of its indexes. No trigger hears of it, neither those that keep rows together nor what keeps the audit
 * record from being emptied; its chain begins anew.
 */
export const EMPTYING = `
DO $$
DECLARE
  name text;
BEGIN
  PERFORM set_config('session_replication_role', 'replica', true);
  FOR name IN
    SELECT oid::regclass::text FROM pg_class
     WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace
       AND relname NOT IN ('_prisma_migrations', 'audit_head')
  LOOP
    EXECUTE 'DELETE FROM ' || name;
  END LOOP;
  INSERT INTO audit_head VALUES (1, 0, repeat('0', 64))
    ON CONFLICT (id) DO UPDATE SET position = excluded.position, hash = excluded.hash;
  FOR name IN
    SELECT format('%I.%I', schemaname, sequencename) FROM pg_sequences
     WHERE schemaname = current_schema() AND last_value IS NOT NULL
  LOOP
    EXECUTE 'ALTER SEQUENCE ' || name || ' RESTART';
  END LOOP;
END $$`;
