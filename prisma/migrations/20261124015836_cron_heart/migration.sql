-- DropIndex
DROP INDEX "delivery_begun";

-- AlterTable
ALTER TABLE "cadence" ADD COLUMN     "holiday_rule" TEXT NOT NULL DEFAULT 'skip',
ADD COLUMN     "purpose" JSONB NOT NULL DEFAULT '{"kind":"digest","channel":"ispg"}';

-- Until now there was one cadence, that of the digest; every later one says what recurs.
ALTER TABLE "cadence" ALTER COLUMN "purpose" DROP DEFAULT;

-- AlterTable
ALTER TABLE "delivery" ADD COLUMN     "attachment" JSONB,
ADD COLUMN     "begun" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "bundle" TEXT,
ADD COLUMN     "may_repeat" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "topic" TEXT,
ADD COLUMN     "tried" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "unsettled_since" TIMESTAMPTZ(3),
ADD COLUMN     "urgency" TEXT NOT NULL DEFAULT 'told';

-- AlterTable
ALTER TABLE "meeting" ADD COLUMN     "cadence_key" TEXT,
ADD COLUMN     "minutes" JSONB,
ADD COLUMN     "moved_from" JSONB,
ADD COLUMN     "planned_for" TEXT,
ADD COLUMN     "responses" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "title" TEXT,
ALTER COLUMN "engagement_id" DROP NOT NULL;

-- What was tried already keeps its place in its recipient's order.
UPDATE "delivery" SET "begun" = true WHERE "wake_at" IS NOT NULL AND "attempts" > 0;

-- CreateTable
CREATE TABLE "contact_setting" (
    "person_id" TEXT NOT NULL,
    "work_from" TEXT,
    "work_to" TEXT,
    "quiet_from" TEXT,
    "quiet_to" TEXT,
    "inauguration_day" BOOLEAN NOT NULL DEFAULT false,
    "muted" TEXT[] DEFAULT ARRAY[]::TEXT[],

    CONSTRAINT "contact_setting_pkey" PRIMARY KEY ("person_id")
);

-- CreateTable
CREATE TABLE "leave" (
    "id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "from_on" TEXT NOT NULL,
    "to_on" TEXT NOT NULL,

    CONSTRAINT "leave_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "daily_message" (
    "person_id" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "key" TEXT NOT NULL,

    CONSTRAINT "daily_message_pkey" PRIMARY KEY ("person_id","day")
);

-- CreateTable
CREATE TABLE "milestone" (
    "engagement_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "on_day" TEXT NOT NULL,

    CONSTRAINT "milestone_pkey" PRIMARY KEY ("engagement_id","name","person_id")
);

-- CreateTable
CREATE TABLE "check_in" (
    "meeting_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "answers" JSONB,
    "answered_at" TIMESTAMPTZ(3),

    CONSTRAINT "check_in_pkey" PRIMARY KEY ("meeting_id","person_id")
);

-- CreateTable
CREATE TABLE "survey" (
    "id" TEXT NOT NULL,
    "engagement_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "occasion" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL,
    "answers" JSONB,
    "answered_at" TIMESTAMPTZ(3),

    CONSTRAINT "survey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "job_run" (
    "job" TEXT NOT NULL,
    "slot_at" TIMESTAMPTZ(3) NOT NULL,
    "holder" TEXT NOT NULL,
    "lease_until" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "job_run_pkey" PRIMARY KEY ("job")
);

-- CreateTable
CREATE TABLE "platform_pause" (
    "platform" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "platform_pause_pkey" PRIMARY KEY ("platform")
);

-- CreateIndex
CREATE INDEX "leave_person_id_to_on_idx" ON "leave"("person_id", "to_on");

-- CreateIndex
CREATE INDEX "milestone_name_idx" ON "milestone"("name");

-- CreateIndex
CREATE INDEX "survey_answered_at_idx" ON "survey"("answered_at");

-- CreateIndex
CREATE INDEX "survey_person_id_idx" ON "survey"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "survey_engagement_id_occasion_key" ON "survey"("engagement_id", "occasion");

-- CreateIndex
CREATE INDEX "delivery_begun" ON "delivery"("recipient_kind", "recipient_id", "sequence") WHERE (wake_at IS NOT NULL AND begun);

-- CreateIndex
CREATE UNIQUE INDEX "meeting_cadence_key_planned_for_key" ON "meeting"("cadence_key", "planned_for");
