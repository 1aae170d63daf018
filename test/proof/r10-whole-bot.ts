import { ENGAGEMENT_STATES, type EngagementState, mayFollow } from '../../src/domain/engagement-states.ts';
import { localDate } from '../../src/domain/time.ts';
import { TUESDAY } from '../support/fakes.ts';
import { query } from './databases.ts';
import { type OpenStore, openStores } from './open-stores.ts';
import { type Random, random } from './random.ts';
import { type Known, speakAtRandom } from './random-talk.ts';
import type { Row } from './row.ts';
import { MOODS, type WholeBot, wholeBot } from './whole-bot.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const r10: Row = {
  id: 'R10',
  title: 'The whole bot on a virtual clock: random commands, faults, moves of the clock and restarts',
  goal: 'no lost request, only legal transitions, each obligation told once, the record replays',
  async run({ quick, seed, log }) {
    const [embedded, server] = await openStores(log);
    const opened = server ?? embedded;
    if (!opened) throw new Error('There is no store.');
    const worlds = quick ? 2 : 20;
    const steps = quick ? 60 : 200;
    const faults: string[] = [];
    const sum = { requests: 0, transitions: 0, told: 0 };
    for (let world = 0; world < worlds; world += 1) {
      await opened.empty();
      const found = await live(opened, steps, random(seed + world));
      for (const words of found.faults) faults.push(`--seed ${seed + world}: ${words}`);
      sum.requests += found.requests;
      sum.transitions += found.transitions;
      sum.told += found.told;
    }
    for (const words of faults.slice(0, 20)) log(words);
    return {
      figure: `${worlds} seeds × ${steps} steps on the ${opened.place} store: ${sum.requests} requests, ${sum.transitions} transitions, ${sum.told} messages told: ${faults.length} not as they should be`,
      ok: sum.told > 0 && faults.length === 0,
    };
  },
};

async function live(opened: OpenStore, steps: number, chance: Random) {
  const whole = await wholeBot(opened.store, TUESDAY, chance);
  const filed: string[] = [];
  const trouble: Trouble = { sinceMs: null };
  for (let step = 0; step < steps; step += 1) await act(whole, opened, filed, chance, trouble);
  whole.mood = 'well';
  // What waited for a platform comes within its longest wait, what waited for its hour within the holidays.
  for (let days = 0; days < 5; days += 1)
    await whole.advanceTo(new Date(whole.bot.clock.now().getTime() + DAY));
  return examine(whole, opened, filed);
}

/** Since when the platform has not been well for long enough to take all that waits. */
interface Trouble {
  sinceMs: number | null;
}
/** After three days without it the bot gives messages up, as it should; here none is to be lost. */
const MOST_TROUBLE_MS = 2 * DAY;
/** Longer than anything waits for its next attempt. */
const WELL_AGAIN_MS = 2 * HOUR;

async function act(
  whole: WholeBot,
  opened: OpenStore,
  filed: string[],
  chance: Random,
  trouble: Trouble,
): Promise<void> {
  const { bot } = whole;
  const now = bot.clock.now().getTime();
  if (whole.mood !== 'well') trouble.sinceMs ??= now;
  const later = async (ms: number): Promise<void> => {
    if (trouble.sinceMs !== null && now + ms - trouble.sinceMs > MOST_TROUBLE_MS) whole.mood = 'well';
    const isWell = whole.mood === 'well' && ms >= WELL_AGAIN_MS;
    await whole.advanceTo(new Date(now + ms));
    if (isWell) trouble.sinceMs = null;
  };
  const dice = chance.below(100);
  if (dice < 6) filed.push(await bot.fileRequest(`System ${filed.length}`, chance.pick(['bo', 'bo2'])));
  else if (dice < 60) await speakAtRandom(bot, await knownIn(opened), chance);
  else if (dice < 68) {
    const known = await knownIn(opened);
    await Promise.all([speakAtRandom(bot, known, chance), speakAtRandom(bot, known, chance)]);
  } else if (dice < 75) whole.mood = chance.pick(MOODS);
  else if (dice < 79) await whole.crash();
  else if (dice < 81) await wish(opened, now, chance);
  else if (dice < 88) await whole.deliver();
  else if (dice < 94) await later(chance.below(10 * MINUTE));
  else if (dice < 97) await later(chance.below(8 * HOUR));
  else await later(chance.below(3 * DAY));
}

/** Somebody changes their settings, or goes on leave. */
async function wish({ store }: OpenStore, now: number, chance: Random): Promise<void> {
  const personId = chance.pick(['bo', 'bo2', 'cra', 'ispg', 'gtl', 'lead']);
  const fromOn = localDate(new Date(now), 'America/New_York');
  await store.transaction(async (tx) => {
    if (chance.below(2) === 0)
      return tx.contact.addLeave({
        id: `leave-${now}-${personId}-${chance.next()}`,
        personId,
        fromOn,
        toOn: fromOn,
      });
    return tx.contact.save({
      personId,
      workHours: null,
      quietHours: chance.pick([null, { from: '20:00', to: '09:30' }]),
      inaugurationDay: false,
      muted: chance.pick([[], ['meeting-reminders'], ['requests', 'surveys']]),
      rhythm: null,
    });
  });
}

