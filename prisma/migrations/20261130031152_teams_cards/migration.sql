-- CreateIndex
CREATE INDEX "delivery_card_message" ON "delivery"("platform_message_id") WHERE (card IS NOT NULL AND platform_message_id IS NOT NULL);
