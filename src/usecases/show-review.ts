/** `access review`: who has which role by whose word, and the answers of those who review it. */
import { mayEver } from '../domain/access.ts';
import { type AccessRow, quarterOf, reviewAccess } from '../domain/access-review.ts';
import { actsFor } from '../domain/acting-for.ts';
import type { RawValues } from '../domain/field.ts';
import type { PersonId } from '../domain/ids.ts';
import { type Person, ROLES, type Role } from '../domain/person.ts';
import { localDate } from '../domain/time.ts';
import {
  notHeld,
  notYourOwn,
  onlyAdministratorsRevoke,
  type ReviewPowers,
  type ReviewShown,
  reviewCard,
  reviewDialog,
  roleKept,
} from '../messages/copy/people-review.ts';
import { notYours } from '../messages/copy/refusals.ts';
import type { Message } from '../messages/message.ts';
import { REVIEW_RULES } from '../offerings/role-rules.ts';
import { accessFacts, type Looking, lastDue } from './access-facts.ts';
import { revokeRole } from './grant-role.ts';
import { loadPeople } from './tell.ts';
import { type Answer, answerPrivately, answerWithDialog, type Work } from './work.ts';

/** As many as one dialog takes. */
const PAGE = 8;

/** What somebody may do about a review: an auditor only looks (domain reference 1.3). */
export const powersOf = (person: Person): ReviewPowers => ({
  keep: mayKeep(person),
  revoke: mayEver(person, 'role.grant'),
});
/** Administrators and the Government Task Lead, who look after stand-ins, too. */
const mayKeep = (person: Person): boolean =>
  mayEver(person, 'role.grant') ||
  (mayEver(person, 'role.review') && mayEver(person, 'stand-in.name-others'));

export interface Review {
  readonly quarter: string;
  readonly beganAt: Date;
  readonly rows: readonly AccessRow[];
}

/** The review of the quarter in which `now` lies, as it stands. */
export async function currentReview(work: Looking): Promise<Review> {
  const { programme, now } = work;
  const beganAt = lastDue('quarterly', programme, now) ?? new Date(0);
  const rows = reviewAccess(await accessFacts(work), beganAt, REVIEW_RULES);
  return { quarter: quarterOf(localDate(beganAt, programme.timeZone)), beganAt, rows };
}

export async function showReview(work: Work, page: number): Promise<Answer> {
  if (!mayEver(work.person, 'role.review')) return answerPrivately(notYours());
  return answerPrivately(await reviewMessage(work, await currentReview(work), work.person, page));
}

/** A page of the review as `reader` sees it. */
export async function reviewMessage(
  work: Pick<Looking, 'tx'>,
  { quarter, rows }: Review,
  reader: Person,
  page: number,
): Promise<Message> {
  const pages = Math.max(1, Math.ceil(rows.length / PAGE));
  const at = Math.min(Math.max(1, page), pages);
  const shown = rowsOf(rows, at);
  const ids = shown.flatMap(({ person, granted, secondId, kept }) => [
    person.id,
    granted?.byId ?? null,
    secondId,
    kept?.byId ?? null,
  ]);
  const facts: ReviewShown = {
    quarter,
    rows: shown,
    page: at,
    pages,
    all: rows.length,
    open: rows.filter(({ isOpen }) => isOpen).length,
    idle: new Set(rows.filter(({ idle }) => idle).map(({ person }) => person.id)).size,
    people: await loadPeople(work, ids),
    powers: powersOf(reader),
  };
  return reviewCard(facts);
}

const rowsOf = (rows: readonly AccessRow[], page: number): readonly AccessRow[] =>
  rows.slice((page - 1) * PAGE, page * PAGE);

/** Opens the dialog for what is open on that page. */
export async function askForReview(work: Work, page: number): Promise<Answer> {
  const powers = powersOf(work.person);
  if (!powers.keep) return answerPrivately(notYours());
  const { rows } = await currentReview(work);
  const open = rowsOf(rows, page).filter(({ isOpen }) => isOpen);
  return open.length === 0 ? showReview(work, page) : answerWithDialog(reviewDialog(open, page, powers));
}

/** Each answer of the dialog counts for itself; what then stands is shown. */
export async function answerReview(work: Work, values: RawValues): Promise<Answer> {
  if (!powersOf(work.person).keep) return answerPrivately(notYours());
  const said: Message[] = [];
  for (const [field, value] of Object.entries(values)) {
    const [personId = '', word = ''] = field.split('/');
    const role = ROLES.find((each) => each === word);
    if (!role || (value !== 'keep' && value !== 'revoke')) continue;
    const made =
      value === 'keep' ? await keepRole(work, personId, role) : await takeBack(work, personId, role);
    said.push(...made.say);
  }
  const review = await reviewMessage(work, await currentReview(work), work.person, 1);
  return answerPrivately(...said, review);
}

/** Notes that the role stays. Nobody answers for their own. */
export async function keepRole(work: Work, personId: PersonId, role: Role): Promise<Answer> {
  const { tx, now, person: actor, from } = work;
  if (!mayKeep(actor)) return answerPrivately(notYours());
  const person = await tx.people.get(personId);
  if (!person) return answerPrivately(notYours());
  if (person.id === actor.id) return answerPrivately(notYourOwn());
  if (!person.roles.includes(role)) return answerPrivately(notHeld(person, role));
  await tx.roleGrants.say({ id: work.newId(), personId, role, said: { byId: actor.id, at: now } });
  await tx.audit.append({
    at: now,
    actorId: actor.id,
    forId: actsFor(actor, mayKeep),
    role: actor.roles[0] ?? null,
    verb: 'access.keep',
    engagementId: null,
    from: null,
    to: null,
    reason: null,
    platform: from.platform,
    facts: { person: personId, role },
  });
  return answerPrivately(roleKept(person, role));
}

/** Whoever reviews and is no administrator is told who can. */
export async function takeBack(work: Work, personId: PersonId, role: Role): Promise<Answer> {
  const { person, tx } = work;
  if (mayEver(person, 'role.grant') || !mayEver(person, 'role.review'))
    return revokeRole(work, personId, role);
  const administrators = await tx.people.withRole('platform_admin');
  return answerPrivately(onlyAdministratorsRevoke(administrators.map(({ name }) => name)));
}
