/** The message of the day is redrawn on each platform as it is there: one part, in its place, with the buttons of all. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { button } from '../../src/messages/button.ts';
import { type Message, say } from '../../src/messages/message.ts';
import type { ChatAdapter, NewDelivery, Store } from '../../src/ports.ts';
import { deliverPending } from '../../src/usecases/deliver-pending.ts';
import { redrawPart } from '../../src/usecases/redraw-part.ts';
import { type StartedConsole, startConsole } from '../support/console-server.ts';
import { deliveriesOn, toBo } from '../support/delivering.ts';
import { TUESDAY } from '../support/fakes.ts';
import { addressOf as slackAddress } from '../support/slack/bare-slack.ts';
import { oneRoom, BO as SLACK_BO } from '../support/slack/one-room.ts';
import { buttonsOf as slackButtons } from '../support/slack/person.ts';
import {
  type BareTeams,
  bareTeams,
  settingsFor,
  addressOf as teamsAddress,
} from '../support/teams/bare-teams.ts';
import { buttonsOf as teamsButtons, textOf } from '../support/teams/cards.ts';
import { type FakeCloud, startFakeCloud } from '../support/teams/fake-cloud.ts';
import { addUser, objectIdOf } from '../support/teams/world.ts';

/** What stands with Bo there, each with its words, how often it was edited, and what its buttons say. */
interface Standing {
  readonly text: string;
  readonly isEdited: boolean;
  readonly buttons: readonly string[];
}

const withButton = (words: string): Message => ({
  ...say(words),
  buttons: [button('open', 'Open', { verb: 'status', subject: words }, 'status')],
});
const routine = (key: string): NewDelivery =>
  toBo(key, { urgency: 'routine', kind: 'nudge', message: withButton(`words of ${key}`) });

async function dayOn(adapter: ChatAdapter, userId: string) {
  const { deps, store } = await deliveriesOn(routine('a'), routine('b'));
  await store.transaction((tx) => tx.people.linkPlatformUser(adapter.platform, userId, 'bo'));
  let now = TUESDAY;
  const run = () => deliverPending({ ...deps, adapters: [adapter] }, now);
  await run();
  return {
    store,
    redraw: async (message: Message) => {
      await redrawn(store, message);
      // No platform takes more than a message a second from us into one conversation.
      now = new Date(now.getTime() + 2_000);
      await run();
    },
  };
}
const redrawn = (store: Store, message: Message): Promise<boolean> =>
  store.transaction((tx) => redrawPart({ tx, now: TUESDAY }, 'bo', 'b', message));

/** What must hold on every platform; `remove` takes the message away by hand. */
async function holds(
  adapter: ChatAdapter,
  userId: string,
  standing: () => readonly Standing[] | Promise<readonly Standing[]>,
  remove: (() => void) | null,
): Promise<void> {
  const { store, redraw } = await dayOn(adapter, userId);
  const [before, ...none] = await standing();
  expect(none).toEqual([]);
  expect(before).toMatchObject({ isEdited: false });
  expect(before?.text).toContain('words of b');
  await redraw(withButton('new words'));
  const [after, ...others] = await standing();
  expect(others).toEqual([]);
  expect(after).toMatchObject({ isEdited: true, buttons: before?.buttons });
  expect(after?.text).toContain('words of a');
  expect(after?.text).toContain('new words');
  expect(after?.text).not.toContain('words of b');
  await redraw(say('all done'));
  const [done] = await standing();
  expect(done?.buttons).toEqual(before?.buttons.filter((each) => !each.startsWith('2: ')));
  if (!remove) return;
  remove();
  await redraw(say('too late'));
  expect(await standing()).toEqual([]);
  expect(await store.deliveries.find('b=3')).toMatchObject({ state: 'suppressed' });
}

describe('on Slack', () => {
  const { slack, bot, room, heads, find } = oneRoom();
  test('the message of the day is redrawn in its place, and found by its key afterwards', async () => {
    const standing = () =>
      heads().map(({ text, edits, blocks }) => ({
        text,
        isEdited: edits > 0,
        buttons: slackButtons(blocks).map(({ label }) => label),
      }));
    await holds(bot().adapter, slackAddress(slack(), SLACK_BO).id, standing, null);
    expect(await find('a')).toMatchObject({ kind: 'posted' });
    expect(await find('b=1')).toEqual({ kind: 'not-posted' });
  });
  test('nothing is posted for one that was deleted', async () => {
    const { store, redraw } = await dayOn(bot().adapter, slackAddress(slack(), SLACK_BO).id);
    room().messages.length = 0;
    await redraw(say('too late'));
    expect(room().messages).toEqual([]);
    expect(await store.deliveries.find('b=1')).toMatchObject({ state: 'suppressed' });
  });
});

describe('on Teams', () => {
  const BO = objectIdOf('bo');
  let cloud: FakeCloud;
  let bot: BareTeams;
  beforeAll(async () => {
    cloud = await startFakeCloud();
    addUser(cloud.world, { objectId: BO, name: 'Bo Owner' });
  });
  afterAll(() => cloud.stop());
  beforeEach(() => {
    bot = bareTeams({ settings: settingsFor(cloud.url) });
    cloud.world.personal(BO).messages.length = 0;
  });
  afterEach(async () => {
    await bot.adapter.stop();
    expect(cloud.faults).toEqual([]);
  });
  test('the message of the day is redrawn in its place, and nothing is posted for one that was deleted', async () => {
    const { messages } = cloud.world.personal(BO);
    const standing = () =>
      messages.map(({ card, edits }) => ({
        text: textOf(card),
        isEdited: edits > 0,
        buttons: teamsButtons(card).map(({ label }) => label),
      }));
    await holds(bot.adapter, teamsAddress(BO).id, standing, () => {
      messages.length = 0;
    });
  });
  test('nothing is posted either when the conversation is not known any more', async () => {
    const { redraw } = await dayOn(bot.adapter, teamsAddress(BO).id);
    const { messages } = cloud.world.personal(BO);
    bot.installations.rows.clear();
    await redraw(say('too late'));
    expect(messages).toHaveLength(1);
    expect(messages[0]?.edits).toBe(0);
  });
});

describe('in the console', () => {
  let console_: StartedConsole;
  beforeEach(async () => {
    console_ = await startConsole(TUESDAY);
  });
  afterEach(() => console_.stop());
  interface Read {
    readonly messages: readonly {
      readonly text: string;
      readonly editedAt?: string;
      readonly actions: readonly { readonly label: string }[];
    }[];
  }
  const standing = async (): Promise<readonly Standing[]> => {
    const response = await console_.get('/console/api/messages?for=bo&since=0');
    const { messages } = (await response.json()) as Read;
    return messages.map(({ text, editedAt, actions }) => ({
      text,
      isEdited: editedAt !== undefined,
      buttons: actions.map(({ label }) => label),
    }));
  };
  test('the message of the day is redrawn in its place', async () => {
    await holds(console_.adapter, 'bo', standing, null);
  });
  test('what is to be redrawn and is not there is gone, and nothing is posted', async () => {
    const to = { platform: 'console', id: 'bo', timeZone: 'UTC' } as const;
    expect(await console_.adapter.deliver(to, say('new'), 'a', 'm99')).toEqual({ kind: 'gone' });
    expect(await standing()).toEqual([]);
  });
});
