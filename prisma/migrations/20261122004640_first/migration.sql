-- CreateTable
CREATE TABLE "inbox_event" (
    "key" TEXT NOT NULL,
    "event" JSONB NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "attempt" UUID NOT NULL,
    "repeats" INTEGER NOT NULL DEFAULT 0,
    "done_at" TIMESTAMPTZ(3),
    "answers" JSONB,
    "said_at" TIMESTAMPTZ(3),

    CONSTRAINT "inbox_event_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "person" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "roles" TEXT[],
    "components" TEXT[],
    "time_zone" TEXT NOT NULL,
    "calendar_token" TEXT NOT NULL,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "platform_user" (
    "platform" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "preference" BIGSERIAL NOT NULL,

    CONSTRAINT "platform_user_pkey" PRIMARY KEY ("platform","user_id")
);

-- CreateTable
CREATE TABLE "conversation" (
    "id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "offering" TEXT NOT NULL,
    "form_version" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "state" JSONB NOT NULL,
    "amends" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "conversation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "request_counter" (
    "prefix" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "last" INTEGER NOT NULL,

    CONSTRAINT "request_counter_pkey" PRIMARY KEY ("prefix","year")
);

-- CreateTable
CREATE TABLE "engagement" (
    "id" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "offering" TEXT NOT NULL,
    "form_version" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "component" TEXT NOT NULL,
    "system_name" TEXT NOT NULL,
    "system_key" TEXT NOT NULL,
    "answers" JSONB NOT NULL,
    "requester_id" TEXT NOT NULL,
    "business_owner_id" TEXT NOT NULL,
    "cra_id" TEXT,
    "member_ids" TEXT[],
    "asked_back" JSONB,
    "ending" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "submitted_at" TIMESTAMPTZ(3),
    "state_since_at" TIMESTAMPTZ(3) NOT NULL,
    "triaged_by_id" TEXT,

    CONSTRAINT "engagement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "meeting" (
    "id" TEXT NOT NULL,
    "ordinal" BIGSERIAL NOT NULL,
    "engagement_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "uid" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "token" TEXT NOT NULL,
    "organizer_id" TEXT NOT NULL,
    "attendee_ids" TEXT[],
    "offered" JSONB NOT NULL,
    "offered_at" TIMESTAMPTZ(3),
    "proposed" JSONB NOT NULL,
    "booked_starts_at" TIMESTAMPTZ(3),
    "booked_ends_at" TIMESTAMPTZ(3),
    "held_on" TEXT,
    "present_ids" TEXT[],
    "notes" JSONB,

    CONSTRAINT "meeting_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery" (
    "key" TEXT NOT NULL,
    "sequence" BIGSERIAL NOT NULL,
    "recipient_kind" TEXT NOT NULL,
    "recipient_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "message" JSONB NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "still_true" JSONB,
    "card" TEXT,
    "about" TEXT,
    "state" TEXT NOT NULL,
    "wake_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "reason" TEXT,
    "sent_at" TIMESTAMPTZ(3),
    "platform" TEXT,
    "address_id" TEXT,
    "platform_message_id" TEXT,

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "sequence" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_id" TEXT,
    "for_id" TEXT,
    "role" TEXT,
    "verb" TEXT NOT NULL,
    "engagement_id" TEXT,
    "from_state" TEXT,
    "to_state" TEXT,
    "reason" TEXT,
    "platform" TEXT NOT NULL,
    "facts" JSONB NOT NULL,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("sequence")
);

-- CreateTable
CREATE TABLE "cadence" (
    "key" TEXT NOT NULL,
    "cron" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "next_at" TIMESTAMPTZ(3),

    CONSTRAINT "cadence_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "console_post" (
    "id" TEXT NOT NULL,
    "sequence" SERIAL NOT NULL,
    "conversation" TEXT NOT NULL,
    "author" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "text" TEXT NOT NULL,
    "card" JSONB,
    "actions" JSONB NOT NULL,
    "delivery_key" TEXT,
    "edited_at" TIMESTAMPTZ(3),

    CONSTRAINT "console_post_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "console_read_mark" (
    "person_id" TEXT NOT NULL,
    "conversation" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,

    CONSTRAINT "console_read_mark_pkey" PRIMARY KEY ("person_id","conversation")
);

-- CreateTable
CREATE TABLE "console_clock" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "offset_ms" BIGINT NOT NULL,

    CONSTRAINT "console_clock_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "inbox_event_unfinished" ON "inbox_event"("received_at") WHERE (done_at IS NULL);

-- CreateIndex
CREATE INDEX "inbox_event_unsaid" ON "inbox_event"("done_at") WHERE (said_at IS NULL);

-- CreateIndex
CREATE UNIQUE INDEX "person_calendar_token_key" ON "person"("calendar_token");

-- CreateIndex
CREATE INDEX "person_roles_idx" ON "person" USING GIN ("roles");

-- CreateIndex
CREATE INDEX "platform_user_person_id_preference_idx" ON "platform_user"("person_id", "preference");

-- CreateIndex
CREATE UNIQUE INDEX "conversation_current" ON "conversation"("person_id") WHERE (status = 'open' OR status = 'paused');

-- CreateIndex
CREATE UNIQUE INDEX "engagement_number_key" ON "engagement"("number");

-- CreateIndex
CREATE INDEX "engagement_state_number_idx" ON "engagement"("state", "number");

-- CreateIndex
CREATE INDEX "engagement_offering_system_key_idx" ON "engagement"("offering", "system_key");

-- CreateIndex
CREATE INDEX "engagement_requester_id_idx" ON "engagement"("requester_id");

-- CreateIndex
CREATE INDEX "engagement_business_owner_id_idx" ON "engagement"("business_owner_id");

-- CreateIndex
CREATE INDEX "engagement_cra_id_idx" ON "engagement"("cra_id");

-- CreateIndex
CREATE INDEX "engagement_member_ids_idx" ON "engagement" USING GIN ("member_ids");

-- CreateIndex
CREATE UNIQUE INDEX "meeting_ordinal_key" ON "meeting"("ordinal");

-- CreateIndex
CREATE UNIQUE INDEX "meeting_uid_key" ON "meeting"("uid");

-- CreateIndex
CREATE UNIQUE INDEX "meeting_token_key" ON "meeting"("token");

-- CreateIndex
CREATE INDEX "meeting_engagement_id_kind_ordinal_idx" ON "meeting"("engagement_id", "kind", "ordinal");

-- CreateIndex
CREATE INDEX "meeting_state_ordinal_idx" ON "meeting"("state", "ordinal");

-- CreateIndex
CREATE INDEX "meeting_attendee_ids_idx" ON "meeting" USING GIN ("attendee_ids");

-- CreateIndex
CREATE INDEX "meeting_booked" ON "meeting"("booked_starts_at") WHERE (state = 'booked');

-- CreateIndex
CREATE INDEX "delivery_due" ON "delivery"("wake_at", "sequence") WHERE (wake_at IS NOT NULL);

-- CreateIndex
CREATE INDEX "delivery_active" ON "delivery"("recipient_kind", "recipient_id", "sequence") WHERE (wake_at IS NOT NULL);

-- CreateIndex
CREATE INDEX "delivery_begun" ON "delivery"("recipient_kind", "recipient_id", "sequence") WHERE (wake_at IS NOT NULL AND attempts > 0);

-- CreateIndex
CREATE INDEX "delivery_about_active" ON "delivery"("about") WHERE (wake_at IS NOT NULL);

-- CreateIndex
CREATE INDEX "delivery_card" ON "delivery"("card", "sequence") WHERE (card IS NOT NULL);

-- CreateIndex
CREATE INDEX "delivery_undelivered" ON "delivery"("due_at") WHERE (state = 'blocked' OR state = 'unreachable');

-- CreateIndex
CREATE INDEX "audit_entry_engagement_id_sequence_idx" ON "audit_entry"("engagement_id", "sequence");

-- CreateIndex
CREATE INDEX "cadence_due" ON "cadence"("next_at") WHERE (next_at IS NOT NULL);

-- CreateIndex
CREATE UNIQUE INDEX "console_post_sequence_key" ON "console_post"("sequence");

-- CreateIndex
CREATE UNIQUE INDEX "console_post_delivery_key_key" ON "console_post"("delivery_key");

-- CreateIndex
CREATE INDEX "console_post_conversation_sequence_idx" ON "console_post"("conversation", "sequence");

-- AddForeignKey
ALTER TABLE "platform_user" ADD CONSTRAINT "platform_user_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "meeting" ADD CONSTRAINT "meeting_engagement_id_fkey" FOREIGN KEY ("engagement_id") REFERENCES "engagement"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
