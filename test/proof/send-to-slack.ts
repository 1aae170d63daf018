/** Sends all that is due to a made-up Slack by the bot's own adapter, from one due instant to the next. */
import type { Store } from '../../src/ports.ts';
import type { FakeSlack } from '../support/slack/fake-slack.ts';
import type { SteppedClock } from './open-stores.ts';
import type { Random } from './random.ts';
import { sendAll } from './send-all.ts';
import { slackSender } from './slack-crowd.ts';

/** Fails for a mistake of ours: one that the adapter logs, or something that Slack does not take. */
export const sendAllToSlack = (
  store: Store,
  slack: FakeSlack,
  clock: SteppedClock,
  chance: Random,
  patienceMs: number,
): Promise<void> =>
  sendAll({ store, platform: slack, clock, chance }, (log) =>
    slackSender({ apiUrl: slack.apiUrl, clock, log, patienceMs }),
  );
