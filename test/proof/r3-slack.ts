import { deliverPending } from '../../src/usecases/deliver-pending.ts';
import { TAKEN } from '../support/slack/fake-slack.ts';
import { type Crowd, inWords, isSound, MORNING, sendingOn, type Verdict } from './crowd.ts';
import { type OpenStore, openStores, steppedClock } from './open-stores.ts';
import { untilAllIsSent } from './r2-lying-answers.ts';
import { type Random, random } from './random.ts';
import type { Row } from './row.ts';
import { judgeSlack, slackSender, slackWith, writeSlackCrowd } from './slack-crowd.ts';
import { crisscross, heaps, stormOf30 } from './storm.ts';

const patienceMs = 1_000;

export const r3Slack: Row = {
  id: 'R3-SLACK',
  title: '30 % of 429, 412, 502 and 504 from Slack for half an hour, with odd or missing Retry-After',
  goal: 'all arrive once, in order per conversation, none earlier than a named Retry-After',
  async run({ quick, seed, log }) {
    const crowd: Crowd = quick ? { people: 40, messages: 300 } : { people: 300, messages: 6_000 };
    const verdicts: Verdict[] = [];
    let early = 0;
    let refused = 0;
    for (const opened of await openStores(log)) {
      const found = await tried(opened, crowd, random(seed));
      verdicts.push(found.verdict);
      early += found.early.length;
      refused += found.refused;
      log(
        `${opened.place}: ${found.refused} refusals, ${found.early.length} early: ${inWords(found.verdict)}`,
      );
      for (const words of found.early.slice(0, 5)) log(words);
      await opened.close();
    }
    const sum = (of: (verdict: Verdict) => number): number =>
      verdicts.reduce((total, verdict) => total + of(verdict), 0);
    return {
      figure: `${crowd.messages * verdicts.length} messages, ${refused} refusals: ${sum((one) => one.lost + one.unsent)} lost, ${sum((one) => one.doubled)} doubled, ${sum((one) => one.outOfOrder)} out of order, ${early} early`,
      ok: verdicts.length > 0 && refused > 0 && verdicts.every(isSound) && early === 0,
    };
  },
};

async function tried({ store, url }: OpenStore, crowd: Crowd, chance: Random) {
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
  const mistakes: unknown[] = [];
  const log = { info: () => {}, warn: () => {}, error: (fields: unknown) => void mistakes.push(fields) };
  const adapter = slackSender({ apiUrl: slack.apiUrl, clock, log, patienceMs });
  const deps = sendingOn(store, [adapter], log, () => chance.next());
  await untilAllIsSent(store, clock, [slack], (now) => deliverPending(deps, now));
  await adapter.stop();
  if (mistakes.length > 0) throw new Error('mistakes of ours', { cause: mistakes[0] });
  if (slack.faults.length > 0) throw new Error(`Slack does not take that: ${slack.faults[0]}`);
  return {
    early: storm.early,
    refused: storm.count(),
    verdict: await judgeSlack(url, crowd, slack, (person) => person >= crisscross),
  };
}
