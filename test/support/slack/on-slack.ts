/** The whole program on a made-up Slack, with the people of the demo roster in it. */
import type { JourneyDriver } from '../../../scripts/simulate/journey.ts';
import { type RunningApp, startProgramme } from '../running-app.ts';
import { slackDriver } from '../slack-driver.ts';
import { type FakeSlack, startFakeSlack } from './fake-slack.ts';
import type { Wire } from './person.ts';
import { settle } from './residents.ts';

export const SIGNING_SECRET = 'a-signing-secret-of-a-test';

export interface OnSlack {
  readonly slack: FakeSlack;
  readonly app: RunningApp;
  readonly wire: Wire;
  readonly driver: JourneyDriver;
  stop(): Promise<void>;
}

/** Settings of a bot in the made-up Slack. */
export const slackSettings = (slack: FakeSlack): Readonly<Record<string, string>> => ({
  SLACK_BOT_TOKEN: 'xoxb-fake-bot-token',
  SLACK_SIGNING_SECRET: SIGNING_SECRET,
  SLACK_API_URL: slack.apiUrl,
  SLACK_ISPG_CHANNEL: 'C0ISPG',
  SLACK_PROGRAM_CHANNEL: 'C0PROGRAM',
  CONSOLE: 'on',
});

/** `startAt`: where the console's clock begins; left out, real time. `settings` are environment variables beside Slack's. */
export async function startOnSlack(
  startAt?: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<OnSlack> {
  const slack = await startFakeSlack();
  settle(slack);
  const app = await startProgramme({
    ...slackSettings(slack),
    ...(startAt ? { CONSOLE_START_AT: startAt } : {}),
    ...settings,
  });
  const wire: Wire = {
    slack,
    botUrl: () => app.url,
    signingSecret: SIGNING_SECRET,
    now: () => performance.timeOrigin + performance.now(),
  };
  return {
    slack,
    app,
    wire,
    driver: slackDriver(app, wire),
    async stop() {
      await app.stop();
      await slack.stop();
    },
  };
}
