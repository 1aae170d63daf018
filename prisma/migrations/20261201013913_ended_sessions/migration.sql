-- CreateTable
CREATE TABLE "ended_session" (
    "hash" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ended_session_pkey" PRIMARY KEY ("hash")
);

-- CreateIndex
CREATE INDEX "ended_session_until_idx" ON "ended_session"("until");
