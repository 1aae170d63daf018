/** Recording that a meeting was held: who was there, what was noted, decided and agreed; and reading the last record. */
import { mayMeeting } from '../domain/access.ts';
import type { RawValues } from '../domain/field.ts';
import type { PersonId } from '../domain/ids.ts';
import { declinedBy, type Meeting, recordMeeting } from '../domain/meeting.ts';
import { noShows } from '../domain/meeting-record.ts';
import { matchName } from '../domain/name-match.ts';
import type { People } from '../domain/person.ts';
import { localDate } from '../domain/time.ts';
import {
  meetingRecordByText,
  meetingRecordDialog,
  meetingRecorded,
  minutesCard,
  noMinutes,
  noShowNotice,
} from '../messages/copy/meeting-record.ts';
import { meetingStepRefusal } from '../messages/copy/meeting-verbs.ts';
import { nobodyCalled, PICK_PRESENT, severalCalled } from '../messages/copy/mends.ts';
import { sensitiveText } from '../messages/copy/refusals.ts';
import { say } from '../messages/message.ts';
import { sensitiveKinds } from './guard.ts';
import { asFact, type MeetingRef, type Opened, openMeeting, saveStep, scopeOf } from './meeting-change.ts';
import { meetingFacts } from './meeting-facts.ts';
import { tellFollowUps } from './meeting-follow-ups.ts';
import { openHeld } from './meeting-held.ts';
import { linesOf, readMinutes, type TypedMinutes } from './read-minutes.ts';
import { everybody, tellPerson } from './tell.ts';
import {
  type Answer,
  answer,
  answerPrivately,
  answerWithDialog,
  answerWithErrors,
  type Work,
} from './work.ts';

/** Opens the dialog for the record. */
export async function askForMeetingRecord(work: Work, ref: MeetingRef): Promise<Answer> {
  const opened = await openMeeting(work, ref, 'meeting.record');
  if (!opened.ok) return opened.answer;
  const { meeting, of } = opened.value;
  const made = recordMeeting(meeting, { heldOn: '', presentIds: [], minutes: EMPTY }, work.now);
  return made.ok ? answerWithDialog(meetingRecordDialog(of)) : answer(meetingStepRefusal(of, made.refusal));
}

const EMPTY = { notes: '', decisions: [], followUps: [] };

/** Records from the dialog's values; errors stand beside the fields, every value kept. */
export async function recordMeetingFromDialog(
  work: Work,
  ref: MeetingRef,
  values: RawValues,
): Promise<Answer> {
  const opened = await openMeeting(work, ref, 'meeting.record');
  if (!opened.ok) return opened.answer;
  const { meeting } = opened.value;
  // Cards send several choices as one text with commas.
  const chosen = Array.isArray(values.present) ? values.present : String(values.present ?? '').split(',');
  const presentIds = meeting.attendeeIds.filter((id) => chosen.includes(id));
  const typed = {
    notes: String(values.notes ?? ''),
    decisions: linesOf(String(values.decisions ?? '')),
    followUps: linesOf(String(values.followUps ?? '')),
  };
  const minutes = readMinutes(typed, await readerFor(work, meeting, opened.value.of.people));
  if (!minutes.ok || presentIds.length === 0)
    return answerWithErrors({
      ...(minutes.ok ? {} : minutes.refusal),
      ...(presentIds.length === 0 ? { present: PICK_PRESENT } : {}),
    });
  return saveRecord(work, opened, presentIds, minutes.value);
}

const readerFor = async (work: Work, { attendeeIds }: Meeting, people: People) => ({
  people: attendeeIds.flatMap((id) => people.get(id) ?? []),
  roster: await everybody(work),
  today: localDate(work.now, work.programme.timeZone),
});

/**
 * Records from one typed message: `present: …; absent: …; notes: …; decision: …; follow-up: …`. Without `present`,
 * everybody invited who has not declined counts as present but for those named as absent.
 */
export async function recordMeetingFromText(work: Work, ref: MeetingRef, text: string): Promise<Answer> {
  const opened = await openMeeting(work, ref, 'meeting.record');
  if (!opened.ok) return opened.answer;
  const { meeting, of } = opened.value;
  const may = recordMeeting(meeting, { heldOn: '', presentIds: [], minutes: EMPTY }, work.now);
  if (!may.ok) return answer(meetingStepRefusal(of, may.refusal));
  const kinds = sensitiveKinds(text);
  if (kinds.length > 0) return answer(sensitiveText(kinds));
  const parts = readRecordParts(text);
  if (!parts) return answer(meetingRecordByText(of));
  const present = readPresent(meeting, of.people, parts);
  if (!present.ok) return answer(say(present.mend));
  const minutes = readMinutes(parts, await readerFor(work, meeting, of.people));
  if (!minutes.ok) return answer(say(...Object.values(minutes.refusal)));
  return saveRecord(work, opened, present.ids, minutes.value);
}

