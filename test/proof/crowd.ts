/** Many people and what is to be said to them, written past the program, with a mark in each text that is found again. */
import { FEDERAL_CALENDAR } from '../../src/domain/calendar.ts';
import { type DeliveryAdapter, type Log, type Store, UNMEASURED } from '../../src/ports.ts';
import type { DeliverDeps } from '../../src/usecases/delivery-run.ts';
import { createTraffic } from '../../src/usecases/traffic.ts';
import { query } from './databases.ts';
import type { Standing } from './recording-platform.ts';

/** A Tuesday morning in New York: an hour at which people may be written to. */
export const MORNING = new Date('2026-12-01T15:00:00Z');

export interface Crowd {
  readonly people: number;
  readonly messages: number;
}

/**
 * People of even number are reached on Slack, the others on Teams; the text of message `n` holds `mark[n]`. `dueAt` is SQL
 * over `n`, `$1` (messages), `$2` (people) and `$3` (the morning); every fifth may be bundled when it is late.
 */
export async function writeCrowd(
  url: string,
  { people, messages }: Crowd,
  dueAt = '$3::timestamptz',
): Promise<void> {
  await query(
    url,
    `INSERT INTO person (id, name, email, roles, components, time_zone, calendar_token)
     SELECT 'p' || n, 'Person ' || n, NULL, '{business_owner}', '{OIT}', 'America/New_York', 'token' || n
       FROM generate_series(0, $1::int - 1) n`,
    [people],
  );
  await query(
    url,
    `INSERT INTO platform_user (platform, user_id, person_id)
     SELECT CASE n % 2 WHEN 0 THEN 'slack' ELSE 'teams' END, 'p' || n, 'p' || n FROM generate_series(0, $1::int - 1) n`,
    [people],
  );
  await query(
    url,
    `INSERT INTO delivery (key, recipient_kind, recipient_id, kind, urgency, message, due_at, wake_at, state)
     SELECT 'd' || n, 'person', 'p' || (n % $2), CASE n % 5 WHEN 0 THEN 'notice' ELSE 'answer' END, 'asked',
            jsonb_build_object('buttons', '[]'::jsonb, 'blocks', jsonb_build_array(jsonb_build_object('kind', 'paragraph',
              'line', jsonb_build_array(jsonb_build_object('kind', 'text', 'text', 'mark[' || n || ']'))))),
            at, at, 'pending'
       FROM generate_series(0, $1::int - 1) n,
            LATERAL (SELECT ${dueAt} AS at) AS due`,
    [messages, people, MORNING.toISOString()],
  );
}

/** The marks in a text, in order. */
export const marksIn = (text: string): number[] =>
  [...text.matchAll(/mark\[(\d+)\]/gu)].map(([, digits]) => Number(digits));

export interface Verdict {
  /** Messages that stand nowhere. */
  readonly lost: number;
  /** Messages that stand more often than once where the platform can be read back. */
  readonly doubled: number;
  /** Conversations in which a message stands before one that was to come earlier. */
  readonly outOfOrder: number;
  /** Messages that stand more often than once where it can't be read, and those of them that are not listed as possible repeats. */
  readonly repeated: number;
  readonly unlisted: number;
  /** Rows listed as possible repeats. */
  readonly listed: number;
  /** Rows that are not `sent`. */
  readonly unsent: number;
}

/** What may be expected of a platform; left out: order for everybody, people of even number read back. */
export interface Expected {
  /** Whether a person's messages were written in the order in which they fall due. */
  readonly isOrdered?: (person: number) => boolean;
  /** Whether what stands with a person can be read back. */
  readonly isReadable?: (person: number) => boolean;
}

/** What stands on the platforms against what was to be said, and what the rows say about it. */
export async function judge(
  url: string,
  { people, messages }: Crowd,
  standing: readonly Standing[],
  { isOrdered = () => true, isReadable = (person) => person % 2 === 0 }: Expected = {},
): Promise<Verdict> {
  const times = new Array<number>(messages).fill(0);
  const latest = new Map<string, number>();
  const outOfOrder = new Set<string>();
  for (const { to, text } of standing) {
    for (const mark of marksIn(text)) {
      const isFirst = times[mark] === 0;
      times[mark] = (times[mark] ?? 0) + 1;
      // A repeat stands late by its nature; it is counted as such.
      if (isFirst && mark < (latest.get(to) ?? -1) && isOrdered(mark % people)) outOfOrder.add(to);
      latest.set(to, Math.max(mark, latest.get(to) ?? -1));
    }
  }
  const rows = await query(url, `SELECT key, state, may_repeat FROM delivery WHERE key ~ '^d[0-9]+$'`);
  const listed = new Set(rows.filter(({ may_repeat: may }) => may === true).map(({ key }) => key));
  const marks = times.map((count, mark) => ({ count, key: `d${mark}`, isRead: isReadable(mark % people) }));
  const repeats = marks.filter(({ count, isRead }) => count > 1 && !isRead);
  return {
    lost: marks.filter(({ count }) => count === 0).length,
    doubled: marks.filter(({ count, isRead }) => count > 1 && isRead).length,
    outOfOrder: outOfOrder.size,
    repeated: repeats.length,
    unlisted: repeats.filter(({ key }) => !listed.has(key)).length,
    listed: listed.size,
    unsent: rows.filter(({ state }) => state !== 'sent').length + Math.max(0, messages - rows.length),
  };
}

export const isSound = ({ lost, doubled, outOfOrder, unlisted, unsent }: Verdict): boolean =>
  lost + doubled + outOfOrder + unlisted + unsent === 0;

export const inWords = ({ lost, doubled, outOfOrder, repeated, unlisted, listed, unsent }: Verdict): string =>
  `${lost} lost, ${doubled} doubled, ${outOfOrder} conversations out of order, ${unsent} rows not sent; where it can't be read back ${listed} listed as possible repeats, ${repeated} came twice, ${unlisted} of them unlisted`;

/** Several verdicts as one figure. */
export const together = (verdicts: readonly Verdict[]): string =>
  `${sum(verdicts, ({ lost, unsent }) => lost + unsent)} lost, ${sum(verdicts, ({ doubled }) => doubled)} doubled, ` +
  `${sum(verdicts, ({ outOfOrder }) => outOfOrder)} out of order`;

/** The same, with what came to those who can't be read back. */
export const togetherUnread = (verdicts: readonly Verdict[]): string =>
  `${together(verdicts)}; unreadable: ${sum(verdicts, ({ repeated }) => repeated)} came twice, ` +
  `${sum(verdicts, ({ unlisted }) => unlisted)} unlisted`;

const sum = (verdicts: readonly Verdict[], of: (verdict: Verdict) => number): number =>
  verdicts.reduce((total, verdict) => total + of(verdict), 0);

/** What sending needs, on this store and with these platforms. */
export const sendingOn = (
  store: Store,
  adapters: readonly DeliveryAdapter[],
  log: Log,
  random: () => number,
): DeliverDeps => ({
  store,
  adapters,
  log,
  measures: UNMEASURED,
  courtesy: { calendar: FEDERAL_CALENDAR, quietHours: { from: '18:00', to: '08:00' } },
  traffic: createTraffic(),
  random,
  stopwatch: () => performance.now(),
  channelAddresses: () => [],
});
