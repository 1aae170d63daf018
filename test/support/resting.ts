/** A program at rest on a platform that takes only so many messages a second: for what waits for its second, the clock is moved on. */
import pg from 'pg';
import type { JourneyDriver } from '../../scripts/simulate/journey.ts';
import { consoleDriver } from './console-driver.ts';
import type { RunningApp } from './running-app.ts';

export interface Resting {
  /** Settles when nothing is in hand and no message waits for its second. */
  rest(): Promise<void>;
  /** The clock's and the process' part of a driver; both end at rest. */
  readonly advance: JourneyDriver['advance'];
  readonly restart: JourneyDriver['restart'];
}

export function resting(app: RunningApp): Resting {
  const settled = consoleDriver(app);
  const look: Look = { client: null, url: null };
  const rest = async (): Promise<void> => {
    await app.idle();
    for (let times = 0; times < 60 && (await isPaced(app, look)); times += 1) {
      await settled.advance({ advance: 'PT2S' });
      await app.idle();
    }
  };
  return {
    rest,
    async advance(by) {
      await settled.advance(by);
      await rest();
    },
    async restart() {
      await look.client?.end();
      look.client = null;
      look.url = null;
      await app.restart();
      await app.idle();
    },
  };
}

/** Whether a message waits because its conversation was written into just now. */
async function isPaced(app: RunningApp, look: Look): Promise<boolean> {
  const url = await app.databaseUrl();
  if (look.url !== url) {
    await look.client?.end();
    look.client = new pg.Client({ connectionString: url });
    look.url = url;
    look.client.on('error', () => {
      look.url = null;
    });
    await look.client.connect();
  }
  const waiting = await look.client?.query(
    "SELECT 1 FROM delivery WHERE wake_at IS NOT NULL AND reason = 'the platform takes no more for now' LIMIT 1",
  );
  return waiting?.rowCount === 1;
}

/** A connection that looks into the bot's database. */
interface Look {
  client: pg.Client | null;
  url: string | null;
}
