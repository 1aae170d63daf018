/** The Request Form's group E (domain reference 3.2): how much, how long, where and with what. Lists are assumed. */
import type { Section } from '../forms/form.ts';
import type { Answers } from '../forms/question.ts';
import { choice, choices, longText, number, text } from '../forms/question.ts';
import { wordsIn } from './answered.ts';
import { askedAgain } from './isso-questions.ts';
import { noneStandsAlone } from './none-stands-alone.ts';

/** Hours a week that go with a level of effort; a fixed task has none of its own. */
const HOURS_OF_EFFORT: Readonly<Record<string, number>> = {
  full: 40,
  three_quarters: 30,
  half: 20,
  quarter: 10,
};
/** The usual duty hours at CMS. */
const USUAL_HOURS = '9:00 to 17:00 Eastern Time';
/** Every Service ISSO needs it, so nobody has to ask for it. */
const ALWAYS_NEEDED = 'CFACTS';

export const effort: Section = {
  key: 'engagement',
  title: 'The engagement',
  questions: [
    askedAgain('level_of_effort', {
      ask: 'How much support was agreed? A quarter of full time is about 10 hours a week.',
      why: 'The contractor looks for a person with that much time.',
    }),
    number('hours_per_week', {
      label: 'Hours each week',
      ask: 'How many hours each week? It is filled in from the level of effort; change it if something else was agreed.',
      why: 'It is compared with the hours that a Service ISSO has free.',
      min: 2,
      max: 40,
      unit: { one: 'hour', many: 'hours' },
      required: false,
    }),
    askedAgain('engagement_kind'),
    askedAgain('start_wanted'),
    choice('work_location', {
      label: 'Place of work',
      ask: 'Where must the person work? Visits for fingerprints and badge may be on site in any case.',
      why: 'Not everybody lives near a site.',
      options: [
        { id: 'remote', label: 'Remote' },
        { id: 'hybrid', label: 'Hybrid' },
        { id: 'on_site', label: 'On site' },
      ],
    }),
    text('hours_overlap', {
      label: 'Needed hours',
      ask: `Between which hours must the person be there? Give the time zone too. Left out, it is ${USUAL_HOURS}.`,
      why: 'Your team and the Service ISSO need hours in common.',
      min: 5,
      max: 80,
      pattern: {
        shape:
          /^\d{1,2}(?::\d\d)?(?: ?[ap]m)? ?(?:-|–|to) ?\d{1,2}(?::\d\d)?(?: ?[ap]m)?,? [a-z][a-z/_ ]+$/iu,
        mend: 'please write from when to when and the time zone.',
      },
      example: USUAL_HOURS,
      required: false,
    }),
    noneStandsAlone(
      choices('equipment', {
        label: 'Equipment needed',
        ask: 'Which equipment is needed? Choose all that apply.',
        why: 'ISPG arranges it with the contractor, and it takes weeks.',
        options: [
          { id: 'laptop', label: 'CMS laptop (GFE)' },
          { id: 'phone', label: 'Phone' },
          { id: 'token', label: 'Hardware token' },
          { id: 'none', label: 'None' },
        ],
      }),
    ),
    longText('extra_access', {
      label: 'Other system access',
      ask: `To which other systems is access needed? Write one name on each line. ${ALWAYS_NEEDED} is added in any case.`,
      why: 'Each access is asked for early, so that work is not held up. Names only; no passwords or account names.',
      min: 2,
      max: 1_000,
      example: 'Splunk',
      required: false,
    }),
    askedAgain('duration_months'),
    text('work_site', {
      label: 'Site',
      ask: 'At which site?',
      why: 'The contractor looks for a person who can be there.',
      min: 3,
      max: 120,
      example: 'CMS Headquarters, Woodlawn',
      dependsOn: ['work_location'],
      when: (answers) => answers.work_location === 'on_site',
    }),
  ],
};

/** Hours a week for a level of effort; null for a fixed task or none. */
export const hoursOfEffort = (level: string | null): number | null => HOURS_OF_EFFORT[level ?? ''] ?? null;

/** Names of the systems the Service ISSO needs access to, CFACTS first, each once. */
export function accessNeeded(answers: Answers): readonly string[] {
  const named = (wordsIn(answers, 'extra_access') ?? '').split('\n').map((each) => each.trim());
  const others = named.filter((each) => each !== '' && each.toUpperCase() !== ALWAYS_NEEDED);
  return [...new Set([ALWAYS_NEEDED, ...others])];
}
