import { describe, expect, it } from 'vitest';
import { bandOf, choiceOf, fitOf, shortlist } from '../../src/domain/matching.ts';
import { gatesOf } from '../../src/domain/matching-gates.ts';
import { type Contender, type Fit, type Need, needOf, PARTS } from '../../src/domain/matching-terms.ts';
import type { SkillProfile } from '../../src/domain/skills.ts';
import { MATCHING } from '../../src/offerings/matching-weights.ts';
import { aBeginner, aContender, allAreas, aNeed, TODAY } from '../support/a-contender.ts';

const fitWith = (contender: Contender, need: Need = aNeed()): Fit => fitOf(contender, need, MATCHING, TODAY);
const points = ({ parts }: Fit): readonly number[] => parts.map((part) => part.points);
const partOf = (contender: Contender, key: (typeof PARTS)[number], need: Need = aNeed()): number =>
  fitWith(contender, need).parts.find((part) => part.key === key)?.points ?? -1;
const shutGates = (contender: Contender, need: Need = aNeed()): readonly string[] =>
  gatesOf(contender, need, MATCHING, TODAY).flatMap(({ key, isPassed }) => (isPassed ? [] : [key]));

describe('the figures of matching', () => {
  it('add up as the domain reference says', () => {
    const { weights, certification, availability, continuity } = MATCHING;
    expect(PARTS.map((part) => weights[part])).toEqual([35, 20, 20, 10, 10, 5]);
    expect(certification.tier + certification.upper).toBe(weights.certification);
    expect(availability.start + availability.hours + availability.overlap).toBe(weights.availability);
    expect(continuity.system).toBe(weights.continuity);
  });
});

