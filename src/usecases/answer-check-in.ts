/** Writing a check-in, in the dialog or in words, and reading it back. */
import { mayCheckIn, mayReadCheckIns } from '../domain/access.ts';
import { CHECK_IN_PARTS, type CheckInAnswers, saysSomething, takesCheckIns } from '../domain/check-in.ts';
import type { RawValues } from '../domain/field.ts';
import type { MeetingId } from '../domain/ids.ts';
import type { Meeting } from '../domain/meeting.ts';
import type { MeetingKind } from '../domain/meeting-kinds.ts';
import { fieldsOf, type Page, pages, readPage } from '../forms/pages.ts';
import {
  CHECK_IN_LABELS,
  checkInDialog,
  checkInKept,
  checkInMends,
  NOTHING_WRITTEN,
  noCheckIn,
  ownCheckIn,
} from '../messages/copy/check-in.ts';
import { sensitiveText } from '../messages/copy/refusals.ts';
import { CHECK_IN_FORM, CHECK_IN_KINDS } from '../offerings/check-in-questions.ts';
import { PROGRAMME_MEETINGS } from '../offerings/programme-meetings.ts';
import { type CheckInFacts, checkInFacts } from './check-in-facts.ts';
import { sensitiveKinds } from './guard.ts';
import { formContext } from './intake-context.ts';
import { collectedMessage, drawCheckIns } from './show-check-ins.ts';
import {
  type Answer,
  answer,
  answerPrivately,
  answerWithDialog,
  answerWithErrors,
  type Work,
} from './work.ts';

/** Opens the dialog, filled with what was written before. */
export async function askForCheckIn(work: Work, meetingId: MeetingId): Promise<Answer> {
  const facts = await openCheckIn(work, meetingId);
  if (!facts) return answer(noCheckIn());
  return answerWithDialog(checkInDialog(facts.named, fieldsOf(thePage(), ownAnswers(work, facts) ?? {})));
}

/** Keeps what the dialog was sent with; errors stand beside the fields, every value kept. */
export async function answerCheckInFromDialog(
  work: Work,
  meetingId: MeetingId,
  values: RawValues,
): Promise<Answer> {
  const facts = await openCheckIn(work, meetingId);
  if (!facts) return answer(noCheckIn());
  const read = await readAnswers(work, values);
  return read.ok ? keep(work, facts, read.answers) : answerWithErrors(read.errors);
}

/** No meeting is planned beyond. */
const FAR_AHEAD = new Date(Date.UTC(9999, 0, 1));
const SHAPE = /^check[- ]?in(?<several>s)?(?:[ ](?<word>[a-z]{3,12}))?[ ]?(?<rest>:[\s\S]*)?$/iu;
const PART = /(?:^:?|[;,.\n])[ ]*(well|way|help)[ ]*:/giu;

/**
 * What somebody typed about a check-in: `check in weekly: well: …; way: …; help: …` keeps the parts that are named,
 * `check in` shows the one that is open, `check ins` what everybody wrote. Null for anything else; with `withWords`, also
 * for what names no part.
 */
export async function checkInByWords(
  work: Work,
  typed: string,
  only: 'with-words' | 'all',
): Promise<Answer | null> {
  const { several, word, rest } = SHAPE.exec(typed)?.groups ?? {};
  const kind = CHECK_IN_KINDS.find((each) => each.word === word?.toLowerCase())?.kind ?? null;
  if (!SHAPE.test(typed) || (word !== undefined && kind === null)) return null;
  const given = readParts(rest ?? '');
  if (only === 'with-words' && Object.keys(given).length === 0) return null;
  if (rest !== undefined && rest !== ':') return answerCheckInFromText(work, kind, rest, given);
  if (several !== undefined) return showCollected(work, kind);
  return showOwnCheckIn(work, kind);
}

/** The check-in that this person can write next, of that kind of meeting or any, with what stands there. */
export async function showOwnCheckIn(work: Work, kind: MeetingKind | null = null): Promise<Answer> {
  const facts = await nextCheckIn(work, kind);
  return answerPrivately(facts ? ownCheckIn(facts.named, ownAnswers(work, facts)) : noCheckIn());
}

/** The next meeting for which the person was asked to write and has not written; null for none. */
export async function awaitedCheckIn(
  work: Pick<Work, 'tx' | 'now' | 'person'>,
): Promise<CheckInFacts | null> {
  for (const meeting of await meetingsAhead(work, null)) {
    if (!isOpenFor(work, meeting)) continue;
    const asked = await work.tx.checkIns.get(meeting.id, work.person.id);
    if (asked) return asked.answers === null ? checkInFacts(work.tx, meeting) : null;
  }
  return null;
}

async function answerCheckInFromText(
  work: Work,
  kind: MeetingKind | null,
  rest: string,
  given: RawValues,
): Promise<Answer> {
  const kinds = sensitiveKinds(rest);
  if (kinds.length > 0) return answer(sensitiveText(kinds));
  const facts = await nextCheckIn(work, kind);
  if (!facts) return answerPrivately(noCheckIn());
  const { word } = facts.named;
  if (Object.keys(given).length === 0) return answerPrivately(checkInMends(word, []));
  const read = await readAnswers(work, { ...ownAnswers(work, facts), ...given });
  if (read.ok) return keep(work, facts, read.answers);
  const mends = CHECK_IN_PARTS.flatMap((part) => {
    const error = read.errors[part];
    return error === undefined
      ? []
      : [error === NOTHING_WRITTEN ? error : `${CHECK_IN_LABELS[part].label}: ${error}`];
  });
  return answerPrivately(checkInMends(word, mends));
}

