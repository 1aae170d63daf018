/** Legal holds: what is held is not disposed of until the hold is released. Placed and released in two steps, and never deleted. */
import { mayEver } from '../domain/access.ts';
import { findRequestNumber } from '../domain/ids.ts';
import type { LegalHold } from '../domain/legal-hold.ts';
import { recordClassOf } from '../domain/record-class.ts';
import { recordParts } from '../domain/record-parts.ts';
import { accepted, type Result, refused } from '../domain/result.ts';
import {
  type HoldShown,
  holdExample,
  holdLike,
  holdPlaced,
  holdReleased,
  holdStandsAlready,
  holdsMessage,
  noSuchHold,
  reallyHold,
  reallyRelease,
} from '../messages/copy/legal-holds.ts';
import { mendInChat } from '../messages/copy/mends.ts';
import { nothingKept } from '../messages/copy/records.ts';
import { noAccess, notYours } from '../messages/copy/refusals.ts';
import type { Message } from '../messages/message.ts';
import { personCalled } from './find-person.ts';
import { readWords } from './guard.ts';
import { noteDeed } from './note-deed.ts';
import { loadPeople } from './tell.ts';
import { type Answer, answerPrivately, type Work } from './work.ts';

/** Holds and disposals come one after the other. */
export const LEGAL_HOLDS = 'legal-holds';
/** It travels with a button, which carries no more. */
const LONGEST_REASON = 250;

/** `holds`: all there are and were, with their numbers. */
export async function showHolds(work: Work): Promise<Answer> {
  if (!mayEver(work.person, 'records.export')) return answerPrivately(notYours());
  const holds = await work.tx.legalHolds.list();
  return answerPrivately(holdsMessage(await shown(work, holds), mayEver(work.person, 'records.hold')));
}

interface Subject extends Pick<LegalHold, 'kind' | 'subject'> {
  /** As people read it. */
  readonly name: string;
  /** What to type for it, and for nothing else: a class, a number, a person's id. */
  readonly word: string;
}

/**
 * `hold ISSO-2026-0042 because …`, or a class or a person. First it is asked whether that is meant; `isConfirmed`: it was. Refused: no
 * right, nobody and nothing so called, no reason or one that may not be kept.
 */
export async function placeHold(
  work: Work,
  typed: string,
  because: string,
  isConfirmed: boolean,
): Promise<Answer> {
  if (!mayEver(work.person, 'records.hold')) return answerPrivately(notYours());
  const found = await subjectOf(work, typed);
  if (!found.ok) return answerPrivately(found.refusal);
  const reason = readWords(because, LONGEST_REASON);
  if (!reason.ok) return answerPrivately(mendInChat(reason.refusal, holdExample(found.value.word)));
  const { kind, subject, name, word } = found.value;
  await work.tx.lock(LEGAL_HOLDS);
  const all = await work.tx.legalHolds.list();
  // The button of a card that was pressed before: the same case holds the same thing once.
  const standing = all.findIndex(
    (each) => each.releasedAt === null && isSame(each, { kind, subject, reason: reason.value }),
  );
  if (standing >= 0) return answerPrivately(holdStandsAlready(standing + 1, name));
  if (!isConfirmed) return answerPrivately(reallyHold(name, word, reason.value));
  const hold: LegalHold = {
    id: work.newId(),
    kind,
    subject,
    reason: reason.value,
    placedById: work.person.id,
    placedAt: afterAll(all, work.now),
    releasedById: null,
    releasedAt: null,
  };
  await work.tx.legalHolds.insert(hold);
  const facts = { hold: hold.id, kind, subject };
  await noteDeed(work, 'records.hold', facts, kind === 'engagement' ? { engagementId: subject } : {});
  return answerPrivately(holdPlaced(all.length + 1, name));
}

