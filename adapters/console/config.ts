import { z } from 'zod';

/** The console's part of the settings: each with what it is for. */
export const consoleSettings = {
  CONSOLE: z
    .enum(['auto', 'on', 'off'], { error: 'must be auto, on or off' })
    .default('auto')
    .describe('The browser console: `auto` is on unless a chat platform is configured'),
  CONSOLE_START_AT: z.iso
    .datetime({
      offset: true,
      error: 'must be an instant with its offset, such as 2026-12-01T09:00:00-05:00',
    })
    .optional()
    .describe("Starts the console's clock at this instant (never earlier than where it stood)"),
};
