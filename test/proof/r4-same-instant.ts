import { createDispatch, WITHOUT_PLATFORM } from '../../src/dispatch.ts';
import type { Message } from '../../src/messages/message.ts';
import { plainText } from '../../src/messages/plain-text.ts';
import type { Inbound, Reply } from '../../src/ports.ts';
import { type Bot, PROGRAMME, pressed, startBot, submitted } from '../support/bot.ts';
import { query } from './databases.ts';
import { type OpenStore, openStores } from './open-stores.ts';
import { type Random, random } from './random.ts';
import type { Row } from './row.ts';

const mostCopies = 4;

export const r4: Row = {
  id: 'R4',
  title: 'Each event up to four times, shuffled, also with new ids; two people at the same instant',
  goal: 'one effect, one notice, the other is told',
  async run({ quick, seed, log }) {
    const faults: string[] = [];
    let rounds = 0;
    let events = 0;
    for (const opened of await openStores(log)) {
      const count = quick ? 15 : opened.place === 'server' ? 1_000 : 250;
      const found = await tried(opened, count, random(seed));
      rounds += count;
      events += found.events;
      for (const words of found.faults) faults.push(`${opened.place}: ${words}`);
      await opened.close();
    }
    for (const words of faults.slice(0, 20)) log(words);
    return {
      figure: `${rounds} rounds, ${events} events: ${faults.length} without exactly one effect, one notice and a word to the other`,
      ok: rounds > 0 && faults.length === 0,
    };
  },
};

/** Two processes share the database; each copy of an event comes to either. */
interface Desk {
  readonly bot: Bot;
  hear(event: Inbound): Promise<{ readonly receipt: string; readonly text: string }>;
}

async function desk({ store }: OpenStore, chance: Random): Promise<Desk> {
  const bot = await startBot(store);
  const other = createDispatch({
    ...WITHOUT_PLATFORM,
    store,
    clock: bot.clock,
    programme: PROGRAMME,
    log: bot.log,
    wake: async () => undefined,
  });
  return {
    bot,
    async hear(event) {
      const messages: Message[] = [];
      const reply: Reply = {
        say: async (message) => void messages.push(message),
        update: async () => undefined,
        openDialog: async () => undefined,
        rejectDialog: async () => undefined,
      };
      const receipt = await chance.pick([bot.dispatch, other]).receive(event, reply);
      if (receipt.kind === 'accepted') await receipt.done;
      const text = messages.map((message) => plainText(message, { timeZone: PROGRAMME.timeZone })).join('\n');
      return { receipt: receipt.kind, text };
    },
  };
}

async function tried(opened: OpenStore, rounds: number, chance: Random) {
  const faults: string[] = [];
  let events = 0;
  const at = await desk(opened, chance);
  for (let round = 0; round < rounds; round += 1) {
    const number = await at.bot.fileRequest(`System number ${round}`);
    const accept = pressed('ispg', { verb: 'triage.accept', subject: number, version: 1 });
    const decline = submitted(
      'gtl',
      { verb: 'triage.decline', subject: number, version: 1 },
      { reason: 'no_capacity', note: '' },
    );
    const heard = await atOnce(at, [accept, decline], chance);
    events += heard.length;
    faults.push(...judged(number, heard, /is accepted|is declined/u));
    const { meeting } = await meetingOf(opened, number);
    if (meeting) {
      const choose = pressed('bo', {
        verb: 'kickoff.choose',
        subject: meeting.id,
        version: meeting.version,
        choice: '0',
      });
      const chosen = await atOnce(at, [choose], chance);
      events += chosen.length;
      faults.push(...judged(number, chosen, /^Booked:/u));
    }
    faults.push(...(await effectsOf(opened, number)));
    // The hour is free again for the next round.
    await query(opened.url, `UPDATE meeting SET state = 'cancelled' WHERE state IN ('offered', 'booked')`);
  }
  await at.bot.deliver();
  faults.push(...noticesOf(at.bot));
  return { faults, events };
}

