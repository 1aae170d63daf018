import { setTimeout as pause } from 'node:timers/promises';
import { say } from '../../src/messages/message.ts';
import { plainText } from '../../src/messages/plain-text.ts';
import type { DeliveryFailure, NewDelivery } from '../../src/ports.ts';
import { composeIspgDigest } from '../../src/usecases/enqueue-digests.ts';
import { PROGRAMME, startBot } from '../support/bot.ts';
import { TUESDAY } from '../support/fakes.ts';
import { query } from './databases.ts';
import { type OpenStore, openStores } from './open-stores.ts';
import { type Random, random } from './random.ts';
import type { Row } from './row.ts';

/** Something that can be wrong with one message. */
interface Poison {
  readonly name: string;
  /** What is done to its row, or to its reader's, past the program. */
  readonly sql?: string;
  /** What the platform, or the adapter before it, does with it. */
  readonly answer?: (times: number) => Promise<DeliveryFailure> | DeliveryFailure;
  readonly facts?: Partial<NewDelivery>;
}

const rowSql = (change: string): string => `UPDATE delivery SET ${change} WHERE key = $1`;
const silentMs = 3_600_000;

/** They are written first and backwards, so that a claim begins with what is read about the last one's reader. */
const poisons: readonly Poison[] = [
  {
    name: 'the adapter throws',
    answer: () => {
      throw new Error('a bug of the adapter');
    },
  },
  {
    name: 'the adapter rejects with something odd',
    answer: () => Promise.reject('words'),
  },
  {
    name: 'the adapter never answers, then the conversation is gone',
    answer: async (times) => {
      if (times === 1) await pause(silentMs, undefined, { ref: false });
      return { kind: 'gone' };
    },
  },
  {
    name: 'far too large a message, which the platform refuses',
    facts: { message: say('x'.repeat(2_000_000)) },
    answer: () => ({ kind: 'forbidden', need: 'a shorter message' }),
  },
  { name: 'a message of another shape', sql: rowSql(`message = '{"blocks":"none"}'`) },
  { name: 'a message that is a number', sql: rowSql(`message = '7'`) },
  { name: 'a condition nobody knows', sql: rowSql(`still_true = '{"kind":"full-moon"}'`) },
  { name: 'an attachment of another shape', sql: rowSql(`attachment = '[]'`) },
  { name: 'an unknown kind', sql: rowSql(`kind = 'telegram'`) },
  { name: 'an unknown urgency', sql: rowSql(`urgency = 'whenever'`) },
  { name: 'an unknown topic', sql: rowSql(`topic = 'the weather'`) },
  {
    name: 'a reader in no zone on earth',
    sql: `UPDATE person SET time_zone = 'Nowhere/Else' WHERE id = (SELECT recipient_id FROM delivery WHERE key = $1)`,
    facts: { urgency: 'told' },
  },
  {
    name: "a reader's settings nobody can read",
    sql: `INSERT INTO contact_setting (person_id, muted) SELECT recipient_id, '{the weather}' FROM delivery WHERE key = $1`,
  },
];

export const r11: Row = {
  id: 'R11',
  title: 'Messages that can never be sent, each for another reason',
  goal: 'each comes to an end, log and digest say so, neighbours go out at once',
  async run({ quick, seed, log }) {
    const faults: string[] = [];
    const neighbours = quick ? 30 : 500;
    const opened = await openStores(log);
    // Beside each other: each waits long for an adapter that never answers.
    const trying = opened.map(async (one) => {
      for (const words of await tried(one, neighbours, random(seed))) faults.push(`${one.place}: ${words}`);
      await one.close();
    });
    await Promise.all(trying);
    const stores = opened.length;
    for (const words of faults.slice(0, 20)) log(words);
    return {
      figure: `${poisons.length * stores} poisoned messages among ${neighbours * stores}: ${faults.length} not as they should be`,
      ok: stores > 0 && faults.length === 0,
    };
  },
};

async function tried({ store, url }: OpenStore, neighbours: number, chance: Random): Promise<string[]> {
  const faults: string[] = [];
  const bot = await startBot(store, { now: TUESDAY });
  const names = [
    ...poisons.map((_, index) => `victim${index}`),
    ...Array.from({ length: neighbours }, (_, index) => `n${index}`),
  ];
  await store.transaction(async (tx) => {
    await tx.people.save(
      names.map((id) => ({
        id,
        name: `Name of ${id}`,
        email: null,
        roles: [],
        components: [],
        timeZone: 'America/New_York',
        calendarToken: `token-${id}`,
      })),
    );
    for (const id of names) await tx.people.linkPlatformUser('console', id, id);
    const poisoned = poisons.map((poison, index) => row(`poison-${index}`, `victim${index}`, poison.facts));
    const fine = names.slice(poisons.length).map((id) => row(`fine-${id}`, id));
    for (const one of poisoned.reverse()) await tx.deliveries.enqueue(one);
    for (let left = fine.length; left > 0; left -= 1) {
      const [one] = fine.splice(chance.below(left), 1);
      if (one) await tx.deliveries.enqueue(one);
    }
  });
  for (const [index, { sql }] of poisons.entries()) if (sql) await query(url, sql, [`poison-${index}`]);
  const times = new Map<string, number>();
  bot.adapter.answer = ({ key }) => {
    const poison = poisons[Number(/^poison-(\d+)$/u.exec(key)?.[1])];
    times.set(key, (times.get(key) ?? 0) + 1);
    return poison?.answer?.(times.get(key) ?? 1) ?? null;
  };
  await bot.deliver();
  const [first] = await query(
    url,
    `SELECT count(*)::int AS sent FROM delivery WHERE key LIKE 'fine-%' AND state = 'sent' AND attempts = 1`,
  );
  if (first?.sent !== neighbours)
    faults.push(`${neighbours - Number(first?.sent)} neighbours did not go out at once`);
  const undelivered = `SELECT key, state, reason FROM delivery WHERE key LIKE 'poison-%'`;
  for (let due = await store.deliveries.nextDueAt(); due; due = await store.deliveries.nextDueAt()) {
    bot.clock.set(new Date(Math.max(due.getTime(), bot.clock.now().getTime())));
    await bot.deliver();
  }
  for (const { key, state } of await query(url, undelivered)) {
    const poison = poisons[Number(String(key).slice('poison-'.length))];
    if (state !== 'unreachable' && state !== 'blocked') faults.push(`${poison?.name} ended as ${state}`);
  }
  const digest = await store.transaction((tx) => composeIspgDigest(tx, PROGRAMME, bot.clock.now()));
  const words = plainText(digest, { timeZone: 'America/New_York' });
  if (!words.includes(`could not be delivered (${poisons.length})`))
    faults.push(
      `the digest does not name ${poisons.length}: ${/could not be delivered[^\n]*/u.exec(words)?.[0] ?? 'none'}`,
    );
  const logged = bot.log.lines.filter(({ level }) => level !== 'info').length;
  if (logged < poisons.length) faults.push(`the log says only ${logged} times that something is wrong`);
  for (const key of times.keys())
    if (key.startsWith('fine-') && times.get(key) !== 1)
      faults.push(`${key} was sent ${times.get(key)} times`);
  return faults;
}

const row = (key: string, personId: string, facts: Partial<NewDelivery> = {}): NewDelivery => ({
  key,
  to: { kind: 'person', personId },
  kind: 'notice',
  urgency: 'asked',
  topic: null,
  message: say(`words of ${key}`),
  attachment: null,
  via: null,
  dueAt: TUESDAY,
  expiresAt: null,
  stillTrue: null,
  card: null,
  about: null,
  ...facts,
});
