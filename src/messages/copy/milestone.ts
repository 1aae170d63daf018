/** What the bot says about the dates of an engagement that its meetings count from. */
import type { Engagement } from '../../domain/engagement.ts';
import { MILESTONES, type Milestone, type MilestoneName } from '../../domain/milestone.ts';
import type { People, Person } from '../../domain/person.ts';
import { type LocalDate, sayLocalDate } from '../../domain/time.ts';
import { button } from '../button.ts';
import { line, strong, theirs } from '../inline.ts';
import { bullets, card, type DialogPage, type Message, paragraph, say } from '../message.ts';
import { nameOf } from './people.ts';

/** What happened, and what to type for it. */
const WORDS: Readonly<Record<MilestoneName, { readonly said: string; readonly typed: string }>> = {
  'onboarding-began': { said: 'Onboarding began', typed: 'begin onboarding' },
  'work-began': { said: 'Work began', typed: 'work began' },
  'training-done': { said: 'Role-based training done', typed: 'training done' },
  'work-ended': { said: 'Work ended', typed: 'work ended' },
};

export const GIVE_DAY = 'Please give the day, such as "on Dec 15", or 2026-12-15.';
export const NO_SERVICE_ISSO = 'It must be somebody who has the Service ISSO role on the roster.';
export const WORK_NOT_BEGUN =
  'No day is recorded on which they began to work here. Please record that one first.';
export const ENDS_BEFORE_IT_BEGAN = 'Work can\u2019t end before the day it began. Please check the day.';

export const milestoneByText = (number: string, name: MilestoneName): Message =>
  say(
    line`Please name the Service ISSO and the day: \`${WORDS[name].typed} ${number} Ines Sorensen on Dec 15\`. Without a day I take today.`,
  );

/** The dates recorded so far. */
export function milestoneList(
  { number, systemName }: Engagement,
  milestones: readonly Milestone[],
  people: People,
): Message {
  const rows = milestones.map(
    ({ name, personId, on }) => line`${WORDS[name].said}: ${nameOf(people, personId)}, ${sayLocalDate(on)}`,
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
      options: MILESTONES.map((id) => ({ id, label: WORDS[id].said })),
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

/** To whoever recorded it. */
export const milestoneRecorded = (
  { number }: Engagement,
  name: MilestoneName,
  person: Person,
  on: LocalDate,
  initialIsOffered: boolean,
): Message =>
  say(
    line`Recorded for ${strong(number)}: ${WORDS[name].said.toLowerCase()}, ${theirs(person.name)}, ${sayLocalDate(on)}. Everybody concerned is told.`,
    ...(initialIsOffered ? ['Times for the initial meeting are offered to the Business Owner.'] : []),
  );

/** To the requesting side and the Service ISSO. */
export const milestoneNotice = (
  { number, systemName }: Engagement,
  name: MilestoneName,
  person: Person,
  on: LocalDate,
): Message =>
  say(
    line`${strong(number)} (${theirs(systemName)}): ${WORDS[name].said.toLowerCase()}, ${theirs(person.name)}, ${sayLocalDate(on)}.`,
  );
