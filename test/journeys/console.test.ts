import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'vitest';
import { playJourney, startOf, withParts } from '../../scripts/simulate/journey.ts';
import { consoleDriver } from '../support/console-driver.ts';
import { testServerUrl } from '../support/open-store.ts';
import { startProgramme } from '../support/running-app.ts';

const folder = new URL('./', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
/** Those with many steps or in which many weeks pass, which takes long on the embedded database: `npm run test:postgres` plays them on a server. */
const LONG = [
  'a-holiday-moves-the-monthly-meeting',
  'an-item-waived',
  'blocked-at-fingerprinting',
  'candidate-declined-twice',
  'day-zero-moved',
  'ended-early',
  'found-in-lists',
  'initial-meeting',
  'leave-in-the-middle',
  'lost-laptop',
  'onboarded-on-day-52',
  'pause-and-go-on',
  'reassigned-to-a-named-replacement',
  'satisfaction-asked-for',
  'training-missed',
  'training-review',
  'two-engagements-one-message',
  'two-people-for-a-high-value-asset',
  'unanswered-offers',
  'weekly-meeting-lived',
  'whole-life',
  'withdrawn-with-a-candidate',
];
const isOnServer = testServerUrl() !== undefined;
const scripts = readdirSync(folder)
  .filter((name) => name.endsWith('.journey'))
  .filter((name) => LONG.includes(name.replace('.journey', '')) === isOnServer);

describe('journeys through the console', () => {
  for (const name of scripts) {
    it(name.replace('.journey', '').replaceAll('-', ' '), async () => {
      const script = withParts(read(name), (part) => read(`parts/${part}.journey`));
      const app = await startProgramme({ CONSOLE_START_AT: startOf(script) });
      try {
        await playJourney(script, consoleDriver(app));
      } finally {
        await app.stop();
      }
    });
  }
});
