/** The CMS forum: CMS sets its date, somebody of ISPG types it in, everybody has it in their calendar. */
import { mayEver } from '../domain/access.ts';
import type { Meeting, Slot } from '../domain/meeting.ts';
import { unusualTimes } from '../domain/slots.ts';
import { localDate, localTime, MINUTE_MS } from '../domain/time.ts';
import { readDateTime } from '../forms/date-time-words.ts';
import {
  forumImported,
  forumNotAllowed,
  forumOver,
  forumPast,
  forumUnread,
  forumUnusual,
} from '../messages/copy/forum.ts';
import { sensitiveText } from '../messages/copy/refusals.ts';
import { PROGRAMME_MEETINGS } from '../offerings/programme-meetings.ts';
import { readWords, sensitiveKinds } from './guard.ts';
import { whoIsInvited } from './meeting-attendees.ts';
import { takeBackClosedDay } from './tell-closed-days.ts';
import { tellMeeting } from './tell-meeting.ts';
import { type Answer, answer, type Work } from './work.ts';

/** The key under which imported forums stand; there is one a month (domain reference 6.1). */
export const FORUM = 'import:forum';
const LONGEST_TITLE = 120;
/** A day, and a time with its half of the day or in 24 hours, then perhaps a zone; the rest is the title. */
const SHAPE =
  /^(\S.{0,60}?\d{1,2}(?::\d{2})?\s*(?:am|pm|a\.m\.|p\.m\.)|\S.{0,60}?\b\d{1,2}:\d{2})(?:\s+(?:eastern|central|mountain|pacific|e[sd]?t|c[sd]?t|m[sd]?t|p[sd]?t)\b(?:\s+time\b)?)?[\s:,-]*(.*)$/isu;

/**
 * `import forum 2026-12-17 1pm Zero trust`: makes the forum of that month, or moves it when its date was corrected.
 * The time is read in the programme's zone unless one is named. Refused: not ISPG, no time, a time that has passed. A closed
 * day or an hour outside business hours has to be confirmed with `anyway` at the end.
 */
export async function importForum(work: Work, typed: string): Promise<Answer> {
  if (!mayEver(work.person, 'cadence.set')) return answer(forumNotAllowed());
  const kinds = sensitiveKinds(typed);
  if (kinds.length > 0) return answer(sensitiveText(kinds));
  const { given, isConfirmed } = takeAnyway(typed.trim());
  const [whole = '', , words = ''] = SHAPE.exec(given) ?? [];
  const when = whole.slice(0, whole.length - words.length).replace(/(?<![\s:,-])[\s:,-]+$/u, '');
  const at = readDateTime(when, { now: work.now, zone: work.programme.timeZone });
  if (when === '') return answer(forumUnread());
  if (!at.ok) return answer(forumUnread(at.refusal.text));
  if (at.value <= work.now) return answer(forumPast(at.value));
  const title = words === '' ? null : readWords(words, LONGEST_TITLE);
  if (title && !title.ok) return answer(forumUnread(title.refusal));
  const slot = {
    startsAt: at.value,
    endsAt: new Date(at.value.getTime() + PROGRAMME_MEETINGS.forum.minutes * MINUTE_MS),
  };
  return keep(work, slot, title?.value ?? null, isConfirmed);
}

function takeAnyway(typed: string): { readonly given: string; readonly isConfirmed: boolean } {
  const given = typed.replace(/(?<!\s)\s+anyway\.?$/iu, '');
  return { given, isConfirmed: given !== typed };
}

async function keep(work: Work, slot: Slot, title: string | null, isConfirmed: boolean): Promise<Answer> {
  const invited = await whoIsInvited(work, 'forum', null, work.person.id);
  if (!invited) return answer(forumUnread());
  // Two who import the same month's forum at once must not make two of it.
  await work.tx.lock(FORUM);
  const month = localDate(slot.startsAt, work.programme.timeZone).slice(0, 7);
  const [known] = (await work.tx.meetings.ofCadence(FORUM, month)).filter(({ plannedFor }) =>
    plannedFor?.startsWith(month),
  );
  const before = known ? await work.tx.meetings.forChange(known.id) : null;
  if (before?.state === 'held') return answer(forumOver());
  const isSameTime =
    before?.state === 'booked' && before.bookedFor?.startsAt.getTime() === slot.startsAt.getTime();
  const { calendar, businessHours, timeZone } = work.programme;
  const unusual = isConfirmed || isSameTime ? [] : unusualTimes(slot, calendar, businessHours);
  if (unusual.length > 0) return answer(forumUnusual(slot, unusual, { title, zone: timeZone }));
  const meeting = before ? moved(before, slot, title) : made(work, slot, title, invited);
  if (before && isSame(before, meeting)) return answer(forumImported(before, 'same'));
  if (!before) await work.tx.meetings.insert(meeting);
  else if (!(await work.tx.meetings.update(meeting)))
    throw new Error(`meeting ${meeting.id} changed while it was locked`);
  await work.tx.audit.append({
    at: work.now,
    actorId: work.person.id,
    forId: null,
    role: work.person.roles.includes('gtl') ? 'gtl' : 'ispg_team',
    verb: 'forum.import',
    engagementId: null,
    from: before?.state ?? null,
    to: meeting.state,
    reason: null,
    platform: work.from.platform,
    facts: { meeting: meeting.id, startsAt: slot.startsAt.toISOString() },
  });
  await tellMeeting(work, meeting, { by: 'plan' });
  if (before) await takeBackClosedDay(work, meeting);
  return answer(forumImported(meeting, before ? 'moved' : 'made'));
}

function made(
  work: Work,
  slot: Slot,
  title: string | null,
  invited: Pick<Meeting, 'organizerId' | 'attendeeIds'>,
): Meeting {
  const id = work.newId();
  const { timeZone } = work.programme;
  return {
    ...invited,
    id,
    engagementId: null,
    kind: 'forum',
    title,
    cadenceKey: FORUM,
    plannedFor: `${localDate(slot.startsAt, timeZone)}T${localTime(slot.startsAt, timeZone)}`,
    movedFrom: null,
    state: 'booked',
    version: 1,
    uid: `meeting-${id}@isso-as-a-service`,
    sequence: 1,
    token: work.newToken(),
    offered: [],
    offeredAt: null,
    proposed: [],
    bookedFor: slot,
    released: null,
    heldOn: null,
    presentIds: [],
    notes: null,
    responses: [],
    minutes: null,
  };
}

/** The corrected date; also brings back one that was cancelled. */
function moved(before: Meeting, slot: Slot, title: string | null): Meeting {
  const isNewTime =
    before.state !== 'booked' || before.bookedFor?.startsAt.getTime() !== slot.startsAt.getTime();
  return {
    ...before,
    title: title ?? before.title,
    state: 'booked',
    bookedFor: slot,
    released: null,
    proposed: [],
    responses: isNewTime ? [] : before.responses,
    version: before.version + 1,
    sequence: isNewTime ? before.sequence + 1 : before.sequence,
  };
}

const isSame = (before: Meeting, after: Meeting): boolean =>
  before.state === 'booked' && before.sequence === after.sequence && before.title === after.title;
