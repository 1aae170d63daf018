-- AlterTable
ALTER TABLE "contact_setting" ADD COLUMN     "rhythm" TEXT;

-- AlterTable
ALTER TABLE "delivery" ADD COLUMN     "redraws" TEXT;
