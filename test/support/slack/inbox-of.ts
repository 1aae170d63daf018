/** How many events the bot has kept: what it took, whatever became of it. */
import pg from 'pg';
import type { OnSlack } from './on-slack.ts';

export interface Inbox {
  /** How many events more there are after `work`. */
  keptBy(work: () => Promise<void>): Promise<number>;
  close(): Promise<void>;
}

export async function inboxOf({ app }: Pick<OnSlack, 'app'>): Promise<Inbox> {
  const database = new pg.Client({ connectionString: await app.databaseUrl() });
  await database.connect();
  const kept = async (): Promise<number> =>
    Number((await database.query('SELECT count(*) AS n FROM inbox_event')).rows[0].n);
  return {
    async keptBy(work) {
      const before = await kept();
      await work();
      await app.idle();
      return (await kept()) - before;
    },
    close: () => database.end(),
  };
}