describe('the score', () => {
  it('is 100 for somebody who has everything', () => {
    const all = fitWith(aContender());
    expect(points(all)).toEqual([35, 20, 20, 10, 10, 5]);
    expect(all).toMatchObject({ score: 100, band: 'strong', isEligible: true, gaps: [] });
  });

  it('is worked out by hand for somebody with a few gaps', () => {
    const made = fitWith(
      aContender(
        {
          ratings: { ...aContender().profile.ratings, contingency: 1 },
          areas: { ...allAreas(3), q_risk: 2 },
          certifications: ['security_plus', 'cipp_g'],
          dataKinds: ['pii'],
          hasHandledHva: false,
          availableOn: '2027-03-16',
          overlapHours: 6,
          pastSystems: ['Another System'],
        },
        { loadHours: 10 },
      ),
    );
    // Tasks 35 × 6/7. Areas 20 × (5 + 2/3)/6 = 18.9. Context: 5 + 2 + 3 + 2 of 5 + 3 + 2 + 2 + 3 + 2 = 12/17, 14.1.
    // Certification 7 + 3. Availability: 15 of 30 days late 2.5, 3 hours, 2 overlap. Continuity: the component alone.
    expect(points(made)).toEqual([30, 19, 14, 10, 8, 3]);
    expect(made).toMatchObject({ score: 84, band: 'strong', isEligible: true, readyOn: '2027-03-16' });
    expect(made.gaps).toEqual([
      { kind: 'task', key: 'contingency' },
      { kind: 'area', key: 'q_risk' },
      { kind: 'context', key: 'hva' },
      { kind: 'context', key: 'data:phi' },
    ]);
  });

  it('is 12 for somebody who has nothing yet but the time until the start', () => {
    const made = fitWith(aBeginner());
    // Areas 20 × 1/3 = 6.7; screening takes 38 days of the 45 until the start, 5.
    expect(points(made)).toEqual([0, 7, 0, 0, 5, 0]);
    expect(made).toMatchObject({ score: 12, band: 'weak', isEligible: false, readyOn: '2027-02-22' });
  });

  it('counts a task from "with help" on, and only once the lead has confirmed the profile', () => {
    const rated = (rating: 1 | 2) => aContender({ ratings: { poam: rating } });
    const need = aNeed({ tasks: ['poam'] });
    expect(partOf(rated(2), 'tasks', need)).toBe(35);
    expect(partOf(rated(1), 'tasks', need)).toBe(0);
    expect(partOf(aContender({ ratings: { poam: 4 }, confirmed: null }), 'tasks', need)).toBe(0);
  });

  it('lets nobody make up for one area with another', () => {
    // 20 × (5 + 1/3)/6 = 17.8
    expect(partOf(aContender({ areas: { ...allAreas(4), q_risk: 1 } }), 'areas')).toBe(18);
  });

  it('gives no hours to somebody who works more than they can', () => {
    const overloaded = aContender({}, { loadHours: 55 });
    expect(partOf(overloaded, 'availability')).toBe(7);
    expect(fitWith(overloaded)).toMatchObject({ freeHours: 0, loadHours: 55, isEligible: false });
  });

  it('asks for no experience with what the system is not', () => {
    const plain = aNeed({
      fipsOverall: null,
      isHva: false,
      dataKinds: [],
      hosting: null,
      deliveryModel: null,
    });
    expect(partOf(aBeginner(), 'context', plain)).toBe(20);
    expect(partOf(aBeginner(), 'context', { ...plain, supportsMef: true })).toBe(0);
  });

  it('gives 7 points for the tier and up to 3 for what goes beyond it', () => {
    const held = (...certifications: readonly string[]) =>
      partOf(aContender({ certifications }), 'certification');
    expect(held()).toBe(0);
    expect(held('sscp')).toBe(7);
    expect(held('sscp', 'cisa')).toBe(8);
    expect(held('sscp', 'hcispp', 'cisa')).toBe(10);
    expect(held('cism')).toBe(10);
    expect(held('sscp', 'cism')).toBe(10);
    expect(held('cdpse', 'cipp_g', 'hcispp')).toBe(3);
    expect(held('cisa', 'cisa')).toBe(1);
    expect(
      partOf(
        aContender({ certifications: ['sscp'] }),
        'certification',
        aNeed({ certificationTier: 'upper' }),
      ),
    ).toBe(0);
  });

  it('counts lateness from today once the wanted start has passed', () => {
    const passed = aNeed({ wantedStartOn: '2027-01-01' });
    expect(partOf(aContender(), 'availability', passed)).toBe(10);
    expect(shutGates(aContender(), passed)).toEqual([]);
    expect(partOf(aContender({ availableOn: '2027-03-31' }), 'availability')).toBe(5);
  });

  it('takes the person for known to the system by name or acronym, however it is written', () => {
    const known = (pastSystems: readonly string[]) =>
      partOf(aContender({ pastSystems, pastComponents: [] }), 'continuity');
    expect(known(['the PROVIDER enrollment-portal system'])).toBe(5);
    expect(known(['pep'])).toBe(5);
    expect(known(['Provider Portal', '—'])).toBe(0);
  });
});

describe('the bands', () => {
  it.each([
    [100, 'strong'],
    [75, 'strong'],
    [74, 'workable'],
    [60, 'workable'],
    [59, 'weak'],
    [0, 'weak'],
  ] as const)('call %i %s', (score, band) => expect(bandOf(score, MATCHING)).toBe(band));
});

describe('experience', () => {
  it('below the band is a gap and no gate', () => {
    const few = fitWith(aContender({ experienceYears: 3 }));
    expect(few.gaps).toEqual([{ kind: 'experience', key: 'standard' }]);
    expect(few).toMatchObject({ isEligible: true, score: 100 });
  });

  it('of the complex band is with High systems or High Value Assets, either of them', () => {
    const need = aNeed({ experienceBand: 'complex', isHva: false, fipsOverall: null });
    expect(fitWith(aContender({ fipsHighest: 'low' }), need).gaps).toEqual([]);
    expect(fitWith(aContender({ hasHandledHva: false }), need).gaps).toEqual([]);
    expect(fitWith(aContender({ fipsHighest: 'low', hasHandledHva: false }), need).gaps).toHaveLength(1);
  });
});

