/** The demo programme: people to play with, each greeted once, a first line in each channel, and engagements that are under way. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { channelWelcome, welcome } from '../src/messages/copy/welcome.ts';
import type { Log, Store } from '../src/ports.ts';
import { loadDemo } from '../src/usecases/load-demo.ts';
import { loadPeople } from '../src/usecases/load-people.ts';
import { type RosterPerson, readRoster } from '../src/usecases/read-roster.ts';
import { tellChannel, tellPerson } from '../src/usecases/tell.ts';
import type { Programme } from '../src/usecases/work.ts';
import { DEMO_PROGRAMME } from './demo-programme.ts';

/**
 * Puts the people of the demo programme into the store, with `withMore` those of its engagements as well; they stay once they are
 * there. Safe to repeat: whoever is there is kept, nobody is greeted twice.
 */
export async function seedDemo(
  store: Store,
  now: Date,
  newToken: () => string,
  withMore: boolean,
): Promise<void> {
  const more = await readPeople('./demo-more-people.csv');
  const ids = more.map(({ id }) => id);
  const known = await store.transaction((tx) => tx.people.some(ids));
  const people = [...(await readPeople('./demo-roster.csv')), ...(withMore || known.length > 0 ? more : [])];
  const mark = { at: now, by: 'demo', newId: randomUUID } as const;
  const changed = await loadPeople(store, people, 'console', newToken, mark);
  // The last greeting of the transaction below stands for all of them.
  if (!changed && (await store.deliveries.find('welcome:#issoaas'))) return;
  await store.transaction(async (tx) => {
    for (const { id } of people) {
      const person = await tx.people.get(id);
      if (!person) continue;
      // Whoever starts the console, at whatever hour, has asked for it.
      const greeting = {
        key: 'welcome',
        kind: 'notice',
        urgency: 'asked',
        message: welcome(person),
      } as const;
      await tellPerson({ tx, now }, id, greeting);
    }
    for (const channel of ['ispg', 'issoaas'] as const) {
      await tellChannel({ tx, now }, channel, {
        key: 'welcome',
        kind: 'notice',
        message: channelWelcome(channel),
      });
    }
  });
}

async function readPeople(file: string): Promise<readonly RosterPerson[]> {
  const { people, problems } = readRoster(await readFile(new URL(file, import.meta.url), 'utf8'));
  if (problems.length > 0) throw new Error(`${file} has bad lines`);
  return people;
}

/** Fills a programme without any engagement, and says how much that was. Without it the bot runs all the same. */
export async function fillDemo(
  deps: { readonly store: Store; readonly programme: Programme; readonly log: Log; newToken(): string },
  now: Date,
): Promise<void> {
  try {
    const loaded = await loadDemo(deps, DEMO_PROGRAMME, now);
    if (loaded) deps.log.info({ ...loaded }, 'the demo programme is loaded');
  } catch (error) {
    deps.log.error({ error }, 'the demo programme could not be loaded');
  }
}
