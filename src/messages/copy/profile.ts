/**
 * What the bot says about the profiles of Service ISSOs: to their owner, to those who confirm them, and to those who read them all.
 * None of it belongs in a channel.
 */
import { mayEver } from '../../domain/access.ts';
import type { FieldErrors } from '../../domain/field.ts';
import type { Person } from '../../domain/person.ts';
import { type Button, button } from '../button.ts';
import { type Inline, type Line, line, theirs, time } from '../inline.ts';
import { andMore, firstOf } from '../limits.ts';
import { type Block, bullets, card, fact, facts, type Message, note, paragraph, say } from '../message.ts';
import { fillButton, type PaperSection, sectionBlocks, stillNeeded } from './paper.ts';
import { typedPerson } from './people-roles.ts';

/** Rows of the list of all that are shown; the rest is counted. */
const ROWS_SHOWN = 40;

const hoursAWeek = (count: number): string => `${count} ${count === 1 ? 'hour' : 'hours'} a week`;

/** Where a profile stands. */
export type ProfileStanding =
  | { readonly state: 'none' }
  | { readonly state: 'incomplete'; readonly missing: number }
  | { readonly state: 'unconfirmed'; readonly version: number }
  | {
      readonly state: 'confirmed';
      readonly version: number;
      readonly byName: Inline;
      readonly at: Date;
    };

const standingLine = (standing: ProfileStanding): Line => {
  switch (standing.state) {
    case 'none':
      return line`not filled in yet`;
    case 'incomplete':
      return line`not complete: ${standing.missing} ${standing.missing === 1 ? 'answer' : 'answers'} still needed`;
    case 'unconfirmed':
      return line`version ${standing.version} waits for the Service ISSO Lead to confirm it; until then no rating of a task counts`;
    case 'confirmed':
      return line`version ${standing.version} was confirmed by ${standing.byName} on ${time(standing.at, 'date')}`;
    default:
      return standing satisfies never;
  }
};

export interface ProfileView {
  readonly person: Pick<Person, 'id' | 'name'>;
  readonly isOwn: boolean;
  readonly mayWrite: boolean;
  readonly mayConfirm: boolean;
  /** The version that a confirmation would be of. */
  readonly version: number;
  readonly standing: ProfileStanding;
  readonly capacityHours: number;
  readonly loadHours: number;
  readonly sections: readonly PaperSection[];
}

/** One profile, section by section; its owner has the buttons that fill it in, whoever confirms has theirs. */
export function profileCard(view: ProfileView): Message {
  const { person, sections, standing, capacityHours, loadHours } = view;
  const fill = (section: PaperSection): Button | null =>
    view.mayWrite
      ? fillButton(section, { verb: 'profile.page', subject: 'own', choice: section.page }, 'profile')
      : null;
  return card(
    view.isOwn ? 'Your Service ISSO profile' : 'Service ISSO profile',
    [
      paragraph(line`${theirs(person.name)}: ${standingLine(standing)}.`),
      facts([
        fact('Hours', `${hoursAWeek(capacityHours)} for CMS in all`),
        fact('In engagements now', hoursAWeek(loadHours)),
        fact('Free', hoursAWeek(Math.max(0, capacityHours - loadHours))),
      ]),
      ...sections.flatMap((section) => sectionBlocks(section, fill(section))),
      ...stillNeeded(sections),
      ...ownNotes(view),
    ],
    view.mayConfirm ? [confirmButton(person, view.version)] : [],
  );
}

const ownNotes = ({ mayWrite }: ProfileView): readonly Block[] =>
  mayWrite
    ? [
        note(
          line`You can also type, for example: \`profile hours each week: 40; risk assessment: alone\`. ISPG and the contractor read it; leave out anything personal. Each change needs to be confirmed anew.`,
        ),
      ]
    : [];

type Named = Pick<Person, 'id' | 'name'>;

const confirmButton = (person: Named, version: number): Button =>
  button(
    'confirm-profile',
    'Confirm this profile',
    { verb: 'profile.confirm', subject: person.id, version },
    `confirm profile ${typedPerson(person)}`,
    { look: 'primary' },
  );

const showProfileButton = (person: Named): Button =>
  button(
    'show-profile',
    'Show the profile',
    { verb: 'profile.show', subject: person.id },
    `profile ${typedPerson(person)}`,
  );

/** To a Service ISSO who has none yet; once. */
export const askForProfile = (): Message => ({
  ...say(
    'You are on the roster as a Service ISSO. So that you are found for engagements that fit you, please fill in your profile: what you can do, what you have worked on, and how many hours you have. Your Service ISSO Lead confirms it.',
    line`Press the button, or type \`profile\`. You can stop after any page and go on later.`,
  ),
  buttons: [button('profile', 'Fill in my profile', { verb: 'profile.show', subject: 'own' }, 'profile')],
});

/** To the Service ISSO Lead: a complete version waits. Redrawn with each version. */
export const profileWaits = (person: Person, version: number, savedAt: Date): Message => ({
  ...say(
    line`${theirs(person.name)} has filled in their Service ISSO profile (version ${version}, ${time(savedAt)}). Please look whether the ratings are right, and confirm it: until then no rating of a task counts in a shortlist. When something is wrong, talk to them; they change it themselves.`,
  ),
  buttons: [showProfileButton(person), confirmButton(person, version)],
});

