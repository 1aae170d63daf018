/** Stand-ins and delegates in words: who acts for whom, from when to when. */
import type { Person, Role } from '../../domain/person.ts';
import type { ActingRefusal, StandIn } from '../../domain/stand-in.ts';
import { type LocalDate, sayLocalDate } from '../../domain/time.ts';
import { type Button, button } from '../button.ts';
import { type Inline, type Line, line, strong, theirs } from '../inline.ts';
import { card, type DialogPage, type Message, paragraph, say } from '../message.ts';
import { clashWords, ROLE_NAMES, typedPerson } from './people-roles.ts';
import { daysWords } from './wish-words.ts';

type Named = Pick<Person, 'id' | 'name'>;

export const nobodySoCalled = (typed: string): Message =>
  say(
    line`Nothing was changed: I know nobody called "${theirs(typed.trim())}". Write the name as it stands on the roster, or their mailbox.`,
  );

export const severalSoCalled = (typed: string, people: readonly Named[]): Message =>
  say(
    line`Nothing was changed: "${theirs(typed.trim())}" may be ${orList(people.map(({ name }) => theirs(name)))}. Write the whole name, or their mailbox.`,
  );

const MOST_NAMED = 5;
const orList = (names: readonly Inline[]): Line =>
  names.slice(0, MOST_NAMED).flatMap((name, index) => (index === 0 ? [name] : line` or ${name}`));

// ------------------------------------------------------------------------------------------ stand-ins

export const standInUsage = (): Message =>
  say(
    'Type who stands in for you and when, for example: `stand-in Carla Reyes from Dec 21 to Jan 4`. To end it: `end stand-in Carla Reyes`.',
    'Administrators and the Government Task Lead can also name one for somebody else: `stand-in Carla Reyes for Beatriz Okafor from Dec 21 to Jan 4`.',
  );

/** `isOwn`: the person who typed is the one who is away. */
export function actingRefused(acting: Named, absent: Named, refusal: ActingRefusal, isOwn: boolean): Message {
  const who = theirs(acting.name);
  const whom: Inline | string = isOwn ? 'you' : theirs(absent.name);
  switch (refusal.code) {
    case 'same-person':
      return say('Nothing was changed: nobody acts for themselves. Name somebody else.');
    case 'no-role':
      return refusal.who === 'absent'
        ? say(
            line`Nothing was changed: ${isOwn ? 'you have' : line`${theirs(absent.name)} has`} no role that somebody could stand in for. \`whoami\` shows your roles.`,
          )
        : say(
            line`Nothing was changed: ${who} has no role in the programme. Name somebody from the roster, or ask an administrator to add them.`,
          );
    case 'other-side':
      return say(
        line`Nothing was changed: ${who} can't act for ${whom}. Federal employees act for federal employees, contractor staff for contractor staff, and administrators for administrators.`,
      );
    case 'clash':
      return say(
        line`Nothing was changed: ${who} can't act for ${whom}. ${clashWords(refusal.clash)}. Name somebody else.`,
      );
    case 'ends-before-start':
      return say(
        'Nothing was changed: the last day comes before the first. Type for example `stand-in Carla Reyes from Dec 21 to Jan 4`.',
      );
    case 'past':
      return say('Nothing was changed: those days are over. Give days to come.');
    case 'too-far':
      return say(
        line`Nothing was changed: that is too far ahead. The latest day is ${sayLocalDate(refusal.latestOn)}.`,
      );
    case 'already':
      return say(
        line`${who} acts for ${whom} already: ${whenWords(refusal.standIn)}. End that first: \`end ${refusal.standIn.kind === 'delegate' ? 'delegate' : 'stand-in'} ${typedPerson(acting)}\`.`,
      );
    case 'other-component':
      return say(
        line`Nothing was changed: a delegate is a federal employee of your component, and the roster doesn't say that of ${who}. Ask an administrator to correct the roster.`,
      );
    default:
      return refusal satisfies never;
  }
}

/** From when to when somebody acts. */
export const whenWords = ({ fromOn, toOn }: Pick<StandIn, 'fromOn' | 'toOn'>): string =>
  toOn === null ? `since ${sayLocalDate(fromOn)}, until it is taken back` : daysWords({ fromOn, toOn });

export const endStandInButton = (standIn: Pick<StandIn, 'id' | 'personId'>, acting: Named): Button =>
  button(
    `end-stand-in-${standIn.id}`,
    'End it',
    { verb: 'stand-in.end', subject: standIn.id },
    `end stand-in ${typedPerson(acting)}`,
    { look: 'danger' },
  );

export const standInNamed = (standIn: StandIn, acting: Named, absent: Named, isOwn: boolean): Message => ({
  ...say(
    line`${theirs(acting.name)} stands in for ${isOwn ? 'you' : theirs(absent.name)}: ${whenWords(standIn)}. On these days they get what waits for ${isOwn ? 'you' : 'them'} and may decide it. The record names you both.`,
  ),
  buttons: [endStandInButton(standIn, acting)],
});

