import type { JourneyDriver } from '../../scripts/simulate/journey.ts';
import { consoleDriver } from '../support/console-driver.ts';
import { playSixtyDays, SIXTY_DAYS_FROM } from '../support/sixty-days.ts';
import { newDataDir } from './databases.ts';
import { startProgramme } from './programme.ts';
import type { Row } from './row.ts';

const limitS = 60;

interface Spent {
  steps: number;
  ms: number;
}

export const p12: Row = {
  id: 'P12',
  title: 'An onboarding of 60 days with twenty-two lines and all parties, told in the console by its clock',
  goal: `< ${limitS} s on the embedded database`,
  async run({ log }) {
    const app = await startProgramme({
      env: { DATA_DIR: await newDataDir(), LOG_LEVEL: 'error', CONSOLE_START_AT: SIXTY_DAYS_FROM },
    });
    const clock: Spent = { steps: 0, ms: 0 };
    const words: Spent = { steps: 0, ms: 0 };
    const startedAt = performance.now();
    await playSixtyDays(timed(consoleDriver({ url: app.url, restart: noRestart }), clock, words));
    const seconds = (performance.now() - startedAt) / 1000;
    await app.stop();
    log(`the clock moved on ${clock.steps} times: ${(clock.ms / 1000).toFixed(1)} s`);
    log(`words, presses and dialogs, ${words.steps}: ${(words.ms / 1000).toFixed(1)} s`);
    return {
      figure: `70 days of one onboarding in ${seconds.toFixed(1)} s`,
      ok: seconds < limitS,
    };
  },
};

const noRestart = async (): Promise<void> => {
  throw new Error('this journey restarts nothing');
};

/** The driver, with what the moves of the clock take counted apart from what people do. */
function timed(driver: JourneyDriver, clock: Spent, words: Spent): JourneyDriver {
  const counting = async <T>(spent: Spent, step: () => Promise<T>): Promise<T> => {
    const startedAt = performance.now();
    try {
      return await step();
    } finally {
      spent.steps += 1;
      spent.ms += performance.now() - startedAt;
    }
  };
  return {
    ...driver,
    say: (...said) => counting(words, () => driver.say(...said)),
    press: (...pressed) => counting(words, () => driver.press(...pressed)),
    submit: (...sent) => counting(words, () => driver.submit(...sent)),
    advance: (by) => counting(clock, () => driver.advance(by)),
  };
}
