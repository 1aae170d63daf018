/** `whoami`: roles and where they are from, parts in engagements, who acts for whom, accounts. Of others only their names in these. */
import { mayEver } from '../domain/access.ts';
import { reviewAccess } from '../domain/access-review.ts';
import { isInForce } from '../domain/course.ts';
import type { Engagement } from '../domain/engagement.ts';
import { isFinal } from '../domain/engagement-states.ts';
import type { PersonId } from '../domain/ids.ts';
import type { StandIn } from '../domain/stand-in.ts';
import { type PartShown, type RoleShown, whoamiCard } from '../messages/copy/people-whoami.ts';
import { firstOf } from '../messages/limits.ts';
import { REVIEW_RULES } from '../offerings/role-rules.ts';
import { loadPeople } from './tell.ts';
import { type Answer, answerPrivately, programmeToday, type Work } from './work.ts';

const MOST_ENGAGEMENTS = 15;

export async function showWhoami(work: Work): Promise<Answer> {
  const { tx, person } = work;
  const standIns = await tx.standIns.ofPerson(person.id, programmeToday(work));
  const addresses = await tx.people.addresses(person.id);
  const alone = { ...person, standsInFor: [] };
  const { shown, left } = firstOf(await ownEngagements(work), MOST_ENGAGEMENTS);
  return answerPrivately(
    whoamiCard({
      person,
      roles: await ownRoles(work),
      engagements: shown.map((engagement) => ({
        number: engagement.number,
        systemName: engagement.systemName,
        parts: partsOf(engagement, person.id),
      })),
      left,
      actsFor: await named(
        work,
        standIns.filter(({ personId }) => personId === person.id),
        'forId',
      ),
      actedBy: await named(
        work,
        standIns.filter(({ forId }) => forId === person.id),
        'personId',
      ),
      accounts: [...new Set(addresses.map(({ platform }) => platform))].filter(
        (platform) => platform !== 'email',
      ),
      mayName: {
        standIn: mayEver(alone, 'stand-in.name-own'),
        delegate: mayEver(alone, 'delegate.name'),
      },
    }),
  );
}

async function ownRoles({ tx, person, programme, now }: Work): Promise<readonly RoleShown[]> {
  const facts = {
    people: [person],
    held: await tx.roleGrants.heldBy(person.id),
    words: (await tx.roleGrants.words()).filter(({ personId }) => personId === person.id),
    lastSpokeOn: new Map(),
    atHigh: new Set<PersonId>(),
    beganOn: null,
    today: programmeToday({ now, programme }),
    zone: programme.timeZone,
  };
  const rows = reviewAccess(facts, new Date(0), REVIEW_RULES);
  const names = await loadPeople(
    { tx },
    rows.flatMap(({ granted, secondId }) => [granted?.byId ?? null, secondId]),
  );
  return rows.map(({ role, granted, secondId }) => ({
    role,
    granted,
    byName: granted ? (names.get(granted.byId)?.name ?? null) : null,
    secondName: secondId === null ? null : (names.get(secondId)?.name ?? null),
  }));
}

/** Open ones first, newest first. */
async function ownEngagements({ tx, person }: Work): Promise<readonly Engagement[]> {
  const own = new Map<string, Engagement>();
  for (const each of [
    ...(await tx.engagements.ofPerson(person.id)),
    ...(await tx.engagements.assignedTo(person.id)),
  ])
    own.set(each.id, each);
  return [...own.values()].toSorted(
    (a, b) =>
      Number(isFinal(a.state)) - Number(isFinal(b.state)) || b.createdAt.getTime() - a.createdAt.getTime(),
  );
}

function partsOf(engagement: Engagement, id: PersonId): readonly PartShown[] {
  const { businessOwnerId, requesterId, craId, memberIds, course, memberships } = engagement;
  const sure = (part: PartShown['part'], is: boolean): PartShown[] => (is ? [{ part, waits: false }] : []);
  const parts = [
    ...sure('business_owner', businessOwnerId === id),
    ...sure('requester', requesterId === id && businessOwnerId !== id),
    ...sure('cra', craId === id),
    ...sure('member', memberIds.includes(id)),
    ...sure('service_isso', course.serviceIssoId === id),
    ...memberships
      .filter((each) => each.personId === id && each.ended === null)
      .map((each) => ({ part: each.role, waits: !isInForce(each) })),
  ];
  return parts.filter((each, at) => parts.findIndex(({ part }) => part === each.part) === at);
}

async function named(
  { tx }: Work,
  standIns: readonly StandIn[],
  side: 'forId' | 'personId',
): Promise<readonly { readonly standIn: StandIn; readonly name: string }[]> {
  const people = await loadPeople(
    { tx },
    standIns.map((each) => each[side]),
  );
  return standIns.map((standIn) => ({ standIn, name: people.get(standIn[side])?.name ?? standIn[side] }));
}
