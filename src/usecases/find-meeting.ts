/** Which meeting somebody means by what they typed: `weekly`, `weekly Dec 8`, `initial ISSO-2026-0001`. */
import { findRequestNumber } from '../domain/ids.ts';
import type { Meeting } from '../domain/meeting.ts';
import { MEETING_KINDS, type MeetingKind } from '../domain/meeting-kinds.ts';
import { addDays, DAY_MS, instantOf, type LocalDate, localDate } from '../domain/time.ts';
import { readDate } from '../forms/read-date.ts';
import { MEETING_WORDS } from '../messages/copy/meeting.ts';
import type { Work } from './work.ts';

/** Meetings are looked for so far ahead and, for `begun`, so far back. */
const DAYS_AHEAD = 400;
const DAYS_BACK = 120;
/** Offered meetings looked through for one that has no time yet. */
const MOST_OFFERED = 500;
const LONGEST_WORDS = 120;
/** A meeting stands no further from the day its cadence gave it. */
const LONGEST_MOVE_DAYS = 100;
/** With its hyphens, so that `weekly 2026-12-08` is a day and no request. */
const NUMBER_SHAPE = /\b[A-Za-z]{2,8}-20\d{2}-\d{1,6}\b(?!-)/u;

/** The kind that `word` names, or null. */
export function meetingKindOf(word: string): MeetingKind | null {
  const wanted = word.trim().toLowerCase();
  return MEETING_KINDS.find((kind) => MEETING_WORDS[kind].includes(wanted)) ?? null;
}

/** What typed words say about a meeting, before looking for it. */
interface MeetingWords {
  readonly kind: MeetingKind;
  readonly number: string | null;
  /** A day named behind it, as it was typed; null for none. */
  readonly day: string | null;
}

/** The kind, the request number and the day in `words`; null when no kind is named at the beginning or behind the number. More than `longest` characters are not looked at. */
export function readMeetingWords(words: string, longest = LONGEST_WORDS): MeetingWords | null {
  const typed = words
    .slice(0, longest)
    .trim()
    .replace(/^(?:the|my|next)\s+/iu, '');
  const number = findRequestNumber(NUMBER_SHAPE.exec(typed)?.[0] ?? '');
  const rest = (number ? typed.replace(NUMBER_SHAPE, ' ') : typed).trim();
  const [, first = '', behind = ''] =
    /^([A-Za-z]+)\b(?:\s+(?:meeting|check-in|session)\b)?[\s:;,.]*(.*)$/su.exec(rest) ?? [];
  const kind = meetingKindOf(first);
  if (!kind) return null;
  const day = behind.replace(/^(?:on|of)\s+/iu, '').trim();
  return { kind, number, day: day === '' ? null : day };
}

type Finder = Pick<Work, 'tx' | 'now' | 'programme'> & Partial<Pick<Work, 'person'>>;

/**
 * The meeting that `words` name, whoever may see it (ask access next); null when they name none. With a day it is the one
 * booked for it, else one that was held or called off then, so that somebody can be told so. Without a day it is the next one not yet over, or for `begun` the last one that has begun. The day is read in the person's zone and the programme's.
 */
export async function findMeeting(
  work: Finder,
  words: string,
  which: 'next' | 'begun' = 'next',
): Promise<Meeting | null> {
  const meant = readMeetingWords(words);
  if (!meant) return null;
  const engagement = meant.number ? await work.tx.engagements.byNumber(meant.number) : null;
  if (meant.number && !engagement) return null;
  const engagementId = engagement?.id ?? null;
  const isMeant = (meeting: Meeting) => meeting.engagementId === engagementId;
  if (meant.day !== null) {
    const on = readDay(meant.day, work);
    if (on === null) return null;
    const booked = own(work, (await bookedOn(work, meant.kind, on)).filter(isMeant)).at(0);
    return booked ?? settledOn(work, meant.kind, engagementId, on);
  }
  const found = (await bookedAround(work, meant.kind, which)).filter(isMeant);
  const one = which === 'begun' ? own(work, found).at(-1) : own(work, found).at(0);
  return one ?? (await withoutTime(work, meant.kind, engagementId));
}

