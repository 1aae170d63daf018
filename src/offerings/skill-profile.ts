/**
 * The skillset categorization: what an engagement asks of its Service ISSO (domain reference 7, profile record of 7.5). It is
 * suggested from tasks and tier; the contract lead edits it. The release of the NICE Framework is kept with every version.
 */
import { TIERS, type Tier } from '../domain/course.ts';
import {
  AREA_LEVELS,
  type Area,
  type AreaLevel,
  CERTIFICATION_TIERS,
  type CertificationTier,
  LOCATIONS,
  type Location,
  type SkillProfile,
} from '../domain/skills.ts';
import { defineForm, type Section } from '../forms/form.ts';
import { type Answers, choice, choices, number } from '../forms/question.ts';
import { TIER_LABELS } from '../messages/copy/context-labels.ts';
import { listIn, numberIn, oneIn, wordsIn } from './answered.ts';
import { areaQuestions, levelsIn, levelsOf } from './area-levels.ts';
import { CERTIFICATION_TIER_NAMES, EXPERIENCE_BANDS } from './certifications.ts';
import { TASKS } from './isso-tasks.ts';
import { HANDLED_DATA, LOCATION_NAMES, optionsOf, REQUIREMENTS } from './matching-labels.ts';
import { NICE_RELEASE, NICE_ROLES, PRIMARY_ROLE, QUALIFICATION_AREAS } from './nice.ts';
import { NICE_STATEMENTS } from './nice-statements.ts';

const LEAST_HOURS = 2;
const MOST_HOURS = 40;
/** From 9:00 to 17:00. */
const MOST_OVERLAP_HOURS = 8;
const HOURS = { one: 'hour', many: 'hours' } as const;

const work: Section = {
  key: 'work',
  title: 'Work',
  questions: [
    choice('tier', {
      label: 'Tier',
      ask: 'Which tier does the engagement need?',
      why: 'The context assessment gives the tier; levels and experience follow from it.',
      options: optionsOf(TIER_LABELS),
    }),
    choices('tasks', {
      label: 'Tasks',
      ask: 'Which tasks does the Service ISSO do?',
      why: 'Task coverage is the largest part of the score.',
      options: TASKS,
    }),
    choices('nice_roles', {
      label: 'NICE work roles',
      ask: 'Which NICE work roles describe the work? Systems Security Management is the closest to an ISSO.',
      why: 'The NICE Framework names the same work alike everywhere in the government.',
      options: NICE_ROLES.map(({ id, name }) => ({ id, label: `${name} (${id})` })),
    }),
    choice('nice_release', {
      label: 'NICE release',
      ask: 'Which release of the NICE components are these roles from?',
      why: 'Roles change between releases, so the profile keeps the one it was made with.',
      options: [{ id: NICE_RELEASE, label: `Release ${NICE_RELEASE}` }],
    }),
    choices('must_have', {
      label: 'Must-haves',
      ask: 'What must the person bring from the first day? Leave it out if training can close every gap.',
      why: 'Nobody without these can be proposed unless the GTL allows it.',
      options: REQUIREMENTS,
      required: false,
    }),
    choices('nice_to_have', {
      label: 'Nice to have',
      ask: 'What would be good to have as well?',
      why: 'It is shown with each person and gives no points.',
      options: REQUIREMENTS,
      required: false,
    }),
  ],
};

const areas: Section = {
  key: 'areas',
  title: 'Qualification areas',
  questions: areaQuestions((about) => `How well must the person know ${about}?`),
};

const terms: Section = {
  key: 'terms',
  title: 'Person and terms',
  questions: [
    choice('certification_tier', {
      label: 'Certification',
      ask: 'Which tier of certification is needed?',
      why: 'Nobody below it can be proposed unless the GTL allows it.',
      options: optionsOf(CERTIFICATION_TIER_NAMES),
    }),
    choice('experience_band', {
      label: 'Experience',
      ask: 'How much experience is needed?',
      why: 'It is shown with each person, with a plan where it falls short.',
      options: TIERS.map((id) => ({ id, label: EXPERIENCE_BANDS[id].name })),
    }),
    number('hours_per_week', {
      label: 'Hours each week',
      ask: 'How many hours a week? A quarter of full time is about 10.',
      why: 'A person needs as many free hours.',
      min: LEAST_HOURS,
      max: MOST_HOURS,
      unit: HOURS,
    }),
    choice('location', {
      label: 'Location',
      ask: 'Where must the person work?',
      why: 'A person who can not come to the site can not be proposed for work on site.',
      options: optionsOf(LOCATION_NAMES),
    }),
    number('overlap_hours', {
      label: 'Common hours each day',
      ask: 'At how many hours between 9:00 and 17:00 Eastern must the person be there each day?',
      why: 'Your team needs times at which it reaches the Service ISSO.',
      min: 0,
      max: MOST_OVERLAP_HOURS,
      unit: HOURS,
    }),
    choices('data_kinds', {
      label: 'Sensitive data',
      ask: 'Which kinds of sensitive data are in the system? Leave it out for none.',
      why: 'Tax data needs somebody who has worked with it before.',
      options: HANDLED_DATA,
      required: false,
    }),
  ],
};

