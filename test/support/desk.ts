/** A real adapter on a made-up Slack or Teams, and what people do and see there; the use cases behind it are handed in. */
import type { Dispatch } from '../../src/dispatch.ts';
import type { ChatAdapter } from '../../src/ports.ts';
import * as ofSlack from './slack/bare-slack.ts';
import { startFakeSlack } from './slack/fake-slack.ts';
import { buttonsOf as slackButtons, slackPerson, wordsOf } from './slack/person.ts';
import { settle as settleInSlack, slackUserOf } from './slack/residents.ts';
import { BOT_USER } from './slack/world.ts';
import * as ofTeams from './teams/bare-teams.ts';
import { elementsOf, buttonsOf as teamsButtons, textOf } from './teams/cards.ts';
import { startFakeCloud } from './teams/fake-cloud.ts';
import { teamsPerson } from './teams/person.ts';
import { settle as settleInTeams, teamsUserOf } from './teams/residents.ts';
import { cardFor, saidIn } from './teams/world.ts';

/** A message of the bot as somebody has it before them, with what follows it in its thread. */
export interface Standing {
  readonly words: string;
  readonly buttons: readonly PressedHere[];
  readonly edits: number;
  /** What the platform got of it, as JSON. */
  readonly drawn: unknown;
}

/** What a button says, and of what, such as the key of a line. */
export interface PressedHere {
  readonly label: string;
  readonly choice: string | null;
}

export interface ShownFile {
  readonly altText: string | null;
  readonly bytes: Buffer;
}

export type Values = Readonly<Record<string, unknown>>;

export interface Desk {
  readonly adapter: ChatAdapter;
  /** By what somebody of the roster is known there. */
  accountOf(who: string): string;
  /** From now on what people do goes there. */
  hear(dispatch: Dispatch): Promise<void>;
  standing(who: string): readonly Standing[];
  /** Each of these answers with what the bot said to it, in words. */
  types(who: string, words: string): Promise<string>;
  presses(who: string, label: string, choice?: string): Promise<string>;
  fills(who: string, values: Values): Promise<string>;
  /** Pictures and other files that came to them. */
  files(who: string): readonly ShownFile[];
  /** Takes away all that stands with them. */
  clear(who: string): void;
  /** What the platform would have refused. */
  faults(): readonly string[];
  stop(): Promise<void>;
}

const choiceIn = (press: unknown): string | null => (press as { readonly choice?: string }).choice ?? null;

/** `act`, and what stands with somebody afterwards that did not before. */
async function heard(
  settled: () => Promise<void>,
  words: () => readonly string[],
  act: () => Promise<unknown>,
): Promise<string> {
  const before = words().length;
  await act();
  await settled();
  return words().slice(before).join('\n');
}

function found<T>(one: T | undefined, what: string): T {
  if (one === undefined) throw new Error(`there is no ${what}`);
  return one;
}

export async function slackDesk(): Promise<Desk> {
  const slack = await startFakeSlack();
  settleInSlack(slack);
  const { adapter } = ofSlack.bareSlack({ settings: ofSlack.settingsFor(slack.apiUrl) });
  const { wire, close } = await ofSlack.heardFrom(slack, adapter);
  const person = (who: string) => slackPerson(wire, slackUserOf(who));
  const room = (who: string) => slack.world.direct(slackUserOf(who));
  const said = (who: string) => room(who).messages.filter(({ user }) => user === BOT_USER);
  const heads = (who: string) => said(who).filter(({ threadTs }) => threadTs === null);
  const buttons = (blocks: readonly unknown[]) =>
    slackButtons(blocks).map((button) => ({ button, choice: choiceIn(JSON.parse(button.value)) }));
  let settled = async (): Promise<void> => undefined;
  const after = (who: string, act: () => Promise<unknown>) =>
    heard(
      () => settled(),
      () => said(who).map(({ text, blocks }) => `${text}\n${wordsOf(blocks)}`),
      act,
    );
  return {
    adapter,
    accountOf: (who) => ofSlack.addressOf(slack, slackUserOf(who)).id,
    async hear(dispatch) {
      settled = async () => {
        await dispatch.idle();
        await adapter.idle();
      };
      await adapter.start(dispatch.receive);
    },
    standing: (who) =>
      heads(who).map((message) => {
        const parts = [message, ...ofSlack.threadOf(room(who), message.ts)];
        return {
          words: parts.map(({ blocks }) => wordsOf(blocks)).join('\n'),
          buttons: buttons(message.blocks).map(({ button, choice }) => ({ label: button.label, choice })),
          edits: message.edits,
          drawn: { text: message.text, blocks: message.blocks },
        };
      }),
    types: (who, words) => after(who, () => person(who).types(words)),
    presses(who, label, choice) {
      const all = heads(who).flatMap((message) =>
        buttons(message.blocks).map((each) => ({ message, ...each })),
      );
      const { message, button } = found(
        all.findLast(
          (each) => each.button.label.includes(label) && (choice === undefined || each.choice === choice),
        ),
        `${label} ${choice}`,
      );
      return after(who, () => person(who).presses(room(who).id, message, button));
    },
    fills(who, values) {
      const view = found(person(who).openView() ?? undefined, 'open view');
      return after(who, () => person(who).submits(view, values));
    },
    files: (who) =>
      [...slack.world.files.values()]
        .filter(({ channel }) => channel === room(who).id)
        .map(({ altText, bytes }) => ({ altText, bytes: Buffer.from(bytes ?? []) })),
    clear: (who) => void room(who).messages.splice(0),
    faults: () => slack.faults,
    async stop() {
      await close();
      await adapter.stop();
      await slack.stop();
    },
  };
}

