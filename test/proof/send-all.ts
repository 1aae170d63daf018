/** Sends all that is due to a made-up platform by the bot's own adapter, from one due instant to the next. */
import type { Address, DeliveryAdapter, Log, Store } from '../../src/ports.ts';
import { deliverPending } from '../../src/usecases/deliver-pending.ts';
import { sendingOn } from './crowd.ts';
import type { SteppedClock } from './open-stores.ts';
import { untilAllIsSent } from './r2-lying-answers.ts';
import type { Random } from './random.ts';

export interface Sending {
  readonly store: Store;
  readonly platform: { readonly faults: readonly string[]; landed(): Promise<void> };
  readonly clock: SteppedClock;
  readonly chance: Random;
  /** Where what is for a channel goes. */
  readonly channels?: readonly Address[];
}

/** Fails for a mistake of ours: one that the adapter logs, or something that the platform does not take. */
export async function sendAll(
  { store, platform, clock, chance, channels = [] }: Sending,
  adapterWith: (log: Log) => DeliveryAdapter,
): Promise<void> {
  const mistakes: unknown[] = [];
  const log = { info: () => {}, warn: () => {}, error: (fields: unknown) => void mistakes.push(fields) };
  const adapter = adapterWith(log);
  const deps = {
    ...sendingOn(store, [adapter], log, () => chance.next()),
    channelAddresses: () => channels,
  };
  await untilAllIsSent(store, clock, [platform], (now) => deliverPending(deps, now));
  await adapter.stop();
  if (mistakes.length > 0) throw new Error('mistakes of ours', { cause: mistakes[0] });
  if (platform.faults.length > 0) throw new Error(`the platform does not take that: ${platform.faults[0]}`);
}
