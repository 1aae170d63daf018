import { randomBytes } from 'node:crypto';
import { type Button, buttonOf } from '../support/teams/cards.ts';
import type { FakeCloud } from '../support/teams/fake-cloud.ts';
import { teamsPerson } from '../support/teams/person.ts';
import { settle, teamsUserOf } from '../support/teams/residents.ts';
import {
  aMessage,
  ISPG_CHANNEL,
  saidIn,
  type TeamsConversation,
  type TeamsMessage,
} from '../support/teams/world.ts';
import { newTeams, teamsEnv, wireTo } from './on-teams.ts';
import type { Programme } from './programme.ts';
import { type Random, random } from './random.ts';
import type { Row } from './row.ts';
import { copiesOf, twoAtOnce } from './two-at-once.ts';

const PRESSERS = ['ispg', 'gtl'];
/** Across processes, presses of one drawing count as one within a minute of the clock (`adapters/teams/repeats.ts`). */
const MINUTE_MS = 60_000;

export const r4Teams: Row = {
  id: 'R4-TEAMS',
  title:
    'Two people press accept in Teams at the same instant while a third one writes, each up to four times, shuffled, presses under new ids and by older clients',
  goal: 'one effect, one notice, the other is told; one answer to the third',
  async run(options) {
    const cloud = await newTeams();
    settle(cloud);
    const chance = random(options.seed);
    const outcome = await twoAtOnce(
      teamsEnv(cloud),
      {
        press: (number, programmes) => press(cloud, programmes, number, chance),
        said: (number, own) => saidOf(cloud, number, own),
        toldLate: (number) => toldLate(cloud, number),
      },
      options,
    );
    for (const words of cloud.faults.slice(0, 5)) options.log(words);
    return { ...outcome, ok: outcome.ok && cloud.faults.length === 0 };
  },
};

/** All at the same instant, in a random order. A copy of a press comes as another activity, or as the same. */
async function press(cloud: FakeCloud, programmes: readonly Programme[], number: string, chance: Random) {
  const { world } = cloud;
  const card = cardIn(cloud, number);
  const button = accept(number);
  const written = String(world.nextStamp());
  const at = (who: string) => teamsPerson(wireTo(cloud, chance.pick(programmes).url), teamsUserOf(who));
  const presses = PRESSERS.flatMap((who) => {
    const id = world.nextId('f:');
    return copiesOf(chance).map((place) => {
      const how = { asOldClient: chance.below(3) === 0, id: chance.below(2) === 0 ? id : world.nextId('f:') };
      return { place, act: () => at(who).presses(channelOf(cloud), card, button, {}, how) };
    });
  });
  const words = copiesOf(chance).map((place) => ({
    place,
    act: () => at('bo').types('help', { again: written }),
  }));
  const begunIn = minute();
  const answers = await Promise.all(
    [...presses, ...words].sort((a, b) => a.place - b.place).map(({ act }) => act()),
  );
  const own = PRESSERS.length;
  return {
    presses: presses.length,
    own: [own, minute() === begunIn ? own : 2 * own] as const,
    faults: answers.filter(({ status }) => status !== 200).map(({ status }) => `${number}: ${status}`),
  };
}

const minute = (): number => Math.floor((performance.timeOrigin + performance.now()) / MINUTE_MS);

/** The button of one drawing of a card. */
function accept(number: string): Button {
  const token = randomBytes(9).toString('base64url');
  const carried = { action: 'accept', press: { verb: 'triage.accept', subject: number, version: 1 }, token };
  const submit = {
    type: 'Action.Submit',
    title: 'Accept',
    data: { isso: carried },
    associatedInputs: 'none',
  };
  return buttonOf({ ...submit, type: 'Action.Execute', verb: 'press', fallback: submit });
}

function channelOf({ world }: FakeCloud): TeamsConversation {
  const channel = world.conversations.get(ISPG_CHANNEL);
  if (!channel) throw new Error('the made-up Teams has no such channel');
  return channel;
}

/** The card that both have before them. */
function cardIn(cloud: FakeCloud, number: string): TeamsMessage {
  const at = cloud.world.nextStamp();
  const id = String(at);
  const card = aMessage({ id, from: null, text: `New request ${number}`, at, root: id });
  channelOf(cloud).messages.push(card);
  return card;
}

const told = (conversation: TeamsConversation, words: string): number =>
  saidIn(conversation).filter(({ text, summary }) => `${text} ${summary ?? ''}`.includes(words)).length;

/** One press is told in the channel that it was accepted, each other one that the answer is private; whoever writes is answered once. */
function saidOf(cloud: FakeCloud, number: string, own: number): readonly string[] {
  const { world } = cloud;
  const faults: string[] = [];
  const channel = channelOf(cloud);
  const third = world.personal(teamsUserOf('bo'));
  const expect = (what: string, count: number, wanted: number): void => {
    if (count !== wanted) faults.push(`${number}: ${count} times ${what}, not ${wanted}`);
  };
  expect('accepted', told(channel, `${number} is accepted`), 1);
  expect('answered directly', told(channel, 'I have answered you in a direct message'), own - 1);
  expect('helped', told(third, 'What you can do here'), 1);
  for (const { messages } of [channel, third]) messages.length = 0;
  cloud.forget();
  return faults;
}

const toldLate = ({ world }: FakeCloud, number: string): number =>
  PRESSERS.reduce(
    (sum, who) => sum + told(world.personal(teamsUserOf(who)), `This is how ${number} stands now`),
    0,
  );