/** "Dec 8" said on Dec 20 may be the one just past, for a record; the nearer one counts. */
function readDay(words: string, { now, programme }: Finder): LocalDate | null {
  const today = localDate(now, programme.timeZone);
  const ahead = readDate(words, today);
  const behind = readDate(words, addDays(today, -DAYS_BACK));
  if (!ahead.ok) return null;
  const isNear = behind.ok && behind.value < today && ahead.value > addDays(today, DAYS_BACK);
  return isNear ? behind.value : ahead.value;
}

/** Booked meetings of the kind that begin on that day where the person is, or where the programme is. */
async function bookedOn(work: Finder, kind: MeetingKind, on: LocalDate): Promise<Meeting[]> {
  const zones = [work.programme.timeZone, work.person?.timeZone ?? work.programme.timeZone];
  const noon = instantOf(on, '12:00', work.programme.timeZone).getTime();
  const near = await work.tx.meetings.bookedOf(
    kind,
    new Date(noon - 2 * DAY_MS),
    new Date(noon + 2 * DAY_MS),
  );
  return near.filter(
    ({ bookedFor }) => bookedFor && zones.some((zone) => localDate(bookedFor.startsAt, zone) === on),
  );
}

/** One that was held on that day, or left out or called off; nobody's turn any more. */
async function settledOn(
  { tx, programme }: Finder,
  kind: MeetingKind,
  engagementId: string | null,
  on: LocalDate,
): Promise<Meeting | null> {
  const from = instantOf(on, '00:00', programme.timeZone);
  const held = await tx.meetings.heldOf(kind, from, new Date(from.getTime() + DAY_MS));
  const found = held.find((meeting) => meeting.engagementId === engagementId);
  if (found) return found;
  const key = engagementId === null ? `meeting:${kind}` : `meeting:${kind}:${engagementId}`;
  const cadenceKey = kind === 'forum' ? 'import:forum' : key;
  const planned = await tx.meetings.ofCadence(cadenceKey, addDays(on, -LONGEST_MOVE_DAYS));
  const dayOf = ({ bookedFor, plannedFor }: Meeting): string =>
    bookedFor ? localDate(bookedFor.startsAt, programme.timeZone) : (plannedFor ?? '').slice(0, 10);
  return planned.find((meeting) => meeting.state === 'cancelled' && dayOf(meeting) === on) ?? null;
}

async function bookedAround(work: Finder, kind: MeetingKind, which: 'next' | 'begun'): Promise<Meeting[]> {
  const { tx, now } = work;
  if (which === 'begun') {
    return tx.meetings.bookedOf(
      kind,
      new Date(now.getTime() - DAYS_BACK * DAY_MS),
      new Date(now.getTime() + 1),
    );
  }
  const found = await tx.meetings.bookedOf(
    kind,
    new Date(now.getTime() - DAY_MS),
    new Date(now.getTime() + DAYS_AHEAD * DAY_MS),
  );
  return found.filter(({ bookedFor }) => bookedFor && bookedFor.endsAt > now);
}

/** Those the person is invited to, when there are any. */
function own({ person }: Finder, meetings: readonly Meeting[]): readonly Meeting[] {
  const invited = meetings.filter(({ attendeeIds }) => person && attendeeIds.includes(person.id));
  return invited.length > 0 ? invited : meetings;
}

/** The latest one of that kind that has no booked time, such as one whose times are on offer. */
async function withoutTime(
  { tx }: Finder,
  kind: MeetingKind,
  engagementId: string | null,
): Promise<Meeting | null> {
  if (engagementId !== null) return tx.meetings.ofEngagement(engagementId, kind);
  const offered = await tx.meetings.inStates(['offered'], MOST_OFFERED);
  return offered.filter((meeting) => meeting.kind === kind && meeting.engagementId === null).at(-1) ?? null;
}
