/** Sends all that is due to a made-up Teams by the bot's own adapter, from one due instant to the next. */
import type { Address, Store } from '../../src/ports.ts';
import type { FakeCloud } from '../support/teams/fake-cloud.ts';
import type { SteppedClock } from './open-stores.ts';
import type { Random } from './random.ts';
import { sendAll } from './send-all.ts';
import { teamsSender } from './teams-crowd.ts';

const CHANNEL: Address = { platform: 'teams', id: '#ispg', timeZone: 'America/New_York' };

/** Fails for a mistake of ours: one that the adapter logs, or something that Teams does not take. */
export const sendAllToTeams = (
  store: Store,
  cloud: FakeCloud,
  clock: SteppedClock,
  chance: Random,
  patienceMs: number,
): Promise<void> =>
  sendAll({ store, platform: cloud, clock, chance, channels: [CHANNEL] }, (log) =>
    teamsSender({ standIn: cloud.url, installations: store.installations, clock, log, patienceMs }),
  );
