/** Somebody at their Slack while the whole program runs: what they do, and what has come of it once the program rests. */
import { readFileSync } from 'node:fs';
import { playJourney, withParts } from '../../../scripts/simulate/journey.ts';
import type { OnSlack } from './on-slack.ts';
import { type Button, buttonsOf, type HttpAnswer, inputsOf, slackPerson, type Values } from './person.ts';
import { addUser, BOT_USER, type SlackConversation, type SlackMessage, type SlackUser } from './world.ts';

export const ISPG_CHANNEL = 'C0ISPG';
/** A channel that is none of the programme's. */
export const RANDOM_CHANNEL = 'C0RANDOM';

const journeys = new URL('../../journeys/', import.meta.url);

/** Plays steps of a journey, such as `follow request-claims-hub`. */
export const play = ({ driver }: OnSlack, ...steps: readonly string[]): Promise<void> =>
  playJourney(
    withParts(steps.join('\n'), (part) => readFileSync(new URL(`parts/${part}.journey`, journeys), 'utf8')),
    driver,
  );

/** Makes a channel that is none of the programme's. */
export function addRandomChannel({ slack: { world } }: OnSlack): SlackConversation {
  const made: SlackConversation = {
    id: RANDOM_CHANNEL,
    kind: 'channel',
    user: null,
    name: 'random',
    isArchived: false,
    isMember: true,
    messages: [],
  };
  world.conversations.set(made.id, made);
  return made;
}

export const channelIn = ({ slack: { world } }: OnSlack, id: string): SlackConversation => {
  const found = world.conversations.get(id);
  if (!found) throw new Error(`there is no channel ${id}`);
  return found;
};

/** What the bot has said there. */
export const saidIn = ({ messages }: SlackConversation): SlackMessage[] =>
  messages.filter(({ user }) => user === BOT_USER);

let guests = 0;
/** A user of the workspace whom the roster does not know. */
export function addGuest({ slack: { world } }: OnSlack, facts: Partial<SlackUser> = {}): string {
  guests += 1;
  const id = `U0GUEST${guests}`;
  addUser(world, { id, name: `Guest ${guests}`, email: `guest${guests}@demo.cms.example`, ...facts });
  return id;
}

/** The seat of the user with that id. */
export function seatOf(stage: OnSlack, user: string) {
  const { slack, app, wire, driver } = stage;
  const { world } = slack;
  const person = slackPerson(wire, user);
  const direct = (): SlackConversation => world.direct(user);
  const said = (): SlackMessage[] => saidIn(direct());
  /** Waits until nothing is in hand, and moves the clock for what waits for its second. */
  const rested = async (answer: Promise<HttpAnswer>): Promise<HttpAnswer> => {
    const answered = await answer;
    if (answered.status !== 200) throw new Error(`Slack was answered ${answered.status}`);
    await app.idle();
    return answered;
  };
  const view = () => {
    const open = person.openView();
    if (!open) throw new Error(`no view is open; the bot said: ${said().at(-1)?.text ?? ''}`);
    return open;
  };
  const buttonIn = (messages: readonly SlackMessage[], label: string) => {
    const isIt = (each: Button): boolean => each.label === label || each.label.startsWith(`${label}:`);
    const message = messages.findLast(({ blocks }) => buttonsOf(blocks).some(isIt));
    const button = buttonsOf(message?.blocks ?? []).find(isIt);
    if (!message || !button) throw new Error(`no ${label}; the bot said: ${messages.at(-1)?.text ?? ''}`);
    return { message, button };
  };
  return {
    user,
    person,
    said,
    view,
    buttonIn,
    last: (): string => said().at(-1)?.text ?? '',
    types: (text: string, where: Parameters<typeof person.types>[1] = {}) =>
      rested(person.types(text, where)),
    /** Types it and answers with what the bot said to them directly after it. */
    async hears(text: string): Promise<string> {
      const before = said().length;
      await rested(person.types(text));
      return said()
        .slice(before)
        .map((each) => each.text)
        .join('\n');
    },
    command: (text: string, where: string | null = null) => rested(person.command(text, where)),
    shortcut: () => rested(person.shortcut('request-service-isso')),
    messageShortcut: (channel: string, text: string) =>
      rested(person.messageShortcut('request-from-message', channel, text)),
    opensHome: (tab: 'home' | 'messages' = 'home') => rested(person.opensHome(tab)),
    tells: (event: Readonly<Record<string, unknown>>) => rested(person.event(event)),
    /** Presses the newest button with that label, in the direct conversation or a channel. */
    presses(label: string, conversation: SlackConversation = direct(), values: Values = {}) {
      const { message, button } = buttonIn(saidIn(conversation), label);
      return rested(person.presses(conversation.id, message, button, values));
    },
    home: (): { readonly blocks: readonly unknown[] } | null =>
      (world.homes.get(user) as { blocks: unknown[] } | undefined) ?? null,
    homeWords: (): string => JSON.stringify(world.homes.get(user) ?? null),
    pressesHome(label: string) {
      const home = world.homes.get(user) as { blocks: unknown[] } | undefined;
      const button = buttonsOf(home?.blocks ?? []).find((each) => each.label === label);
      if (!button) throw new Error(`the page has no ${label}`);
      return rested(person.pressesHome(button));
    },
    pressesView(label: string) {
      const button = buttonsOf(view().view.blocks as unknown[]).find((each) => each.label === label);
      if (!button) throw new Error(`the view has no ${label}`);
      return rested(person.pressesView(view(), button));
    },
    fills: (values: Values, field: string) => rested(person.fills(view(), values, field)),
    submits: (values: Values) => rested(person.submits(view(), values)),
    closes: (values: Values = {}) => rested(person.closes(view(), values)),
    /** What stands in the open view, by field: text as it is, choices by their values; null for nothing. */
    standing: (): Record<string, unknown> =>
      Object.fromEntries(
        inputsOf(view().view.blocks).map(({ id, input }) => [id, standingIn(input.element)]),
      ),
    rest: () => driver.advance({ advance: 'PT1S' }),
  };
}
export type Seat = ReturnType<typeof seatOf>;

type Element = ReturnType<typeof inputsOf>[number]['input']['element'];

function standingIn(element: Element): unknown {
  const values = (chosen: unknown): string[] =>
    ((chosen as readonly { readonly value: string }[] | undefined) ?? []).map(({ value }) => value);
  if (element.initial_options) return values(element.initial_options);
  if (element.initial_option) return values([element.initial_option])[0];
  return element.initial_value ?? element.initial_date ?? null;
}
