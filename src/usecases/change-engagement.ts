/** Opening a request for a change, and saving what a rule made of it, with its record. */
import { type EngagementScope, type EngagementVerb, may } from '../domain/access.ts';
import { actedAs } from '../domain/acting-for.ts';
import type { Change, Engagement } from '../domain/engagement.ts';
import { ENGAGEMENT_STATES } from '../domain/engagement-states.ts';
import type { RequestNumber } from '../domain/ids.ts';
import type { Meeting } from '../domain/meeting.ts';
import type { ButtonPress } from '../messages/button.ts';
import { noAccess, notYourStep, outOfDate } from '../messages/copy/refusals.ts';
import { statusCard } from '../messages/copy/request.ts';
import type { Message } from '../messages/message.ts';
import { peopleAround, refreshCards } from './tell.ts';
import { takeBackClosedDay } from './tell-closed-days.ts';
import { type Answer, answer, answerPrivately, type Work } from './work.ts';

/** Which record is meant, and by which card: `version` is null for typed words, which always mean the present. */
export interface EngagementRef {
  readonly number: RequestNumber;
  readonly version: number | null;
}

/** Which meeting is meant: by its id from a card, or as the kickoff of a request from typed words. */
export type KickoffRef =
  | { readonly by: 'card'; readonly meetingId: string; readonly version: number | null }
  | { readonly by: 'number'; readonly number: RequestNumber };

export const engagementRef = (press: ButtonPress): EngagementRef => ({
  number: press.subject,
  version: press.version ?? null,
});

type Opened<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly answer: Answer };

/** Locks the request for a change, if it exists, the person may, and their card is not out of date. */
export async function openEngagement(
  work: Work,
  ref: EngagementRef,
  verb: EngagementVerb,
): Promise<Opened<Engagement>> {
  const engagement = await work.tx.engagements.forChange(ref.number);
  if (!engagement || !may(work.person, verb, engagement)) {
    return { ok: false, answer: answer(refusalFor(work, engagement, ref.number)) };
  }
  if (ref.version !== null && ref.version !== engagement.version) {
    return { ok: false, answer: await current(work, engagement) };
  }
  return { ok: true, value: engagement };
}

/** Locks the kickoff and its request for a change; the same refusals as `openEngagement`. */
export async function openKickoff(
  work: Work,
  ref: KickoffRef,
  verb: EngagementVerb,
): Promise<Opened<{ readonly engagement: Engagement; readonly meeting: Meeting }>> {
  const found = await findKickoff(work, ref);
  // Somebody without access must not learn a request's number from a meeting's id.
  const named = ref.by === 'number' ? ref.number : 'that meeting';
  if (!found || !may(work.person, verb, found.engagement)) {
    return { ok: false, answer: answer(refusalFor(work, found?.engagement ?? null, named)) };
  }
  if (ref.by === 'card' && ref.version !== null && ref.version !== found.meeting.version) {
    return { ok: false, answer: await current(work, found.engagement) };
  }
  return { ok: true, value: found };
}

/** Somebody who may see the request is told that the step is not theirs; anybody else learns nothing. */
function refusalFor(work: Work, engagement: Engagement | null, named: string): Message {
  return may(work.person, 'request.read', engagement) && engagement
    ? notYourStep(engagement.number)
    : noAccess(named);
}

async function findKickoff(
  work: Work,
  ref: KickoffRef,
): Promise<{ engagement: Engagement; meeting: Meeting } | null> {
  const number = ref.by === 'number' ? ref.number : await numberOfMeeting(work, ref.meetingId);
  const engagement = number ? await work.tx.engagements.forChange(number) : null;
  const latest = engagement ? await work.tx.meetings.ofEngagement(engagement.id, 'kickoff') : null;
  const meeting = latest ? await work.tx.meetings.forChange(latest.id) : null;
  return engagement && meeting ? { engagement, meeting } : null;
}

async function numberOfMeeting(work: Work, meetingId: string): Promise<RequestNumber | null> {
  const meeting = await work.tx.meetings.get(meetingId);
  const engagement = meeting?.engagementId ? await work.tx.engagements.get(meeting.engagementId) : null;
  return engagement?.number ?? null;
}

/** "That card was out of date", with the card as it is now. */
async function current(work: Work, engagement: Engagement): Promise<Answer> {
  const meeting = await work.tx.meetings.ofEngagement(engagement.id, 'kickoff');
  const people = await peopleAround(work, engagement, meeting);
  return answerPrivately(
    outOfDate(engagement.number),
    statusCard(engagement, meeting, people, work.person, work.now),
  );
}

/** Saves a change, writes the record and redraws the cards that follow the request. */
export async function saveEngagement(
  work: Work,
  change: Change,
  verb: string,
  options: {
    readonly reason?: string;
    /** The kickoff as it is after the change; looked up when left out, `unsettled` when the caller redraws the cards. */
    readonly meeting?: Meeting | null | 'unsettled';
    readonly facts?: Readonly<Record<string, string>>;
  } = {},
): Promise<void> {
  const { engagement, from } = change;
  const saved = await work.tx.engagements.update(engagement);
  if (!saved) throw new Error(`engagement ${engagement.id} changed while it was locked`);
  const { reason, facts } = options;
  await record(work, engagement, {
    verb,
    from,
    to: engagement.state,
    ...(reason ? { reason } : {}),
    ...(facts ? { facts } : {}),
  });
  if (options.meeting === 'unsettled') return;
  const meeting =
    options.meeting === undefined
      ? await work.tx.meetings.ofEngagement(engagement.id, 'kickoff')
      : options.meeting;
  await refreshCards(work, engagement, meeting);
}

/** Saves a meeting, or writes a new one, with its record and redraws the cards of its request. */
export async function saveMeeting(
  work: Work,
  engagement: Engagement,
  meeting: Meeting,
  verb: string,
  isNew = false,
): Promise<void> {
  if (isNew) await work.tx.meetings.insert(meeting);
  else if (!(await work.tx.meetings.update(meeting))) {
    throw new Error(`meeting ${meeting.id} changed while it was locked`);
  }
  await record(work, engagement, {
    verb,
    from: engagement.state,
    to: engagement.state,
    facts: { meeting: meeting.id, meetingState: meeting.state },
  });
  if (!isNew) await takeBackClosedDay(work, meeting);
  await refreshCards(work, engagement, meeting);
}

/** One line of the append-only record. */
export async function record(
  work: Work,
  engagement: Engagement,
  entry: {
    readonly verb: string;
    readonly from: string | null;
    readonly to: string | null;
    readonly reason?: string;
    readonly facts?: Readonly<Record<string, string>>;
  },
): Promise<void> {
  const acted = actedAs(work.person, entry.verb, asItWas(engagement, entry.from));
  await work.tx.audit.append({
    at: work.now,
    actorId: work.person.id,
    forId: acted.forId ?? (actsForOwner(work, engagement) ? engagement.businessOwnerId : null),
    role: acted.role,
    verb: entry.verb,
    engagementId: engagement.id,
    from: entry.from,
    to: entry.to,
    reason: entry.reason ?? null,
    platform: work.from.platform,
    facts: entry.facts ?? {},
  });
}

/** What somebody may do goes by the state in which they did it. */
const asItWas = (engagement: Engagement, from: string | null): EngagementScope => ({
  ...engagement,
  state: ENGAGEMENT_STATES.find((state) => state === from) ?? engagement.state,
});

/** A requester who is not the owner acts for the owner; the record names both. */
const actsForOwner = (work: Work, { requesterId, businessOwnerId }: Engagement): boolean =>
  work.person.id === requesterId && requesterId !== businessOwnerId;
