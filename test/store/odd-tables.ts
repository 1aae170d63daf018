/** Tables that no migration knows of, with values of every kind that is easily lost on the way. */
export const ODD_TABLES: { readonly made: readonly string[]; readonly filled: readonly string[] } = {
  made: [
    `CREATE TYPE odd_mood AS ENUM ('glad', 'sad')`,
    `CREATE TABLE odd (
       id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
       parent bigint REFERENCES odd (id) ON DELETE RESTRICT,
       doubled bigint GENERATED ALWAYS AS (coalesce(parent, 0) * 2) STORED,
       "At Once" timestamptz, plain timestamp, day date, hour time, span interval,
       big bigint, exact numeric, rough double precision, bytes bytea, fixed char(5), mood odd_mood,
       words text, texts text[], grid int[][], doc jsonb, doc_as_written json)`,
    `CREATE FUNCTION odd_refuse() RETURNS TRIGGER LANGUAGE plpgsql AS $$
     BEGIN IF NEW.id > 1000 THEN RAISE EXCEPTION 'too many'; END IF; NEW.words := coalesce(NEW.words, 'by the trigger'); RETURN NEW; END $$`,
    `CREATE TRIGGER odd_refuse BEFORE INSERT ON odd FOR EACH ROW EXECUTE FUNCTION odd_refuse()`,
    `CREATE TRIGGER odd_always BEFORE UPDATE ON odd FOR EACH ROW EXECUTE FUNCTION odd_refuse()`,
    `ALTER TABLE odd ENABLE ALWAYS TRIGGER odd_always`,
    `CREATE TRIGGER odd_off BEFORE DELETE ON odd FOR EACH ROW EXECUTE FUNCTION odd_refuse()`,
    `ALTER TABLE odd DISABLE TRIGGER odd_off`,
    `CREATE TABLE odd_empty (id int PRIMARY KEY)`,
  ],
  filled: [
    `INSERT INTO odd ("At Once", plain, day, hour, span, big, exact, rough, bytes, fixed, mood, words, texts, grid, doc, doc_as_written)
     VALUES ('2026-12-01 15:00:00.123456+00', '2026-12-01 15:00:00.000001', '2026-02-28', '23:59:59.999999', '1 year -3 days 00:00:00.5',
             9223372036854775807, 12345678901234567890.0123456789, 0.1::float8 + 0.2::float8, '\\x00ff0a', 'ab', 'sad',
             E'\\u2028 a "line"\\n of\\ttext \\\\ \\u00e9\\U0001F600 {x,y}', ARRAY['a,b', NULL, '"', '\\', ''], ARRAY[[1, 2], [3, NULL]],
             '{"n": 9007199254740993, "deep": [null, {"a": "\\u2029"}]}', '{"b":1,  "a":2, "a":3}')`,
    `INSERT INTO odd ("At Once", day, big, exact, rough, bytes, texts, doc, doc_as_written)
     VALUES ('infinity', '-infinity', -9223372036854775808, 'NaN', '-Infinity', '', '{}', 'null', 'null')`,
    `INSERT INTO odd (rough, doc) VALUES ('NaN', '"null"'), (-0.0, '0.10')`,
    // Later rows that earlier ones refer to, on another page.
    `INSERT INTO odd (words) SELECT repeat('x', 2000) || n FROM generate_series(5, 900) AS n`,
    `UPDATE odd SET parent = 900 - id WHERE id BETWEEN 2 AND 899`,
    `ALTER TABLE odd DISABLE TRIGGER odd_refuse`,
    `INSERT INTO odd (id, words) OVERRIDING SYSTEM VALUE VALUES (2000, NULL)`,
    `ALTER TABLE odd ENABLE TRIGGER odd_refuse`,
  ],
};
