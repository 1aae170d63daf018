/** Who takes part in an engagement: let in, approved by a second person where two are needed, removed (domain reference 1.3). */
import { may } from '../../domain/access.ts';
import { isContractor } from '../../domain/access-relations.ts';
import { isInForce, MEMBER_ROLES, type MemberRole } from '../../domain/course.ts';
import type { Engagement } from '../../domain/engagement.ts';
import { approveMembership, endMembership, grantMembership } from '../../domain/engagement-members.ts';
import type { PersonId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import type { Answers } from '../../forms/question.ts';
import {
  letIn,
  memberApproved,
  memberRemoved,
  secondDone,
  secondWanted,
  type Unfit,
  unfitMember,
  whichPart,
  youAreIn,
  youAreOut,
} from '../../messages/copy/people-members.ts';
import { notYours } from '../../messages/copy/refusals.ts';
import { APPROVE_MEMBER, LET_IN, REMOVE_MEMBER } from '../../offerings/move-forms-members.ts';
import { MEMBER_FITS } from '../../offerings/role-rules.ts';
import { type Move, markOf, type Taken, taken } from '../engagement-move.ts';
import { tellPerson } from '../tell.ts';
import type { Work } from '../work.ts';

const partIn = ({ part }: Answers): MemberRole | null => MEMBER_ROLES.find((each) => each === part) ?? null;
const factsOf = (personId: PersonId, role: MemberRole) => ({ person: personId, part: role });

/** Why the person can't have that part; null when they can. */
export function unfitFor(
  person: Pick<Person, 'roles' | 'components'>,
  role: MemberRole,
  { component }: Pick<Engagement, 'component'>,
): Unfit | null {
  const fit = MEMBER_FITS[role];
  if (!fit) return { code: 'not-offered' };
  if (person.roles.includes('platform_admin')) return { code: 'administrator' };
  if (fit.isFederal && isContractor(person)) return { code: 'contractor' };
  if (fit.needs && !person.roles.includes(fit.needs)) return { code: 'needs-role', role: fit.needs };
  if (fit.inComponent && !person.components.includes(component))
    return { code: 'other-component', component };
  return null;
}

const grant: Move = {
  verb: 'member.grant',
  form: () => LET_IN,
  async take(work, engagement, answers): Promise<Taken> {
    const person = await work.tx.people.get(String(answers.person));
    const role = partIn(answers);
    if (!person || !role) return { ok: false, say: notYours() };
    const unfit = unfitFor(person, role, engagement);
    if (unfit) return { ok: false, say: unfitMember(engagement, person, role, unfit) };
    return taken(grantMembership(engagement, person.id, role, markOf(work)), (next) => {
      const isIn = next.memberships.some(
        (each) => each.personId === person.id && each.role === role && isInForce(each),
      );
      return {
        say: [letIn(next, person, role, isIn)],
        facts: { ...factsOf(person.id, role), second: isIn ? 'not-needed' : 'needed' },
        after: (saved) => (isIn ? tellIn(work, saved, person, role) : askSeconds(work, saved, person, role)),
      };
    });
  },
};

const approve: Move = {
  verb: 'member.approve',
  form: () => APPROVE_MEMBER,
  async take(work, engagement, answers): Promise<Taken> {
    const meant = await partMeant(work, engagement, answers, (each) => !isInForce(each));
    if (!meant.ok) return meant;
    const { person, role } = meant;
    return taken(approveMembership(engagement, person.id, role, markOf(work)), (next) => ({
      say: [memberApproved(next, person, role)],
      facts: factsOf(person.id, role),
      after: async (saved) => {
        await tellIn(work, saved, person, role);
        await settleCards(work, saved, person, role, true);
      },
    }));
  },
};

const end: Move = {
  verb: 'member.end',
  form: () => REMOVE_MEMBER,
  async take(work, engagement, answers): Promise<Taken> {
    const meant = await partMeant(work, engagement, answers, () => true);
    if (!meant.ok) return meant;
    const { person, role } = meant;
    const wasIn = engagement.memberships.some(
      (each) => each.personId === person.id && each.role === role && isInForce(each),
    );
    return taken(endMembership(engagement, person.id, role, markOf(work)), (next) => ({
      say: [memberRemoved(next, person, role)],
      facts: factsOf(person.id, role),
      after: async (saved) => {
        if (wasIn && person.id !== work.person.id)
          await tellPerson(work, person.id, {
            key: `member-out:${saved.id}:${saved.version}`,
            kind: 'notice',
            message: youAreOut(saved, role, work.person.name),
          });
        if (!wasIn) await settleCards(work, saved, person, role, false);
      },
    }));
  },
};

type Meant =
  | { readonly ok: true; readonly person: Person; readonly role: MemberRole }
  | Extract<Taken, { readonly ok: false }>;

/** The part that is named, or the only one the person has. A Service ISSO's own part ends with the engagement, not here. */
async function partMeant(
  work: Work,
  engagement: Engagement,
  answers: Answers,
  fits: (each: Engagement['memberships'][number]) => boolean,
): Promise<Meant> {
  const person = await work.tx.people.get(String(answers.person));
  if (!person) return { ok: false, say: notYours() };
  const named = partIn(answers);
  const roles = engagement.memberships
    .filter(
      (each) =>
        each.personId === person.id &&
        each.ended === null &&
        fits(each) &&
        (named === null || each.role === named) &&
        !(each.role === 'service_isso' && engagement.course.serviceIssoId === person.id),
    )
    .map(({ role }) => role);
  const [only, ...others] = roles;
  return only && others.length === 0
    ? { ok: true, person, role: only }
    : { ok: false, say: whichPart(engagement, person, roles) };
}

async function tellIn(work: Work, engagement: Engagement, person: Person, role: MemberRole): Promise<void> {
  await tellPerson(work, person.id, {
    key: `member-in:${engagement.id}:${engagement.version}`,
    kind: 'notice',
    message: youAreIn(engagement, role, work.person.name),
  });
}

/** One card for each who is asked: it says what became of it. */
const cardOf = ({ id }: Engagement, person: Person, role: MemberRole, reader: PersonId): string =>
  `member:${id}:${person.id}:${role}:${reader}`;

async function askSeconds(
  work: Work,
  engagement: Engagement,
  person: Person,
  role: MemberRole,
): Promise<void> {
  for (const id of await approversOf(work, engagement)) {
    if (id === work.person.id || id === person.id) continue;
    await tellPerson(work, id, {
      key: `member-asked:${engagement.id}:${engagement.version}`,
      kind: 'card',
      message: secondWanted(engagement, person, role, work.person.name),
      card: cardOf(engagement, person, role, id),
    });
  }
}

/** The Business Owner and everybody in ISPG who may say yes. */
async function approversOf({ tx }: Work, engagement: Engagement): Promise<readonly PersonId[]> {
  const ispg = [...(await tx.people.withRole('ispg_team')), ...(await tx.people.withRole('gtl'))];
  const allowed = ispg.filter((each) => may(each, 'member.approve', engagement)).map(({ id }) => id);
  return [...new Set([engagement.businessOwnerId, ...allowed])];
}

async function settleCards(
  work: Work,
  engagement: Engagement,
  person: Person,
  role: MemberRole,
  isIn: boolean,
): Promise<void> {
  for (const id of await approversOf(work, engagement)) {
    const card = cardOf(engagement, person, role, id);
    if ((await work.tx.deliveries.lastOfCard(card)) === null) continue;
    await tellPerson(work, id, {
      key: `member-settled:${engagement.id}:${engagement.version}`,
      kind: 'card',
      message: secondDone(engagement, person, role, work.person.name, isIn),
      card,
    });
  }
}

export const MEMBER_MOVES: readonly Move[] = [grant, approve, end];
