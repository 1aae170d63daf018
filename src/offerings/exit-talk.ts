/** The exit talk with the leaving Service ISSO (domain reference 4.6, ARS PS-4), as a part of the hand-over. */
import type { Section } from '../forms/form.ts';
import type { Answers } from '../forms/question.ts';
import { date, yesNo } from '../forms/question.ts';
import type { FormProblem } from './answered.ts';
import { wordsIn } from './answered.ts';

/** How far the talk may lie from the day on which it is written down, in days. */
const NINETY_DAYS = 90;

export const exitTalk: Section = {
  key: 'exit-talk',
  title: 'Exit talk',
  questions: [
    date('exit_talk_on', {
      label: 'Exit talk held on',
      ask: 'On which day was the exit talk with the Service ISSO? Leave it out until it was held.',
      why: 'Everybody who leaves has one before the engagement is closed.',
      fromDays: -NINETY_DAYS,
      untilDays: 0,
      required: false,
    }),
    yesNo('exit_talk_nondisclosure', {
      label: 'Non-disclosure explained',
      ask: 'Were the duties of non-disclosure that go on after the end explained?',
      why: 'The rules ask for it in every exit talk.',
      dependsOn: ['exit_talk_on'],
      when: (answers) => typeof answers.exit_talk_on === 'string',
    }),
    yesNo('exit_talk_property', {
      label: 'Property and access settled',
      ask: 'Was it settled how property is returned and when access ends?',
      why: 'What is talked over is not forgotten on the last day.',
      dependsOn: ['exit_talk_on'],
      when: (answers) => typeof answers.exit_talk_on === 'string',
    }),
  ],
};

/** Was the exit talk held, and non-disclosure explained in it? */
export const isExitTalkDone = (answers: Answers): boolean =>
  wordsIn(answers, 'exit_talk_on') !== null && answers.exit_talk_nondisclosure === true;

/** A talk without the duties of non-disclosure is not finished. */
export const exitTalkProblems = (answers: Answers): readonly FormProblem[] =>
  answers.exit_talk_nondisclosure === false
    ? [
        {
          key: 'exit_talk_nondisclosure',
          text: 'Non-disclosure explained: an exit talk includes these duties. Please explain them and say "yes", or leave the day of the talk out until then.',
        },
      ]
    : [];
