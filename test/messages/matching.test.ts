import { describe, expect, it } from 'vitest';
import { choiceOf, fitOf, shortlist } from '../../src/domain/matching.ts';
import type { Contender } from '../../src/domain/matching-terms.ts';
import type { Person } from '../../src/domain/person.ts';
import { adaptiveCard } from '../../src/messages/adaptive-card.ts';
import { button } from '../../src/messages/button.ts';
import {
  fitSheet,
  proposedSummary,
  reasonNeeded,
  searching,
  shortlistCard,
} from '../../src/messages/copy/matching.ts';
import { CARD_BUDGET_BYTES, jsonBytes } from '../../src/messages/limits.ts';
import type { Message } from '../../src/messages/message.ts';
import { plainText } from '../../src/messages/plain-text.ts';
import { MATCHING_LABELS } from '../../src/offerings/matching-labels.ts';
import { MATCHING } from '../../src/offerings/matching-weights.ts';
import { aBeginner, aContender, allAreas, aNeed, TODAY } from '../support/a-contender.ts';

const READER = { timeZone: 'America/New_York' };
const ABOUT = { number: 'ISSO-2027-0042', systemName: 'Provider Enrollment Portal' };
const somebody = (id: string, name: string): [string, Person] => [
  id,
  { id, name, email: null, roles: [], components: [], timeZone: 'America/New_York', calendarToken: id },
];
const PEOPLE = new Map([
  somebody('isso', 'Ines Sorensen'),
  somebody('isso2', 'Ivan Soto'),
  somebody('new', 'Noa Ito'),
]);
const textOf = (message: Message): string => plainText(message, READER);
const fitWith = (contender: Contender, need = aNeed()) => fitOf(contender, need, MATCHING, TODAY);
const listOf = (...contenders: readonly Contender[]) =>
  shortlist(contenders, aNeed(), MATCHING, { seed: 7, today: TODAY });

const gappy = aContender(
  {
    ratings: { ...aContender().profile.ratings, contingency: 1 },
    areas: { ...allAreas(3), q_risk: 2 },
    certifications: ['security_plus', 'cipp_g'],
    availableOn: '2027-03-16',
    hasHandledHva: false,
    pastSystems: [],
  },
  { loadHours: 10 },
);

