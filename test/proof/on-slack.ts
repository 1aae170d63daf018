/** The real program in a process of its own, in a made-up Slack of this process. */

import { type FakeSlack, startFakeSlack } from '../support/slack/fake-slack.ts';
import type { Wire } from '../support/slack/person.ts';
import { atTheEnd } from './databases.ts';

const SIGNING_SECRET = 'a-signing-secret-of-a-proof';

/** Settings of a bot in that Slack. */
export const slackEnv = (slack: FakeSlack): Readonly<Record<string, string>> => ({
  SLACK_BOT_TOKEN: 'xoxb-fake-bot-token',
  SLACK_SIGNING_SECRET: SIGNING_SECRET,
  SLACK_API_URL: slack.apiUrl,
  SLACK_ISPG_CHANNEL: 'C0ISPG',
  SLACK_PROGRAM_CHANNEL: 'C0PROGRAM',
  LOG_LEVEL: 'error',
});

/** A Slack that ends with the row. */
export async function newSlack(): Promise<FakeSlack> {
  const slack = await startFakeSlack();
  atTheEnd(() => slack.stop());
  return slack;
}

/** How people of that Slack reach the bot at `url`. */
export const wireTo = (slack: FakeSlack, url: string): Wire => ({
  slack,
  botUrl: () => url,
  signingSecret: SIGNING_SECRET,
  now: () => performance.timeOrigin + performance.now(),
});