/** Numbers go by this instant: one that waited for another hold comes behind it, so that no number ever changes. */
function afterAll(holds: readonly LegalHold[], now: Date): Date {
  const last = holds.at(-1)?.placedAt.getTime() ?? 0;
  return last < now.getTime() ? now : new Date(last + 1);
}

type Case = Pick<LegalHold, 'kind' | 'subject' | 'reason'>;
const isSame = (a: Case, b: Case): boolean =>
  a.kind === b.kind && a.subject === b.subject && a.reason === b.reason;

/** `hold` or `release hold` without all that belongs to it: how it is said. Refused for whoever places no holds. */
export const howToHold = ({ person }: Work): Answer =>
  answerPrivately(mayEver(person, 'records.hold') ? holdLike() : notYours());

/** A class of records, an engagement by its number, or the one person so called. */
async function subjectOf(work: Work, typed: string): Promise<Result<Subject, Message>> {
  const of = recordClassOf(typed);
  if (of)
    return recordParts(of.key).length > 0
      ? accepted({ kind: 'class', subject: of.key, name: of.name, word: of.key })
      : refused(nothingKept(of));
  const number = findRequestNumber(typed);
  if (number) {
    const engagement = await work.tx.engagements.byNumber(number);
    return engagement
      ? accepted({ kind: 'engagement', subject: engagement.id, name: number, word: number })
      : refused(noAccess(number));
  }
  const person = personCalled(typed, await work.tx.people.list());
  return person.ok
    ? accepted({
        kind: 'person',
        subject: person.value.id,
        name: person.value.name,
        word: person.value.id,
      })
    : refused(person.refusal);
}

/** `release hold 2 because …`: the same in two steps. Refused: no right, no such hold, one that is released, no reason. */
export async function releaseHold(
  work: Work,
  number: number,
  because: string,
  isConfirmed: boolean,
): Promise<Answer> {
  if (!mayEver(work.person, 'records.hold')) return answerPrivately(notYours());
  await work.tx.lock(LEGAL_HOLDS);
  const all = await shown(work, await work.tx.legalHolds.list());
  const found = all.find((each) => each.number === number);
  if (!found || found.hold.releasedAt !== null) return answerPrivately(noSuchHold(number, found ?? null));
  const reason = readWords(because, LONGEST_REASON);
  if (!reason.ok)
    return answerPrivately(mendInChat(reason.refusal, `release hold ${number} because The case is closed.`));
  if (!isConfirmed) return answerPrivately(reallyRelease(found, reason.value));
  const { id, kind, subject } = found.hold;
  await work.tx.legalHolds.release(id, work.person.id, work.now, reason.value);
  const facts = { hold: id, kind, subject };
  await noteDeed(work, 'records.release', facts, kind === 'engagement' ? { engagementId: subject } : {});
  return answerPrivately(holdReleased(number, found.name));
}

/** With number and names: numbers go by when a hold was placed, and none is ever deleted, so they stay. */
async function shown(work: Work, holds: readonly LegalHold[]): Promise<readonly HoldShown[]> {
  const people = await loadPeople(
    work,
    holds.flatMap(({ kind, subject, placedById, releasedById }) => [
      placedById,
      releasedById,
      kind === 'person' ? subject : null,
    ]),
  );
  const named: HoldShown[] = [];
  for (const [index, hold] of holds.entries()) {
    const { kind, subject } = hold;
    const engagement = kind === 'engagement' ? await work.tx.engagements.get(subject) : null;
    const name =
      kind === 'class'
        ? (recordClassOf(subject)?.name ?? subject)
        : kind === 'person'
          ? (people.get(subject)?.name ?? subject)
          : (engagement?.number ?? subject);
    named.push({
      number: index + 1,
      hold,
      name,
      placedBy: people.get(hold.placedById)?.name ?? hold.placedById,
      releasedBy:
        hold.releasedById === null ? null : (people.get(hold.releasedById)?.name ?? hold.releasedById),
    });
  }
  return named;
}
