import { describe, expect, it } from 'vitest';
import { ENGAGEMENT_VERBS, type EngagementVerb, may } from '../../src/domain/access.ts';
import { ENGAGEMENT_STATES, type EngagementState } from '../../src/domain/engagement-states.ts';
import type { Role } from '../../src/domain/person.ts';
import { ACTORS, type Actor, actor, person, RELATIONS, scope } from './access-people.ts';
import { DECISIONS, OF_A_NAMED_OWNER, type Standing, tableAllows } from './access-table.ts';

const CONTRACTORS: readonly Role[] = [
  'contractor_lead',
  'contractor_coord',
  'service_isso_lead',
  'service_isso',
];
const isContractor = ({ person: { roles } }: Actor) => roles.some((role) => CONTRACTORS.includes(role));
const isAdministrator = ({ person: { roles } }: Actor) => roles.includes('platform_admin');

/** What is left in force of a contractor's standings, and of an administrator's. */
const OF_CONTRACTORS: readonly Standing[] = [
  'requester',
  'joined',
  'contractor lead',
  'coordinator',
  'ISSO Lead',
  'ISSO Lead of the team',
  'Service ISSO',
  'Service ISSO before',
  'present ISSO',
];
const OF_ADMINISTRATORS: readonly Standing[] = ['requester', 'joined', 'anybody'];

function inForce(who: Actor): readonly Standing[] {
  const all: readonly Standing[] = [...who.standings, 'anybody'];
  if (isAdministrator(who)) {
    const left = isContractor(who) ? OF_ADMINISTRATORS.slice(0, 2) : OF_ADMINISTRATORS;
    return all.filter((each) => left.includes(each));
  }
  return isContractor(who) ? all.filter((each) => OF_CONTRACTORS.includes(each)) : all;
}

function expected(who: Actor, verb: EngagementVerb, state: EngagementState): boolean {
  // Contractors come into a request through its kickoff, never by joining it.
  if (verb === 'request.join') return !isContractor(who);
  const isBareOwner = who.standings.includes('owner') && (isContractor(who) || isAdministrator(who));
  if (isBareOwner && OF_A_NAMED_OWNER.includes(verb) && tableAllows(verb, 'owner', state)) return true;
  return inForce(who).some((standing) => tableAllows(verb, standing, state));
}

describe('who may do what with an engagement', () => {
  it('is asked of everybody: each role alone, two roles together, in it or not', () => {
    expect(ACTORS.length).toBeGreaterThan(800);
    expect(new Set(ACTORS.map(({ name }) => name)).size).toBe(ACTORS.length);
  });

  it.each(ENGAGEMENT_VERBS)('%s is as the table of the domain reference says, in every state', (verb) => {
    const wrong: string[] = [];
    for (const who of ACTORS)
      for (const state of ENGAGEMENT_STATES) {
        const is = may(who.person, verb, scope(state, who.scope));
        if (is !== expected(who, verb, state)) wrong.push(`${who.name}: ${state}: ${is ? 'may' : 'may not'}`);
      }
    expect(wrong.slice(0, 20)).toEqual([]);
  });

  it.each(ENGAGEMENT_VERBS)(
    '%s on an engagement that does not exist is refused like a forbidden one',
    (verb) => {
      for (const who of ACTORS) expect(may(who.person, verb, null)).toBe(false);
    },
  );
});

/** In every relation, and in each state: whoever of `who` may do one of `verbs`. */
const whoMay = (actors: readonly Actor[], verbs: readonly EngagementVerb[]): readonly string[] =>
  actors.flatMap((who) =>
    verbs
      .filter((verb) => ENGAGEMENT_STATES.some((state) => may(who.person, verb, scope(state, who.scope))))
      .map((verb) => `${who.name}: ${verb}`),
  );
const all = (...roles: readonly Role[]): readonly Actor[] => RELATIONS.map((each) => actor(roles, each));

describe('decisions', () => {
  it('are never a contractor’s, whatever else they are: T10, T13, T17, T18, T22 and their like', () => {
    for (const contractor of CONTRACTORS) {
      expect(whoMay(all(contractor), DECISIONS)).toEqual([]);
      for (const federal of ['business_owner', 'ispg_team', 'gtl', 'cor', 'cra', 'auditor'] as const)
        expect(whoMay(all(contractor, federal), DECISIONS)).toEqual([]);
    }
  });

  it('are never an administrator’s, even with other roles', () => {
    for (const other of ['business_owner', 'ispg_team', 'gtl', 'cor', 'contractor_lead'] as const) {
      expect(whoMay(all('platform_admin', other), DECISIONS)).toEqual([]);
      expect(whoMay(all(other, 'platform_admin'), DECISIONS)).toEqual([]);
    }
  });

  it('are somebody’s: each of them is open to a federal employee', () => {
    for (const verb of DECISIONS) {
      const open = whoMay([...all('gtl'), ...all('cor'), ...all('business_owner')], [verb]);
      expect([verb, open.length > 0]).toEqual([verb, true]);
    }
  });

  it('about money and its end need the role: the part of a Contracting Officer’s Representative in one engagement only reads', () => {
    const part = RELATIONS.filter(({ name }) => name === 'cor in it').map((each) => actor([], each));
    expect(part).toHaveLength(1);
    expect(whoMay(part, ['funding.confirm', 'engagement.approve-extension-cor', 'money.write'])).toEqual([]);
    expect(whoMay(part, ['money.read', 'history.read'])).toHaveLength(2);
  });
});

describe('a Cyber Risk Advisor', () => {
  it('sees the components they were assigned and the engagements they are named in, and no others', () => {
    const seen = (components: readonly string[], id = 'who') =>
      may(person(id, ['cra'], components), 'request.read', scope('REQUESTED'));
    expect(seen(['OIT'])).toBe(true);
    expect(seen(['CMCS', 'OFM'])).toBe(false);
    expect(seen([])).toBe(false);
    expect(seen(['CMCS'], 'advisor')).toBe(true);
  });

  it('loses the component with the role, whatever components are left', () => {
    expect(may(person('who', [], ['OIT']), 'request.read', scope('REQUESTED'))).toBe(false);
  });
});
