import { type Asked, type Fate, TAKEN } from '../support/slack/fake-slack.ts';
import { type Crowd, inWords, isSound, MORNING, together, type Verdict } from './crowd.ts';
import { type Lies, lying } from './lies.ts';
import { type OpenStore, openStores, steppedClock } from './open-stores.ts';
import { type Random, random } from './random.ts';
import type { Row } from './row.ts';
import { sendAllToSlack } from './send-to-slack.ts';
import { judgeSlack, slackWith, writeSlackCrowd } from './slack-crowd.ts';

/** What becomes of a message that is posted, other than the truth. */
const posts: readonly Fate[] = [
  { lands: 0, answers: 'reset' },
  { lands: 80, answers: 'reset' },
  { lands: 0, answers: { status: 500 } },
  { lands: 80, answers: { status: 504 } },
  { lands: 0, answers: { error: 'internal_error' } },
  { lands: 0, answers: 'hang' },
  { lands: 0, answers: 'truncated' },
  { lands: null, answers: 'reset' },
  { lands: null, answers: { status: 502 } },
  { lands: null, answers: { status: 429, retryAfter: '2' } },
];
/** Whatever else is asked of Slack, such as what stands in a conversation, is left without an answer. */
const others: readonly Fate[] = [
  { lands: null, answers: 'reset' },
  { lands: null, answers: { status: 503 } },
  { lands: 0, answers: 'truncated' },
];
const LIES: Lies<Asked, Fate> = {
  taken: TAKEN,
  isMain: ({ method }) => method === 'chat.postMessage',
  main: () => posts,
  others,
};
const patienceMs = 150;

export const r2Slack: Row = {
  id: 'R2-SLACK',
  title: 'Answers of Slack that lie, to the Slack adapter: taken and reset, taken and 500, taken and silent',
  goal: 'one message a key',
  async run({ quick, seed, log }) {
    const crowd: Crowd = quick ? { people: 50, messages: 250 } : { people: 1_000, messages: 10_000 };
    const verdicts: Verdict[] = [];
    let told = 0;
    for (const opened of await openStores(log)) {
      const found = await tried(opened, crowd, random(seed));
      log(`${opened.place}: ${crowd.messages} messages, ${found.lies} lies: ${inWords(found.verdict)}`);
      verdicts.push(found.verdict);
      told += found.lies;
      await opened.close();
    }
    return {
      figure: `${crowd.messages * verdicts.length} sends, ${told} lies: ${together(verdicts)}`,
      ok: verdicts.length > 0 && told > 0 && verdicts.every(isSound),
    };
  },
};

async function tried({ store, url }: OpenStore, crowd: Crowd, chance: Random) {
  await writeSlackCrowd(url, crowd);
  const clock = steppedClock(MORNING);
  const slack = await slackWith(crowd, clock.now);
  const told = lying(slack, LIES, chance);
  await sendAllToSlack(store, slack, clock, chance, patienceMs);
  return { lies: told(), verdict: await judgeSlack(url, crowd, slack) };
}
