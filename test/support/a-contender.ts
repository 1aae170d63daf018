/** A need and a Service ISSO who has everything it asks for; a test takes away what it is about. */
import type { Contender, Need } from '../../src/domain/matching-terms.ts';
import type { AreaLevel, AreaLevels, IssoProfile } from '../../src/domain/skills.ts';

export const TODAY = '2027-01-15';

export const allAreas = (level: AreaLevel): AreaLevels => ({
  q_standards: level,
  q_it: level,
  q_disciplines: level,
  q_program: level,
  q_risk: level,
  q_leadership: level,
});

export const aNeed = (facts: Partial<Need> = {}): Need => ({
  component: 'OIT',
  systemName: 'Provider Enrollment Portal',
  systemAcronym: 'PEP',
  wantedStartOn: '2027-03-01',
  tier: 'standard',
  tasks: [
    'categorization',
    'compliance_reporting',
    'risk_assessment',
    'controls_documentation',
    'assessment_authorization',
    'poam',
    'contingency',
  ],
  areas: allAreas(3),
  mustHave: [],
  niceToHave: [],
  certificationTier: 'lower',
  experienceBand: 'standard',
  hoursPerWeek: 20,
  location: 'remote',
  overlapHours: 4,
  dataKinds: ['pii', 'phi'],
  fipsOverall: 'moderate',
  isHva: true,
  supportsMef: false,
  hosting: 'cms_aws',
  deliveryModel: 'monthly',
  needsFti: false,
  ...facts,
});

const FULL: IssoProfile = {
  personId: 'isso',
  version: 2,
  confirmed: { byId: 'issolead', at: new Date('2027-01-10T15:00:00Z') },
  ratings: Object.fromEntries(aNeed().tasks.map((task) => [task, 3])),
  areas: allAreas(3),
  certifications: ['cissp'],
  competencies: [],
  experienceYears: 8,
  hasFullAto: true,
  hasLedFisma: true,
  screening: 'full',
  capacityHours: 40,
  availableOn: null,
  location: 'on_site',
  overlapHours: 8,
  dataKinds: ['pii', 'phi', 'fti'],
  hasFtiExperience: true,
  fipsHighest: 'high',
  hasHandledHva: true,
  hasHandledMef: true,
  hosting: ['cms_aws'],
  deliveryModels: ['monthly'],
  pastComponents: ['OIT'],
  pastSystems: ['PEP'],
  develops: [],
  assesses: [],
};

export const aContender = (
  profile: Partial<IssoProfile> = {},
  rest: Partial<Omit<Contender, 'profile'>> = {},
): Contender => ({ isOnContract: true, loadHours: 0, ...rest, profile: { ...FULL, ...profile } });

/** Nothing is filled in but the name. */
export const aBeginner = (personId = 'new'): Contender =>
  aContender({
    personId,
    version: 1,
    confirmed: null,
    ratings: {},
    areas: allAreas(1),
    certifications: [],
    experienceYears: 0,
    hasFullAto: false,
    hasLedFisma: false,
    screening: 'none',
    capacityHours: 0,
    location: 'remote',
    overlapHours: 0,
    dataKinds: [],
    hasFtiExperience: false,
    fipsHighest: null,
    hasHandledHva: false,
    hasHandledMef: false,
    hosting: [],
    deliveryModels: [],
    pastComponents: [],
    pastSystems: [],
  });
