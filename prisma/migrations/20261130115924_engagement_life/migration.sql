-- AlterTable
ALTER TABLE "engagement" ADD COLUMN     "assigned_ids" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "course" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "memberships" JSONB NOT NULL DEFAULT '[]';

-- AlterTable
ALTER TABLE "person" ADD COLUMN     "last_spoke_on" TEXT;

-- CreateTable
CREATE TABLE "paper" (
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "form_version" INTEGER NOT NULL,
    "answers" JSONB NOT NULL,
    "by_id" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT,

    CONSTRAINT "paper_pkey" PRIMARY KEY ("kind","subject","version")
);

-- CreateTable
CREATE TABLE "role_grant" (
    "id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "granted_by" TEXT NOT NULL,
    "granted_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_by" TEXT,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "role_grant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stand_in" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "for_id" TEXT NOT NULL,
    "from_on" TEXT NOT NULL,
    "to_on" TEXT,
    "named_by" TEXT NOT NULL,
    "named_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "stand_in_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "blocker" (
    "id" TEXT NOT NULL,
    "number" SERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "engagement_id" TEXT,
    "raised_by_id" TEXT NOT NULL,
    "raised_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL,
    "words" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "holders" JSONB NOT NULL,
    "replies" JSONB NOT NULL,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "blocker_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mail_request" (
    "id" TEXT NOT NULL,
    "number" SERIAL NOT NULL,
    "message_id" TEXT NOT NULL,
    "person_id" TEXT,
    "from_address" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "words" TEXT NOT NULL,
    "attachments" INTEGER NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "outcome" JSONB,

    CONSTRAINT "mail_request_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "role_grant_current" ON "role_grant"("person_id", "role") WHERE (ended_at IS NULL);

-- CreateIndex
CREATE INDEX "stand_in_person_id_idx" ON "stand_in"("person_id");

-- CreateIndex
CREATE INDEX "stand_in_for_id_idx" ON "stand_in"("for_id");

-- CreateIndex
CREATE UNIQUE INDEX "blocker_number_key" ON "blocker"("number");

-- CreateIndex
CREATE INDEX "blocker_engagement_id_idx" ON "blocker"("engagement_id");

-- CreateIndex
CREATE INDEX "blocker_raised_by_id_idx" ON "blocker"("raised_by_id");

-- CreateIndex
CREATE INDEX "blocker_open" ON "blocker"("number") WHERE (closed_at IS NULL);

-- CreateIndex
CREATE UNIQUE INDEX "mail_request_number_key" ON "mail_request"("number");

-- CreateIndex
CREATE UNIQUE INDEX "mail_request_message_id_key" ON "mail_request"("message_id");

-- CreateIndex
CREATE INDEX "mail_request_open" ON "mail_request"("received_at") WHERE (state = 'open');

-- CreateIndex
CREATE INDEX "engagement_assigned_ids_idx" ON "engagement" USING GIN ("assigned_ids");
