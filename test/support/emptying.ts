/**
 * Takes all rows away and lets numbers begin at one again, in one statement. Touches only what was filled: a table that is
 * emptied gets new files, and so does each of its indexes.
 */
export const EMPTYING = `
DO $$
DECLARE
  tables text[] := '{}';
  name text;
  is_filled boolean;
BEGIN
  FOR name IN
    SELECT oid::regclass::text FROM pg_class
     WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace AND relname <> '_prisma_migrations'
  LOOP
    EXECUTE 'SELECT EXISTS (SELECT FROM ' || name || ')' INTO is_filled;
    IF is_filled THEN
      tables := tables || name;
    END IF;
  END LOOP;
  IF tables <> '{}' THEN
    EXECUTE 'TRUNCATE ' || array_to_string(tables, ', ') || ' CASCADE';
  END IF;
  FOR name IN
    SELECT format('%I.%I', schemaname, sequencename) FROM pg_sequences
     WHERE schemaname = current_schema() AND last_value IS NOT NULL
  LOOP
    EXECUTE 'ALTER SEQUENCE ' || name || ' RESTART';
  END LOOP;
END $$`;
