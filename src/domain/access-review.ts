/** Reviewing who has which role: what has to be answered, and who has not been here for long (domain reference 9.8 AC-2). Pure. */
import type { Mark } from './course.ts';
import type { PersonId } from './ids.ts';
import type { Person, Role } from './person.ts';
import type { RoleGrant, RoleWord } from './role-grants.ts';
import { DAY_MS, daysBetween, type LocalDate, localDate } from './time.ts';

/** What the programme has set about reviews (assumed, so it is handed in). */
export interface ReviewRules {
  /** Answered in each quarter's review; the others once in `reviewDays`. */
  readonly privileged: readonly Role[];
  readonly reviewDays: number;
  /** Days from one review to the next, at most. */
  readonly quarterDays: number;
  /** Days without a word after which somebody counts as idle, and for whoever works on a High or High Value system. */
  readonly idleDays: number;
  readonly idleDaysHigh: number;
  /** Business days until the Government Task Lead is reminded of what nobody answered. */
  readonly answerBusinessDays: number;
}

export interface AccessFacts {
  /** Those with roles. */
  readonly people: readonly Person[];
  readonly held: readonly RoleGrant[];
  readonly words: readonly RoleWord[];
  readonly lastSpokeOn: ReadonlyMap<PersonId, LocalDate>;
  /** Who takes part in an engagement whose system is High or a High Value Asset. */
  readonly atHigh: ReadonlySet<PersonId>;
  /** The day on which the record of the bot begins; null while it is empty. */
  readonly beganOn: LocalDate | null;
  readonly today: LocalDate;
  /** Zone in which instants become days. */
  readonly zone: string;
}

export interface Idle {
  /** The day they spoke last, or since when they could have. */
  readonly sinceOn: LocalDate;
  readonly hasSpoken: boolean;
  readonly days: number;
  readonly limitDays: number;
}

/** One role of one person, as a review shows it. */
export interface AccessRow {
  readonly person: Person;
  readonly role: Role;
  /** Null: from before grants were noted. */
  readonly granted: Mark | null;
  /** Who said the second yes. */
  readonly secondId: PersonId | null;
  readonly kept: Mark | null;
  readonly lastSpokeOn: LocalDate | null;
  readonly idle: Idle | null;
  readonly isPrivileged: boolean;
  /** Somebody has to say whether it stays. */
  readonly isOpen: boolean;
}

/** Everybody who has not spoken for too long, by person. */
export function idleOf(facts: AccessFacts, rules: ReviewRules): ReadonlyMap<PersonId, Idle> {
  const found = new Map<PersonId, Idle>();
  for (const { id } of facts.people) {
    const spokeOn = facts.lastSpokeOn.get(id) ?? null;
    const sinceOn = spokeOn ?? couldSpeakSince(facts, id);
    if (sinceOn === null) continue;
    const limitDays = facts.atHigh.has(id) ? rules.idleDaysHigh : rules.idleDays;
    const days = daysBetween(sinceOn, facts.today);
    if (days >= limitDays) found.set(id, { sinceOn, hasSpoken: spokeOn !== null, days, limitDays });
  }
  return found;
}

/** Since their first role that is known of, else since the bot keeps its record. */
function couldSpeakSince({ held, beganOn, zone }: AccessFacts, id: PersonId): LocalDate | null {
  const days = held
    .filter(({ personId }) => personId === id)
    .map(({ granted }) => localDate(granted.at, zone))
    .toSorted();
  return days[0] ?? beganOn;
}

/**
 * Every role of everybody, for the review that began at `beganAt`: what has to be answered first, privileged before others, then by
 * name. An answer is the review's own when it came since it began.
 */
export function reviewAccess(facts: AccessFacts, beganAt: Date, rules: ReviewRules): readonly AccessRow[] {
  const idle = idleOf(facts, rules);
  const held = new Map(facts.held.map((grant) => [`${grant.personId} ${grant.role}`, grant]));
  const rows = facts.people.flatMap((person) =>
    person.roles.map((role): AccessRow => {
      const grant = held.get(`${person.id} ${role}`) ?? null;
      const words = facts.words.filter((word) => word.personId === person.id && word.role === role);
      const isPrivileged = rules.privileged.includes(role);
      const row = {
        person,
        role,
        granted: grant?.granted ?? null,
        secondId: secondOf(grant, words),
        kept: keptOf(grant, words),
        lastSpokeOn: facts.lastSpokeOn.get(person.id) ?? null,
        idle: idle.get(person.id) ?? null,
        isPrivileged,
      };
      return { ...row, isOpen: isOpen(row, beganAt, rules) };
    }),
  );
  return rows.toSorted(
    (a, b) =>
      Number(b.isOpen) - Number(a.isOpen) ||
      Number(b.isPrivileged) - Number(a.isPrivileged) ||
      a.person.name.localeCompare(b.person.name, 'en') ||
      (a.person.id < b.person.id ? -1 : 1),
  );
}

function isOpen(
  { granted, kept, idle, isPrivileged }: Omit<AccessRow, 'isOpen'>,
  beganAt: Date,
  { reviewDays, quarterDays }: ReviewRules,
): boolean {
  const answeredAt = Math.max(granted?.at.getTime() ?? 0, kept?.at.getTime() ?? 0);
  if (isPrivileged || idle) return answeredAt < beganAt.getTime();
  // What is not answered now would be too old before the next review asks.
  return answeredAt < beganAt.getTime() - (reviewDays - quarterDays) * DAY_MS;
}

/** A yes that came with the grant itself is the second of two; one that came later says that it is kept. */
const secondOf = (grant: RoleGrant | null, words: readonly RoleWord[]): PersonId | null =>
  words.find(
    ({ said }) => said.at.getTime() === grant?.granted.at.getTime() && said.byId !== grant.granted.byId,
  )?.said.byId ?? null;

function keptOf(grant: RoleGrant | null, words: readonly RoleWord[]): Mark | null {
  const since = grant?.granted.at.getTime() ?? 0;
  const later = words.filter(({ said }) => said.at.getTime() > since);
  return later.toSorted((a, b) => b.said.at.getTime() - a.said.at.getTime())[0]?.said ?? null;
}

/** The quarter of a day, such as `2027-Q1`. */
export function quarterOf(day: LocalDate): string {
  const month = Number(day.slice(5, 7));
  return `${day.slice(0, 4)}-Q${Math.floor((month - 1) / 3) + 1}`;
}

/**
 * Those whose idle spell was not told of: `told` has, by person, since when they were idle as it was told last. A spell that goes on
 * is told of once.
 */
export const newlyIdle = (
  idle: ReadonlyMap<PersonId, Idle>,
  told: Readonly<Record<PersonId, string>>,
): readonly PersonId[] => [...idle].filter(([id, { sinceOn }]) => told[id] !== sinceOn).map(([id]) => id);