describe('the shortlist', () => {
  const named = (personId: string, more: Parameters<typeof aContender>[0] = {}, loadHours = 0) =>
    aContender({ personId, ...more }, { loadHours });
  const list = (contenders: readonly Contender[], seed = 7) =>
    shortlist(contenders, aNeed(), MATCHING, { seed, today: TODAY });
  const order = (...args: Parameters<typeof list>) => list(...args).ranked.map(({ personId }) => personId);

  it('puts who passes every gate first, then goes by score', () => {
    const people = [
      named('shut', { develops: ['PEP'] }),
      named('lower', { hasHandledHva: false }),
      named('higher'),
    ];
    expect(order(people)).toEqual(['higher', 'lower', 'shut']);
    expect(list(people).top.map(({ personId }) => personId)).toEqual(['higher', 'lower']);
  });

  it('settles equal scores by the earlier start, then the lower load', () => {
    const people = [
      named('busy', {}, 12),
      named('later', { availableOn: '2027-02-20' }),
      named('free', {}, 4),
    ];
    expect(order(people)).toEqual(['free', 'busy', 'later']);
  });

  it('draws among equals: the same seed the same order, however they are listed, and other seeds others', () => {
    const people = ['a', 'b', 'c', 'd', 'e'].map((each) => named(each));
    expect(order(people.toReversed(), 7)).toEqual(order(people, 7));
    const firsts = new Set(Array.from({ length: 60 }, (_, seed) => order(people, seed)[0]));
    expect(firsts).toEqual(new Set(['a', 'b', 'c', 'd', 'e']));
  });

  it('puts three forward at most, and nobody who fails a gate', () => {
    const people = ['a', 'b', 'c', 'd'].map((each) => named(each));
    expect(list(people).top).toHaveLength(3);
    expect(list([aBeginner()]).top).toEqual([]);
  });

  it('says what a choice needs: a reason below the top, an exception for a shut gate or a low score', () => {
    const made = list([named('best'), named('second', { hasHandledHva: false }), aBeginner()]);
    expect(choiceOf(made, 'best')).toMatchObject({ isTop: true, needsException: false });
    expect(choiceOf(made, 'second')).toMatchObject({ isTop: false, needsException: false });
    expect(choiceOf(made, 'new')).toMatchObject({ isTop: false, needsException: true });
    expect(choiceOf(made, 'nobody')).toBeNull();
    expect(choiceOf(list([aBeginner()]), 'new')).toMatchObject({ isTop: true, needsException: true });
    const weak = named('weak', { ratings: {}, dataKinds: [], hosting: [], deliveryModels: [] });
    expect(choiceOf(list([weak]), 'weak')).toMatchObject({ needsException: true, fit: { isEligible: true } });
  });
});

describe('a need', () => {
  const { tier, tasks, areas, mustHave, niceToHave, certificationTier, experienceBand } = aNeed();
  const skills: SkillProfile = {
    ...{ tier, tasks, areas, mustHave, niceToHave, certificationTier, experienceBand },
    ...{ hoursPerWeek: 20, location: 'remote', overlapHours: 4, dataKinds: ['pii', 'phi'] },
    niceRoles: ['OG-WRL-014'],
    niceRelease: '2.0.0',
  };
  const { component, systemName, systemAcronym, wantedStartOn } = aNeed();
  const about = { component, systemName, systemAcronym, wantedStartOn };

  it('takes the system from the context assessment and leaves out what nobody knows', () => {
    const fips = { confidentiality: 'moderate', integrity: 'low', availability: 'low' } as const;
    const known = {
      fips,
      highValueAsset: 'yes',
      missionEssential: 'no',
      hosting: 'cms_aws',
      delivery: 'monthly',
    } as const;
    expect(needOf(skills, about, known)).toEqual(aNeed());
    expect(
      needOf({ ...skills, dataKinds: ['fti'] }, about, {
        fips: { ...fips, integrity: 'not_categorized' },
        highValueAsset: 'dont_know',
        missionEssential: 'dont_know',
        hosting: 'not_decided',
        delivery: 'not_live',
      }),
    ).toMatchObject({
      fipsOverall: null,
      isHva: false,
      supportsMef: false,
      hosting: null,
      deliveryModel: null,
      needsFti: true,
    });
  });
});
