/** A process that sends what is due to Teams by the bot's own adapter, over and over, until it is killed. */
import { type LoopTask, sendUntilDone } from './sending-loop.ts';
import { teamsSender } from './teams-crowd.ts';

export interface TeamsSendingTask extends LoopTask {
  /** Address of the made-up Teams. */
  readonly standIn: string;
}

await sendUntilDone<TeamsSendingTask>(({ standIn }, parts) => [teamsSender({ standIn, ...parts })]);
