/** The profile of a Service ISSO: shown, filled in by its owner page by page or by typed words, and confirmed by somebody else. */

import { mayEver } from '../domain/access.ts';
import type { RawValues } from '../domain/field.ts';
import type { PersonId } from '../domain/ids.ts';
import type { Person } from '../domain/person.ts';
import { parseAnswers } from '../forms/form.ts';
import type { Page } from '../forms/pages.ts';
import type { Answers } from '../forms/question.ts';
import type { ButtonPress } from '../messages/button.ts';
import { nameOf } from '../messages/copy/people.ts';
import { noProfileYet, type ProfileStanding, profileCard, profileMends } from '../messages/copy/profile.ts';
import { notYours } from '../messages/copy/refusals.ts';
import type { Message } from '../messages/message.ts';
import { ISSO_PROFILE_FORM } from '../offerings/isso-profile.ts';
import { formContext } from './intake-context.ts';
import { type HeldProfile, heldProfile, lockProfile, PROFILE_KIND } from './isso-profiles.ts';
import { noteDeed } from './note-deed.ts';
import {
  pageDialog,
  pageKeyed,
  pageTitled,
  readWritten,
  type Sheet,
  sheetSections,
  takePage,
  writeSheet,
} from './paper-sheet.ts';
import { loadPeople } from './tell.ts';
import { tellConfirmers } from './tell-profile.ts';
import { type Answer, answer, answerPrivately, answerWithDialog, type Work } from './work.ts';
import { workloads } from './workload.ts';

/** True for a Service ISSO: they have a profile of their own, which nobody else fills in for them. */
export const hasOwnProfile = (person: Person): boolean =>
  person.roles.includes('service_isso') && mayEver(person, 'profile.write-own');

const mayRead = (person: Person, ownerId: PersonId): boolean =>
  (person.id === ownerId && hasOwnProfile(person)) || mayEver(person, 'profile.read-all');

/** True when `person` confirms the profile of somebody else. */
export const mayConfirm = (person: Person, ownerId: PersonId): boolean =>
  person.id !== ownerId && mayEver(person, 'profile.confirm');

async function open(work: Work, ownerId: PersonId): Promise<Sheet> {
  const latest = await lockProfile(work, ownerId);
  return {
    kind: PROFILE_KIND,
    subject: ownerId,
    form: ISSO_PROFILE_FORM,
    latest,
    answers: latest ? parseAnswers(ISSO_PROFILE_FORM, latest.answers).answers : {},
    context: await formContext(work),
    hidden: new Set(),
  };
}

/** Shows a profile to whoever may read it; looks at those of others are written down. */
export async function showProfile(work: Work, ownerId: PersonId): Promise<Answer> {
  const [owner] = await work.tx.people.some([ownerId]);
  if (!owner || !mayRead(work.person, ownerId)) return answerPrivately(notYours());
  const sheet = await open(work, ownerId);
  if (work.person.id === ownerId) return answerPrivately(await draw(work, owner, sheet));
  await recordProfile(work, 'profile.read', { person: ownerId });
  return answerPrivately(sheet.latest ? await draw(work, owner, sheet) : noProfileYet(owner));
}

async function draw(work: Work, owner: Person, sheet: Sheet): Promise<Message> {
  const held = sheet.latest && heldProfile(sheet.latest);
  const hours = await workloads(work);
  const isOwn = owner.id === work.person.id;
  return profileCard({
    person: owner,
    isOwn,
    mayWrite: isOwn && hasOwnProfile(work.person),
    mayConfirm: held?.state === 'unconfirmed' && mayConfirm(work.person, owner.id),
    version: sheet.latest?.version ?? 0,
    standing: await standingOf(work, held),
    capacityHours: held?.profile.capacityHours ?? 0,
    loadHours: hours(owner.id).loadHours,
    sections: sheetSections(sheet),
  });
}

/** Where a profile stands, as its cards say it. */
export async function standingOf(work: Pick<Work, 'tx'>, held: HeldProfile | null): Promise<ProfileStanding> {
  if (!held) return { state: 'none' };
  const { version, confirmed } = held.profile;
  if (confirmed) {
    const people = await loadPeople(work, [confirmed.byId]);
    return { state: 'confirmed', version, byName: nameOf(people, confirmed.byId), at: confirmed.at };
  }
  return held.state === 'incomplete'
    ? { state: 'incomplete', missing: held.missing.length }
    : { state: 'unconfirmed', version };
}

const pressOf = ({ key }: Page): ButtonPress => ({ verb: 'profile.page', subject: 'own', choice: key });

/** Opens one page of one's own profile as a dialog. */
export async function openProfilePage(work: Work, pageKey: string): Promise<Answer> {
  if (!hasOwnProfile(work.person)) return answer(notYours());
  const sheet = await open(work, work.person.id);
  const page = pageKeyed(sheet, pageKey);
  return page
    ? answerWithDialog(pageDialog(sheet, page, pressOf(page)))
    : answerPrivately(await draw(work, work.person, sheet));
}

/** Saves a page that was sent, and opens the next one; after the last the profile is shown. */
export async function saveProfilePage(work: Work, pageKey: string, values: RawValues): Promise<Answer> {
  if (!hasOwnProfile(work.person)) return answer(notYours());
  const sheet = await open(work, work.person.id);
  const page = pageKeyed(sheet, pageKey);
  const done = async (saved: Sheet): Promise<Answer> => answerPrivately(await draw(work, work.person, saved));
  if (!page) return done(sheet);
  return takePage(sheet, page, values, { save: (change) => save(work, sheet, change), pressOf, done });
}

/** True for the title of one of its pages. */
export const isProfilePage = (words: string): boolean =>
  pageTitled({ form: ISSO_PROFILE_FORM, answers: {} }, words) !== undefined;

/** `profile Time and place`: opens the page; `profile hours each week: 40`: saves the answers. */
export async function typeProfile(work: Work, rest: string): Promise<Answer> {
  const sheet = await open(work, work.person.id);
  const page = pageTitled(sheet, rest);
  if (page) return answerWithDialog(pageDialog(sheet, page, pressOf(page)));
  const read = readWritten(sheet, rest);
  if (!read.ok) return answerPrivately(profileMends(read.refusal));
  return answerPrivately(await draw(work, work.person, await save(work, sheet, read.value)));
}

/** Writes the next version; a complete one waits for its confirmation. */
async function save(work: Work, sheet: Sheet, change: Answers): Promise<Sheet> {
  const saved = await writeSheet(work, sheet, change, null);
  if (saved === sheet || !saved.latest) return sheet;
  const { version } = saved.latest;
  await recordProfile(work, 'profile.write', {
    person: work.person.id,
    version: String(version),
    changed: Object.keys(change).join(','),
  });
  await tellConfirmers(work, work.person, heldProfile(saved.latest));
  return saved;
}

/** One line of the append-only record about profiles; `facts` are ids and codes. */
export async function recordProfile(
  work: Work,
  verb: string,
  facts: Readonly<Record<string, string>>,
): Promise<void> {
  await noteDeed(work, verb, facts);
}
