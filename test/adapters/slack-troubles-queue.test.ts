import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { say } from '../../src/messages/message.ts';
import { deliverPending } from '../../src/usecases/deliver-pending.ts';
import { tellAdmin } from '../../src/usecases/tell-admin.ts';
import { aPerson } from '../store/samples.ts';
import { deliveriesOn, MINUTE, plus, toBo } from '../support/delivering.ts';
import { standingClock, TUESDAY } from '../support/fakes.ts';
import {
  addressOf,
  type BareSlack,
  BOT_TOKEN,
  bareSlack,
  refuseAll,
  settingsFor,
} from '../support/slack/bare-slack.ts';
import { type FakeSlack, startFakeSlack, TAKEN } from '../support/slack/fake-slack.ts';
import { addUser } from '../support/slack/world.ts';

const SECRET_WORDS = 'The system is called Nightingale.';
const SECRETS = ['Nightingale', BOT_TOKEN, 'Bo_Owner@example.gov', 'a-signing-secret'];
const clock = standingClock(TUESDAY);
let slack: FakeSlack;
let bot: BareSlack;

beforeAll(async () => {
  slack = await startFakeSlack({ now: () => clock.now().getTime() });
  addUser(slack.world, { id: 'U0BO', name: 'Bo Owner', email: 'Bo_Owner@example.gov' });
});
beforeEach(() => {
  clock.set(TUESDAY);
  slack.fate = () => TAKEN;
  slack.world.direct('U0BO').messages.length = 0;
});
afterEach(() => bot.adapter.stop());
afterAll(() => slack.stop());

describe('the bot’s own queue on Slack', () => {
  /** Bo is on Slack and on the console; an administrator on the console. */
  async function queue() {
    const on = await deliveriesOn(toBo('k1', { via: 'slack', message: say(SECRET_WORDS) }));
    await on.store.transaction(async (tx) => {
      await tx.people.save([aPerson({ id: 'admin', roles: ['platform_admin'] })]);
      await tx.people.linkPlatformUser('console', 'admin', 'admin');
      await tx.people.linkPlatformUser('slack', addressOf(slack, 'U0BO').id, 'bo');
    });
    bot = bareSlack({
      settings: settingsFor(slack.apiUrl),
      clock,
      report: (trouble) => tellAdmin(on.store, trouble, clock.now()),
    });
    const deps = { ...on.deps, adapters: [bot.adapter, on.adapter] };
    const run = (at: Date) => {
      clock.set(at);
      return deliverPending(deps, at);
    };
    const toldAdmin = () =>
      on.adapter.asked.filter(({ to, text }) => to.id === 'admin' && text.includes('needs your attention'));
    return { ...on, run, toldAdmin, find: (key: string) => on.store.deliveries.find(key) };
  }
  test('takes the other platform where Slack refuses for good, and tells the administrator once a day', async () => {
    const { store, adapter, run, find, toldAdmin, log } = await queue();
    refuseAll(slack, 'chat.postMessage', { error: 'restricted_action' });
    await run(TUESDAY);
    await run(plus(MINUTE));
    expect(await find('k1')).toMatchObject({ state: 'sent' });
    expect(adapter.asked.filter(({ to }) => to.id === 'bo')).toHaveLength(1);
    await store.transaction((tx) =>
      tx.deliveries.enqueue(toBo('k2', { via: 'slack', dueAt: plus(2 * MINUTE) })),
    );
    await run(plus(2 * MINUTE));
    await run(plus(3 * MINUTE));
    expect(toldAdmin()).toHaveLength(1);
    const written = JSON.stringify([log.lines, bot.lines, bot.troubles]);
    for (const secret of SECRETS) expect(written).not.toContain(secret);
  });

  test('ends a message as unreachable when its only account is gone', async () => {
    const { store, run, find } = await queue();
    await store.transaction((tx) => tx.people.changeLink('console', 'bo', { unlinkedAt: TUESDAY }));
    refuseAll(slack, 'conversations.open', { error: 'user_disabled' });
    await run(TUESDAY);
    expect(await find('k1')).toMatchObject({ state: 'unreachable' });
  });

  test('keeps every message while the token is revoked, and sends them once it is mended', async () => {
    const { run, find, toldAdmin } = await queue();
    slack.fate = (asked) =>
      asked.token === BOT_TOKEN ? { lands: null, answers: { error: 'token_revoked' } } : TAKEN;
    await run(TUESDAY);
    expect(await find('k1')).toMatchObject({ state: 'pending' });
    await run(plus(10 * MINUTE));
    expect(toldAdmin()).toHaveLength(1);
    slack.fate = () => TAKEN;
    await run(plus(30 * MINUTE));
    expect(await find('k1')).toMatchObject({ state: 'sent' });
    expect(slack.world.direct('U0BO').messages).toHaveLength(1);
  });

  test('does not come back before the time that Slack asks for', async () => {
    const { run, find } = await queue();
    refuseAll(slack, 'chat.postMessage', { status: 429, retryAfter: '120' });
    await run(TUESDAY);
    slack.fate = () => TAKEN;
    await run(plus(2 * MINUTE - 1_000));
    expect(slack.world.direct('U0BO').messages).toEqual([]);
    await run(plus(2 * MINUTE + 1_000));
    expect(await find('k1')).toMatchObject({ state: 'sent' });
  });

  test('looks before it sends again what nobody answered, and nothing stands twice', async () => {
    const { run, find } = await queue();
    slack.fate = (asked) => (asked.method === 'chat.postMessage' ? { lands: 0, answers: 'reset' } : TAKEN);
    await run(TUESDAY);
    expect(await find('k1')).toMatchObject({ state: 'pending' });
    await run(plus(5 * MINUTE));
    expect(await find('k1')).toMatchObject({ state: 'sent' });
    expect(slack.world.direct('U0BO').messages).toHaveLength(1);
  });
});