/** Filled in by the contract lead once the context is assessed; papers of the kind `skill-profile`. */
export const SKILL_PROFILE_FORM = defineForm({
  key: 'skill-profile',
  version: 1,
  title: 'Skill profile',
  sections: [work, areas, terms],
});

/** The profile in answers of the form; what isn't answered asks for the least. */
export function skillProfileOf(answers: Answers): SkillProfile {
  return {
    tier: oneIn(answers, 'tier', TIERS) ?? 'basic',
    tasks: listIn(answers, 'tasks'),
    areas: levelsIn(answers),
    niceRoles: listIn(answers, 'nice_roles'),
    niceRelease: wordsIn(answers, 'nice_release') ?? NICE_RELEASE,
    mustHave: listIn(answers, 'must_have'),
    niceToHave: listIn(answers, 'nice_to_have'),
    certificationTier: oneIn(answers, 'certification_tier', CERTIFICATION_TIERS) ?? 'none',
    experienceBand: oneIn(answers, 'experience_band', TIERS) ?? 'basic',
    hoursPerWeek: numberIn(answers, 'hours_per_week') ?? LEAST_HOURS,
    location: oneIn(answers, 'location', LOCATIONS) ?? 'remote',
    overlapHours: numberIn(answers, 'overlap_hours') ?? 0,
    dataKinds: listIn(answers, 'data_kinds'),
  };
}

/** What is suggested for each tier: assumed, and the lead changes it. */
const SUGGESTED: Readonly<
  Record<Tier, { readonly level: AreaLevel; readonly certificationTier: CertificationTier }>
> = {
  basic: { level: 2, certificationTier: 'lower' },
  standard: { level: 3, certificationTier: 'lower' },
  complex: { level: 4, certificationTier: 'upper' },
};
/** A full-time week has so many days of work. */
const WORKING_DAYS = 5;

/** What an engagement says of itself before anybody categorizes its skills. */
export interface SkillWish {
  readonly tasks: readonly string[];
  readonly tier: Tier;
  readonly hoursPerWeek: number;
  readonly location: Location;
  /** Kinds of the context assessment; those that name no data are left out. */
  readonly dataKinds: readonly string[];
}

/**
 * Answers to begin with: the tier's level in each area that the tasks touch and one level less elsewhere, the primary work role
 * and those that tasks and data add, the tier's certification and experience. Everything required is there when a task is.
 */
export function suggestSkillProfile({ tasks, tier, hoursPerWeek, location, dataKinds }: SkillWish): Answers {
  const hours = Math.min(MOST_HOURS, Math.max(LEAST_HOURS, Math.round(hoursPerWeek)));
  const kinds = dataKinds.filter((kind) => HANDLED_DATA.some(({ id }) => id === kind));
  const levels = levelsOf((area) => suggestedLevel(area, tasks, SUGGESTED[tier].level));
  return {
    tier,
    tasks,
    nice_roles: rolesFor(tasks, kinds),
    nice_release: NICE_RELEASE,
    must_have: null,
    nice_to_have: null,
    ...Object.fromEntries(Object.entries(levels).map(([area, level]) => [area, String(level)])),
    certification_tier: SUGGESTED[tier].certificationTier,
    experience_band: tier,
    hours_per_week: hours,
    location,
    overlap_hours: Math.min(MOST_OVERLAP_HOURS, Math.ceil(hours / WORKING_DAYS)),
    data_kinds: kinds.length > 0 ? kinds : null,
  };
}

function suggestedLevel(area: Area, tasks: readonly string[], level: AreaLevel): AreaLevel {
  const { statements } = QUALIFICATION_AREAS[area];
  const linked = NICE_STATEMENTS.filter(({ id }) => statements.includes(id)).flatMap((each) => each.tasks);
  // Support in all matters touches every area; an area of knowledge alone goes with every task.
  const isTouched =
    linked.length === 0 || tasks.includes('overall_support') || linked.some((each) => tasks.includes(each));
  return isTouched ? level : (AREA_LEVELS.findLast((each) => each < level) ?? level);
}

const rolesFor = (tasks: readonly string[], dataKinds: readonly string[]): readonly string[] =>
  NICE_ROLES.filter(
    ({ id, addedFor }) =>
      id === PRIMARY_ROLE ||
      addedFor.tasks.some((each) => tasks.includes(each)) ||
      addedFor.dataKinds.some((each) => dataKinds.includes(each)),
  ).map(({ id }) => id);
