/**
 * What a Service ISSO is asked about skills, experience and time (domain reference 7.5). Nothing personal is asked: no traits, and
 * of screening only the state.
 */
import type { Option } from '../domain/field.ts';
import { RATINGS, SCREENINGS, type Screening } from '../domain/skills.ts';
import type { Section } from '../forms/form.ts';
import { choice, choices, date, longText, number, type Question, yesNo } from '../forms/question.ts';
import { areaQuestions } from './area-levels.ts';
import { CERTIFICATIONS } from './certifications.ts';
import { COMPONENTS } from './components.ts';
import { TASKS } from './isso-tasks.ts';
import {
  HANDLED_DATA,
  HANDLED_DELIVERY,
  HANDLED_HOSTING,
  HANDLED_IMPACTS,
  TASK_NAMES,
} from './matching-labels.ts';
import { COMPETENCY_AREAS } from './nice.ts';

const RATING_NAMES: Readonly<Record<(typeof RATINGS)[number], string>> = {
  none: 'Not yet',
  aware: 'Aware of it',
  with_help: 'With help',
  alone: 'Alone',
  leads: 'Leads others in it',
};
const SCREENING_NAMES: Readonly<Record<Screening, string>> = {
  none: 'Not started',
  requested: 'Requested',
  interim: 'Interim result allows access',
  full: 'Complete',
};
/** The first half of the tasks, so that each part fits on one page of a dialog. */
const FIRST_TASKS = 7;
const LONGEST_LIST = 1_000;
const withoutCommas = ({ id, label }: Option): Option => ({ id, label: label.replaceAll(',', '') });
const PAST_COMPONENTS = COMPONENTS.filter(({ id }) => id !== 'OTHER').map(withoutCommas);

/** The key of the question for a task. */
export const ratingKey = (task: string): string => `rate_${task}`;

const ratingOf = ({ id, label }: Option): Question =>
  choice(ratingKey(id), {
    label: TASK_NAMES[id] ?? label,
    ask: `How far do you do this? ${label}.`,
    why: 'Tasks that you do at least with help count, once your lead has confirmed them.',
    options: RATINGS.map((rating) => ({ id: rating, label: RATING_NAMES[rating] })),
  });

const taskParts: readonly Section[] = [
  { key: 'tasks', title: 'Tasks, part 1', questions: TASKS.slice(0, FIRST_TASKS).map(ratingOf) },
  { key: 'more-tasks', title: 'Tasks, part 2', questions: TASKS.slice(FIRST_TASKS).map(ratingOf) },
];

const areas: Section = {
  key: 'areas',
  title: 'Qualification areas',
  questions: areaQuestions((about) => `How well do you know ${about}?`),
};

const qualifications: Section = {
  key: 'qualifications',
  title: 'Qualifications',
  questions: [
    choices('certifications', {
      label: 'Certifications',
      ask: 'Which of these certifications do you hold now? Leave it out for none.',
      why: 'Some engagements need a certification of a certain tier.',
      options: CERTIFICATIONS.map(({ id, label }) => ({ id, label })),
      required: false,
    }),
    number('experience_years', {
      label: 'Experience',
      ask: 'For how many years have you worked in security compliance?',
      why: 'Engagements differ in the experience they need.',
      min: 0,
      max: 50,
      unit: { one: 'year', many: 'years' },
    }),
    yesNo('full_ato', {
      label: 'A full ATO',
      ask: 'Have you taken a system through a full authorization (ATO)?',
      why: 'Most engagements have one coming.',
    }),
    yesNo('led_fisma', {
      label: 'FISMA lead',
      ask: 'Have you led work under FISMA?',
      why: 'Complex engagements ask for it.',
    }),
    choices('competencies', {
      label: 'Competency areas',
      ask: 'In which of these competency areas of the NICE Framework are you at home? Leave it out for none.',
      why: 'Some systems ask for one of them.',
      options: COMPETENCY_AREAS,
      required: false,
    }),
    choice('screening', {
      label: 'Screening',
      ask: 'How far is your security screening? Give only the state, nothing else about it.',
      why: 'Nobody gets access before screening allows it.',
      options: SCREENINGS.map((id) => ({ id, label: SCREENING_NAMES[id] })),
    }),
  ],
};

