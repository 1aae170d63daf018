/** The demo programme: people to play with, each greeted once, and a first line in each channel. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { channelWelcome, welcome } from '../src/messages/copy/welcome.ts';
import type { Store } from '../src/ports.ts';
import { loadPeople } from '../src/usecases/load-people.ts';
import { readRoster } from '../src/usecases/read-roster.ts';
import { tellChannel, tellPerson } from '../src/usecases/tell.ts';

/** Puts the demo programme into the store. Safe to repeat: whoever is there is kept, nobody is greeted twice. */
export async function seedDemo(store: Store, now: Date, newToken: () => string): Promise<void> {
  const { people, problems } = readRoster(
    await readFile(new URL('./demo-roster.csv', import.meta.url), 'utf8'),
  );
  if (problems.length > 0) throw new Error('the demo roster has bad lines');
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
