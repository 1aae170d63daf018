import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TIERS } from '../../src/domain/course.ts';
import { AREAS, LOCATIONS } from '../../src/domain/skills.ts';
import { missing, parseAnswers, questionBy } from '../../src/forms/form.ts';
import type { Answers, Question } from '../../src/forms/question.ts';
import { ISSO_PROFILE_FORM, profileOf } from '../../src/offerings/isso-profile.ts';
import { TASKS } from '../../src/offerings/isso-tasks.ts';
import { NICE_RELEASE } from '../../src/offerings/nice.ts';
import {
  SKILL_PROFILE_FORM,
  skillProfileOf,
  suggestSkillProfile,
} from '../../src/offerings/skill-profile.ts';

const keys = TASKS.map(({ id }) => id);
const optionsIn = (question: Question) => ('options' in question ? question.options : []);

describe('the skill profile', () => {
  const suggest = (facts: Partial<Parameters<typeof suggestSkillProfile>[0]> = {}): Answers =>
    suggestSkillProfile({
      tasks: ['risk_assessment', 'poam'],
      tier: 'standard',
      hoursPerWeek: 20,
      location: 'remote',
      dataKinds: ['pii', 'dont_know'],
      ...facts,
    });

  it('is suggested from tasks, tier, hours, place and data', () => {
    expect(suggest()).toEqual({
      tier: 'standard',
      tasks: ['risk_assessment', 'poam'],
      nice_roles: ['OG-WRL-014', 'OG-WRL-008'],
      nice_release: '2.0.0',
      must_have: null,
      nice_to_have: null,
      // The tasks touch risk; nobody asked for what the other areas with tasks are about.
      q_standards: '2',
      q_it: '3',
      q_disciplines: '2',
      q_program: '2',
      q_risk: '3',
      q_leadership: '2',
      certification_tier: 'lower',
      experience_band: 'standard',
      hours_per_week: 20,
      location: 'remote',
      overlap_hours: 4,
      data_kinds: ['pii'],
    });
  });

  it('adds the roles that tasks and data ask for', () => {
    const roles = (facts: Parameters<typeof suggest>[0]) => suggest({ dataKinds: [], ...facts }).nice_roles;
    expect(roles({ tasks: ['poam'] })).toEqual(['OG-WRL-014']);
    expect(roles({ tasks: ['sca_csrap', 'assessment_authorization'] })).toEqual([
      'OG-WRL-014',
      'OG-WRL-012',
      'OG-WRL-013',
    ]);
    expect(roles({ tasks: ['privacy_guidance'] })).toContain('OG-WRL-008');
    expect(roles({ tasks: ['poam'], dataKinds: ['fti'] })).toContain('OG-WRL-008');
    expect(roles({ tasks: ['poam'], dataKinds: ['other_cui', 'none'] })).toEqual(['OG-WRL-014']);
  });

  it('asks for more in every area where the ISSO does everything, and where the tier is higher', () => {
    const levels = (facts: Parameters<typeof suggest>[0]) => AREAS.map((area) => suggest(facts)[area]);
    expect(levels({ tasks: ['overall_support'] })).toEqual(['3', '3', '3', '3', '3', '3']);
    expect(levels({ tier: 'basic', tasks: ['poam'] })).toEqual(['1', '2', '1', '1', '1', '1']);
    expect(levels({ tier: 'complex', tasks: keys })).toEqual(['4', '4', '4', '4', '4', '4']);
  });

  it('is whole and valid whatever the engagement says', () => {
    const wishes = fc.record({
      tasks: fc.subarray([...keys], { minLength: 1 }),
      tier: fc.constantFrom(...TIERS),
      hoursPerWeek: fc.double({ min: 0, max: 60, noNaN: true }),
      location: fc.constantFrom(...LOCATIONS),
      dataKinds: fc.subarray(['pii', 'phi', 'fti', 'other_cui', 'none', 'dont_know']),
    });
    fc.assert(
      fc.property(wishes, (wish) => {
        const suggested = suggestSkillProfile(wish);
        expect(missing(SKILL_PROFILE_FORM, suggested)).toEqual([]);
        expect(parseAnswers(SKILL_PROFILE_FORM, suggested).dropped).toEqual([]);
        const profile = skillProfileOf(suggested);
        expect(profile).toMatchObject({ tier: wish.tier, tasks: wish.tasks, niceRelease: NICE_RELEASE });
        expect(profile.hoursPerWeek).toBeGreaterThanOrEqual(2);
      }),
    );
  });

  it('reads as edited, and asks for the least where nothing is answered', () => {
    const edited = skillProfileOf({
      ...suggest(),
      q_it: '4',
      must_have: ['poam', 'handled_hva'],
      certification_tier: 'upper',
      location: 'on_site',
    });
    expect(edited).toMatchObject({
      areas: { q_it: 4, q_risk: 3 },
      mustHave: ['poam', 'handled_hva'],
      certificationTier: 'upper',
      location: 'on_site',
      dataKinds: ['pii'],
    });
    expect(skillProfileOf({})).toMatchObject({
      tier: 'basic',
      tasks: [],
      areas: { q_it: 1 },
      certificationTier: 'none',
      location: 'remote',
      niceRelease: NICE_RELEASE,
    });
  });
});

describe('the profile of a Service ISSO', () => {
  const about = { personId: 'isso', version: 3, confirmed: null };

  it('asks for a rating of each task, and of screening only the state', () => {
    for (const key of keys) expect(questionBy(ISSO_PROFILE_FORM, `rate_${key}`)?.kind).toBe('choice');
    const screening = questionBy(ISSO_PROFILE_FORM, 'screening');
    expect(screening && optionsIn(screening).map(({ id }) => id)).toEqual([
      'none',
      'requested',
      'interim',
      'full',
    ]);
  });

  it('reads its answers', () => {
    const profile = profileOf(
      {
        rate_poam: 'alone',
        rate_rmf: 'leads',
        rate_contingency: 'aware',
        q_risk: '4',
        certifications: ['cissp'],
        experience_years: 6,
        full_ato: true,
        screening: 'interim',
        capacity_hours: 30,
        available_on: '2027-02-01',
        location: 'hybrid',
        fips_highest: 'moderate',
        fti_experience: true,
        past_systems: 'Portal\n\n  Ledger ',
        develops: 'Registry',
      },
      about,
    );
    expect(profile).toMatchObject({
      ...about,
      ratings: { poam: 3, rmf: 4, contingency: 1, categorization: 0 },
      areas: { q_risk: 4, q_it: 1 },
      certifications: ['cissp'],
      experienceYears: 6,
      hasFullAto: true,
      hasLedFisma: false,
      screening: 'interim',
      capacityHours: 30,
      availableOn: '2027-02-01',
      location: 'hybrid',
      fipsHighest: 'moderate',
      hasFtiExperience: true,
      pastSystems: ['Portal', 'Ledger'],
      develops: ['Registry'],
      assesses: [],
    });
  });

  it('counts what is not answered, or by words of another version, as not there', () => {
    const empty = profileOf({ rate_poam: 'expert', fips_highest: 'no_level', screening: 'cleared' }, about);
    expect(empty).toMatchObject({
      ratings: { poam: 0 },
      screening: 'none',
      fipsHighest: null,
      capacityHours: 0,
      availableOn: null,
      hasFtiExperience: false,
      hosting: [],
    });
  });
});