async function knownIn({ url }: OpenStore): Promise<readonly Known[]> {
  const rows = await query(
    url,
    `SELECT e.number, e.version, e.state, e.business_owner_id, m.id, m.version AS meeting_version FROM engagement e
       LEFT JOIN LATERAL (SELECT id, version FROM meeting WHERE engagement_id = e.id ORDER BY ordinal DESC LIMIT 1) m ON true
      ORDER BY e.number`,
  );
  return rows.map((row) => ({
    number: String(row.number),
    state: String(row.state),
    ownerId: String(row.business_owner_id),
    version: Number(row.version),
    meetingId: row.id === null ? null : String(row.id),
    meetingVersion: Number(row.meeting_version ?? 1),
  }));
}

async function examine(whole: WholeBot, opened: OpenStore, filed: readonly string[]) {
  const faults = [...whole.mistakes().map((words) => `a mistake: ${words}`)];
  const record = await replay(opened, filed);
  const told = await obligations(whole, opened);
  const open = await query(opened.url, 'SELECT count(*)::int AS n FROM inbox_event WHERE done_at IS NULL');
  if (open[0]?.n !== 0) faults.push(`${open[0]?.n} events were never worked on`);
  faults.push(...record.faults, ...told.faults);
  return { faults, requests: record.requests, transitions: record.transitions, told: told.told };
}

const isState = (text: string): text is EngagementState => ENGAGEMENT_STATES.some((state) => state === text);

/** The record of each request from its beginning: every step follows from the one before, and the last is how it stands. */
async function replay({ url }: OpenStore, filed: readonly string[]) {
  const faults: string[] = [];
  const engagements = await query(url, 'SELECT id, number, state, version FROM engagement ORDER BY number');
  const numbers = new Set(engagements.map(({ number }) => String(number)));
  for (const number of filed) if (!numbers.has(number)) faults.push(`${number} is lost`);
  let transitions = 0;
  for (const { id, number, state } of engagements) {
    const entries = await query(
      url,
      `SELECT verb, from_state AS "from", to_state AS "to" FROM audit_entry WHERE engagement_id = $1 ORDER BY sequence`,
      [id],
    );
    // What was written past the conversation has no record of its filing.
    let stands: EngagementState | null = filed.includes(String(number)) ? 'REQUESTED' : null;
    for (const { verb, from, to } of entries) {
      if (to === null) continue;
      const [before, after] = [from === null ? null : String(from), String(to)];
      if (!isState(after) || before !== stands) {
        faults.push(`${number}: ${verb} goes from ${before} to ${after} where it stood at ${stands}`);
        break;
      }
      if (stands !== null && stands !== after) {
        transitions += 1;
        if (!mayFollow(stands, after)) faults.push(`${number}: ${after} may not follow ${stands}`);
      }
      stands = after;
    }
    if (stands !== state) faults.push(`${number} is ${state}, its record says ${stands}`);
  }
  return { faults, requests: engagements.length, transitions };
}

/** Each row came to an end or waits for an instant to come; what is sent stands once, as itself or in one bundle. */
async function obligations({ landed, bot }: WholeBot, { url }: OpenStore) {
  const faults: string[] = [];
  const now = bot.clock.now();
  const rows = await query(
    url,
    'SELECT key, state, reason, bundle, wake_at, card FROM delivery ORDER BY sequence',
  );
  const bundleOf = new Map(
    rows.map((row) => [String(row.key), row.bundle === null ? null : String(row.bundle)]),
  );
  let told = 0;
  for (const { key: raw, state, reason, bundle, wake_at: wakeAt } of rows) {
    const key = String(raw);
    const own = landed.get(key) ?? 0;
    if (own > 1) faults.push(`${key} came ${own} times`);
    if (state === 'leased') faults.push(`${key} is still in hand`);
    if (state === 'pending' && !(wakeAt instanceof Date && wakeAt > now))
      faults.push(`${key} is due and was not sent`);
    if (state === 'blocked' || state === 'unreachable') faults.push(`${key} was given up: ${reason}`);
    if (state !== 'sent') continue;
    told += 1;
    const name = bundle === null ? key : String(bundle);
    if (!landed.has(name)) faults.push(`${key} counts as sent and never came`);
    if (name !== key && own > 0) faults.push(`${key} came by itself and as part of ${name}`);
    if (name !== key && bundleOf.get(name) !== name)
      faults.push(`${key} is part of ${name}, which went out by itself`);
  }
  return { faults, told };
}
