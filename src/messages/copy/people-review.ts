/** The access review in words: who has which role by whose word, what has to be answered, who has not been here for long. */
import type { AccessRow, Idle } from '../../domain/access-review.ts';
import type { People, Person, Role } from '../../domain/person.ts';
import { sayLocalDate } from '../../domain/time.ts';
import { type Button, button } from '../button.ts';
import { type Line, line, strong, theirs, time } from '../inline.ts';
import {
  bullets,
  card,
  type DialogPage,
  type Fact,
  fact,
  facts,
  type Message,
  note,
  paragraph,
  say,
} from '../message.ts';
import { givenWords, ROLE_NAMES, typedPerson, typedRole } from './people-roles.ts';

/** What the reader of a review may do with a row. */
export interface ReviewPowers {
  readonly keep: boolean;
  readonly revoke: boolean;
}

export interface ReviewShown {
  /** Such as `2027-Q1`. */
  readonly quarter: string;
  /** The rows of this page. */
  readonly rows: readonly AccessRow[];
  readonly page: number;
  readonly pages: number;
  readonly all: number;
  readonly open: number;
  readonly idle: number;
  /** Everybody whom a row names. */
  readonly people: People;
  readonly powers: ReviewPowers;
}

const quarterWords = (quarter: string): string => `${quarter.slice(5)} of ${quarter.slice(0, 4)}`;

const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;

/** One page of the review, what has to be answered first. */
export function reviewCard(shown: ReviewShown): Message {
  const { quarter, rows, page, pages, all, open, idle, powers } = shown;
  const [first] = rows;
  return card(
    `Access review, ${quarterWords(quarter)}`,
    [
      paragraph(
        line`${counted(all, 'role is', 'roles are')} held. ${open === 0 ? strong('All are answered.') : strong(`${counted(open, 'role waits', 'roles wait')} for an answer: does its holder still need it?`)} ${idle === 0 ? 'Nobody is idle.' : `${counted(idle, 'person is', 'people are')} idle.`}`,
      ),
      ...(rows.length === 0 ? [] : [facts(rows.map((row, place) => reviewRow(row, place, shown)))]),
      note(
        line`Page ${page} of ${pages}. Privileged roles are answered each quarter, the others once a year.${first && powers.keep ? wayWords(first, shown) : ''}`,
      ),
    ],
    reviewButtons(shown),
  );
}

function wayWords({ person, role }: AccessRow, { people, powers }: ReviewShown): string {
  const who = typedPerson(person, [...people.values()]);
  const revoke = powers.revoke
    ? ` To take it back: \`revoke ${who} ${typedRole(role)}\`.`
    : ' Only an administrator can take a role back.';
  return ` To keep one, type \`keep ${who} ${typedRole(role)}\`.${revoke}`;
}

function reviewRow(row: AccessRow, place: number, { people, powers }: ReviewShown): Fact {
  const { person, role, isOpen } = row;
  const typed = `keep ${typedPerson(person, [...people.values()])} ${typedRole(role)}`;
  const keep =
    isOpen && powers.keep
      ? button(`keep-${place}`, 'Keep', { verb: 'role.keep', subject: person.id, choice: role }, typed)
      : undefined;
  return fact(ROLE_NAMES[role], rowWords(row, people), keep);
}

function rowWords(row: AccessRow, people: People): Line {
  const { person, granted, secondId, kept, isPrivileged, isOpen, idle } = row;
  const by = granted ? (people.get(granted.byId)?.name ?? null) : null;
  const second = secondId === null ? null : (people.get(secondId)?.name ?? secondId);
  const keptBy = kept
    ? line`; kept by ${theirs(people.get(kept.byId)?.name ?? kept.byId)} on ${time(kept.at, 'date')}`
    : line``;
  const spoke =
    row.lastSpokeOn === null
      ? line`; has never spoken with me`
      : line`; last spoke ${sayLocalDate(row.lastSpokeOn)}`;
  return line`${theirs(person.name)}: ${isPrivileged ? 'privileged, ' : ''}${givenWords(granted, { by, second })}${keptBy}${spoke}${idle ? line`. ${strong(idleWords(idle))}` : ''}${isOpen ? line`. ${strong('Waits for an answer')}` : ''}`;
}

