import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { say } from '../../src/messages/message.ts';
import type { DeliveryFailure } from '../../src/ports.ts';
import { standingClock, TUESDAY } from '../support/fakes.ts';
import {
  addressOf,
  type BareSlack,
  BOT_TOKEN,
  bareSlack,
  heardFrom,
  refuseAll,
  settingsFor,
} from '../support/slack/bare-slack.ts';
import { type FakeSlack, type Fate, startFakeSlack, TAKEN } from '../support/slack/fake-slack.ts';
import { eventBody, send } from '../support/slack/person.ts';
import { addUser, SCOPES } from '../support/slack/world.ts';

const SECRET_WORDS = 'The system is called Nightingale.';
let slack: FakeSlack;
const clock = standingClock(TUESDAY);
const made: BareSlack[] = [];
const newBot = (facts: Partial<Parameters<typeof bareSlack>[0]> = {}): BareSlack => {
  const bot = bareSlack({ settings: settingsFor(slack.apiUrl), clock, ...facts });
  made.push(bot);
  return bot;
};
/** Only what never answers in full is waited for in vain: a machine that stands still must not look like it. */
const patienceFor = (answers: Fate['answers']): { readonly callMs?: number } =>
  answers === 'hang' || answers === 'truncated' ? { callMs: 1_000 } : {};
const token = () => {
  const found = slack.world.tokens.get(BOT_TOKEN);
  if (!found) throw new Error('the made-up Slack has no token');
  return found;
};

beforeAll(async () => {
  slack = await startFakeSlack({ now: () => clock.now().getTime() });
  addUser(slack.world, { id: 'U0BO', name: 'Bo Owner', email: 'bo_owner@example.gov' });
});
beforeEach(() => {
  slack.fate = () => TAKEN;
  slack.world.direct('U0BO').messages.length = 0;
});
afterEach(async () => {
  token().scopes = SCOPES;
  for (const bot of made) await bot.adapter.stop();
  // Nothing of what was said, to whom, or with which token stands in any line of the log or of the administrator's.
  const written = JSON.stringify(
    made.map(({ lines, troubles }) => [lines, troubles]),
    (_name, value) => (value instanceof Error ? `${value.name} ${value.message} ${value.stack}` : value),
  );
  for (const secret of ['Nightingale', BOT_TOKEN, 'bo_owner@example.gov', 'a-signing-secret'])
    expect(written).not.toContain(secret);
  made.length = 0;
});
afterAll(() => slack.stop());

const deliver = (bot: BareSlack, key = 'k1') =>
  bot.adapter.deliver(addressOf(slack, 'U0BO'), say(SECRET_WORDS), key, null, null);

type Case = readonly [string, Fate['answers'], DeliveryFailure['kind'], RegExp | null];
const cases: readonly Case[] = [
  ['channel_not_found', { error: 'channel_not_found' }, 'gone', null],
  ['user_disabled', { error: 'user_disabled' }, 'gone', null],
  ['is_archived', { error: 'is_archived' }, 'forbidden', /unarchive/u],
  ['not_in_channel', { error: 'not_in_channel' }, 'forbidden', /\/invite/u],
  ['restricted_action', { error: 'restricted_action' }, 'forbidden', /restricted/u],
  ['msg_too_long', { error: 'msg_too_long' }, 'forbidden', null],
  ['a word of Slack’s that is not known here', { error: 'brand_new_rule' }, 'forbidden', /brand_new_rule/u],
  ['account_inactive', { error: 'account_inactive' }, 'unavailable', /SLACK_BOT_TOKEN/u],
  ['token_revoked', { error: 'token_revoked' }, 'unavailable', /SLACK_BOT_TOKEN/u],
  ['invalid_auth', { error: 'invalid_auth' }, 'unavailable', /SLACK_BOT_TOKEN/u],
  ['missing_scope', { error: 'missing_scope', needed: 'chat:write' }, 'forbidden', /chat:write/u],
  ['internal_error', { error: 'internal_error' }, 'unknown', null],
  ['a server error', { status: 503 }, 'unknown', null],
  ['a refusal at the door', { status: 403 }, 'unavailable', null],
  ['a connection that breaks', 'reset', 'unknown', null],
  ['silence', 'hang', 'unknown', null],
  ['half an answer', 'truncated', 'unknown', null],
  ['a yes without a time stamp', { yes: {} }, 'unknown', null],
];

