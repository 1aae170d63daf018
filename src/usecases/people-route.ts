/** Words, buttons and dialogs about people: roles, stand-ins, delegates, memberships, reviews. */
import { mayEver } from '../domain/access.ts';
import type { RawValues } from '../domain/field.ts';
import { ROLES, type Role } from '../domain/person.ts';
import { type PeopleWish, readPeopleWish } from '../forms/read-people-words.ts';
import type { ButtonPress } from '../messages/button.ts';
import { delegateUsage, standInUsage } from '../messages/copy/people-acting.ts';
import { delegateDialog, grantDialog } from '../messages/copy/people-dialogs.ts';
import { grantUsage } from '../messages/copy/people-roles.ts';
import { notYours, sensitiveText } from '../messages/copy/refusals.ts';
import { submitMove } from './engagement-move.ts';
import { personCalled } from './find-person.ts';
import { grantRole, revokeRole } from './grant-role.ts';
import { sensitiveKinds } from './guard.ts';
import { currentIntake } from './intake-context.ts';
import { MEMBER_MOVES } from './moves/members.ts';
import { endDelegate, endDelegateById, nameDelegate } from './name-delegate.ts';
import {
  askForStandIn,
  endStandInById,
  endStandInByWords,
  nameStandInByWords,
  nameStandInFromDialog,
} from './name-stand-in.ts';
import { todayOf } from './set-wishes.ts';
import { showMembers } from './show-members.ts';
import { answerReview, askForReview, keepRole, showReview, takeBack } from './show-review.ts';
import { showRoster } from './show-roster.ts';
import { showWhoami } from './show-whoami.ts';
import { everybody } from './tell.ts';
import { type Answer, answer, answerPrivately, answerWithDialog, type Work } from './work.ts';

/**
 * Carries out what was typed about people; null for anything else. While a form is open, and in a channel, where people speak to
 * each other, only what is surely meant so is taken: words of somebody who may do that, about somebody who is known.
 */
export async function routePeople(work: Work, typed: string): Promise<Answer | null> {
  const wish = readPeopleWish(typed, todayOf(work));
  if (!wish) return null;
  if ((await isAmongOtherWords(work)) && !(await isSure(work, wish))) return null;
  const kinds = sensitiveKinds(typed);
  return kinds.length > 0 ? answerPrivately(sensitiveText(kinds)) : carryOut(work, wish);
}

const isAmongOtherWords = async (work: Work): Promise<boolean> =>
  work.from.channel !== null || (await currentIntake(work))?.record.status === 'open';

async function isSure(work: Work, wish: PeopleWish): Promise<boolean> {
  switch (wish.kind) {
    case 'members':
      return true;
    case 'unread':
      return false;
    case 'roster':
    case 'review':
      return mayEver(work.person, 'role.review');
    case 'grant':
    case 'revoke':
    case 'keep':
      return mayEver(work.person, 'role.review') && isKnown(work, wish.person);
    default:
      return isKnown(work, wish.person);
  }
}

const isKnown = async (work: Work, typed: string): Promise<boolean> =>
  personCalled(typed, await everybody(work)).ok;

async function carryOut(work: Work, wish: PeopleWish): Promise<Answer> {
  switch (wish.kind) {
    case 'grant':
      return aboutRole(work, wish, grantRole);
    case 'revoke':
      return aboutRole(work, wish, takeBack);
    case 'keep':
      return aboutRole(work, wish, keepRole);
    case 'delegate':
      return nameDelegate(work, wish.person);
    case 'end-delegate':
      return endDelegate(work, wish.person);
    case 'stand-in':
      return nameStandInByWords(work, wish);
    case 'end-stand-in':
      return endStandInByWords(work, wish);
    case 'roster':
      return showRoster(work);
    case 'review':
      return showReview(work, wish.page);
    case 'members':
      return showMembers(work, wish.number);
    case 'unread':
      return answerPrivately(usageOf(work, wish.about));
    default:
      return wish satisfies never;
  }
}