describe('the fit sheet', () => {
  const need = aNeed({ niceToHave: ['led_fisma', 'NF-COM-004'] });

  it('explains every point in a line for each part', () => {
    const text = textOf(fitSheet(fitWith(gappy, need), ABOUT, PEOPLE, MATCHING_LABELS));
    for (const words of [
      'Ines Sorensen for Provider Enrollment Portal: 86 of 100, strong.',
      '- Task coverage 30 of 35: 6 of 7; gap: Contingency planning',
      '- Qualification areas 19 of 20: 5 of 6 at the level asked for; gap: Risk assessment (level 2 of 3)',
      '- Context fit 16 of 20: 5 of 6 handled before; not yet: High Value Asset',
      '- Certification 10 of 10: the tier is met; also: a privacy certification',
      '- Availability 8 of 10: ready 15 days late; 30 hours a week free, 20 needed; 8 common hours a day, 4 needed',
      '- Continuity 3 of 5: has worked for this component',
      'Nice to have: 1 of 2; not there: Cloud Security',
      'Could start: Tuesday, March 16, 2027',
      'Other engagements: 10 hours a week',
    ])
      expect(text).toContain(words);
  });

  it('suggests a training for each gap', () => {
    const text = textOf(fitSheet(fitWith(gappy), ABOUT, PEOPLE, MATCHING_LABELS));
    expect(text).toContain(
      '- Contingency planning. Suggested: contingency planning courses of the CMS and HHS catalog.',
    );
    expect(text.match(/Suggested:/gu)).toHaveLength(3);
    expect(textOf(fitSheet(fitWith(aContender()), ABOUT, PEOPLE, MATCHING_LABELS))).toContain('No gaps.');
  });

  it('shows each gate with its reason', () => {
    const open = textOf(fitSheet(fitWith(aContender()), ABOUT, PEOPLE, MATCHING_LABELS));
    expect(open.match(/: Passed: /gu)).toHaveLength(9);
    expect(open).not.toContain('Not passed');
    const asked = aNeed({
      needsFti: true,
      location: 'on_site',
      mustHave: ['poam', 'handled_hva'],
      wantedStartOn: '2027-01-20',
    });
    const shut = textOf(
      fitSheet(fitWith({ ...aBeginner(), isOnContract: false }, asked), ABOUT, PEOPLE, MATCHING_LABELS),
    );
    for (const words of [
      'Contract: Not passed: not active on the contract',
      'Profile confirmed: Not passed: the Service ISSO Lead has not confirmed version 1, so no task rating counts',
      'Screening: Not passed: not started; expected by Monday, February 22, 2027, needed by Wednesday, January 20, 2027',
      'Hours: Not passed: 0 hours a week free, 20 needed',
      'Conflict of interest: Passed: none known',
      'Location: Not passed: works remotely only; needed: on site',
      'Tax data (FTI): Not passed: has not worked with it',
      'Certification: Not passed: holds no tier; needed: the lower tier',
      'Must-haves: Not passed: missing: POA&M review, Has handled a High Value Asset',
    ])
      expect(shut).toContain(words);
    expect(
      textOf(fitSheet(fitWith(aContender({ assesses: ['PEP'] })), ABOUT, PEOPLE, MATCHING_LABELS)),
    ).toContain('Conflict of interest: Not passed: assesses this system');
  });

  it('fits a card at its fullest', () => {
    const full = fitSheet(
      fitWith(aBeginner(), aNeed({ mustHave: aNeed().tasks, niceToHave: aNeed().tasks })),
      ABOUT,
      PEOPLE,
      MATCHING_LABELS,
    );
    expect(jsonBytes(adaptiveCard(full, READER))).toBeLessThan(CARD_BUDGET_BYTES);
  });
});

describe('the shortlist', () => {
  it('numbers the first ones with their parts and says what stops the others', () => {
    const second = aContender({ personId: 'isso2', pastSystems: [], pastComponents: [] });
    const text = textOf(
      shortlistCard(listOf(aBeginner(), second, aContender()), ABOUT, PEOPLE, MATCHING_LABELS),
    );
    expect(text).toMatch(
      /1\. Ines Sorensen: 100 of 100, strong\.[\s\S]+2\. Ivan Soto: 95 of 100[\s\S]+Others[\s\S]+Noa Ito/u,
    );
    expect(text).toContain('- Continuity 0 of 5: new to system and component');
    expect(text).toContain(
      'Noa Ito: 12 of 100, not to be proposed unless the GTL allows it. Profile confirmed: Not passed:',
    );
    expect(text).toContain('a draw (seed 7)');
  });

  it('says when nobody passes, when nobody has a profile, and counts those it has no room for', () => {
    expect(textOf(shortlistCard(listOf(aBeginner()), ABOUT, PEOPLE, MATCHING_LABELS))).toContain(
      'Nobody passes every hard requirement.',
    );
    expect(textOf(shortlistCard(listOf(), ABOUT, PEOPLE, MATCHING_LABELS))).toContain(
      'No Service ISSO has filled in a profile yet.',
    );
    const many = Array.from({ length: 13 }, (_, index) => aBeginner(`new${index}`));
    expect(textOf(shortlistCard(listOf(...many), ABOUT, PEOPLE, MATCHING_LABELS))).toContain('… and 3 more');
  });

  it('fits a card with three people who have every gap', () => {
    const gaps = ['isso', 'isso2', 'new'].map((personId) =>
      aContender({
        ...aBeginner().profile,
        personId,
        confirmed: { byId: 'x', at: new Date(0) },
        certifications: ['sscp'],
        capacityHours: 40,
      }),
    );
    const list = listOf(...gaps);
    expect(list.top).toHaveLength(3);
    expect(jsonBytes(adaptiveCard(shortlistCard(list, ABOUT, PEOPLE, MATCHING_LABELS), READER))).toBeLessThan(
      CARD_BUDGET_BYTES,
    );
  });
});

