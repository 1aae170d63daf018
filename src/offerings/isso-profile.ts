/**
 * What a Service ISSO says of their skills, experience and time (domain reference 7.5). The Service ISSO Lead confirms each version;
 * the mark stands beside the paper, of the kind `isso-profile`.
 */
import {
  IMPACTS,
  type IssoProfile,
  LOCATIONS,
  RATING_OF,
  RATINGS,
  type Rating,
  SCREENINGS,
} from '../domain/skills.ts';
import { defineForm } from '../forms/form.ts';
import type { Answers } from '../forms/question.ts';
import { listIn, numberIn, oneIn, wordsIn } from './answered.ts';
import { levelsIn } from './area-levels.ts';
import { PROFILE_SECTIONS, ratingKey } from './isso-profile-questions.ts';
import { TASKS } from './isso-tasks.ts';

/** Filled in by the Service ISSO; papers of the kind `isso-profile`. */
export const ISSO_PROFILE_FORM = defineForm({
  key: 'isso-profile',
  version: 1,
  title: 'Service ISSO profile',
  sections: PROFILE_SECTIONS,
});

/** The profile in answers of the form; what isn't answered counts as not there. `about` says whose and which version it is. */
export function profileOf(
  answers: Answers,
  about: Pick<IssoProfile, 'personId' | 'version' | 'confirmed'>,
): IssoProfile {
  return {
    ...about,
    ratings: Object.fromEntries(TASKS.map(({ id }) => [id, ratingIn(answers, id)])),
    areas: levelsIn(answers),
    certifications: listIn(answers, 'certifications'),
    competencies: listIn(answers, 'competencies'),
    experienceYears: numberIn(answers, 'experience_years') ?? 0,
    hasFullAto: answers.full_ato === true,
    hasLedFisma: answers.led_fisma === true,
    screening: oneIn(answers, 'screening', SCREENINGS) ?? 'none',
    capacityHours: numberIn(answers, 'capacity_hours') ?? 0,
    availableOn: wordsIn(answers, 'available_on'),
    location: oneIn(answers, 'location', LOCATIONS) ?? 'remote',
    overlapHours: numberIn(answers, 'overlap_hours') ?? 0,
    dataKinds: listIn(answers, 'data_kinds'),
    hasFtiExperience: answers.fti_experience === true,
    fipsHighest: oneIn(answers, 'fips_highest', IMPACTS),
    hasHandledHva: answers.hva === true,
    hasHandledMef: answers.mef === true,
    hosting: listIn(answers, 'hosting'),
    deliveryModels: listIn(answers, 'delivery_models'),
    pastComponents: listIn(answers, 'past_components'),
    pastSystems: linesIn(answers, 'past_systems'),
    develops: linesIn(answers, 'develops'),
    assesses: linesIn(answers, 'assesses'),
  };
}

const ratingIn = (answers: Answers, task: string): Rating =>
  RATING_OF[oneIn(answers, ratingKey(task), RATINGS) ?? 'none'];

const linesIn = (answers: Answers, key: string): readonly string[] =>
  (wordsIn(answers, key) ?? '')
    .split('\n')
    .map((each) => each.trim())
    .filter((each) => each !== '');
