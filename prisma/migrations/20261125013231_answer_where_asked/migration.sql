-- AlterTable
ALTER TABLE "delivery" ADD COLUMN     "via" TEXT;

-- CreateIndex
CREATE INDEX "delivery_bundle" ON "delivery"("bundle") WHERE (bundle IS NOT NULL);
