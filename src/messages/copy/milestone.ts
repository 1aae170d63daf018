/** What the bot says about the dates of an engagement that its meetings count from. */
import type { Engagement } from '../../domain/engagement.ts';
import {
  MILESTONES,
  type Milestone,
  type MilestoneName,
  type MilestoneRefusal,
} from '../../domain/milestone.ts';
import type { People, Person } from '../../domain/person.ts';
import { type LocalDate, sayLocalDate } from '../../domain/time.ts';
import { button } from '../button.ts';
import { line, strong, theirs } from '../inline.ts';
import { bullets, card, type DialogPage, type Message, paragraph, say } from '../message.ts';
import { nameOf } from './people.ts';

/** What happened, and what to type for it. */
export const MILESTONE_WORDS: Readonly<
  Record<MilestoneName, { readonly said: string; readonly typed: string }>
> = {
  'onboarding-began': { said: 'Onboarding began', typed: 'begin onboarding' },
  'work-began': { said: 'Work began', typed: 'work began' },
  'training-done': { said: 'Role-based training done', typed: 'training done' },
  'training-due': { said: 'Role-based training due', typed: 'training due' },
  'work-ended': { said: 'Work ended', typed: 'work ended' },
};

export const GIVE_DAY = 'Please give the day, such as "on Dec 15", or 2026-12-15.';
export const NO_SERVICE_ISSO = 'It must be somebody who has the Service ISSO role on the roster.';

/** Dates that come of a step in the engagement once a Service ISSO is assigned: what to type for each. */
const BY_MOVE = {
  'onboarding-began': 'start onboarding',
  'work-began': 'activate',
  'work-ended': 'end',
} as const satisfies Readonly<Partial<Record<MilestoneName, string>>>;

export const isByMove = (name: MilestoneName): name is keyof typeof BY_MOVE => Object.hasOwn(BY_MOVE, name);

/** That date is not recorded by hand any more. */
export const milestoneByMove = (number: string, name: keyof typeof BY_MOVE): string =>
  `Nothing was recorded: with a Service ISSO assigned, this date is set by the step itself. Type \`${BY_MOVE[name]} ${number}\`, or \`show ${number}\` to see who has the next move.${name === 'onboarding-began' ? ` Day 0 of an onboarding that has begun is moved with \`move day 0 ${number} to\`, the day, and why.` : ''}`;

/** Why a date was not recorded, and what would do. */
export function milestoneRefused(number: string, name: MilestoneName, refusal: MilestoneRefusal): string {
  switch (refusal.code) {
    case 'work-not-begun':
      return 'No day is recorded on which they began to work here. Please record that one first.';
    case 'ends-before-it-began':
      return 'Work can\u2019t end before the day it began. Please check the day.';
    case 'still-to-come':
      return `That day is still to come, so nothing was recorded. Please type \`${MILESTONE_WORDS[name].typed} ${number}\` again once it has happened.`;
    case 'done-since':
      return `Nothing was recorded: the newest day counts, and the training was done on ${sayLocalDate(refusal.doneOn)}. If that day is a slip, set by when it is due next: \`${MILESTONE_WORDS['training-due'].typed} ${number}\`.`;
    case 'before-onboarding':
      return `Nothing was recorded: onboarding began on ${sayLocalDate(refusal.beganOn)}, which comes first. Please check the day, or set the first day anew with \`begin onboarding ${number}\`.`;
    case 'onboarding-too-late':
      return `Nothing was recorded: onboarding comes first, and ${sayLocalDate(refusal.on)} is recorded for "${MILESTONE_WORDS[refusal.before].said.toLowerCase()}". Please check the day, or record that one anew with \`${MILESTONE_WORDS[refusal.before].typed} ${number}\`.`;
    case 'due-before-done':
      return `Nothing was recorded: the training was done on ${sayLocalDate(refusal.doneOn)}. Please give the day after that on which it is due next.`;
    case 'due-too-far':
      return `Nothing was recorded: role-based training is due every year. Please give a day up to ${sayLocalDate(refusal.latestOn)}.`;
    default:
      return refusal satisfies never;
  }
}

