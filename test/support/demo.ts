/** The demo programme on a store of its own, with everybody reachable in the console. */
import { readFileSync } from 'node:fs';
import { DEMO_PROGRAMME } from '../../prisma/demo-programme.ts';
import type { Engagement } from '../../src/domain/engagement.ts';
import type { Person } from '../../src/domain/person.ts';
import { filingYears, type Told, tellDemo } from '../../src/usecases/demo/tell.ts';
import { type LoadedDemo, loadDemo } from '../../src/usecases/load-demo.ts';
import { loadPeople } from '../../src/usecases/load-people.ts';
import { type RosterPerson, readRoster } from '../../src/usecases/read-roster.ts';
import { type Bot, PROGRAMME, startBot } from './bot.ts';
import { openTestStore } from './open-store.ts';

const peopleOf = (name: string): readonly RosterPerson[] =>
  readRoster(readFileSync(new URL(`../../prisma/${name}.csv`, import.meta.url), 'utf8')).people;

export const demoPeople = (): readonly RosterPerson[] => [
  ...peopleOf('demo-roster'),
  ...peopleOf('demo-more-people'),
];

/** Told in memory alone, as of `now`. */
export function toldAt(now: Date, programme = PROGRAMME): Told {
  const people: readonly Person[] = demoPeople().map((person) => ({ ...person, calendarToken: person.id }));
  let tokens = 0;
  const numbers = filingYears(DEMO_PROGRAMME, { now, programme }).map(
    (year, place) => `ISSO-${year}-${String(place + 1).padStart(4, '0')}`,
  );
  const newToken = (): string => {
    tokens += 1;
    return `token-${tokens}`;
  };
  return tellDemo(DEMO_PROGRAMME, { now, programme, people, numbers, newToken });
}

export interface DemoBot {
  readonly bot: Bot;
  readonly loaded: LoadedDemo | null;
  /** Loads once more. */
  again(): Promise<LoadedDemo | null>;
  all(): Promise<readonly Engagement[]>;
}

/** A bot whose database holds the demo programme as of `now`. */
export async function startDemo(now: Date): Promise<DemoBot> {
  const store = await openTestStore();
  const bot = await startBot(store, { now });
  await loadPeople(store, demoPeople(), 'console', () => crypto.randomUUID());
  const load = () =>
    loadDemo(
      { store, programme: bot.programme, newToken: () => crypto.randomUUID() },
      DEMO_PROGRAMME,
      bot.clock.now(),
    );
  return {
    bot,
    loaded: await load(),
    again: load,
    all: () => store.transaction((tx) => tx.engagements.find({ limit: 100 })),
  };
}