/** To whoever stands in. */
export const youStandIn = (
  standIn: StandIn,
  absent: Named,
  roles: readonly Role[],
  byName: string | null,
): Message =>
  say(
    line`You stand in for ${theirs(absent.name)} (${roles.map((role) => ROLE_NAMES[role]).join(', ')}): ${whenWords(standIn)}.${byName === null ? '' : line` ${theirs(byName)} named you.`}`,
    'On these days I tell you what waits for them, and you may do what they may. The record names you and them. Type `waiting` to see what waits. If you can\u2019t, ask them to name somebody else.',
  );

/** On the first day. */
export const standInBegins = (standIn: StandIn, absent: Named): Message =>
  say(
    line`From today you stand in for ${theirs(absent.name)}: ${whenWords(standIn)}. Type \`waiting\` to see what waits.`,
  );

/** To whoever is away, when somebody else named their stand-in. */
export const standInNamedForYou = (standIn: StandIn, acting: Named, byName: string): Message =>
  say(
    line`${theirs(byName)} named ${theirs(acting.name)} to stand in for you: ${whenWords(standIn)}. To end it, type \`end stand-in ${typedPerson(acting)}\`.`,
  );

export const standInEnded = (acting: Named, absent: Named): Message =>
  say(line`${theirs(acting.name)} stands in for ${theirs(absent.name)} no more.`);

export const noSuchStandIn = (): Message =>
  say('There is no such stand-in that you could end. Type `whoami` to see who acts for whom.');

/** After leave was entered by somebody whom others wait for. */
export const offerStandIn = (days: { readonly fromOn: LocalDate; readonly toOn: LocalDate }): Message => ({
  ...say(
    line`Others wait for you in your role. Who decides while you are away? Name a stand-in: \`stand-in Carla Reyes from ${days.fromOn} to ${days.toOn}\`.`,
  ),
  buttons: [standInButton(days)],
});

export const standInButton = (days: { readonly fromOn: LocalDate; readonly toOn: LocalDate }): Button =>
  button(
    'stand-in',
    'Name a stand-in',
    { verb: 'stand-in.ask', subject: days.fromOn, choice: days.toOn },
    `stand-in Carla Reyes from ${days.fromOn} to ${days.toOn}`,
    { opensDialog: true },
  );

/** Who stands in, and when. */
export const standInDialog = (days: {
  readonly fromOn: LocalDate | null;
  readonly toOn: LocalDate | null;
}): DialogPage => ({
  title: 'Name a stand-in',
  intro: [line`They get what waits for you on these days, and may decide it. Both days are included.`],
  fields: [
    { id: 'person', label: 'Who', kind: 'person', required: true },
    { id: 'fromOn', label: 'First day', kind: 'date', required: true, ...filledWith(days.fromOn) },
    { id: 'toOn', label: 'Last day', kind: 'date', required: true, ...filledWith(days.toOn) },
  ],
  sendLabel: 'Name them',
  press: { verb: 'stand-in.name', subject: 'own' },
});

const filledWith = (day: LocalDate | null): { readonly value?: string } =>
  day === null ? {} : { value: day };

// ------------------------------------------------------------------------------------------ delegates

export const delegateUsage = (): Message =>
  say(
    'Type who acts as your delegate, for example: `delegate Carla Reyes`. To end it: `end delegate Carla Reyes`.',
    'A delegate drafts and prepares for you. Confirming, accepting and withdrawing stay yours.',
  );

export const delegateNamed = (acting: Named): Message => ({
  ...say(
    line`${theirs(acting.name)} is now your delegate in all your requests: they draft and prepare for you. Confirming, accepting and withdrawing stay yours. They are told.`,
  ),
  buttons: [
    button(
      'end-delegate',
      'End it',
      { verb: 'delegate.end', subject: acting.id },
      `end delegate ${typedPerson(acting)}`,
      { look: 'danger' },
    ),
  ],
});

export const youAreDelegate = (owner: Named): Message =>
  card('You are a delegate', [
    paragraph(
      line`${theirs(owner.name)} named you their delegate in ISSO As A Service. You may read their requests, draft new ones and fill in the preparation list. ${strong('Confirming, accepting and withdrawing stay theirs.')} The record names you and them.`,
    ),
    paragraph(line`Type \`open requests\` to see the requests, or \`whoami\` to see for whom you act.`),
  ]);

export const delegateEnded = (acting: Named, owner: Named): Message =>
  say(line`${theirs(acting.name)} is no longer the delegate of ${theirs(owner.name)}.`);

export const noSuchDelegate = (): Message =>
  say('There is no such delegate that you could end. Type `whoami` to see who acts for whom.');
