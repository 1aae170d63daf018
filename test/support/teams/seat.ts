/** Somebody at their Teams while the whole program runs: what they do, and what has come of it once the program rests. */
import { readFileSync } from 'node:fs';
import { playJourney, withParts } from '../../../scripts/simulate/journey.ts';
import { buttonsOf, inputsOf, type Json, textOf, type Values } from './cards.ts';
import type { OnTeams } from './on-teams.ts';
import { type Pressing, teamsPerson, type Where } from './person.ts';
import type { HttpAnswer, Spoilt } from './wire.ts';
import {
  addConversation,
  addUser,
  cardFor,
  objectIdOf,
  saidIn,
  TEAM,
  type TeamsConversation,
  type TeamsMessage,
  type TeamsUser,
} from './world.ts';

/** A channel that is none of the programme's. */
export const RANDOM_CHANNEL = '19:randomChannelOfTheDemoTenant0000000000000001@thread.tacv2';

const journeys = new URL('../../journeys/', import.meta.url);

/** Plays steps of a journey, such as `follow request-claims-hub`. */
export const play = ({ driver }: OnTeams, ...steps: readonly string[]): Promise<void> =>
  playJourney(
    withParts(steps.join('\n'), (part) => readFileSync(new URL(`parts/${part}.journey`, journeys), 'utf8')),
    driver,
  );

/** Makes a channel that is none of the programme's, with the same people in it. */
export function addRandomChannel({ cloud: { world } }: OnTeams): TeamsConversation {
  const members = world.conversations.get(TEAM.id)?.members ?? [];
  return addConversation(world, { id: RANDOM_CHANNEL, kind: 'channel', name: 'random', team: TEAM, members });
}

export function channelIn({ cloud: { world } }: OnTeams, id: string): TeamsConversation {
  const found = world.conversations.get(id);
  if (!found) throw new Error(`there is no channel ${id}`);
  return found;
}

let strangers = 0;
/** A user of the tenant whom the roster does not know; answers their object id. */
export function addStranger({ cloud: { world } }: OnTeams, facts: Partial<TeamsUser> = {}): string {
  strangers += 1;
  const objectId = objectIdOf(`stranger ${strangers}`);
  const email = `stranger${strangers}@demo.cms.example`;
  addUser(world, { objectId, name: `Stranger ${strangers}`, email, ...facts });
  return objectId;
}

/** All words of a message as that person has it before them. */
export const wordsOf = (message: TeamsMessage | undefined, reader: string): string =>
  message ? [message.text, textOf(cardFor(message, reader))].filter((text) => text !== '').join('\n') : '';

/** The seat of the user with that object id. */
export function seatOf(stage: OnTeams, user: string) {
  const { cloud, app, wire, driver } = stage;
  const { world } = cloud;
  const person = teamsPerson(wire, user);
  const direct = (): TeamsConversation => world.personal(user);
  const said = (): TeamsMessage[] => saidIn(direct());
  /** Waits until nothing is in hand. */
  const rested = async (answer: Promise<HttpAnswer>): Promise<HttpAnswer> => {
    const answered = await answer;
    if (answered.status !== 200) throw new Error(`Teams was answered ${answered.status}`);
    await app.idle();
    return answered;
  };
  const dialog = () => {
    const open = person.openDialog();
    if (!open) throw new Error(`no dialog is open; the bot said: ${wordsOf(said().at(-1), user)}`);
    return open;
  };
  const buttonIn = (messages: readonly TeamsMessage[], label: string) => {
    const ofLabel = (message: TeamsMessage) =>
      buttonsOf(cardFor(message, user)).find(
        (each) => each.label === label || each.label.startsWith(`${label}:`),
      );
    const message = messages.findLast((each) => ofLabel(each));
    const button = message ? ofLabel(message) : undefined;
    if (!message || !button) throw new Error(`no ${label}; the bot said: ${wordsOf(messages.at(-1), user)}`);
    return { message, button };
  };
  return {
    user,
    person,
    said,
    dialog,
    buttonIn,
    last: (): string => wordsOf(said().at(-1), user),
    lastWords: (): string => person.lastWords(),
    types: (text: string, where: Where = {}) => rested(person.types(text, where)),
    /** Types it and answers with what the bot said to them directly after it. */
    async hears(text: string): Promise<string> {
      const before = said().length;
      await rested(person.types(text));
      return said()
        .slice(before)
        .map((each) => wordsOf(each, user))
        .join('\n');
    },
    extension: (commandId: string, about?: Parameters<typeof person.extension>[1]) =>
      rested(person.extension(commandId, about)),
    searches: (words: string) => rested(person.searches(words)),
    installs: () => rested(person.installs()),
    uninstalls: () => rested(person.uninstalls()),
    tells: (facts: Json, where: Where = {}, spoilt?: Spoilt) => rested(person.tells(facts, where, spoilt)),
    /** Presses the newest button with that label, in the personal conversation or elsewhere. */
    presses(label: string, conversation = direct(), values: Values = {}, how: Pressing = {}) {
      const { message, button } = buttonIn(saidIn(conversation), label);
      return rested(person.presses(conversation, message, button, values, how));
    },
    submits: (values: Values) => rested(person.submits(dialog(), values)),
    /** What stands in the open dialog, by field, as a client would send it; null for nothing. */
    standing: (): Record<string, string | null> =>
      Object.fromEntries(inputsOf(dialog().card).map(({ id, value }) => [id, value])),
    /** What the open dialog says is wrong, by field. */
    errors: (): Record<string, string> =>
      Object.fromEntries(
        inputsOf(dialog().card).flatMap(({ id, error }) => (error === null ? [] : [[id, error]])),
      ),
    /** Moves the clock for what waits for its second. */
    rest: () => driver.advance({ advance: 'PT1S' }),
  };
}
export type Seat = ReturnType<typeof seatOf>;
