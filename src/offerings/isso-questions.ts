/**
 * The initial request, question by question (domain reference 3.2, groups A, B, E and G; values marked [assumed] there
 * are chosen here). At most 12 are asked in turn when we know the Business Owner and the component.
 */
import { daysBetween } from '../domain/time.ts';
import type { Section } from '../forms/form.ts';
import type { Question } from '../forms/question.ts';
import { attestation, choice, choices, date, longText, number, person, text } from '../forms/question.ts';
import { COMPONENTS } from './components.ts';
import { independenceNotice, TASKS } from './isso-tasks.ts';

/** Onboarding aims for this many days; a sooner start is possible but unlikely (domain reference 3.2 E, from the programme page). */
const ONBOARDING_DAYS = 60;

export const requester: Section = {
  key: 'people',
  title: 'People',
  questions: [
    person('business_owner', {
      label: 'Business Owner',
      ask: 'Who is the Business Owner of the system? Give a full name or an e-mail address.',
      why: 'The Business Owner is the federal official who answers for the system. They decide at each step, so we need to reach them.',
    }),
    choice('component', {
      label: 'CMS component',
      ask: 'Which CMS center or office is this for? You can type its short name, such as OIT.',
      why: 'Each component has its own Cyber Risk Advisor, and we tell the right one.',
      options: COMPONENTS,
    }),
    person('cra', {
      label: 'Cyber Risk Advisor',
      ask: 'Who is your Cyber Risk Advisor? If you do not know, leave it out and we look it up.',
      why: 'Your advisor knows the risks of your systems and joins the kickoff.',
      required: false,
      asked: 'on-review',
    }),
    longText('other_contacts', {
      label: 'Others for the kickoff',
      ask: 'Who else should join the kickoff? Write one person on each line, with their role.',
      why: 'People who know the system, the money or the data help to settle things in one meeting.',
      min: 3,
      max: 1_000,
      example: 'Sam Rivera, System Owner',
      required: false,
      asked: 'on-review',
    }),
  ],
};

export const system: Section = {
  key: 'need',
  title: 'System and need',
  questions: [
    text('system_name', {
      label: 'System name',
      ask: 'What is the system called? Use its name in CFACTS if it has one.',
      why: 'The name tells us which system it is, and whether a request for it is open already.',
      min: 3,
      max: 120,
      example: 'Provider Enrollment Portal',
    }),
    text('system_acronym', {
      label: 'Acronym',
      ask: 'What short name do people use for the system?',
      why: 'It helps people recognize the system.',
      min: 2,
      max: 15,
      pattern: {
        shape: /^[A-Za-z0-9-]+$/u,
        mend: 'please use only letters, digits and hyphens.',
      },
      example: 'PEP-2',
      required: false,
      asked: 'on-review',
    }),
    number('system_count', {
      label: 'Number of systems',
      ask: 'How many systems need support?',
      why: 'One Service ISSO can support several systems, and this tells us how much work it is.',
      min: 1,
      max: 20,
      unit: { one: 'system', many: 'systems' },
    }),
    choices('reason', {
      label: 'Why you need help',
      ask: 'Why do you need a Service ISSO? Choose one to three reasons.',
      why: 'It tells us what kind of help fits, and whether another service fits better.',
      min: 1,
      max: 3,
      options: [
        { id: 'no_trained_isso', label: 'There is ISSO work to do and no trained ISSO to do it' },
        { id: 'new_isso_support', label: 'Our new ISSO needs help to get started' },
        { id: 'surge', label: 'There is more work than our ISSOs can handle now' },
        { id: 'other', label: 'Another reason' },
      ],
    }),
    choice('current_isso_state', {
      label: 'ISSO work today',
      ask: 'Who does the ISSO work today?',
      why: 'We plan the handover with that person, if there is one.',
      options: [
        { id: 'none', label: 'Nobody' },
        { id: 'shared', label: 'Somebody beside their main job' },
        { id: 'contractor', label: 'Contractor support' },
        { id: 'trained_isso', label: 'A trained CMS ISSO' },
        { id: 'leaving_soon', label: 'An ISSO who leaves soon' },
      ],
    }),
    choices('tasks', {
      label: 'Tasks',
      ask: 'What should the Service ISSO do? Choose all that apply; you can change this at the kickoff.',
      why: 'We look for a person whose skills fit these tasks.',
      options: TASKS,
      warn: (value) => (Array.isArray(value) ? (independenceNotice(value)?.text ?? null) : null),
    }),
    longText('need_summary', {
      label: 'The need in your words',
      ask: 'Tell us about the need in a few sentences. Please leave out personal, health and tax data.',
      why: 'Your own words help ISPG to prepare the kickoff.',
      min: 30,
      max: 1_500,
      example: 'Our ISSO retires in March and the ATO ends in June. We need someone to prepare the renewal.',
    }),
  ],
};

