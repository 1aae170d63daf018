import { readBody } from '../../adapters/slack/bodies.ts';
import { type BadPayload, sendBad } from './bad-payloads.ts';
import { addressIn, newDataDir } from './databases.ts';
import { newSlack, slackEnv, wireTo } from './on-slack.ts';
import { startProgramme } from './programme.ts';
import { type Random, random } from './random.ts';
import type { Row } from './row.ts';
import { asSent, payloads, signed } from './slack-payloads.ts';
import { spoiled } from './spoiling.ts';

/** Bytes; more than Slack ever sends. */
const tooLarge = 1_200_000;
/** Bytes that no text in UTF-8 has. */
const NO_TEXT = Buffer.from([0xff, 0xfe]);

export const s1Slack: Row = {
  id: 'S1-SLACK',
  title: 'Spoiled payloads of Slack, half of them rightly signed',
  goal: 'up, only 2xx/4xx, no state change, ≤ 100 ms each',
  async run({ quick, seed, log }) {
    const dataDir = await newDataDir();
    const slack = await newSlack();
    const app = await startProgramme({ env: { DATA_DIR: dataDir, ...slackEnv(slack) } });
    const chance = random(seed);
    const { signingSecret, now } = wireTo(slack, app.url);
    const bad = Array.from({ length: quick ? 1_000 : 10_000 }, () => badOne(chance, signingSecret, now()));
    const outcome = await sendBad({
      app,
      path: '/slack/events',
      database: await addressIn(dataDir),
      bad,
      log,
    });
    await app.stop();
    return outcome;
  },
};

const NOTHING = { mayChange: [] };

function badOne(chance: Random, secret: string, nowMs: number): BadPayload {
  const payload = spoiled(chance.pick(payloads), chance);
  const { text, type } = asSent(payload);
  const isSigned = chance.below(2) === 0;
  const key = isSigned ? secret : 'another-secret';
  const sent = signed(text, type, key, nowMs);
  switch (chance.below(40)) {
    case 0:
      return { ...sent, headers: { ...sent.headers, 'content-type': 'text/xml' }, ...NOTHING };
    case 1:
      return { ...sent, body: sent.body.subarray(0, sent.body.length >> 1), ...NOTHING };
    case 2: {
      // Rightly signed, and no text in any case.
      const place = chance.below(sent.body.length);
      const broken = Buffer.concat([sent.body.subarray(0, place), NO_TEXT, sent.body.subarray(place)]);
      return { ...signed(broken, type, key, nowMs), ...NOTHING };
    }
    case 3:
      return { ...signed(text.padEnd(tooLarge), type, key, nowMs), ...NOTHING };
    default:
  }
  // What a form carries is text: read it back as the bot does.
  const read = type === 'application/json' ? payload : asRead(text);
  return { ...sent, mayChange: isSigned && readBody(read) !== null ? null : [] };
}

function asRead(text: string): unknown {
  const form = new URLSearchParams(text);
  const inside = form.get('payload');
  return inside === null ? Object.fromEntries(form) : (JSON.parse(inside) as unknown);
}
