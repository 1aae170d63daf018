/**
 * Takes all rows away and lets numbers begin at one again, in one statement. Touches only what was filled: a table that is
 * emptied gets new files, and so does each of its indexes. What keeps the audit record from being emptied is off meanwhile, and
 * its chain begins anew.
 */
export const EMPTYING = `
DO $$
DECLARE
  tables text[] := '{}';
  name text;
  is_filled boolean;
  is_chained boolean;
BEGIN
  FOR name IN
    SELECT oid::regclass::text FROM pg_class
     WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace
       AND relname NOT IN ('_prisma_migrations', 'audit_head')
  LOOP
    EXECUTE 'SELECT EXISTS (SELECT FROM ' || name || ')' INTO is_filled;
    IF is_filled THEN
      tables := tables || name;
    END IF;
  END LOOP;
  SELECT coalesce(max(position), -1) <> 0 INTO is_chained FROM audit_head;
  is_chained := is_chained OR 'audit_entry' = ANY(tables);
  IF is_chained THEN
    ALTER TABLE audit_entry DISABLE TRIGGER USER;
    ALTER TABLE audit_head DISABLE TRIGGER USER;
  END IF;
  IF tables <> '{}' THEN
    EXECUTE 'TRUNCATE ' || array_to_string(tables, ', ') || ' CASCADE';
  END IF;
  IF is_chained THEN
    INSERT INTO audit_head VALUES (1, 0, repeat('0', 64))
      ON CONFLICT (id) DO UPDATE SET position = excluded.position, hash = excluded.hash;
    ALTER TABLE audit_entry ENABLE TRIGGER USER;
    ALTER TABLE audit_head ENABLE TRIGGER USER;
  END IF;
  FOR name IN
    SELECT format('%I.%I', schemaname, sequencename) FROM pg_sequences
     WHERE schemaname = current_schema() AND last_value IS NOT NULL
  LOOP
    EXECUTE 'ALTER SEQUENCE ' || name || ' RESTART';
  END LOOP;
END $$`;
