/** Journeys through Slack: signed requests in over a real socket, a made-up Slack out. */
import type { Exchange, JourneyDriver, JourneyMessage } from '../../scripts/simulate/journey.ts';
import { inert } from '../../src/messages/harmless.ts';
import { resting } from './resting.ts';
import type { RunningApp } from './running-app.ts';
import {
  buttonsOf,
  type HttpAnswer,
  inputsOf,
  slackPerson,
  unescaped,
  type Wire,
  wordsOf,
} from './slack/person.ts';
import { slackUserOf } from './slack/residents.ts';
import { BOT_USER, type SlackConversation, type SlackMessage } from './slack/world.ts';

const CHANNELS: Readonly<Record<string, string>> = { '#ispg': 'C0ISPG', '#issoaas': 'C0PROGRAM' };

/** A driver for a program in this process: it answers after its acknowledgement, so each step waits until it rests. */
export function slackDriver(app: RunningApp, wire: Wire): JourneyDriver {
  const { world } = wire.slack;
  const person = (who: string) => slackPerson(wire, slackUserOf(who));
  const conversationOf = (place: string): SlackConversation => {
    const found = place.startsWith('#')
      ? world.conversations.get(CHANNELS[place] ?? '')
      : world.direct(slackUserOf(place));
    if (!found) throw new Error(`there is no ${place}`);
    return found;
  };
  const own = (place: string) => conversationOf(place).messages.filter(({ user }) => user === BOT_USER);
  const locate = (
    id: string,
  ): { readonly conversation: SlackConversation; readonly message: SlackMessage } => {
    const [channel = '', ts = ''] = id.split('/');
    const conversation = world.conversations.get(channel);
    const message = conversation?.messages.find((each) => each.ts === ts);
    if (!conversation || !message) throw new Error(`there is no message ${id}`);
    return { conversation, message };
  };

  const { rest, advance, restart } = resting(app);

  /** Does something and answers with what came of it for that person, there and in their direct conversation. */
  const exchange = async (who: string, place: string, act: () => Promise<HttpAnswer>): Promise<Exchange> => {
    const seen = new Map(own(place).map((each) => [each, each.edits]));
    const answer = await act();
    if (answer.status !== 200) throw new Error(`Slack was answered ${answer.status}`);
    await rest();
    const errors =
      answer.body?.response_action === 'errors' ? (answer.body.errors as Record<string, string>) : null;
    const view = person(who).openView();
    if (errors) return { kind: 'rejected', errors: byField(view?.view.blocks, errors) };
    if (view?.view.callback_id === 'dialog' && answer.body?.response_action !== 'clear') {
      const fields = inputsOf(view.view.blocks).map(({ id, label }) => ({ id, label }));
      return { kind: 'dialog', dialog: { id: `${who}/${view.id}`, fields } };
    }
    if (view) view.isOpen = false;
    const news = own(place).filter((each) => seen.get(each) !== each.edits);
    return { kind: 'said', messages: news.map((each) => shown(conversationOf(place), each)) };
  };

  return {
    say: (who, text, channel) =>
      exchange(who, channel ?? who, () =>
        person(who).types(text, channel ? { in: CHANNELS[channel] ?? '' } : {}),
      ),
    press(who, message, action, values) {
      const found = locate(message);
      const button = buttonsOf(found.message.blocks).find(({ actionId }) => actionId === action);
      if (!button) throw new Error(`the message has no ${action}`);
      const place = found.conversation.kind === 'im' ? who : placeNamed(found.conversation.id);
      return exchange(who, place, () =>
        person(who).presses(found.conversation.id, found.message, button, values),
      );
    },
    submit(_who, dialog, values) {
      const [who = '', id = ''] = dialog.split('/');
      const view = world.views.get(id);
      if (!view?.isOpen) throw new Error('that dialog is closed');
      return exchange(who, who, () => person(who).submits(view, values));
    },
    messages: async (place) => own(place).map((each) => shown(conversationOf(place), each)),
    advance,
    restart,
  };
}

const placeNamed = (id: string): string =>
  Object.entries(CHANNELS).find(([, channel]) => channel === id)?.[0] ?? id;

/** Errors by field, as they stand by the block of an input. */
function byField(blocks: unknown, errors: Readonly<Record<string, string>>): Record<string, string> {
  const inputs = inputsOf(blocks);
  return Object.fromEntries(
    Object.entries(errors).map(([block, error]) => [
      inputs.find(({ input }) => input.block_id === block)?.id ?? block,
      error,
    ]),
  );
}

/**
 * A message as its reader has it: its text, all words of its blocks, and what stands in its thread. What people said can do no harm
 * where no client looks for markup, and stands here as it would be made harmless elsewhere.
 */
function shown({ id, messages }: SlackConversation, message: SlackMessage): JourneyMessage {
  const thread = messages.filter(({ threadTs, user }) => threadTs === message.ts && user === BOT_USER);
  return {
    id: `${id}/${message.ts}`,
    text: [message, ...thread.filter(({ metadata }) => metadata !== null)]
      .flatMap(({ text, blocks }) => [unescaped(text), wordsOf(blocks, inert)])
      .join('\n'),
    actions: buttonsOf(message.blocks).map(({ actionId, label }) => ({ id: actionId, label })),
  };
}
