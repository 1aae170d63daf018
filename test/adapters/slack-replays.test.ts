import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIRST_PAGE } from '../support/first-page.ts';
import { type Inbox, inboxOf } from '../support/slack/inbox-of.ts';
import { type OnSlack, startOnSlack } from '../support/slack/on-slack.ts';
import {
  buttonsOf,
  eventBody,
  type HttpAnswer,
  send,
  slackPerson,
  type Wire,
} from '../support/slack/person.ts';

let stage: OnSlack;
let inbox: Inbox;
beforeAll(async () => {
  stage = await startOnSlack();
  inbox = await inboxOf(stage);
});
afterAll(async () => {
  await inbox.close();
  await stage.stop();
});

/** A person each of whose requests reaches the bot three times, byte for byte the same. */
function replayed(user: string) {
  const answers: HttpAnswer[] = [];
  const wire: Wire = {
    ...stage.wire,
    async carry(body, as) {
      const sentAt = stage.wire.now();
      const frozen: Wire = { ...stage.wire, now: () => sentAt };
      for (let time = 0; time < 3; time += 1) answers.push(await send(frozen, body, as));
      const first = answers.at(-3);
      if (!first) throw new Error('nothing was answered');
      return first;
    },
  };
  return { person: slackPerson(wire, user), statuses: () => answers.splice(0).map(({ status }) => status) };
}
const said = (user: string) =>
  stage.slack.world.direct(user).messages.filter((each) => each.user === 'U0ISSOBOT');

describe('what is told twice', () => {
  it('has one effect: a message under other event ids, with and without Slack’s word that it is told again', async () => {
    const cra = slackPerson(stage.wire, 'U0CRA');
    const ts = stage.slack.world.nextTs();
    const before = said('U0CRA').length;
    const told = await inbox.keptBy(async () => {
      for (let time = 0; time < 4; time += 1)
        expect((await cra.types('help', { again: ts })).status).toBe(200);
      const channel = stage.slack.world.direct('U0CRA').id;
      const event = { type: 'message', channel_type: 'im', channel, user: 'U0CRA', text: 'help', ts };
      const again = { 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' };
      expect((await send(stage.wire, eventBody(stage.wire, event), 'json', again)).status).toBe(200);
    });
    expect(told).toBe(1);
    expect(said('U0CRA').filter(({ text }) => text.includes('What you can do here'))).toHaveLength(1);
    expect(said('U0CRA').length).toBeGreaterThan(before);
  });

  it.each(['message', 'command', 'press', 'submission'] as const)(
    'has one effect: a %s sent again by whoever heard it',
    async (kind) => {
      const { person, statuses } = replayed('U0BO2');
      const once = slackPerson(stage.wire, 'U0BO2');
      await once.types('hi');
      if (kind === 'submission') await once.shortcut('request-service-isso');
      await stage.app.idle();
      const conversation = stage.slack.world.direct('U0BO2');
      const before = said('U0BO2').length;
      const told = await inbox.keptBy(async () => {
        if (kind === 'message') await person.types('help');
        if (kind === 'command') await person.command('help');
        if (kind === 'press') {
          const message = conversation.messages.findLast(({ blocks }) => buttonsOf(blocks).length > 0);
          const button = buttonsOf(message?.blocks ?? []).find(
            ({ label }) => label === 'What else can I do?',
          );
          if (!message || !button) throw new Error('there is nothing to press');
          await person.presses(conversation.id, message, button);
        }
        if (kind === 'submission') {
          const view = person.openView();
          if (!view) throw new Error('there is nothing to submit');
          expect((await person.submits(view, FIRST_PAGE)).body?.response_action).toBe('update');
        }
      });
      expect(statuses()).toEqual([200, 200, 200]);
      expect(told).toBe(1);
      // Somebody with a role gets help in two messages.
      expect(said('U0BO2').length - before).toBe(kind === 'submission' ? 0 : 2);
    },
  );

  it('is nobody’s when a bot says it, this one or another', async () => {
    const channel = stage.slack.world.direct('U0BO').id;
    const words = { type: 'message', channel_type: 'im', channel, text: 'hi' };
    const bots = await inbox.keptBy(async () => {
      for (const who of [
        { bot_id: 'B0OTHER' },
        { user: 'U0ISSOBOT' },
        { user: 'U0BO', subtype: 'bot_message', bot_id: 'B1' },
        { user: 'U0BO', bot_id: 'B1' },
      ]) {
        const event = { ...words, ...who, ts: stage.slack.world.nextTs() };
        expect((await send(stage.wire, eventBody(stage.wire, event))).status).toBe(200);
      }
    });
    expect(bots).toBe(0);
  });
});
