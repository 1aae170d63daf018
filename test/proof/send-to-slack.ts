/** Sends all that is due to a made-up Slack by the bot's own adapter, from one due instant to the next. */
import type { Store } from '../../src/ports.ts';
import { deliverPending } from '../../src/usecases/deliver-pending.ts';
import type { FakeSlack } from '../support/slack/fake-slack.ts';
import { sendingOn } from './crowd.ts';
import type { SteppedClock } from './open-stores.ts';
import { untilAllIsSent } from './r2-lying-answers.ts';
import type { Random } from './random.ts';
import { slackSender } from './slack-crowd.ts';

/** Fails for a mistake of ours: one that the adapter logs, or something that Slack does not take. */
export async function sendAllToSlack(
  store: Store,
  slack: FakeSlack,
  clock: SteppedClock,
  chance: Random,
  patienceMs: number,
): Promise<void> {
  const mistakes: unknown[] = [];
  const log = { info: () => {}, warn: () => {}, error: (fields: unknown) => void mistakes.push(fields) };
  const adapter = slackSender({ apiUrl: slack.apiUrl, clock, log, patienceMs });
  const deps = sendingOn(store, [adapter], log, () => chance.next());
  await untilAllIsSent(store, clock, [slack], (now) => deliverPending(deps, now));
  await adapter.stop();
  if (mistakes.length > 0) throw new Error('mistakes of ours', { cause: mistakes[0] });
  if (slack.faults.length > 0) throw new Error(`Slack does not take that: ${slack.faults[0]}`);
}