export const milestoneByText = (number: string, name: MilestoneName): Message =>
  say(
    line`Please name the Service ISSO and the day: \`${exampleOf(number, name)}\`.${name === 'training-due' ? '' : ' Without a day I take today.'}`,
  );

/** Which request is meant was left out; `name` is null for the list of dates. */
export const milestoneWithoutNumber = (name: MilestoneName | null): Message =>
  name === null
    ? say('Please name the request: `milestones ISSO-2026-0001`. `status` lists the requests.')
    : say(
        line`Please name the request, the Service ISSO and the day: \`${exampleOf('ISSO-2026-0001', name)}\`. \`status\` lists the requests.`,
      );

const exampleOf = (number: string, name: MilestoneName): string =>
  `${MILESTONE_WORDS[name].typed} ${number} Ines Sorensen on ${name === 'training-due' ? 'Jan 20' : 'Dec 15'}`;

/** The dates recorded so far. */
export function milestoneList(
  { number, systemName }: Engagement,
  milestones: readonly Milestone[],
  people: People,
): Message {
  const rows = milestones.map(
    ({ name, personId, on }) =>
      line`${MILESTONE_WORDS[name].said}: ${nameOf(people, personId)}, ${sayLocalDate(on)}`,
  );
  return card(
    `Dates of ${number}`,
    [
      paragraph(line`Service ISSO for ${theirs(systemName)}`),
      rows.length > 0 ? bullets(rows) : paragraph('No dates are recorded yet.'),
    ],
    [
      button(
        'record-date',
        'Record a date',
        { verb: 'milestone.record', subject: number },
        `begin onboarding ${number} Ines Sorensen on Dec 15`,
        { look: 'primary', opensDialog: true },
      ),
    ],
  );
}

export const milestoneDialog = (
  { number, systemName }: Engagement,
  people: readonly Person[],
  today: LocalDate,
): DialogPage => ({
  title: 'Record a date',
  intro: [line`${strong(number)} (${theirs(systemName)})`],
  fields: [
    {
      id: 'milestone',
      label: 'What happened?',
      kind: 'choice',
      required: true,
      options: MILESTONES.map((id) => ({ id, label: MILESTONE_WORDS[id].said })),
    },
    {
      id: 'person',
      label: 'Which Service ISSO?',
      kind: 'choice',
      required: true,
      options: people.map(({ id, name }) => ({ id, label: name })),
    },
    { id: 'on', label: 'On which day?', kind: 'date', required: true, value: today },
  ],
  sendLabel: 'Record',
  press: { verb: 'milestone.record', subject: number },
});

/** What is offered as soon as a date is recorded. */
const OFFERED: Readonly<Partial<Record<MilestoneName, string>>> = {
  'onboarding-began': 'Times for the initial meeting are offered to the Business Owner.',
  'training-due': 'Times for a review of role-based training are offered to the contract leads.',
};

/** To whoever recorded it: when training is due again, and whether a meeting is offered for it. */
export const milestoneRecorded = (
  { number }: Engagement,
  name: MilestoneName,
  person: Person,
  on: LocalDate,
  then: { readonly isOffered: boolean; readonly dueOn: LocalDate | null },
): Message =>
  say(
    line`Recorded for ${strong(number)}: ${MILESTONE_WORDS[name].said.toLowerCase()}, ${theirs(person.name)}, ${sayLocalDate(on)}. Everybody concerned is told.`,
    ...(then.dueOn ? [`It is due again on ${sayLocalDate(then.dueOn)}.`] : []),
    ...(then.isOffered ? [OFFERED[name] ?? ''] : []),
  );

/** To the requesting side and the Service ISSO. */
export const milestoneNotice = (
  { number, systemName }: Engagement,
  name: MilestoneName,
  person: Person,
  on: LocalDate,
): Message =>
  say(
    line`${strong(number)} (${theirs(systemName)}): ${MILESTONE_WORDS[name].said.toLowerCase()}, ${theirs(person.name)}, ${sayLocalDate(on)}.`,
  );
