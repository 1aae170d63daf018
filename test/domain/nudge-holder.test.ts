import { describe, expect, it } from 'vitest';
import type { CardItem, ItemState } from '../../src/domain/card.ts';
import { CARD_PARTIES, itemIn } from '../../src/domain/card-template.ts';
import { ballOf, ballWith, holdsLine, type ReachedParty } from '../../src/domain/nudge-holder.ts';
import type { Role } from '../../src/domain/person.ts';
import { CARD_TEMPLATE } from '../../src/offerings/card-template.ts';
import { person, scope } from './access-people.ts';

const itemOf = (key: string) => {
  const found = itemIn(CARD_TEMPLATE, key);
  if (!found) throw new Error(`no line ${key}`);
  return found;
};
const ball = (key: string, state: ItemState = { is: 'not_started' }) => ballOf(itemOf(key), { state });
const inState = (state: ItemState): Pick<CardItem, 'state'> => ({ state });

describe('who has the ball', () => {
  it('is, of every line, a party that has people here', () => {
    const firsts = Object.fromEntries(
      CARD_TEMPLATE.items.map(({ key }) => [key, `${ball(key).party}${ball(key).waitsFor ? '*' : ''}`]),
    );
    expect(firsts).toEqual({
      offer_accepted: 'contractor',
      roster_add: 'roster_owner',
      ict_request: 'service_isso',
      cor_approval: 'cor',
      security_clearance: 'contractor',
      fingerprinting: 'service_isso',
      eqip: 'service_isso',
      prescreen_ok: 'contractor*',
      eua_id: 'contractor*',
      isspa_training: 'service_isso',
      gfe_laptop: 'ispg',
      piv_card: 'service_isso',
      remote_access: 'service_isso',
      email_chat: 'service_isso',
      cfacts_access: 'service_isso',
      other_access: 'business_owner',
      appointment_letter: 'service_isso',
      rbt: 'service_isso',
      curriculum: 'service_isso',
      bo_prep: 'business_owner',
      initial_meeting: 'ispg',
      ready: 'gtl',
    });
  });

  it('goes to whoever it waits for, and of an office to whoever follows it up: the Service ISSO gets none', () => {
    expect(ball('piv_card', { is: 'waiting_on', party: 'badging_office' })).toEqual({
      party: 'contractor',
      waitsFor: 'badging_office',
    });
    expect(ball('cfacts_access', { is: 'waiting_on', party: 'business_owner' })).toEqual({
      party: 'business_owner',
      waitsFor: null,
    });
    expect(ball('other_access', { is: 'waiting_on', party: 'system_team' })).toEqual({
      party: 'business_owner',
      waitsFor: 'system_team',
    });
    for (const party of CARD_PARTIES.filter((each) => each !== 'service_isso'))
      expect(ballWith(party).party).not.toBe('service_isso');
  });

  it('goes to the Government Task Lead when it is blocked', () => {
    expect(ball('fingerprinting', { is: 'blocked', reason: 'Closed.' }).party).toBe('gtl');
    expect(ball('appointment_letter', { is: 'blocked', reason: 'No pen.' }).party).toBe('gtl');
  });

  it('of the letter goes from signer to signer, and the CISO is followed up by the Business Owner', () => {
    const at = (is: 'not_started' | 'in_progress' | 'submitted') => ball('appointment_letter', { is });
    expect(at('not_started')).toEqual({ party: 'service_isso', waitsFor: null });
    expect(at('in_progress')).toEqual({ party: 'business_owner', waitsFor: null });
    expect(at('submitted')).toEqual({ party: 'business_owner', waitsFor: 'ciso' });
  });
});

describe('who says what happens to a line', () => {
  const inOnboarding = (parts = {}) => scope('ONBOARDING', parts);
  const holds = (who: Parameters<typeof person>[1], key: string, state: ItemState = { is: 'not_started' }) =>
    holdsLine(person('who', who), itemOf(key), inState(state), inOnboarding());

  it('is whoever has it in hand, and nobody else', () => {
    expect(holds(['cor'], 'cor_approval')).toBe(true);
    expect(holds(['gtl'], 'cor_approval')).toBe(false);
    expect(holds(['ispg_team'], 'gfe_laptop')).toBe(true);
    expect(holds(['ispg_team'], 'piv_card')).toBe(false);
    expect(holds(['contractor_lead'], 'prescreen_ok')).toBe(true);
    expect(holds(['auditor'], 'prescreen_ok')).toBe(false);
  });

  it('is also the party that does it first, while it is blocked or waits for somebody', () => {
    expect(holds(['cor'], 'cor_approval', { is: 'blocked', reason: 'No form.' })).toBe(true);
    expect(holds(['gtl'], 'cor_approval', { is: 'blocked', reason: 'No form.' })).toBe(true);
    expect(holds(['gtl'], 'cor_approval', { is: 'waiting_on', party: 'ispg' })).toBe(true);
    expect(holds(['cor'], 'cor_approval', { is: 'waiting_on', party: 'ispg' })).toBe(true);
  });

  it('is whoever has the lines of a party for which nobody is named, and nobody before', () => {
    const all = new Set(['roster_owner', 'contractor', 'gtl'] as const);
    const of = (
      who: Role,
      key: string,
      vacant: ReadonlySet<ReachedParty>,
      state: ItemState = { is: 'not_started' },
    ) => holdsLine(person('who', [who]), itemOf(key), inState(state), inOnboarding(), vacant);
    expect(of('gtl', 'roster_add', new Set(['contractor']))).toBe(false);
    expect(of('gtl', 'roster_add', new Set(['roster_owner', 'contractor']))).toBe(true);
    expect(of('gtl', 'offer_accepted', new Set(['contractor']))).toBe(true);
    expect(of('ispg_team', 'offer_accepted', new Set(['contractor']))).toBe(false);
    expect(of('ispg_team', 'offer_accepted', all)).toBe(true);
    const stuck: ItemState = { is: 'blocked', reason: 'No form.' };
    expect(of('ispg_team', 'cor_approval', new Set(['contractor']), stuck)).toBe(false);
    expect(of('ispg_team', 'cor_approval', new Set(['gtl']), stuck)).toBe(true);
    expect(of('cor', 'offer_accepted', all)).toBe(false);
  });

  it('is the Service ISSO for each line they have a part in', () => {
    const of = inOnboarding({ course: { serviceIssoId: 'who' } });
    const own = CARD_TEMPLATE.items.filter((item) =>
      holdsLine(person('who', ['service_isso']), item, inState({ is: 'not_started' }), of),
    );
    expect(own.map(({ key }) => key)).toEqual(
      CARD_TEMPLATE.items.filter(({ parties }) => parties.includes('service_isso')).map(({ key }) => key),
    );
  });
});
