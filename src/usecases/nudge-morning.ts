/** Once a day, when the day of each reader begins: the nudge of what they have in hand, and what others hear of late lines. */
import { isBusinessDay } from '../domain/calendar.ts';
import type { Engagement } from '../domain/engagement.ts';
import type { PersonId } from '../domain/ids.ts';
import { writtenOn } from '../domain/morning.ts';
import { type ItemLine, nameOfTold } from '../domain/nudge.ts';
import { linesOfDay } from '../domain/nudge-day.ts';
import { newList } from '../domain/nudge-list.ts';
import type { Person } from '../domain/person.ts';
import { addDays, type LocalDate, localDate } from '../domain/time.ts';
import { nudgeMessage } from '../messages/copy/nudge.ts';
import { WEEKLY_AFTER_DAYS } from '../offerings/programme-timers.ts';
import type { Store, Tx } from '../ports.ts';
import { tellLate } from './nudge-escalate.ts';
import { linesIn, NUDGED_IN, type Nudging, readersOf, withCourses } from './nudge-lines.ts';
import { aboutNudges, keepList, keptList, nudgeKey, readerOf } from './nudge-list.ts';
import { nudgeDayOf } from './nudge-people.ts';
import { allEngagements } from './pages-of-engagements.ts';
import type { Programme } from './work.ts';

interface Deps {
  readonly store: Store;
  readonly programme: Programme;
}

/** What this process keeps from one run to the next. */
export interface Nudged {
  /** The day up to which the people of each zone have been nudged. */
  readonly byZone: Map<string, LocalDate>;
  /** The zones that the last run has read, and the changes by then (`Store.changes`); null: to be read anew. */
  zones: { readonly names: readonly string[]; readonly changes: number } | null;
}
export const freshNudges = (): Nudged => ({ byZone: new Map(), zones: null });

/**
 * Writes the nudges of all whose day has begun and is not done: once for each zone, day and process; safe to repeat, since nobody gets two
 * on one day. What fails for one engagement or person holds up none of the others; the first failure is thrown at the end, and the
 * day is looked at again. Answers how many nudges were written.
 */
export async function nudgeEverybody(
  { store, programme }: Deps,
  now: Date,
  seen: Nudged = freshNudges(),
): Promise<number> {
  const changes = store.changes();
  const people = await store.transaction((tx) => tx.people.list());
  const names = zonesOf(programme, people);
  seen.zones = { names, changes };
  const begun = names
    .map((zone) => [zone, localDate(now, zone)] as const)
    .filter(([zone, today]) => seen.byZone.get(zone) !== today);
  // On a closed day nobody hears of anything, whatever is open.
  const days = new Map(begun.filter(([, today]) => isBusinessDay(today, programme.calendar)));
  const written = days.size === 0 ? 0 : await nudgeOn(days, people, { store, programme }, now);
  for (const [zone, today] of begun) seen.byZone.set(zone, today);
  return written;
}

/** On these days of zones; throws the first failure when all has had its turn. */
async function nudgeOn(
  days: ReadonlyMap<string, LocalDate>,
  people: readonly Person[],
  { store, programme }: Deps,
  now: Date,
): Promise<number> {
  const isTheirDay = ({ timeZone }: Pick<Person, 'timeZone'>): boolean => days.has(timeZone);
  const failures: unknown[] = [];
  const attempt = async <T>(what: () => Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await what();
    } catch (error) {
      failures.push(error);
      return otherwise;
    }
  };
  const held = new Map<PersonId, ItemLine[]>();
  const find: Tx['engagements']['find'] = (wanted) => store.transaction((tx) => tx.engagements.find(wanted));
  for (const { number } of await allEngagements(find, NUDGED_IN)) {
    const found = await attempt(
      () => store.transaction((tx) => lookAt({ tx, programme, now }, number, days.has(programme.timeZone))),
      new Map<PersonId, readonly ItemLine[]>(),
    );
    for (const [id, lines] of found) held.set(id, [...(held.get(id) ?? []), ...lines]);
  }
  let written = 0;
  for (const person of people.filter(isTheirDay)) {
    const lines = held.get(person.id) ?? [];
    if (lines.length === 0 && !person.roles.includes('service_isso')) continue;
    written += await attempt(
      () => store.transaction((tx) => nudgeOne({ tx, programme, now }, person, lines)),
      0,
    );
  }
  if (failures.length > 0) throw failures[0];
  return written;
}

/** The next beginning of a day for anybody, in the zones that the last run has read where nothing has changed since. */
export async function nextNudgeAt(
  { store, programme }: Deps,
  after: Date,
  { zones }: Pick<Nudged, 'zones'> = freshNudges(),
): Promise<Date> {
  const names =
    zones?.changes === store.changes()
      ? zones.names
      : zonesOf(programme, await store.transaction((tx) => tx.people.list()));
  const beginnings = names.map((zone) => writtenOn(addDays(localDate(after, zone), 1), zone).getTime());
  return new Date(Math.min(...beginnings));
}

const zonesOf = ({ timeZone }: Pick<Programme, 'timeZone'>, people: readonly Person[]): readonly string[] => [
  ...new Set([timeZone, ...people.map((each) => each.timeZone)]),
];

/** Who has which lines of the engagement; on a new day of the programme others hear of those that are late. */
async function lookAt(
  work: Nudging,
  number: Engagement['number'],
  isNewDay: boolean,
): Promise<ReadonlyMap<PersonId, readonly ItemLine[]>> {
  const engagement = await work.tx.engagements.byNumber(number);
  if (!engagement) return new Map();
  const lines = await linesIn(work, engagement);
  if (isNewDay) await tellLate(work, engagement, lines);
  return readersOf(work, engagement, lines);
}

async function nudgeOne(work: Nudging, person: Person, items: readonly ItemLine[]): Promise<number> {
  const day = await nudgeDayOf(work, person);
  const held = await withCourses(work, person.id, items, day.today);
  const names = new Set(held.map(nameOfTold));
  const before = (await keptList(work, person.id))?.told ?? [];
  const told = before.filter((name) => names.has(name));
  const lines = linesOfDay(held, day, { rhythm: day.rhythm, told, weeklyAfterDays: WEEKLY_AFTER_DAYS });
  if (lines.length === 0) return 0;
  const key = nudgeKey(person.id, day.today);
  const list = newList(key, lines, told);
  const isNew = await work.tx.deliveries.enqueue({
    key,
    to: { kind: 'person', personId: person.id },
    kind: 'nudge',
    urgency: 'routine',
    topic: null,
    message: nudgeMessage(list, readerOf(work, person.id, day, list)),
    attachment: null,
    via: null,
    dueAt: work.now,
    expiresAt: writtenOn(addDays(day.today, 1), person.timeZone),
    stillTrue: null,
    card: null,
    about: aboutNudges(person.id),
  });
  if (!isNew) return 0;
  await keepList(work, person.id, () => list);
  return 1;
}
