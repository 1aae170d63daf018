/** Opening a meeting other than a kickoff for a step, and saving what a rule made of it, with its record and all that is told. */
import { type MeetingScope, type MeetingVerb, mayMeeting, roleUsed } from '../domain/access.ts';
import type { Engagement } from '../domain/engagement.ts';
import type { PersonId } from '../domain/ids.ts';
import type { Meeting } from '../domain/meeting.ts';
import type { Person } from '../domain/person.ts';
import type { MeetingFacts } from '../messages/copy/meeting.ts';
import { noMeeting, notYourMeetingStep, oldMeetingCard } from '../messages/copy/meeting-verbs.ts';
import type { AuditEntry } from '../ports.ts';
import { findMeeting } from './find-meeting.ts';
import { meetingFacts } from './meeting-facts.ts';
import { closeProposal, presentCard } from './meeting-present.ts';
import type { MeetingTeller } from './remind-of-meeting.ts';
import { takeBackClosedDay } from './tell-closed-days.ts';
import { tellMeeting } from './tell-meeting.ts';
import { type Answer, answer, answerPrivately, type Work } from './work.ts';

/**
 * Which meeting is meant: by its id from a card, with the version the card was drawn for (null: whatever it is now), or
 * by typed words, which always mean the present.
 */
export type MeetingRef =
  | { readonly by: 'card'; readonly meetingId: string; readonly version: number | null }
  | { readonly by: 'words'; readonly words: string; readonly which?: 'next' | 'begun' };

export interface OpenedMeeting {
  readonly meeting: Meeting;
  readonly engagement: Engagement | null;
  readonly of: MeetingFacts;
}

export type Opened =
  | { readonly ok: true; readonly value: OpenedMeeting }
  | { readonly ok: false; readonly answer: Answer };

/**
 * Locks the meeting for a step, if it exists, the person may, and their card is not out of date. Somebody who may read it
 * is told that the step is not theirs; to anybody else it does not exist.
 */
export async function openMeeting(work: Work, ref: MeetingRef, verb: MeetingVerb): Promise<Opened> {
  const id = ref.by === 'card' ? ref.meetingId : await idOfWords(work, ref);
  return openById(work, id, verb, ref.by === 'card' ? ref.version : null);
}

/** As `openMeeting`, for an id that was found some other way; null finds nothing. */
export async function openById(
  work: Work,
  id: string | null,
  verb: MeetingVerb,
  version: number | null = null,
): Promise<Opened> {
  const meeting = id === null ? null : await work.tx.meetings.forChange(id);
  const engagement = meeting?.engagementId ? await work.tx.engagements.get(meeting.engagementId) : null;
  const scope = meeting && scopeOf(meeting);
  // Kickoffs have verbs of their own; only what they left behind is read here.
  const isOther =
    meeting?.kind === 'kickoff' && verb !== 'meeting.read' && verb !== 'meeting.close-follow-up';
  if (!meeting || isOther || !mayMeeting(work.person, 'meeting.read', scope, engagement))
    return refuse(noMeeting());
  const of = await meetingFacts(work, meeting);
  if (!mayMeeting(work.person, verb, scope, engagement)) return refuse(notYourMeetingStep(of));
  if (version !== null && version !== meeting.version)
    return {
      ok: false,
      answer: answerPrivately(oldMeetingCard(of), presentCard(work, of)),
    };
  return { ok: true, value: { meeting, engagement, of } };
}

/** Who is in a meeting, as the rules of access know it. */
export const scopeOf = (meeting: Meeting): MeetingScope => ({
  organizerId: meeting.organizerId,
  attendeeIds: meeting.attendeeIds,
  followUpOwnerIds: meeting.minutes?.followUps.flatMap(({ ownerId }) => ownerId ?? []) ?? [],
});

const refuse = (message: ReturnType<typeof noMeeting>): Opened => ({ ok: false, answer: answer(message) });

/** What is asked for as begun and is not is the next one, so that the refusal can say when it begins. */
async function idOfWords(
  work: Work,
  { words, which = 'next' }: Extract<MeetingRef, { by: 'words' }>,
): Promise<string | null> {
  const begun = which === 'begun' ? await findMeeting(work, words, 'begun') : null;
  const found = begun?.state === 'booked' ? begun : await findMeeting(work, words);
  return found && found.kind !== 'kickoff' ? found.id : null;
}

interface Step {
  readonly verb: string;
  /** The meeting as it was; null when it is written for the first time. */
  readonly before: Meeting | null;
  readonly facts?: Readonly<Record<string, string>>;
  readonly reason?: string;
}

/** Saves a step, or writes a new meeting, with its record, and tells everybody how it stands. Nothing changed: nothing happens. */
export async function saveStep(
  work: MeetingTeller,
  after: Meeting,
  engagement: Engagement | null,
  step: Step,
): Promise<void> {
  const { before } = step;
  if (after === before) return;
  await writeMeeting(work, after, before === null);
  await recordStep(work, after, engagement, step);
  await tellMeeting(work, after, { by: work.person ? 'change' : 'plan' });
  if (before && (before.bookedFor !== after.bookedFor || before.state !== after.state))
    await takeBackClosedDay(work, after);
  if (before && before.proposed.length > 0 && after.proposed !== before.proposed)
    await closeProposal(work, before, after);
}

async function writeMeeting({ tx }: MeetingTeller, meeting: Meeting, isNew: boolean): Promise<void> {
  if (isNew) await tx.meetings.insert(meeting);
  else if (!(await tx.meetings.update(meeting)))
    throw new Error(`meeting ${meeting.id} changed while it was locked`);
}

/** One line of the append-only record about a meeting; the bot is named where nobody is at work. */
export async function recordStep(
  work: MeetingTeller,
  meeting: Meeting,
  engagement: Engagement | null,
  { verb, before, facts, reason }: Step,
): Promise<void> {
  await work.tx.audit.append({
    at: work.now,
    actorId: work.person?.id ?? null,
    forId: null,
    role: work.person ? roleOf(work.person, engagement) : 'bot',
    verb,
    engagementId: meeting.engagementId,
    from: before?.state ?? null,
    to: meeting.state,
    reason: reason ?? null,
    platform: work.from?.platform ?? 'bot',
    facts: { meeting: meeting.id, kind: meeting.kind, ...facts },
  });
}

function roleOf(person: Person, engagement: Engagement | null): AuditEntry['role'] {
  if (engagement) return roleUsed(person, engagement);
  const arranges = person.roles.find((role) => role === 'gtl' || role === 'ispg_team');
  return arranges ?? person.roles[0] ?? null;
}

/** Ids as a fact of the record. */
export const asFact = (ids: readonly PersonId[]): string => ids.join(',');
