import { readBody } from '../../adapters/slack/bodies.ts';
import { addressIn, changedSince, fingerprints, newDataDir } from './databases.ts';
import { ms, quantile } from './figures.ts';
import { newSlack, slackEnv, wireTo } from './on-slack.ts';
import { startProgramme } from './programme.ts';
import { type Random, random } from './random.ts';
import type { Row } from './row.ts';
import { asSent, payloads, type Sent, signed, spoiled } from './slack-payloads.ts';

const slowMs = 100;
const atOnce = 8;
/** Bytes; more than Slack ever sends. */
const tooLarge = 1_200_000;
/** Bytes that no text in UTF-8 has. */
const NO_TEXT = Buffer.from([0xff, 0xfe]);

/** What is sent, and whether it may have an effect: it is signed, and Slack could have sent it. */
interface Bad extends Sent {
  readonly mayCount: boolean;
}

export const s1Slack: Row = {
  id: 'S1-SLACK',
  title: 'Spoiled payloads of Slack, half of them rightly signed',
  goal: 'up, only 2xx/4xx, no state change, ≤ 100 ms each',
  async run({ quick, seed, log }) {
    const dataDir = await newDataDir();
    const slack = await newSlack();
    const app = await startProgramme({ env: { DATA_DIR: dataDir, ...slackEnv(slack) } });
    const database = await addressIn(dataDir);
    const chance = random(seed);
    const { signingSecret, now } = wireTo(slack, app.url);
    const bad = Array.from({ length: quick ? 2_000 : 10_000 }, () => badOne(chance, signingSecret, now()));
    const times: number[] = [];
    const slow: Bad[] = [];
    const wrong: string[] = [];
    const send = async (some: readonly Bad[]): Promise<void> => {
      let next = 0;
      const sending = Array.from({ length: atOnce }, async () => {
        for (let one = some[next++]; one; one = some[next++]) {
          const startedAt = performance.now();
          const { method, headers } = { method: 'POST', headers: one.headers };
          const response = await fetch(`${app.url}/slack/events`, { method, headers, body: one.body });
          await response.text();
          times.push(performance.now() - startedAt);
          if ((times.at(-1) ?? 0) > slowMs && !one.mayCount) slow.push(one);
          if (response.status >= 500 || response.status < 200)
            wrong.push(`${response.status}: ${one.body.toString('latin1').slice(0, 200)}`);
        }
      });
      await Promise.all(sending);
    };
    const before = await fingerprints(database);
    await send(bad.filter(({ mayCount }) => !mayCount));
    const changed = await changedSince(database, before);
    await send(bad.filter(({ mayCount }) => mayCount));
    const stillSlow = await slowAlone(app.url, slow);
    const isUp = app.isRunning() && (await fetch(`${app.url}/readyz`)).status === 200;
    for (const one of wrong.slice(0, 10)) log(one);
    if (changed.length > 0) log(`changed by bad input: ${changed.join(', ')}`);
    const meant = bad.filter(({ mayCount }) => mayCount).length;
    log(
      `${meant} of them still are what Slack could have sent, and are heard; the slowest took ${ms(Math.max(...times))}`,
    );
    await app.stop();
    const p99 = quantile(times, 0.99);
    return {
      figure: `${bad.length} payloads: ${isUp ? 'up' : 'DOWN'}, ${wrong.length} other than 2xx/4xx, ${changed.length} tables changed, p99 ${ms(p99)}, ${stillSlow} slow`,
      ok: isUp && wrong.length === 0 && changed.length === 0 && stillSlow === 0,
    };
  },
};

/** How many are slow when they are sent alone: together they wait for each other and for this machine. */
async function slowAlone(url: string, some: readonly Bad[]): Promise<number> {
  let slow = 0;
  for (const { headers, body } of some.slice(0, 200)) {
    let quickest = Number.POSITIVE_INFINITY;
    for (let again = 0; again < 5 && quickest > slowMs; again += 1) {
      const startedAt = performance.now();
      await (await fetch(`${url}/slack/events`, { method: 'POST', headers, body })).text();
      quickest = Math.min(quickest, performance.now() - startedAt);
    }
    if (quickest > slowMs) slow += 1;
  }
  return slow;
}

function badOne(chance: Random, secret: string, nowMs: number): Bad {
  const payload = spoiled(chance.pick(payloads), chance);
  const { text, type } = asSent(payload);
  const isSigned = chance.below(2) === 0;
  const key = isSigned ? secret : 'another-secret';
  const sent = signed(text, type, key, nowMs);
  switch (chance.below(40)) {
    case 0:
      return { ...sent, headers: { ...sent.headers, 'content-type': 'text/xml' }, mayCount: false };
    case 1:
      return { ...sent, body: sent.body.subarray(0, sent.body.length >> 1), mayCount: false };
    case 2: {
      // Rightly signed, and no text in any case.
      const place = chance.below(sent.body.length);
      const broken = Buffer.concat([sent.body.subarray(0, place), NO_TEXT, sent.body.subarray(place)]);
      return { ...signed(broken, type, key, nowMs), mayCount: false };
    }
    case 3:
      return { ...signed(text.padEnd(tooLarge), type, key, nowMs), mayCount: false };
    default:
  }
  // What a form carries is text: read it back as the bot does.
  const read = type === 'application/json' ? payload : asRead(text);
  return { ...sent, mayCount: isSigned && readBody(read) !== null };
}

function asRead(text: string): unknown {
  const form = new URLSearchParams(text);
  const inside = form.get('payload');
  return inside === null ? Object.fromEntries(form) : (JSON.parse(inside) as unknown);
}
