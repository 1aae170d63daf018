/** People with a nudge before them in a made-up Slack or Teams: which of its lines they can settle by a press, and when it is drawn again without one. */
import { setTimeout as pause } from 'node:timers/promises';
import { type FakeSlack, TAKEN } from '../support/slack/fake-slack.ts';
import { buttonsOf, slackPerson } from '../support/slack/person.ts';
import { saidIn } from '../support/slack/seat.ts';
import { buttonsOf as teamsButtons, textOf } from '../support/teams/cards.ts';
import { type FakeCloud, TAKEN as TAKEN_BY_TEAMS } from '../support/teams/fake-cloud.ts';
import { teamsPerson } from '../support/teams/person.ts';
import { objectIdOf, saidIn as saidInTeams, TENANT } from '../support/teams/world.ts';
import { AT_ONCE, type Nudged } from './nudged-crowd.ts';
import { wireTo as wireToSlack } from './on-slack.ts';
import { wireTo as wireToTeams } from './on-teams.ts';

/** A request that draws a message of the bot anew, as it came to the platform. */
export interface Edit {
  /** The message. */
  readonly of: string;
  /** `performance.now()` of its arrival. */
  readonly at: number;
  /** All that was drawn, as JSON. */
  readonly drawn: string;
}

/** Somebody at their platform. */
export interface Seat {
  readonly id: string;
  /** Messages of the day that stand with them, by what edits call them: one. */
  days(): readonly string[];
  /** All that the bot has posted to them. */
  posts(): number;
  /** The words of the newest of them. */
  last(): string;
  /** Keys of the lines that they can settle now by one press. */
  open(): readonly string[];
  /** Presses *Done* on that line; settles when the platform has its answer, which is its status. */
  done(key: string): Promise<number>;
}

/** One platform with its people. */
export interface Stand {
  readonly seats: readonly Seat[];
  /** Requests that have drawn something anew, in the order of their arrival. */
  readonly edits: readonly Edit[];
  /** Settles when something changes there. */
  changed(): Promise<void>;
  /** What the platform would have refused. */
  faults(): readonly string[];
}

/** By what they are known on their platform, and in deliveries. */
export const slackAccount = (slack: FakeSlack, id: string): string => `${slack.world.team}/${slackUser(id)}`;
export const slackUser = (id: string): string => `U0${id.toUpperCase().replaceAll('-', '')}`;
export const teamsAccount = (id: string): string => `${TENANT}/${objectIdOf(id)}`;

/** Key of the line that a button of a nudge settles by itself; null for any other button. */
function settledBy(press: unknown): string | null {
  const { verb, choice } = Object(press) as { readonly verb?: unknown; readonly choice?: unknown };
  return verb === 'nudge.done' && typeof choice === 'string' && AT_ONCE.has(choice) ? choice : null;
}

/** The people of the crowd who are on Slack, of whom the bot at `url` hears. */
export function slackStand(slack: FakeSlack, url: string, crowd: readonly Nudged[]): Stand {
  const edits: Edit[] = [];
  slack.fate = ({ method, args }) => {
    if (method === 'chat.update')
      edits.push({ of: `${args.channel}/${args.ts}`, at: performance.now(), drawn: JSON.stringify(args) });
    return TAKEN;
  };
  const seatOf = ({ id }: Nudged): Seat => {
    const person = slackPerson(wireToSlack(slack, url), slackUser(id));
    const room = slack.world.direct(person.user);
    const found = () =>
      saidIn(room).flatMap((message) =>
        buttonsOf(message.blocks).flatMap((button) => {
          const key = button.value === '' ? null : settledBy(JSON.parse(button.value));
          return key === null ? [] : [{ message, button, key }];
        }),
      );
    return {
      id,
      days: () => [...new Set(found().map(({ message }) => `${room.id}/${message.ts}`))],
      posts: () => saidIn(room).length,
      last: () => saidIn(room).at(-1)?.text ?? '',
      open: () => found().map(({ key }) => key),
      async done(key) {
        const line = lineIn(found(), key);
        return (await person.presses(room.id, line.message, line.button)).status;
      },
    };
  };
  return {
    seats: crowd.map(seatOf),
    edits,
    changed: () => slack.changed(),
    faults: () => slack.faults,
  };
}

/** The same in Teams. */
export function teamsStand(cloud: FakeCloud, url: string, crowd: readonly Nudged[]): Stand {
  const edits: Edit[] = [];
  cloud.fate = ({ what, conversation, target, body }) => {
    if (what === 'update')
      edits.push({ of: `${conversation}/${target}`, at: performance.now(), drawn: JSON.stringify(body) });
    return TAKEN_BY_TEAMS;
  };
  const seatOf = ({ id }: Nudged): Seat => {
    const person = teamsPerson(wireToTeams(cloud, url), objectIdOf(id));
    const room = cloud.world.personal(person.user.objectId);
    const found = () =>
      saidInTeams(room).flatMap((message) =>
        teamsButtons(person.cardOf(message)).flatMap((button) => {
          const key = settledBy(button.carried?.press);
          return key === null ? [] : [{ message, button, key }];
        }),
      );
    return {
      id,
      days: () => [...new Set(found().map(({ message }) => `${room.id}/${message.id}`))],
      posts: () => saidInTeams(room).length,
      last: () => textOf(saidInTeams(room).at(-1)?.card ?? null),
      open: () => found().map(({ key }) => key),
      async done(key) {
        const line = lineIn(found(), key);
        return (await person.presses(room, line.message, line.button)).status;
      },
    };
  };
  return {
    seats: crowd.map(seatOf),
    edits,
    changed: () => cloud.changed(),
    faults: () => cloud.faults,
  };
}

function lineIn<T extends { readonly key: string }>(found: readonly T[], key: string): T {
  const line = found.find((each) => each.key === key);
  if (!line) throw new Error(`no line ${key} stands there`);
  return line;
}

const patienceMs = 60_000;

/** Waits until it is so, looking again at each change; throws when it takes a minute. */
export async function until(
  isSo: () => boolean,
  changed: () => Promise<void>,
  what: () => string,
): Promise<void> {
  const isLate = pause(patienceMs, true, { ref: false });
  while (!isSo()) {
    const late = await Promise.race([isLate, changed()]);
    if (late === true) throw new Error(`not within ${patienceMs / 1_000} s: ${what()}`);
  }
}
