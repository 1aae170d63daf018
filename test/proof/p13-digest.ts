import { BUSINESS_HOURS, FEDERAL_CALENDAR } from '../../src/domain/calendar.ts';
import { QUIET_HOURS } from '../../src/domain/contact.ts';
import type { Person } from '../../src/domain/person.ts';
import { DAY_MS, localDate } from '../../src/domain/time.ts';
import { plainText } from '../../src/messages/plain-text.ts';
import { CATALOGUE } from '../../src/offerings/index.ts';
import type { Tx } from '../../src/ports.ts';
import { openDatabase } from '../../src/store/client.ts';
import { storeOn } from '../../src/store/index.ts';
import { readMigrations } from '../../src/store/migrate.ts';
import { compose, openOnce } from '../../src/usecases/compose-digest.ts';
import { overviewForDashboard } from '../../src/usecases/dashboard-overview.ts';
import { newCover } from '../../src/usecases/digest-cover.ts';
import type { Programme } from '../../src/usecases/work.ts';
import { type Filled, fillProgramme, MANY_NOW } from '../support/many-engagements.ts';
import { MANY } from '../support/many-people.ts';
import { atTheEnd, unexpected } from './databases.ts';
import { median, ms } from './figures.ts';
import { PLAIN_AGGREGATE } from './plain-aggregate.ts';
import type { Row } from './row.ts';
import { places } from './sending.ts';

const goal = 3;
const FULL = { open: 600, ended: 10_000, rounds: 7 };
const QUICK = { open: 120, ended: 1_000, rounds: 5 };
/** Measures are taken over so many days; a weekly digest that never came before tells of so many. */
const [MEASURED_DAYS, WEEK_DAYS] = [89, 7];

const programme: Programme = {
  timeZone: 'America/New_York',
  businessHours: BUSINESS_HOURS,
  calendar: FEDERAL_CALENDAR,
  quietHours: QUIET_HOURS,
  kickoffMinutes: 60,
  digestTime: '09:00',
  triageBusinessDays: 2,
  offerReminderBusinessDays: 2,
  offerEscalationBusinessDays: 3,
  offerHorizonBusinessDays: 10,
  catalogue: CATALOGUE,
  mailIsOn: false,
  smallestGroup: 3,
  dashboardIsOn: true,
  publicUrl: 'https://bot.example.gov',
};

export const p13: Row = {
  id: 'P13',
  title:
    'The weekly digest of the ISPG channel, and the overview of the dashboard, beside one plain statement',
  goal: `digest ≤ ${goal} × the plain aggregate, with the same numbers`,
  async run({ quick, log, seed }) {
    const size = quick ? QUICK : FULL;
    const figures: string[] = [];
    let ok = true;
    for (const [place, address] of await places(log)) {
      const database = await openDatabase(await address(), await readMigrations(), unexpected);
      atTheEnd(() => database.close());
      const filled = await fillProgramme(database.url, { ...size, seed });
      const store = storeOn(database);
      const values = [MEASURED_DAYS, 0, WEEK_DAYS].map(daysAgo);
      const took = await sideBySide(size.rounds, {
        digest: () => store.transaction(weeklyDigest),
        overview: () => store.transaction(overview),
        plain: async () => (await database.pool.query(PLAIN_AGGREGATE, values)).rows[0],
      });
      const same = isSame(took.last, filled);
      ok &&= same && took.digest <= goal;
      figures.push(`${place} digest ${took.digest.toFixed(2)} ×, overview ${took.overview.toFixed(2)} ×`);
      log(
        `${place}, ${size.open} open and ${size.ended} ended, ${filled.auditEntries} entries of the record: digest ${ms(took.ms.digest)}, overview ${ms(took.ms.overview)}, plain ${ms(took.ms.plain)}; the numbers ${same ? 'agree' : 'DIFFER'}`,
      );
    }
    return { figure: figures.join('; '), ok };
  },
};

const daysAgo = (days: number): string => new Date(MANY_NOW.getTime() - days * DAY_MS).toISOString();

async function weeklyDigest(tx: Tx): Promise<string> {
  const now = MANY_NOW;
  const day = localDate(now, programme.timeZone);
  const before = new Date(daysAgo(WEEK_DAYS));
  const reading = { tx, programme, now };
  const cover = await newCover(tx, { digest: 'weekly', names: 'daily', day, before, now });
  const { message } = await compose(
    'weekly',
    { ...reading, cover, at: now, lateFor: null, openNow: openOnce(reading) },
    null,
  );
  return plainText(message, { timeZone: programme.timeZone });
}

async function overview(tx: Tx): Promise<number> {
  const [person] = await tx.people.some([MANY.ispg]);
  const looking = { tx, programme, now: MANY_NOW, person: person as Person };
  return (await overviewForDashboard(looking)).exceptions.length;
}

interface Sides {
  readonly digest: () => Promise<string>;
  readonly overview: () => Promise<number>;
  readonly plain: () => Promise<Readonly<Record<string, unknown>>>;
}
interface Last {
  readonly digest: string;
  readonly plain: Readonly<Record<string, unknown>>;
}

/** All three in turn, so that whatever else the machine does concerns each; the first round warms up and does not count. */
async function sideBySide(rounds: number, sides: Sides) {
  const times = { digest: [] as number[], overview: [] as number[], plain: [] as number[] };
  let last: Last = { digest: '', plain: {} };
  for (let round = 0; round <= rounds; round += 1) {
    const digest = await timed(sides.digest);
    const plain = await timed(sides.plain);
    const shown = await timed(sides.overview);
    last = { digest: digest.value, plain: plain.value };
    if (round === 0) continue;
    times.digest.push(digest.tookMs);
    times.plain.push(plain.tookMs);
    times.overview.push(shown.tookMs);
  }
  const ratio = (side: readonly number[]): number =>
    median(side.map((tookMs, round) => tookMs / (times.plain[round] ?? tookMs)));
  return {
    digest: ratio(times.digest),
    overview: ratio(times.overview),
    ms: {
      digest: median(times.digest),
      overview: median(times.overview),
      plain: median(times.plain),
    },
    last,
  };
}

async function timed<T>(step: () => Promise<T>): Promise<{ readonly value: T; readonly tookMs: number }> {
  const startedAt = performance.now();
  const value = await step();
  return { value, tookMs: performance.now() - startedAt };
}

/** What the digest calls the coming to a state. */
const FLOW_WORDS = {
  REQUESTED: 'filed',
  KICKOFF_HELD: 'kickoffs held',
  CLOSED: 'closed',
  WITHDRAWN: 'withdrawn',
  DECLINED: 'not accepted',
} as const;

/** The digest names every open engagement that the statement counts, and as many that came to each state. */
function isSame({ digest, plain }: Last, { open, numbers }: Filled): boolean {
  const counted = Object.values(Object(plain.open)).reduce<number>((sum, count) => sum + Number(count), 0);
  const flow: Readonly<Record<string, number>> = Object(plain.flow);
  return (
    counted === open.length &&
    open.every(({ id }) => digest.includes(numbers.get(id) ?? 'no number')) &&
    Object.entries(FLOW_WORDS).every(
      ([state, words]) => !flow[state] || digest.includes(`${flow[state]} ${words} (`),
    )
  );
}