export const engagement: Section = {
  key: 'engagement',
  title: 'The engagement',
  questions: [
    choice('urgency', {
      label: 'How soon',
      ask: 'How soon do you need this?',
      why: 'It helps ISPG to decide what comes first. Getting a person ready alone can take up to 60 days.',
      options: [
        { id: 'routine', label: 'Routine: no date presses' },
        { id: 'within_60_days', label: 'Within 60 days' },
        { id: 'urgent', label: 'Urgent: a deadline is at risk' },
      ],
    }),
    choice('level_of_effort', {
      label: 'Level of effort',
      ask: 'How much support do you need? A quarter of full time is about 10 hours a week.',
      why: 'It is the starting point for the cost, which the kickoff settles.',
      options: [
        { id: 'full', label: 'Full time' },
        { id: 'three_quarters', label: 'Three quarters of full time' },
        { id: 'half', label: 'Half time' },
        { id: 'quarter', label: 'A quarter' },
        { id: 'fixed_task', label: 'One fixed task' },
      ],
    }),
    choice('engagement_kind', {
      label: 'Set time or ongoing',
      ask: 'Is this for a set time, or ongoing?',
      why: 'Some needs end with a project; others go on. We plan people and money by it.',
      options: [
        { id: 'defined', label: 'For a set time' },
        { id: 'continuous', label: 'Ongoing' },
      ],
    }),
    date('start_wanted', {
      label: 'Wanted start',
      ask: 'When should the Service ISSO start? Any day from tomorrow to a year ahead.',
      why: 'We plan back from this date. Most people need up to 60 days to be ready.',
      fromDays: 1,
      untilDays: 365,
      warn: (value, { today }) =>
        typeof value === 'string' && daysBetween(today, value) < ONBOARDING_DAYS
          ? `Your wanted start is less than ${ONBOARDING_DAYS} days away. Most people need up to ${ONBOARDING_DAYS} days to be ready, so the start may be later.`
          : null,
    }),
    choices('drivers', {
      label: 'What drives the date',
      ask: 'Does something drive the date? Choose all that apply.',
      why: 'We use it to order the work.',
      options: [
        { id: 'ato_expiry', label: 'The ATO ends' },
        { id: 'audit', label: 'An audit or assessment' },
        { id: 'go_live', label: 'The system goes live' },
        { id: 'poam_due', label: 'A POA&M is due' },
        { id: 'isso_leaving', label: 'Our ISSO leaves' },
        { id: 'other', label: 'Something else' },
      ],
      required: false,
      asked: 'on-review',
    }),
    number('duration_months', {
      label: 'Duration',
      ask: 'For how many months?',
      why: 'The kickoff agrees on the length; this is where it starts from.',
      min: 1,
      max: 36,
      unit: { one: 'month', many: 'months' },
      dependsOn: ['engagement_kind'],
      when: (answers) => answers.engagement_kind === 'defined',
    }),
    date('drivers_on', {
      label: 'Date that drives it',
      ask: 'On which date does that happen?',
      why: 'We use it to order the work.',
      fromDays: 0,
      untilDays: 1_095,
      required: false,
      asked: 'on-review',
      dependsOn: ['drivers'],
      when: (answers) => Array.isArray(answers.drivers) && answers.drivers.length > 0,
    }),
  ],
};

export const attestations: Section = {
  key: 'statements',
  title: 'Before you send',
  questions: [
    attestation('attest_no_sensitive', {
      label: 'No sensitive data',
      ask: 'I left personal, health and tax data out of this request.',
      why: 'Chat is not the place for such data, and many people read a request.',
    }),
    attestation('attest_authority', {
      label: 'Authority to ask',
      ask: 'I am the Business Owner, or I ask on their behalf.',
      why: 'Only the Business Owner, or somebody acting for them, can ask for a Service ISSO.',
    }),
  ],
};

/** A question of the initial request, for a form that asks it again in other words. Throws (a bug) for a key that is none. */
export function askedAgain(
  key: string,
  words: Partial<Pick<Question, 'ask' | 'why' | 'warn'>> = {},
): Question {
  const asked = [requester, system, engagement, attestations].flatMap(({ questions }) => questions);
  const question = asked.find((each) => each.key === key);
  if (!question) throw new Error(`The initial request has no question ${key}.`);
  return { ...question, ...words };
}