/** The parts that are named in the words behind the colon; what stands before the first name is nobody's. */
function readParts(rest: string): RawValues {
  const found = [...rest.matchAll(PART)];
  const entries = found.map((match, place) => {
    const from = match.index + match[0].length;
    const part = CHECK_IN_PARTS.find((each) => CHECK_IN_LABELS[each].typed === match[1]?.toLowerCase());
    return [part ?? '', rest.slice(from, found[place + 1]?.index ?? rest.length).trim()] as const;
  });
  return Object.fromEntries(entries);
}

function thePage(): Page {
  const [page] = pages(CHECK_IN_FORM, {});
  if (!page) throw new Error('the check-in has no questions');
  return page;
}

type ReadAnswers =
  | { readonly ok: true; readonly answers: CheckInAnswers }
  | { readonly ok: false; readonly errors: Readonly<Record<string, string>> };

async function readAnswers(work: Work, values: RawValues): Promise<ReadAnswers> {
  const read = readPage(thePage(), values, {}, await formContext(work));
  if (!read.ok) return { ok: false, errors: read.refusal.errors };
  const words = CHECK_IN_PARTS.map((part) => [part, String(read.value[part] ?? '')] as const);
  const answers = Object.fromEntries(words) as Record<keyof CheckInAnswers, string>;
  return saysSomething(answers)
    ? { ok: true, answers }
    : { ok: false, errors: { wentWell: NOTHING_WRITTEN } };
}

async function keep(work: Work, facts: CheckInFacts, answers: CheckInAnswers): Promise<Answer> {
  const { meeting, checkIns } = facts;
  const before = checkIns.find(({ personId }) => personId === work.person.id);
  const checkIn = {
    meetingId: meeting.id,
    personId: work.person.id,
    askedAt: before?.askedAt ?? work.now,
    answers,
    answeredAt: work.now,
  };
  await work.tx.checkIns.answer(checkIn);
  await work.tx.audit.append({
    at: work.now,
    actorId: work.person.id,
    forId: null,
    role: work.person.roles[0] ?? null,
    verb: 'check-in.answer',
    engagementId: meeting.engagementId,
    from: null,
    to: null,
    reason: null,
    platform: work.from.platform,
    facts: { meeting: meeting.id },
  });
  const others = checkIns.filter(({ personId }) => personId !== work.person.id);
  await drawCheckIns(work, { ...facts, checkIns: [...others, checkIn] }, work.newId());
  return answerPrivately(checkInKept(facts.named, answers, (before?.answers ?? null) !== null));
}

const ownAnswers = (work: Work, { checkIns }: CheckInFacts): CheckInAnswers | null =>
  checkIns.find(({ personId }) => personId === work.person.id)?.answers ?? null;

/**
 * The meeting's facts when this person can write for it now; null alike when there is no such meeting, it has begun, or
 * they don't belong to it. The meeting is locked, so that cards are drawn one after the other.
 */
async function openCheckIn(work: Work, id: MeetingId): Promise<CheckInFacts | null> {
  const meeting = await work.tx.meetings.forChange(id);
  if (!meeting || !isOpenFor(work, meeting)) return null;
  return checkInFacts(work.tx, meeting);
}

function isOpenFor(work: Pick<Work, 'now' | 'person'>, meeting: Meeting): boolean {
  const roles = PROGRAMME_MEETINGS[meeting.kind].checkIn?.roles ?? [];
  return takesCheckIns(meeting, work.now) && mayCheckIn(work.person, meeting, roles);
}

/** The next meeting that this person can write for, of that kind or any. */
async function nextCheckIn(work: Work, kind: MeetingKind | null): Promise<CheckInFacts | null> {
  const [next] = (await meetingsAhead(work, kind)).filter((meeting) => isOpenFor(work, meeting));
  return next ? openCheckIn(work, next.id) : null;
}

/** Booked meetings of these kinds that take check-ins now, the next first. */
async function meetingsAhead(
  work: Pick<Work, 'tx' | 'now'>,
  kind: MeetingKind | null,
): Promise<readonly Meeting[]> {
  const found: Meeting[] = [];
  for (const each of CHECK_IN_KINDS) {
    if (kind !== null && kind !== each.kind) continue;
    found.push(...(await work.tx.meetings.bookedOf(each.kind, work.now, FAR_AHEAD)));
  }
  const startMs = (meeting: Meeting): number => meeting.bookedFor?.startsAt.getTime() ?? 0;
  return found
    .filter((meeting) => takesCheckIns(meeting, work.now))
    .toSorted((a, b) => startMs(a) - startMs(b));
}

/** What everybody wrote, to those who prepare the next meetings; their own to all others. */
async function showCollected(work: Work, kind: MeetingKind | null): Promise<Answer> {
  const first = CHECK_IN_KINDS.flatMap(({ kind: each }) => (kind === null || kind === each ? [each] : []));
  const ahead = await meetingsAhead(work, kind);
  const say = [];
  for (const each of first) {
    const next = ahead.find((meeting) => meeting.kind === each && mayReadCheckIns(work.person, meeting));
    const facts = next ? await checkInFacts(work.tx, next) : null;
    if (facts) say.push(collectedMessage(facts));
  }
  if (say.length > 0) return answerPrivately(...say);
  return showOwnCheckIn(work, kind);
}
