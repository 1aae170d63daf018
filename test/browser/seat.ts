/** What somebody sees and does at the console, by mouse and by typing. */
import type { Locator, Page } from 'playwright-core';

/** The button under a question's choices. */
export const ANSWER = 'Answer';

/** The seat of whoever is chosen on the page. */
export function seatAt(page: Page) {
  const log = page.locator('#log');
  const newest = (words: string | RegExp): Locator =>
    log.getByRole('article').filter({ hasText: words }).last();
  return {
    page,
    log,
    newest,
    /** The newest message that says so stands here. */
    sees: (words: string | RegExp) => newest(words).waitFor(),
    async says(words: string) {
      const box = page.getByRole('textbox', { name: /^Message to/u });
      await box.fill(words);
      await box.press('Enter');
    },
    async presses(label: string) {
      // A button may say more behind its name, such as the time it stands for.
      await log
        .getByRole('button', { name: new RegExp(`^${label}(:|$)`, 'u') })
        .last()
        .click();
    },
    /** Picks in the card of a question and sends it. */
    async answers(question: string, ...labels: string[]) {
      const card = newest(question);
      for (const label of labels) await card.getByLabel(label, { exact: true }).check();
      await card.getByRole('button', { name: ANSWER, exact: true }).click();
    },
    async becomes(id: string, place = 'ISSO bot') {
      await page.getByLabel('You are').selectOption(id);
      await page.getByRole('button', { name: new RegExp(`^${place}`, 'u') }).click();
      await page.locator('#log:not([aria-busy])').waitFor();
    },
    async movesClockTo(local: string) {
      // A move under way puts its own time into the field when it ends.
      await page.locator('#clock .button:not([aria-disabled])').first().waitFor();
      await page.locator('#clock-to').fill(local);
      await page.getByRole('button', { name: 'Move the clock' }).click();
    },
  };
}
export type Seat = ReturnType<typeof seatAt>;