describe('when Slack does not take a message', () => {
  test.each(cases)(
    'because of %s, one thing becomes of it, and the administrator hears of it once at most',
    async (_what, answers, kind, mend) => {
      const bot = newBot(patienceFor(answers));
      refuseAll(slack, 'chat.postMessage', answers);
      for (const key of ['k1', 'k2']) {
        const outcome = await deliver(bot, key);
        expect(outcome.kind).toBe(kind);
        if (outcome.kind === 'forbidden' && mend) expect(outcome.need).toMatch(mend);
      }
      expect(bot.troubles.map(({ mend: said }) => said)).toEqual(mend ? [expect.stringMatching(mend)] : []);
    },
  );

  test.each([
    ['17', 17_000],
    ['2.5', 2_500],
    [new Date(TUESDAY.getTime() + 40_000).toUTCString(), 40_000],
  ])('because it asks to wait, it is told until when, to the millisecond: %s', async (retryAfter, ms) => {
    const bot = newBot();
    refuseAll(slack, 'chat.postMessage', { status: 429, retryAfter });
    expect(await deliver(bot)).toEqual({
      kind: 'rate-limited',
      retryAt: new Date(TUESDAY.getTime() + ms),
      scope: 'conversation',
    });
    expect(bot.troubles).toEqual([]);
  });

  test.each([
    ['without a Retry-After', { status: 429 }],
    ['with one that is no number', { status: 429, retryAfter: 'soon' }],
    ['by a word', { error: 'ratelimited' }],
  ] as const)('because it asks to wait %s, it is left alone for half a minute', async (_how, answers) => {
    refuseAll(slack, 'chat.postMessage', answers);
    expect(await deliver(newBot())).toMatchObject({
      kind: 'rate-limited',
      retryAt: new Date(TUESDAY.getTime() + 30_000),
    });
  });

  test('because nobody listens there, it has not come', async () => {
    const gone = createServer();
    await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
    const { port } = gone.address() as AddressInfo;
    await new Promise<void>((resolve) => gone.close(() => resolve()));
    const bot = newBot({ settings: settingsFor(`http://127.0.0.1:${port}/api/`) });
    expect(await deliver(bot)).toEqual({ kind: 'unavailable' });
  });

  test('one attempt is made, and no more', async () => {
    refuseAll(slack, 'chat.postMessage', { status: 500 });
    const before = slack.asked.length;
    await deliver(newBot());
    expect(slack.asked.slice(before).filter(({ method }) => method === 'chat.postMessage')).toHaveLength(1);
  });
});

describe('what Slack says of the app itself', () => {
  let heard: Awaited<ReturnType<typeof heardFrom>>;
  let bot: BareSlack;
  const tell = (event: Readonly<Record<string, unknown>>) => send(heard.wire, eventBody(heard.wire, event));
  beforeEach(async () => {
    bot = newBot();
    heard = await heardFrom(slack, bot.adapter);
  });
  afterEach(() => heard.close());

  test.each([
    [
      'that it was taken out of the ISPG channel',
      { type: 'channel_left', channel: 'C0ISPG' },
      /SLACK_ISPG_CHANNEL.*invite/u,
    ],
    [
      'that the programme channel was archived',
      { type: 'channel_archive', channel: 'C0PROGRAM', user: 'U0BO' },
      /SLACK_PROGRAM_CHANNEL.*unarchive/u,
    ],
    ['that it was uninstalled', { type: 'app_uninstalled' }, /install it again/u],
    [
      'that its token was revoked',
      { type: 'tokens_revoked', tokens: { bot: ['U0ISSOBOT'] } },
      /install it again/u,
    ],
  ])('%s is one line for the administrator', async (_what, event, mend) => {
    for (let time = 0; time < 2; time += 1) expect((await tell(event)).status).toBe(200);
    await vi.waitFor(() => expect(bot.troubles).toHaveLength(1));
    expect(bot.troubles[0]?.mend).toMatch(mend);
  });

  test.each([
    ['a channel that is not the programme’s', { type: 'channel_archive', channel: 'C0OTHER', user: 'U0BO' }],
    ['a person’s own token', { type: 'tokens_revoked', tokens: { oauth: ['U0BO'] } }],
  ])('of %s is nothing for the administrator', async (_what, event) => {
    expect((await tell(event)).status).toBe(200);
    await tell({ type: 'app_uninstalled' });
    await vi.waitFor(() => expect(bot.troubles).toMatchObject([{ code: 'app_uninstalled' }]));
  });
});

describe('at the start', () => {
  const lookedAround = (bot: BareSlack) =>
    vi.waitFor(() => expect(bot.lines.map(({ event }) => event)).toContain('looked around in Slack'));
  test('the scopes that are missing are named', async () => {
    token().scopes = SCOPES.filter((scope) => scope !== 'files:write' && scope !== 'im:write');
    const bot = newBot();
    await bot.adapter.start(async () => ({ kind: 'duplicate' }));
    await lookedAround(bot);
    expect(bot.troubles).toHaveLength(1);
    expect(bot.troubles[0]).toMatchObject({
      code: 'missing_scope',
      mend: expect.stringMatching(/files:write.*im:write|im:write.*files:write/u),
    });
  });

  test('a token that Slack does not know is said', async () => {
    refuseAll(slack, 'auth.test', { error: 'invalid_auth' });
    const bot = newBot();
    await bot.adapter.start(async () => ({ kind: 'duplicate' }));
    await lookedAround(bot);
    expect(bot.troubles.every(({ code }) => code === 'invalid_auth')).toBe(true);
    expect(bot.troubles).toHaveLength(1);
    // What is asked of it afterwards says the same, and is not told once more.
    await deliver(bot);
    expect(bot.troubles).toHaveLength(1);
  });

  test('nothing is said when all is well', async () => {
    const bot = newBot();
    await bot.adapter.start(async () => ({ kind: 'duplicate' }));
    await lookedAround(bot);
    expect(bot.troubles).toEqual([]);
  });
});