function usageOf({ person }: Work, about: 'grant' | 'stand-in' | 'delegate') {
  if (about === 'stand-in') return standInUsage();
  if (about === 'delegate') return delegateUsage();
  return mayEver(person, 'role.grant') ? grantUsage() : notYours();
}

/** Whoever may not so much as look at roles does not learn who is known. */
async function aboutRole(
  work: Work,
  { person, role }: { readonly person: string; readonly role: Role },
  go: (work: Work, personId: string, role: Role) => Promise<Answer>,
): Promise<Answer> {
  if (!mayEver(work.person, 'role.review')) return answerPrivately(notYours());
  const found = personCalled(person, await work.tx.people.list());
  return found.ok ? go(work, found.value.id, role) : answerPrivately(found.refusal);
}

// ------------------------------------------------------------------------------------------ pressed

type Route = (work: Work, press: ButtonPress, values: RawValues) => Promise<Answer>;

const ofRole =
  (go: (work: Work, personId: string, role: Role) => Promise<Answer>): Route =>
  async (work, { subject, choice }) => {
    const role = ROLES.find((each) => each === choice);
    return role ? go(work, subject, role) : answer(notYours());
  };

const pageOf = ({ choice }: ButtonPress): number => Math.max(1, Number(choice ?? 1) || 1);

/** `guardian/data_guardian`: a person and their part in the engagement that the card is about. */
const ofMember =
  (verb: 'member.approve' | 'member.end'): Route =>
  async (work, { subject, choice = '' }) => {
    const [person = '', part = ''] = choice.split('/');
    const move = MEMBER_MOVES.find((each) => each.verb === verb);
    if (!move) return answer(notYours());
    const made = await submitMove(work, move, { number: subject, version: null }, { person, part });
    // There is no dialog whose fields could be marked.
    return made.errors === null ? made : answer(notYours());
  };

/** What pressing does. */
export const PEOPLE_PRESSED: readonly (readonly [string, Route])[] = [
  ['whoami.show', (work) => showWhoami(work)],
  ['roster.show', (work) => showRoster(work)],
  [
    'role.ask',
    async ({ person }) =>
      mayEver(person, 'role.grant') ? answerWithDialog(grantDialog()) : answer(notYours()),
  ],
  ['role.approve', ofRole(grantRole)],
  ['role.revoke', ofRole(revokeRole)],
  ['role.keep', ofRole(keepRole)],
  ['review.show', (work, press) => showReview(work, pageOf(press))],
  ['review.ask', (work, press) => askForReview(work, pageOf(press))],
  ['stand-in.ask', (_work, { subject, choice = '' }) => askForStandIn(subject, choice)],
  ['stand-in.end', (work, { subject }) => endStandInById(work, subject)],
  [
    'delegate.ask',
    async ({ person }) =>
      mayEver(person, 'delegate.name') ? answerWithDialog(delegateDialog()) : answer(notYours()),
  ],
  ['delegate.end', (work, { subject }) => endDelegateById(work, subject)],
  ['members.show', (work, { subject }) => showMembers(work, subject)],
  ['member.approve-this', ofMember('member.approve')],
  ['member.end-this', ofMember('member.end')],
];

const field = (values: RawValues, name: string): string => String(values[name] ?? '').trim();

/** What sending a dialog does. */
export const PEOPLE_SUBMITTED: readonly (readonly [string, Route])[] = [
  [
    'role.grant',
    (work, _press, values) => {
      const role = ROLES.find((each) => each === field(values, 'role'));
      return role
        ? aboutRole(work, { person: field(values, 'person'), role }, grantRole)
        : Promise.resolve(answer(notYours()));
    },
  ],
  ['review.answer', (work, _press, values) => answerReview(work, values)],
  ['stand-in.name', (work, _press, values) => nameStandInFromDialog(work, values)],
  ['delegate.name', (work, _press, values) => nameDelegate(work, field(values, 'person'))],
];
