import type { FakeSlack } from '../support/slack/fake-slack.ts';
import { slackPerson } from '../support/slack/person.ts';
import { settle } from '../support/slack/residents.ts';
import { aMessage, BOT_USER, type SlackConversation, type SlackMessage } from '../support/slack/world.ts';
import { newSlack, slackEnv, wireTo } from './on-slack.ts';
import type { Programme } from './programme.ts';
import { type Random, random } from './random.ts';
import type { Row } from './row.ts';
import { copiesOf, twoAtOnce } from './two-at-once.ts';

const ISPG_CHANNEL = 'C0ISPG';
const PRESSERS = ['U0ISPG', 'U0GTL'] as const;

export const r4Slack: Row = {
  id: 'R4-SLACK',
  title:
    'Two people press accept in Slack at the same instant, each press up to four times, shuffled, also under new ids',
  goal: 'one effect, one notice, the others are told',
  async run(options) {
    const slack = await newSlack();
    settle(slack);
    const chance = random(options.seed);
    const outcome = await twoAtOnce(
      slackEnv(slack),
      {
        press: (number, programmes) => press(slack, programmes, number, chance),
        said: (number, own) => saidOf(slack, number, own),
        toldLate: null,
      },
      options,
    );
    for (const words of slack.faults.slice(0, 5)) options.log(words);
    return { ...outcome, ok: outcome.ok && slack.faults.length === 0 };
  },
};

/** All presses at the same instant, in a random order; a copy is the same press, or another one of the same person. */
async function press(slack: FakeSlack, programmes: readonly Programme[], number: string, chance: Random) {
  const card = cardIn(slack, number);
  const copies = PRESSERS.flatMap((user) => {
    const stamp = slack.world.nextTs();
    return copiesOf(chance).map((place, copy) => ({
      user,
      stamp: copy > 0 && chance.below(2) === 0 ? slack.world.nextTs() : stamp,
      place,
    }));
  });
  const shuffled = copies.sort((a, b) => a.place - b.place);
  const faults: string[] = [];
  await Promise.all(
    shuffled.map(async ({ user, stamp }) => {
      const wire = wireTo(slack, chance.pick(programmes).url);
      const { status } = await slackPerson(wire, user).presses(ISPG_CHANNEL, card, accept(number), {}, stamp);
      if (status !== 200) faults.push(`${number}: ${status}`);
    }),
  );
  const own = new Set(copies.map(({ stamp }) => stamp)).size;
  return { presses: copies.length, own: [own, own] as const, faults };
}

const accept = (number: string) => ({
  actionId: 'press:accept',
  blockId: 'actions:1',
  label: 'Accept',
  value: JSON.stringify({ verb: 'triage.accept', subject: number, version: 1 }),
});

const channelOf = ({ world }: FakeSlack): SlackConversation => {
  const channel = world.conversations.get(ISPG_CHANNEL);
  if (!channel) throw new Error('the made-up Slack has no such channel');
  return channel;
};

/** The card that both have before them. */
function cardIn(slack: FakeSlack, number: string): SlackMessage {
  const card = aMessage({ ts: slack.world.nextTs(), user: BOT_USER, text: `New request ${number}` });
  channelOf(slack).messages.push(card);
  return card;
}

/** One press is told in the channel that it was accepted, each other one that the answer is private; and no message comes twice. */
function saidOf(slack: FakeSlack, number: string, own: number): readonly string[] {
  const faults: string[] = [];
  const told = (words: string): number =>
    channelOf(slack).messages.filter(({ text }) => text.includes(words)).length;
  const accepted = told(`${number} is accepted`);
  if (accepted !== 1) faults.push(`${number}: said ${accepted} times that it is accepted`);
  const late = told('I have answered you in a direct message');
  if (late !== own - 1) faults.push(`${number}: of ${own} presses ${late} were answered directly`);
  const conversations = [...slack.world.conversations.values()];
  const keys = conversations.flatMap(({ messages }) => messages.flatMap(({ metadata }) => keyIn(metadata)));
  if (new Set(keys).size !== keys.length) faults.push(`${number}: a message came twice`);
  for (const { messages } of conversations) messages.length = 0;
  slack.forget();
  return faults;
}

const keyIn = (metadata: unknown): readonly string[] => {
  const key = (metadata as { readonly event_payload?: { readonly key?: unknown } } | null)?.event_payload
    ?.key;
  return typeof key === 'string' ? [key] : [];
};
