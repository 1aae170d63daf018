/**
 * The getting-started curriculum of a Service ISSO as data (domain reference 5.1): the courses and their order are the programme
 * page's [seed] unless marked; links stand as in public copies; days and what shows that a course was taken are assumed.
 */
import type { LocalDate } from '../domain/time.ts';
import type { Course, CourseKey, CourseLink } from '../domain/training-course.ts';

const HANDBOOK: CourseLink = {
  label: 'ISSO Handbook',
  url: 'https://security.cms.gov/policy-guidance/cms-information-system-security-officer-isso-handbook',
};
/** Where there is no public link. */
const ISSO_MAILBOX = 'ISSO@cms.hhs.gov';

const SELF_PACED = {
  alsoCalled: [],
  links: [],
  contact: null,
  proof: 'word',
  isRequired: true,
  pace: 'self-paced',
  cardItem: null,
} as const satisfies Partial<Course>;

export const CURRICULUM: readonly Course[] = [
  {
    ...SELF_PACED,
    key: 'role_review',
    name: 'Review the role and responsibilities of a CMS ISSO',
    alsoCalled: ['role', 'role review', 'responsibilities'],
    links: [HANDBOOK],
    startDay: 1,
    dueDay: 5,
  },
  {
    ...SELF_PACED,
    key: 'scorecard_start',
    name: 'ISSO Scorecard self-assessment',
    alsoCalled: ['scorecard', 'scorecard start', 'first scorecard'],
    contact: ISSO_MAILBOX,
    startDay: 1,
    dueDay: 7,
    proof: 'areas',
  },
  {
    ...SELF_PACED,
    key: 'video_series',
    name: 'CMS ISSO video training series',
    alsoCalled: ['videos', 'video', 'video series'],
    contact: ISSO_MAILBOX,
    startDay: 3,
    dueDay: 20,
  },
  {
    ...SELF_PACED,
    key: 'activities_overview',
    name: 'Overview of ISSO activities at CMS',
    alsoCalled: ['activities', 'overview', 'activities overview'],
    links: [HANDBOOK],
    startDay: 5,
    dueDay: 15,
  },
  {
    ...SELF_PACED,
    key: 'toolkit',
    name: 'Bookmark the ISSO toolkit: contacts, acronyms, documents, platforms',
    alsoCalled: ['bookmarks'],
    links: [HANDBOOK],
    startDay: 1,
    dueDay: 1,
  },
  {
    ...SELF_PACED,
    key: 'mentorship',
    name: 'Consider the ISSO Mentorship Program',
    alsoCalled: ['mentor', 'mentoring', 'mentorship program'],
    links: [
      { label: 'ISSO Mentorship Program', url: 'https://security.cms.gov/learn/isso-mentorship-program' },
    ],
    contact: `${ISSO_MAILBOX}, with "Mentorship" in the subject`,
    startDay: 1,
    dueDay: 30,
    proof: 'choice',
    isRequired: false,
  },
  {
    ...SELF_PACED,
    key: 'rbt',
    name: 'Role-based training',
    alsoCalled: ['role based training', 'role-based training', 'rbt training'],
    links: [{ label: 'Role Based Training', url: 'https://security.cms.gov/learn/role-based-training-rbt' }],
    startDay: 10,
    dueDay: 58,
    proof: 'reference',
    cardItem: 'rbt',
  },
  {
    ...SELF_PACED,
    key: 'policies',
    name: 'Federal and CMS policies and guidance',
    alsoCalled: ['policy', 'ars', 'is2p2'],
    links: [
      {
        label: 'Acceptable Risk Safeguards',
        url: 'https://security.cms.gov/policy-guidance/cms-acceptable-risk-safeguards-ars',
      },
      {
        label: 'IS2P2',
        url: 'https://security.cms.gov/policy-guidance/cms-information-systems-security-privacy-policy-is2p2',
      },
    ],
    startDay: 5,
    dueDay: 40,
  },
  {
    ...SELF_PACED,
    key: 'catalogue',
    name: 'CMS and HHS courses, free of charge',
    alsoCalled: ['catalog', 'courses of the catalog', 'cms courses'],
    links: [
      {
        label: 'Cybersecurity and privacy training',
        url: 'https://security.cms.gov/ispg/cybersecurity-and-privacy-training',
      },
    ],
    startDay: 1,
    // Contractor, ISPG and Business Owner decide together what suits the component [seed].
    dueDay: null,
    isRequired: false,
  },
  {
    ...SELF_PACED,
    key: 'forum',
    name: 'Attend the monthly CMS Cybersecurity Community Forum',
    alsoCalled: ['community forum', 'cybersecurity forum'],
    // Said from the day of the first forum that is known; from this day where none is.
    startDay: 30,
    dueDay: 60,
    proof: 'attendance',
    pace: 'monthly',
  },
  {
    // Added [source: Training Handbook].
    ...SELF_PACED,
    key: 'isspa',
    name: 'ISSPA awareness course, before access',
    alsoCalled: ['awareness', 'awareness course', 'isspa training'],
    links: [
      {
        label: 'Cybersecurity and Privacy Handbook',
        url: 'https://security.cms.gov/policy-guidance/cms-cybersecurity-and-privacy-handbook',
      },
    ],
    // The days of its line on the Information Card.
    startDay: 10,
    dueDay: 42,
    proof: 'reference',
    cardItem: 'isspa_training',
  },
  {
    // Added [source: CFACTS page].
    ...SELF_PACED,
    key: 'cfacts_training',
    name: 'CFACTS training, for beginners and then advanced',
    alsoCalled: ['cfacts', 'cfacts training'],
    links: [
      {
        label: 'CFACTS',
        url: 'https://security.cms.gov/learn/cms-fisma-continuous-tracking-system-cfacts',
      },
    ],
    startDay: 15,
    dueDay: 60,
  },
  {
    // Added [source: ISSO Bootcamp page].
    ...SELF_PACED,
    key: 'bootcamp',
    name: 'ISSO Bootcamp',
    alsoCalled: ['boot camp', 'isso bootcamp'],
    links: [{ label: 'ISSO Bootcamp', url: 'https://security.cms.gov/learn/isso-bootcamp' }],
    startDay: 1,
    dueDay: null,
    isRequired: false,
    pace: 'cohort',
  },
  {
    ...SELF_PACED,
    key: 'scorecard_end',
    name: 'ISSO Scorecard again, to see the gain',
    alsoCalled: ['scorecard end', 'second scorecard', 'last scorecard'],
    contact: ISSO_MAILBOX,
    startDay: 55,
    dueDay: 55,
    proof: 'areas',
  },
];

