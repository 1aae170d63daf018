import { describe, expect, it } from 'vitest';
import { isOfParty } from '../../src/domain/access-card.ts';
import { CARD_PARTIES, type CardParty } from '../../src/domain/card-template.ts';
import type { Person } from '../../src/domain/person.ts';
import { membership, person, scope } from './access-people.ts';

const of = scope('ONBOARDING', {
  memberships: [membership('named-guardian', 'data_guardian'), membership('own-cor', 'cor')],
});
const partiesOf = (who: Person): readonly CardParty[] =>
  CARD_PARTIES.filter((party) => isOfParty(who, party, of));

describe('who stands for a party of the card', () => {
  it.each<readonly [string, Person, readonly CardParty[]]>([
    ['the Business Owner', person('owner', ['business_owner']), ['business_owner']],
    ['their delegate', { ...person('delegate'), delegateOf: ['owner'] }, ['business_owner']],
    ['another Business Owner', person('other', ['business_owner']), []],
    ['a contractor lead', person('lead', ['contractor_lead']), ['contractor', 'roster_owner']],
    ['the Service ISSO', person('isso', ['service_isso']), ['service_isso']],
    ['another Service ISSO', person('isso2', ['service_isso']), []],
    ['the COR of the programme', person('cor', ['cor']), ['cor']],
    ['a COR of the engagement alone', person('own-cor'), []],
    ['ISPG', person('ispg', ['ispg_team']), ['ispg']],
    ['the Government Task Lead, who is of ISPG', person('gtl', ['gtl']), ['ispg', 'gtl']],
    ['a Data Guardian named in it', person('named-guardian'), ['data_guardian']],
    ['a Data Guardian of its component', person('guardian', ['data_guardian'], ['OIT']), ['data_guardian']],
    ['a Data Guardian of another', person('guardian', ['data_guardian'], ['CM']), []],
    ['its advisor', person('advisor', ['cra']), ['cra']],
    ['an auditor', person('auditor', ['auditor']), []],
    ['whoever administers the bot', person('owner', ['platform_admin', 'gtl']), []],
    ['anybody else', person('anybody'), []],
  ])('is for %s', (_name, who, expected) => {
    expect(partiesOf(who)).toEqual(expected);
  });

  it('is whoever stands in for them, but never for a Service ISSO', () => {
    const standIn: Person = {
      ...person('stand-in', ['service_isso']),
      standsInFor: [{ id: 'isso', roles: ['service_isso'], components: [] }],
    };
    expect(partiesOf(standIn)).toEqual([]);
    const forGtl: Person = {
      ...person('stand-in', ['ispg_team']),
      standsInFor: [{ id: 'gtl', roles: ['gtl'], components: [] }],
    };
    expect(partiesOf(forGtl)).toEqual(['ispg', 'gtl']);
  });
});
