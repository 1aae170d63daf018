/**
 * What the bot is measured against in Slack: a bare Bolt app that verifies, does as many statements in one transaction and
 * acknowledges; nothing else. Arguments: an address or data directory, how many statements, the signing secret, the address of
 * Slack's Web API.
 */
import type { Server } from 'node:http';
import { App, HTTPReceiver } from '@slack/bolt';
import { bareWork } from './bare-work.ts';

const [place = '', count = '0', signingSecret = '', slackApiUrl = ''] = process.argv.slice(2);
const statements = await bareWork(place, Number(count));

const app = new App({
  receiver: new HTTPReceiver({ signingSecret, processBeforeResponse: true }),
  authorize: async () => ({ botToken: 'xoxb-fake-bot-token', botId: 'B0', botUserId: 'U0' }),
  clientOptions: { slackApiUrl },
});
app.action(/.*/u, async ({ ack }) => {
  await statements();
  await ack();
});
// With `processBeforeResponse` an event is acknowledged once its listeners are done.
app.message(statements);
const server = (await app.start(0)) as Server;
const address = server.address();
process.send?.({ url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}` });
