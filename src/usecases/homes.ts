/** People's own pages on the platforms that have them: shown anew after whatever may have changed them. */
import { createHash } from 'node:crypto';
import type { PersonId } from '../domain/ids.ts';
import { remember } from '../domain/remember.ts';
import type { Message } from '../messages/message.ts';
import type { Address, ChatAdapter, Clock, Log, Store } from '../ports.ts';
import { composeHome } from './show-home.ts';
import type { Programme } from './work.ts';

/** Pages drawn at one time, so that a burst of changes leaves the database to whoever speaks. */
const AT_ONCE = 2;
/** How many pages are remembered, to leave those alone that would look the same. */
const REMEMBERED = 10_000;

export interface Homes {
  /** What this person's page shows may have changed. Cheap for whoever has no such page. */
  changed(personId: PersonId): void;
  /** They look at it now: shown whatever was shown before. */
  opened(personId: PersonId): void;
  /** Settles when all pages are shown. */
  idle(): Promise<void>;
}

export interface HomesDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly programme: Programme;
  readonly adapters: readonly ChatAdapter[];
}

/**
 * A page is a view of what is stored, so nothing is kept of it: one that could not be shown is shown with the next change,
 * or when its person opens it. Changes that come while a page is being drawn are drawn once after it.
 */
export function createHomes(deps: HomesDeps): Homes {
  const waiting = new Set<PersonId>();
  const afresh = new Set<PersonId>();
  const shown = new Map<string, string>();
  const drawing = new Map<PersonId, Promise<void>>();
  const hasHomes = (): boolean => deps.adapters.some(({ hasHome }) => hasHome);
  const go = (): void => {
    for (const personId of waiting) {
      if (drawing.size >= AT_ONCE) return;
      if (drawing.has(personId)) continue;
      waiting.delete(personId);
      const drawn = draw(deps, shown, personId, afresh.delete(personId))
        .catch((error: unknown) => deps.log.warn({ error }, 'a home page could not be shown'))
        .finally(() => {
          drawing.delete(personId);
          go();
        });
      drawing.set(personId, drawn);
    }
  };
  const changed = (personId: PersonId): void => {
    if (!hasHomes()) return;
    waiting.add(personId);
    go();
  };
  return {
    changed,
    opened(personId) {
      afresh.add(personId);
      changed(personId);
    },
    idle: async () => {
      while (drawing.size > 0) await Promise.all(drawing.values());
    },
  };
}

async function draw(
  { store, clock, programme, adapters }: HomesDeps,
  shown: Map<string, string>,
  personId: PersonId,
  isAfresh: boolean,
): Promise<void> {
  const page = await store.transaction(async (tx) => {
    const places = await tx.people.homes(personId);
    const person = places.length === 0 ? null : await tx.people.get(personId);
    if (!person) return null;
    return { places, home: await composeHome({ tx, now: clock.now(), person, programme }) };
  });
  if (!page) return;
  for (const to of page.places) {
    const adapter = adapters.find(({ platform, hasHome }) => hasHome && platform === to.platform);
    if (adapter) await show(adapter, to, page.home, shown, isAfresh);
  }
}

async function show(
  adapter: ChatAdapter,
  to: Address,
  home: Message,
  shown: Map<string, string>,
  isAfresh: boolean,
): Promise<void> {
  const place = `${to.platform} ${to.id}`;
  const looks = createHash('sha256')
    .update(JSON.stringify([home, to.timeZone]))
    .digest('base64');
  if (!isAfresh && shown.get(place) === looks) return;
  shown.delete(place);
  await adapter.showHome(to, home);
  remember(shown, place, looks, REMEMBERED);
}
