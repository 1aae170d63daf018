/** Deliveries on a real store with a platform that notes what it is asked. */
import { say } from '../../src/messages/message.ts';
import { type Channel, type NewDelivery, type Store, UNMEASURED } from '../../src/ports.ts';
import { deliverPending } from '../../src/usecases/deliver-pending.ts';
import { createTraffic } from '../../src/usecases/traffic.ts';
import { aDelivery, aPerson } from '../store/samples.ts';
import { PROGRAMME } from './bot.ts';
import { keepingLog, recordingAdapter, TUESDAY } from './fakes.ts';
import { openTestStore } from './open-store.ts';

export const plus = (ms: number): Date => new Date(TUESDAY.getTime() + ms);
export const MINUTE = 60_000;

/** A store with three people and these deliveries, and the run that sends what is due. */
export async function deliveriesOn(...deliveries: readonly NewDelivery[]) {
  const store = await openTestStore();
  await store.transaction(async (tx) => {
    await tx.people.save(['bo', 'bo2', 'ispg'].map((id) => aPerson({ id })));
    for (const id of ['bo', 'bo2', 'ispg']) await tx.people.linkPlatformUser('console', id, id);
    for (const delivery of deliveries) await tx.deliveries.enqueue(delivery);
  });
  const adapter = recordingAdapter();
  const log = keepingLog();
  const deps = {
    store,
    adapters: [adapter],
    log,
    measures: UNMEASURED,
    courtesy: PROGRAMME,
    traffic: createTraffic(),
    random: () => 0.5,
    stopwatch: () => 0,
    channelAddresses: (channel: Channel) => [
      { platform: 'console', id: `#${channel}`, timeZone: 'America/New_York' } as const,
    ],
  };
  return { store, adapter, log, deps, run: (now: Date) => deliverPending(deps, now) };
}

/** A message to `bo`, due at the beginning. */
export const toBo = (key: string, facts: Partial<NewDelivery> = {}): NewDelivery =>
  aDelivery(key, {
    to: { kind: 'person', personId: 'bo' },
    urgency: 'asked',
    dueAt: TUESDAY,
    message: say(`words of ${key}`),
    ...facts,
  });
export const enqueue = (store: Store, delivery: NewDelivery) =>
  store.transaction((tx) => tx.deliveries.enqueue(delivery));
