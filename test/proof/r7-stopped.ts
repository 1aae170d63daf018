import { FEDERAL_CALENDAR, isBusinessDay } from '../../src/domain/calendar.ts';
import { nextOpening } from '../../src/domain/courtesy.ts';
import { addDays, instantOf, localDate } from '../../src/domain/time.ts';
import { type AppLife, newLife, type Span } from './app-life.ts';
import { carryOn, file } from './filing.ts';
import { platformAway } from './platform-away.ts';
import { type Random, random } from './random.ts';
import type { Row } from './row.ts';

const zone = 'America/New_York';
const quietHours = { from: '18:00', to: '08:00' };
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A Monday morning. */
const monday = new Date('2026-11-30T09:30:00-05:00');
const endsAt = new Date(monday.getTime() + 14 * DAY);

/** What must have come of one thing that recurs or was due, whatever stood in the way. */
interface Expected {
  readonly key: string;
  readonly isSent: boolean;
}
/** The policy of one kind of cadence: what has to be there after a life with these spans. */
interface Policy {
  readonly name: string;
  expected(life: AppLife, due: readonly Due[]): readonly Expected[];
  /** Whether the delivery is of this kind. */
  owns(key: string): boolean;
}

/** What stood in the queue before anything went wrong. */
interface Due {
  readonly key: string;
  readonly dueAt: Date;
  readonly expiresAt: Date | null;
  /** Null for a channel. */
  readonly readerZone: string | null;
}

/** The business days of the time, at nine. */
function businessMornings(): Date[] {
  const found: Date[] = [];
  for (let day = localDate(monday, zone); day <= localDate(endsAt, zone); day = addDays(day, 1))
    if (isBusinessDay(day, FEDERAL_CALENDAR)) found.push(instantOf(day, '09:00', zone));
  return found;
}

const isMonday = (at: Date): boolean => new Date(`${localDate(at, zone)}T00:00Z`).getUTCDay() === 1;
const ranIn = (spans: readonly Span[], at: Date): boolean =>
  spans.some(({ from, to }) => from <= at && at <= to);

/** Of each time without the program the instants of `due` that were missed in it. */
const missedIn = (spans: readonly Span[], due: readonly Date[]): readonly (readonly Date[])[] =>
  spans.slice(1).map(({ from }, index) => {
    const since = spans[index]?.to ?? from;
    return due.filter((at) => at > since && at < from && !ranIn(spans, at));
  });

/**
 * Each business day's once, on Mondays the weekly one in its place; of those that were missed the last one, on waking: the weekly
 * one, if it was among them.
 */
const digests: Policy = {
  name: 'digests',
  owns: (key) => /^digest:ispg(?:-weekly)?:[\d-]{10}:#ispg$/u.test(key),
  expected({ spans }) {
    const due = businessMornings();
    const caughtUp = new Map(
      missedIn(spans, due).flatMap((missed) => {
        const last = missed.at(-1);
        return last ? [[last, missed.some(isMonday)] as const] : [];
      }),
    );
    return due.map((at) => ({
      key: `digest:ispg${(caughtUp.get(at) ?? isMonday(at)) ? '-weekly' : ''}:${localDate(at, zone)}:#ispg`,
      isSent: (ranIn(spans, at) && at > monday) || caughtUp.has(at),
    }));
  },
};

/** The programme channel's, once a week. */
const weeklies: Policy = {
  name: 'weekly digests',
  owns: (key) => /^digest:issoaas-weekly:[\d-]{10}:#issoaas$/u.test(key),
  expected({ spans }) {
    const due = businessMornings().filter(isMonday);
    const caughtUp = new Set(missedIn(spans, due).flatMap((missed) => missed.at(-1) ?? []));
    return due.map((at) => ({
      key: `digest:issoaas-weekly:${localDate(at, zone)}:#issoaas`,
      isSent: (ranIn(spans, at) && at > monday) || caughtUp.has(at),
    }));
  },
};

/** As soon as the program runs and the reader may be written to; not at all once what they remind of has begun. */
const reminders: Policy = {
  name: 'reminders',
  owns: (key) => /^(remind-|record:|offer-)/u.test(key),
  expected: ({ spans }, due) =>
    due.map((each) => ({ key: each.key, isSent: spans.some((span) => isIn(span, each)) })),
};

function isIn({ from, to }: Span, { dueAt, expiresAt, readerZone }: Due): boolean {
  const earliest = dueAt > from ? dueAt : from;
  const reader = readerZone && {
    timeZone: readerZone,
    settings: { quietHours: null, inaugurationDay: false, muted: [] },
    leaves: [],
    lastDaily: null,
  };
  const goesAt = reader
    ? nextOpening(earliest, reader, { calendar: FEDERAL_CALENDAR, quietHours })
    : earliest;
  return goesAt <= to && (expiresAt === null || goesAt < expiresAt);
}

/** Kinds of cadences; meetings' occurrences join here. */
const policies: readonly Policy[] = [digests, weeklies, reminders];

