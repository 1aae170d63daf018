import { putRequest } from '../support/bot.ts';
import type { FakeSlack } from '../support/slack/fake-slack.ts';
import { slackPerson } from '../support/slack/person.ts';
import { settle } from '../support/slack/residents.ts';
import { aMessage, BOT_USER, type SlackConversation, type SlackMessage } from '../support/slack/world.ts';
import { newServerDatabase, query, sharedServer } from './databases.ts';
import { newSlack, slackEnv, wireTo } from './on-slack.ts';
import { type OpenStore, openAt, openEmbeddedStore } from './open-stores.ts';
import { type Programme, startProgramme } from './programme.ts';
import { type Random, random } from './random.ts';
import type { Row } from './row.ts';
import { settled } from './settled.ts';

const mostCopies = 4;
const ISPG_CHANNEL = 'C0ISPG';
const PRESSERS = ['U0ISPG', 'U0GTL'] as const;

export const r4Slack: Row = {
  id: 'R4-SLACK',
  title:
    'Two people press accept in Slack at the same instant, each press up to four times, shuffled, also under new ids',
  goal: 'one effect, one notice, the others are told',
  async run({ quick, seed, log }) {
    const server = await sharedServer();
    if (typeof server === 'string') log(`on a PostgreSQL server not run: ${server}`);
    const opened =
      typeof server === 'string'
        ? await openEmbeddedStore()
        : await openAt({ kind: 'server', url: await newServerDatabase(server) });
    const found = await tried(opened, quick ? 10 : 1_000, random(seed));
    for (const words of found.faults.slice(0, 20)) log(words);
    return {
      figure: `${found.rounds} rounds, ${found.presses} presses: ${found.faults.length} without exactly one effect, one notice and a word to the others`,
      ok: found.rounds > 0 && found.faults.length === 0,
    };
  },
};

/** Two programs share the database; each request of Slack's comes to either. */
async function tried(opened: OpenStore, rounds: number, chance: Random) {
  const slack = await newSlack();
  settle(slack);
  const env = { ...slackEnv(slack), DATABASE_URL: opened.url, ROSTER_FILE: 'prisma/demo-roster.csv' };
  const programmes = [await startProgramme({ env }), await startProgramme({ env })];
  const faults: string[] = [];
  let presses = 0;
  for (let round = 0; round < rounds; round += 1) {
    const number = await putRequest(opened.store, new Date(), `System number ${round}`, 'bo');
    const sent = await press(slack, programmes, number, chance);
    presses += sent.length;
    faults.push(...sent.filter(({ status }) => status !== 200).map(({ status }) => `${number}: ${status}`));
    await settled(opened.url);
    const ids = new Set(sent.map(({ stamp }) => stamp)).size;
    faults.push(...toldOf(slack, number, ids), ...(await effectsOf(opened.url, number, ids, round)));
    for (const { messages } of slack.world.conversations.values()) messages.length = 0;
    slack.forget();
    // The hour is free again for the next round.
    await query(opened.url, `UPDATE meeting SET state = 'cancelled' WHERE state IN ('offered', 'booked')`);
  }
  for (const programme of programmes) await programme.stop();
  return { rounds, presses, faults: [...faults, ...slack.faults] };
}

/** All presses at the same instant, in a random order; a copy is the same press, or another one of the same person. */
async function press(slack: FakeSlack, programmes: readonly Programme[], number: string, chance: Random) {
  const card = cardIn(slack, number);
  const copies = PRESSERS.flatMap((user) => {
    const stamp = slack.world.nextTs();
    return Array.from({ length: 1 + chance.below(mostCopies) }, (_, copy) => ({
      user,
      stamp: copy > 0 && chance.below(2) === 0 ? slack.world.nextTs() : stamp,
      place: chance.next(),
    }));
  });
  const shuffled = copies.sort((a, b) => a.place - b.place);
  return Promise.all(
    shuffled.map(async ({ user, stamp }) => {
      const wire = wireTo(slack, chance.pick(programmes).url);
      const { status } = await slackPerson(wire, user).presses(ISPG_CHANNEL, card, accept(number), {}, stamp);
      return { stamp, status };
    }),
  );
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
function toldOf(slack: FakeSlack, number: string, ids: number): string[] {
  const faults: string[] = [];
  const told = (words: string): number =>
    channelOf(slack).messages.filter(({ text }) => text.includes(words)).length;
  const accepted = told(`${number} is accepted`);
  if (accepted !== 1) faults.push(`${number}: said ${accepted} times that it is accepted`);
  const late = told('I have answered you in a direct message');
  if (late !== ids - 1) faults.push(`${number}: of ${ids} presses ${late} were answered directly`);
  const keys = [...slack.world.conversations.values()].flatMap(({ messages }) =>
    messages.flatMap(({ metadata }) => keyIn(metadata)),
  );
  if (new Set(keys).size !== keys.length) faults.push(`${number}: a message came twice`);
  return faults;
}

const keyIn = (metadata: unknown): readonly string[] => {
  const key = (metadata as { readonly event_payload?: { readonly key?: unknown } } | null)?.event_payload
    ?.key;
  return typeof key === 'string' ? [key] : [];
};

async function effectsOf(url: string, number: string, ids: number, round: number): Promise<string[]> {
  const [row] = await query(
    url,
    `SELECT e.state,
            (SELECT count(*)::int FROM audit_entry a WHERE a.engagement_id = e.id AND a.verb = 'request.accept') AS accepted,
            (SELECT count(*)::int FROM meeting m WHERE m.engagement_id = e.id) AS meetings,
            (SELECT count(*)::int FROM inbox_event) AS events,
            (SELECT count(*)::int FROM delivery d WHERE d.key LIKE 'private:%'
                AND d.message::text LIKE '%That card was out of date%' || $1 || '%') AS late
       FROM engagement e WHERE e.number = $1`,
    [number],
  );
  await query(url, 'DELETE FROM inbox_event');
  const isSound =
    row?.state === 'KICKOFF_PENDING' &&
    row.accepted === 1 &&
    row.meetings === 1 &&
    row.events === ids &&
    row.late === ids - 1;
  return isSound ? [] : [`${number} (round ${round}, ${ids} presses): ${JSON.stringify(row)}`];
}
