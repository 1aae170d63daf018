-- AlterTable
ALTER TABLE "meeting" ADD COLUMN     "released_ends_at" TIMESTAMPTZ(3),
ADD COLUMN     "released_starts_at" TIMESTAMPTZ(3);