export const r7: Row = {
  id: 'R7',
  title:
    'Stopped for a minute, an hour, three days; twenty restarts in a minute; clocks that jump; a platform away',
  goal: 'each as its cadence says, each once',
  async run({ quick, seed, log }) {
    const chance = random(seed);
    const faults: string[] = [];
    let lives = 0;
    let checked = 0;
    for (const [name, live] of livesFor(quick, chance)) {
      const found = await tried(live);
      lives += 1;
      checked += found.checked;
      for (const words of found.faults) faults.push(`${name}: ${words}`);
    }
    const away = await platformAway(chance, quick ? 1 : 5);
    faults.push(...away.faults);
    for (const words of faults.slice(0, 20)) log(words);
    return {
      figure: `${lives} lives, ${checked} things due, ${away.people} people after 4 hours without a platform: ${faults.length} not as they should be`,
      ok: checked > 0 && faults.length === 0,
    };
  },
};

type Live = (life: AppLife) => Promise<void>;

function livesFor(quick: boolean, chance: Random): readonly (readonly [string, Live])[] {
  const spans = [
    ['1 minute', MINUTE],
    ['1 hour', HOUR],
    ['3 days', 3 * DAY],
  ] as const;
  const stopped = spans.flatMap(([name, ms]) =>
    // Over the digest, over the reminders, and where nothing is due.
    ['2026-12-02T08:59:30-05:00', '2026-12-01T09:59:30-05:00', '2026-12-03T12:00:00-05:00'].map(
      (at) =>
        [
          `stopped ${name} at ${at}`,
          async (life: AppLife) => {
            await life.liveUntil(new Date(at));
            await life.sleep(ms);
          },
        ] as const,
    ),
  );
  const jumps = [HOUR, -HOUR, 3 * DAY, -3 * DAY].map(
    (ms) =>
      [
        `the clock jumps by ${ms / HOUR} hours`,
        async (life: AppLife) => {
          await life.liveUntil(new Date('2026-12-04T08:30:00-05:00'));
          life.jump(ms);
        },
      ] as const,
  );
  const restarts = [
    '20 restarts in a minute',
    async (life: AppLife) => {
      await life.liveUntil(new Date('2026-12-02T08:59:30-05:00'));
      for (let times = 0; times < 20; times += 1) await life.sleep(3_000);
    },
  ] as const;
  const outages = Array.from(
    { length: quick ? 2 : 40 },
    (_, index) =>
      [
        `random outages ${index + 1}`,
        async (life: AppLife) => {
          while (life.now() < endsAt) {
            await life.liveUntil(
              new Date(Math.min(endsAt.getTime(), life.now().getTime() + chance.below(2 * DAY))),
            );
            if (life.now() >= endsAt) break;
            const most = chance.pick([MINUTE, HOUR, DAY, 3 * DAY]);
            await life.sleep(Math.min(chance.below(most), endsAt.getTime() - life.now().getTime()));
          }
        },
      ] as const,
  );
  return quick
    ? [...stopped.slice(6, 8), ...jumps.slice(1, 2), ...outages]
    : [...stopped, ...jumps, restarts, ...outages];
}

async function tried(live: Live): Promise<{ readonly checked: number; readonly faults: readonly string[] }> {
  const life = await newLife(monday);
  const { number } = await file(
    life.url(),
    'bo',
    'Claims Hub',
    'We run a claims system and an audit is coming.',
  );
  const failed = number ? await carryOn(life.url(), 'bo', number, 'One more thing.') : ['no number'];
  if (failed.length > 0) throw new Error(`The kickoff could not be booked: ${failed.join('; ')}`);
  const due = (
    await life.rows(
      `SELECT d.key, d.due_at, d.expires_at, p.time_zone FROM delivery d
         LEFT JOIN person p ON d.recipient_kind = 'person' AND p.id = d.recipient_id
        WHERE d.state = 'pending' AND d.kind IN ('reminder', 'escalation') AND d.due_at > $1`,
      [life.now().toISOString()],
    )
  ).map((row) => ({
    key: String(row.key),
    dueAt: row.due_at as Date,
    expiresAt: row.expires_at as Date | null,
    readerZone: row.time_zone === null ? null : String(row.time_zone),
  }));
  await live(life);
  await life.liveUntil(endsAt);
  await life.stop();
  const rows = await life.rows(`SELECT key, state FROM delivery`);
  const posts = await life.rows(`SELECT delivery_key AS key FROM console_post WHERE author = 'bot'`);
  return judged(life, due, rows, posts);
}

function judged(
  life: AppLife,
  due: readonly Due[],
  rows: readonly Record<string, unknown>[],
  posts: readonly Record<string, unknown>[],
) {
  const faults: string[] = [];
  const stateOf = new Map(rows.map(({ key, state }) => [String(key), String(state)]));
  let checked = 0;
  for (const policy of policies) {
    const expected = policy.expected(life, due).filter(({ key }) => policy.owns(key));
    checked += expected.length;
    for (const { key, isSent } of expected) {
      const state = stateOf.get(key) ?? 'never written';
      if ((state === 'sent') !== isSent) faults.push(`${key} is ${state}`);
    }
    const known = new Set(expected.map(({ key }) => key));
    for (const [key, state] of stateOf)
      if (policy.owns(key) && state === 'sent' && !known.has(key)) faults.push(`${key} came unexpected`);
  }
  for (const [key, state] of stateOf) if (state === 'leased') faults.push(`${key} is still in hand`);
  const posted = new Set(posts.map(({ key }) => String(key)));
  for (const [key, state] of stateOf)
    if (digests.owns(key) && (state === 'sent') !== posted.has(key))
      faults.push(`${key} is ${state}, and stands otherwise`);
  return { checked, faults };
}
