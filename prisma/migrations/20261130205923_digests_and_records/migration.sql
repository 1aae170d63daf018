-- DropIndex
DROP INDEX "delivery_digest";

-- CreateTable
CREATE TABLE "digest_mark" (
    "digest" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "delivery_key" TEXT NOT NULL,
    "position" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "named" TEXT[] DEFAULT ARRAY[]::TEXT[],

    CONSTRAINT "digest_mark_pkey" PRIMARY KEY ("digest","day")
);

-- CreateTable
CREATE TABLE "legal_hold" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "placed_by_id" TEXT NOT NULL,
    "placed_at" TIMESTAMPTZ(3) NOT NULL,
    "released_by_id" TEXT,
    "released_at" TIMESTAMPTZ(3),

    CONSTRAINT "legal_hold_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "disposal" (
    "id" TEXT NOT NULL,
    "record_class" TEXT NOT NULL,
    "before" TIMESTAMPTZ(3) NOT NULL,
    "by_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "counts" JSONB NOT NULL,
    "held" INTEGER NOT NULL,
    "manifest_hash" TEXT NOT NULL,

    CONSTRAINT "disposal_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "digest_mark_day_idx" ON "digest_mark"("day");

-- CreateIndex
CREATE INDEX "legal_hold_current" ON "legal_hold"("kind", "subject") WHERE (released_at IS NULL);

-- CreateIndex
CREATE INDEX "disposal_at_idx" ON "disposal"("at");

-- CreateIndex
CREATE INDEX "audit_entry_moves" ON "audit_entry"("to_state", "at") WHERE (to_state IS NOT NULL);

-- CreateIndex
CREATE INDEX "audit_entry_standing" ON "audit_entry"("verb", "engagement_id", "sequence") WHERE (verb = 'card.standing');