const PICTURE = /^data:image\/png;base64,/u;

export async function teamsDesk(): Promise<Desk> {
  const cloud = await startFakeCloud();
  settleInTeams(cloud);
  const { adapter } = ofTeams.bareTeams({ settings: ofTeams.settingsFor(cloud.url) });
  let hears: Dispatch | null = null;
  const { wire, close } = await ofTeams.heardFrom(cloud, {
    messages: adapter.messages,
    start: () => adapter.start((event, reply) => found(hears ?? undefined, 'bot').receive(event, reply)),
  });
  const person = (who: string) => teamsPerson(wire, teamsUserOf(who));
  const room = (who: string) => cloud.world.personal(teamsUserOf(who));
  const cards = (who: string) =>
    saidIn(room(who)).map((message) => ({ message, card: cardFor(message, teamsUserOf(who)) }));
  const settled = async (): Promise<void> => {
    await hears?.idle();
    await adapter.idle();
  };
  const after = async (who: string, act: () => Promise<unknown>): Promise<string> => {
    cloud.world.lastWords.delete(teamsUserOf(who));
    const words = () => cards(who).map(({ message, card }) => `${message.text}\n${textOf(card)}`);
    return `${await heard(settled, words, act)}\n${person(who).lastWords()}`;
  };
  return {
    adapter,
    accountOf: (who) => ofTeams.addressOf(teamsUserOf(who)).id,
    async hear(dispatch) {
      hears = dispatch;
    },
    standing: (who) =>
      cards(who).map(({ message, card }) => ({
        words: `${message.text}\n${textOf(card)}`,
        buttons: teamsButtons(card).map(({ label, carried }) => ({
          label,
          choice: choiceIn(carried?.press),
        })),
        edits: message.edits,
        drawn: card,
      })),
    types: (who, words) => after(who, () => person(who).types(words)),
    presses(who, label, choice) {
      const all = cards(who).flatMap(({ message, card }) =>
        teamsButtons(card).map((button) => ({ message, button })),
      );
      const { message, button } = found(
        all.findLast(
          (each) =>
            each.button.label.includes(label) &&
            (choice === undefined || choiceIn(each.button.carried?.press) === choice),
        ),
        `${label} ${choice}`,
      );
      return after(who, () => person(who).presses(room(who), message, button));
    },
    fills(who, values) {
      const dialog = found(person(who).openDialog() ?? undefined, 'open dialog');
      return after(who, () => person(who).submits(dialog, values));
    },
    files: (who) =>
      cards(who)
        .flatMap(({ card }) => (card ? [...elementsOf(card)] : []))
        .filter(({ type }) => type === 'Image')
        .map(({ altText, url }) => ({
          altText: String(altText),
          bytes: Buffer.from(String(url).replace(PICTURE, ''), 'base64'),
        })),
    clear: (who) => void room(who).messages.splice(0),
    faults: () => cloud.faults,
    async stop() {
      await close();
      await adapter.stop();
      await cloud.stop();
    },
  };
}
