/** Buttons, dialogs and typed words of profiles, shortlist and fit sheet; the steps with a candidate are moves. */
import { mayEver } from '../domain/access.ts';
import type { RawValues } from '../domain/field.ts';
import { findRequestNumber } from '../domain/ids.ts';
import { matchName } from '../domain/name-match.ts';
import type { Person } from '../domain/person.ts';
import type { ButtonPress } from '../messages/button.ts';
import { whichProfile } from '../messages/copy/profile.ts';
import { notYours, sensitiveText } from '../messages/copy/refusals.ts';
import { confirmProfile } from './confirm-profile.ts';
import { sensitiveKinds } from './guard.ts';
import { currentIntake } from './intake-context.ts';
import { listProfiles, serviceIssos } from './list-profiles.ts';
import {
  hasOwnProfile,
  isProfilePage,
  openProfilePage,
  saveProfilePage,
  showProfile,
  typeProfile,
} from './profile.ts';
import { showCandidate, showShortlist } from './show-shortlist.ts';
import { type Answer, answer, answerPrivately, type Work } from './work.ts';

type Route = (work: Work, press: ButtonPress, values: RawValues) => Promise<Answer>;

/** `own` stands for whoever presses. */
const ownerOf = ({ person }: Work, { subject }: ButtonPress): string =>
  subject === 'own' ? person.id : subject;

/** What pressing does. */
export const MATCHING_PRESSED: readonly (readonly [string, Route])[] = [
  ['profile.show', (work, press) => showProfile(work, ownerOf(work, press))],
  ['profile.page', (work, press) => openProfilePage(work, press.choice ?? '')],
  ['profile.confirm', (work, press) => confirmProfile(work, press.subject, press.version ?? null)],
  ['shortlist.show', (work, press) => showShortlist(work, press.subject)],
  ['candidate.show', (work, press) => showCandidate(work, press.subject)],
];

/** What sending a dialog does. */
export const MATCHING_SUBMITTED: readonly (readonly [string, Route])[] = [
  ['profile.page', (work, press, values) => saveProfilePage(work, press.choice ?? '', values)],
];

/** Longer words belong into a dialog. */
const LONGEST = 4_000;
const PROFILE = /^(?:my )?(profiles?|confirm profile)\b[\s:]*([\s\S]*)$/iu;
const SEARCH = /^(shortlist|fit(?: sheet)?)\s+(?:for\s+)?([A-Za-z]{2,8}-20\d{2}-\d{1,6})\s*[.?!]*$/iu;
/** Names, and what goes around them, are no longer. */
const LONGEST_NAME = 80;

/** `profile`, `profiles`, `confirm profile Ines`, `shortlist ISSO-2026-0042`, `fit ISSO-2026-0042`; null for anything else. */
export async function routeMatching(work: Work, typed: string): Promise<Answer | null> {
  const [, what = '', typedNumber = ''] = SEARCH.exec(typed.slice(0, LONGEST_NAME)) ?? [];
  const number = findRequestNumber(typedNumber);
  if (number)
    return what.toLowerCase() === 'shortlist' ? showShortlist(work, number) : showCandidate(work, number);
  const [, word = '', rest = ''] = PROFILE.exec(typed.slice(0, LONGEST)) ?? [];
  return word === '' ? null : aboutProfiles(work, word.toLowerCase(), rest.trim());
}

async function aboutProfiles(work: Work, word: string, rest: string): Promise<Answer | null> {
  const { person } = work;
  const readsAll = mayEver(person, 'profile.read-all');
  if (!readsAll && !hasOwnProfile(person) && !mayEver(person, 'profile.confirm'))
    return (await isAnswering(work, rest)) ? null : answerPrivately(notYours());
  if (word === 'profiles') return rest === '' ? listProfiles(work) : null;
  const kinds = sensitiveKinds(rest);
  if (kinds.length > 0) return answer(sensitiveText(kinds));
  if (word === 'confirm profile')
    return rest === '' ? null : named(work, rest, ({ id }) => confirmProfile(work, id, null));
  if (rest === '') return hasOwnProfile(person) ? showProfile(work, person.id) : listProfiles(work);
  if (hasOwnProfile(person) && (rest.includes(':') || isProfilePage(rest))) return typeProfile(work, rest);
  if (readsAll) return named(work, rest, ({ id }) => showProfile(work, id));
  return (await isAnswering(work, rest)) ? null : typeProfile(work, rest);
}

/** Words of an answer to an open form may begin as ours do; so may long ones that speak of something else. */
const isAnswering = async (work: Work, rest: string): Promise<boolean> =>
  rest.length > LONGEST_NAME || (await currentIntake(work))?.record.status === 'open';

/** The one Service ISSO whom a name means. */
async function named(
  work: Work,
  name: string,
  go: (person: Person) => Promise<Answer>,
): Promise<Answer | null> {
  const found = matchName(
    await serviceIssos(work),
    name.slice(0, LONGEST_NAME).replace(/(?<![.?!])[.?!]+$/u, ''),
  );
  if (found.ok) return go(found.value);
  if (await isAnswering(work, name)) return null;
  return answerPrivately(whichProfile(found.refusal.code === 'several' ? found.refusal.people : []));
}
