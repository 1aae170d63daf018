/** Journeys through Teams: signed activities in over a real socket, a made-up connector out. */
import type { Exchange, JourneyDriver, JourneyMessage } from '../../scripts/simulate/journey.ts';
import { inert } from '../../src/messages/harmless.ts';
import { resting } from './resting.ts';
import type { RunningApp } from './running-app.ts';
import { buttonsOf, inputsOf, textOf } from './teams/cards.ts';
import { teamsPerson } from './teams/person.ts';
import { teamsUserOf } from './teams/residents.ts';
import type { HttpAnswer, Wire } from './teams/wire.ts';
import {
  cardFor,
  ISPG_CHANNEL,
  PROGRAM_CHANNEL,
  saidIn,
  type TeamsConversation,
  type TeamsMessage,
} from './teams/world.ts';

const CHANNELS: Readonly<Record<string, string>> = { '#ispg': ISPG_CHANNEL, '#issoaas': PROGRAM_CHANNEL };

/** The button that stands where a dialog can't be opened by itself. */
const OPENS_FORM = 'open-form';

/** How long the same press of the same card counts as one: clients send again what was answered slowly. */
const SAME_PRESS_MS = 60_000;

/**
 * A driver for a program in this process: it answers after its acknowledgement, so each step waits until it rests. `later`
 * moves the machine's clock on by milliseconds, for whoever presses the same button once more and means it.
 */
export function teamsDriver(app: RunningApp, wire: Wire, later?: (ms: number) => void): JourneyDriver {
  const { world } = wire.cloud;
  const person = (who: string) => teamsPerson(wire, teamsUserOf(who));
  const conversationOf = (place: string): TeamsConversation => {
    const found = place.startsWith('#')
      ? world.conversations.get(CHANNELS[place] ?? '')
      : world.personal(teamsUserOf(place));
    if (!found) throw new Error(`there is no ${place}`);
    return found;
  };
  const locate = (id: string): Located => {
    const [at = '', stamp = ''] = id.split('/');
    const conversation = world.conversations.get(at);
    const message = conversation?.messages.find((each) => each.id === stamp);
    if (!conversation || !message) throw new Error(`there is no message ${id}`);
    return { conversation, message };
  };
  const pressed = new Set<string>();
  const { rest, advance, restart } = resting(app);

  /** Does something and answers with what came of it for that person there, and with what they were told beside it. */
  const exchange = async (who: string, place: string, act: () => Promise<HttpAnswer>): Promise<Exchange> => {
    const user = teamsUserOf(who);
    const seen = new Map(saidIn(conversationOf(place)).map((each) => [each, stateOf(each)]));
    world.lastWords.delete(user);
    const before = person(who).openDialog();
    const answer = await act();
    if (answer.status !== 200) throw new Error(`Teams was answered ${answer.status}`);
    await rest();
    const dialog = person(who).openDialog();
    if (dialog && dialog !== before) return dialogExchange(who, dialog.id, inputsOf(dialog.card));
    if (dialog) person(who).closes();
    const news = saidIn(conversationOf(place)).filter((each) => seen.get(each) !== stateOf(each));
    const beside = person(who).lastWords();
    const messages = news.map((each) => shown(conversationOf(place), each, user));
    return {
      kind: 'said',
      messages: beside ? [...messages, { id: '', text: beside, actions: [] }] : messages,
    };
  };

  const press: JourneyDriver['press'] = (who, message, action, values) => {
    const { conversation, message: found } = locate(message);
    const card = cardFor(found, teamsUserOf(who));
    const button = buttonsOf(card).find(({ id }) => id === action);
    if (!button) throw new Error(`the message has no ${action}`);
    const drawn = `${who} ${button.carried?.token} ${action}`;
    if (pressed.has(drawn)) later?.(SAME_PRESS_MS);
    pressed.add(drawn);
    const place = conversation.kind === 'personal' ? who : placeNamed(conversation.id);
    return exchange(who, place, () => person(who).presses(conversation, found, button, values));
  };

  return {
    async say(who, text, channel) {
      // Who writes has closed what stood before the conversation.
      person(who).closes();
      const said = await exchange(who, channel ?? who, () =>
        person(who).types(text, channel ? { in: CHANNELS[channel] ?? '' } : {}),
      );
      const last = said.kind === 'said' ? said.messages.at(-1) : undefined;
      // Words open no dialog in Teams: the answer is a button that does, and whoever asked for it presses it.
      return last?.actions.length === 1 && last.actions[0]?.id === OPENS_FORM
        ? press(who, last.id, OPENS_FORM, {})
        : said;
    },
    press,
    submit(_who, named, values) {
      const [who = '', id = ''] = named.split('/');
      const dialog = person(who).openDialog();
      if (dialog?.id !== id) throw new Error('that dialog is closed');
      // What was refused and is not filled in again is taken out.
      const refused = inputsOf(dialog.card).filter(({ error }) => error !== null);
      const emptied = Object.fromEntries(refused.map((input) => [input.id, null]));
      return exchange(who, who, () => person(who).submits(dialog, { ...emptied, ...values }));
    },
    messages: async (place) => {
      const reader = place.startsWith('#') ? '' : teamsUserOf(place);
      return saidIn(conversationOf(place)).map((each) => shown(conversationOf(place), each, reader));
    },
    advance,
    restart,
  };
}

interface Located {
  readonly conversation: TeamsConversation;
  readonly message: TeamsMessage;
}

/** How often a message was changed, for everybody or for one. */
const stateOf = ({ edits, redraws }: TeamsMessage): string => `${edits} ${redraws}`;

/** A dialog says itself what is wrong with its fields, above each of them. */
function dialogExchange(who: string, id: string, inputs: ReturnType<typeof inputsOf>): Exchange {
  const errors = inputs.flatMap((each) => (each.error === null ? [] : [[each.id, each.error] as const]));
  if (errors.length > 0) return { kind: 'rejected', errors: Object.fromEntries(errors) };
  return {
    kind: 'dialog',
    dialog: { id: `${who}/${id}`, fields: inputs.map(({ id, label }) => ({ id, label })) },
  };
}

const placeNamed = (id: string): string =>
  Object.entries(CHANNELS).find(([, channel]) => channel === id)?.[0] ?? id;

/**
 * A message as its reader has it: its text, the words of its card for older clients, and all words that the card shows. What
 * people said can do no harm where no client looks for markup, and stands here as it would be made harmless elsewhere.
 */
function shown({ id }: TeamsConversation, message: TeamsMessage, reader: string): JourneyMessage {
  const card = cardFor(message, reader);
  const fallback = typeof card?.fallbackText === 'string' ? card.fallbackText : '';
  return {
    id: `${id}/${message.id}`,
    text: [message.text, message.summary ?? '', fallback, textOf(card, inert)]
      .filter((text) => text !== '')
      .join('\n'),
    actions: buttonsOf(card)
      .filter(({ id }) => id !== '')
      .flatMap(({ id, label, action }) =>
        namesOf(label, action.tooltip).map((name) => ({ id, label: name })),
      ),
  };
}

/** What a button is called: by its words, and in a row, whose words its tooltip has, by both together as well. */
function namesOf(label: string, tooltip: unknown): readonly string[] {
  const row = typeof tooltip === 'string' ? tooltip.slice(label.length + 2).replace(/^\d+\. /u, '') : '';
  return row === '' ? [label] : [label, `${label} ${row}`];
}
