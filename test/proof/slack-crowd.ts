/** A crowd whose people are all in a made-up Slack, and what stands there against what was to be said. */
import { createSlack, type Slack } from '../../adapters/slack/index.ts';
import { type Pace, UNLIMITED } from '../../src/domain/pace.ts';
import type { Clock, Log } from '../../src/ports.ts';
import { type FakeSlack, startFakeSlack } from '../support/slack/fake-slack.ts';
import { addUser, BOT_USER } from '../support/slack/world.ts';
import { type Crowd, type Expected, judge, type Verdict, writeCrowd } from './crowd.ts';
import { atTheEnd, query } from './databases.ts';

const TEAM = 'T0CMSDEMO';

/** Writes the crowd, and moves all of it to Slack. */
export async function writeSlackCrowd(url: string, crowd: Crowd, dueAt?: string): Promise<void> {
  await writeCrowd(url, crowd, dueAt);
  await query(url, `UPDATE platform_user SET platform = 'slack', user_id = $1 || '/U0' || upper(user_id)`, [
    TEAM,
  ]);
}

/** A made-up Slack with those people, whose messages are stamped by `now`; it ends with the row. */
export async function slackWith({ people }: Crowd, now: () => Date): Promise<FakeSlack> {
  const slack = await startFakeSlack({ team: TEAM, now: () => now().getTime() });
  for (let place = 0; place < people; place += 1)
    addUser(slack.world, { id: `U0P${place}`, name: `Person ${place}` });
  atTheEnd(() => slack.stop());
  return slack;
}

export interface SlackSenderOptions {
  readonly apiUrl: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly patienceMs: number;
  readonly pace?: Pace;
}

/** The bot's own adapter, as it is, but for its pace and its patience. */
export const slackSender = ({
  apiUrl,
  clock,
  log,
  patienceMs,
  pace = UNLIMITED,
}: SlackSenderOptions): Slack => ({
  ...createSlack({
    settings: {
      cloud: 'commercial',
      apiUrl,
      transport: { kind: 'http', signingSecret: 'a-signing-secret-of-a-proof' },
      access: { kind: 'token', botToken: 'xoxb-fake-bot-token' },
      trusted: null,
      channels: {
        ispg: { workspace: null, channel: 'C0ISPG' },
        issoaas: { workspace: null, channel: 'C0PROGRAM' },
      },
    },
    publicUrl: 'https://isso-bot.example.gov',
    clock,
    system: { now: () => new Date() },
    log,
    installations: {
      put: async () => undefined,
      get: async () => null,
      list: async () => [],
      remove: async () => undefined,
    },
    channelTimeZone: 'America/New_York',
    callMs: patienceMs,
    report: async (trouble) => log.error({ error: new Error(trouble.mend) }, 'trouble in Slack'),
  }),
  pace,
});

/** What stands in the conversations against what was to be said. Every message can be read back, so none may come twice. */
export async function judgeSlack(
  url: string,
  crowd: Crowd,
  { world }: FakeSlack,
  expected: Expected = {},
): Promise<Verdict> {
  const standing = [...world.conversations.values()].flatMap(({ id, messages }) =>
    messages
      .filter(({ user }) => user === BOT_USER)
      .map(({ blocks, ts }, place) => ({ id: ts, key: '', to: id, text: JSON.stringify(blocks), place })),
  );
  const verdict = await judge(url, crowd, standing, { ...expected, isReadable: () => true });
  // Nobody has to be told that something may have come twice.
  return { ...verdict, doubled: verdict.doubled + verdict.listed };
}