/** In the place of that request once it is done. */
export const profileWasConfirmed = (person: Person, version: number): Message => ({
  ...say(line`The profile of ${theirs(person.name)} is confirmed (version ${version}).`),
  buttons: [showProfileButton(person)],
});

/** To whoever confirmed. */
export const youConfirmedProfile = (person: Person, version: number): Message =>
  say(
    line`You have confirmed version ${version} of the profile of ${theirs(person.name)}. It counts in shortlists from now on; when they change it, it has to be confirmed anew.`,
  );

/** To the profile's owner. */
export const yourProfileConfirmed = (byName: Inline, version: number): Message =>
  say(
    line`${byName} has confirmed version ${version} of your Service ISSO profile. It counts in shortlists from now on. When you change it, it is confirmed anew.`,
  );

/** Why a profile is not confirmed. */
export const notConfirmed = {
  done: (person: Pick<Person, 'name'>): Message =>
    say(line`Nothing was changed: the profile of ${theirs(person.name)} is confirmed as it is.`),
  incomplete: (person: Pick<Person, 'name'>, missing: readonly string[]): Message =>
    say(
      line`Nothing was changed: the profile of ${theirs(person.name)} is not complete. Still needed: ${missing.slice(0, 12).join(', ')}.`,
    ),
  own: (): Message =>
    say(
      'Nothing was changed: nobody confirms their own profile. Another Service ISSO Lead, or a contractor lead, has to do it.',
    ),
  changed: (person: Named): Message =>
    say(
      line`Nothing was changed: ${theirs(person.name)} has changed the profile since. Look at it as it is now: type \`profile ${typedPerson(person)}\`.`,
    ),
} as const;

/** What could not be taken. */
export const profileMends = (errors: FieldErrors): Message => ({
  blocks: [
    paragraph('Not saved in your profile:'),
    bullets(Object.values(errors).map((mend) => line`${theirs(mend)}`)),
    note(
      line`Name each answer as the profile does, for example: \`profile hours each week: 40; risk assessment: alone\`. \`profile\` shows all names.`,
    ),
  ],
  buttons: [],
});

/** Whom a name means among the Service ISSOs is not clear. */
export const whichProfile = (several: readonly Pick<Person, 'name'>[]): Message =>
  several.length === 0
    ? say(line`I know no Service ISSO by that name, so nothing was changed. Type \`profiles\` to see all.`)
    : say(
        line`Several Service ISSOs are called so: ${several
          .slice(0, 5)
          .flatMap(
            ({ name }, index) => line`${index === 0 ? '' : ', '}${theirs(name)}`,
          )}. Please give the full name.`,
      );

/** Somebody of that name has not begun a profile. */
export const noProfileYet = (person: Pick<Person, 'name'>): Message =>
  say(
    line`${theirs(person.name)} has not filled in a Service ISSO profile yet. Only they can: they type \`profile\`.`,
  );

/** One row of the list of all. */
export interface ProfileRow {
  readonly person: Pick<Person, 'name'>;
  readonly standing: ProfileStanding;
  readonly capacityHours: number;
  readonly loadHours: number;
  readonly isOnContract: boolean;
}

/** All Service ISSOs with where their profile stands and how many hours they have. */
export function profileList(rows: readonly ProfileRow[]): Message {
  const { shown, left } = firstOf(rows, ROWS_SHOWN);
  if (rows.length === 0) return say('There is no Service ISSO on the roster yet.');
  return card('Service ISSO profiles', [
    bullets([
      ...shown.map(
        ({ person, standing, capacityHours, loadHours, isOnContract }) =>
          line`${theirs(person.name)}: ${standingLine(standing)}. ${hoursAWeek(capacityHours)}, ${loadHours} taken, ${Math.max(0, capacityHours - loadHours)} free.${isOnContract ? '' : ' Not on the contract any more.'}`,
      ),
      ...(left > 0 ? [andMore(left)] : []),
    ]),
    note(
      line`Type \`profile\` with a name to see one; a Service ISSO Lead types \`confirm profile\` with a name to confirm it.`,
    ),
  ]);
}

/** What this person may type about profiles and the search; for the help. */
export const matchingHelp = (person: Person): readonly string[] => [
  ...(mayEver(person, 'profile.write-own')
    ? ['`profile`, or `profile hours each week: 40`: your Service ISSO profile, to fill in and to change']
    : []),
  ...(mayEver(person, 'profile.read-all')
    ? [
        '`profiles`, or `profile Ines Sorensen`: the Service ISSOs, their skills and their hours',
        '`shortlist ISSO-2026-0001`, `fit ISSO-2026-0001`: who fits an engagement, and how the candidate fits',
      ]
    : []),
  ...(mayEver(person, 'profile.confirm')
    ? ['`confirm profile Ines Sorensen`: confirm what a Service ISSO says of their skills']
    : []),
];
