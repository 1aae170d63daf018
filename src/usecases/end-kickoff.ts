/** Cancelling the kickoff, and recording that it was held. */
import { type Engagement, holdKickoff, partiesOf, type Represented } from '../domain/engagement.ts';
import type { RawValues } from '../domain/field.ts';
import type { PersonId } from '../domain/ids.ts';
import { cancel, type KickoffNotes, type Meeting, type Minutes, recordHeld } from '../domain/meeting.ts';
import type { People } from '../domain/person.ts';
import { accepted, type Result } from '../domain/result.ts';
import { localDate, readLocalDate } from '../domain/time.ts';
import {
  cancelled,
  KICKOFF_TOPICS,
  recordByText,
  recordDialog,
  recorded,
  recordedNotice,
} from '../messages/copy/kickoff.ts';
import { followUpOwners } from '../messages/copy/meeting-record.ts';
import { DATE_TO_COME, GIVE_DATE, orNotDiscussed, PICK_PRESENT } from '../messages/copy/mends.ts';
import { engagementRefusal, meetingRefusal, sensitiveText } from '../messages/copy/refusals.ts';
import { say } from '../messages/message.ts';
import { type KickoffRef, openKickoff, saveEngagement, saveMeeting } from './change-engagement.ts';
import { readWords, sensitiveKinds } from './guard.ts';
import { tellKickoff } from './kickoff-cards.ts';
import { meetingFacts } from './meeting-facts.ts';
import { tellFollowUps } from './meeting-follow-ups.ts';
import { linesOf, readMinutes, type TypedMinutes } from './read-minutes.ts';
import { everybody, peopleAround, tellPeople } from './tell.ts';
import { startStepClock, tellNext } from './tell-step.ts';
import { type Answer, answer, answerWithDialog, answerWithErrors, type Work } from './work.ts';

const LONGEST_NOTES = 2_000;

/** Calls the kickoff off; the request stays open and ISPG can offer new times. */
export async function cancelKickoff(work: Work, ref: KickoffRef): Promise<Answer> {
  const opened = await openKickoff(work, ref, 'kickoff.cancel');
  if (!opened.ok) return opened.answer;
  const { engagement, meeting } = opened.value;
  const made = cancel(meeting);
  if (!made.ok) return answer(meetingRefusal(engagement.number, made.refusal));
  await saveMeeting(work, engagement, made.value, 'kickoff.cancel');
  await tellKickoff(work, engagement, made.value);
  return answer(cancelled(engagement));
}

/** What ISPG writes down about a kickoff that was held. */
export interface KickoffRecord {
  readonly heldOn: string;
  readonly presentIds: readonly PersonId[];
  readonly notes: KickoffNotes;
  readonly minutes: Minutes | null;
}

/** Opens the dialog for the record, filled in with the date and the invited people. */
export async function askForKickoffRecord(work: Work, ref: KickoffRef): Promise<Answer> {
  const opened = await openKickoff(work, ref, 'kickoff.record');
  if (!opened.ok) return opened.answer;
  const { engagement, meeting } = opened.value;
  if (meeting.state !== 'booked' || !meeting.bookedFor) {
    return answer(meetingRefusal(engagement.number, { code: 'wrong-state', state: meeting.state }));
  }
  const people = await peopleAround(work, engagement, meeting);
  const heldOn = localDate(meeting.bookedFor.startsAt, work.programme.timeZone);
  return answerWithDialog(recordDialog(engagement, meeting, people, heldOn));
}

/** Records the kickoff from the dialog's values; errors stand beside the fields, every value kept. */
export async function recordKickoffFromDialog(
  work: Work,
  ref: KickoffRef,
  values: RawValues,
): Promise<Answer> {
  const opened = await openKickoff(work, ref, 'kickoff.record');
  if (!opened.ok) return opened.answer;
  const errors: Record<string, string> = {};
  const heldOn = readLocalDate(String(values.heldOn ?? '').trim());
  const today = localDate(work.now, work.programme.timeZone);
  if (!heldOn) errors.heldOn = GIVE_DATE;
  else if (heldOn > today) errors.heldOn = DATE_TO_COME;
  const notes = {} as Record<keyof KickoffNotes, string>;
  for (const topic of KICKOFF_TOPICS) {
    const words = readWords(String(values[topic.id] ?? ''), LONGEST_NOTES);
    if (words.ok) notes[topic.id] = words.value;
    else errors[topic.id] = orNotDiscussed(words.refusal);
  }
  // Cards send several choices as one text with commas.
  const chosen = Array.isArray(values.present) ? values.present : String(values.present ?? '').split(',');
  const presentIds = opened.value.meeting.attendeeIds.filter((id) => chosen.includes(id));
  if (presentIds.length === 0) errors.present = PICK_PRESENT;
  const agreed = await readAgreed(work, opened.value, {
    decisions: linesOf(String(values.decisions ?? '')),
    followUps: linesOf(String(values.followUps ?? '')),
  });
  if (!agreed.ok) Object.assign(errors, agreed.refusal);
  if (!heldOn || !agreed.ok || Object.keys(errors).length > 0) return answerWithErrors(errors);
  return recordKickoff(work, ref, { heldOn, presentIds, notes, minutes: agreed.value });
}

