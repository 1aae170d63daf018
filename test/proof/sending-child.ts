/** A process that sends what is due by thin adapters, over and over, until it is killed. */
import { type LoopTask, sendUntilDone } from './sending-loop.ts';
import { thinAdapter } from './thin-adapter.ts';

export interface SendingTask extends LoopTask {
  readonly slackUrl: string;
  readonly teamsUrl: string;
}

await sendUntilDone<SendingTask>(({ slackUrl, teamsUrl }, { clock, patienceMs, pace }) => [
  thinAdapter({ platform: 'slack', url: slackUrl, clock, patienceMs, pace }),
  thinAdapter({ platform: 'teams', url: teamsUrl, clock, patienceMs, pace }),
]);
