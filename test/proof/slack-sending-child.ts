/** A process that sends what is due to Slack by the bot's own adapter, over and over, until it is killed. */
import { type LoopTask, sendUntilDone } from './sending-loop.ts';
import { slackSender } from './slack-crowd.ts';

export interface SlackSendingTask extends LoopTask {
  readonly apiUrl: string;
}

await sendUntilDone<SlackSendingTask>(({ apiUrl }, { clock, log, patienceMs, pace }) => [
  slackSender({ apiUrl, clock, log, patienceMs, pace }),
]);
