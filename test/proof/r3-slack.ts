import { TAKEN } from '../support/slack/fake-slack.ts';
import { type Crowd, MORNING, together } from './crowd.ts';
import { type OpenStore, openStores, steppedClock } from './open-stores.ts';
import { type Random, random } from './random.ts';
import type { Row } from './row.ts';
import { sendAllToSlack } from './send-to-slack.ts';
import { judgeSlack, slackWith, writeSlackCrowd } from './slack-crowd.ts';
import { crisscross, heaps, stormOf30 } from './storm.ts';
import { type Weathered, weathered } from './weathered.ts';

const patienceMs = 1_000;

export const r3Slack: Row = {
  id: 'R3-SLACK',
  title: '30 % of 429, 412, 502 and 504 from Slack for half an hour, with odd or missing Retry-After',
  goal: 'all arrive once, in order per conversation, none earlier than a named Retry-After',
  async run({ quick, seed, log }) {
    const crowd: Crowd = quick ? { people: 40, messages: 300 } : { people: 300, messages: 6_000 };
    return weathered(await openStores(log), crowd, log, together, (opened) =>
      tried(opened, crowd, random(seed)),
    );
  },
};

async function tried({ store, url }: OpenStore, crowd: Crowd, chance: Random): Promise<Weathered> {
  await writeSlackCrowd(url, crowd, heaps);
  const clock = steppedClock(MORNING);
  const slack = await slackWith(crowd, clock.now);
  const storm = stormOf30(clock, chance, false);
  slack.fate = ({ method, args }) => {
    if (method !== 'chat.postMessage') return TAKEN;
    const to = String(args.channel);
    storm.asked(to, JSON.stringify(args.metadata));
    return storm.refuses(to) ?? TAKEN;
  };
  await sendAllToSlack(store, slack, clock, chance, patienceMs);
  return {
    early: storm.early,
    refused: storm.count(),
    verdict: await judgeSlack(url, crowd, slack, { isOrdered: (person) => person >= crisscross }),
  };
}
