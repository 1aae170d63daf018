/** The adapter with one person of the made-up workspace, and an empty conversation with them before each test. */
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import type { Message } from '../../../src/messages/message.ts';
import type { Attachment, Delivered, DeliveryFailure, FoundPost } from '../../../src/ports.ts';
import { addressOf, type BareSlack, bareSlack, settingsFor, threadOf } from './bare-slack.ts';
import { type FakeSlack, startFakeSlack, TAKEN } from './fake-slack.ts';
import { addUser, type SlackConversation, type SlackMessage } from './world.ts';

export const BO = 'U0BO';

/** To be called once, beside a file's tests; what it answers may be used in them. */
export function oneRoom() {
  const begun = new Date(Date.now() - 60_000);
  let slack: FakeSlack;
  let bot: BareSlack;
  let room: SlackConversation;
  beforeAll(async () => {
    slack = await startFakeSlack();
    addUser(slack.world, { id: BO, name: 'Bo Owner' });
    bot = bareSlack({ settings: settingsFor(slack.apiUrl) });
  });
  afterAll(async () => {
    await bot.adapter.stop();
    await slack.stop();
  });
  beforeEach(() => {
    slack.fate = () => TAKEN;
    room = slack.world.direct(BO);
    room.messages.length = 0;
    slack.world.files.clear();
  });
  // Slack's rules are asserted by the made-up Slack itself: no argument that it does not know, no method that it does not have.
  afterEach(() => expect(slack.faults).toEqual([]));

  const deliver = (
    message: Message,
    key: string,
    edits: string | null = null,
    attachment: Attachment | null = null,
  ): Promise<Delivered | DeliveryFailure> =>
    bot.adapter.deliver(addressOf(slack, BO), message, key, edits, attachment);
  const heads = (): SlackMessage[] => room.messages.filter(({ threadTs }) => threadTs === null);
  return {
    slack: (): FakeSlack => slack,
    bot: (): BareSlack => bot,
    room: (): SlackConversation => room,
    deliver,
    /** Delivers what is taken, and answers the name of the message. */
    async delivered(...given: Parameters<typeof deliver>): Promise<string> {
      const outcome = await deliver(...given);
      expect(outcome.kind).toBe('delivered');
      return (outcome as Delivered).messageId;
    },
    find: (key: string): Promise<FoundPost> => bot.adapter.findPosted(addressOf(slack, BO), key, begun),
    heads,
    /** What stands below the first message. */
    parts: (): SlackMessage[] => threadOf(room, heads()[0]?.ts),
    asksOf: (method: string, since = 0) => slack.asked.slice(since).filter((one) => one.method === method),
  };
}