/** Day after day 0 from which the scorecard at the end is filled in [assumed]: a gain in the first weeks says nothing. */
export const SCORECARD_END_FROM_DAY = 45;

/** The course of that key; throws (a bug) for one that the curriculum lacks. */
export function courseOf(key: CourseKey): Course {
  const found = CURRICULUM.find((course) => course.key === key);
  if (!found) throw new Error(`the curriculum lacks ${key}`);
  return found;
}

/** The course of that key, as a button or a line carries it; undefined for none. */
export const courseKeyed = (key: string): Course | undefined =>
  CURRICULUM.find((course) => course.key === key);

/** Whatever a card's line says is said of this course as well; undefined for a line that is none. */
export const courseOfItem = (item: string): Course | undefined =>
  CURRICULUM.find(({ cardItem }) => cardItem === item);

/** First days of the boot camp before ISPG has set any: none is known for certain ahead. */
export const BOOTCAMP_STARTS: readonly LocalDate[] = [];

/** Hours of role-based training in a year that the review shows as a target; null: none, as no number was found in public (domain reference 5.2). */
export const TRAINING_HOURS: number | null = null;

/** Calendar days before role-based training is due on which its person is reminded; from the day on, daily (domain reference 5.2). */
export const TRAINING_REMINDERS: readonly number[] = [45, 30, 14, 7, 1];
/** Calendar days before the policy clock runs out on which it is said (domain reference 4.4). */
export const CLOCK_WARNINGS: readonly number[] = [14, 7, 1];

/** Beside the courses [source: ISSOaaS, RBT and CFACTS pages]. */
export const COURSE_CHANNELS = [
  '#isso-as-a-service',
  '#cms-isso',
  '#cyber-training-support',
  '#cfacts_community',
] as const;
