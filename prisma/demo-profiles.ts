/** What the Service ISSOs of the demo programme say of themselves. All of it is invented. */
import { AREAS } from '../src/domain/skills.ts';
import type { Answers } from '../src/forms/question.ts';
import { ratingKey } from '../src/offerings/isso-profile-questions.ts';
import { TASKS } from '../src/offerings/isso-tasks.ts';
import type { DemoProgramme } from '../src/usecases/demo/story.ts';

interface Skills {
  readonly years: number;
  readonly certifications: readonly string[];
  /** In each qualification area. */
  readonly level: 2 | 3 | 4;
  /** Tasks that they only know of. */
  readonly weak?: readonly string[];
  readonly components: readonly string[];
  readonly screening?: 'requested' | 'full';
  readonly isSenior?: true;
}

const answersOf = ({
  years,
  certifications,
  level,
  weak = [],
  components,
  screening,
  isSenior,
}: Skills): Answers => ({
  ...Object.fromEntries(
    TASKS.map(({ id }) => [ratingKey(id), weak.includes(id) ? 'aware' : isSenior ? 'leads' : 'alone']),
  ),
  ...Object.fromEntries(AREAS.map((area) => [area, String(level)])),
  certifications,
  experience_years: years,
  full_ato: true,
  led_fisma: isSenior === true,
  screening: screening ?? 'full',
  capacity_hours: 40,
  location: 'hybrid',
  overlap_hours: 8,
  data_kinds: ['pii', 'phi'],
  fti_experience: false,
  fips_highest: isSenior ? 'high' : 'moderate',
  hva: isSenior === true,
  mef: isSenior === true,
  hosting: ['cms_aws', 'saas'],
  delivery_models: ['weekly', 'monthly', 'quarterly'],
  past_components: components,
});

/** Long before the first request of the programme. */
const CONFIRMED_AGO = 420;

const PROFILES: Readonly<Record<string, Skills>> = {
  isso: { years: 6, certifications: ['casp_plus', 'cipp_g'], level: 3, components: ['OIT'] },
  isso2: {
    years: 9,
    certifications: ['cism', 'aws_security'],
    level: 4,
    components: ['CMCS'],
    isSenior: true,
  },
  isso3: { years: 8, certifications: ['cissp'], level: 4, components: ['OIT', 'CM'], isSenior: true },
  isso4: { years: 12, certifications: ['cissp', 'hcispp'], level: 4, components: ['CPI'], isSenior: true },
  isso5: { years: 5, certifications: ['cgrc'], level: 3, components: ['CM', 'CCIIO'] },
  isso6: {
    years: 4,
    certifications: ['security_plus'],
    level: 3,
    components: [],
    screening: 'requested',
    weak: ['sca_csrap'],
  },
  isso7: { years: 7, certifications: ['ccsp', 'cisa'], level: 3, components: ['OEDA', 'CPI'] },
  isso8: {
    years: 5,
    certifications: ['cgrc', 'cdpse'],
    level: 3,
    components: ['OEDA'],
    weak: ['contingency'],
  },
  isso9: { years: 4, certifications: ['cgrc'], level: 3, components: ['CCIIO'] },
  isso10: {
    years: 3,
    certifications: ['security_plus'],
    level: 3,
    components: ['CPI'],
  },
  isso11: { years: 6, certifications: ['cissp'], level: 4, components: ['CM'] },
};

/** Whose profile was saved anew lately and waits for the lead. */
const RENEWED: Readonly<Record<string, number>> = { isso5: 2 };

export const DEMO_PROFILES: DemoProgramme['profiles'] = Object.entries(PROFILES).map(
  ([personId, skills]) => ({
    personId,
    answers: answersOf(skills),
    ago: CONFIRMED_AGO,
    ...(RENEWED[personId] === undefined ? {} : { renewedAgo: RENEWED[personId] }),
  }),
);
