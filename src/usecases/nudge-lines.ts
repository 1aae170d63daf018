/** The lines of Information Cards, and the courses, that people have in hand now. */
import type { Engagement } from '../domain/engagement.ts';
import type { EngagementState } from '../domain/engagement-states.ts';
import type { PersonId } from '../domain/ids.ts';
import type { CourseLine, DoneHow, HeldLine, ItemLine, NudgeLine } from '../domain/nudge.ts';
import { withoutCopies, withoutTwins } from '../domain/nudge-day.ts';
import { cardLines, READY_PARTS, type ReadyPart } from '../domain/nudge-lines.ts';
import type { Person, Role } from '../domain/person.ts';
import type { LocalDate } from '../domain/time.ts';
import { parseAnswers } from '../forms/form.ts';
import { lineOfAny } from '../offerings/catalogue.ts';
import { courseKeyed } from '../offerings/curriculum.ts';
import { PREPARATION } from '../offerings/preparation.ts';
import { planNow } from './card-plan-now.ts';
import { courseLinesOf } from './course-lines.ts';
import { cardNow } from './information-card.ts';
import { peopleOfParty } from './nudge-people.ts';
import { programmeToday, type Work } from './work.ts';

export type Nudging = Pick<Work, 'tx' | 'now' | 'programme'>;

/** People are nudged about cards in these states: while somebody is onboarded, and for what stayed open when work began. */
export const NUDGED_IN: readonly EngagementState[] = ['ONBOARDING', 'ACTIVE', 'EXTENSION_REVIEW'];
/** More engagements than there will be. */
const MOST_ENGAGEMENTS = 1_000;

/** The open lines of the present Service ISSO's card that can be worked on, in its order; none in other states, or before it is kept. */
export async function linesIn(work: Nudging, engagement: Engagement): Promise<readonly ItemLine[]> {
  const kept = NUDGED_IN.includes(engagement.state) ? await cardNow(work, engagement) : null;
  // A card that nobody keeps says nothing about who has what in hand.
  if (!kept || kept.version === 0) return [];
  return cardLines(
    {
      engagement,
      personId: kept.personId,
      template: kept.template,
      card: kept.card,
      plan: (await planNow(work, kept)).plan,
      isMeetingBooked: await isInitialArranged(work, engagement),
      partsOpen: await readyPartsOpen(work, engagement),
    },
    programmeToday(work),
  );
}

/** It is booked, or the Business Owner has times ahead to choose from: then nobody of ISPG has to arrange it. */
async function isInitialArranged({ tx, now }: Nudging, { id }: Engagement): Promise<boolean> {
  const meeting = await tx.meetings.ofEngagement(id, 'initial');
  if (meeting?.state === 'booked') return meeting.bookedFor !== null && meeting.bookedFor.endsAt > now;
  if (meeting?.state !== 'offered' || meeting.proposed.length > 0) return false;
  return meeting.offered.some(({ startsAt }) => startsAt > now);
}

/** Of whom the preparation list does not say yet that they are ready. */
export async function readyPartsOpen(
  { tx }: Pick<Work, 'tx'>,
  { id }: Engagement,
): Promise<readonly ReadyPart[]> {
  const { answers } = parseAnswers(PREPARATION, (await tx.papers.latest('preparation', id))?.answers ?? {});
  return READY_PARTS.filter((part) => answers[part] !== 'yes');
}

/** Who is nudged about which of these lines of the engagement, in their order. */
export async function readersOf(
  work: Nudging,
  engagement: Engagement,
  lines: readonly ItemLine[],
): Promise<ReadonlyMap<PersonId, readonly ItemLine[]>> {
  const found = new Map<PersonId, ItemLine[]>();
  for (const party of new Set(lines.map((line) => line.party))) {
    const own = lines.filter((line) => line.party === party);
    for (const id of await peopleOfParty(work, engagement, party))
      found.set(id, [...(found.get(id) ?? []), ...own]);
  }
  return found;
}

/** Roles by which somebody can have a line in hand in any engagement. */
const ANYWHERE: readonly Role[] = [
  'contractor_lead',
  'contractor_coord',
  'gtl',
  'cor',
  'ispg_team',
  'data_guardian',
  'cra',
];

/** All that this person has in hand, also what is put off or whose time has not come. `today`: their day. */
export async function linesOf(work: Nudging, person: Person, today: LocalDate): Promise<readonly HeldLine[]> {
  const lines: ItemLine[] = [];
  for (const engagement of await engagementsAround(work, person)) {
    const readers = await readersOf(work, engagement, await linesIn(work, engagement));
    lines.push(...(readers.get(person.id) ?? []));
  }
  return withCourses(work, person.id, lines, today);
}

/** Engagements in which this person can have a line in hand. */
export async function engagementsAround({ tx }: Nudging, person: Person): Promise<readonly Engagement[]> {
  const identities = [person, ...(person.standsInFor ?? [])];
  if (identities.some(({ roles }) => roles.some((role) => ANYWHERE.includes(role))))
    return tx.engagements.inStates(NUDGED_IN, MOST_ENGAGEMENTS);
  const found = new Map<string, Engagement>();
  for (const { id } of identities)
    for (const each of [...(await tx.engagements.ofPerson(id)), ...(await tx.engagements.assignedTo(id))])
      found.set(each.number, each);
  return [...found.values()];
}

/** These lines and the person's courses, each thing once. */
export async function withCourses(
  work: Nudging,
  personId: PersonId,
  items: readonly ItemLine[],
  today: LocalDate,
): Promise<readonly HeldLine[]> {
  const courses = await courseLines(work, personId, today);
  const each = withoutCopies(items, (key) => lineOfAny(work.programme.catalogue, key)?.isOfPerson ?? false);
  const own = each.filter(({ about }) => about.personId === personId);
  const others = each.filter(({ about }) => about.personId !== personId);
  return [...withoutTwins(own, courses, (key) => courseKeyed(key)?.cardItem ?? null), ...others];
}

/** The person's courses as lines that can be listed. */
export async function courseLines(
  work: Nudging,
  personId: PersonId,
  today: LocalDate,
): Promise<readonly CourseLine[]> {
  return (await courseLinesOf(work, personId, today)).flatMap(asCourse);
}

const asCourse = (line: NudgeLine): readonly CourseLine[] =>
  line.about.kind === 'course' ? [{ ...line, about: line.about, done: doneHow(line.about.key) }] : [];

function doneHow(key: string): DoneHow {
  const proof = courseKeyed(key)?.proof ?? 'word';
  switch (proof) {
    case 'word':
      return 'at-once';
    case 'attendance':
      return 'with-day';
    case 'reference':
      return 'with-reference';
    case 'areas':
    case 'choice':
      return 'elsewhere';
    default:
      return proof satisfies never;
  }
}