interface Heard {
  readonly event: Inbound;
  readonly receipt: string;
  readonly text: string;
}

/** Each event one to four times, some of them under a new id as Teams does, all in a random order at the same instant. */
async function atOnce(at: Desk, events: readonly Inbound[], chance: Random): Promise<readonly Heard[]> {
  const copies = events.flatMap((event) =>
    Array.from({ length: 1 + chance.below(mostCopies) }, (_, copy) =>
      copy > 0 && chance.below(2) === 0 ? { ...event, eventKey: `${event.eventKey}-again-${copy}` } : event,
    ),
  );
  const shuffled = copies
    .map((event) => ({ event, place: chance.next() }))
    .sort((a, b) => a.place - b.place)
    .map(({ event }) => event);
  return Promise.all(shuffled.map(async (event) => ({ event, ...(await at.hear(event)) })));
}

/** One of all copies had an effect; whoever came second under an id of their own was told so; the same id is heard once. */
function judged(number: string, heard: readonly Heard[], done: RegExp): string[] {
  const faults: string[] = [];
  const ids = new Set(heard.map(({ event }) => event.eventKey));
  const answered = heard.filter(({ receipt }) => receipt === 'accepted');
  if (answered.length !== ids.size)
    faults.push(`${number}: ${answered.length} of ${ids.size} ids were worked on`);
  if (heard.some(({ receipt }) => receipt === 'not-saved')) faults.push(`${number}: not saved`);
  const winners = answered.filter(({ text }) => done.test(text) && !/out of date/u.test(text));
  if (winners.length !== 1)
    faults.push(
      `${number}: ${winners.length} had an effect: ${answered.map(({ text }) => text.slice(0, 60)).join(' | ')}`,
    );
  const losers = answered.filter((each) => !winners.includes(each));
  for (const { text } of losers)
    if (!/out of date/u.test(text)) faults.push(`${number}: the other was told "${text.slice(0, 80)}"`);
  return faults;
}

async function meetingOf({ url }: OpenStore, number: string) {
  const [row] = await query(
    url,
    `SELECT m.id, m.version FROM meeting m JOIN engagement e ON e.id = m.engagement_id
      WHERE e.number = $1 AND m.state = 'offered' AND jsonb_array_length(m.offered) > 0`,
    [number],
  );
  return { meeting: row ? { id: String(row.id), version: Number(row.version) } : null };
}

async function effectsOf({ url }: OpenStore, number: string): Promise<string[]> {
  const [row] = await query(
    url,
    `SELECT e.state,
            (SELECT count(*)::int FROM audit_entry a WHERE a.engagement_id = e.id AND a.verb IN ('request.accept', 'request.decline')) AS settled,
            (SELECT count(*)::int FROM audit_entry a WHERE a.engagement_id = e.id AND a.verb = 'kickoff.book') AS booked,
            (SELECT count(*)::int FROM meeting m WHERE m.engagement_id = e.id) AS meetings
       FROM engagement e WHERE e.number = $1`,
    [number],
  );
  const accepted = row?.state === 'KICKOFF_PENDING' ? 1 : 0;
  const isSound =
    (accepted === 1 || row?.state === 'DECLINED') &&
    row?.settled === 1 &&
    row.booked === accepted &&
    row.meetings === accepted;
  return isSound ? [] : [`${number}: ${JSON.stringify(row)}`];
}

/** Every key reached the platform once; its owner has one notice of each request, either an offer with all that followed or a refusal. */
function noticesOf({ adapter }: Bot): string[] {
  const times = new Map<string, number>();
  for (const { key } of adapter.asked) times.set(key, (times.get(key) ?? 0) + 1);
  return [...times].filter(([, count]) => count > 1).map(([key, count]) => `${key} was sent ${count} times`);
}
