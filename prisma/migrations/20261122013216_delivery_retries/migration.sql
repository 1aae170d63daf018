-- DropIndex
DROP INDEX "delivery_undelivered";

-- AlterTable
ALTER TABLE "delivery" ADD COLUMN     "ended_at" TIMESTAMPTZ(3),
ADD COLUMN     "failures" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "first_due_at" TIMESTAMPTZ(3),
ADD COLUMN     "recalled_because" TEXT,
ADD COLUMN     "waiting_since" TIMESTAMPTZ(3);

-- What was given up so far was given up at its last attempt, which is when it was last due.
UPDATE "delivery" SET "ended_at" = "due_at" WHERE state = 'blocked' OR state = 'unreachable';

-- CreateIndex
CREATE INDEX "delivery_undelivered" ON "delivery"("ended_at") WHERE (state = 'blocked' OR state = 'unreachable');

-- CreateIndex
CREATE INDEX "delivery_digest" ON "delivery"("recipient_id", "sequence") WHERE (kind = 'digest');