describe('what the Business Owner reads', () => {
  it('is who is proposed, how they fit and what they would learn', () => {
    const text = textOf(proposedSummary(fitWith(gappy), ABOUT, PEOPLE, MATCHING_LABELS));
    for (const words of [
      'Ines Sorensen is proposed as the Service ISSO',
      'Fit: 86 of 100, strong',
      'Tasks: 6 of 7: Security categorization, ',
      'Systems like yours: 5 of 6: FIPS 199 level Moderate, ',
      'Hard requirements: All are met',
      '- Contingency planning. Suggested:',
      '- High Value Asset. Suggested:',
    ])
      expect(text).toContain(words);
  });

  it('has nothing of other work, of single levels or gates, or of anybody else', () => {
    const text = textOf(
      proposedSummary(fitWith({ ...gappy, isOnContract: false }), ABOUT, PEOPLE, MATCHING_LABELS),
    );
    expect(text).not.toMatch(
      /hours|level 2|Other engagements|Screening|contract\b|Ivan|Noa|Qualification areas/u,
    );
    expect(text).toContain('Hard requirements: Not all are met');
  });

  it('names nobody while the search goes on', () => {
    const text = textOf(searching(ABOUT));
    for (const { name } of PEOPLE.values()) expect(text).not.toContain(name);
    expect(text).toContain('`show ISSO-2027-0042`');
  });
});

describe('proposing somebody', () => {
  const second = aContender({ personId: 'isso2', pastSystems: [] });
  const list = listOf(aContender(), second, aBeginner());
  const ask = (personId: string, given: { whyNotTop?: string; exception?: string } = {}): string | null => {
    const choice = choiceOf(list, personId);
    const made =
      choice &&
      reasonNeeded(
        choice,
        { whyNotTop: null, exception: null, ...given },
        PEOPLE,
        MATCHING_LABELS,
        'propose ISSO-2027-0042 name: your reason',
      );
    return made ? textOf(made) : null;
  };

  it('needs nothing more for the one on top', () => expect(ask('isso')).toBeNull());

  it('needs the reason for one who is not, with an example to type', () => {
    expect(ask('isso2')).toContain('Ivan Soto is not on top of the shortlist.');
    expect(ask('isso2')).toContain('`propose ISSO-2027-0042 name: your reason`');
    expect(ask('isso2', { whyNotTop: 'Knows the vendor' })).toBeNull();
  });

  it('needs an exception where a gate is shut or the score is too low, and names why', () => {
    expect(ask('new', { whyNotTop: 'None is free' })).toContain(
      'Hours: Not passed: 0 hours a week free, 20 needed.',
    );
    expect(ask('new', { whyNotTop: 'None is free', exception: 'Starts in May' })).toBeNull();
    const weak = aContender({ ratings: {}, dataKinds: [], hosting: [], deliveryModels: [] });
    const choice = choiceOf(listOf(weak), 'isso');
    const given = { whyNotTop: null, exception: null };
    const made = choice && reasonNeeded(choice, given, PEOPLE, MATCHING_LABELS, 'propose');
    expect(made && textOf(made)).toContain('The score is 54 of 100.');
  });
});

describe('every message of matching', () => {
  it('carries the buttons it is given and makes other words harmless', () => {
    const named = new Map([somebody('isso', '<@U1> [x](http://evil)')]);
    const press = button('go', 'Propose', { verb: 'v', subject: 's' }, 'propose');
    const about = { ...ABOUT, systemName: '*bold* <!channel>' };
    const made = [
      fitSheet(fitWith(gappy), about, named, MATCHING_LABELS, [press]),
      shortlistCard(listOf(gappy), about, named, MATCHING_LABELS, [press]),
      proposedSummary(fitWith(gappy), about, named, MATCHING_LABELS, [press]),
    ];
    for (const message of made) {
      expect(message.buttons).toEqual([press]);
      expect(textOf(message)).not.toMatch(/<@U1>|<!channel>|\]\(http/u);
    }
  });
});
