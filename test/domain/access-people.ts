/** People in every standing to one engagement, for the tests of who may do what. */
import type { EngagementScope } from '../../src/domain/access.ts';
import { MEMBER_ROLES, type MemberRole, type Membership } from '../../src/domain/course.ts';
import type { EngagementState } from '../../src/domain/engagement-states.ts';
import { type Person, ROLES, type Role } from '../../src/domain/person.ts';
import type { Standing } from './access-table.ts';

export const person = (
  id: string,
  roles: readonly Role[] = [],
  components: readonly string[] = [],
): Person => ({
  id,
  name: id,
  email: null,
  roles,
  components,
  timeZone: 'America/New_York',
  calendarToken: `calendar-${id}`,
});

const by = (byId: string) => ({ byId, at: new Date('2026-12-01T15:00:00Z') });

/** A membership in force, unless said otherwise. */
export const membership = (
  personId: string,
  role: MemberRole,
  facts: Partial<Membership> = {},
): Membership => ({
  personId,
  role,
  granted: by('ispg'),
  second: by('owner'),
  needsSecond: true,
  ended: null,
  ...facts,
});

export const scope = (state: EngagementState, facts: Partial<EngagementScope> = {}): EngagementScope => ({
  requesterId: 'requester',
  businessOwnerId: 'owner',
  craId: 'advisor',
  memberIds: ['member'],
  component: 'OIT',
  state,
  course: { serviceIssoId: 'isso' },
  memberships: [],
  ...facts,
});

/** Everybody who can stand in relation to a request; those of no relation are strangers with one role each. */
export const PEOPLE: ReadonlyMap<string, Person> = new Map([
  ['owner', person('owner', ['business_owner'])],
  ['requester', person('requester')],
  ['named advisor', person('advisor', ['cra'], ['CMCS'])],
  ['advisor of the component', person('other-cra', ['cra'], ['CM', 'OIT'])],
  ['advisor of another component', person('far-cra', ['cra'], ['CMCS'])],
  ['member', person('member')],
  ["owner's delegate", { ...person('delegate'), delegateOf: ['owner'] }],
  ['stranger without a role', person('stranger')],
  ...ROLES.map(
    (role) => [`stranger: ${role}`, person(`some-${role}`, [role], role === 'cra' ? [] : ['OIT'])] as const,
  ),
]);

export const ISPG = ['stranger: ispg_team', 'stranger: gtl'];
export const CONTRACTOR_LEADS = ['stranger: contractor_lead', 'stranger: contractor_coord'];

/** What the roster makes of a role alone; all other roles count by being in the engagement only. */
const BY_ROLE: Readonly<Partial<Record<Role, Standing>>> = {
  ispg_team: 'ISPG',
  gtl: 'GTL',
  cor: 'COR',
  auditor: 'auditor',
  contractor_lead: 'contractor lead',
  contractor_coord: 'coordinator',
  service_isso_lead: 'ISSO Lead',
};
const BY_PART: Readonly<Record<MemberRole, Standing>> = {
  service_isso: 'Service ISSO',
  service_isso_lead: 'ISSO Lead of the team',
  existing_isso: 'present ISSO',
  data_guardian: 'Data Guardian',
  developer_maintainer: 'maintainer',
  system_owner: 'system owner',
  bo_delegate: 'delegate',
  cor: 'COR of it',
};

/** A way to be in the engagement or not: what it makes of a person there, and which standing that is. */
export interface Relation {
  readonly name: string;
  readonly standing: Standing | null;
  readonly person?: (who: Person) => Person;
  readonly scope?: (id: string) => Partial<EngagementScope>;
}

export const RELATIONS: readonly Relation[] = [
  { name: 'not in it', standing: null },
  { name: 'its owner', standing: 'owner', scope: (id) => ({ businessOwnerId: id }) },
  { name: 'its requester', standing: 'requester', scope: (id) => ({ requesterId: id }) },
  { name: 'joined', standing: 'joined', scope: (id) => ({ memberIds: [id] }) },
  { name: 'its advisor', standing: 'advisor', scope: (id) => ({ craId: id }) },
  {
    name: "its owner's delegate",
    standing: 'delegate',
    person: (who) => ({ ...who, delegateOf: ['somebody', 'owner'] }),
  },
  {
    name: "another owner's delegate",
    standing: null,
    person: (who) => ({ ...who, delegateOf: ['somebody'] }),
  },
  {
    name: 'its Service ISSO',
    standing: 'Service ISSO',
    scope: (id) => ({ course: { serviceIssoId: id } }),
  },
  {
    name: 'its Service ISSO before',
    standing: 'Service ISSO before',
    scope: (id) => ({ memberships: [membership(id, 'service_isso', { ended: by('ispg') })] }),
  },
  ...MEMBER_ROLES.flatMap((role): readonly Relation[] => [
    {
      name: `${role} in it`,
      standing: BY_PART[role],
      scope: (id) => ({ memberships: [membership(id, role)] }),
    },
    {
      name: `${role} in it, approved by one where one is enough`,
      standing: BY_PART[role],
      scope: (id) => ({ memberships: [membership(id, role, { needsSecond: false, second: null })] }),
    },
    {
      name: `${role} in it, waiting for a second approval`,
      standing: null,
      scope: (id) => ({ memberships: [membership(id, role, { second: null })] }),
    },
    {
      name: `${role} in it until it ended`,
      standing: role === 'service_isso' ? 'Service ISSO before' : null,
      scope: (id) => ({ memberships: [membership(id, role, { ended: by('ispg') })] }),
    },
    {
      name: `in it while somebody else is ${role}`,
      standing: null,
      scope: () => ({ memberships: [membership('somebody', role)] }),
    },
  ]),
];

export interface Actor {
  readonly name: string;
  readonly person: Person;
  readonly scope: Partial<EngagementScope>;
  readonly standings: readonly Standing[];
}

/** Somebody with these roles in that relation. */
export function actor(roles: readonly Role[], relation: Relation): Actor {
  const who = person('who', roles, roles.includes('cra') ? ['CMCS'] : ['OIT']);
  const byRole = roles.flatMap((role) => BY_ROLE[role] ?? []);
  return {
    name: `${roles.join(' and ') || 'no role'}, ${relation.name}`,
    person: relation.person?.(who) ?? who,
    scope: relation.scope?.('who') ?? {},
    standings: [...byRole, ...(relation.standing === null ? [] : [relation.standing])],
  };
}

/** An advisor by role sees the components they were assigned, and no others. */
const ADVISOR_OF_COMPONENT: Actor = {
  name: 'cra of its component',
  person: person('who', ['cra'], ['CM', 'OIT']),
  scope: {},
  standings: ['advisor'],
};

/** Nobody's role alone, each role alone, and each pair of roles, in every relation. */
export const ACTORS: readonly Actor[] = [
  ADVISOR_OF_COMPONENT,
  ...RELATIONS.flatMap((relation) => [actor([], relation), ...ROLES.map((role) => actor([role], relation))]),
  ...RELATIONS.slice(0, 2).flatMap((relation) =>
    ROLES.flatMap((one, at) => ROLES.slice(at + 1).map((other) => actor([one, other], relation))),
  ),
];