const idleWords = ({ days, limitDays }: Idle): string => `Idle for ${days} days (${limitDays} are allowed)`;

function reviewButtons({ rows, page, pages, powers }: ReviewShown): readonly Button[] {
  const turn = (to: number, label: string): Button =>
    button(
      `page-${to}`,
      label,
      { verb: 'review.show', subject: 'now', choice: String(to) },
      `access review ${to}`,
    );
  return [
    ...(powers.keep && rows.some(({ isOpen }) => isOpen)
      ? [
          button('answer', 'Answer these', { verb: 'review.ask', subject: 'now', choice: String(page) }, '', {
            look: 'primary',
            opensDialog: true,
          }),
        ]
      : []),
    ...(page < pages ? [turn(page + 1, 'Next page')] : []),
    ...(page > 1 ? [turn(page - 1, 'Previous page')] : []),
  ];
}

/** The open rows of a page, each with its answer; one that is left alone waits on. */
export function reviewDialog(rows: readonly AccessRow[], page: number, powers: ReviewPowers): DialogPage {
  return {
    title: 'Access review',
    intro: [line`Does everybody still need this? What you leave open waits for an answer.`],
    fields: rows.map(({ person, role }) => ({
      id: `${person.id}/${role}`,
      label: `${ROLE_NAMES[role]}: ${person.name}`,
      kind: 'choice',
      required: false,
      options: [
        { id: 'keep', label: 'Keep' },
        ...(powers.revoke ? [{ id: 'revoke', label: 'Take back' }] : []),
      ],
    })),
    sendLabel: 'Send the answers',
    press: { verb: 'review.answer', subject: 'now', choice: String(page) },
    opener: { verb: 'review.ask', subject: 'now', choice: String(page) },
  };
}

export const roleKept = (person: Pick<Person, 'name'>, role: Role): Message =>
  say(line`Noted: ${theirs(person.name)} stays ${strong(ROLE_NAMES[role])}.`);

export const notHeld = (person: Pick<Person, 'name'>, role: Role): Message =>
  say(line`${theirs(person.name)} is not ${strong(ROLE_NAMES[role])}, so there is nothing to keep.`);

export const notYourOwn = (): Message =>
  say('Nothing was changed: nobody answers for their own roles. Another reviewer does.');

export const onlyAdministratorsRevoke = (names: readonly string[]): Message =>
  say(
    line`Only an administrator of the bot can take a role back. Ask ${names.length === 0 ? 'for one at ISSO@cms.hhs.gov' : theirs(names.join(' or '))}.`,
  );

/** Once, to the Government Task Lead, when a review is not answered in time. */
export const reviewOverdue = (quarter: string, open: number, businessDays: number): Message => ({
  ...say(
    line`The access review for ${quarterWords(quarter)} is ${businessDays} business days old, and ${strong(counted(open, 'role waits', 'roles wait'))} for an answer. Type \`access review\` to see and keep them.`,
  ),
  buttons: [
    button('review', 'Access review', { verb: 'review.show', subject: 'now' }, 'access review', {
      look: 'primary',
    }),
  ],
});

const MOST_NAMED = 25;

/** To administrators: who has become idle since the last time. */
export function idleNotice(found: readonly { readonly person: Person; readonly idle: Idle }[]): Message {
  const shown = found.slice(0, MOST_NAMED);
  const left = found.length - shown.length;
  return card('Idle accounts', [
    paragraph(
      'These people have a role and have not been here for long. Take back what they no longer need.',
    ),
    bullets(shown.map(({ person, idle }) => idleLine(person, idle))),
    ...(left > 0 ? [note(`… and ${left} more. Type \`access review\` for all.`)] : []),
    note('I name each of them once, until they have spoken with me again.'),
  ]);
}

function idleLine(person: Person, { sinceOn, hasSpoken, days }: Idle): Line {
  const [role] = person.roles;
  const since = hasSpoken
    ? `last spoke ${sayLocalDate(sinceOn)}, ${days} days ago`
    : `never spoke; has a role since ${sayLocalDate(sinceOn)}`;
  const way = role ? `. To take it back: \`revoke ${typedPerson(person)} ${typedRole(role)}\`` : '';
  return line`${theirs(person.name)} (${person.roles.map((each) => ROLE_NAMES[each]).join(', ')}): ${since}${way}`;
}