const availability: Section = {
  key: 'availability',
  title: 'Time and place',
  questions: [
    number('capacity_hours', {
      label: 'Hours each week',
      ask: 'How many hours a week can you work for CMS in all your engagements together?',
      why: 'What your present engagements take is counted off.',
      min: 0,
      max: 40,
      unit: { one: 'hour', many: 'hours' },
    }),
    date('available_on', {
      label: 'Free from',
      ask: 'From which day could you begin with another engagement? Leave it out if you could begin now.',
      why: 'An engagement has a day on which it is meant to begin.',
      fromDays: -365,
      untilDays: 365,
      required: false,
    }),
    choice('location', {
      label: 'Location',
      ask: 'How often can you come to a CMS site?',
      why: 'Some engagements need somebody on site.',
      options: [
        { id: 'remote', label: 'Not at all: remote only' },
        { id: 'hybrid', label: 'Some days a week' },
        { id: 'on_site', label: 'Every day' },
      ],
    }),
    number('overlap_hours', {
      label: 'Common hours each day',
      ask: 'At how many hours between 9:00 and 17:00 Eastern do you work each day?',
      why: 'Teams need times at which they reach you.',
      min: 0,
      max: 8,
      unit: { one: 'hour', many: 'hours' },
    }),
  ],
};

const experience: Section = {
  key: 'experience',
  title: 'Systems handled before',
  questions: [
    choices('data_kinds', {
      label: 'Sensitive data',
      ask: 'Which kinds of sensitive data have you handled? Leave it out for none.',
      why: 'Experience with the same kind of system counts.',
      options: HANDLED_DATA,
      required: false,
    }),
    yesNo('fti_experience', {
      label: 'Tax data (FTI)',
      ask: 'Have you worked with federal tax information by the rules of IRS Publication 1075?',
      why: 'Systems with tax data need somebody who has.',
    }),
    choice('fips_highest', {
      label: 'FIPS 199 level',
      ask: 'What is the highest FIPS 199 level of a system that you have handled?',
      why: 'Experience with the same level counts.',
      options: [...HANDLED_IMPACTS, { id: 'no_level', label: 'None yet' }],
    }),
    yesNo('hva', {
      label: 'High Value Asset',
      ask: 'Have you worked on a High Value Asset? Please do not say which.',
      why: 'Such systems carry extra controls.',
    }),
    yesNo('mef', {
      label: 'Mission Essential Function',
      ask: 'Have you worked on a system that supports a Mission Essential Function?',
      why: 'Such systems must keep working in an emergency.',
    }),
    choices('hosting', {
      label: 'Hosting',
      ask: 'Where did the systems run that you have handled? Leave it out for none.',
      why: 'Experience with the same hosting counts.',
      options: HANDLED_HOSTING,
      required: false,
    }),
    choices('delivery_models', {
      label: 'Releases',
      ask: 'How often did the systems release that you have handled? Leave it out for none.',
      why: 'Fast releases ask for another way of working.',
      options: HANDLED_DELIVERY,
      required: false,
    }),
    choices('past_components', {
      label: 'Components',
      ask: 'For which CMS components have you worked? Leave it out for none.',
      why: 'Somebody who knows the people there starts faster.',
      options: PAST_COMPONENTS,
      required: false,
    }),
  ],
};

const systems: Section = {
  key: 'systems',
  title: 'Systems by name',
  questions: [
    systemNames(
      'past_systems',
      'Systems worked on',
      'On which systems have you worked as an ISSO?',
      'You know them already.',
    ),
    systemNames(
      'develops',
      'Systems you develop',
      'Which systems do you develop or maintain?',
      'Nobody is the ISSO of a system that they develop.',
    ),
    systemNames(
      'assesses',
      'Systems you assess',
      'Which systems do you assess or test?',
      'Nobody is the ISSO of a system that they assess.',
    ),
  ],
};

function systemNames(key: string, label: string, ask: string, why: string): Question {
  return longText(key, {
    label,
    ask: `${ask} Write one system on each line, by its name in CFACTS. Leave it out for none.`,
    why,
    min: 2,
    max: LONGEST_LIST,
    example: 'Provider Enrollment Portal',
    required: false,
  });
}

export const PROFILE_SECTIONS: readonly Section[] = [
  ...taskParts,
  areas,
  qualifications,
  availability,
  experience,
  systems,
];