/** Decisions and follow-ups beside the notes; null when there were none. */
async function readAgreed(
  work: Work,
  { engagement, meeting }: { readonly engagement: Engagement; readonly meeting: Meeting },
  typed: Pick<TypedMinutes, 'decisions' | 'followUps'>,
): Promise<Result<Minutes | null, Partial<Record<keyof TypedMinutes, string>>>> {
  if (typed.decisions.length === 0 && typed.followUps.length === 0) return accepted(null);
  const people = await peopleAround(work, engagement, meeting);
  return readMinutes(
    { notes: '', ...typed },
    {
      people: [...people.values()],
      roster: await everybody(work),
      today: localDate(work.now, work.programme.timeZone),
    },
  );
}

/**
 * Records the kickoff from one typed message: `requirements: …; effort: …; funding: …; onboarding: …; absent: name`, with
 * `decision: …` and `follow-up: …` as often as wanted. Everybody invited counts as present unless named as absent.
 */
export async function recordKickoffFromText(work: Work, ref: KickoffRef, text: string): Promise<Answer> {
  const opened = await openKickoff(work, ref, 'kickoff.record');
  if (!opened.ok) return opened.answer;
  const { engagement, meeting } = opened.value;
  const parts = readParts(text);
  const notes = {} as Record<keyof KickoffNotes, string>;
  for (const topic of KICKOFF_TOPICS) notes[topic.id] = parts.get(topic.typed) ?? '';
  if (Object.values(notes).some((words) => words === '')) return answer(recordByText(engagement));
  const kinds = sensitiveKinds(text);
  if (kinds.length > 0) return answer(sensitiveText(kinds));
  const people = await peopleAround(work, engagement, meeting);
  const absent = (parts.get('absent') ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  const presentIds = meeting.attendeeIds.filter((id) => {
    const name = people.get(id)?.name.toLowerCase() ?? id;
    return !absent.some((missing) => name.includes(missing) || id === missing);
  });
  const heldOn = meeting.bookedFor ? localDate(meeting.bookedFor.startsAt, work.programme.timeZone) : '';
  const agreed = await readAgreed(work, opened.value, {
    decisions: everyPart(text, /^decisions?$/iu),
    followUps: everyPart(text, /^follow-?ups?$/iu),
  });
  if (!agreed.ok) return answer(say(...Object.values(agreed.refusal)));
  return recordKickoff(work, ref, { heldOn, presentIds, notes, minutes: agreed.value });
}

function readParts(text: string): Map<string, string> {
  const parts = new Map<string, string>();
  for (const part of text.split(/[;\n]/u)) {
    const colon = part.indexOf(':');
    if (colon > 0)
      parts.set(
        part.slice(0, colon).trim().toLowerCase(),
        part
          .slice(colon + 1)
          .trim()
          .slice(0, LONGEST_NOTES),
      );
  }
  return parts;
}

/** The words behind a label that may come several times. */
const everyPart = (text: string, label: RegExp): string[] =>
  text.split(/[;\n]/u).flatMap((part) => {
    const colon = part.indexOf(':');
    const words = part.slice(colon + 1).trim();
    return colon > 0 && label.test(part.slice(0, colon).trim()) && words !== '' ? [words] : [];
  });

async function recordKickoff(work: Work, ref: KickoffRef, entry: KickoffRecord): Promise<Answer> {
  const opened = await openKickoff(work, ref, 'kickoff.record');
  if (!opened.ok) return opened.answer;
  const { engagement, meeting } = opened.value;
  const held = recordHeld(meeting, entry, work.now);
  if (!held.ok) return answer(meetingRefusal(engagement.number, held.refusal));
  const people = await peopleAround(work, engagement, meeting);
  const change = holdKickoff(
    engagement,
    represented(meeting, people, entry.presentIds, engagement.businessOwnerId),
    work.now,
  );
  if (!change.ok) return answer(engagementRefusal(engagement.number, change.refusal));
  await work.tx.meetings.update(held.value);
  await saveEngagement(work, change.value, 'kickoff.record', {
    meeting: held.value,
    facts: { meeting: meeting.id, heldOn: entry.heldOn, present: entry.presentIds.join(',') },
  });
  await tellKickoff(work, change.value.engagement, held.value);
  await tellPeople(
    work,
    partiesOf(engagement).filter((id) => id !== work.person.id),
    {
      key: `recorded:${meeting.id}:${held.value.version}`,
      kind: 'notice',
      message: recordedNotice(change.value.engagement),
    },
  );
  await tellNext(work, change.value.engagement);
  await startStepClock(work, change.value.engagement);
  const of = await meetingFacts(work, held.value);
  await tellFollowUps(work, held.value, of);
  return answer(recorded(change.value.engagement), ...followUpOwners(of));
}

/** Which of the three parties were there; a requester who filed for the owner stands for the owner. */
function represented(
  meeting: Meeting,
  people: People,
  presentIds: readonly PersonId[],
  ownerId: PersonId,
): Represented {
  const present = presentIds.flatMap((id) => people.get(id) ?? []);
  const withRole = (...roles: readonly string[]): boolean =>
    present.some((person) => person.roles.some((role) => roles.includes(role)));
  return {
    business_owner: presentIds.includes(ownerId) || withRole('bo_delegate'),
    ispg: presentIds.includes(meeting.organizerId) || withRole('ispg_team', 'gtl'),
    contractor: withRole('contractor_lead', 'contractor_coord', 'service_isso_lead'),
  };
}
