-- CreateTable
CREATE TABLE "audit_head" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "position" BIGINT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_head_pkey" PRIMARY KEY ("id")
);

-- AlterTable
ALTER TABLE "audit_entry" ADD COLUMN     "hash" TEXT,
ADD COLUMN     "position" BIGINT;

-- CreateIndex
CREATE UNIQUE INDEX "audit_entry_position_key" ON "audit_entry"("position");

-- CreateIndex
CREATE INDEX "audit_entry_actor_id_sequence_idx" ON "audit_entry"("actor_id", "sequence");


-- The text of a row that its hash is made of: a JSON list of every field but its hash and its sequence, without blanks,
-- instants in UTC with milliseconds, facts by the bytes of their names. `src/domain/audit.ts` makes the same.
CREATE FUNCTION "audit_entry_text"("entry" "audit_entry") RETURNS TEXT LANGUAGE plpgsql STABLE AS $$
DECLARE
  facts_text TEXT;
  are_texts BOOLEAN;
BEGIN
  SELECT '{' || coalesce(string_agg(to_json(key)::text || ':' || value::text, ',' ORDER BY key COLLATE "C"), '') || '}',
         coalesce(bool_and(jsonb_typeof(value) = 'string'), true)
    INTO facts_text, are_texts
    FROM jsonb_each(entry.facts);
  IF NOT are_texts THEN
    RAISE EXCEPTION 'Each fact of the audit record is a text under a name.';
  END IF;
  RETURN '[' || array_to_string(ARRAY[
    entry.position::text,
    to_json(to_char(entry.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))::text,
    to_json(entry.actor_id)::text,
    to_json(entry.for_id)::text,
    to_json(entry.role)::text,
    to_json(entry.verb)::text,
    to_json(entry.engagement_id)::text,
    to_json(entry.from_state)::text,
    to_json(entry.to_state)::text,
    to_json(entry.reason)::text,
    to_json(entry.platform)::text,
    facts_text
  ], ',', 'null') || ']';
END $$;

-- SHA-256 over the hash of the row before, a line feed and the text of the row.
CREATE FUNCTION "audit_entry_hash"("previous_hash" TEXT, "entry" "audit_entry") RETURNS TEXT LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN encode(sha256(convert_to(previous_hash || E'\n' || audit_entry_text(entry), 'UTF8')), 'hex');
END $$;

-- What was written so far is chained in the order in which it was written; the first row follows 64 zeros.
DO $$
DECLARE
  entry "audit_entry";
  last_position BIGINT := 0;
  last_hash TEXT := repeat('0', 64);
BEGIN
  FOR entry IN SELECT * FROM "audit_entry" ORDER BY "sequence" LOOP
    last_position := last_position + 1;
    entry.position := last_position;
    last_hash := audit_entry_hash(last_hash, entry);
    UPDATE "audit_entry" SET "position" = last_position, "hash" = last_hash WHERE "sequence" = entry.sequence;
  END LOOP;
  INSERT INTO "audit_head" ("id", "position", "hash") VALUES (1, last_position, last_hash);
END $$;

-- AlterTable
ALTER TABLE "audit_entry" ALTER COLUMN "hash" SET NOT NULL,
ALTER COLUMN "position" SET NOT NULL;

-- AlterTable
ALTER TABLE "audit_head" ADD CONSTRAINT "audit_head_is_one" CHECK ("id" = 1);

-- Whoever adds a row waits here for the one before to be committed or rolled back, so that the chain has no gap. Position
-- and hash are the chain's own, whatever was given for them.
CREATE FUNCTION "audit_entry_chain"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
DECLARE
  head "audit_head";
BEGIN
  SELECT * INTO head FROM "audit_head" WHERE "id" = 1 FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'The head of the audit record is missing, so that nothing can be added to the record.';
  END IF;
  NEW.position := head.position + 1;
  NEW.hash := audit_entry_hash(head.hash, NEW);
  UPDATE "audit_head" SET "position" = NEW.position, "hash" = NEW.hash WHERE "id" = 1;
  RETURN NEW;
END $$;
CREATE TRIGGER "audit_entry_chain" BEFORE INSERT ON "audit_entry"
  FOR EACH ROW EXECUTE FUNCTION "audit_entry_chain"();

CREATE FUNCTION "audit_entry_keep"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The audit record is only ever added to: % is refused.', TG_OP;
END $$;
CREATE TRIGGER "audit_entry_keep" BEFORE UPDATE OR DELETE ON "audit_entry"
  FOR EACH ROW EXECUTE FUNCTION "audit_entry_keep"();
CREATE TRIGGER "audit_entry_keep_all" BEFORE TRUNCATE ON "audit_entry"
  FOR EACH STATEMENT EXECUTE FUNCTION "audit_entry_keep"();

-- The head moves by one, and only from within the trigger of a row that is added.
CREATE FUNCTION "audit_head_keep"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND pg_trigger_depth() > 1 THEN
    IF NEW.id = OLD.id AND NEW.position = OLD.position + 1 THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'The head of the audit record moves only with a row that is added: % is refused.', TG_OP;
END $$;
CREATE TRIGGER "audit_head_keep" BEFORE INSERT OR UPDATE OR DELETE ON "audit_head"
  FOR EACH ROW EXECUTE FUNCTION "audit_head_keep"();
CREATE TRIGGER "audit_head_keep_all" BEFORE TRUNCATE ON "audit_head"
  FOR EACH STATEMENT EXECUTE FUNCTION "audit_head_keep"();