interface RecordParts extends TypedMinutes {
  readonly present: string | null;
  readonly absent: string;
}

const PART = /^(present|absent|notes?|decisions?|decided|follow-?ups?|to ?do)\s*:\s*(.*)$/isu;

/** The labelled parts between semicolons or lines; what has no label goes on with the part before. Null for none. */
function readRecordParts(text: string): RecordParts | null {
  const found: { label: string; words: string }[] = [];
  for (const piece of text.split(/[;\n]/u).map((each) => each.trim())) {
    const [, label, words = ''] = PART.exec(piece) ?? [];
    const before = found.at(-1);
    if (label) found.push({ label: label.toLowerCase().charAt(0), words: words.trim() });
    else if (before && piece !== '') before.words += `; ${piece}`;
  }
  const of = (...initials: readonly string[]): string[] =>
    found.filter(({ label, words }) => initials.includes(label) && words !== '').map(({ words }) => words);
  if (found.length === 0) return null;
  return {
    present: found.some(({ label }) => label === 'p') ? of('p').join(',') : null,
    absent: of('a').join(','),
    notes: of('n').join('\n'),
    decisions: of('d'),
    followUps: of('f', 't'),
  };
}

function readPresent(
  meeting: Meeting,
  people: People,
  { present, absent }: RecordParts,
): { readonly ok: true; readonly ids: PersonId[] } | { readonly ok: false; readonly mend: string } {
  const invited = meeting.attendeeIds.flatMap((id) => people.get(id) ?? []);
  const ids = (typed: string): PersonId[] | string => {
    const found: PersonId[] = [];
    for (const name of typed.split(/,|\band\b/u).map((each) => each.trim())) {
      if (name === '' || /^(all|everybody|everyone|nobody|none)$/iu.test(name)) continue;
      const match = matchName(invited, name);
      if (!match.ok)
        return match.refusal.code === 'several' ? severalCalled(match.refusal) : nobodyCalled(name);
      found.push(match.value.id);
    }
    return found;
  };
  const there = ids(present ?? '');
  const away = ids(absent);
  if (typeof there === 'string') return { ok: false, mend: there };
  if (typeof away === 'string') return { ok: false, mend: away };
  const declined = declinedBy(meeting);
  const all = present === null || there.length === 0;
  const counted = meeting.attendeeIds.filter((id) => (all ? !declined.has(id) : there.includes(id)));
  return { ok: true, ids: counted.filter((id) => !away.includes(id)) };
}

async function saveRecord(
  work: Work,
  opened: Extract<Opened, { ok: true }>,
  presentIds: readonly PersonId[],
  minutes: Meeting['minutes'] & object,
): Promise<Answer> {
  const { meeting, engagement, of } = opened.value;
  const heldOn = localDate(meeting.bookedFor?.startsAt ?? work.now, work.programme.timeZone);
  const made = recordMeeting(meeting, { heldOn, presentIds, minutes }, work.now);
  if (!made.ok) return answer(meetingStepRefusal(of, made.refusal));
  const missing = noShows(made.value);
  await saveStep(work, made.value, engagement, {
    verb: 'meeting.record',
    before: meeting,
    facts: { heldOn, present: asFact(presentIds), noShows: asFact(missing) },
  });
  const now = await meetingFacts(work, made.value);
  await tellFollowUps(work, made.value, now);
  // In a message of their own, also when they record it themselves: a channel may be listening to the answer.
  if (missing.length > 0)
    await tellPerson(work, meeting.organizerId, {
      key: `no-shows:${meeting.id}`,
      kind: 'notice',
      message: noShowNotice(now, missing),
    });
  return answer(meetingRecorded(now));
}

/** `minutes weekly`, `minutes weekly Dec 8`, `minutes initial ISSO-2026-0001`: the last record, for those who may read it; whoever has only a follow-up of it sees that. */
export async function showMinutes(work: Work, words: string): Promise<Answer> {
  const opened = await openHeld(work, words);
  if (opened === null) return answer(noMinutes());
  if (!opened.ok) return opened.answer;
  const { meeting, engagement, of } = opened.value;
  const isAllTheirs = mayMeeting(work.person, 'meeting.read-minutes', scopeOf(meeting), engagement);
  return answerPrivately(minutesCard(of, work.person, isAllTheirs));
}
